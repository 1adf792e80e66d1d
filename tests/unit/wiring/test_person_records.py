"""Published rows become the values that the join rules judge: moments, codes, and what refers to what."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from fishplate.care.legs import LegKind
from fishplate.care.organisations import ServiceKind
from fishplate.care.plans import CapacityOutcome, Decider, Scope
from fishplate.care.referrals import Attendance
from fishplate.care.words import UNKNOWN
from fishplate.journeys.evidence import Records
from fishplate.journeys.tables import PUBLISHED
from fishplate.wiring.person_records import TABLES, records_of

LONDON = ZoneInfo("Europe/London")
COLUMNS = {table.name: table.names for table in PUBLISHED}
LEG = {"leg_kind": "spell", "service_kind": "acute_hospital"}


def timed(name: str, at: str, offset: int = 0) -> dict[str, Any]:
    """The four columns of a moment with a time; `at` is UTC."""
    instant = datetime.fromisoformat(at)
    local = instant.replace(tzinfo=UTC).astimezone(LONDON).date()
    return {f"{name}_at": instant, f"{name}_on": local, f"{name}_is_date": False, f"{name}_offset_minutes": offset}


def dated(name: str, on: str) -> dict[str, Any]:
    """The four columns of a date in winter."""
    midnight = datetime.fromisoformat(on)
    return {
        f"{name}_at": midnight, f"{name}_on": midnight.date(), f"{name}_is_date": True, f"{name}_offset_minutes": 0,
    }  # fmt: skip


def row(table: str, record_id: str, source: str = "one", **cells: Any) -> dict[str, Any]:
    """A row of a table: every column that is not given is empty."""
    assert set(cells) <= set(COLUMNS[table])
    return {**dict.fromkeys(COLUMNS[table]), "person_code": 7, "record_id": record_id, "source": source, **cells}


def records(**rows: list[dict[str, Any]]) -> Records:
    """The records of one person who has these rows."""
    return records_of("7", {table: rows.get(table, []) for table in TABLES}, LONDON)


def test_a_moment_with_a_time_is_that_instant_by_the_clock_it_was_written_by() -> None:
    (leg,) = records(legs=[row("legs", "a", **LEG, **timed("started", "2025-10-03T15:40", offset=60))]).legs
    assert leg.started.at == datetime(2025, 10, 3, 15, 40, tzinfo=UTC)
    assert (leg.started.on, leg.started.offset_minutes, leg.started.is_date) == (date(2025, 10, 3), 60, False)
    assert (leg.ended, leg.ready) == (None, UNKNOWN)


def test_a_moment_without_a_time_is_the_whole_of_its_local_day() -> None:
    (leg,) = records(legs=[row("legs", "a", **LEG, **dated("started", "2025-12-31"))]).legs
    assert leg.started.is_date
    assert (leg.started.at, leg.started.until) == (
        datetime(2025, 12, 31, tzinfo=UTC),
        datetime(2026, 1, 1, tzinfo=UTC),
    )


def test_a_row_that_lacks_its_start_is_no_row_of_a_build() -> None:
    with pytest.raises(ValueError, match="lacks started"):
        records(legs=[row("legs", "a", **LEG)])


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("reablement", ServiceKind.REABLEMENT),
        ("virtual_ward", ServiceKind.OTHER),
        (None, ServiceKind.UNKNOWN),
        ("", ServiceKind.UNKNOWN),
    ],
)
def test_a_kind_of_service_is_a_standard_one_or_another_or_unknown(code: str | None, kind: ServiceKind) -> None:
    (leg,) = records(
        legs=[row("legs", "a", leg_kind="episode", service_kind=code, **dated("started", "2025-01-06"))]
    ).legs
    assert (leg.service_kind, leg.kind) == (kind, LegKind.EPISODE)


def test_what_is_blank_is_unknown_and_never_an_empty_text() -> None:
    (leg,) = records(legs=[row("legs", "a", **LEG, need="", **dated("started", "2025-01-06"))]).legs
    assert (leg.need, leg.service_id, leg.discharge_method, leg.organisation_id) == (UNKNOWN, UNKNOWN, UNKNOWN, "")
    (asked,) = records(referrals=[row("referrals", "r", **timed("sent", "2025-01-06T09:00"))]).referrals
    assert (asked.information_sent, asked.need, asked.to_kind) == (UNKNOWN, UNKNOWN, ServiceKind.UNKNOWN)


def test_what_went_with_a_referral_is_a_set_of_codes() -> None:
    cells = {"information_sent": "reason; medicines;", **timed("sent", "2025-01-06T09:00")}
    (asked,) = records(referrals=[row("referrals", "r", **cells)]).referrals
    assert asked.information_sent == {"reason", "medicines"}


def test_a_contact_belongs_to_the_leg_of_its_own_source_or_to_the_only_one() -> None:
    started = dated("started", "2025-01-06")
    legs = [row("legs", "5", source, **LEG, **started) for source in ("one", "two")]
    legs.append(row("legs", "6", "two", **LEG, **started))
    at = timed("contact", "2025-01-06T09:00")
    own, other, several = (
        row("contacts", "c1", "two", leg_record_id="5", attended="attended", **at),
        row("contacts", "c2", "three", leg_record_id="6", **at),
        row("contacts", "c3", "three", leg_record_id="5", **at),
    )
    found = records(legs=legs, contacts=[own, other, several]).contacts
    assert [each.leg_id for each in found] == ["two:5", "two:6", None]
    assert [each.attendance for each in found] == [Attendance.ATTENDED, Attendance.UNKNOWN, Attendance.UNKNOWN]


def test_a_referral_and_an_answer_say_which_leg_they_are_about() -> None:
    legs = [row("legs", "stay", "wards", **LEG, **dated("started", "2025-01-06"))]
    referrals = [row("referrals", "r", "hub", based_on="stay", **timed("sent", "2025-01-08T09:00"))]
    answers = [
        row("answers", "q", "asked", question="it_happened", leg_record_id="stay", referral_record_id="r",
            **dated("asked", "2025-01-20"))
    ]  # fmt: skip
    found = records(legs=legs, referrals=referrals, answers=answers)
    assert found.referrals[0].based_on == "wards:stay"
    (answer,) = found.answers
    assert (answer.leg_id, answer.referral_id, answer.answer, answer.answered) == ("wards:stay", "hub:r", UNKNOWN, None)


def test_a_leg_with_the_number_of_a_referral_to_its_kind_answers_it() -> None:
    def leg(record_id: str, kind: str) -> dict[str, Any]:
        return row("legs", record_id, "nurses", leg_kind="episode", service_kind=kind, **dated("started", "2025-01-09"))

    asked = row("referrals", "17", "hub", to_service_kind="district_nursing", **timed("sent", "2025-01-08T09:00"))
    assert records(legs=[leg("17", "district_nursing")], referrals=[asked]).answers_to == {("nurses:17", "hub:17")}
    # The same number at another kind of service is chance.
    assert records(legs=[leg("17", "home_care"), leg("18", "district_nursing")], referrals=[asked]).answers_to == set()


def test_a_choice_has_a_capacity_record_only_where_somebody_is_named_who_made_it() -> None:
    cells = {"need": "insulin", "decision": "declined", **timed("decided", "2025-01-06T09:00")}
    named = {"capacity_recorded_by": "ward doctor", "capacity_outcome": "yes", "risk_explained": True}
    bare, whole = records(
        choices=[
            row("choices", "1", capacity_outcome="yes", scope="all of it", **cells),
            row("choices", "2", decider="attorney", scope="health_and_welfare", **named, **cells),
        ]
    ).choices
    assert (bare.capacity, bare.decider, bare.scope) == (None, Decider.NOT_RECORDED, UNKNOWN)
    assert (whole.decider, whole.scope) == (Decider.ATTORNEY, Scope.HEALTH_AND_WELFARE)
    assert whole.capacity is not None
    assert (whole.capacity.outcome, whole.capacity.risk_explained) == (CapacityOutcome.YES, True)
    assert whole.capacity.alternative is UNKNOWN
    assert not whole.is_reviewed
