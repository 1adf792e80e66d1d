"""Slips spoil a small share of rows, each in its own way, and never Joan's."""

from random import Random

from fishplate.care.people import nhs_number
from fishplate.town.mistakes import NO_SLIPS, Slips, slipped

COLUMNS = ("ID", "NHS", "FROM", "TO", "CODE")
SLIPS = Slips("NHS", "FROM", "2025-02-31", ("FROM", "TO"), "CODE")


def rows(count: int, name: str) -> list[tuple[int, tuple[str, ...]]]:
    """Good rows with ids that begin with a name."""
    return [(n, (f"{name}{n}", "9990000018", "2025-01-01", "2025-01-02", "A")) for n in range(count)]


def test_every_sort_of_slip_comes_up_and_most_rows_stay_as_they_were() -> None:
    given = rows(5000, "R")
    spoilt = list(slipped(given, COLUMNS, SLIPS, Random(1)))
    changed = [cells for row, cells in spoilt if cells != given[row][1]]
    assert 0 < len(changed) < 250
    assert any(nhs_number(cells[1]) is None for cells in changed)
    assert any("2025-02-31" in cells for cells in changed)
    assert any(cells[2] > cells[3] and cells[2] == "2025-01-02" for cells in changed)
    assert any(cells[4] == "A (NEW)" for cells in changed)
    assert len(spoilt) > len(given)


def test_joan_and_layouts_without_slips_stay_whole() -> None:
    story = rows(5000, "RJOAN")
    assert list(slipped(story, COLUMNS, SLIPS, Random(1))) == story
    plain = rows(5000, "R")
    assert list(slipped(plain, COLUMNS, NO_SLIPS, Random(1))) == plain
