"""The timeline of one journey: each service in a row by day, below one rail that breaks where nothing is recorded.

Takes stretches and points by whole days from the journey's first, unpaid care and community life among them in the
order in which they came; gives a drawing with its sentence. The words for days are handed in, since care says dates
and planning says offsets.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fishplate.charts.svg import (
    CARE,
    COMMUNITY,
    GAP,
    HAIRLINE,
    INK,
    PAPER,
    SMALL_TEXT,
    SOFT_INK,
    UNPAID,
    Chart,
    drawing,
    tag,
    words,
    wrapped,
)

WIDTH = 960.0
LEFT = 218.0
RIGHT = 936.0
TOP = 74.0
ROW = 36.0
MOST_ROWS = 18
LABEL_LETTERS = 28
SHORTEST_BAR = 5.0
NARROWEST_BAND = 1.0
"""A gap narrower than this is not drawn; the list has it all the same."""
COLOURS = {"unpaid_care": UNPAID, "community_life": COMMUNITY}


@dataclass(frozen=True, slots=True)
class Stretch:
    """One leg: the row it stands in, its kind of leg, and its first and last day (none while it is open)."""

    row: str
    leg_kind: str
    from_day: int
    until_day: int | None


@dataclass(frozen=True, slots=True)
class Point:
    """One request to a service: the day it was sent, the row it was for, and whether an answer is recorded."""

    row: str
    day: int
    answered: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """Days from the end of all that came before until the next leg starts."""

    from_day: int
    until_day: int

    @property
    def days(self) -> int:
        """How many days."""
        return self.until_day - self.from_day


SHORTEST_GAP_DAYS = 2
"""The next day is not a gap: a leg that ends on a date may have gone on until its evening."""


def gaps(stretches: Sequence[Stretch]) -> list[Gap]:
    """The stretches of two days or more in which nothing is recorded, in order."""
    found: list[Gap] = []
    covered: int | None = None
    for stretch in sorted(stretches, key=lambda s: s.from_day):
        if covered is not None and stretch.from_day - covered >= SHORTEST_GAP_DAYS:
            found.append(Gap(covered, stretch.from_day))
        if stretch.until_day is None:
            return found
        covered = max(covered if covered is not None else stretch.until_day, stretch.until_day)
    return found


def timeline(
    stretches: Sequence[Stretch], points: Sequence[Point], last_day: int, sentence: str, day_words: Callable[[int], str]
) -> Chart | None:
    """The drawing from day 0 to `last_day`; None where there is no leg to draw."""
    if not stretches:
        return None
    rows = _row_names(stretches, points)
    days = max(1, last_day)
    height = TOP + ROW * len(rows) + 34
    holes = gaps(stretches)
    parts = [
        _hatching(),
        *(_gap_band(gap, days, len(rows)) for gap in holes),
        *_ticks(days, len(rows), day_words),
        *(_row(name, i) for i, name in enumerate(rows)),
        *(_bar(stretch, rows, days) for stretch in stretches),
        *(_point(point, rows, days) for point in points),
        _rail(holes, days, last_day),
    ]
    return Chart(drawing(WIDTH, height, sentence, *parts, kind="wide-only"), sentence)


def legend(stretches: Sequence[Stretch], points: Sequence[Point]) -> tuple[tuple[str, str], ...]:
    """The signs that this drawing uses, each with its words; one it does not use is left out."""
    kinds = {stretch.leg_kind for stretch in stretches}
    signs = (
        ("care", "Care by a service", bool(kinds - set(COLOURS))),
        ("unpaid_care", "Unpaid care", "unpaid_care" in kinds),
        ("community_life", "Community life", "community_life" in kinds),
        ("asked", "A request that was answered", any(point.answered for point in points)),
        ("unheard", "A request without a recorded answer", any(not point.answered for point in points)),
        ("gap", "Nothing recorded", bool(gaps(stretches))),
    )
    return tuple((sign, said) for sign, said, used in signs if used)


def _row_names(stretches: Sequence[Stretch], points: Sequence[Point]) -> list[str]:
    """The rows in the order in which they first appear; those beyond the limit share the last."""
    first: dict[str, int] = {}
    for row, day in sorted(
        [*((s.row, s.from_day) for s in stretches), *((p.row, p.day) for p in points)], key=lambda x: x[1]
    ):
        first.setdefault(row, day)
    names = list(first)
    return names if len(names) <= MOST_ROWS else [*names[: MOST_ROWS - 1], "All others"]


def _index(row: str, rows: Sequence[str]) -> int:
    return rows.index(row) if row in rows else len(rows) - 1


def _x(day: float, days: int) -> float:
    return LEFT + (RIGHT - LEFT) * min(day, days) / days


def _hatching() -> str:
    """The pattern of a stretch in which nothing is recorded: lines, so that it does not rest on colour alone."""
    line = tag("path", {"d": "M 0 8 L 8 0", "stroke": GAP, "stroke_width": 1, "stroke_opacity": 0.35})
    return tag(
        "defs",
        {},
        tag("pattern", {"id": "nothing-recorded", "width": 8, "height": 8, "patternUnits": "userSpaceOnUse"}, line),
    )


def _gap_band(gap: Gap, days: int, rows: int) -> str:
    x1, x2 = _x(gap.from_day, days), _x(gap.until_day, days)
    if x2 - x1 < NARROWEST_BAND:
        return ""
    return tag(
        "rect",
        {
            "x": x1,
            "y": 40,
            "width": x2 - x1,
            "height": TOP - 40 + ROW * rows,
            "fill": "url(#nothing-recorded)",
        },
    )


def _ticks(days: int, rows: int, day_words: Callable[[int], str]) -> list[str]:
    """Five evenly spaced days below the rows, each on a whole day and none twice."""
    bottom = TOP + ROW * rows
    found = []
    marks = sorted({round(days * part / 4) for part in range(5)})
    for day in marks:
        x = _x(day, days)
        anchor = "start" if day == 0 else "end" if day == days else "middle"
        found.append(tag("path", {"d": f"M {x:.1f} {TOP - 6:.1f} V {bottom:.1f}", "stroke": HAIRLINE}))
        found.append(words(day_words(day), x, bottom + 22, fill=SOFT_INK, font_size=SMALL_TEXT, text_anchor=anchor))
    return found


def _row(name: str, i: int) -> str:
    y = TOP + ROW * i + ROW / 2
    lines = wrapped(name, LABEL_LETTERS)[:2]
    first = y - 7.5 * (len(lines) - 1) + 4.5
    said = [
        words(line, LEFT - 14, first + 15 * n, text_anchor="end", font_size=SMALL_TEXT) for n, line in enumerate(lines)
    ]
    return tag("path", {"d": f"M {LEFT:.1f} {y:.1f} H {RIGHT:.1f}", "stroke": HAIRLINE}) + "".join(said)


def _bar(stretch: Stretch, rows: Sequence[str], days: int) -> str:
    """A leg as a bar; an open one runs to the end and loses its right edge."""
    y = TOP + ROW * _index(stretch.row, rows) + ROW / 2
    x1 = _x(stretch.from_day, days)
    x2 = _x(days if stretch.until_day is None else stretch.until_day, days)
    wide = max(SHORTEST_BAR, x2 - x1)
    x1 = min(x1, RIGHT - wide + SHORTEST_BAR)
    colour = COLOURS.get(stretch.leg_kind, CARE)
    bar = tag("rect", {"x": x1, "y": y - 8, "width": wide, "height": 16, "rx": 2.5, "fill": colour})
    if stretch.until_day is None:
        bar += tag("path", {"d": f"M {x1 + wide:.1f} {y - 8:.1f} l 9 8 l -9 8 Z", "fill": colour})
    return bar


def _point(point: Point, rows: Sequence[str], days: int) -> str:
    """A request as a ring: filled where an answer is recorded, empty and crossed where none is."""
    x, y = _x(point.day, days), TOP + ROW * _index(point.row, rows) + ROW / 2
    colour = INK if point.answered else GAP
    ring = tag(
        "circle",
        {"cx": x, "cy": y, "r": 7, "fill": INK if point.answered else PAPER, "stroke": colour, "stroke_width": 2.5},
    )
    if point.answered:
        return ring
    return ring + tag(
        "path", {"d": f"M {x - 3:.1f} {y - 3:.1f} l 6 6 m 0 -6 l -6 6", "stroke": colour, "stroke_width": 2}
    )


def _rail(holes: Sequence[Gap], days: int, last_day: int) -> str:
    """The rail above the rows: broken where nothing is recorded, with the longest break in words."""
    parts = [words("Anything recorded", LEFT - 14, 44, text_anchor="end", font_size=SMALL_TEXT, font_weight="bold")]
    edges = [0, *(edge for gap in holes for edge in (gap.from_day, gap.until_day)), max(1, last_day)]
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        x1, x2 = _x(start, days), _x(stop, days)
        parts.append(tag("rect", {"x": x1, "y": 34, "width": max(3.0, x2 - x1), "height": 10, "rx": 2, "fill": INK}))
    longest = max(holes, key=lambda gap: gap.days, default=None)
    if longest:
        middle = (_x(longest.from_day, days) + _x(longest.until_day, days)) / 2
        said = f"{longest.days:,} days: nothing recorded"
        half = 3.6 * len(said)
        parts.append(
            words(
                said,
                min(max(middle, LEFT + half), RIGHT - half),
                22,
                fill=GAP,
                text_anchor="middle",
                font_size=SMALL_TEXT,
                font_weight="bold",
            )
        )
    return "".join(parts)
