"""One person's joins on paper: short words for records, a standard and a place, for tests of the join rules.

A moment is a text: `2 June` is a date in 2025, `2 June 14:00` a time of London. `given(...)` takes records in any
order and gives the joins that follow under `STANDARD`: after a stay in hospital somebody from reablement comes by the
end of the second day, and no later than the end of the ninth. The person of these examples leaves the ward on
Monday 2 June 2025 at 14:00, so that it is due on 4 June and too late after 11 June.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from fishplate.care.clocks import Calendar, Days, Hours
from fishplate.care.joins import JoinState
from fishplate.care.legs import Leg, LegKind
from fishplate.care.organisations import Service, ServiceKind
from fishplate.care.people import LifeEvent, LifeEventKind
from fishplate.care.periods import Moment, Period
from fishplate.care.plans import CapacityOutcome, CapacityRecord, Choice, Decider, Decision, Plan
from fishplate.care.referrals import Assessment, Attendance, Contact, Referral
from fishplate.expressions.parsing import parse
from fishplate.expressions.predicate import ALWAYS, ColumnWord, Predicate
from fishplate.journeys.evidence import Answer, Feed, JudgedJoin, Place, PointsElsewhere, Records, Told
from fishplate.journeys.joins_of_person import joins_of
from fishplate.standards.standard import Citation, EndedBy, Meeting, MetBy, Standard, Trigger

LONDON: Final = ZoneInfo("Europe/London")
WARD, REABLEMENT, NURSES = ServiceKind.ACUTE_HOSPITAL, ServiceKind.REABLEMENT, ServiceKind.DISTRICT_NURSING
EMERGENCY = ServiceKind.EMERGENCY_DEPARTMENT
NEED: Final = "getting_strong_again"


def moment(text: str) -> Moment:
    """`2 June` is a date in 2025; with a clock time it is a time of London."""
    if ":" in text:
        return Moment.timed(datetime.strptime(f"{text} 2025", "%d %B %H:%M %Y").replace(tzinfo=LONDON), LONDON)
    return Moment.dated(datetime.strptime(f"{text} 2025", "%d %B %Y").replace(tzinfo=UTC).date(), LONDON)


def maybe(text: str) -> Moment | None:
    """The moment, or None of an empty text."""
    return moment(text) if text else None


def where(text: str) -> Predicate:
    """A condition over the kind and the destination of a leg."""
    columns = [ColumnWord("service_kind", "text"), ColumnWord("discharge_destination", "text")]
    predicate, troubles = parse(text, columns)
    assert not troubles
    return predicate


STANDARD: Final = Standard(
    name="discharge_to_reablement",
    pack="on_paper",
    version="1",
    question="Did somebody come to help after the hospital?",
    need=NEED,
    trigger=Trigger(table="legs", moment="ended", where=where("service_kind = 'acute_hospital'"), owes=ALWAYS),
    met=Meeting(kinds=(REABLEMENT,), by=MetBy.STARTED, where=ALWAYS),
    from_=Hours(0),
    due=Days(2),
    late_until=Days(9),
    safety_critical=False,
    source=Citation(text="made up for the tests", version="1", checked=None, says="nothing"),
    ends=frozenset(EndedBy),
)


def leg(name: str, kind: ServiceKind, start: str, end: str = "", at: str = "", **more: Any) -> Leg:
    """A leg of the person; without an end it is open."""
    return Leg(
        id=name, person="one", kind=more.pop("leg_kind", LegKind.EPISODE), service_kind=kind, started=moment(start),
        ended=maybe(end), organisation_id=at, **more,
    )  # fmt: skip


def stay(end: str = "2 June 14:00", start: str = "20 May", name: str = "stay", **more: Any) -> Leg:
    """A stay on the ward."""
    return leg(name, WARD, start, end, at="Hospital", leg_kind=LegKind.SPELL, **more)


def reablement(start: str, name: str = "visit", end: str = "", at: str = "Council", **more: Any) -> Leg:
    """Reablement that starts then."""
    return leg(name, REABLEMENT, start, end, at=at, **more)


def contact(
    name: str, at: str, of: str | None, attendance: str = "attended", kind: ServiceKind = REABLEMENT
) -> Contact:
    """A contact that belongs to a leg, or to none."""
    return Contact(
        id=name, person="one", service_kind=kind, happened=moment(at), attendance=Attendance(attendance), leg_id=of
    )


def referral(sent: str, name: str = "referral", to: ServiceKind = REABLEMENT, **more: Any) -> Referral:
    """A referral from the ward for the need; `accepted` and `rejected` are moments as texts."""
    for answer in ("accepted", "rejected"):
        more[answer] = maybe(more.get(answer, ""))
    return Referral(id=name, person="one", sent=moment(sent), to_kind=to, from_kind=WARD, **{"need": NEED, **more})


def choice(decided: str, decider: str = "person", decision: str = "declined", revoked: str = "", **more: Any) -> Choice:
    """A choice about the need, for the person not to have it unless it says otherwise."""
    return Choice(
        id=f"choice {decided}", person="one", need=NEED, decision=Decision(decision), decider=Decider(decider),
        decided=moment(decided), revoked=maybe(revoked), **more,
    )  # fmt: skip


CAPACITY: Final = CapacityRecord(
    recorded_by="ward consultant", outcome=CapacityOutcome.YES, risk_explained=True, alternative="a call each day"
)


def event(kind: str, happened: str, need: str | None = None) -> LifeEvent:
    """Something that happened in the person's life."""
    return LifeEvent(person="one", kind=LifeEventKind(kind), happened=moment(happened), need=need)


