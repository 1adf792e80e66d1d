"""The town's wall clock: a moment is a whole number of minutes since the first midnight of 2024, local time.

Whole numbers are quick to compare and to roll dice over; dates appear only where an organisation writes one down.
Day 0 is a Monday. Nothing here knows what time it really is.
"""

from datetime import date, datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

FIRST_DAY: Final = date(2024, 1, 1)
LAST_DAY: Final = date(2025, 12, 31)
HOUR: Final = 60
DAY: Final = 24 * HOUR
WEEK: Final = 7 * DAY
FRIDAY: Final = 4
"""Days of the week count from Monday, 0."""
DAYS: Final = (LAST_DAY - FIRST_DAY).days + 1
END: Final = DAYS * DAY
"""The first minute after the two years the town lives through."""
ZONE: Final = ZoneInfo("Europe/London")


def at(on: date, hour: int = 0, minute: int = 0) -> int:
    """The moment of a date and a wall-clock time."""
    return (on - FIRST_DAY).days * DAY + hour * HOUR + minute


def weekday(moment: int) -> int:
    """The day of the week, Monday being 0."""
    return moment // DAY % 7


def next_at(moment: int, hour: int, *, working: bool = False) -> int:
    """The next time the clock shows this full hour; with `working`, on a day from Monday to Friday."""
    found = moment // DAY * DAY + hour * HOUR
    while found < moment or (working and weekday(found) > FRIDAY):
        found += DAY
    return found


@cache
def shown_day(day: int, form: str) -> str:
    """The day of that number as a strptime form writes it."""
    return (FIRST_DAY + timedelta(days=day)).strftime(form)


def on(moment: int | None, form: str = "%Y-%m-%d") -> str:
    """The date of a moment as a form writes it; blank where there is none."""
    return "" if moment is None else shown_day(moment // DAY, form)


CLOCK: Final = tuple(f"{minute // HOUR:02}:{minute % HOUR:02}" for minute in range(DAY))


def clock(moment: int | None) -> str:
    """The wall-clock time of a moment, such as 16:40; blank where there is none."""
    return "" if moment is None else CLOCK[moment % DAY]


def stamp(moment: int | None, form: str = "%Y-%m-%d", between: str = " ") -> str:
    """Date and time of a moment in one text; blank where there is none."""
    return "" if moment is None else f"{shown_day(moment // DAY, form)}{between}{CLOCK[moment % DAY]}"


def month(moment: int) -> str:
    """The month of a moment, such as 2025-10."""
    return shown_day(moment // DAY, "%Y-%m")


@cache
def _offset(hour: int) -> str:
    """What the clock is ahead of UTC in that hour since the first, as +00:00 or +01:00."""
    wall = datetime(2024, 1, 1, tzinfo=ZONE) + timedelta(hours=hour)
    return "+01:00" if wall.utcoffset() else "+00:00"


def zoned(moment: int) -> str:
    """The moment with its offset, as FHIR writes an instant."""
    return f"{stamp(moment, between='T')}:00{_offset(moment // HOUR)}"
