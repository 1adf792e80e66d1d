"""One person's published rows as the values that the join rules judge.

Takes the rows of one person, each a mapping by the columns of its published table; gives `Records`. The rules of this
file:

* A moment is taken with the instant, the local date and the offset it was published with.
* A word that is in no list of ours is *other* for a kind of service, and not recorded for everything else.
* A record's id is its source and its source's id. A reference to a leg or a referral is to the one of that id in the
  same source, or to the only one of that id; where several fit it is to none, so that nothing is guessed.
* A leg that bears the number of a referral of the same person, to the same kind of service, says that it answers it
  (design/joins.md, *Matching*, 1).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any, Final, TypeVar

from fishplate.care.legs import Leg, LegKind
from fishplate.care.organisations import ServiceKind
from fishplate.care.people import LifeEvent, LifeEventKind
from fishplate.care.periods import Moment
from fishplate.care.plans import CapacityOutcome, CapacityRecord, Choice, Decider, Decision, Plan, Scope
from fishplate.care.referrals import Assessment, Attendance, Contact, Referral
from fishplate.care.words import UNKNOWN, Unknown, Word
from fishplate.journeys.evidence import Answer, Records

Row = Mapping[str, Any]
TABLES: Final = ("legs", "contacts", "referrals", "choices", "plans", "life_events", "assessments", "answers")
"""The published tables that the rules look at."""

Kind = TypeVar("Kind", bound=Word)


def records_of(person: str, rows: Mapping[str, Sequence[Row]], zone: tzinfo) -> Records:
    """Everything that the published tables say of one person; `rows` are theirs alone, by table."""
    legs, referrals = rows["legs"], rows["referrals"]
    return Records(
        person=person,
        legs=tuple(leg(row, person, zone) for row in legs),
        contacts=tuple(contact(row, person, zone, legs) for row in rows["contacts"]),
        referrals=tuple(referral(row, person, zone, legs, referrals) for row in referrals),
        choices=tuple(choice(row, person, zone) for row in rows["choices"]),
        plans=tuple(plan(row, person, zone) for row in rows["plans"]),
        life_events=tuple(life_event(row, person, zone) for row in rows["life_events"]),
        assessments=tuple(assessment(row, person, zone) for row in rows["assessments"]),
        answers=tuple(answer(row, zone, legs, referrals) for row in rows["answers"]),
        answers_to=frozenset(answered(legs, referrals)),
    )


def leg(row: Row, person: str, zone: tzinfo) -> Leg:
    """One leg."""
    return Leg(
        id=id_of(row),
        person=person,
        kind=LegKind(row["leg_kind"]),
        service_kind=service_kind(row["service_kind"]),
        started=surely(row, "started", zone),
        ended=moment(row, "ended", zone),
        organisation_id=row["organisation_id"] or "",
        service_id=text(row["service_id"]),
        need=text(row["need"]),
        admission_method=text(row["admission_method"]),
        admission_source=text(row["admission_source"]),
        discharge_method=text(row["discharge_method"]),
        discharge_destination=text(row["discharge_destination"]),
        treatment_function=text(row["treatment_function"]),
        service_component=text(row["service_component"]),
        ready=moment(row, "ready", zone) or UNKNOWN,
        told_by=text(row["told_by"]),
    )


def contact(row: Row, person: str, zone: tzinfo, legs: Iterable[Row]) -> Contact:
    """One contact, and the leg it belongs to."""
    return Contact(
        id=id_of(row),
        person=person,
        service_kind=service_kind(row["service_kind"]),
        happened=surely(row, "contact", zone),
        attendance=word(row["attended"], Attendance, Attendance.UNKNOWN),
        leg_id=referred(row["leg_record_id"], row["source"], legs),
        organisation_id=text(row["organisation_id"]),
        service_id=text(row["service_id"]),
        mode=text(row["mode"]),
        staff_minutes=UNKNOWN if row["staff_minutes"] is None else row["staff_minutes"],
    )


def referral(row: Row, person: str, zone: tzinfo, legs: Iterable[Row], referrals: Iterable[Row]) -> Referral:
    """One referral, and the leg or referral that it came from."""
    based_on, source = row["based_on"], row["source"]
    return Referral(
        id=id_of(row),
        person=person,
        sent=surely(row, "sent", zone),
        to_kind=service_kind(row["to_service_kind"]),
        from_kind=service_kind(row["from_service_kind"]),
        from_organisation_id=text(row["from_organisation_id"]),
        to_organisation_id=text(row["to_organisation_id"]),
        to_service_id=text(row["to_service_id"]),
        need=text(row["need"]),
        priority=text(row["priority"]),
        received=moment(row, "received", zone),
        accepted=moment(row, "accepted", zone),
        rejected=moment(row, "rejected", zone),
        rejected_reason=text(row["rejected_reason"]),
        information_sent=listed(row["information_sent"]),
        based_on=referred(based_on, source, legs) or referred(based_on, source, referrals),
    )


def choice(row: Row, person: str, zone: tzinfo) -> Choice:
    """One choice, with its capacity record where somebody is named who made one."""
    return Choice(
        id=id_of(row),
        person=person,
        need=row["need"],
        decision=Decision(row["decision"]),
        decider=word(row["decider"], Decider, Decider.NOT_RECORDED),
        decided=surely(row, "decided", zone),
        revoked=moment(row, "revoked", zone),
        scope=Scope(row["scope"]) if row["scope"] in tuple(Scope) else UNKNOWN,
        capacity=capacity(row),
    )


def capacity(row: Row) -> CapacityRecord | None:
    """What a named professional recorded about the decision; None where nobody did."""
    if not row["capacity_recorded_by"]:
        return None
    return CapacityRecord(
        recorded_by=row["capacity_recorded_by"],
        outcome=word(row["capacity_outcome"], CapacityOutcome, CapacityOutcome.NOT_ASSESSED),
        risk_explained=UNKNOWN if row["risk_explained"] is None else row["risk_explained"],
        alternative=text(row["alternative"]),
    )


def plan(row: Row, person: str, zone: tzinfo) -> Plan:
    """One plan."""
    return Plan(
        id=id_of(row),
        person=person,
        agreed=surely(row, "agreed", zone),
        kind=text(row["kind"]),
        need=text(row["need"]),
        organisation_id=text(row["organisation_id"]),
        due=moment(row, "due", zone),
        visible_to=listed(row["visible_to"]),
    )


def life_event(row: Row, person: str, zone: tzinfo) -> LifeEvent:
    """One event in the person's life."""
    return LifeEvent(
        person=person,
        kind=LifeEventKind(row["kind"]),
        happened=surely(row, "happened", zone),
        need=row["need"] or None,
        to_place=text(row["to_place"]),
    )


