"""What the care pages are handed, and what each of them asks first: who is signed in, and is this form ours.

Takes the tables, the audit, the workers, and the clock and chance from outside. Rule of this file: an entry is in
the audit before what it speaks of is shown; if it can't be written, nothing is shown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from hmac import compare_digest
from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from fishplate.access.audit import Act, entry_of
from fishplate.access.purpose import Purpose
from fishplate.access.relationship import Decision
from fishplate.access.worker import Worker
from fishplate.errors import ChainBroken
from fishplate.web.components.blocks import Page
from fishplate.web.components.layout import Frame, address, show
from fishplate.web.hub.sessions import Limit, Session, Sessions
from fishplate.web.reading import AuditBook, CareTables

COOKIE = "fishplate_session"
LONGEST_FORM_BYTES = 16 * 1024
MOST_FIELDS = 20


@dataclass(frozen=True, slots=True)
class Hub:
    """All that a care page may use."""

    tables: CareTables
    audit: AuditBook
    workers: Mapping[str, Worker]
    sessions: Sessions
    frame: Frame
    now: Callable[[], datetime]
    zone: tzinfo
    sign_ins: Limit
    sign_ins_of_address: Limit
    searches: Limit

    @property
    def today(self) -> date:
        """The local day."""
        return self.now().astimezone(self.zone).date()

    def session(self, request: Request) -> Session | None:
        """The visit this request belongs to, signed in or not."""
        return self.sessions.of(request.cookies.get(COOKIE, ""))

    def write(
        self, worker: Worker, purpose: Purpose, decision: Decision, act: Act, what: str, person_code: int | None = None
    ) -> None:
        """Put an act into the audit; without that nothing may be shown."""
        try:
            self.audit.append(entry_of(worker, purpose, decision, act, what, self.now(), person_code))
        except (ChainBroken, OSError) as fault:
            raise HTTPException(
                503, "The audit can't be written, so no record is opened. Tell whoever reviews the audit."
            ) from fault


class SignInFirst(Exception):
    """Nobody is signed in; the answer is the page to sign in on."""


def signed_in(hub: Hub, request: Request) -> tuple[Session, Worker]:
    """The visit and its worker; `SignInFirst` where nobody is signed in."""
    session = hub.session(request)
    if session is None or session.worker is None:
        raise SignInFirst
    return session, session.worker


async def form_of(request: Request, session: Session | None) -> FormData:
    """The fields of a form that this visit was given, from this very site; else 400 and nothing is done."""
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > LONGEST_FORM_BYTES:
        raise HTTPException(413)
    form = await request.form(max_files=0, max_fields=MOST_FIELDS)
    if (
        session is None
        or not from_here(request)
        or not compare_digest(text(form, "form_token").encode(), session.form_token.encode())
    ):
        raise HTTPException(
            400, "This form is too old, or was not sent from this site. Open the page again and fill it in there."
        )
    return form


def from_here(request: Request) -> bool:
    """Whether the browser says that the form was sent from this very site, where it says anything."""
    site, origin = request.headers.get("sec-fetch-site", "same-origin"), request.headers.get("origin", "")
    own = request.headers.get("host", "")
    return site == "same-origin" and (origin in ("", "null") or urlsplit(origin).netloc == own)


def text(form: FormData, name: str) -> str:
    """A field of a form as trimmed text; empty where it is absent."""
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def go(request: Request, route: str, **parts: str) -> RedirectResponse:
    """Send the browser on to another page by GET."""
    return RedirectResponse(address(request, route, **parts), 303)


def keep(response: Response, request: Request, hub: Hub, session: Session) -> Response:
    """The answer with the visit's cookie: for this site only, never for scripts, gone with the browser."""
    response.set_cookie(
        COOKIE,
        hub.sessions.cookie(session),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
        path=str(request.scope.get("root_path", "")) or "/",
    )
    return response


def care_page(
    hub: Hub, request: Request, page: Page, *, template: str = "page.html", status: int = 200, **more: object
) -> Response:
    """A page of these, with the way to sign out and the token that its forms must bring back."""
    session = hub.session(request)
    parts = {
        "form_token": session.form_token if session else "",
        "find_href": address(request, "find"),
        "export_href": address(request, "export"),
        "sign_out_href": address(request, "sign_out"),
        **more,
    }
    return show(request, hub.frame, page, template=template, status=status, parts=parts)
