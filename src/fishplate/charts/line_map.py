"""The line map: service kinds as stations, and how many people's care passed from one to the next as its thickness.

Takes flows that may be shown (small ones merged beforehand) and gives a drawing with its sentence. The stations are
sleepers between two rails. Care that goes onward runs down the right side; care that comes back runs up the left.
The order of stations is worked out from the flows, so that most care runs onward; equal ones are alphabetical.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fishplate.charts.svg import (
    BACK,
    HAIRLINE,
    INK,
    ONWARD,
    PAPER,
    SMALL_TEXT,
    TEXT,
    Chart,
    drawing,
    tag,
    words,
    wrapped,
)

THICKEST = 18.0
THINNEST = 1.5
ARROW = 9.0
LABELLED = 4
"""How many of the thickest flows carry their number in the drawing; the table has them all."""


@dataclass(frozen=True, slots=True)
class Flow:
    """How many adjacent pairs went from one station to another, as drawn and as printed."""

    from_station: str
    to_station: str
    pairs: float
    printed: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The measurements of a drawing: how wide it is, and how wide the label of a station may be."""

    width: float
    label_width: float
    letters: int
    kind: str


WIDE = Sheet(760, 250, 27, "wide-only")
NARROW = Sheet(340, 150, 17, "narrow-only")


@dataclass(frozen=True, slots=True)
class _Arc:
    """A flow between two places in the order of stations."""

    flow: Flow
    start: int
    end: int
    thickness: float

    @property
    def onward(self) -> bool:
        return self.end > self.start


def stations(flows: Sequence[Flow]) -> list[str]:
    """The stations in the order in which most care runs onward: those that pass on more than they take come first."""
    names = sorted({name for flow in flows for name in (flow.from_station, flow.to_station)})
    given = dict.fromkeys(names, 0.0)
    taken = dict.fromkeys(names, 0.0)
    for flow in flows:
        given[flow.from_station] += flow.pairs
        taken[flow.to_station] += flow.pairs
    return sorted(names, key=lambda name: (-(given[name] - taken[name]) / (given[name] + taken[name] or 1), name))


def line_map(flows: Sequence[Flow], sheet: Sheet = WIDE) -> Chart | None:
    """The drawing of flows between different stations; None where there is none to draw."""
    drawn = [flow for flow in flows if flow.from_station != flow.to_station and flow.pairs > 0]
    if not drawn:
        return None
    order = stations(drawn)
    most = max(flow.pairs for flow in drawn)
    arcs = [
        _Arc(
            flow,
            order.index(flow.from_station),
            order.index(flow.to_station),
            max(THINNEST, THICKEST * flow.pairs / most),
        )
        for flow in sorted(drawn, key=lambda flow: (flow.pairs, flow.from_station, flow.to_station))
    ]
    tops, heights, height = _rows(order, arcs, sheet)
    ports = _ports(arcs, tops, heights)
    said = describe(drawn)
    marks = [_arc(arc, ports, len(order), sheet) for arc in arcs]
    labels = [_number(arc, ports, len(order), sheet) for arc in arcs[-LABELLED:]]
    rows = [_station(name, tops[i], heights[i], sheet) for i, name in enumerate(order)]
    return Chart(
        drawing(sheet.width, height, said, _rails(height, sheet), *marks, *rows, *labels, kind=sheet.kind), said
    )


def describe(flows: Sequence[Flow]) -> str:
    """What the map shows, in a sentence: the strongest flow, and the strongest that comes back the other way."""
    ranked = sorted(flows, key=lambda flow: (-flow.pairs, flow.from_station, flow.to_station))
    first = ranked[0]
    ends = f"from {_inside(first.from_station)} to {_inside(first.to_station)}"
    said = f"The thickest line runs {ends}: {first.printed} pairs."
    back = next((f for f in flows if (f.from_station, f.to_station) == (first.to_station, first.from_station)), None)
    if back:
        said += f" The other way round there are {back.printed}."
    return said


