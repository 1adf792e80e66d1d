"""How long somebody has to come: the clocks of join standards, and the moment at which each runs out.

Takes a clock, the moment that set it going, and, handed in, the zone of the place, its bank holidays and when the
receiver's inbox is watched. Gives a moment. The rules of this file (design/joins.md, *Time*):

* *Hours* are elapsed, in UTC. *Days* and *working days* run to the last second of the n-th local day after the
  trigger's day. Day 0 of working days is the next working day where the trigger's day is none.
* *Watched hours* run only while somebody watches the inbox. A *next clock time* is the first after the trigger.
* A trigger that is only a date may have been at any instant of its day, and so the answer may be a stretch of time:
  a `Moment` from its first possible instant, `at`, until just before `until`.
* A window may *begin* on a clock too, and then before the trigger. A day then counts from its first second, and zero
  is the trigger's own moment; where either side is only a date, zero is the start of the trigger's local day.
* Moments are to the second, so that the last second of a day is the last moment in it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from fishplate.care.hours import WatchedHours as WeeklyHours
from fishplate.care.periods import Moment

ONE_SECOND: Final = timedelta(seconds=1)
ONE_HOUR: Final = timedelta(hours=1)
ONE_DAY: Final = timedelta(days=1)
ONE_WEEK: Final = timedelta(days=7)
NO_TIME: Final = timedelta(0)
FRIDAY: Final = 4


@dataclass(frozen=True, slots=True)
class Hours:
    """So many elapsed hours from the trigger; the night the clocks go forward has one fewer."""

    count: float


@dataclass(frozen=True, slots=True)
class Days:
    """To the end of the n-th local day after the trigger's; 0 is the end of the trigger's own day."""

    count: int


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """To the end of the n-th working day after the trigger's; neither weekends nor bank holidays are working days."""

    count: int


@dataclass(frozen=True, slots=True)
class WatchedHours:
    """So many hours during which somebody was watching the receiver's inbox."""

    count: float


@dataclass(frozen=True, slots=True)
class NextClock:
    """The first time after the trigger that the clock on the wall shows this, such as the next 08:00."""

    time: time


