"""A clock as a standard writes it: `24 hours`, `2 days`, `1 working day`, `2 watched hours`, `next 08:00`.

Takes the text; gives the clock, or nothing where it is none. `-14 days` counts back from the trigger.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from fishplate.care.clocks import Calendar, Clock, Days, Hours, NextClock, WatchedHours, WorkingDays, moment_of
from fishplate.care.periods import Moment

EXPECTED: Final = "a clock, such as '24 hours', '2 days', '1 working day', '2 watched hours' or 'next 08:00'"

COUNTED: Final = re.compile(r"(-?\d{1,5}(?:\.\d{1,3})?) (hour|day|working day|watched hour)s?")
NEXT: Final = re.compile(r"next ([01]\d|2[0-3]):([0-5]\d)")

AROUND_NEW_YEAR: Final = Calendar(
    zone=UTC, holidays=frozenset({date(2025, 12, 25), date(2025, 12, 26), date(2026, 1, 1)})
)
"""Three weeks with bank holidays and weekends side by side, on which clocks of different kinds are compared."""
DAYS_TRIED: Final = tuple(date(2025, 12, 18) + timedelta(days=count) for count in range(21))
QUARTERS: Final = tuple(time(hour) for hour in (0, 6, 12, 18))


def clock_of(text: str) -> Clock | None:
    """The clock that a text says; None where it says none, such as half a day, which has no end."""
    if found := NEXT.fullmatch(text.strip()):
        return NextClock(time(int(found[1]), int(found[2])))
    if not (found := COUNTED.fullmatch(text.strip())):
        return None
    count, unit = float(found[1]), found[2]
    match unit:
        case "hour":
            return Hours(count)
        case "watched hour":
            return WatchedHours(count)
        case _ if not count.is_integer():
            return None
        case "day":
            return Days(int(count))
        case _:
            return WorkingDays(int(count))


def in_words(clock: Clock) -> str:
    """The clock as a standard writes it, so that `clock_of` reads the same one again."""
    match clock:
        case NextClock(shown):
            return f"next {shown:%H:%M}"
        case Hours(count):
            return counted(count, "hour")
        case WatchedHours(count):
            return counted(count, "watched hour")
        case Days(count):
            return counted(count, "day")
        case WorkingDays(count):
            return counted(count, "working day")


def counted(count: float, unit: str) -> str:
    """So many of a unit, in the singular for one."""
    return f"{count:g} {unit}" if abs(count) == 1 else f"{count:g} {unit}s"


def can_run_out_before(one: Clock, other: Clock) -> bool:
    """Whether the one can run out before the other, set going together at some time of some day around a new year.

    A clock of one working day lasts five days over Christmas, which two days are not. Watched hours depend on the
    receiver, so that nothing is said of them here.
    """
    if isinstance(one, WatchedHours) or isinstance(other, WatchedHours):
        return False
    times = {*QUARTERS, *(clock.time for clock in (one, other) if isinstance(clock, NextClock))}
    triggers = (Moment.timed(datetime.combine(day, at, UTC), UTC) for day in DAYS_TRIED for at in sorted(times))
    return any(last_moment(one, trigger) < last_moment(other, trigger) for trigger in triggers)


def last_moment(clock: Clock, trigger: Moment) -> datetime:
    """When the clock, which is none of watched hours, runs out."""
    found = moment_of(clock, trigger, AROUND_NEW_YEAR, None)
    return found.at if found else trigger.at
