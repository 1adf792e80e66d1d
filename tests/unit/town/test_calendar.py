"""The town's wall clock against the calendar, the nights the clocks change included."""

from datetime import date

from fishplate.town.calendar import DAYS, END, at, clock, month, next_at, on, stamp, weekday, zoned


def test_the_two_years_have_a_leap_day_and_begin_on_a_monday() -> None:
    assert DAYS == 366 + 365
    assert weekday(0) == 0
    assert on(END - 1) == "2025-12-31"


def test_a_moment_is_written_as_asked_for() -> None:
    friday = at(date(2025, 10, 3), 16, 40)
    assert (on(friday, "%d/%m/%y"), clock(friday), month(friday)) == ("03/10/25", "16:40", "2025-10")
    assert stamp(friday, "%d %b %Y") == "03 Oct 2025 16:40"
    assert (on(None), clock(None), stamp(None)) == ("", "", "")


def test_the_offset_follows_the_clocks() -> None:
    assert zoned(at(date(2025, 3, 30), 0, 59)) == "2025-03-30T00:59:00+00:00"
    assert zoned(at(date(2025, 3, 30), 2, 0)) == "2025-03-30T02:00:00+01:00"
    assert zoned(at(date(2025, 10, 26), 2, 0)) == "2025-10-26T02:00:00+00:00"


def test_the_next_working_hour_skips_the_weekend() -> None:
    friday = at(date(2025, 10, 3), 16, 40)
    assert next_at(friday, 9, working=True) == at(date(2025, 10, 6), 9)
    assert next_at(friday, 9) == at(date(2025, 10, 4), 9)
