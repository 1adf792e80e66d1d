"""Signing in and out: a worker's own identifier and token, a limited number of tries, and a new visit each time."""

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from fishplate.access.worker import Worker
from fishplate.web.components.blocks import Page
from fishplate.web.components.layout import show
from fishplate.web.hub.parts import COOKIE, Hub, form_of, go, keep, text
from fishplate.web.hub.sessions import Session

WRONG = (
    "The worker identifier and the token do not belong together. Check both; a token is shown once, when it is made."
)
LONGEST_TOKEN = 200


def sign_in_page(hub: Hub, request: Request, session: Session, wrong: str = "", status: int = 200) -> Response:
    """The form to sign in."""
    page = Page(
        "Sign in",
        ("These pages show who people are. Each record opened is written down, and the person can ask by whom.",),
    )
    parts = {"form_token": session.form_token, "wrong": wrong}
    answer = show(request, hub.frame, page, template="hub/sign_in.html", status=status, navigation=(), parts=parts)
    return keep(answer, request, hub, session)


async def open_sign_in(hub: Hub, request: Request) -> Response:
    """GET: the form, in a visit of its own."""
    return sign_in_page(hub, request, hub.session(request) or hub.sessions.begin())


async def take_sign_in(hub: Hub, request: Request) -> Response:
    """POST: sign the worker in, in a fresh visit, so that an older cookie is of no use to anybody."""
    session = hub.session(request)
    form = await form_of(request, session)
    worker_id, token = text(form, "worker")[:LONGEST_TOKEN], text(form, "token")[:LONGEST_TOKEN]
    if session is None:
        raise HTTPException(400)
    caller = request.client.host if request.client else ""
    if not hub.sign_ins_of_address.allows(caller) or not hub.sign_ins.allows(worker_id):
        raise HTTPException(429)
    worker = await run_in_threadpool(known, hub, worker_id, token)
    if worker is None:
        return sign_in_page(hub, request, session, WRONG, 403)
    hub.sign_ins.forget(worker_id)
    hub.sessions.end(session)
    return keep(go(request, "home"), request, hub, hub.sessions.begin(worker))


def known(hub: Hub, worker_id: str, token: str) -> Worker | None:
    """The worker whose token this is; as long is spent on a worker who does not exist."""
    worker = hub.workers.get(worker_id)
    if worker is None:
        for other in list(hub.workers.values())[:1]:
            other.holds(token)
        return None
    return worker if worker.holds(token) else None


async def sign_out(hub: Hub, request: Request) -> Response:
    """POST: end the visit."""
    session = hub.session(request)
    await form_of(request, session)
    if session is not None:
        hub.sessions.end(session)
    answer = go(request, "sign_in")
    answer.delete_cookie(COOKIE, path=str(request.scope.get("root_path", "")) or "/")
    return answer
