"""When somebody is watching a service's inbox: weekly hours, read from text such as `Mon-Fri 08:00-18:00`.

Takes the text and gives `WatchedHours`, or every fault in it at once. Takes an instant and the zone of the place and
says whether somebody is watching, when somebody next will be, and how much watched time lies between two instants.

The text is a list of entries parted by semicolons. An entry is days, a space, and one or more windows parted by
commas: `Mon-Fri 08:00-12:00, 13:00-18:00; Sat 09:00-12:00`. A window that ends at or before its start runs into the
next morning. `always` and `never` stand alone. Wall-clock times follow RFC 5545 (3.3.5) on the nights the clocks
change: a time that comes twice is its first coming, and a time that is skipped counts from the offset before.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Final

DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAY_MINUTES: Final = 24 * 60
WEEK_DAYS: Final = 7

DAY_SPAN: Final = re.compile(r"([A-Za-z]+)(?:\s*[-–]\s*([A-Za-z]+))?")
CLOCK_SPAN: Final = re.compile(r"(\d{1,2}):(\d\d)\s*[-–]\s*(\d{1,2}):(\d\d)")
ENTRY: Final = re.compile(r"(?P<days>[^\d]+?)\s*(?P<windows>\d.*)")


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """One stretch of one weekday during which somebody watches; 0 is Monday, and minutes count from midnight."""

    weekday: int
    opens_minute: int
    closes_minute: int


@dataclass(frozen=True, slots=True)
class WatchedHours:
    """The hours of a week in which a service watches its inbox (FHIR R4 HealthcareService.availableTime).

    Windows are in order and never touch within a day, so that two ways to write the same hours are equal.
    """

    windows: tuple[Window, ...]

    def spans(self, after: datetime, before: datetime, zone: tzinfo) -> Iterator[tuple[datetime, datetime]]:
        """The watched stretches between two instants with a zone, in order, as pairs of UTC instants."""
        start, stop = after.astimezone(UTC), before.astimezone(UTC)
        on = after.astimezone(zone).date()
        while on <= before.astimezone(zone).date():
            for window in self.windows:
                if window.weekday == on.weekday():
                    midnight = datetime.combine(on, time.min, UTC)
                    # The stretch before may have run on into this one where the clocks went forward.
                    opens = max(start, local(midnight, window.opens_minute, zone))
                    closes = min(stop, local(midnight, window.closes_minute, zone))
                    if opens < closes:
                        yield opens, closes
                        start = closes
            on += timedelta(days=1)

    def is_watched(self, at: datetime, zone: tzinfo) -> bool:
        """Whether somebody is watching at this instant."""
        return self.next_watched(at, zone) == at

    def next_watched(self, at: datetime, zone: tzinfo) -> datetime | None:
        """The first instant from this one on at which somebody watches; None where nobody ever does."""
        within = self.spans(at, at + timedelta(days=WEEK_DAYS + 1), zone)
        return next((opens for opens, _ in within), None)

    def watched_time(self, after: datetime, before: datetime, zone: tzinfo) -> timedelta:
        """How much watched time lies between two instants; zero where the second is not later."""
        return sum((closes - opens for opens, closes in self.spans(after, before, zone)), timedelta(0))

    def after_watching(self, at: datetime, long: timedelta, zone: tzinfo) -> datetime | None:
        """The instant by which somebody has watched for this long since then; None where nobody ever does."""
        if not self.windows:
            return None
        if long <= timedelta(0):
            return at.astimezone(UTC)
        left, week = long, timedelta(days=WEEK_DAYS)
        start = at.astimezone(UTC)
        while True:
            for opens, closes in self.spans(start, start + week, zone):
                if left <= closes - opens:
                    return opens + left
                left -= closes - opens
            start += week

    def __str__(self) -> str:
        """The hours in the text form that `parse_watched_hours` reads."""
        if self == ALWAYS:
            return "always"
        shown = (f"{DAYS[w.weekday]} {clock(w.opens_minute)}-{clock(w.closes_minute)}" for w in self.windows)
        return "; ".join(shown) or "never"


def local(midnight: datetime, minute: int, zone: tzinfo) -> datetime:
    """The UTC instant at which the wall clock of the zone shows this minute of that day."""
    return (midnight + timedelta(minutes=minute)).replace(tzinfo=zone).astimezone(UTC)


def clock(minute: int) -> str:
    """A minute of the day as a wall-clock time."""
    return f"{minute // 60:02}:{minute % 60:02}"


def merged(windows: list[Window]) -> tuple[Window, ...]:
    """The same hours in order, with windows of one day that meet or overlap made into one."""
    kept: list[Window] = []
    for window in sorted(windows):
        last = kept[-1] if kept else None
        if last and last.weekday == window.weekday and window.opens_minute <= last.closes_minute:
            kept[-1] = Window(last.weekday, last.opens_minute, max(last.closes_minute, window.closes_minute))
        else:
            kept.append(window)
    return tuple(kept)


ALWAYS: Final = WatchedHours(tuple(Window(weekday, 0, DAY_MINUTES) for weekday in range(WEEK_DAYS)))
NEVER: Final = WatchedHours(())


def parse_watched_hours(text: str) -> tuple[WatchedHours | None, tuple[str, ...]]:
    """Read hours from text: the hours and no faults, or None and every fault found, each in a sentence."""
    whole = {"always": ALWAYS, "24/7": ALWAYS, "never": NEVER}.get(text.strip().lower())
    if whole is not None:
        return whole, ()
    windows: list[Window] = []
    faults: list[str] = []
    for entry in (part.strip() for part in text.split(";")):
        match = ENTRY.fullmatch(entry)
        if match is None:
            faults.append(f"'{entry}' is not days and hours; write it like 'Mon-Fri 08:00-18:00', 'always' or 'never'")
            continue
        days = read_days(match["days"], faults)
        for span in match["windows"].split(","):
            windows += read_window(span.strip(), days, faults)
    return (None, tuple(faults)) if faults else (WatchedHours(merged(windows)), ())


def read_days(text: str, faults: list[str]) -> list[int]:
    """The weekdays that `Mon-Fri`, `Sat, Sun` or `daily` names, in order of the text; faults are added to the list."""
    if text.strip().lower() in ("daily", "every day"):
        return list(range(WEEK_DAYS))
    days: list[int] = []
    for part in text.split(","):
        match = DAY_SPAN.fullmatch(part.strip())
        named = [weekday(name) for name in match.groups() if name] if match else [None]
        if None in named:
            faults.append(f"'{part.strip()}' names no weekday; write Mon, Tue, Wed, Thu, Fri, Sat, Sun, or Mon-Fri")
            continue
        first, last = (each for each in (named[0], named[-1]) if each is not None)
        days += [(first + step) % WEEK_DAYS for step in range((last - first) % WEEK_DAYS + 1)]
    return days


def weekday(name: str) -> int | None:
    """The number of a weekday from its name or the first letters of it, three at least; None where it is not one."""
    full = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    wanted = name.lower()
    return next((i for i, day in enumerate(full) if len(wanted) >= len("mon") and day.startswith(wanted)), None)


def read_window(text: str, days: list[int], faults: list[str]) -> list[Window]:
    """The windows that `08:00-18:00` opens on these days; one that runs past midnight becomes two."""
    match = CLOCK_SPAN.fullmatch(text)
    if match is None:
        faults.append(f"'{text}' is not a time from and to; write it like '08:00-18:00'")
        return []
    hour, minute, to_hour, to_minute = (int(part) for part in match.groups())
    opens, closes = hour * 60 + minute, to_hour * 60 + to_minute
    if minute > 59 or to_minute > 59 or opens >= DAY_MINUTES or closes > DAY_MINUTES:
        faults.append(f"'{text}' has a time that no clock shows; times run from 00:00 to 24:00")
        return []
    if opens < closes:
        return [Window(day, opens, closes) for day in days]
    evening = [Window(day, opens, DAY_MINUTES) for day in days]
    morning = [Window((day + 1) % WEEK_DAYS, 0, closes) for day in days] if closes else []
    return evening + morning
