"""A condition over named columns as a small tree of frozen values, such as `service_kind = 'reablement'`.

`parsing.py` makes these trees from text and `judging.py` says of one row whether it meets one; an engine may compile
the same tree for many rows. Rule of this file: a leaf compares one column with literals, never with another column.
What needs more than that becomes a column.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Value = str | int | float | bool | date
"""What a literal is, and a cell where it is known."""

ColumnKind = Literal["text", "number", "flag", "day"]
"""What a column holds. A moment counts by its local day."""

Operator = Literal["=", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class ColumnWord:
    """A column that a condition may name; `codes` are the only texts it can hold, empty where any will do."""

    name: str
    kind: ColumnKind
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Always:
    """A condition that is the same for every row."""

    holds: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """A column beside a literal; unknown where the cell is."""

    column: str
    operator: Operator
    value: Value


@dataclass(frozen=True, slots=True)
class Membership:
    """That a column holds one of some literals; unknown where the cell is."""

    column: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """That a cell is known. This one is never unknown itself."""

    column: str


@dataclass(frozen=True, slots=True)
class Not:
    """The other way round; unknown stays unknown."""

    term: "Term"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of them: one that does not hold settles it, whatever is unknown (Kleene's three-valued logic)."""

    terms: tuple["Term", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of them: one that holds settles it, whatever is unknown."""

    terms: tuple["Term", ...]


Term = Always | Comparison | Membership | Known | Not | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Predicate:
    """A whole condition: the text as somebody wrote it, and what it means."""

    text: str
    term: Term

    @property
    def columns(self) -> frozenset[str]:
        """Every column that it names."""
        return columns_of(self.term)


def columns_of(term: Term) -> frozenset[str]:
    """Every column that a part of a condition names."""
    match term:
        case Comparison() | Membership() | Known():
            return frozenset({term.column})
        case Not():
            return columns_of(term.term)
        case AllOf() | AnyOf():
            return frozenset().union(*(columns_of(part) for part in term.terms))
        case Always():
            return frozenset()


ALWAYS = Predicate("true", Always(True))
"""The condition that every row meets."""
