"""A clock as a standard writes it: `24 hours`, `2 days`, `1 working day`, `2 watched hours`, `next 08:00`.

Takes the text; gives the clock, or nothing where it is none. `-14 days` counts back from the trigger.
"""

import re
from datetime import time
from typing import Final

from fishplate.care.clocks import Clock, Days, Hours, NextClock, WatchedHours, WorkingDays

EXPECTED: Final = "a clock, such as '24 hours', '2 days', '1 working day', '2 watched hours' or 'next 08:00'"

COUNTED: Final = re.compile(r"(-?\d{1,5}(?:\.\d{1,3})?) (hour|day|working day|watched hour)s?")
NEXT: Final = re.compile(r"next ([01]\d|2[0-3]):([0-5]\d)")


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


def runs_out_before(one: Clock, other: Clock) -> bool:
    """Whether the one surely runs out before the other; clocks of different kinds are not compared."""
    match one, other:
        case (
            (Hours(first), Hours(second))
            | (Days(first), Days(second))
            | (WorkingDays(first), WorkingDays(second))
            | (WatchedHours(first), WatchedHours(second))
        ):
            return first < second
        case _:
            return False
