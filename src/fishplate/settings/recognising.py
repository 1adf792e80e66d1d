"""Which column of a file likely fills which field, told by the column's name.

Takes the names of a file's columns and a table's fields; gives a `Guess` for each field with a likely column, with how
sure it is and why. The names that real files use stand in `synonyms.toml`; nothing here looks into a file.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum
from functools import cache
from importlib.resources import files
from typing import Any

from fishplate.settings.vocabulary import TableWord

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ALIKE = 0.93


class Sureness(IntEnum):
    """How sure a guess is."""

    GUESS = 1
    LIKELY = 2
    SURE = 3


@dataclass(frozen=True, slots=True)
class Guess:
    """A column that likely fills a field."""

    field: str
    column: str
    sureness: Sureness
    own: bool
    """True where the name is known for this very table and not for tables in general."""


@cache
def synonyms() -> Mapping[str, Any]:
    """The known names of columns, and what tells the kind of a leg and of a service."""
    return tomllib.loads((files(__package__) / "synonyms.toml").read_text("utf-8"))


@cache
def words_of(name: str) -> tuple[str, ...]:
    """The words of a column's name, in small letters: NHS_NO, NhsNo and "NHS No" are the same."""
    return tuple(re.findall(r"[a-z0-9]+", _HUMP.sub(" ", name).casefold()))


def recognise(table: TableWord, header: tuple[str, ...]) -> tuple[Guess, ...]:
    """The likely column of each field of the table that has one, each column once, in the order of the fields."""
    own, shared = synonyms().get(table.name, {}), synonyms()["any"]
    found: list[tuple[tuple[int, int, int, int], Guess]] = []
    for place, field in enumerate(table.fields):
        for names, is_own in ((own.get(field.name, []), True), (shared.get(field.name, []), False)):
            for column in header:
                if sureness := _sureness(column, names):
                    order = (-sureness, not is_own, _rank(column, names), place)
                    found.append((order, Guess(field.name, column, sureness, is_own)))
    taken: dict[str, Guess] = {}
    for _, guess in sorted(found, key=lambda each: (each[0], each[1].column)):
        if guess.field not in taken and guess.column not in {other.column for other in taken.values()}:
            taken[guess.field] = guess
    return tuple(taken[field.name] for field in table.fields if field.name in taken)


def _sureness(column: str, names: Iterable[str]) -> Sureness | None:
    """How surely a column's name is one of these; None where it is not."""
    words = words_of(column)
    best: Sureness | None = None
    for name in names:
        wanted = tuple(name.split())
        if (set(words) & _never()) - set(wanted):
            continue
        if words == wanted:
            return Sureness.SURE
        if len(wanted) > 1 and _holds(words, wanted):
            best = Sureness.LIKELY
        elif not best and _alike("".join(words), "".join(wanted)):
            best = Sureness.GUESS
    return best


def _alike(one: str, other: str) -> bool:
    """Whether two names differ by a slip of the pen; the cheap tests come first, since a file has hundreds of names."""
    if len(other) < 5 or one[0:1] != other[0] or abs(len(one) - len(other)) > 3:
        return False
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _rank(column: str, names: list[str]) -> int:
    """The place of the first name that the column's own name is or holds; the list begins with the best."""
    words = words_of(column)
    return next((place for place, name in enumerate(names) if _holds(words, tuple(name.split()))), len(names))


def _holds(words: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return any(words[start : start + len(wanted)] == wanted for start in range(len(words) - len(wanted) + 1))


@cache
def _never() -> frozenset[str]:
    return frozenset(synonyms()["never"])


def time_column(date_column: str, header: tuple[str, ...]) -> str:
    """The column that holds the time of a date column, by its name (ADM_DATE and ADM_TIME); empty where none does."""
    words = words_of(date_column)
    if "date" not in words or "time" in words:
        return ""
    wanted = tuple("time" if word == "date" else word for word in words)
    return next((column for column in header if words_of(column) == wanted), "")


def kind_told_by(hints: str, header: tuple[str, ...], file_name: str, usual: str) -> str:
    """The kind of leg (`leg_kinds`) or of service (`service_kinds`) that names in a file tell of."""
    said = {word for name in (*header, file_name) for word in words_of(name)}
    fitting = (
        hint["kind"]
        for hint in synonyms()[hints]
        if said & set(hint["words"]) and said & set(hint.get("beside", hint["words"]))
    )
    return next(fitting, usual)
