"""Clocks: when each runs out, on working days, on the nights the clocks change, and from a day without a time.

In 2025 the clocks of Europe/London went forward on Sunday 30 March and back on Sunday 26 October. Friday 18 and Monday
21 April were bank holidays.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fishplate.care.clocks import (
    Calendar,
    Clock,
    Days,
    Hours,
    NextClock,
    WatchedHours,
    WorkingDays,
    beginning_of,
    last_instant,
    moment_of,
    no_later,
)
from fishplate.care.hours import NEVER, parse_watched_hours
from fishplate.care.periods import Moment

LONDON = ZoneInfo("Europe/London")
LONDONERS = Calendar(zone=LONDON, holidays=frozenset({date(2025, 4, 18), date(2025, 4, 21)}))
OFFICE, _ = parse_watched_hours("Mon-Fri 08:00-18:00")


def moment(text: str) -> Moment:
    """A date, or a date and a time of London."""
    when = datetime.fromisoformat(text)
    return Moment.timed(when.replace(tzinfo=LONDON), LONDON) if ":" in text else Moment.dated(when.date(), LONDON)


def shown(at: datetime) -> str:
    """An instant as the clocks of London show it."""
    return at.astimezone(LONDON).strftime("%Y-%m-%d %H:%M:%S")


def due(clock: Clock, trigger: str) -> str:
    """When the clock runs out, where it does so at one instant."""
    found = moment_of(clock, moment(trigger), LONDONERS, OFFICE)
    assert found is not None
    assert not found.is_date
    return shown(found.at)


def begins(clock: Clock, trigger: str, *, either_is_date: bool = False) -> str:
    """When a window on this clock begins."""
    found = beginning_of(clock, moment(trigger), LONDONERS, OFFICE, either_is_date=either_is_date)
    assert found is not None
    return shown(found.at)


@pytest.mark.parametrize(
    ("clock", "trigger", "expected"),
    [
        (Hours(2), "2025-06-02 23:00", "2025-06-03 01:00:00"),
        (Hours(0.5), "2025-06-02 23:00", "2025-06-02 23:30:00"),
        (Hours(24), "2025-03-29 12:00", "2025-03-30 13:00:00"),
        (Hours(24), "2025-10-25 12:00", "2025-10-26 11:00:00"),
        (Days(0), "2025-06-02 00:00", "2025-06-02 23:59:59"),
        (Days(1), "2025-03-29 12:00", "2025-03-30 23:59:59"),
        (Days(2), "2025-10-25", "2025-10-27 23:59:59"),
        (WorkingDays(0), "2025-06-02 20:00", "2025-06-02 23:59:59"),
        (WorkingDays(1), "2025-06-06 16:40", "2025-06-09 23:59:59"),
        (WorkingDays(0), "2025-06-07 09:00", "2025-06-09 23:59:59"),
        (WorkingDays(1), "2025-06-07 09:00", "2025-06-10 23:59:59"),
        (WorkingDays(1), "2025-04-17 09:00", "2025-04-22 23:59:59"),
        (WorkingDays(1), "2025-04-18", "2025-04-23 23:59:59"),
        (WatchedHours(2), "2025-06-06 17:00", "2025-06-09 09:00:00"),
        (WatchedHours(2), "2025-06-07 11:00", "2025-06-09 10:00:00"),
        (WatchedHours(1), "2025-06-06 17:00", "2025-06-06 18:00:00"),
        (NextClock(time(8)), "2025-06-02 07:59", "2025-06-02 08:00:00"),
        (NextClock(time(8)), "2025-06-02 08:00", "2025-06-03 08:00:00"),
        (NextClock(time(8)), "2025-03-29 09:00", "2025-03-30 08:00:00"),
        (NextClock(time(1, 30)), "2025-03-29 12:00", "2025-03-30 02:30:00"),
    ],
)
def test_when_it_runs_out(clock: Clock, trigger: str, expected: str) -> None:
    assert due(clock, trigger) == expected


def test_a_time_that_comes_twice_is_its_first_coming() -> None:
    found = moment_of(NextClock(time(1, 30)), moment("2025-10-25 12:00"), LONDONERS, None)
    assert found is not None
    assert found.at == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("clock", "first", "last"),
    [
        (Hours(2), "2025-06-02 02:00:00", "2025-06-03 01:59:59"),
        (NextClock(time(8)), "2025-06-02 08:00:00", "2025-06-03 08:00:00"),
        (WatchedHours(1), "2025-06-02 09:00:00", "2025-06-03 09:00:00"),
    ],
)
def test_from_a_day_without_a_time_it_is_a_stretch(clock: Clock, first: str, last: str) -> None:
    found = moment_of(clock, moment("2025-06-02"), LONDONERS, OFFICE)
    assert found is not None
    assert (shown(found.at), shown(last_instant(found))) == (first, last)


def test_watched_hours_that_nobody_recorded_or_that_never_come_give_no_moment() -> None:
    for watched in (None, NEVER):
        assert moment_of(WatchedHours(1), moment("2025-06-02 09:00"), LONDONERS, watched) is None
        assert moment_of(Hours(1), moment("2025-06-02 09:00"), LONDONERS, watched) is not None


@pytest.mark.parametrize(
    ("clock", "trigger", "expected"),
    [
        (Hours(0), "2025-06-02 14:00", "2025-06-02 14:00:00"),
        (Days(0), "2025-06-02 14:00", "2025-06-02 14:00:00"),
        (Hours(-2), "2025-06-02 01:00", "2025-06-01 23:00:00"),
        (Days(-1), "2025-06-02 14:00", "2025-06-01 00:00:00"),
        (Days(1), "2025-06-02 14:00", "2025-06-03 00:00:00"),
        (WorkingDays(-1), "2025-06-02 14:00", "2025-05-30 00:00:00"),
        (WorkingDays(-1), "2025-06-01 14:00", "2025-05-30 00:00:00"),
        (WatchedHours(-2), "2025-06-02 09:00", "2025-05-30 17:00:00"),
    ],
)
def test_when_a_window_begins(clock: Clock, trigger: str, expected: str) -> None:
    assert begins(clock, trigger) == expected


def test_where_either_side_is_a_date_a_window_begins_with_the_triggers_local_day() -> None:
    assert begins(Hours(0), "2025-06-02 14:00", either_is_date=True) == "2025-06-02 00:00:00"
    assert begins(Hours(0), "2025-06-02") == "2025-06-02 00:00:00"
    assert begins(Hours(-2), "2025-06-02 14:00", either_is_date=True) == "2025-06-01 22:00:00"
    assert begins(Hours(2), "2025-06-02 14:00", either_is_date=True) == "2025-06-02 16:00:00"


def test_before_or_after_to_the_second() -> None:
    day, first, last, next_day = (
        moment(text) for text in ("2025-06-02", "2025-06-02 00:00", "2025-06-02 23:59:59", "2025-06-03 00:00")
    )
    assert no_later(day, last) is True
    assert no_later(day, first) is None
    assert no_later(next_day, day) is False
    assert no_later(last, day) is None
    assert no_later(first, first) is True


CLOCKS = st.one_of(
    st.builds(Hours, st.floats(-100, 100).map(lambda hours: round(hours * 4) / 4)),
    st.builds(Days, st.integers(-10, 10)),
    st.builds(WorkingDays, st.integers(-10, 10)),
    st.builds(WatchedHours, st.integers(-30, 30)),
    st.builds(NextClock, st.times().map(lambda shown: shown.replace(microsecond=0))),
)
INSTANTS = st.builds(
    lambda week, minutes: datetime(2025, *week, tzinfo=UTC) + timedelta(minutes=minutes),
    st.sampled_from([(3, 24), (4, 14), (10, 20)]),
    st.integers(0, 14 * 24 * 60),
)


@given(CLOCKS, INSTANTS, st.integers(0, 60 * 72))
def test_no_clock_runs_backwards(clock: Clock, at: datetime, later_minutes: int) -> None:
    sooner, later = (
        moment_of(clock, Moment.timed(each, LONDON), LONDONERS, OFFICE)
        for each in (at, at + timedelta(minutes=later_minutes))
    )
    assert sooner is not None
    assert later is not None
    assert sooner.at <= later.at


@given(CLOCKS, INSTANTS)
def test_from_a_day_the_stretch_holds_the_answer_of_every_time_of_it(clock: Clock, at: datetime) -> None:
    timed = Moment.timed(at, LONDON)
    exact = moment_of(clock, timed, LONDONERS, OFFICE)
    stretch = moment_of(clock, Moment.dated(timed.on, LONDON), LONDONERS, OFFICE)
    assert exact is not None
    assert stretch is not None
    assert stretch.at <= exact.at <= last_instant(stretch)


@given(st.floats(0.25, 40).map(lambda hours: round(hours * 4) / 4), INSTANTS)
def test_watched_hours_before_an_instant_are_as_many_as_were_asked_for(count: float, at: datetime) -> None:
    assert OFFICE is not None
    since = moment_of(WatchedHours(-count), Moment.timed(at, LONDON), LONDONERS, OFFICE)
    assert since is not None
    assert OFFICE.watched_time(since.at, at, LONDON) == timedelta(hours=count)
