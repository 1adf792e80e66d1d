"""Moments and periods: dates beside times, the nights the clocks change, and the algebra held to sets of half hours."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fishplate.care.periods import (
    LAST_DAY,
    Moment,
    Period,
    at_or_before,
    gap,
    intersection,
    latest,
    order,
    overlap,
    uncovered,
    union,
)

LONDON = ZoneInfo("Europe/London")
HOUR = timedelta(hours=1)

# Four days round each change of the clocks, where a day is 23 or 25 hours long.
CLOCKS_GO_FORWARD = date(2025, 3, 30)
CLOCKS_GO_BACK = date(2025, 10, 26)
EDGE_DAYS = [change + timedelta(days=n) for change in (CLOCKS_GO_FORWARD, CLOCKS_GO_BACK) for n in (-1, 0, 1, 2)]
SLOT = timedelta(minutes=30)


def timed(text: str) -> Moment:
    return Moment.timed(datetime.fromisoformat(text).replace(tzinfo=LONDON), LONDON)


def dated(text: str) -> Moment:
    return Moment.dated(date.fromisoformat(text), LONDON)


def slots(period: Period) -> set[int]:
    """The half hours of 2025 that a period takes in: the plainest picture of it. An open one runs to a far edge."""
    epoch = datetime(2025, 1, 1, tzinfo=UTC)
    far = datetime(2025, 12, 1, tzinfo=UTC)
    stop = far if period.end is None else period.end.until
    return set(range((period.start.at - epoch) // SLOT, (stop - epoch) // SLOT))


def slots_of_all(periods: tuple[Period, ...]) -> set[int]:
    return set().union(*(slots(period) for period in periods))


@st.composite
def moments(draw: st.DrawFn) -> Moment:
    on = draw(st.sampled_from(EDGE_DAYS))
    if draw(st.booleans()):
        return Moment.dated(on, LONDON)
    midnight = datetime(on.year, on.month, on.day, tzinfo=UTC)
    return Moment.timed(midnight + draw(st.integers(0, 47)) * SLOT, LONDON)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(moments())
    end = draw(st.none() | moments())
    if end is not None and at_or_before(start, end) is False:
        start, end = end, start
    return Period(start, end)


class TestMoments:
    def test_a_timed_moment_keeps_the_offset_it_was_written_with(self) -> None:
        moment = Moment.timed(datetime.fromisoformat("2025-07-01T00:30:00+01:00"), LONDON)
        assert moment.at == datetime(2025, 6, 30, 23, 30, tzinfo=UTC)
        assert (moment.on, moment.offset_minutes, moment.is_date) == (date(2025, 7, 1), 60, False)

    def test_its_local_day_is_the_places_and_not_the_writers(self) -> None:
        moment = Moment.timed(datetime.fromisoformat("2025-06-30T19:30:00-05:00"), LONDON)
        assert (moment.on, moment.offset_minutes) == (date(2025, 7, 1), -300)

    def test_a_time_without_a_zone_is_refused(self) -> None:
        with pytest.raises(ValueError, match="time zone"):
            Moment.timed(datetime(2025, 1, 1), LONDON)  # noqa: DTZ001

    def test_a_placeholder_date_is_refused_with_what_to_do(self) -> None:
        with pytest.raises(ValueError, match="leave the end out"):
            Moment.dated(date(9999, 12, 31), LONDON)
        assert Moment.dated(LAST_DAY, LONDON).is_date

    @pytest.mark.parametrize(
        ("on", "hours"), [(CLOCKS_GO_FORWARD, 23), (CLOCKS_GO_BACK, 25), (date(2025, 6, 1), 24), (date(2025, 1, 1), 24)]
    )
    def test_a_day_is_as_long_as_people_lived_it(self, on: date, hours: int) -> None:
        day = Moment.dated(on, LONDON)
        assert day.until - day.at == hours * HOUR
        assert Period(day, day).duration == hours * HOUR

    @given(moments())
    def test_opening_and_closing_bound_the_moment_and_are_timed(self, moment: Moment) -> None:
        assert moment.opening().at == moment.at
        assert moment.closing().at == moment.until
        assert not moment.opening().is_date
        assert not moment.closing().is_date
        local = moment.until.astimezone(LONDON) if moment.is_date else moment.at
        assert moment.closing() == Moment.timed(local, LONDON)


class TestOrder:
    def test_a_date_sorts_at_the_first_moment_of_its_day_and_an_open_end_last(self) -> None:
        day, midnight, noon = dated("2025-06-01"), timed("2025-06-01T00:00"), timed("2025-06-01T12:00")
        assert sorted([None, noon, day], key=order) == [day, noon, None]
        assert order(day) == order(midnight)

    def test_the_order_within_a_day_is_unknown(self) -> None:
        day, noon = dated("2025-06-01"), timed("2025-06-01T12:00")
        assert at_or_before(day, noon) is None
        assert at_or_before(noon, day) is None
        assert at_or_before(day, dated("2025-06-01")) is None

    def test_the_order_of_days_and_times_apart_is_known(self) -> None:
        day = dated("2025-06-01")
        assert at_or_before(day, timed("2025-06-02T00:00")) is True
        assert at_or_before(timed("2025-06-02T00:00"), day) is False
        assert at_or_before(day, dated("2025-06-02")) is True
        assert at_or_before(timed("2025-06-01T12:00"), timed("2025-06-01T12:00")) is True

    @given(moments(), moments())
    def test_known_order_holds_for_every_instant_the_two_may_be(self, one: Moment, other: Moment) -> None:
        def instants(moment: Moment) -> list[datetime]:
            span = moment.until - moment.at
            return [moment.at, *(moment.at + part * span // 8 for part in range(1, 8) if moment.is_date)]

        answers = {a <= b for a in instants(one) for b in instants(other)}
        said = at_or_before(one, other)
        assert said is None or answers == {said}
        if not one.is_date and not other.is_date:
            assert said is not None

    def test_latest_is_open_if_any_is_and_else_the_last(self) -> None:
        day, midnight = dated("2025-06-02"), timed("2025-06-02T00:00")
        assert latest([day, None]) is None
        assert latest([timed("2025-06-01T12:00"), midnight]) == midnight
        assert latest([midnight, day]) == latest([day, midnight]) == day
        assert latest([timed("2025-06-02T15:00"), day]) == day
        assert latest([day, timed("2025-06-03T00:00")]) == timed("2025-06-03T00:00")


class TestGap:
    def test_timed_on_both_sides_is_elapsed_time(self) -> None:
        assert gap(timed("2025-03-29T22:00"), timed("2025-03-30T08:00")) == 9 * HOUR
        assert gap(timed("2025-10-25T22:00"), timed("2025-10-26T08:00")) == 11 * HOUR

    def test_a_date_on_either_side_is_whole_local_days(self) -> None:
        assert gap(timed("2025-03-29T23:00"), dated("2025-03-31")) == timedelta(days=2)
        assert gap(dated("2025-03-29"), timed("2025-03-29T09:00")) == timedelta(0)
        assert gap(dated("2025-03-29"), dated("2025-03-30")) == timedelta(days=1)

    def test_overlap_is_negative_and_an_open_end_has_no_gap(self) -> None:
        assert gap(timed("2025-06-02T10:00"), timed("2025-06-02T08:00")) == -2 * HOUR
        assert gap(None, dated("2025-06-02")) is None


class TestPeriods:
    def test_one_that_ends_before_it_starts_is_refused(self) -> None:
        with pytest.raises(ValueError, match="ends before it starts"):
            Period(timed("2025-06-02T10:00"), dated("2025-06-01"))

    def test_an_end_on_the_day_of_a_timed_start_is_allowed(self) -> None:
        assert Period(timed("2025-06-01T10:00"), dated("2025-06-01")).duration == 14 * HOUR

    def test_periods_that_meet_share_no_time_and_unite(self) -> None:
        morning = Period(timed("2025-06-01T08:00"), timed("2025-06-01T12:00"))
        afternoon = Period(timed("2025-06-01T12:00"), timed("2025-06-01T18:00"))
        assert intersection(morning, afternoon) is None
        assert overlap(morning, afternoon) == timedelta(0)
        assert union([afternoon, morning]) == (Period(morning.start, afternoon.end),)

    def test_two_that_are_open_overlap_without_end(self) -> None:
        assert overlap(Period(timed("2025-06-01T08:00")), Period(dated("2025-06-03"))) is None

    def test_what_is_left_uncovered_begins_the_day_after_a_dated_end(self) -> None:
        whole = Period(dated("2025-06-01"), dated("2025-06-05"))
        left = uncovered(whole, [Period(dated("2025-06-02"), dated("2025-06-03"))])
        assert left == (
            Period(dated("2025-06-01"), timed("2025-06-02T00:00")),
            Period(timed("2025-06-04T00:00"), dated("2025-06-05")),
        )

    def test_nothing_is_left_where_a_cover_is_open_from_the_start(self) -> None:
        assert uncovered(Period(dated("2025-06-01")), [Period(timed("2025-05-31T12:00"))]) == ()

    @given(periods(), periods())
    def test_intersection_is_the_time_both_take_in(self, one: Period, other: Period) -> None:
        shared = intersection(one, other)
        assert (slots(shared) if shared else set()) == slots(one) & slots(other)
        assert (intersection(other, one) is None) == (shared is None)

    @given(st.lists(periods(), max_size=6))
    def test_union_is_the_time_any_takes_in_apart_and_in_order(self, some: list[Period]) -> None:
        united = union(some)
        assert slots_of_all(united) == slots_of_all(tuple(some))
        for earlier, later in pairwise(united):
            assert earlier.end is not None
            assert earlier.end.until < later.start.at
        assert union(united) == united

    @given(periods(), st.lists(periods(), max_size=6))
    def test_uncovered_is_the_time_of_the_whole_that_none_takes_in(self, whole: Period, by: list[Period]) -> None:
        holes = uncovered(whole, by)
        assert slots_of_all(holes) == slots(whole) - slots_of_all(tuple(by))
        assert all(whole.covers(hole) for hole in holes)
        assert all(overlap(hole, cover) == timedelta(0) for hole in holes for cover in by)

    @given(periods(), periods())
    def test_covers_agrees_with_what_is_left_uncovered(self, one: Period, other: Period) -> None:
        if one.covers(other):
            assert uncovered(other, [one]) == ()
        elif slots(other) - slots(one):
            assert uncovered(other, [one]) != ()

    @given(periods(), periods())
    def test_overlap_and_gap_agree_about_timed_periods(self, one: Period, other: Period) -> None:
        if any(m is None or m.is_date for m in (one.start, one.end, other.start, other.end)):
            return
        between = gap(one.end, other.start)
        assert between is not None
        if between >= timedelta(0):
            assert overlap(one, other) == timedelta(0)
