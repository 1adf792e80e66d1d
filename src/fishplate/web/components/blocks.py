"""The few things a page is made of, as values: a presenter fills them and the one layout shows them.

Each section says its finding in words first, then the picture, then the table behind it (or the ordered list).
"""

from dataclasses import dataclass

from fishplate.charts.svg import Chart


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its text; `href` never holds an identifier or a search term."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A text with a bar beneath it: `share` is its length, 0 to 1. The figure itself stands in a cell of its own."""

    text: str
    share: float

    @property
    def length(self) -> str:
        """The length of the bar of a hundred."""
        return f"{100 * self.share:.1f}"


Cell = str | Link | Bar

MOST_SIDE_BY_SIDE = 2
"""Columns that fit beside each other at 320 pixels."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; the columns in `numbers` are set to the right, the first cell of a row heads it."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: frozenset[int] = frozenset()
    folded: bool = False
    """True where the table is behind a picture and opens on request (and in print)."""

    @property
    def stacks(self) -> bool:
        """Whether each row becomes a small block on a phone: what has many columns can't stand side by side there."""
        return len(self.headings) > MOST_SIDE_BY_SIDE


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of an ordered list: when, what, and what more there is to say of it; `tone` is its class."""

    when: str
    what: str
    more: tuple[str, ...] = ()
    tone: str = "care"
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A name and what stands behind it, for a short list of facts."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Group:
    """Some of a section's entries under a heading of their own, where they must not be read among the others."""

    key: str
    heading: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: its heading states the finding."""

    key: str
    heading: str
    sentences: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
    steps: tuple[Step, ...] = ()
    groups: tuple[Group, ...] = ()
    facts: tuple[Term, ...] = ()
    tables: tuple[Table, ...] = ()
    links: tuple[Link, ...] = ()
    quotes: tuple[str, ...] = ()
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page: its title, its finding in a sentence or two, and its sections."""

    title: str
    finding: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    back: Link | None = None
    above: str = ""
    """A line over the title that says what sort of page it is."""