def assessment(row: Row, person: str, zone: tzinfo) -> Assessment:
    """One assessment of one domain."""
    return Assessment(
        id=id_of(row),
        person=person,
        domain=row["domain"],
        assessed=surely(row, "assessed", zone),
        service_kind=service_kind(row["service_kind"]),
        organisation_id=text(row["organisation_id"]),
    )


def answer(row: Row, zone: tzinfo, legs: Iterable[Row], referrals: Iterable[Row]) -> Answer:
    """One question and what was said, with the leg and the referral that it was about."""
    return Answer(
        id=id_of(row),
        question=row["question"],
        asked=surely(row, "asked", zone),
        answer=text(row["answer"]),
        respondent=text(row["respondent"]),
        answered=moment(row, "answered", zone),
        leg_id=referred(row["leg_record_id"], row["source"], legs),
        referral_id=referred(row["referral_record_id"], row["source"], referrals),
    )


def answered(legs: Iterable[Row], referrals: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """Each leg that bears the number of a referral to its kind of service, with that referral."""
    for one in legs:
        for asked in referrals:
            same_kind = one["service_kind"] == asked["to_service_kind"]
            if same_kind and one["record_id"] and one["record_id"] == asked["record_id"]:
                yield id_of(one), id_of(asked)


def referred(record_id: str | None, source: str, rows: Iterable[Row]) -> str | None:
    """The id of the record that a source means by this; None where it means none, or may mean several."""
    found = [row for row in rows if record_id and row["record_id"] == record_id]
    own = [row for row in found if row["source"] == source]
    only = own or found
    return id_of(only[0]) if len(only) == 1 else None


def id_of(row: Row) -> str:
    """The record's id across all sources, written as a leg's is."""
    return f"{row['source']}:{row['record_id']}"


def moment(row: Row, name: str, zone: tzinfo) -> Moment | None:
    """A moment from its four columns; None where it is empty."""
    at: datetime | None = row[f"{name}_at"]
    if at is None:
        return None
    if row[f"{name}_is_date"]:
        return Moment.dated(row[f"{name}_on"], zone)
    clock = timezone(timedelta(minutes=row[f"{name}_offset_minutes"] or 0))
    return Moment.timed(at.replace(tzinfo=UTC).astimezone(clock), zone)


def surely(row: Row, name: str, zone: tzinfo) -> Moment:
    """A moment that its table requires. Raises ValueError where a published row lacks it."""
    found = moment(row, name, zone)
    if found is None:
        raise ValueError(f"A published row lacks {name}; build again, and report this if it comes back.")
    return found


def text(value: str | None) -> str | Unknown:
    """What stands in a column; unknown where nothing does."""
    return value or UNKNOWN


def listed(value: str | None) -> frozenset[str] | Unknown:
    """The texts that a column lists, parted by semicolons; unknown where it is empty."""
    return frozenset(part.strip() for part in value.split(";") if part.strip()) if value else UNKNOWN


def word(value: str | None, kind: type[Kind], otherwise: Kind) -> Kind:
    """The word of a fixed list; the given one where the column holds none of them."""
    return kind(value) if value in tuple(kind) else otherwise


def service_kind(value: str | None) -> ServiceKind:
    """The standard kind of service; a place's own finer kind is *other*, and an empty one unknown."""
    return word(value, ServiceKind, ServiceKind.OTHER) if value else ServiceKind.UNKNOWN
