"""Watched hours: read from text with every fault at once, and right on the nights the clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fishplate.care.hours import ALWAYS, NEVER, WatchedHours, Window, parse_watched_hours

LONDON = ZoneInfo("Europe/London")
HOUR = timedelta(hours=1)


def hours(text: str) -> WatchedHours:
    read, faults = parse_watched_hours(text)
    assert read is not None, faults
    return read


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def instants() -> st.SearchStrategy[datetime]:
    """Quarters of an hour in the weeks round both changes of the clocks."""
    weeks = st.sampled_from([datetime(2025, 3, 24, tzinfo=UTC), datetime(2025, 10, 20, tzinfo=UTC)])
    return st.builds(lambda week, quarter: week + quarter * HOUR / 4, weeks, st.integers(0, 4 * 24 * 10))


@st.composite
def weeks(draw: st.DrawFn) -> WatchedHours:
    days = st.sampled_from(["Mon", "Tue-Thu", "Fri", "Sat-Sun", "Sun", "Fri-Mon"])
    minute = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")
    entries = draw(st.lists(st.builds("{} {}-{}".format, days, minute, minute), min_size=1, max_size=4))
    return hours("; ".join(entries))


class TestReading:
    def test_the_form_of_the_design(self) -> None:
        weekdays = tuple(Window(day, 480, 1080) for day in range(5))
        assert hours("Mon-Fri 08:00-18:00; Sat 09:00-12:00").windows == (*weekdays, Window(5, 540, 720))

    @pytest.mark.parametrize(
        ("written", "same"),
        [
            ("monday - friday 8:00–18:00", "Mon-Fri 08:00-18:00"),
            ("Mon 08:00-12:00, 12:00-18:00", "Mon 08:00-18:00"),
            ("Sat, Sun 09:00-17:00", "Sun 09:00-17:00; Sat 09:00-17:00"),
            ("Fri-Mon 09:00-10:00", "Mon 09:00-10:00; Fri-Sun 09:00-10:00"),
            ("Fri 22:00-06:00", "Fri 22:00-24:00; Sat 00:00-06:00"),
            ("daily 00:00-24:00", "always"),
            ("24/7", "always"),
        ],
    )
    def test_two_ways_to_write_the_same_hours_are_equal(self, written: str, same: str) -> None:
        assert hours(written) == hours(same)

    def test_every_fault_is_found_at_once(self) -> None:
        read, faults = parse_watched_hours("Mon-Fry 08:00-18:00; Sat 9-12; Sun 08:00-25:00; weekends; Tue 10:60-11:00")
        assert read is None
        assert [fault.split("'")[1] for fault in faults] == [
            "Mon-Fry",
            "9-12",
            "08:00-25:00",
            "weekends",
            "10:60-11:00",
        ]

    @pytest.mark.parametrize("text", ["", ";", "Mon", "08:00-18:00", "Mon-Tue-Wed 08:00-09:00", "Mo 08:00-09:00"])
    def test_what_is_no_hours_is_a_fault_and_never_a_guess(self, text: str) -> None:
        read, faults = parse_watched_hours(text)
        assert read is None
        assert faults

    @given(st.text(max_size=40))
    def test_no_text_makes_it_fall_over(self, text: str) -> None:
        read, faults = parse_watched_hours(text)
        assert (read is None) == bool(faults)

    @given(weeks())
    def test_what_is_printed_reads_back_the_same(self, week: WatchedHours) -> None:
        assert hours(str(week)) == week

    def test_always_and_never_print_as_words(self) -> None:
        assert (str(ALWAYS), str(NEVER)) == ("always", "never")


class TestWatching:
    def test_a_friday_afternoon_offer_is_next_watched_on_monday(self) -> None:
        office = hours("Mon-Fri 08:00-16:00")
        friday = local("2025-06-06T16:40")
        assert not office.is_watched(friday, LONDON)
        assert office.next_watched(friday, LONDON) == local("2025-06-09T08:00")

    def test_an_inbox_closes_on_the_minute(self) -> None:
        office = hours("Mon-Fri 08:00-16:00")
        assert office.is_watched(local("2025-06-06T15:59:59"), LONDON)
        assert not office.is_watched(local("2025-06-06T16:00"), LONDON)

    def test_watched_hours_run_over_the_weekend(self) -> None:
        office = hours("Mon-Fri 08:00-16:00")
        assert office.after_watching(local("2025-06-06T15:00"), 2 * HOUR, LONDON) == local("2025-06-09T09:00")
        assert office.watched_time(local("2025-06-06T15:00"), local("2025-06-09T09:00"), LONDON) == 2 * HOUR

    def test_the_nights_the_clocks_change_are_as_long_as_they_were(self) -> None:
        nights = hours("Sat 22:00-08:00")
        assert nights.watched_time(local("2025-03-29T12:00"), local("2025-03-30T12:00"), LONDON) == 9 * HOUR
        assert nights.watched_time(local("2025-10-25T12:00"), local("2025-10-26T12:00"), LONDON) == 11 * HOUR

    def test_an_hour_watched_twice_over_by_the_skipped_hour_counts_once(self) -> None:
        sunday = hours("Sun 00:00-01:30, 02:00-04:00")
        assert sunday.watched_time(local("2025-03-30T00:00"), local("2025-03-30T04:00"), LONDON) == 3 * HOUR

    def test_no_watching_at_all_is_over_at_once(self) -> None:
        saturday = local("2025-06-07T12:00")
        assert hours("Mon-Fri 08:00-16:00").after_watching(saturday, timedelta(0), LONDON) == saturday

    def test_nobody_ever_watches(self) -> None:
        noon = local("2025-06-06T12:00")
        assert NEVER.next_watched(noon, LONDON) is None
        assert NEVER.after_watching(noon, HOUR, LONDON) is None

    @given(instants(), instants())
    def test_watched_always_is_elapsed_time(self, one: datetime, other: datetime) -> None:
        first, last = min(one, other), max(one, other)
        assert ALWAYS.watched_time(first, last, LONDON) == last - first
        assert ALWAYS.after_watching(first, last - first, LONDON) == last

    @given(weeks(), instants(), st.integers(0, 400))
    def test_watching_for_a_while_takes_just_that_much_watched_time(
        self, week: WatchedHours, at: datetime, quarters: int
    ) -> None:
        long = quarters * HOUR / 4
        reached = week.after_watching(at, long, LONDON)
        assert reached is not None
        assert week.watched_time(at, reached, LONDON) == long

    @given(weeks(), instants())
    def test_stretches_are_in_order_and_never_overlap(self, week: WatchedHours, at: datetime) -> None:
        spans = list(week.spans(at, at + timedelta(days=9), LONDON))
        edges = [edge for span in spans for edge in span]
        assert edges == sorted(edges)
        assert all(opens < closes for opens, closes in spans)

    @given(weeks(), instants())
    def test_watched_now_is_what_the_wall_clock_says(self, week: WatchedHours, at: datetime) -> None:
        wall = at.astimezone(LONDON)
        if wall.hour in (0, 1, 2) and wall.month in (3, 10) and wall.weekday() == 6:
            return  # The hours that are skipped or come twice follow the rule of RFC 5545, tested above.
        minute = wall.hour * 60 + wall.minute
        said = any(w.weekday == wall.weekday() and w.opens_minute <= minute < w.closes_minute for w in week.windows)
        assert week.is_watched(at, LONDON) == said
