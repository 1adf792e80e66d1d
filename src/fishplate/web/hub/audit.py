"""The audit for those appointed to check it: whether the chain is whole, and its latest entries."""

from collections import deque

from starlette.requests import Request
from starlette.responses import Response

from fishplate.access.audit import Act, ChainFault, Outcome, SealedEntry
from fishplate.access.purpose import Purpose
from fishplate.access.relationship import decide
from fishplate.errors import ChainBroken
from fishplate.web.components.blocks import Page, Section, Table
from fishplate.web.hub.opening import refused_page
from fishplate.web.hub.parts import Hub, care_page, signed_in
from fishplate.web.words import capital, counted, short_on

LATEST = 200
HEADINGS = ("Entry", "When", "Worker", "What", "Why", "Outcome")


def open_audit(hub: Hub, request: Request) -> Response:
    """GET: the chain, verified now, and its latest entries, newest first."""
    _, worker = signed_in(hub, request)
    decision = decide(worker, Purpose.AUDIT_REVIEW, (), hub.today)
    faults = hub.audit.faults()
    if not faults or not decision.allowed:
        # A broken chain takes no more entries; whoever checks it must be able to see where it is broken all the same.
        hub.write(worker, Purpose.AUDIT_REVIEW, decision, Act.READ_AUDIT, "/audit")
    if not decision.allowed:
        return refused_page(hub, request, decision, what="The audit")
    entries, length = latest(hub)
    page = Page(
        title="The audit is broken" if faults else "The audit is whole",
        finding=(
            f"The chain is whole: {counted(length, 'entry', 'entries')}, verified just now."
            if not faults
            else "Nothing more is written and no record can be opened until somebody has looked.",
        ),
        sections=(
            *(
                (Section("broken", "Where it is broken", sentences=tuple(map(fault_words, faults)), tone="alarm"),)
                if faults
                else ()
            ),
            Section(
                "latest",
                f"The latest {counted(len(entries), 'entry', 'entries')}",
                tables=(Table("Entries, newest first", HEADINGS, tuple(row(hub, sealed) for sealed in entries)),)
                if entries
                else (),
            ),
        ),
    )
    return care_page(hub, request, page)


def latest(hub: Hub) -> tuple[list[SealedEntry], int]:
    """The last entries, newest first, as far as the chain can be read, and how many were read in all."""
    kept: deque[SealedEntry] = deque(maxlen=LATEST)
    length = 0
    try:
        for sealed in hub.audit.read():
            kept.append(sealed)
            length += 1
    except ChainBroken:
        pass
    return list(reversed(kept)), length


def fault_words(fault: ChainFault) -> str:
    """Where the chain is broken, and how."""
    return f"At entry {fault.sequence}: {fault.wrong}." if fault.sequence else capital(fault.wrong)


def row(hub: Hub, sealed: SealedEntry) -> tuple[str, ...]:
    """One entry as a row."""
    entry = sealed.entry
    at = entry.at.astimezone(hub.zone)
    organisation = hub.tables.organisation_names().get(entry.organisation_id, entry.organisation_id)
    whom = "no person" if entry.person_code is None else f"person {entry.person_code}"
    return (
        str(sealed.sequence),
        f"{short_on(at.date())}, {at:%H:%M}",
        f"{entry.worker_id}, {entry.role}, {organisation}",
        f"{capital(entry.act.replace('_', ' '))} ({whom})",
        f"{capital(entry.purpose.replace('_', ' '))}. {entry.why}",
        "Allowed" if entry.outcome is Outcome.ALLOWED else "Refused",
    )
