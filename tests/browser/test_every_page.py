"""Every page of both applications, seen in a real browser: by sight, by a screen reader, by keyboard, on paper."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request

from fishplate.web.components.security import HEADERS
from tests.browser.conftest import Shown, open_joan, press, sign_in
from tests.browser.serving import NURSE_TOKEN

DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 320, "height": 640}}
NO_SCRIPT = {"java_script_enabled": False}
ALL_RULES: dict[str, Any] = {"resultTypes": ["violations"]}


def go(context: BrowserContext, shown: Shown) -> Page:
    context.clear_cookies()
    if shown.cookies:
        context.add_cookies(shown.cookies)  # type: ignore[arg-type]
    page = context.new_page()
    answer = page.goto(shown.address)
    assert answer is not None, shown.name
    assert answer.status == 200, shown.name
    return page


@pytest.mark.parametrize("visit", [DESK, PHONE], indirect=True, ids=["desk", "phone"])
def test_axe_finds_nothing(visit: BrowserContext, all_pages: list[Shown]) -> None:
    found = []
    for shown in all_pages:
        page = go(visit, shown)
        # What is folded away is read too, once it is opened.
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        for violation in Axe().run(page, options=ALL_RULES).response["violations"]:
            found.append(f"{shown.name}: {violation['id']}: {[node['html'][:120] for node in violation['nodes']][:3]}")
        page.close()
    assert found == []


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_nothing_is_wider_than_a_small_phone(visit: BrowserContext, all_pages: list[Shown]) -> None:
    for shown in all_pages:
        page = go(visit, shown)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        page.close()
        assert over <= 0, shown.name


def test_nothing_is_asked_of_anybody_else_and_nothing_breaks_the_policy(
    visit: BrowserContext, all_pages: list[Shown]
) -> None:
    for shown in all_pages:
        asked: list[str] = []
        complaints: list[str] = []

        def note(request: Request, asked: list[str] = asked) -> None:
            asked.append(request.url)

        visit.on("request", note)
        visit.on("console", lambda message, complaints=complaints: complaints.append(message.text))
        go(visit, shown).close()
        visit.remove_listener("request", note)
        own = urlsplit(shown.address).netloc
        assert {urlsplit(url).netloc for url in asked} == {own}, shown.name
        assert complaints == [], shown.name


def test_every_answer_carries_the_safe_headers(visit: BrowserContext, all_pages: list[Shown]) -> None:
    for shown in all_pages:
        visit.clear_cookies()
        if shown.cookies:
            visit.add_cookies(shown.cookies)  # type: ignore[arg-type]
        page = visit.new_page()
        answer = page.goto(shown.address)
        assert answer is not None
        headers = answer.headers
        page.close()
        for name, value in HEADERS.items():
            assert headers[name.lower()] == value, shown.name
        assert "script-src" not in headers["content-security-policy"]
        assert headers["cache-control"] == ("no-store" if shown.name.startswith("care") else "private, no-cache")


def test_each_page_has_a_language_one_title_and_a_skip_link_that_works(
    visit: BrowserContext, all_pages: list[Shown]
) -> None:
    for shown in all_pages:
        page = go(visit, shown)
        assert page.locator("html").get_attribute("lang") == "en-GB", shown.name
        assert page.locator("h1").count() == 1, shown.name
        assert page.locator("script").count() == 0, shown.name
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content", shown.name
        assert page.locator("table").count() == page.locator("table > caption").count(), shown.name
        page.close()


def test_each_page_says_what_it_found_before_it_shows_it(visit: BrowserContext, all_pages: list[Shown]) -> None:
    for shown in all_pages:
        page = go(visit, shown)
        assert page.locator("main > .finding").first.inner_text().strip(), shown.name
        for figure in page.locator("figure").all():
            said = figure.locator("svg").first.get_attribute("aria-label")
            assert said, shown.name
            assert said in page.locator("main").inner_text(), shown.name
        page.close()


def test_on_paper_there_is_the_content_and_not_the_navigation(visit: BrowserContext, all_pages: list[Shown]) -> None:
    for shown in all_pages:
        page = go(visit, shown)
        page.emulate_media(media="print")
        assert page.locator("h1").is_visible(), shown.name
        assert not page.locator("nav").first.is_visible() if page.locator("nav").count() else True, shown.name
        for table in page.locator("table").all():
            assert table.locator("caption").is_visible(), shown.name
        assert len(page.pdf(format="A4")) > 1000, shown.name
        page.close()


@pytest.mark.parametrize("visit", [NO_SCRIPT], indirect=True)
def test_a_nurse_reaches_joans_journey_without_scripts(visit: BrowserContext, hub_address: str) -> None:
    page = visit.new_page()
    sign_in(page, hub_address, "n1", NURSE_TOKEN)
    open_joan(page)
    assert page.locator("h1").inner_text() == "Joan Made-up"
    listed = page.locator("ol.journey > li").all_inner_texts()
    assert any("Unpaid care" in entry for entry in listed)
    hole = next(n for n, entry in enumerate(listed) if "Nothing recorded for six days" in entry)
    assert "No answer is recorded" in listed[hole - 1]
    assert "Ambulance" in listed[hole + 1]
    followed = page.get_by_role("region", name="What should have followed, and whether it did")
    assert "did a nurse come before the next insulin dose was due?" in followed.inner_text()
    assert followed.get_by_role("heading", level=3).count() >= 1
    with page.expect_navigation():
        page.get_by_role("link", name="Who has looked at this record").click()
    assert "to give you care or treatment" in page.locator("main").inner_text()
    press(page, "Sign out")
    page.go_back()
    page.reload()
    assert page.locator("h1").inner_text() == "Sign in"


@pytest.mark.parametrize("visit", [NO_SCRIPT], indirect=True)
def test_an_analyst_reaches_a_journey_without_scripts(visit: BrowserContext, place_address: str) -> None:
    page = visit.new_page()
    page.goto(place_address)
    for link in (
        "Open journeys, without names or dates",
        "Acute hospital → District nursing → General practice",
        "Journey 1",
    ):
        with page.expect_navigation():
            page.get_by_role("link", name=link, exact=True).first.click()
    assert page.locator("ol.journey > li").count() >= 3
    assert page.locator("svg.chart").is_visible()


def test_on_a_phone_the_list_stands_in_for_the_timeline(browser: Browser, all_pages: list[Shown]) -> None:
    context = browser.new_context(**PHONE)  # type: ignore[arg-type]
    shown = next(one for one in all_pages if one.name == "planning journey")
    page = go(context, shown)
    assert not page.locator("svg.chart").is_visible()
    assert page.locator("ol.journey").is_visible()
    context.close()
