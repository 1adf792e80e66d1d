"""Whether one row meets a condition: yes, no, or unknown where the cells it hangs on are.

Takes a condition and a row as a mapping from column to value; a cell that is `UNKNOWN`, None or a blank text is
unknown. Gives a bool or `UNKNOWN`, by Kleene's logic. A row must hold every column that the condition names.
"""

import operator
from collections.abc import Callable, Mapping
from typing import Any, Final

from fishplate.care.words import UNKNOWN, Unknown
from fishplate.expressions.predicate import (
    AllOf,
    Always,
    AnyOf,
    Comparison,
    Known,
    Membership,
    Not,
    Operator,
    Predicate,
    Term,
    Value,
)

Cell = Value | Unknown | None
Row = Mapping[str, Cell]

COMPARE: Final[dict[Operator, Callable[[Any, Any], bool]]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def judge(predicate: Predicate, row: Row) -> bool | Unknown:
    """Whether the row meets the condition. Raises KeyError where the row lacks a column that it names."""
    return judge_term(predicate.term, row)


def holds(predicate: Predicate, row: Row) -> bool:
    """Whether the row surely meets the condition: unknown is not yes."""
    return judge(predicate, row) is True


def judge_term(term: Term, row: Row) -> bool | Unknown:
    """Whether the row meets one part of a condition."""
    match term:
        case Always(always):
            return always
        case Known(column):
            return not is_unknown(row[column])
        case Comparison(column, sign, value):
            cell = row[column]
            return UNKNOWN if is_unknown(cell) else COMPARE[sign](cell, value)
        case Membership(column, values):
            cell = row[column]
            return UNKNOWN if is_unknown(cell) else cell in values
        case Not(inner):
            found = judge_term(inner, row)
            return UNKNOWN if found is UNKNOWN else not found
        case AllOf(terms):
            return settled(False, [judge_term(part, row) for part in terms])
        case AnyOf(terms):
            return settled(True, [judge_term(part, row) for part in terms])


def settled(by: bool, found: list[bool | Unknown]) -> bool | Unknown:
    """What several parts come to where one answer settles it: that answer, or else unknown if any is."""
    if by in found:
        return by
    return UNKNOWN if UNKNOWN in found else not by


def is_unknown(cell: Cell) -> bool:
    """Whether nobody recorded it: a blank text is no value."""
    return cell is UNKNOWN or cell is None or (isinstance(cell, str) and not cell.strip())
