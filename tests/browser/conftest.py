"""A browser, both applications served, and the address of every page there is, found from the routes themselves."""

import ctypes.util
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from starlette.applications import Starlette
from starlette.routing import Route

from tests.browser.fixture_people import JOAN_NUMBER
from tests.browser.serving import NURSE_TOKEN, OFFICER_TOKEN, Apps, fixture_apps, served

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True, slots=True)
class Shown:
    """One page to visit: the application and route it belongs to, its address, and who is signed in there."""

    name: str
    address: str
    cookies: list[dict[str, str]]


@pytest.fixture(scope="session")
def apps(tmp_path_factory: pytest.TempPathFactory) -> Apps:
    return fixture_apps(tmp_path_factory.mktemp("build"))


@pytest.fixture(scope="session")
def place_address(apps: Apps) -> Iterator[str]:
    with served(apps.place) as address:
        yield address


@pytest.fixture(scope="session")
def hub_address(apps: Apps) -> Iterator[str]:
    with served(apps.hub) as address:
        yield address


@pytest.fixture(scope="session")
def driver() -> None:
    """What the tests speak to a browser through is a program of its own, linked to a library a bare Debian lacks."""
    if sys.platform == "linux" and ctypes.util.find_library("atomic") is None:
        pytest.skip("The driver of the browser can't start without libatomic (on Debian: apt-get install libatomic1)")


@pytest.fixture(scope="session")
def browser(chromium: Path, driver: None) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(chromium), args=QUIET)
        yield opened
        opened.close()


def pages_of(app: Starlette) -> list[Route]:
    """The routes that a person can go to."""
    return [route for route in app.routes if isinstance(route, Route) and "GET" in (route.methods or ())]


def press(page: Page, button: str) -> None:
    """Press a button and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


def sign_in(page: Page, address: str, worker: str, token: str) -> None:
    """Sign in as a worker does."""
    page.goto(f"{address}/sign-in")
    page.fill("#worker", worker)
    page.fill("#token", token)
    press(page, "Sign in")


def open_joan(page: Page) -> str:
    """From the search form to Joan's page, as a nurse who cares for her does; gives the address of the purpose form."""
    page.fill("#nhs_number", JOAN_NUMBER)
    press(page, "Go on")
    asked = page.url
    page.check("input[value=direct_care]")
    press(page, "Open the record")
    return asked


@pytest.fixture(scope="session")
def all_pages(apps: Apps, browser: Browser, place_address: str, hub_address: str) -> list[Shown]:
    """Every page of both applications. A page with a new variable part in its address fails here until it has one."""
    return [*planning_pages(apps, browser, place_address), *care_pages(apps, browser, hub_address)]


def planning_pages(apps: Apps, browser: Browser, address: str) -> list[Shown]:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/journeys")
    shape = page.locator("table a").nth(2).get_attribute("href") or ""
    page.goto(address + shape)
    journey = page.locator("table a").first.get_attribute("href") or ""
    context.close()
    parts = {"shape_key": shape.rpartition("/")[2], "key": journey.rpartition("/")[2]}
    return [Shown(f"planning {route.name}", address + filled(route, parts), []) for route in pages_of(apps.place)]


def care_pages(apps: Apps, browser: Browser, address: str) -> list[Shown]:
    signed_out: list[dict[str, str]] = []
    officer_context = browser.new_context()
    sign_in(officer_context.new_page(), address, "p1", OFFICER_TOKEN)
    officer = cookies(officer_context)
    nurse_context = browser.new_context()
    page = nurse_context.new_page()
    sign_in(page, address, "n1", NURSE_TOKEN)
    asked = open_joan(page).rpartition("/")[2]
    person = page.url.rpartition("/")[2]
    nurse = cookies(nurse_context)
    officer_context.close()
    nurse_context.close()
    found = []
    for route in pages_of(apps.hub):
        who = {"audit": officer, "sign_in": signed_out}.get(route.name, nurse)
        handle = asked if route.name == "purpose" else person
        found.append(Shown(f"care {route.name}", address + filled(route, {"handle": handle}), who))
    return found


def cookies(context: BrowserContext) -> list[dict[str, str]]:
    """The cookies of a visit, as another visit can be given them."""
    return [{"name": c["name"], "value": c["value"], "url": f"http://{c['domain']}"} for c in context.cookies()]


def filled(route: Route, parts: dict[str, str]) -> str:
    """The path of a route with its variable parts filled; KeyError for one nobody has filled yet."""
    return route.path.format(**parts)


@pytest.fixture
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A fresh visit; the test's parameter, if any, says how wide the window is and whether scripts run."""
    options = getattr(request, "param", {})
    context = browser.new_context(**options)
    yield context
    context.close()
