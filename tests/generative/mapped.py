"""Records put through a mapping both ways: by the oracle for one record, and by the compiled SQL on an engine.

Takes a `Reading` and rows of cells; `by_oracle` and `by_sql` give the same list of `Told` where the two agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from fishplate.records.compile import statement
from fishplate.records.framing import trimmed
from fishplate.records.mapping import Reading
from fishplate.records.parse import parse_one
from fishplate.records.tables import staged
from fishplate.store.engine import Engine

FILE = "0123456789abcdef"
Row = dict[str, str | None]


@dataclass(frozen=True)
class Told:
    """What one record gave."""

    row: dict[str, object]
    faults: list[str]
    rejected: bool
    left_out: bool


def by_oracle(reading: Reading, columns: Sequence[str], rows: Sequence[Row]) -> list[Told]:
    """What plain Python makes of the rows, the first standing on line 1."""
    parsed = [
        parse_one(reading, row, line, FILE, [row[column] for column in columns]) for line, row in enumerate(rows, 1)
    ]
    return [Told(one.row, named(reading, one.faults), one.rejected, one.left_out) for one in parsed if one is not None]


def by_sql(engine: Engine, reading: Reading, columns: Sequence[str], rows: Sequence[Row]) -> list[Told]:
    """What the compiled statement makes of the rows."""
    places = {column: f"c{place}" for place, column in enumerate(columns)}
    names = staged(reading.table).names
    sql = statement(reading, "frames", places.__getitem__, tuple(places.values()), FILE)
    with engine.stream("frames", frames_of(columns, rows)):
        found = engine.rows(f"{sql} ORDER BY line")
    return [
        Told(dict(zip(names, values, strict=True)), named(reading, faults or []), rejected, left_out)
        for *values, faults, rejected, left_out in found
    ]


def frames_of(columns: Sequence[str], rows: Sequence[Row]) -> pa.Table:
    """The rows as records of a file are framed: cells trimmed, blank ones null."""
    cells = trimmed([pa.array([row[column] for row in rows], pa.string()) for column in columns])
    lines = pa.array(range(1, len(rows) + 1), pa.int64())
    return pa.table([lines, *cells], ["line", *(f"c{place}" for place in range(len(columns)))])


def named(reading: Reading, places: Sequence[int]) -> list[str]:
    """Faults in words a failing test can be read by."""
    return [f"{reading.checks[place].reason.name} {reading.checks[place].field}" for place in places]
