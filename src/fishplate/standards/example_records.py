"""The rows of a worked example as the values that the rules judge: legs, contacts, referrals, choices and the rest.

Takes an example and the zone of its place; gives values of `care`, all of one nameless person. A cell that is left out
is unknown, as it is in a feed. The rows were checked when the standard was read, so that nothing here can fail.
"""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Final, TypeVar

from fishplate.care.legs import Leg, LegKind
from fishplate.care.organisations import ServiceKind
from fishplate.care.people import LifeEvent, LifeEventKind
from fishplate.care.periods import Moment
from fishplate.care.plans import CapacityOutcome, CapacityRecord, Choice, Decider, Decision, Plan, Scope
from fishplate.care.referrals import Assessment, Attendance, Contact, Referral
from fishplate.care.words import UNKNOWN, Unknown, Word
from fishplate.standards.standard import Example, Row

PERSON: Final = "the person"

Kind = TypeVar("Kind", bound=Word)


def legs(example: Example, zone: tzinfo) -> Iterator[Leg]:
    """The legs of the example; one whose kind is left out is an episode."""
    for row in example.table("legs"):
        yield Leg(
            id=row.key,
            person=PERSON,
            kind=word(row, "leg_kind", LegKind, LegKind.EPISODE),
            service_kind=word(row, "service_kind", ServiceKind, ServiceKind.UNKNOWN),
            started=moment(row.cell("started"), zone),
            ended=maybe(row.cell("ended"), zone),
            organisation_id=row.cell("organisation_id"),
            service_id=text(row, "service_id"),
            need=text(row, "need"),
            admission_method=text(row, "admission_method"),
            admission_source=text(row, "admission_source"),
            discharge_method=text(row, "discharge_method"),
            discharge_destination=text(row, "discharge_destination"),
            treatment_function=text(row, "treatment_function"),
            service_component=text(row, "service_component"),
            ready=maybe(row.cell("ready"), zone) or UNKNOWN,
            told_by=text(row, "told_by"),
        )


def contacts(example: Example, zone: tzinfo) -> Iterator[Contact]:
    """The contacts of the example."""
    for row in example.table("contacts"):
        yield Contact(
            id=row.key,
            person=PERSON,
            service_kind=word(row, "service_kind", ServiceKind, ServiceKind.UNKNOWN),
            happened=moment(row.cell("contact"), zone),
            attendance=word(row, "attended", Attendance, Attendance.UNKNOWN),
            leg_id=row.cell("leg_record_id") or None,
            organisation_id=text(row, "organisation_id"),
            service_id=text(row, "service_id"),
            mode=text(row, "mode"),
        )


def referrals(example: Example, zone: tzinfo) -> Iterator[Referral]:
    """The referrals of the example."""
    for row in example.table("referrals"):
        sent = row.cell("information_sent")
        yield Referral(
            id=row.key,
            person=PERSON,
            sent=moment(row.cell("sent"), zone),
            to_kind=word(row, "to_service_kind", ServiceKind, ServiceKind.UNKNOWN),
            from_kind=word(row, "from_service_kind", ServiceKind, ServiceKind.UNKNOWN),
            from_organisation_id=text(row, "from_organisation_id"),
            to_organisation_id=text(row, "to_organisation_id"),
            to_service_id=text(row, "to_service_id"),
            need=text(row, "need"),
            priority=text(row, "priority"),
            received=maybe(row.cell("received"), zone),
            accepted=maybe(row.cell("accepted"), zone),
            rejected=maybe(row.cell("rejected"), zone),
            rejected_reason=text(row, "rejected_reason"),
            information_sent=frozenset(part.strip() for part in sent.split(";")) if sent else UNKNOWN,
            based_on=row.cell("based_on") or None,
        )


def choices(example: Example, zone: tzinfo) -> Iterator[Choice]:
    """The choices of the example, each with its capacity record where somebody is named who made one."""
    for row in example.table("choices"):
        scope = row.cell("scope")
        yield Choice(
            id=row.key,
            person=PERSON,
            need=row.cell("need"),
            decision=Decision(row.cell("decision")),
            decider=word(row, "decider", Decider, Decider.NOT_RECORDED),
            decided=moment(row.cell("decided"), zone),
            revoked=maybe(row.cell("revoked"), zone),
            scope=Scope(scope) if scope else UNKNOWN,
            capacity=capacity(row),
        )


def capacity(row: Row) -> CapacityRecord | None:
    """What a named professional recorded about the decision; None where nobody did."""
    if not row.cell("capacity_recorded_by"):
        return None
    risk = row.cell("risk_explained")
    return CapacityRecord(
        recorded_by=row.cell("capacity_recorded_by"),
        outcome=word(row, "capacity_outcome", CapacityOutcome, CapacityOutcome.NOT_ASSESSED),
        risk_explained=risk == "yes" if risk else UNKNOWN,
        alternative=text(row, "alternative"),
    )


def plans(example: Example, zone: tzinfo) -> Iterator[Plan]:
    """The plans of the example."""
    for row in example.table("plans"):
        seen_by = row.cell("visible_to")
        yield Plan(
            id=row.key,
            person=PERSON,
            agreed=moment(row.cell("agreed"), zone),
            kind=text(row, "kind"),
            need=text(row, "need"),
            organisation_id=text(row, "organisation_id"),
            due=maybe(row.cell("due"), zone),
            visible_to=frozenset(part.strip() for part in seen_by.split(";")) if seen_by else UNKNOWN,
        )


def life_events(example: Example, zone: tzinfo) -> Iterator[LifeEvent]:
    """The life events of the example."""
    for row in example.table("life_events"):
        yield LifeEvent(
            person=PERSON,
            kind=LifeEventKind(row.cell("kind")),
            happened=moment(row.cell("happened"), zone),
            need=row.cell("need") or None,
            to_place=text(row, "to_place"),
        )


def assessments(example: Example, zone: tzinfo) -> Iterator[Assessment]:
    """The assessments of the example."""
    for row in example.table("assessments"):
        yield Assessment(
            id=row.key,
            person=PERSON,
            domain=row.cell("domain"),
            assessed=moment(row.cell("assessed"), zone),
            service_kind=word(row, "service_kind", ServiceKind, ServiceKind.UNKNOWN),
            organisation_id=text(row, "organisation_id"),
        )


def moment(text: str, zone: tzinfo) -> Moment:
    """A date, or a date and a time on the clocks of the place."""
    when = datetime.fromisoformat(text)
    return Moment.dated(when.date(), zone) if len(text) == 10 else Moment.timed(when.replace(tzinfo=zone), zone)


def maybe(text: str, zone: tzinfo) -> Moment | None:
    """The moment, where there is one."""
    return moment(text, zone) if text else None


def text(row: Row, column: str) -> str | Unknown:
    """What stands in a column; unknown where nothing does."""
    return row.cell(column) or UNKNOWN


def word(row: Row, column: str, kind: type[Kind], otherwise: Kind) -> Kind:
    """One word of a fixed list; the given one where nothing stands in the column."""
    return kind(row.cell(column)) if row.cell(column) else otherwise
