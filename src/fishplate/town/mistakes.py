"""The mistakes that real files have: rows sent twice, digits swapped, days that no calendar has, codes nobody mapped.

Takes the rows of a layout and dice of its own; gives them with a small share spoilt. Joan's rows stay as they are, so
that the story the demo tells is whole.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from random import Random

DOUBLED = 0.006
WRONG_DIGIT = 0.005
IMPOSSIBLE_DAY = 0.004
REVERSED = 0.01
UNKNOWN_CODE = 0.005


@dataclass(frozen=True, slots=True)
class Slips:
    """Where in a layout somebody may slip: the columns of the NHS number, of a date, of a start and an end, of a code.

    `impossible` is a day that does not exist, as the layout writes days.
    """

    nhs_number: str = ""
    date: str = ""
    impossible: str = "2025-02-31"
    period: tuple[str, str] = ("", "")
    code: str = ""
    doubled: bool = True


NO_SLIPS = Slips(doubled=False)


def slipped(
    rows: Iterable[tuple[int, tuple[str, ...]]], columns: tuple[str, ...], slips: Slips, dice: Random
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows, a few of them spoilt, and a few of them twice."""
    if slips == NO_SLIPS:
        yield from rows
        return
    place = {
        column: columns.index(column) for column in (slips.nhs_number, slips.date, *slips.period, slips.code) if column
    }
    for moment, cells in rows:
        if any("JOAN" in cell for cell in cells):
            yield moment, cells
            continue
        spoilt = list(cells)
        if slips.nhs_number and dice.random() < WRONG_DIGIT:
            spoil(spoilt, place[slips.nhs_number], swapped)
        if slips.date and dice.random() < IMPOSSIBLE_DAY:
            spoilt[place[slips.date]] = slips.impossible
        if slips.period[0] and dice.random() < REVERSED:
            start, end = (place[column] for column in slips.period)
            spoilt[start], spoilt[end] = spoilt[end] or spoilt[start], spoilt[start]
        if slips.code and dice.random() < UNKNOWN_CODE:
            spoil(spoilt, place[slips.code], lambda code: f"{code} (NEW)")
        yield moment, tuple(spoilt)
        if slips.doubled and dice.random() < DOUBLED:
            yield moment, tuple(spoilt)


def spoil(cells: list[str], place: int, how: Callable[[str], str]) -> None:
    """Spoil one cell, if anything stands in it."""
    if cells[place]:
        cells[place] = how(cells[place])


def swapped(number: str) -> str:
    """A number with its last digit one too high."""
    return f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
