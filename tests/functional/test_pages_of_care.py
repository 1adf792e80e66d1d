"""The care pages from outside: who is let in, what is written down, and what an address or an answer gives away."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from fishplate.access.audit import Act, Outcome
from tests.browser.fixture_people import JOAN, JOAN_LOCAL, JOAN_NUMBER, UNKNOWN_LOCAL, nhs_number_of
from tests.browser.serving import NOW, NURSE_TOKEN, OFFICER_TOKEN, OTHER_TOKEN, Apps, fixture_apps


class Clock:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def apps(tmp_path: Path, clock: Clock) -> Apps:
    return fixture_apps(tmp_path, clock)


@pytest.fixture
def browser(apps: Apps) -> Iterator[TestClient]:
    with TestClient(apps.hub) as client:
        yield client


def token_in(html: str) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', html)
    assert found is not None
    return found[1]


def sign_in(browser: TestClient, worker: str, token: str) -> int:
    form = {"form_token": token_in(browser.get("/sign-in").text), "worker": worker, "token": token}
    return browser.post("/sign-in", data=form).status_code


def search(browser: TestClient, **what: str) -> str:
    """Look for somebody; gives the path of the page it leads to."""
    form = {"form_token": token_in(browser.get("/").text), **what}
    return str(browser.post("/find", data=form).url.path)


def ask(browser: TestClient, path: str, purpose: str = "direct_care", reason: str = "") -> tuple[int, str, str]:
    """State a purpose; gives the status, the path and the page that follow."""
    form = {"form_token": token_in(browser.get(path).text), "purpose": purpose, "reason": reason}
    answer = browser.post(path, data=form)
    return answer.status_code, str(answer.url.path), answer.text


@pytest.mark.parametrize("path", ["/", "/purpose/x", "/person/x", "/person/x/who", "/rejections", "/audit"])
def test_nothing_opens_without_signing_in(browser: TestClient, path: str) -> None:
    answer = browser.get(path)
    assert answer.url.path == "/sign-in"
    assert "Joan" not in answer.text


def test_a_nurse_who_cares_for_joan_is_let_in_and_it_is_written_down(browser: TestClient, apps: Apps) -> None:
    sign_in(browser, "n1", NURSE_TOKEN)
    status, path, page = ask(
        browser, search(browser, nhs_number=f"{JOAN_NUMBER[:3]} {JOAN_NUMBER[3:6]} {JOAN_NUMBER[6:]}")
    )
    assert status == 200
    assert "Joan Made-up" in page
    assert "line 401" in page
    assert JOAN_NUMBER not in path
    (written,) = apps.audit.read()
    entry = written.entry
    assert (entry.worker_id, entry.act, entry.outcome, entry.person_code) == (
        "n1",
        Act.READ_PERSON_PAGE,
        Outcome.ALLOWED,
        JOAN,
    )
    assert entry.what == "/person"


def test_a_local_identifier_finds_the_same_person(browser: TestClient) -> None:
    sign_in(browser, "n1", NURSE_TOKEN)
    assert "Joan Made-up" in ask(browser, search(browser, local_id=JOAN_LOCAL))[2]


def without_tokens(page: str) -> str:
    return re.sub(r'value="fresh-\d+"', "", page)


def test_a_refusal_reads_the_same_for_somebody_unknown_and_is_written_down(browser: TestClient, apps: Apps) -> None:
    sign_in(browser, "m1", OTHER_TOKEN)
    elsewhere = ask(browser, search(browser, nhs_number=JOAN_NUMBER))
    unknown = ask(browser, search(browser, local_id=UNKNOWN_LOCAL))
    assert elsewhere[0] == unknown[0] == 403
    assert without_tokens(elsewhere[2]) == without_tokens(unknown[2])
    assert "Joan" not in elsewhere[2]
    assert [sealed.entry.outcome for sealed in apps.audit.read()] == [Outcome.REFUSED, Outcome.REFUSED]


def test_going_ahead_with_a_reason_opens_the_record_and_says_so_to_the_person(browser: TestClient) -> None:
    sign_in(browser, "m1", OTHER_TOKEN)
    reason = "She is here, confused, and nobody is with her"
    status, path, _ = ask(browser, search(browser, nhs_number=JOAN_NUMBER), reason=reason)
    assert status == 200
    told = browser.get(f"{path}/who").text
    assert "No link with you was on record" in told
    assert reason in told


def test_an_address_is_good_for_one_visit_and_a_quarter_of_an_hour(
    apps: Apps, browser: TestClient, clock: Clock
) -> None:
    sign_in(browser, "n1", NURSE_TOKEN)
    path = ask(browser, search(browser, nhs_number=JOAN_NUMBER))[1]
    assert browser.get(path).status_code == 200
    with TestClient(apps.hub) as somebody_else:
        sign_in(somebody_else, "n1", NURSE_TOKEN)
        assert somebody_else.get(path).status_code == 404
    clock.at += timedelta(minutes=16)
    assert browser.get(path).status_code == 404


def test_a_visit_ends_when_nobody_uses_it(browser: TestClient, clock: Clock) -> None:
    sign_in(browser, "n1", NURSE_TOKEN)
    clock.at += timedelta(minutes=21)
    assert browser.get("/").url.path == "/sign-in"


def test_a_wrong_token_and_an_unknown_worker_read_the_same_and_tries_run_out(browser: TestClient) -> None:
    tries = [sign_in(browser, "n1", "not the token of this worker") for _ in range(6)]
    assert tries == [403, 403, 403, 403, 403, 429]
    assert sign_in(browser, "n1", NURSE_TOKEN) == 429
    assert sign_in(browser, "nobody", NURSE_TOKEN) == 403


def test_the_cookie_is_for_this_site_only_and_signing_in_changes_it(browser: TestClient) -> None:
    before = browser.get("/sign-in").headers["set-cookie"]
    assert "HttpOnly" in before
    assert "SameSite=strict" in before
    first = browser.cookies["fishplate_session"]
    sign_in(browser, "n1", NURSE_TOKEN)
    assert browser.cookies["fishplate_session"] != first
    identifier, _, signature = browser.cookies["fishplate_session"].partition(".")
    forged = f"{identifier}.{signature[:-1]}{'0' if signature[-1] != '0' else '1'}"
    browser.cookies.clear()
    assert browser.get("/", headers={"cookie": f"fishplate_session={forged}"}).url.path == "/sign-in"


@pytest.mark.parametrize(
    ("form", "headers"),
    [
        ({"form_token": "made-up"}, {}),
        ({}, {}),
        (None, {"origin": "http://elsewhere.example"}),
        (None, {"sec-fetch-site": "cross-site"}),
    ],
)
def test_a_form_from_elsewhere_does_nothing(
    browser: TestClient, apps: Apps, form: dict[str, str] | None, headers: dict[str, str]
) -> None:
    sign_in(browser, "n1", NURSE_TOKEN)
    sent = {"form_token": token_in(browser.get("/").text)} if form is None else form
    answer = browser.post("/find", data={**sent, "nhs_number": JOAN_NUMBER}, headers=headers)
    assert answer.status_code == 400
    assert list(apps.audit.read()) == []


def test_a_number_that_can_not_be_one_is_told_without_a_search(browser: TestClient) -> None:
    sign_in(browser, "n1", NURSE_TOKEN)
    wrong = JOAN_NUMBER[:-1] + str((int(JOAN_NUMBER[-1]) + 1) % 10)
    form = {"form_token": token_in(browser.get("/").text), "nhs_number": wrong}
    answer = browser.post("/find", data=form)
    assert answer.status_code == 400
    assert "its last one proves the others" in answer.text
    assert wrong not in answer.text


def test_a_broken_audit_opens_no_record_and_says_where_it_is_broken(
    browser: TestClient, tmp_path: Path, clock: Clock
) -> None:
    sign_in(browser, "n1", NURSE_TOKEN)
    path = ask(browser, search(browser, nhs_number=JOAN_NUMBER))[1]
    chain = tmp_path / "audit" / "audit.jsonl"
    chain.write_text(chain.read_text().replace("direct_care", "safeguardin"))
    sign_in(browser, "p1", OFFICER_TOKEN)
    told = browser.get("/audit")
    assert "The audit is broken" in told.text
    assert "entry 1" in told.text
    chain.unlink()
    sign_in(browser, "n1", NURSE_TOKEN)
    again = browser.post(
        search(browser, nhs_number=JOAN_NUMBER),
        data={"form_token": token_in(browser.get("/").text), "purpose": "direct_care"},
    )
    assert again.status_code == 503
    assert "Joan" not in again.text
    assert browser.get(path).status_code == 404


def test_the_audit_opens_to_those_who_check_it_and_says_that_it_is_whole(browser: TestClient, apps: Apps) -> None:
    sign_in(browser, "n1", NURSE_TOKEN)
    assert browser.get("/audit").status_code == 403
    sign_in(browser, "p1", OFFICER_TOKEN)
    told = browser.get("/audit").text
    assert "The chain is whole: two entries" in told
    assert [sealed.entry.outcome for sealed in apps.audit.read()] == [Outcome.REFUSED, Outcome.ALLOWED]


def test_only_those_who_sent_rows_take_them_out_and_either_is_written_down(browser: TestClient, apps: Apps) -> None:
    sign_in(browser, "n1", NURSE_TOKEN)
    page = browser.get("/rejections").text
    assert "Take out the rows of community" in page
    assert "Take out the rows of hospital" not in page
    own = browser.post("/rejections/export", data={"form_token": token_in(page), "source": "community"})
    assert own.headers["content-type"].startswith("text/csv")
    assert own.text.count("\r\n") == 1 + 20
    assert "'=row 5 of" in own.text, "a spreadsheet must not run what was sent"
    others = browser.post("/rejections/export", data={"form_token": token_in(page), "source": "hospital"})
    assert others.status_code == 403
    assert [(s.entry.act, s.entry.outcome) for s in apps.audit.read()] == [
        (Act.EXPORT_REJECTIONS, Outcome.ALLOWED),
        (Act.EXPORT_REJECTIONS, Outcome.REFUSED),
    ]


def test_another_host_name_is_not_answered(browser: TestClient) -> None:
    assert browser.get("/sign-in", headers={"host": "elsewhere.example"}).status_code == 400


def test_everybody_has_a_number_of_their_own() -> None:
    assert len({nhs_number_of(code) for code in range(1, 200)}) == 199
