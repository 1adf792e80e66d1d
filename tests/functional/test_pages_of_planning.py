"""The planning pages from outside: what they never show, what they open, and what they say where they know nothing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from fishplate.measures.disclosure import NHS_ENGLAND
from fishplate.report.planning import Build
from fishplate.web.place.app import place_app
from fishplate.wiring.pages import PLANNING_TABLES, build_secret, opened
from fishplate.wiring.planning_pages import BuiltPlanningTables
from tests.browser.fixture_build import write_build
from tests.browser.fixture_people import COMMON
from tests.browser.serving import fixture_apps

BUILD = Build("7", "Alder Vale", "Alder Vale")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("planning")


@pytest.fixture(scope="module")
def browser(folder: Path) -> Iterator[TestClient]:
    with TestClient(fixture_apps(folder).place) as client:
        yield client


def links(page: str) -> list[str]:
    return re.findall(r'<a href="(/journeys?/[^"]+)"', page)


def every_page(browser: TestClient) -> list[str]:
    """Every page that can be reached by following links, and its text."""
    seen: dict[str, str] = {}
    ahead = ["/", "/journeys", "/rejections", "/about"]
    while ahead:
        path = ahead.pop()
        if path not in seen:
            seen[path] = browser.get(path).text
            ahead += links(seen[path])
    return [path + page for path, page in seen.items()]


def test_no_page_and_no_address_says_who_anybody_is(browser: TestClient, folder: Path) -> None:
    table = pq.read_table(folder / "published" / "7" / "identified.parquet").to_pylist()
    secrets = {str(row[name]) for row in table for name in ("name", "nhs_number", "local_id")} | {
        "2026-01-16",
        "insulin",
        "cat,",
    }
    pages = every_page(browser)
    assert len(pages) > 40
    for page in pages:
        assert not {secret for secret in secrets if re.search(rf"\b{re.escape(secret)}\b", page)}


def test_every_count_of_people_is_hidden_or_rounded(browser: TestClient) -> None:
    for path in ("/", "/journeys"):
        numbers = re.findall(r'<td role="cell"[^>]*class="number">([^<]*)</td>', browser.get(path).text)
        assert len(numbers) > 4
        for number in numbers:
            assert number in ("*", "") or int(number.replace(",", "")) % 5 == 0


def test_only_shapes_that_eight_people_share_are_opened(browser: TestClient) -> None:
    shapes = links(browser.get("/journeys").text)
    assert len(shapes) == sum(people >= 8 for people, _ in COMMON)
    for shape in shapes:
        journeys = links(browser.get(shape).text)
        assert 8 <= len(journeys) <= 10
        assert all(re.fullmatch(r"/journey/[0-9a-f]{20}", journey) for journey in journeys)


@pytest.mark.parametrize("path", ["/journey/1", "/journey/" + "0" * 20, "/journeys/nothing", "/nowhere"])
def test_what_is_not_there_is_said_in_the_same_layout(browser: TestClient, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == 404
    assert "This page is not here" in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_key_is_of_one_build_and_its_secret(folder: Path) -> None:
    build = folder / "published" / "7"
    keys = []
    for secret in (b"one" * 11, b"two" * 11):
        tables = BuiltPlanningTables(opened(build, PLANNING_TABLES), BUILD, NHS_ENGLAND, secret, {})
        shape = tables.shapes().shapes[0]
        found = tables.journeys_of(shape.key)
        assert found is not None
        keys.append({journey.key for journey in found[1]})
    assert keys[0].isdisjoint(keys[1])


def test_the_secret_of_a_build_is_kept_and_for_this_account_alone(tmp_path: Path) -> None:
    first = build_secret(tmp_path, "7")
    assert build_secret(tmp_path, "7") == first
    assert build_secret(tmp_path, "8") != first
    assert (tmp_path / "secrets" / "7").stat().st_mode & 0o077 == 0


def test_people_come_first_and_organisations_last_in_the_order_of_their_names(browser: TestClient) -> None:
    page = browser.get("/").text
    headings = re.findall(r'<h2 id="(\w+)"', page)
    assert headings == ["said", "journeys", "lines", "organisations"]
    names = re.findall(r'<th scope="row" role="rowheader">([^<]+)</th>', page[page.index('id="organisations"') :])
    assert names == sorted(names, key=str.lower)
    assert len(names) == 8


def test_where_nobody_was_asked_the_headline_is_that_we_do_not_know(tmp_path: Path) -> None:
    write_build(tmp_path)
    (tmp_path / "answers.parquet").unlink()
    tables = BuiltPlanningTables(opened(tmp_path, PLANNING_TABLES), BUILD, NHS_ENGLAND, b"secret" * 6, {})
    with TestClient(place_app(tables, hosts=("testserver",))) as client:
        page = client.get("/").text
    assert "We do not know what people experienced: nobody asked, or no source of answers was given." in page
    assert page.index("We do not know") < page.index("Whole journeys")


def test_a_build_with_nothing_in_it_still_says_so(tmp_path: Path) -> None:
    tables = BuiltPlanningTables(opened(tmp_path, PLANNING_TABLES), BUILD, NHS_ENGLAND, b"secret" * 6, {})
    with TestClient(place_app(tables, hosts=("testserver",))) as client:
        for path in ("/", "/journeys", "/rejections", "/about"):
            assert client.get(path).status_code == 200
        assert "Every row of every source could be used, or came again and was." in client.get("/rejections").text
