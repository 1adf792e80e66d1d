"""The planning application: every page of it in one table of routes.

Takes `PlanningTables` and nothing else, so that it could not show who anybody is if it wanted to.
"""

from collections.abc import Callable, Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from fishplate.web.components.blocks import Page
from fishplate.web.components.failures import failure_page
from fishplate.web.components.layout import STATIC, Frame, address, show
from fishplate.web.components.security import SafeHeaders
from fishplate.web.place.about_page import about_page
from fishplate.web.place.journey_pages import journey_page, shape_page, shapes_page
from fishplate.web.place.place_page import place_page
from fishplate.web.place.rejections_page import rejections_page
from fishplate.web.reading import PlanningTables

NAVIGATION = (
    ("The place", "home"),
    ("Journeys", "shapes"),
    ("Rejected rows", "rejections"),
    ("About the figures", "about"),
)

THIS_MACHINE = ("127.0.0.1", "localhost")


def place_app(tables: PlanningTables, hosts: Sequence[str] = THIS_MACHINE) -> Starlette:
    """The planning pages over these tables, answering only to these host names."""
    frame = Frame("planning", "Planning: nobody is identified", NAVIGATION, tables.build())

    def page(present: Callable[[Request, PlanningTables], Page | None]) -> Callable[[Request], Response]:
        # A plain function runs in a thread of its own, so that one slow read holds up nobody else.
        def answer(request: Request) -> Response:
            shown = present(request, tables)
            if shown is None:
                raise HTTPException(404)
            return show(request, frame, shown)

        return answer

    return Starlette(
        routes=[
            Route("/", page(lambda request, t: place_page(t, address(request, "shapes"))), name="home"),
            Route("/journeys", page(lambda request, t: shapes_page(t, links(request))), name="shapes"),
            Route(
                "/journeys/{shape_key}",
                page(lambda request, t: shape_page(t, part(request), links(request))),
                name="shape",
            ),
            Route(
                "/journey/{key}",
                page(lambda request, t: journey_page(t, part(request), links(request))),
                name="journey",
            ),
            Route("/rejections", page(lambda _, t: rejections_page(t)), name="rejections"),
            Route("/about", page(lambda _, t: about_page(t)), name="about"),
            Mount("/static", StaticFiles(directory=STATIC), name="static"),
        ],
        middleware=[
            Middleware(SafeHeaders, keep_pages=True),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts)),
        ],
        exception_handlers={HTTPException: failure_page(frame), Exception: failure_page(frame)},
    )


def links(request: Request) -> Callable[..., str]:
    """The paths of this application's routes, for a presenter that writes links."""
    return lambda route, **parts: address(request, route, **parts)


def part(request: Request) -> str:
    """The one variable part of the address: a random key."""
    return str(next(iter(request.path_params.values())))
