"""Who came: which leg or contact met which promise of one person, under one standard.

Takes the promises of one standard and the person's records; gives what came of each. The rules of this file
(design/joins.md, *Matching trigger to what came*; docs/adr/0008-join-rules.md):

1. An explicit id fixes who answers whom; the window still fixes the state.
2. Then one to one, the earliest trigger to the earliest that came, ties by id and never by organisation. A leg comes
   by its start, or by its first contact in the window where it was already open at the trigger. What came answers one
   trigger of a standard, and as many standards as it meets.
3. What may have come, on a day whose order nobody knows or by a record that is in doubt, matches nothing and is kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from fishplate.care.clocks import no_later
from fishplate.care.legs import Leg
from fishplate.care.organisations import ServiceKind
from fishplate.care.periods import Moment
from fishplate.care.referrals import Attendance, Contact
from fishplate.care.words import UNKNOWN, Unknown
from fishplate.expressions.judging import Row, judge
from fishplate.journeys.evidence import Place, Records
from fishplate.journeys.promises import Promise
from fishplate.standards.columns import leg_row
from fishplate.standards.standard import MetBy, Standard


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One time that somebody came: the start of a leg (or its end, where that meets the need), or a contact.

    `is_sure` is false where a record may be somebody else's, a contact may not have taken place, or nobody recorded
    whether the leg is of the sort that the standard asks for. `answers` are the explicit ids.
    """

    id: str
    at: Moment
    kind: ServiceKind
    leg_id: str | None
    opened: Moment | None = None
    organisation_id: str | Unknown = UNKNOWN
    service_id: str | Unknown = UNKNOWN
    is_sure: bool = True
    answers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one promise: the match, what else may have met it, and the right service's start too late."""

    match: Coming | None = None
    maybe: tuple[Coming, ...] = ()
    after: Coming | None = None


def match_all(promises: list[Promise], records: Records, standard: Standard, place: Place) -> list[Outcome]:
    """What came of each promise of one standard, in their order."""
    came = sorted(
        (each for each in comings(records, standard) if place.has_been(each.at)), key=lambda each: (each.at.at, each.id)
    )
    known = frozenset().union(*(promise.ids for promise in promises))
    fixed = [each for each in came if each.answers & known]
    free = [each for each in came if not each.answers & known]
    outcomes = []
    for promise in promises:
        found = by_explicit_id(promise, fixed)
        if found == Outcome():
            found = earliest(promise, free)
        outcomes.append(found)
        fixed = [each for each in fixed if each is not found.match]
        free = [each for each in free if each is not found.match]
    return outcomes


def by_explicit_id(promise: Promise, came: list[Coming]) -> Outcome:
    """What came that says it answers this promise: in the window, or after it; nothing where it came before."""
    mine = [each for each in came if each.answers & promise.ids]
    found = earliest(promise, mine)
    late_until = promise.window.late_until
    if found.match or found.maybe or late_until is None:
        return found
    return Outcome(after=next((each for each in mine if no_later(each.at, late_until) is False), None))


def earliest(promise: Promise, came: list[Coming]) -> Outcome:
    """The earliest that surely came in the window, and all that may have."""
    inside = [(each, is_inside(each, promise)) for each in came]
    match = next((each for each, is_in in inside if is_in and each.is_sure), None)
    maybe = tuple(each for each, is_in in inside if is_in is not False and not (is_in and each.is_sure))
    return Outcome(match=match, maybe=maybe)


def is_inside(came: Coming, promise: Promise) -> bool | None:
    """Whether it came in the promise's window; a contact counts only where its leg was already open at the trigger."""
    if came.id == promise.trigger.id and promise.standard.met.by is MetBy.STARTED:
        return False
    if came.opened is not None and no_later(came.opened, promise.window.triggered) is False:
        return False
    # A leg that started inside the window comes by its start, and its contacts add nothing.
    if came.opened is not None and promise.standard.met.by is MetBy.STARTED and promise.window.holds(came.opened):
        return False
    return promise.window.holds(came.at)


def comings(records: Records, standard: Standard) -> Iterator[Coming]:
    """Every time that a service of a kind that can meet the need came to this person."""
    legs = {leg.id: leg for leg in records.legs if leg.service_kind in standard.meets}
    for leg in legs.values():
        yield from by_leg(leg, records, standard)
    for contact in records.contacts:
        if contact.leg_id in legs:
            if standard.met.by is MetBy.STARTED:
                yield from by_contact(contact, legs[contact.leg_id], records, standard)
        elif contact.leg_id is None and contact.service_kind in standard.meets:
            yield from by_contact(contact, None, records, standard)


def by_leg(leg: Leg, records: Records, standard: Standard) -> Iterator[Coming]:
    """The leg's start; or its end, where the standard is met by that, of a leg that was open at the trigger."""
    ends = standard.met.by is MetBy.ENDED
    at = leg.ended if ends else leg.started
    meets = judge(standard.met.where, leg_row(leg))
    if at is not None and meets is not False:
        yield Coming(
            id=leg.id,
            at=at,
            kind=leg.service_kind,
            leg_id=leg.id,
            opened=leg.started if ends else None,
            organisation_id=leg.organisation_id or UNKNOWN,
            service_id=leg.service_id,
            is_sure=meets is True and leg.id not in records.doubtful,
            answers=answers_of({leg.id}, records),
        )


def by_contact(contact: Contact, leg: Leg | None, records: Records, standard: Standard) -> Iterator[Coming]:
    """The contact, unless it surely did not take place; one without a leg counts as a leg of its own."""
    row: Row = leg_row(leg) if leg else contact_row(contact, standard)
    meets = judge(standard.met.where, row)
    took_place = contact.attendance in (Attendance.ATTENDED, Attendance.UNKNOWN)
    if took_place and meets is not False:
        ids = {contact.id, leg.id} if leg else {contact.id}
        yield Coming(
            id=contact.id,
            at=contact.happened,
            kind=leg.service_kind if leg else contact.service_kind,
            leg_id=contact.leg_id,
            opened=leg.started if leg else None,
            organisation_id=contact.organisation_id,
            service_id=contact.service_id,
            is_sure=meets is True and contact.attendance is Attendance.ATTENDED and not ids & records.doubtful,
            answers=answers_of(ids, records),
        )


def contact_row(contact: Contact, standard: Standard) -> Row:
    """A contact without a leg by the columns of a leg: what a contact does not say is unknown."""
    said = {
        "record_id": contact.id,
        "organisation_id": contact.organisation_id,
        "service_id": contact.service_id,
        "service_kind": contact.service_kind,
        "leg_kind": "contact",
    }
    return {name: said.get(name, UNKNOWN) for name in {*standard.met.where.columns, *said}}


def answers_of(ids: set[str], records: Records) -> frozenset[str]:
    """The referrals or legs that these records say they answer."""
    return frozenset(answered for came, answered in records.answers_to if came in ids)
