"""When something happened, and for how long: moments, periods, and the arithmetic of both.

Takes moments with a time zone, or plain dates and the zone of the place; gives `Moment` and `Period` values. The
rules of this file (design/joins.md, *Time*):

* A moment is held in UTC with the offset it was written with. All elapsed time is measured in UTC, so that the night
  the clocks change is 23 or 25 hours long, as it was for the people who lived it.
* A date without a time is the interval of that local day. Two moments whose order changes within the day are in
  no known order (`at_or_before` gives None).
* In sorting, a date without a time counts at the first moment of its day, and an open end comes last.
* A gap between two timed moments is elapsed time. Where either is a date it is the difference of the two local
  dates, in whole days. Where the earlier end is open there is no gap to state (None).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final, Self

FIRST_DAY: Final = date(1800, 1, 1)
LAST_DAY: Final = date(2999, 12, 31)
"""Dates outside these are placeholders, such as 9999-12-31 for *still open*; whoever reads a file must say which."""

NO_TIME: Final = timedelta(0)
ONE_DAY: Final = timedelta(days=1)
ONE_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When something happened: to the second, or only the day.

    `at` is the UTC instant (of a date: the first moment of that local day) and `until` the UTC instant before which
    it certainly happened (of a timed moment: `at` itself). `on` is the local date at the place. `offset_minutes` is
    how far ahead of UTC the clock was that wrote it. Source: FHIR R4 dateTime, which may likewise stop at the day.
    """

    at: datetime
    until: datetime
    on: date
    offset_minutes: int

    @classmethod
    def timed(cls, when: datetime, zone: tzinfo) -> Self:
        """The moment on this clock time. `when` must carry its zone; `zone` is the place's, and names the local day."""
        offset = when.utcoffset()
        if offset is None:
            raise ValueError("a moment needs a time zone; give the zone of the clock that it was written by")
        within_limits(when.date())
        at = when.astimezone(UTC)
        return cls(at=at, until=at, on=at.astimezone(zone).date(), offset_minutes=offset // ONE_MINUTE)

    @classmethod
    def dated(cls, on: date, zone: tzinfo) -> Self:
        """The moment known only by its local day: somewhere from its first moment to that of the next day."""
        within_limits(on)
        # A midnight that the clocks skip is read with the offset before the change, as RFC 5545 (3.3.5) has it.
        first = datetime.combine(on, time.min, zone)
        last = datetime.combine(on + ONE_DAY, time.min, zone)
        offset = (first.utcoffset() or NO_TIME) // ONE_MINUTE
        return cls(at=first.astimezone(UTC), until=last.astimezone(UTC), on=on, offset_minutes=offset)

    @property
    def is_date(self) -> bool:
        """Whether only the day is known."""
        return self.until != self.at

    def opening(self) -> "Moment":
        """The first instant it may have been, as a timed moment."""
        return Moment(at=self.at, until=self.at, on=self.on, offset_minutes=self.offset_minutes)

    def closing(self) -> "Moment":
        """The instant by which it was certainly over, as a timed moment: of a date, the next day's first."""
        if not self.is_date:
            return self
        on = self.on + ONE_DAY
        offset = (datetime.combine(on, time.min, UTC) - self.until) // ONE_MINUTE
        return Moment(at=self.until, until=self.until, on=on, offset_minutes=offset)


def within_limits(on: date) -> date:
    """The same date, if somebody now in care could have lived on it. Raises ValueError on a placeholder date."""
    if not FIRST_DAY <= on <= LAST_DAY:
        raise ValueError(
            f"a date must be from {FIRST_DAY.isoformat()} to {LAST_DAY.isoformat()}; where a later date stands for "
            "'still open', leave the end out"
        )
    return on


def order(moment: Moment | None) -> tuple[bool, datetime]:
    """Where a start or an end sorts: by its first possible instant, and an open end (None) last."""
    return (True, datetime.max.replace(tzinfo=UTC)) if moment is None else (False, moment.at)


def at_or_before(first: Moment, second: Moment) -> bool | None:
    """Whether the first came no later than the second. None where both may be: the order is unknown that day."""
    if first.until <= second.at:
        return True
    # A timed moment is its own last instant; a day's last instant comes just before `until`.
    surely_after = first.at >= second.until if second.is_date else first.at > second.at
    return False if surely_after else None


def gap(end: Moment | None, start: Moment) -> timedelta | None:
    """How long from the end of one thing to the start of the next; negative where they overlap, None while open."""
    if end is None:
        return None
    if end.is_date or start.is_date:
        return start.on - end.on
    return start.at - end.at


def latest(ends: Iterable[Moment | None]) -> Moment | None:
    """The end that reaches furthest: None if any is open. A date reaches beyond every time of its day."""
    return max(ends, key=lambda end: (end is None, (end.on, end.is_date, end.at) if end else None))


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time from a start to an end, or still going on (FHIR R4 Period, but the start is required).

    It runs from the first instant that it may have begun until the last at which it may still have been going on:
    a date at either end takes in the whole of that local day. Raises ValueError where the end is surely before the
    start. Unlike FHIR's, the end is not part of a timed period, so that two periods can meet without overlapping.
    """

    start: Moment
    end: Moment | None = None

    def __post_init__(self) -> None:
        """Refuse a period that ends before it begins."""
        if self.end is not None and at_or_before(self.start, self.end) is False:
            raise ValueError("a period ends before it starts; the two may have been swapped")

    @property
    def is_open(self) -> bool:
        """Whether it has no end yet."""
        return self.end is None

    @property
    def duration(self) -> timedelta | None:
        """How long it lasted, in elapsed time; None while it is open."""
        return None if self.end is None else self.end.until - self.start.at

    def covers(self, other: "Period") -> bool:
        """Whether every instant of the other lies within this one."""
        return self.start.at <= other.start.at and until(other) <= until(self)


def until(period: Period) -> tuple[bool, datetime]:
    """Where a period stops, for comparing: the instant from which it is certainly over, and an open end last."""
    return order(None) if period.end is None else (False, period.end.until)


def intersection(one: Period, other: Period) -> Period | None:
    """The stretch that both cover; None where they share no time. Two that only meet share none."""
    start = max(one.start, other.start, key=lambda moment: moment.at)
    end = min(one, other, key=until).end
    shares_time = end is None or start.at < end.until
    return Period(start, end) if shares_time else None


def overlap(one: Period, other: Period) -> timedelta | None:
    """How long both went on at once, in elapsed time; zero where never, None where both still do."""
    shared = intersection(one, other)
    return NO_TIME if shared is None else shared.duration


def union(periods: Iterable[Period]) -> tuple[Period, ...]:
    """The same time in as few periods as it takes, in order. Periods that meet become one."""
    merged: list[Period] = []
    for period in sorted(periods, key=lambda each: (each.start.at, until(each))):
        if merged and (False, period.start.at) <= until(merged[-1]):
            merged[-1] = Period(merged[-1].start, max(merged[-1], period, key=until).end)
        else:
            merged.append(period)
    return tuple(merged)


def uncovered(whole: Period, by: Iterable[Period]) -> tuple[Period, ...]:
    """The stretches of the whole during which none of the others was going on, in order."""
    holes: list[Period] = []
    begins: Moment = whole.start
    for cover in union(by):
        if (False, cover.start.at) >= until(whole):
            break
        if begins.at < cover.start.at:
            holes.append(Period(begins, cover.start.opening()))
        if cover.end is None:
            return tuple(holes)
        if cover.end.until > begins.at:
            begins = cover.end.closing()
    if (False, begins.at) < until(whole):
        holes.append(Period(begins, whole.end))
    return tuple(holes)
