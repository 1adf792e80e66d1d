"""Adjacent pairs, by example: what follows what, how long lay between, and what was uncovered.

Each example is a few legs of one person on paper. The last is a real file: the encounters of thirteen people, whose
figures were worked out elsewhere (../shared/oracles/README.md, *Bulk FHIR*).
"""

import json
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

import pytest

from fishplate.care.joins import AdjacentPair
from fishplate.care.legs import Leg, LegKind
from fishplate.care.organisations import ServiceKind
from fishplate.care.periods import Moment
from fishplate.journeys import rules

LONDON = ZoneInfo("Europe/London")


def moment(text: str) -> Moment:
    """`2024-03-01` is a date; with a clock time it is a time of London."""
    if len(text) == len("2024-03-01"):
        return Moment.dated(date.fromisoformat(text), LONDON)
    return Moment.timed(datetime.fromisoformat(text).replace(tzinfo=LONDON), LONDON)


def leg(name: str, start: str, end: str = "", at: str = "Hospital", kind: str = "acute_hospital") -> Leg:
    """A leg of one person; without an end it is open."""
    return Leg(
        id=name,
        person="one",
        kind=LegKind.CONTACT,
        service_kind=ServiceKind(kind),
        started=moment(start),
        ended=moment(end) if end else None,
        organisation_id=at,
    )


def said(*legs: Leg) -> list[tuple[str, str, float | None, float | None, bool]]:
    """Each pair as earlier leg, later leg, gap and uncovered stretch in days, and whether they overlap."""
    return [
        (p.earlier.id, p.later.id, rules.days(p.gap), rules.days(p.uncovered), rules.overlaps(p))
        for p in rules.adjacent_pairs(legs)
    ]


def test_one_leg_has_no_pair() -> None:
    assert said(leg("ward", "2024-03-01 10:00", "2024-03-04 16:00")) == []


def test_between_two_times_the_gap_is_elapsed() -> None:
    ward = leg("ward", "2024-03-01 10:00", "2024-03-04 16:00")
    nurse = leg("nurse", "2024-03-06 04:00", "2024-03-06 05:00")
    assert said(ward, nurse) == [("ward", "nurse", 1.5, 1.5, False)]


def test_on_the_night_the_clocks_go_forward_a_day_is_23_hours() -> None:
    ward = leg("ward", "2024-03-29 10:00", "2024-03-30 12:00")
    nurse = leg("nurse", "2024-03-31 12:00", "2024-03-31 13:00")
    assert said(ward, nurse) == [("ward", "nurse", 23 / 24, 23 / 24, False)]


def test_where_either_is_a_date_the_gap_is_whole_days() -> None:
    ward = leg("ward", "2024-03-01 10:00", "2024-03-04 23:30")
    carers = leg("carers", "2024-03-05", "2024-03-20")
    nurse = leg("nurse", "2024-03-20 09:00", "2024-03-20 09:30")
    assert said(ward, carers, nurse) == [("ward", "carers", 1, 1, False), ("carers", "nurse", 0, 0, False)]


def test_an_earlier_leg_that_ends_after_the_next_starts_overlaps() -> None:
    carers = leg("carers", "2024-03-01 08:00", "2024-03-10 08:00")
    ward = leg("ward", "2024-03-03 08:00", "2024-03-05 08:00")
    nurse = leg("nurse", "2024-03-11 08:00", "2024-03-11 09:00")
    assert said(carers, ward, nurse) == [("carers", "ward", -7, -7, True), ("ward", "nurse", 6, 1, False)]


def test_an_open_leg_has_no_gap_overlaps_and_covers_all_that_follows() -> None:
    family = leg("family", "2024-03-01")
    ward = leg("ward", "2024-03-03 08:00", "2024-03-05 08:00")
    nurse = leg("nurse", "2024-03-11 08:00", "2024-03-11 09:00")
    assert said(family, ward, nurse) == [("family", "ward", None, None, True), ("ward", "nurse", 6, None, False)]


def test_a_date_reaches_further_than_any_time_on_its_day() -> None:
    carers = leg("carers", "2024-03-01", "2024-03-05")
    ward = leg("ward", "2024-03-03 08:00", "2024-03-05 20:00")
    nurse = leg("nurse", "2024-03-07 08:00", "2024-03-07 09:00")
    assert said(carers, ward, nurse) == [("carers", "ward", -2, -2, True), ("ward", "nurse", 1.5, 2, False)]


