"""One person's page and who has looked at it, identified.

Takes the handle in the address; gives the page. Each reading is in the audit before it is shown.
"""

from starlette.requests import Request
from starlette.responses import Response

from fishplate.access.audit import Act, for_person
from fishplate.access.purpose import Purpose
from fishplate.errors import ChainBroken
from fishplate.web.components.blocks import Link, Page, Section
from fishplate.web.components.layout import address
from fishplate.web.hub.journey_words import person_page
from fishplate.web.hub.opening import ASK_FOR_A_REFERRAL, decision_of, opened, refused_page
from fishplate.web.hub.parts import Hub, care_page, signed_in
from fishplate.web.words import capital, counted


def let_in(hub: Hub, request: Request, act: Act, what: str) -> int | Response:
    """The person code, once the reading is in the audit; or the page that says it was refused (also audited).

    The decision is made again at each reading, so that a page left open does not outlast the care it was opened for.
    """
    session, worker = signed_in(hub, request)
    found = opened(hub, session, request)
    purpose = found.purpose or Purpose.AUDIT_REVIEW
    decision = decision_of(hub, worker, found.person_code, purpose, found.override)
    hub.write(worker, purpose, decision, act, what, found.person_code)
    if not decision.allowed or found.person_code is None:
        return refused_page(hub, request, decision, hint=ASK_FOR_A_REFERRAL)
    return found.person_code


def open_person(hub: Hub, request: Request) -> Response:
    """GET: the person's page."""
    code = let_in(hub, request, Act.READ_PERSON_PAGE, "/person")
    if isinstance(code, Response):
        return code
    handle = request.path_params["handle"]
    page = person_page(
        hub.tables.person(code),
        hub.tables.journey(code),
        hub.tables.joins(code),
        hub.tables.kind_words(),
        hub.zone,
        find=Link("Find a person", address(request, "home")),
        who=Link("Who has looked at this record", address(request, "who", handle=handle)),
    )
    return care_page(hub, request, page)


def open_who(hub: Hub, request: Request) -> Response:
    """GET: who has asked to see this record, in sentences that can be printed for the person."""
    code = let_in(hub, request, Act.READ_AUDIT, "/person/who")
    if isinstance(code, Response):
        return code
    try:
        sentences = list(for_person(hub.audit.read(), code, hub.tables.organisation_names(), hub.zone))
        whole = not hub.audit.faults()
    except ChainBroken:
        sentences, whole = [], False
    person = hub.tables.person(code)
    page = Page(
        title="Who has looked at this record",
        above=f"For {person.name or 'the person'}",
        back=Link("Back to the record", address(request, "person", handle=request.path_params["handle"])),
        finding=(
            f"{capital(counted(len(sentences), 'entry', 'entries'))}. "
            + (
                "Nothing was changed or taken out of this list since it was written."
                if whole
                else "This list can't be relied on: the audit behind it is broken. Tell whoever reviews the audit."
            ),
        ),
        sections=(
            Section("entries", "Every time somebody asked to see it", quotes=tuple(sentences), tone="entries"),
            Section(
                "ask",
                "If something here looks wrong",
                sentences=(
                    "You can ask any of these organisations why somebody looked, and its data protection "
                    "officer must answer you. Print this page to keep it or to take it to them.",
                ),
            ),
        ),
    )
    return care_page(hub, request, page)
