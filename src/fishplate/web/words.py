"""Figures, days and kinds in plain words, so that templates hold no logic.

Takes rows from `report/`; gives text. Rule of this file: a hidden figure is never guessed at, an unknown is never
called a failure, and nothing recorded is never called nothing done.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from fishplate.measures.disclosure import HIDDEN, Shown

HIDDEN_WORDS = "a hidden number"
"""Said for a figure that is too small to show, or that would give such a one away."""

PURPOSE_WORDS = {
    "direct_care": "I give this person care or treatment",
    "care_coordination": "I arrange this person's care between services",
    "safeguarding": "I act to protect this person, or somebody else, from harm",
    "records_correction": "I put right something recorded about this person",
    "subject_access": "I answer this person's own request to see what is held about them",
}

LEG_KIND_WORDS = {
    "spell": "stay",
    "episode": "episode",
    "contact": "contact",
    "care_package": "care package",
    "unpaid_care": "unpaid care",
    "community_life": "community life",
}

_KIND_WORDS = {
    "gp": "GP",
    "": "Kind of service not recorded",
    "unknown": "Kind of service not recorded",
    "other": "Another service",
}
_SMALL_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_LONGEST_GIVEN_IN_WEEKS = 90
_WEEK = 7


def kind(code: str, own: Mapping[str, str]) -> str:
    """A service kind as it is read: the project's own word for it, or the code in plain letters."""
    if own.get(code):
        return own[code]
    return _KIND_WORDS.get(code) or capital(code.replace("_", " "))


def capital(text: str) -> str:
    """The text with its first letter large and the rest as it is."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """The text for the middle of a sentence: its first letter small, unless it begins an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def listed(parts: Sequence[str]) -> str:
    """Parts in a row, as they are said: a, b and c."""
    if len(parts) <= 1:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def number(count: int) -> str:
    """A count with its thousands marked."""
    return f"{count:,}"


def counted(count: int, one: str, many: str = "") -> str:
    """A count and what it counts: no leg, one leg, 12 legs."""
    said = _SMALL_COUNTS[count] if 0 <= count < len(_SMALL_COUNTS) else number(count)
    return f"{said} {one if count == 1 else many or one + 's'}"


def figure(shown: Shown) -> str:
    """A figure as it stands in a table: thousands marked, `*` where it is hidden."""
    return number(int(shown.value)) if shown.value is not None and shown.value == int(shown.value) else shown.text


def said(shown: Shown) -> str:
    """A figure as it stands in a sentence."""
    return HIDDEN_WORDS if shown.text == HIDDEN else figure(shown)


def people(shown: Shown) -> str:
    """A figure and the word for whom it counts; planning figures are rounded, so never exactly one."""
    return f"{said(shown)} of people" if shown.text == HIDDEN else f"{said(shown)} people"


def average(shown: Shown) -> str:
    """A median as it is said: whole where it is whole."""
    return HIDDEN_WORDS if shown.value is None else f"{shown.value:g}"


def days(count: int) -> str:
    """A length of time in days, and in weeks or months beside it once days are hard to grasp."""
    if count < 2 * _WEEK:
        return counted(count, "day")
    if count <= _LONGEST_GIVEN_IN_WEEKS:
        return f"{count} days (about {round(count / _WEEK)} weeks)"
    months = round(count / 30.44)
    return (
        f"{number(count)} days (about {months} months)"
        if months < 24
        else f"{number(count)} days (about {round(months / 12)} years)"
    )


def offset(day: int) -> str:
    """A day of a journey, counted from its first."""
    return f"day {number(day)}"


def on(day: date) -> str:
    """A date as it is read aloud."""
    return f"{day.day} {day:%B %Y}"


def short_on(day: date) -> str:
    """A date where there is little room."""
    return f"{day.day} {day:%b %Y}"


def on_at(day: date, at: datetime | None) -> str:
    """A date with its weekday, and the local clock time where one is recorded."""
    said_on = f"{day:%A} {on(day)}"
    return f"{said_on}, {at:%H:%M}" if at else said_on


def gap(length: int) -> str:
    """A stretch between legs in words that blame nobody: what is not recorded may still have happened."""
    return f"Nothing recorded for {days(length)}"