def _inside(name: str) -> str:
    """A station's name inside a sentence: its first letter small, unless it begins an abbreviation."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _rows(order: Sequence[str], arcs: Sequence[_Arc], sheet: Sheet) -> tuple[list[float], list[float], float]:
    """The top and height of each station, so that all its lines find room at its side, and the height of it all."""
    tops, heights, y = [], [], 14.0
    for i, name in enumerate(order):
        sides = [
            sum(a.thickness + 2 for a in arcs if i in (a.start, a.end) and a.onward is side) for side in (True, False)
        ]
        tall = max(16.0 + 18 * len(wrapped(name, sheet.letters)), *sides)
        tops.append(y)
        heights.append(tall)
        y += tall + 16
    return tops, heights, y


def _ports(arcs: Sequence[_Arc], tops: Sequence[float], heights: Sequence[float]) -> dict[tuple[int, bool], float]:
    """Where each line leaves and enters its stations: (index of line, whether its start) to a height.

    Lines to stations above stand above, the nearest first; lines to those below stand below, the farthest first.
    So lines at one side are nested and cross as little as they can.
    """
    found: dict[tuple[int, bool], float] = {}
    for station in range(len(tops)):
        for onward in (True, False):
            here = [
                (n, a, a.end if a.start == station else a.start)
                for n, a in enumerate(arcs)
                if a.onward is onward and station in (a.start, a.end)
            ]
            here.sort(key=lambda one: (one[2] > station, -one[2]))
            y = tops[station] + (heights[station] - sum(a.thickness + 2 for _, a, _ in here)) / 2
            for n, arc, _ in here:
                found[n, arc.start == station] = y + arc.thickness / 2 + 1
                y += arc.thickness + 2
    return {(id(arcs[n]), start): y for (n, start), y in found.items()}


def _reach(arc: _Arc, count: int, sheet: Sheet) -> float:
    """How far a line swings out from its rail: the further it goes, the wider."""
    room = (sheet.width - sheet.label_width) / 2 - THICKEST / 2 - 4
    return 26 + (room - 26) * (abs(arc.end - arc.start) - 1) / max(1, count - 2) if count > 2 else room / 2


def _side(arc: _Arc, sheet: Sheet) -> tuple[float, int]:
    """The rail a line stands at, and the direction away from it."""
    return (sheet.width + sheet.label_width * (1 if arc.onward else -1)) / 2, 1 if arc.onward else -1


def _arc(arc: _Arc, ports: dict[tuple[int, bool], float], count: int, sheet: Sheet) -> str:
    rail, away = _side(arc, sheet)
    y1, y2 = ports[id(arc), True], ports[id(arc), False]
    # A cubic curve with both control points level reaches three quarters of the way to them.
    far = rail + away * _reach(arc, count, sheet) / 0.75
    stop = rail + away * ARROW
    colour = ONWARD if arc.onward else BACK
    path = f"M {rail:.1f} {y1:.1f} C {far:.1f} {y1:.1f} {far:.1f} {y2:.1f} {stop:.1f} {y2:.1f}"
    half = max(4.0, arc.thickness / 2 + 2)
    head = f"M {rail:.1f} {y2:.1f} L {stop:.1f} {y2 - half:.1f} L {stop:.1f} {y2 + half:.1f} Z"
    line = tag(
        "path", {"d": path, "fill": "none", "stroke": colour, "stroke_width": arc.thickness, "stroke_opacity": 0.62}
    )
    return tag("g", {}, line, tag("path", {"d": head, "fill": colour}))


def _number(arc: _Arc, ports: dict[tuple[int, bool], float], count: int, sheet: Sheet) -> str:
    """The number of a thick line, in the middle of it, on a ground that keeps it readable."""
    rail, away = _side(arc, sheet)
    x = rail + away * _reach(arc, count, sheet)
    y = (ports[id(arc), True] + ports[id(arc), False]) / 2
    wide = 9.0 * len(arc.flow.printed) + 10
    x = min(max(x, wide / 2 + 1), sheet.width - wide / 2 - 1)
    ground = tag(
        "rect",
        {
            "x": x - wide / 2,
            "y": y - 11,
            "width": wide,
            "height": 22,
            "rx": 11,
            "fill": PAPER,
            "stroke": ONWARD if arc.onward else BACK,
        },
    )
    return ground + words(arc.flow.printed, x, y + 4.5, font_size=SMALL_TEXT, text_anchor="middle")


def _rails(height: float, sheet: Sheet) -> str:
    """The two rails the sleepers lie between."""
    left, right = (sheet.width - sheet.label_width) / 2, (sheet.width + sheet.label_width) / 2
    lines = [
        tag("path", {"d": f"M {x:.1f} 0 V {height:.1f}", "stroke": HAIRLINE, "stroke_width": 4}) for x in (left, right)
    ]
    return "".join(lines)


def _station(name: str, top: float, height: float, sheet: Sheet) -> str:
    """A station as a sleeper with its name on it."""
    left, middle = (sheet.width - sheet.label_width) / 2, sheet.width / 2
    box = tag(
        "rect",
        {
            "x": left,
            "y": top,
            "width": sheet.label_width,
            "height": height,
            "rx": 6,
            "fill": PAPER,
            "stroke": INK,
            "stroke_width": 1.5,
        },
    )
    lines = wrapped(name, sheet.letters)
    first = top + height / 2 - 9 * (len(lines) - 1) + 5
    said = [words(line, middle, first + 18 * i, text_anchor="middle", font_size=TEXT) for i, line in enumerate(lines)]
    return box + "".join(said)
