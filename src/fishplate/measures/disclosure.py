"""Small numbers are hidden before anything leaves: named policies, applied at the one export boundary.

Takes true counts; gives what may be shown. Two policies: NHS England's for figures below national level, and
OpenSAFELY's. `suppress_table` also hides what would let a hidden cell be worked out from its row, column and totals.
Rule of this file: a rate is made of the counts as they are shown, never of the true ones. What it can't do: guard
against two tables of nearly the same people being taken from each other; publish one table of a thing, not many.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import inf

HIDDEN = "*"
NOBODY = "nobody counted"

LARGEST_TABLE_CELLS = 2_500
"""Cells in one table with its totals: each small one may need a search through all the others."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown of a figure: the text to print, and the number to draw with, if there is one."""

    text: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Policy:
    """A named rule for small counts of people: those from `hides_from` to `hides_to` are hidden, others rounded."""

    name: str
    source: str
    hides_from: int
    hides_to: int
    nearest: int
    hidden_as: Shown

    def hides(self, count: int) -> bool:
        """True if the count is hidden for its own size."""
        if count < 0:
            raise ValueError("A count of people is never below 0.")
        return self.hides_from <= count <= self.hides_to

    def suppress(self, count: int) -> Shown:
        """What may be shown of one count of people."""
        if self.hides(count):
            return self.hidden_as
        rounded = (count + self.nearest // 2) // self.nearest * self.nearest
        return Shown(str(rounded), rounded)

    def rate(self, numerator: int, denominator: int) -> Shown:
        """The share, 0 to 1 with two decimals as text, of the two counts as they are shown; `*` if either is hidden."""
        if numerator > denominator:
            raise ValueError("The numerator of a share counts some of those in its denominator, never more.")
        above, below = self.suppress(numerator).value, self.suppress(denominator).value
        if above is None or below is None:
            return Shown(HIDDEN, None)
        if not below:
            return Shown(NOBODY if not self.hides(denominator) else HIDDEN, None)
        return Shown(f"{above / below:.2f}", above / below)

    def average(self, value: float, people: int) -> Shown:
        """A mean or median, shown to one decimal only if it rests on more people than the policy hides."""
        if people == 0:
            return Shown(NOBODY, None)
        if people <= self.hides_to:
            return Shown(HIDDEN, None)
        return Shown(f"{value:.1f}", round(value, 1))


NHS_ENGLAND = Policy(
    name="NHS England, below national level",
    source="NHS Digital, Hospital Episode Statistics: analysis guide, disclosure control",
    hides_from=1,
    hides_to=7,
    nearest=5,
    hidden_as=Shown(HIDDEN, None),
)

OPENSAFELY = Policy(
    name="OpenSAFELY",
    source="OpenSAFELY, ehrQL measures: disclosure control (7 or fewer become 0, then to the nearest 5)",
    hides_from=0,
    hides_to=7,
    nearest=5,
    hidden_as=Shown("0", 0),
)

POLICIES = {"nhs_digital_sub_national": NHS_ENGLAND, "opensafely": OPENSAFELY}
"""The policies by the name that a project gives them."""


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table as it may be shown: its cells by row, its totals, and how many figures were hidden besides the small."""

    cells: tuple[tuple[Shown, ...], ...]
    row_totals: tuple[Shown, ...]
    column_totals: tuple[Shown, ...]
    total: Shown
    hidden_besides: int


def suppress_table(counts: Sequence[Sequence[int]], policy: Policy) -> ShownTable:
    """What may be shown of a table of counts and its totals, so that no hidden figure follows from those shown.

    One cell hidden in a line whose total is shown is a subtraction away; so are cells at the meeting of several
    such lines, and small cells whose sum is so small or so large that it leaves no choice. Each hidden figure is
    therefore tested: is there another table of whole numbers, with every shown figure the same and the same figures
    small, in which this one differs? If not, the smallest figures that together make one possible are hidden as well,
    totals last and nought never; if none would do, the whole table is withheld.
    As the shown figures are tested unrounded, rounding only adds safety.
    """
    extended = _with_totals(counts)
    if sum(map(len, extended)) > LARGEST_TABLE_CELLS:
        raise ValueError(f"A table to be shown has at most {LARGEST_TABLE_CELLS} cells with its totals; show a part.")
    small = {place for place in _places(extended) if policy.hides(_at(extended, place))}
    hidden = _hidden_besides(extended, small, policy)

    def shown(place: _Place) -> Shown:
        if hidden is None or place in hidden:
            return Shown(HIDDEN, None)
        return policy.suppress(_at(extended, place))

    rows = tuple(tuple(shown((r, c)) for c in range(len(row))) for r, row in enumerate(extended))
    return ShownTable(
        cells=tuple(row[:-1] for row in rows[:-1]),
        row_totals=tuple(row[-1] for row in rows[:-1]),
        column_totals=rows[-1][:-1],
        total=rows[-1][-1],
        hidden_besides=sum(map(len, extended)) - len(small) if hidden is None else len(hidden),
    )


_Place = tuple[int, int]
_Counts = list[list[int]]
_Steps = dict[int, list[tuple[int, int, _Place]]]


def _with_totals(counts: Sequence[Sequence[int]]) -> _Counts:
    if not counts or not counts[0] or any(len(row) != len(counts[0]) for row in counts):
        raise ValueError("A table has at least one row and one column, and every row is as long as the first.")
    rows = [[*row, sum(row)] for row in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def _places(extended: _Counts) -> Iterator[_Place]:
    return ((r, c) for r, row in enumerate(extended) for c in range(len(row)))


def _at(extended: _Counts, place: _Place) -> int:
    return extended[place[0]][place[1]]


def _hidden_besides(extended: _Counts, small: set[_Place], policy: Policy) -> set[_Place] | None:
    """The figures to hide besides the small ones; `None` if nothing of the table can be shown safely.

    With its totals as a last row and column of opposite sign, every line of a table sums to 0. Two tables alike in
    what is shown then differ by whole-number steps round closed loops of hidden figures, up one and down one in turn
    (the flow decomposition of a transportation network). So a hidden figure is safe if and only if some loop of
    hidden figures passes through it, and then so is every other figure of that loop. Hiding more keeps it so.
    """
    besides: set[_Place] = set()
    safe: set[_Place] = set()
    steps = _steps(extended, small, besides, policy)
    for place in sorted(small):
        if place in safe:
            continue
        loop = _cheapest_loop(steps, place, len(extended))
        if loop is None:
            return None
        safe |= loop
        if loop - small - besides:
            besides |= loop - small
            steps = _steps(extended, small, besides, policy)
    return besides


def _steps(extended: _Counts, small: set[_Place], besides: set[_Place], policy: Policy) -> _Steps:
    """From each line, the lines a step leads to, at what cost and by which figure; a step needs room to move by one.

    Lines are numbered rows first, then columns. A step from row to column puts a figure up, one back puts it down.
    What is hidden already costs nothing, a cell its count, and a total more than all cells.
    """
    rows, last_row, last_column = len(extended), len(extended) - 1, len(extended[0]) - 1
    steps: _Steps = {line: [] for line in range(rows + len(extended[0]))}
    for r, c in _places(extended):
        count = _at(extended, (r, c))
        is_hidden = (r, c) in small or (r, c) in besides
        if not is_hidden and count == 0:
            continue
        is_total = r == last_row or c == last_column
        cost = 0 if is_hidden else count + extended[-1][-1] * is_total
        # A total counts with the opposite sign; the grand total, a total of totals, with its own.
        sign = -1 if (r == last_row) != (c == last_column) else 1
        if _stays(extended, (r, c), sign, small, policy):
            steps[r].append((rows + c, cost, (r, c)))
        if _stays(extended, (r, c), -sign, small, policy):
            steps[rows + c].append((r, cost, (r, c)))
    return steps


def _cheapest_loop(steps: _Steps, place: _Place, rows: int) -> set[_Place] | None:
    """The figures of the loop through a place, up or down, that costs least to hide; none if there is no loop."""
    row, column = place[0], rows + place[1]
    ways = [
        _cheapest_way(steps, end, start, place)
        for start, end in ((row, column), (column, row))
        if any(by == place for _, _, by in steps[start])
    ]
    found = [way for way in ways if way is not None]
    return {place, *min(found)[1]} if found else None


def _stays(extended: _Counts, place: _Place, step: int, small: set[_Place], policy: Policy) -> bool:
    """True if the figure, one step up or down, would still be hidden for the same cause: small, or not small."""
    low, high = (policy.hides_from, policy.hides_to) if place in small else (policy.hides_to + 1, inf)
    return low <= _at(extended, place) + step <= high


def _cheapest_way(steps: _Steps, start: int, goal: int, without: _Place) -> tuple[int, tuple[_Place, ...]] | None:
    """The cost and the figures of the cheapest walk from one line to another that leaves one figure out (Dijkstra)."""
    ahead: list[tuple[int, int, tuple[_Place, ...]]] = [(0, start, ())]
    seen: set[int] = set()
    while ahead:
        cost, line, way = heappop(ahead)
        if line == goal:
            return cost, way
        if line in seen:
            continue
        seen.add(line)
        for onward, price, place in steps[line]:
            if onward not in seen and place != without:
                heappush(ahead, (cost + price, onward, (*way, place)))
    return None