Clock = Hours | Days | WorkingDays | WatchedHours | NextClock


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What a clock needs to know of the place: its time zone, and its bank holidays as local dates."""

    zone: tzinfo
    holidays: frozenset[date] = frozenset()

    def is_working_day(self, on: date) -> bool:
        """Whether offices are open: Monday to Friday, and no bank holiday."""
        return on.weekday() <= FRIDAY and on not in self.holidays

    def first_second(self, on: date) -> datetime:
        """The UTC instant at which this local day begins."""
        return datetime.combine(on, time.min, self.zone).astimezone(UTC)

    def last_second(self, on: date) -> datetime:
        """The UTC instant of the last second of this local day."""
        return self.first_second(on + ONE_DAY) - ONE_SECOND

    def local_day(self, at: datetime) -> date:
        """The local date at this instant."""
        return at.astimezone(self.zone).date()


def moment_of(clock: Clock, trigger: Moment, calendar: Calendar, watched: WeeklyHours | None) -> Moment | None:
    """When the clock runs out: the last moment that is still in time.

    `watched` is None where nobody recorded when the inbox is watched. None where the clock cannot be read for that
    reason, or because nobody ever watches. A clock below zero runs out before the trigger.
    """
    return stretched(trigger, lambda at: instant_of(clock, at, calendar, watched, calendar.last_second), calendar)


def beginning_of(
    clock: Clock, trigger: Moment, calendar: Calendar, watched: WeeklyHours | None, *, either_is_date: bool
) -> Moment | None:
    """When a window that begins on this clock begins: the first moment that counts.

    `either_is_date` says that the trigger or what came is only a date. A clock of zero or less then counts from the
    start of the trigger's local day, as nobody can say in which order the two came on it.
    """
    steps = 1.0 if isinstance(clock, NextClock) else clock.count
    from_its_day = steps <= 0 and (either_is_date or trigger.is_date)
    counted_from = exactly(calendar.first_second(trigger.on), calendar) if from_its_day else trigger
    if steps == 0:
        return counted_from
    return stretched(counted_from, lambda at: instant_of(clock, at, calendar, watched, calendar.first_second), calendar)


def stretched(trigger: Moment, instant: Callable[[datetime], datetime | None], calendar: Calendar) -> Moment | None:
    """The answer for the first and the last instant that the trigger may have been, as one moment.

    No clock runs backwards, so that every instant between gives an answer between.
    """
    first, last = instant(trigger.at), instant(last_instant(trigger))
    if first is None or last is None:
        return None
    moment = exactly(first, calendar)
    if first == last:
        return moment
    return Moment(at=first, until=last + ONE_SECOND, on=moment.on, offset_minutes=moment.offset_minutes)


def instant_of(
    clock: Clock,
    at: datetime,
    calendar: Calendar,
    watched: WeeklyHours | None,
    second_of: Callable[[date], datetime],
) -> datetime | None:
    """The instant that the clock reaches, set going at this one; `second_of` picks the end or the start of a day."""
    match clock:
        case Hours(count):
            return at + count * ONE_HOUR
        case Days(count):
            return second_of(calendar.local_day(at) + count * ONE_DAY)
        case WorkingDays(count):
            return second_of(working_day(calendar.local_day(at), count, calendar))
        case WatchedHours(count):
            return None if watched is None else after_watching(watched, at, count * ONE_HOUR, calendar.zone)
        case NextClock(shown):
            return next_clock(at, shown, calendar)


def working_day(on: date, count: int, calendar: Calendar) -> date:
    """The n-th working day after this day, or before it where n is below zero; a non-working day gives way first."""
    while not calendar.is_working_day(on):
        on += ONE_DAY
    step = ONE_DAY if count > 0 else -ONE_DAY
    for _ in range(abs(count)):
        on += step
        while not calendar.is_working_day(on):
            on += step
    return on


def after_watching(watched: WeeklyHours, at: datetime, long: timedelta, zone: tzinfo) -> datetime | None:
    """The instant by which somebody has watched for this long; where it is below zero, since which they have."""
    if long >= NO_TIME:
        return watched.after_watching(at, long, zone)
    left = -long
    for opens, closes in watched_before(watched, at, zone):
        if left <= closes - opens:
            return closes - left
        left -= closes - opens
    return None


def watched_before(watched: WeeklyHours, at: datetime, zone: tzinfo) -> Iterator[tuple[datetime, datetime]]:
    """The watched stretches before an instant, the latest first; none where nobody ever watches."""
    while watched.windows:
        yield from reversed(list(watched.spans(at - ONE_WEEK, at, zone)))
        at -= ONE_WEEK


def next_clock(at: datetime, shown: time, calendar: Calendar) -> datetime:
    """The first instant after this one at which the clock shows this time.

    A time that comes twice in a night is its first coming, and one that is skipped counts from the offset before
    (RFC 5545, 3.3.5).
    """
    on = calendar.local_day(at)
    today, tomorrow = (datetime.combine(day, shown, calendar.zone).astimezone(UTC) for day in (on, on + ONE_DAY))
    return today if today > at else tomorrow


def exactly(at: datetime, calendar: Calendar) -> Moment:
    """This instant as a moment, by the clock of the place."""
    return Moment.timed(at.astimezone(calendar.zone), calendar.zone)


def last_instant(moment: Moment) -> datetime:
    """The last second at which it may have been."""
    return moment.until - ONE_SECOND if moment.is_date else moment.at


def no_later(one: Moment, other: Moment) -> bool | None:
    """Whether the one was at or before the other, both to the second; None where it may be either."""
    if last_instant(one) <= other.at:
        return True
    return False if one.at > last_instant(other) else None
