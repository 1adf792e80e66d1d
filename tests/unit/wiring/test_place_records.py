"""What a build knows of its place: who could have come, and what their files could have shown."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from fishplate.care.organisations import ServiceKind
from fishplate.care.words import UNKNOWN
from fishplate.journeys.evidence import Place
from fishplate.journeys.tables import LEGS, OTHERS
from fishplate.records.tables import FEEDS, SERVICES
from fishplate.wiring.join_standards import chosen, shipped
from fishplate.wiring.pages import PLANNING_TABLES, opened
from fishplate.wiring.place_records import place_of
from tests.browser.fixture_build import moment, write
from tests.browser.fixture_people import at

BUILT_AT = datetime(2026, 2, 1, 8, tzinfo=UTC)
STARTED = moment("started", at(date(2025, 6, 2)))
COMPLETE = {"complete_from_on": date(2025, 1, 1), "complete_until_on": date(2025, 12, 31)}
TABLES = {table.name: table for table in (LEGS, *OTHERS, FEEDS, SERVICES)}


def leg(source: str, organisation: str | None, kind: str, **more: Any) -> dict[str, Any]:
    """A leg of somebody, as a row."""
    return {
        "person_code": 1,
        "source": source,
        "organisation_id": organisation,
        "service_kind": kind,
        **STARTED,
        **more,
    }


def place(folder: Path, zone: str = "Europe/London", **rows: list[dict[str, Any]]) -> Place:
    """The place of a build that has these rows."""
    for name, of_table in rows.items():
        write(folder, TABLES[name], of_table)
    return place_of(opened(folder, PLANNING_TABLES), shipped(), "Smalltown", zone, BUILT_AT)


def covered(of: Place) -> list[tuple[str, str | None, ServiceKind | None]]:
    """Which feed covers whom."""
    return [(feed.source, feed.organisation_id, feed.service_kind) for feed in of.feeds]


def test_a_source_is_a_feed_of_those_whose_legs_or_contacts_it_showed(tmp_path: Path) -> None:
    found = place(
        tmp_path,
        legs=[leg("council", "FIRM", "home_care"), leg("told", None, "unpaid_care")],
        contacts=[
            {"person_code": 1, "source": "visits", "organisation_id": "RZ2", "service_kind": "district_nursing",
             **moment("contact", at(date(2025, 6, 3)))}
        ],
        feeds=[{"source": source, **COMPLETE} for source in ("council", "told", "visits", "register")],
    )  # fmt: skip
    assert covered(found) == [
        ("council", "FIRM", ServiceKind.HOME_CARE),
        ("visits", "RZ2", ServiceKind.DISTRICT_NURSING),
    ]


def test_a_register_of_people_shows_nobody_coming(tmp_path: Path) -> None:
    feeds = [{"source": "register", "organisation_id": "RZ1", "service_kind": "acute_hospital", **COMPLETE}]
    assert place(tmp_path, feeds=feeds).feeds == ()


def test_the_kind_that_a_project_states_is_covered_beside_what_was_seen(tmp_path: Path) -> None:
    found = place(
        tmp_path,
        legs=[leg("mixed", "RZ3", "memory_service")],
        feeds=[
            {"source": "mixed", "organisation_id": "RZ3", "service_kind": "community_mental_health", **COMPLETE},
        ],
    )
    assert covered(found) == [
        ("mixed", "RZ3", ServiceKind.COMMUNITY_MENTAL_HEALTH),
        ("mixed", "RZ3", ServiceKind.MEMORY_SERVICE),
    ]


def test_a_hole_is_the_whole_of_its_days(tmp_path: Path) -> None:
    hole = {"source": "a", "hole_from_on": date(2025, 3, 1), "hole_until_on": date(2025, 3, 7)}
    (feed,) = place(tmp_path, legs=[leg("a", "RZ3", "memory_service")], feeds=[{"source": "a", **COMPLETE}, hole]).feeds
    (found,) = feed.holes
    assert found.end is not None
    assert (found.start.at, found.end.until) == (datetime(2025, 3, 1, tzinfo=UTC), datetime(2025, 3, 8, tzinfo=UTC))
    assert feed.complete_until is not None
    assert feed.complete_until.on == date(2025, 12, 31)


@pytest.mark.parametrize(("need", "lacks"), [(None, True), ("insulin", False)])
def test_a_feed_lacks_a_needed_field_that_nobody_of_it_ever_filled(
    tmp_path: Path, need: str | None, lacks: bool
) -> None:
    (feed,) = place(
        tmp_path, legs=[leg("a", "RZ2", "district_nursing", need=need)], feeds=[{"source": "a", **COMPLETE}]
    ).feeds
    assert ("legs.need" in feed.lacks) is lacks
    assert {"contacts.contact", "plans.due"} <= feed.lacks


@pytest.mark.parametrize(("need", "lacks"), [("memory", True), ("diagnosis_and_plan", False)])
def test_a_feed_that_never_once_says_what_is_needed_can_not_show_it(tmp_path: Path, need: str, lacks: bool) -> None:
    (feed,) = place(
        tmp_path, legs=[leg("a", "RZ3", "memory_service", need=need)], feeds=[{"source": "a", **COMPLETE}]
    ).feeds
    assert ("legs.need = diagnosis_and_plan" in feed.lacks) is lacks
    assert "legs.need" not in feed.lacks


def test_another_source_of_the_same_organisation_may_fill_it(tmp_path: Path) -> None:
    """The ward's plans come in a file of their own, in which no row says whose it is but the source."""
    plan = {"person_code": 1, "source": "plans", **moment("agreed", at(date(2025, 6, 2))),
            **moment("due", at(date(2025, 6, 3)))}  # fmt: skip
    (feed,) = place(
        tmp_path,
        legs=[leg("stays", "RZ1", "acute_hospital")],
        plans=[plan],
        feeds=[{"source": "stays", **COMPLETE}, {"source": "plans", "organisation_id": "RZ1", **COMPLETE}],
    ).feeds
    assert "plans.due" not in feed.lacks


