"""Puts a page into the one layout: header, navigation, footer with the line about the build.

Takes a `Page` and where it stands; gives HTML. Rule of this file: nothing is decided here or in a template; what a
page says was said by its presenter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse

from fishplate.report.planning import Build
from fishplate.web.components.blocks import Link, Page
from fishplate.web.words import on

STATIC = Path(__file__).parent.parent / "static"

# The form macros of nhsuk-frontend-jinja leave most of their parameters out, which a strict environment refuses.
_TEMPLATES = Environment(
    loader=ChoiceLoader([PackageLoader("fishplate.web"), PackageLoader("nhsuk_frontend_jinja")]),
    autoescape=True,
    undefined=ChainableUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands round every page of an application: its mode in words, its navigation, and the build it shows."""

    mode: str
    mode_words: str
    routes: tuple[tuple[str, str], ...]
    """The navigation: the text of each entry and the name of its route."""
    build: Build


def address(request: Request, route: str, **parts: str) -> str:
    """The path of a route of this application, wherever it is mounted; never a whole address."""
    return str(request.scope.get("root_path", "")) + str(request.app.url_path_for(route, **parts))


def show(
    request: Request,
    frame: Frame,
    page: Page,
    *,
    template: str = "page.html",
    status: int = 200,
    navigation: Sequence[tuple[str, str]] | None = None,
    parts: Mapping[str, object] | None = None,
) -> HTMLResponse:
    """The page as an answer; `parts` is for the templates that hold a form."""
    entries = frame.routes if navigation is None else navigation
    links = [Link(text, address(request, route)) for text, route in entries]
    html = _TEMPLATES.get_template(template).render(
        page=page,
        frame=frame,
        links=links,
        here=request.url.path,
        style=address(request, "static", path="fishplate.css"),
        icon=address(request, "static", path="fishplate.svg"),
        home=address(request, "home"),
        about_build=about_build(frame.build),
        **(parts or {}),
    )
    return HTMLResponse(html, status)


def about_build(build: Build) -> tuple[str, ...]:
    """The line about the build: which, when, and what it does not do."""
    when = f", made on {on(build.built_at.date())} at {build.built_at:%H:%M} UTC" if build.built_at else ""
    lines = [
        f"Build {build.number} of {build.project}{when}.",
        "It has no live link to any NHS or council system and is not clinically assured.",
    ]
    if build.is_demo:
        lines.append("Everybody in this demonstration is made up; it was not tried with people.")
    return tuple(lines)
