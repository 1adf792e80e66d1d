"""The quick way of cutting a file into records gives what the strict rule gives, whatever the bytes.

The rule is `slow_frames`, Python's strict csv reader line by line. Files here are random bytes, and texts made of what
trips csv readers; they are cut with the quick way, without it, and with the borders of blocks in other places.
"""

import codecs
import csv
import gzip
import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fishplate.records import framing
from fishplate.records.framing import Dialect, FrameFault, frames
from fishplate.records.reasons import Reason

BLANK = " \t\u00a0"
SEVERAL_LINES = frozenset({Reason.COLUMN_COUNT, Reason.NOT_TEXT, Reason.CONTROL_CHARACTER})
"""Faults of a record as a whole, which may be of several lines; any other costs one line."""

TRICKY = [
    *("a", "bb", "é", "\u00a0", " ", "\t", "\u2028", "\u0085", "x" * 9, "\ufeff", "\ufffd", "\x00", "\x1f", "\x0b"),
    *(",", ",", ",", ";", "|", '"', '"', '""', '","', "'", "\\", "\r", "\r\n", "\n", "\n", "\n\n", "1,2\n", '"a",b\n'),
    *('"a\nb",c\n', "{}\n", '{"a": "b"}\n', " \n"),
]
TEXTS = st.lists(st.sampled_from(TRICKY), max_size=40).map(lambda pieces: "".join(pieces).encode())
ROWS = st.lists(st.lists(st.text('ab,"\n é', max_size=3), min_size=2, max_size=2), max_size=12)


def written(rows: list[list[str]], quoting: int, end: str) -> bytes:
    """Rows as a program writes them."""
    out = io.StringIO(newline="")
    csv.writer(out, quoting=quoting, lineterminator=end).writerows(rows)
    return out.getvalue().encode()


SOUND = st.builds(written, ROWS, st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), st.sampled_from(["\n", "\r\n"]))
PIECES = st.lists(TEXTS | SOUND | st.binary(max_size=12), max_size=4).map(b"".join)
FILES = st.tuples(st.sampled_from([b"", b"", b"", codecs.BOM_UTF8]), PIECES).map(b"".join)
DIALECTS = st.builds(
    Dialect,
    delimiter=st.sampled_from([",", ",", ",", ";", "\t", "|", " ", "¦", ""]),
    quote=st.sampled_from(['"', '"', '"', "", "'", "“"]),
    encoding=st.sampled_from(["utf-8", "utf-8", "utf-8", "latin-1", "cp1252", "utf-16"]),
    max_line_bytes=st.sampled_from([8, 24, 1 << 20]),
)
NAMES = st.sampled_from([(), (), ("one",), ("one", "two"), ("one", "two", "three")])


@dataclass(frozen=True)
class Cut:
    """What a file gave: the names of its cells, its records by line, and its faults in the order of lines."""

    names: tuple[str, ...]
    records: list[tuple[int, tuple[str, ...]]]
    faults: list[tuple[int, Reason]]


@contextmanager
def patched(**values: object) -> Iterator[None]:
    """Other values of the module's names for a while."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in values.items():
            patch.setattr(framing, name, value)
        yield


def cut(content: bytes, dialect: Dialect, names: tuple[str, ...] = (), **values: object) -> Cut:
    """The file with these bytes, cut into records."""
    faults: list[FrameFault] = []
    with tempfile.TemporaryDirectory() as folder, patched(**values):
        path = Path(folder) / "file"
        path.write_bytes(content)
        named, batches = frames(path, dialect, names, faults.append)
        records = list(chain.from_iterable(rows(batch.to_pydict()) for batch in batches))
    return Cut(named, records, sorted(((f.line, f.reason) for f in faults), key=lambda found: (found[0], found[1].name)))


def rows(columns: dict[str, list[object]]) -> list[tuple[int, tuple[str, ...]]]:
    """A batch as its records."""
    lines = columns.pop("line")
    cells = zip(*columns.values(), strict=True) if columns else [()] * len(lines)
    return list(zip(lines, cells, strict=True))  # type: ignore[arg-type]


def never(*_: object) -> None:
    """In the place of the quick way: the strict rule decides everywhere."""


def names_for(dialect: Dialect, names: tuple[str, ...]) -> tuple[str, ...]:
    """Names that go with the dialect: lines of JSON have one cell."""
    return names if dialect.delimiter else ("c0",)


@given(content=FILES, dialect=DIALECTS, names=NAMES, block=st.integers(4, 80))
def test_the_quick_way_agrees_with_the_strict_rule(
    content: bytes, dialect: Dialect, names: tuple[str, ...], block: int
) -> None:
    named = names_for(dialect, names)
    assert cut(content, dialect, named, BLOCK_BYTES=block) == cut(content, dialect, named, BLOCK_BYTES=block, fast=never)