def assessment(assessed: str, kind: ServiceKind, domain: str = "mobility") -> Assessment:
    """One assessment of one domain."""
    return Assessment(
        id=f"{kind} {assessed}", person="one", domain=domain, assessed=moment(assessed), service_kind=kind
    )


def said(answer: str, on: str, question: str = "it_happened", about: str = "stay", by: str = "person") -> Answer:
    """What the person or carer answered, and when."""
    return Answer(
        id=f"answer {on}", question=question, asked=moment(on), answer=answer, respondent=by, answered=moment(on),
        leg_id=about,
    )  # fmt: skip


def word(told: str, name: str = "word", kind: ServiceKind = REABLEMENT) -> Told:
    """Somebody's word that a service should come."""
    return Told(id=name, told=moment(told), to_kind=kind, need=NEED)


def plan(due: str, agreed: str = "2 June 10:00") -> Plan:
    """A plan for the need, agreed with the person."""
    return Plan(id=f"plan {due}", person="one", agreed=moment(agreed), need=NEED, due=moment(due))


def hole(start: str, end: str) -> Period:
    """A hole in a feed."""
    return Period(moment(start), moment(end))


def feed(until: str = "30 June", *holes: Period, since: str = "1 January", **more: Any) -> Feed:
    """The council's feed of reablement."""
    covers = {"organisation_id": "Council", "service_kind": REABLEMENT, **more}
    return Feed(source="council", complete_from=moment(since), complete_until=maybe(until), holes=holes, **covers)


SERVICE: Final = Service(id="team", organisation_id="Council", name="Reablement", kind=REABLEMENT)
PLACE: Final = Place(calendar=Calendar(zone=LONDON), as_of=moment("15 July").at, services=(SERVICE,), feeds=(feed(),))


def place(*feeds: Feed, services: Iterable[Service] = (SERVICE,), as_of: str = "15 July") -> Place:
    """The place with these feeds and services."""
    return replace(PLACE, feeds=feeds, services=tuple(services), as_of=moment(as_of).at)


TABLES: Final = {
    Leg: "legs", Contact: "contacts", Referral: "referrals", Told: "told", Choice: "choices", Plan: "plans",
    LifeEvent: "life_events", Assessment: "assessments", Answer: "answers", PointsElsewhere: "elsewhere",
}  # fmt: skip


def records(*rows: object, **more: Any) -> Records:
    """The rows as one person's records, each in its table."""
    tables: dict[str, list[object]] = {}
    for row in rows:
        tables.setdefault(TABLES[type(row)], []).append(row)
    return Records(person="one", **{name: tuple(of) for name, of in tables.items()}, **more)  # type: ignore[arg-type]


def given(*rows: object, standard: Standard = STANDARD, at: Place = PLACE, **more: Any) -> list[JudgedJoin]:
    """The joins that follow from these records under one standard."""
    return joins_of(records(*rows, **more), [standard], at)


def only(joins: list[JudgedJoin]) -> JudgedJoin:
    """The one join of the list that a standard judges."""
    (join,) = [join for join in joins if join.state is not JoinState.NOT_JUDGED]
    return join
