"""Reads dates and times as organisations write them: one rule, for the oracle in Python and for the compiled SQL.

A format is a strptime pattern; its *shape* (a regular expression that both Python and DuckDB's RE2 read alike) decides
whether a text is of that format at all, so that neither reader's leniency shows. Without a format ISO 8601 is read.
A time without an offset is in the zone stated. Where the clock went back, a time that came twice is the first; where
it went forward, a time that was skipped is read as if it had not (RFC 5545). Fractions of a second are cut.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from fishplate.records.reasons import Reason

OFFSET = r"(?:Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)"
YEAR = r"(?:[1-9]\d{3}|0(?:[1-9]\d{2}|0[1-9]\d|00[1-9]))"
"""Four digits other than 0000, which Python has no year for."""
FIRST_YEAR, LAST_YEAR = 1900, 2199

DIRECTIVES = {
    "%d": r"\d{1,2}", "%m": r"\d{1,2}", "%Y": YEAR, "%y": r"\d{2}", "%H": r"\d{1,2}", "%I": r"\d{1,2}",
    "%M": r"\d{2}", "%S": r"[0-5]\d", "%f": r"\d{1,6}", "%b": r"[A-Za-z]{3}", "%B": r"[A-Za-z]{3,9}",
    "%p": r"[AaPp][Mm]",
}  # fmt: skip
NUMBERS = frozenset(DIRECTIVES) - {"%b", "%B", "%p"}
SHOWN = {
    "%d": "dd", "%m": "mm", "%Y": "yyyy", "%y": "yy", "%H": "hh", "%I": "hh", "%M": "mm", "%S": "ss", "%f": "ffffff",
    "%b": "mon", "%B": "month", "%p": "am/pm", "%z": "offset",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Format:
    """One way of writing a moment: its shape, the pattern for strptime, and what it carries.

    `take` is how many characters strptime sees (0: all but the offset); the rest is fraction and offset.
    """

    shape: str
    pattern: str
    timed: bool
    zoned: bool
    take: int = 0


ISO = (
    Format(rf"{YEAR}-\d{{2}}-\d{{2}}", "%Y-%m-%d", timed=False, zoned=False, take=10),
    Format(
        rf"{YEAR}-\d{{2}}-\d{{2}}[T ]\d{{2}}:\d{{2}}:[0-5]\d(?:\.\d{{1,9}})?{OFFSET}?",
        "%Y-%m-%d %H:%M:%S", timed=True, zoned=True, take=19,
    ),
    Format(
        rf"{YEAR}-\d{{2}}-\d{{2}}[T ]\d{{2}}:\d{{2}}{OFFSET}?", "%Y-%m-%d %H:%M", timed=True, zoned=True, take=16
    ),
)  # fmt: skip


@cache
def formats(patterns: tuple[str, ...]) -> tuple[Format, ...]:
    """The formats of a field's patterns, in the order they are tried; ISO 8601 where it has none."""
    return tuple(format_of(pattern) for pattern in patterns) or ISO


def format_of(pattern: str) -> Format:
    """The format of one strptime pattern; `%z` may stand at its end only (settings/reading.py sees to it)."""
    zoned = pattern.endswith("%z")
    body = pattern.removesuffix("%z").rstrip() if zoned else pattern
    timed = "%H" in body or "%I" in body
    return Format(shape_of(body) + (rf"\s?{OFFSET}" if zoned else ""), body, timed, zoned)


def shape_of(pattern: str) -> str:
    """The shape of a pattern; a number that touches another must have all its digits, or it could be read two ways."""
    pieces = re.findall(r"%[A-Za-z]|.", pattern, re.DOTALL)
    shape = ""
    for before, piece, after in zip(["", *pieces], pieces, [*pieces[1:], ""], strict=False):
        touches = is_number(after) or (is_number(before) and piece != "%f")
        found = DIRECTIVES.get(piece, re.escape(piece))
        shape += found.replace("{1,", "{") if touches else found
    return shape


