"""How the dates and times of a column are written, found from a sample of its cells.

Takes texts; gives a `Found`: the formats, whether another reading was possible, and how many cells fit none. Pure.
Where day and month could be either way round, day first is taken, as in the United Kingdom, and said to be so.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from fishplate.settings.formats import ambiguous

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?", re.ASCII)
_DAYS = (
    "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d-%m-%y", "%d-%b-%Y", "%d %b %Y", "%d-%b-%y", "%d%b%Y",
    "%d %B %Y", "%Y%m%d", "%Y/%m/%d", "%d%m%Y", "%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y",
)  # fmt: skip
_CLOCKS = ("%H:%M", "%H:%M:%S", "%H:%M:%S.%f", "%I:%M %p", "%I:%M:%S %p", "%H%M")
_MIDNIGHT = re.compile(r"([T ]00:00(?::00(?:\.0+)?)?)$")
_YEARS = range(1900, 2101)
_FORMATS_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Found:
    """The formats of a column of dates, in the order to try them; none means ISO 8601."""

    formats: tuple[str, ...]
    either_way: bool = False
    """True where month first would have read the whole sample too."""
    unread: int = 0
    timed: bool = False


def find_formats(sample: tuple[str, ...]) -> Found | None:
    """How the dates of a sample are written; None where they are no dates, or there are none."""
    texts = tuple(dict.fromkeys(text.strip() for text in sample if text.strip()))
    if not texts:
        return None
    iso = [text for text in texts if _ISO.fullmatch(text)]
    if len(iso) == len(texts):
        return Found((), timed=any(len(text) > 10 for text in texts))
    return _fewest(texts)


def _fewest(texts: tuple[str, ...]) -> Found | None:
    """The fewest formats that read most of the texts, day first where that is open."""
    left = set(texts)
    chosen: tuple[str, ...] = ()
    either_way = False
    candidates = {pattern: {text for text in texts if reads(text, pattern)} for pattern in _patterns()}
    while left and len(chosen) < _FORMATS_AT_MOST:
        pattern = max(candidates, key=lambda each: len(candidates[each] & left))
        if not candidates[pattern] & left or ambiguous((*chosen, pattern)):
            break
        either_way |= any(
            candidates[other] >= candidates[pattern] and ambiguous((pattern, other)) for other in candidates
        )
        chosen = (*chosen, pattern)
        left -= candidates[pattern]
    if len(left) * 2 > len(texts):
        return None
    return Found(chosen, either_way, len(left), any("%H" in each or "%I" in each for each in chosen))


def find_clock(sample: tuple[str, ...]) -> str:
    """How the times of day of a sample are written; empty where no one way reads them all."""
    texts = {text.strip() for text in sample if text.strip()}
    fitting = (clock for clock in _CLOCKS if texts and all(_parses(text, clock) for text in texts))
    return next(fitting, "")


def date_alone(sample: tuple[str, ...]) -> Found | None:
    """How the dates of a sample are written whose own time is always midnight, beside a column that has the time."""
    found = find_formats(sample)
    tails = {tail[1] if (tail := _MIDNIGHT.search(text.strip())) else "" for text in sample if text.strip()}
    if found is None or not found.timed:
        return found
    if len(tails) != 1 or "" in tails:
        return None
    midnight = tails.pop()
    alone = find_formats(tuple(text.strip().removesuffix(midnight) for text in sample))
    if alone is None:
        return None
    return Found(tuple(day + midnight for day in alone.formats or ("%Y-%m-%d",)), alone.either_way, alone.unread)


@cache
def _patterns() -> tuple[str, ...]:
    timed = (f"{day}{gap}{clock}" for day in _DAYS for gap in " T" for clock in _CLOCKS[:5])
    return ("%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", *_DAYS, *timed)


def reads(text: str, pattern: str) -> bool:
    """Whether a text is a date of that pattern, of a year that records are about."""
    return text.count(":") == pattern.count(":") and _parses(text, pattern)


def _parses(text: str, pattern: str) -> bool:
    try:
        read = datetime.strptime(text, pattern)  # noqa: DTZ007 - only the form matters here
    except ValueError:
        return False
    return "%d" not in pattern or read.year in _YEARS