def test_equal_starts_are_ordered_by_end_then_organisation_then_leg() -> None:
    start = "2024-03-01 10:00"
    b = leg("b", start, "2024-03-01 11:00", at="B")
    a2, a1 = leg("a2", start, "2024-03-01 11:00", at="A"), leg("a1", start, "2024-03-01 11:00", at="A")
    nobody = leg("nobody", start, "2024-03-01 11:00", at="")
    never = leg("never ends", start, at="A")
    short = leg("short", start, "2024-03-01 10:30", at="Z")
    assert [each.id for each in rules.in_order([never, b, a2, a1, nobody, short])] == [
        "short", "nobody", "a1", "a2", "b", "never ends",
    ]  # fmt: skip


def test_a_gap_is_counted_by_days_then_by_weeks() -> None:
    def edge(days: float) -> int | None:
        return rules.gap_bin(timedelta(days=days))

    assert [edge(0), edge(0.99), edge(1), edge(400.9)] == [0, 0, 1, 400]
    assert [edge(401), edge(407.9), edge(408), edge(3650)] == [401, 401, 408, 3649]
    assert [edge(-0.01), edge(-400), edge(-400.1), edge(-9999)] == [-1, -400, -401, -401]
    assert rules.gap_bin(None) is None


def test_a_journey_in_figures() -> None:
    ward = leg("ward", "2024-03-01 10:00", "2024-03-04 10:00")
    nurse = leg("nurse", "2024-03-06 10:00", "2024-03-07 10:00", at="Community", kind="district_nursing")
    family = leg("family", "2024-03-06 22:00", at="", kind="unpaid_care")
    assert rules.journey([family, ward, nurse], [date(2024, 6, 2), date(2024, 6, 1)]) == rules.Journey(
        first_on=date(2024, 3, 1),
        last_on=date(2024, 3, 7),
        legs=3,
        organisations=2,
        service_kinds=3,
        pairs=2,
        pairs_between_organisations=2,
        overlapping_pairs=1,
        longest_uncovered_days=2.0,
        is_open=True,
        died_on=date(2024, 6, 1),
    )


@pytest.fixture(scope="module")
def encounters(shared: Path) -> list[AdjacentPair]:
    """The adjacent pairs of the thirteen people of the sample bulk export."""
    people: dict[str, list[Leg]] = defaultdict(list)
    for line in (shared / "data" / "smart_bulk_10" / "Encounter.000.ndjson").read_text("utf-8").splitlines():
        encounter = json.loads(line)
        start, end = (datetime.fromisoformat(encounter["period"][edge]).astimezone(UTC) for edge in ("start", "end"))
        person = encounter["subject"]["reference"]
        people[person].append(
            Leg(
                id=encounter["id"],
                person=person,
                kind=LegKind.CONTACT,
                service_kind=ServiceKind.OTHER,
                started=Moment.timed(start, UTC),
                ended=Moment.timed(end, UTC),
                organisation_id=encounter["serviceProvider"]["reference"].partition("|")[2],
            )
        )
    assert (len(people), sum(map(len, people.values()))) == (13, 1215)
    return [pair for legs in people.values() for pair in rules.adjacent_pairs(legs)]


def test_the_sample_bulk_export_gives_the_published_figures(encounters: list[AdjacentPair]) -> None:
    # The published overlap, gaps and median are those of the pairs at different organisations: of all 1,202 pairs
    # two overlap, 623 have a gap of 0 to 7 days, and the median is 6.99.
    between = [pair for pair in encounters if pair.organisation_differs]
    gaps = [pair.gap / rules.ONE_DAY for pair in between if pair.gap is not None]
    assert (len(encounters), len(between), len(gaps)) == (1202, 430, 430)
    assert sum(rules.overlaps(pair) for pair in between) == 1
    assert sum(0 <= gap <= 7 for gap in gaps) == 119
    assert sum(0 <= gap <= 30 for gap in gaps) == 225
    assert round(median(gaps), 2) == 27.96
