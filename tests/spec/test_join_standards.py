"""Every worked example of every join standard that Fishplate ships, judged by the rules for one person.

The states were worked out by hand from the design of joins. An example lists every join that must follow, so that a
join too many is a failure as well. These same examples are printed on each standard's page.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import fishplate.standards
from fishplate.care.clocks import Calendar
from fishplate.care.hours import parse_watched_hours
from fishplate.care.joins import JoinState
from fishplate.care.organisations import Service, ServiceKind
from fishplate.care.periods import Period
from fishplate.care.words import UNKNOWN
from fishplate.journeys.evidence import Answer, Feed, Place, PointsElsewhere, Records, Told
from fishplate.journeys.joins_of_person import joins_of
from fishplate.records.vocabulary import vocabulary
from fishplate.standards import example_records as written
from fishplate.standards.packs import read_packs
from fishplate.standards.reading import StandardText
from fishplate.standards.standard import Example, Standard

pytestmark = pytest.mark.spec

PACKS = Path(fishplate.standards.__file__).parent / "packs"
LONDON = ZoneInfo("Europe/London")
LOOKED_AT = datetime(2027, 1, 1, tzinfo=UTC)
ASKED_FOR = {
    "discharge_to_reablement", "insulin_at_home_after_discharge", "discharge_summary_to_gp",
    "discharge_ready_to_discharge", "emergency_department_to_falls_service", "urgent_community_response",
    "active_foot_problem_to_foot_protection", "memory_referral_to_assessment", "memory_referral_to_diagnosis_and_plan",
    "mental_health_discharge_to_follow_up", "gp_referral_to_social_prescribing", "admission_pauses_home_care",
    "discharge_restarts_home_care", "carers_assessment", "move_between_councils",
}  # fmt: skip


def texts() -> list[StandardText]:
    """Every file of the packs, as whoever ships them would hand them in."""
    return [
        StandardText(f"{path.parent.name}/{path.name}", path.parent.name, path.read_text("utf-8"))
        for path in sorted(PACKS.glob("*/*.toml"))
    ]


STANDARDS = read_packs(texts(), vocabulary())
EXAMPLES = [(standard, example) for standard in STANDARDS.values() for example in standard.examples]


def records_of(example: Example) -> Records:
    """What the example says of its one person."""
    return Records(
        person=written.PERSON,
        legs=tuple(written.legs(example, LONDON)),
        contacts=tuple(written.contacts(example, LONDON)),
        referrals=tuple(written.referrals(example, LONDON)),
        told=tuple(
            Told(
                id=row.key,
                told=written.moment(row.cell("told"), LONDON),
                to_kind=ServiceKind(row.cell("to_service_kind")),
                need=written.text(row, "need"),
            )
            for row in example.table("told")
        ),
        choices=tuple(written.choices(example, LONDON)),
        plans=tuple(written.plans(example, LONDON)),
        life_events=tuple(written.life_events(example, LONDON)),
        assessments=tuple(written.assessments(example, LONDON)),
        answers=tuple(answers_of(example)),
        elsewhere=tuple(
            PointsElsewhere(
                id=row.key, recorded=written.moment(row.cell("recorded"), LONDON), need=written.text(row, "need")
            )
            for row in example.table("elsewhere")
        ),
        answers_to=frozenset((row.cell("came"), row.cell("answers")) for row in example.table("answers_to")),
    )


def answers_of(example: Example) -> Iterator[Answer]:
    """What the person or a carer was asked, and said."""
    for row in example.table("answers"):
        yield Answer(
            id=row.key,
            question=row.cell("question"),
            asked=written.moment(row.cell("asked"), LONDON),
            answer=written.text(row, "answer"),
            respondent=written.text(row, "respondent"),
            answered=written.maybe(row.cell("answered"), LONDON),
            leg_id=row.cell("leg_record_id") or None,
            referral_id=row.cell("referral_record_id") or None,
        )


def place_of(example: Example) -> Place:
    """The directory and the feeds of the example, with its bank holidays."""
    return Place(
        calendar=Calendar(zone=LONDON, holidays=example.holidays),
        as_of=LOOKED_AT,
        services=tuple(
            Service(
                id=row.cell("service_id") or row.key,
                organisation_id=row.cell("organisation_id"),
                name=row.key,
                kind=ServiceKind(row.cell("service_kind")),
                watched=parse_watched_hours(row.cell("watched_hours"))[0] or UNKNOWN,
            )
            for row in example.table("services")
        ),
        feeds=tuple(feeds_of(example)),
    )


def feeds_of(example: Example) -> Iterator[Feed]:
    """Each feed of the example, with its hole if it has one."""
    for number, row in enumerate(example.table("feeds"), start=1):
        hole = row.cell("hole_from")
        yield Feed(
            source=f"feed {number}",
            organisation_id=row.cell("organisation_id") or None,
            service_kind=ServiceKind(row.cell("service_kind")) if row.cell("service_kind") else None,
            complete_from=written.maybe(row.cell("complete_from"), LONDON),
            complete_until=written.maybe(row.cell("complete_until"), LONDON),
            holes=(Period(written.moment(hole, LONDON), written.maybe(row.cell("hole_until"), LONDON)),)
            if hole
            else (),
            lacks=frozenset(part.strip() for part in row.cell("lacks").split(";") if part.strip()),
        )


@pytest.mark.parametrize(
    ("standard", "example"), EXAMPLES, ids=[f"{standard.name}: {example.name}" for standard, example in EXAMPLES]
)
def test_the_example_comes_out_as_it_says(standard: Standard, example: Example) -> None:
    joins = [
        join for join in joins_of(records_of(example), [standard], place_of(example)) if join.standard == standard.name
    ]
    found = {join.trigger_id: (join.state, join.flags) for join in joins}
    assert len(found) == len(joins)
    assert found == {each.trigger: (each.state, each.flags) for each in example.expects}
    matches = {join.trigger_id: join.match_id or "" for join in joins}
    assert matches == {**matches, **{each.trigger: each.match for each in example.expects if each.match is not None}}


def test_every_standard_that_was_asked_for_is_there() -> None:
    assert set(STANDARDS) >= ASKED_FOR
    assert {standard.pack for standard in STANDARDS.values()} == {"general", "discharge", "diabetes", "dementia"}


@pytest.mark.parametrize("standard", STANDARDS.values(), ids=STANDARDS)
def test_a_shipped_standard_shows_what_holds_what_is_late_and_what_is_dropped(standard: Standard) -> None:
    shown = {each.state for example in standard.examples for each in example.expects}
    assert {JoinState.HELD, JoinState.LATE, JoinState.DROPPED} < shown
    assert len(standard.examples) >= 4


@pytest.mark.parametrize("standard", STANDARDS.values(), ids=STANDARDS)
def test_a_shipped_standard_says_what_is_its_own_choice_and_whom_silence_reaches(standard: Standard) -> None:
    assert standard.source.ours.strip()
    assert standard.escalation
    assert standard.read_from.startswith(f"{standard.pack}/{standard.name}.")


def test_the_states_that_need_no_luck_are_all_shown_somewhere() -> None:
    shown = {each.state for _, example in EXAMPLES for each in example.expects}
    assert shown == set(JoinState) - {JoinState.NOT_JUDGED}