def test_we_look_to_the_latest_day_that_is_complete_and_not_past_the_build(tmp_path: Path) -> None:
    legs = [leg("a", "RZ1", "acute_hospital"), leg("b", "RZ2", "district_nursing")]
    early = {"source": "b", "complete_until_on": date(2025, 9, 30)}
    (tmp_path / "one").mkdir()
    assert place(tmp_path / "one", legs=legs, feeds=[{"source": "a", **COMPLETE}, early]).as_of == datetime(
        2025, 12, 31, 23, 59, 59, tzinfo=UTC
    )
    (tmp_path / "two").mkdir()
    later = {"source": "a", "complete_until_on": date(2027, 1, 1)}
    assert place(tmp_path / "two", legs=legs, feeds=[later, early]).as_of == BUILT_AT
    (tmp_path / "three").mkdir()
    assert place(tmp_path / "three", legs=legs, feeds=[{"source": "a"}]).as_of == BUILT_AT


def test_hours_that_can_not_be_read_are_unknown(tmp_path: Path) -> None:
    services = [
        {"service_id": "a", "service_kind": "reablement", "watched_hours": "now and then"},
        {"service_id": "b", "service_kind": "reablement", "watched_hours": "never", "name": "B"},
    ]
    one, other = place(tmp_path, services=services).services
    assert (one.watched, one.name) == (UNKNOWN, "a")
    assert other.watched is not UNKNOWN
    assert (other.watched.windows, other.name) == ((), "B")


def test_bank_holidays_are_those_of_the_place(tmp_path: Path) -> None:
    christmas = date(2025, 12, 25)
    assert not place(tmp_path).calendar.is_working_day(christmas)
    assert place(tmp_path, zone="Europe/Paris").calendar.is_working_day(christmas)
    assert place(tmp_path, zone="Europe/Paris").calendar.zone == ZoneInfo("Europe/Paris")


def test_a_pack_is_named_as_a_standard_is() -> None:
    assert {each.pack for each in chosen(("diabetes",))} == {"diabetes"}
    assert chosen(()) == shipped()
