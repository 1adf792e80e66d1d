"""Clocks as a standard writes them."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fishplate.care.clocks import Clock, Days, Hours, NextClock, WatchedHours, WorkingDays
from fishplate.standards.clock_words import can_run_out_before, clock_of, in_words


def clock(text: str) -> Clock:
    found = clock_of(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24 hours", Hours(24)), ("1 hour", Hours(1)), ("0.25 hours", Hours(0.25)), ("-2 hours", Hours(-2)),
        ("2 days", Days(2)), ("0 days", Days(0)), ("-14 days", Days(-14)), ("1 working day", WorkingDays(1)),
        ("4 watched hours", WatchedHours(4)), ("next 08:00", NextClock(time(8))),
        (" next 23:59 ", NextClock(time(23, 59))),
    ],
)  # fmt: skip
def test_what_can_be_written(text: str, expected: Clock) -> None:
    assert clock_of(text) == expected


@pytest.mark.parametrize(
    "text", ["", "soon", "2", "hours", "2 weeks", "0.5 days", "1.5 working days", "next 24:00", "next 8:00", "2  days",
             "two days", "1e3 hours", "nan hours"],
)  # fmt: skip
def test_what_is_no_clock(text: str) -> None:
    assert clock_of(text) is None


CLOCKS = st.one_of(
    st.integers(-999, 999).map(Days),
    st.integers(-999, 999).map(WorkingDays),
    st.integers(-9999, 9999).map(lambda quarters: Hours(quarters / 4)),
    st.integers(-9999, 9999).map(lambda quarters: WatchedHours(quarters / 4)),
    st.times().map(lambda at: NextClock(at.replace(second=0, microsecond=0))),
)


@given(CLOCKS)
def test_a_clock_in_words_is_read_back_as_it_was(given_clock: Clock) -> None:
    assert clock_of(in_words(given_clock)) == given_clock


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1 day", "2 days"), ("1 hour", "2 hours"), ("1 hour", "0 days"), ("2 days", "1 working day"),
        ("next 08:00", "next 09:00"), ("next 09:00", "next 08:00"), ("2 hours", "next 08:00"), ("-1 day", "0 hours"),
    ],
)  # fmt: skip
def test_a_clock_that_can_run_out_first(one: str, other: str) -> None:
    assert can_run_out_before(clock(one), clock(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2 days", "2 days"), ("6 days", "1 working day"), ("2 days", "next 08:00"), ("0 days", "0 hours"),
        ("1 hour", "4 watched hours"), ("4 watched hours", "2 days"),
    ],
)  # fmt: skip
def test_a_clock_that_cannot_or_of_which_nothing_is_known(one: str, other: str) -> None:
    assert not can_run_out_before(clock(one), clock(other))
