"""The care application: every page of it in one table of routes, none of them open without signing in.

Takes `CareTables`, the audit and the workers, and the clock, chance and secret from outside.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime, timedelta, tzinfo
from inspect import iscoroutinefunction

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from fishplate.access.worker import Worker
from fishplate.web.components.failures import failure_page
from fishplate.web.components.layout import STATIC, Frame
from fishplate.web.components.security import SafeHeaders
from fishplate.web.hub.audit import open_audit
from fishplate.web.hub.opening import open_purpose, open_search, take_purpose, take_search
from fishplate.web.hub.parts import Hub, SignInFirst, go
from fishplate.web.hub.person import open_person, open_who
from fishplate.web.hub.rejections import export_rejections, open_rejections
from fishplate.web.hub.sessions import Limit, Sessions
from fishplate.web.hub.sign_in import open_sign_in, sign_out, take_sign_in
from fishplate.web.reading import AuditBook, CareTables

NAVIGATION = (("Find a person", "home"), ("Rejected rows", "rejections"), ("Audit", "audit"))
THIS_MACHINE = ("127.0.0.1", "localhost")

QUARTER = timedelta(minutes=15)
SIGN_INS = 5
SIGN_INS_OF_ADDRESS = 30
SEARCHES = 60


def hub_app(
    tables: CareTables,
    audit: AuditBook,
    workers: Iterable[Worker],
    *,
    now: Callable[[], datetime],
    fresh: Callable[[], str],
    secret: bytes,
    zone: tzinfo,
    hosts: Sequence[str] = THIS_MACHINE,
) -> Starlette:
    """The care pages; `now` gives the moment in UTC, `fresh` an unguessable text, `secret` signs the cookies."""
    hub = Hub(
        tables=tables,
        audit=audit,
        workers={worker.id: worker for worker in workers},
        sessions=Sessions(secret, now, fresh),
        frame=Frame("care", "Care: people are identified", NAVIGATION, tables.build()),
        now=now,
        zone=zone,
        sign_ins=Limit(SIGN_INS, QUARTER, now),
        sign_ins_of_address=Limit(SIGN_INS_OF_ADDRESS, QUARTER, now),
        searches=Limit(SEARCHES, QUARTER, now),
    )

    async def to_sign_in(request: Request, _: Exception) -> Response:
        return go(request, "sign_in")

    return Starlette(
        routes=[
            Route("/", bound(hub, open_search), name="home"),
            Route("/find", bound(hub, take_search), methods=["POST"], name="find"),
            Route("/sign-in", bound(hub, open_sign_in), name="sign_in"),
            Route("/sign-in", bound(hub, take_sign_in), methods=["POST"], name="take_sign_in"),
            Route("/sign-out", bound(hub, sign_out), methods=["POST"], name="sign_out"),
            Route("/purpose/{handle}", bound(hub, open_purpose), name="purpose"),
            Route("/purpose/{handle}", bound(hub, take_purpose), methods=["POST"], name="take_purpose"),
            Route("/person/{handle}", bound(hub, open_person), name="person"),
            Route("/person/{handle}/who", bound(hub, open_who), name="who"),
            Route("/rejections", bound(hub, open_rejections), name="rejections"),
            Route("/rejections/export", bound(hub, export_rejections), methods=["POST"], name="export"),
            Route("/audit", bound(hub, open_audit), name="audit"),
            Mount("/static", StaticFiles(directory=STATIC), name="static"),
        ],
        middleware=[
            Middleware(SafeHeaders, keep_pages=False),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts)),
        ],
        exception_handlers={
            HTTPException: failure_page(hub.frame),
            Exception: failure_page(hub.frame),
            SignInFirst: to_sign_in,
        },
    )


def bound(
    hub: Hub, answer: Callable[[Hub, Request], Response | Awaitable[Response]]
) -> Callable[[Request], Response | Awaitable[Response]]:
    """A page as a route calls it. Plain functions stay plain: they run in a thread, and hold up nobody else."""
    if iscoroutinefunction(answer):

        async def waiting(request: Request) -> Response:
            given: Response = await answer(hub, request)
            return given

        return waiting
    return lambda request: answer(hub, request)