def is_number(piece: str) -> bool:
    """Whether a piece of a pattern stands for digits, or is one."""
    return piece in NUMBERS or piece.isdigit()


def expected(patterns: tuple[str, ...]) -> str:
    """What a person should have written, such as 'dd/mm/yyyy hh:mm'."""
    if not patterns:
        return "yyyy-mm-dd, or yyyy-mm-ddThh:mm:ss with or without an offset"
    shown = []
    for pattern in patterns:
        for directive, words in SHOWN.items():
            pattern = pattern.replace(directive, words)
        shown.append(pattern)
    return " or ".join(shown)


@dataclass(frozen=True, slots=True)
class Read:
    """A moment as a table holds it: UTC instant, local date in the project's zone, date-only or not, offset."""

    at: datetime
    on: date
    is_date: bool
    offset_minutes: int


def read(text: str, patterns: tuple[str, ...], zone: str, project_zone: str) -> Read | Reason:
    """The moment that a text states, or why it states none: of none of the formats, no day of the calendar, no
    year a record can be about."""
    for fmt in formats(patterns):
        if re.fullmatch(fmt.shape, text, re.ASCII) is None:
            continue
        offset = re.search(rf"({OFFSET})$", text) if fmt.zoned else None
        body = text[: fmt.take].replace("T", " ") if fmt.take else (text[: offset.start()].rstrip() if offset else text)
        try:
            wall = datetime.strptime(body, fmt.pattern).replace(microsecond=0)  # noqa: DTZ007 - the zone follows
        except ValueError:
            continue
        if not FIRST_YEAR <= wall.year <= LAST_YEAR:
            return Reason.DATE_IMPLAUSIBLE
        return placed(wall, minutes(offset.group(1)) if offset else None, fmt.timed, zone, project_zone)
    return Reason.DATE_UNREADABLE


def placed(wall: datetime, offset: int | None, timed: bool, zone: str, project_zone: str) -> Read:
    """The wall-clock time put into the world: by its own offset, or by the zone it was written in."""
    if offset is None:
        at = in_zone(wall, zone)
        offset = int((wall - at).total_seconds() // 60)
    else:
        at = wall - timedelta(minutes=offset)
    on = wall.date() if not timed else local_date(at, project_zone)
    return Read(at, on, not timed, offset)


def in_zone(wall: datetime, zone: str) -> datetime:
    """UTC of a wall-clock time (both without zone information in the value, as tables hold them).

    RFC 5545 section 3.3.5: a time that comes twice is its first coming, one that is skipped has the offset before.
    """
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)


@cache
def repeated_hours(zone: str) -> tuple[int, ...]:
    """The hours of the day at which the zone's clock ever came to a time twice, in the years a record can be about."""
    place, found = ZoneInfo(zone), set[int]()
    weeks = ((LAST_YEAR - FIRST_YEAR + 1) * 366) // 7
    for number in range(weeks):
        week = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC) + timedelta(weeks=number)
        if in_place(week + timedelta(weeks=1), place) - in_place(week, place) < timedelta(weeks=1):
            start = week.astimezone(place).replace(tzinfo=None, minute=30)
            walls = (start + timedelta(hours=hours) for hours in range(-2, 7 * 24 + 2))
            found |= {wall.hour for wall in walls if in_zone(wall, zone) != in_zone(wall.replace(fold=1), zone)}
    return tuple(sorted(found))


def in_place(at: datetime, place: ZoneInfo) -> datetime:
    """The wall-clock time of an instant."""
    return at.astimezone(place).replace(tzinfo=None)


def local_date(at: datetime, zone: str) -> date:
    """The local date of a UTC instant."""
    return at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()


def minutes(offset: str) -> int:
    """An offset such as `+01:00`, `-0400` or `Z`, in minutes ahead of UTC."""
    if offset == "Z":
        return 0
    digits = offset.replace(":", "")
    size = int(digits[1:3]) * 60 + int(digits[3:5])
    return -size if offset[0] == "-" else size
