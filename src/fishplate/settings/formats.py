"""Whether a stated form of dates and times can be read, and in one way only.

Takes strptime texts; gives pairs of what is wrong and what was expected. Pure. Only the directives below are
allowed, since the plain-Python oracle and both engines read exactly these alike.
"""

import re
from collections.abc import Iterator
from itertools import combinations

from fishplate.settings.faults import quoted

BORN_ON = "born_on"
"""The field whose year can't be told from two digits: somebody born in 40 may be eighty-five, or not born yet."""

DIRECTIVES = ("%d", "%m", "%Y", "%y", "%H", "%M", "%S", "%f", "%b", "%B", "%z", "%I", "%p")
"""What a format may hold besides literal text (Python's and C's strptime)."""

_ALLOWED = "the directives " + " ".join(DIRECTIVES) + " and literal text"
_DAY, _MONTH, _YEAR, _HOUR = {"%d"}, {"%m", "%b", "%B"}, {"%Y", "%y"}, {"%H", "%I"}
_TIME = {"%H", "%I", "%M", "%S", "%f", "%p", "%z"}
_DATE = _DAY | _MONTH | _YEAR
_NEEDS = (("%M", _HOUR, "an hour"), ("%S", {"%M"}, "a minute"), ("%f", {"%S"}, "a second"),
          ("%p", {"%I"}, "%I, the hour of a 12-hour clock"), ("%I", {"%p"}, "%p, which says morning or afternoon"),
          ("%z", _HOUR, "an hour"))  # fmt: skip
_ANY = re.compile(r"%.?", re.DOTALL)

Wrong = tuple[str, str]
"""What is wrong, and what was expected."""


def date_format_faults(text: str) -> Iterator[Wrong]:
    """What is wrong with a format that must hold a whole date, with or without a time."""
    yield from _faults(text)
    used = set(_ANY.findall(text))
    for pieces, words in ((_DAY, "a day (%d)"), (_MONTH, "a month (%m, %b or %B)"), (_YEAR, "a year (%Y or %y)")):
        if not used & pieces:
            yield f"{quoted(text)} has no {words.split(' (')[0].removeprefix('a ')}", words


def time_format_faults(text: str) -> Iterator[Wrong]:
    """What is wrong with a format that must hold a time and no date."""
    yield from _faults(text)
    used = set(_ANY.findall(text))
    if not used & _HOUR:
        yield f"{quoted(text)} has no hour", "an hour (%H, or %I with %p)"
    if used & _DATE:
        yield f"{quoted(text)} holds parts of a date", "a time alone, such as %H:%M"


def _faults(text: str) -> Iterator[Wrong]:
    found = _ANY.findall(text)
    for directive in dict.fromkeys(found):
        if directive not in DIRECTIVES:
            yield f"{quoted(directive)} in {quoted(text)} can't be used", _ALLOWED
        elif found.count(directive) > 1:
            yield f"{quoted(directive)} stands twice in {quoted(text)}", "each directive once"
    for family, words in ((_MONTH, "month"), (_YEAR, "year"), (_HOUR, "hour")):
        if len(family & set(found)) > 1:
            yield f"{quoted(text)} gives the {words} in more than one way", f"one directive for the {words}"
    for directive, needed, words in _NEEDS:
        if directive in found and not needed & set(found):
            yield f"{quoted(text)} has {directive} by itself", words
    if "%z" in text.removesuffix("%z"):
        yield f"{quoted(text)} has %z before its end", "the offset, %z, last"
    if re.search(r"%[HMSf]Z$", text):
        yield f"{quoted(text)} ends in the letter Z, which would then mean nothing", "%z, which reads Z as UTC"


def ambiguous(formats: tuple[str, ...]) -> tuple[str, str] | None:
    """Two formats of a list that one text could follow with different days, such as %d/%m/%Y and %m/%d/%Y."""
    for first, second in combinations(dict.fromkeys(formats), 2):
        one, other = _date_part(first), _date_part(second)
        if one != other and _shape(one) == _shape(other):
            return first, second
    return None


def _date_part(text: str) -> str:
    places = [match for match in _ANY.finditer(text) if match[0] in _DATE]
    return text[places[0].start() : places[-1].end()] if places else ""


def _shape(text: str) -> str:
    """The text with day, month and short year, which all look alike, made alike."""
    return re.sub("%[dmy]", "%d", text)


def joined(formats: tuple[str, ...], time_formats: tuple[str, ...]) -> tuple[str, ...]:
    """The formats of a date and a time from two columns: every pair, then the date alone for a blank time."""
    return (*(f"{day} {time}" for day in formats for time in time_formats), *formats)


def has_time(text: str) -> bool:
    """Whether a format holds any part of a time."""
    return bool(set(_ANY.findall(text)) & _TIME)
