"""The way to a record: look for it by number, state purpose and ground, and be let in or refused; both are audited.

Takes forms by POST only, so that no number ever stands in an address. Whether the number is known to anybody is not
told: a refusal reads the same for a person nobody knows as for one cared for elsewhere. Only a worker who goes ahead
with a stated reason, which is reviewed, learns that there is no record.
"""

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from fishplate.access.audit import Act
from fishplate.access.purpose import Purpose
from fishplate.access.relationship import Decision, Override, Relationship, decide
from fishplate.access.worker import Worker
from fishplate.care.people import nhs_number
from fishplate.web.components.blocks import Link, Page
from fishplate.web.components.layout import address
from fishplate.web.hub.parts import Hub, care_page, form_of, go, signed_in, text
from fishplate.web.hub.sessions import Opened, Session
from fishplate.web.words import PURPOSE_WORDS

BOTH_OR_NEITHER = "Give the NHS number or the local identifier: one of them, not both."
NOT_A_NUMBER = (
    "An NHS number has ten digits, and its last one proves the others. Check it against the letter or record."
)
NOBODY = "No record is held here under that number or identifier."
NO_PURPOSE = "Choose what you open the record for."
WRITTEN_DOWN = "This was written down, as every opening is."
ASK_FOR_A_REFERRAL = "If you do care for this person, have the referral or the start of care recorded, then try again."
LONGEST_LOCAL_ID = 200


async def open_search(hub: Hub, request: Request) -> Response:
    """GET: the form to look for a person."""
    _, worker = signed_in(hub, request)
    return search_page(hub, request, worker)


def search_page(hub: Hub, request: Request, worker: Worker, wrong: str = "") -> Response:
    """The form to look for a person, with what was wrong with the last try."""
    organisation = hub.tables.organisation_names().get(worker.organisation_id, worker.organisation_id)
    page = Page("Find a person", (f"You are {worker.name}, {worker.role}, {organisation}.",))
    return care_page(hub, request, page, template="hub/find.html", status=400 if wrong else 200, wrong=wrong)


async def take_search(hub: Hub, request: Request) -> Response:
    """POST: look, and go on to the purpose, found or not."""
    session, worker = signed_in(hub, request)
    form = await form_of(request, session)
    typed, local_id = text(form, "nhs_number")[:LONGEST_LOCAL_ID], text(form, "local_id")[:LONGEST_LOCAL_ID]
    number = nhs_number(typed)
    if bool(typed) == bool(local_id):
        return search_page(hub, request, worker, BOTH_OR_NEITHER)
    if typed and number is None:
        return search_page(hub, request, worker, NOT_A_NUMBER)
    if not hub.searches.allows(worker.id):
        raise HTTPException(429)
    code = await run_in_threadpool(hub.tables.find, number or "", local_id)
    return go(request, "purpose", handle=hub.sessions.handle(session, code))


def opened(hub: Hub, session: Session, request: Request) -> Opened:
    """What the handle in the address stands for; 404 where it is no longer good."""
    found = hub.sessions.opened(session, request.path_params["handle"])
    if found is None:
        raise HTTPException(404)
    return found


async def open_purpose(hub: Hub, request: Request) -> Response:
    """GET: the form that states purpose and ground."""
    session, _ = signed_in(hub, request)
    opened(hub, session, request)
    return purpose_page(hub, request)


def purpose_page(hub: Hub, request: Request, wrong: str = "") -> Response:
    """The form that states the purpose; there is no default and no "other"."""
    page = Page(
        "Why do you open this record?",
        ("Your answer is kept with your name, and the person can ask to see it.",),
        back=Link("Find a person", address(request, "home")),
    )
    choices = [{"value": purpose, "text": words} for purpose, words in PURPOSE_WORDS.items()]
    return care_page(
        hub, request, page, template="hub/purpose.html", status=400 if wrong else 200, choices=choices, wrong=wrong
    )


async def take_purpose(hub: Hub, request: Request) -> Response:
    """POST: decide; let the worker in under a fresh handle, or refuse and write the refusal down."""
    session, worker = signed_in(hub, request)
    form = await form_of(request, session)
    found = opened(hub, session, request)
    if text(form, "purpose") not in PURPOSE_WORDS:
        return purpose_page(hub, request, NO_PURPOSE)
    purpose, reason = Purpose(text(form, "purpose")), text(form, "reason")
    override = Override(reason) if reason else None
    decision = await run_in_threadpool(decision_of, hub, worker, found.person_code, purpose, override)
    if not decision.allowed or found.person_code is None:
        hub.write(worker, purpose, decision, Act.READ_PERSON_PAGE, "/person", found.person_code)
        return refused_page(hub, request, decision, hint=ASK_FOR_A_REFERRAL)
    return go(request, "person", handle=hub.sessions.handle(session, found.person_code, purpose, override))


def decision_of(hub: Hub, worker: Worker, code: int | None, purpose: Purpose, override: Override | None) -> Decision:
    """Whether this worker may open this record today. A record that is not there is refused as any other would be."""
    involvements = () if code is None else hub.tables.involvements(code)
    decision = decide(worker, purpose, involvements, hub.today, override)
    if code is None and decision.allowed:
        return Decision(False, Relationship.NONE, NOBODY)
    return decision


def refused_page(
    hub: Hub, request: Request, decision: Decision, *, what: str = "This record", hint: str = ""
) -> Response:
    """That something was not opened, why, and what can be done."""
    page = Page(
        f"{what} was not opened",
        tuple(said for said in (decision.why, WRITTEN_DOWN, hint) if said),
        back=Link("Find a person", address(request, "home")),
    )
    return care_page(hub, request, page, status=403)
