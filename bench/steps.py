"""What is measured, one function a step; each is run in a process of its own by `run.py`.

A step takes an engine and the folder of made-up legs. The limits say what this machine can do at all: reading the same
columns, sorting the same rows, writing the same file. The other steps are ours.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fishplate.journeys import cube, order, pairs, stream
from fishplate.store.duckdb import DuckDB
from fishplate.store.engine import literal, parquet

CUBE_COLUMNS: Final = (
    "person_code", "organisation_id", "service_kind",
    "started_at", "started_on", "started_is_date", "ended_at", "ended_on", "ended_is_date",
)  # fmt: skip
PAIR_COLUMNS: Final = (*CUBE_COLUMNS, "leg_id")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to measure: what it is in words, what it is compared with, the memory it may use, and the doing."""

    says: str
    against: str
    memory_limit: str
    run: Callable[[DuckDB, Path], object] | None
    """Nothing where `full_build.py` does it, whose libraries would add to the memory of every step here."""


def nothing(engine: DuckDB, folder: Path) -> object:
    """Start the engine and answer a question of no size."""
    return engine.rows("SELECT 1")


def read_all(engine: DuckDB, relation: str, columns: tuple[str, ...]) -> object:
    """Touch every value of these columns, which no file statistics can answer for."""
    return engine.rows(f"SELECT {', '.join(f'sum(hash({name}))' for name in columns)} FROM {relation}")


def scan(engine: DuckDB, folder: Path) -> object:
    """Read each column the cube needs."""
    return read_all(engine, parquet(folder / "legs.parquet"), CUBE_COLUMNS)


def scan_with_ids(engine: DuckDB, folder: Path) -> object:
    """Read each column the pairs need: those of the cube, and the leg ids."""
    return read_all(engine, parquet(folder / "legs.parquet"), PAIR_COLUMNS)


def sort(engine: DuckDB, folder: Path) -> object:
    """Sort the same columns from no order; the offset keeps DuckDB from leaving the sort out."""
    columns = ", ".join(PAIR_COLUMNS)
    unsorted = parquet(folder / "unsorted.parquet")
    return read_all(engine, f"(SELECT {columns} FROM {unsorted} ORDER BY {order.ORDER} OFFSET 1)", CUBE_COLUMNS)


def streamed_cube(engine: DuckDB, folder: Path) -> object:
    """Make each adjacent pair and count it in the pair cube, in one streaming pass."""
    made = cube.streamed(engine, parquet(folder / "legs.parquet"), {}, "Here")
    return engine.rows(f"SELECT count(*), sum(pairs) FROM ({made})")


def window_cube(engine: DuckDB, folder: Path) -> object:
    """The same cube by the portable window form."""
    backend = engine.ibis()
    made = backend.compile(cube.pair_cube(backend.read_parquet(str(folder / "legs.parquet")), {}, "Here"))
    return engine.rows(f"SELECT count(*), sum(pairs) FROM ({made})")


def streamed_pairs(engine: DuckDB, folder: Path) -> object:
    """Make each adjacent pair with all its columns, and touch every value."""
    from_legs = f"({stream.adjacent_pairs(parquet(folder / 'legs.parquet'))})"
    return read_all(engine, from_legs, tuple(f'"{name}"' for name in pairs.ADJACENT_PAIRS.names))


def check_order(engine: DuckDB, folder: Path) -> object:
    """Verify the order of the legs, and that they fit the streaming path."""
    legs = parquet(folder / "legs.parquet")
    return order.order_faults(engine, legs), stream.fits(engine, legs)


def publish_pairs(engine: DuckDB, folder: Path) -> object:
    """Write the adjacent pairs as Parquet."""
    return pairs.publish(engine, folder / "legs.parquet", folder / "pairs.parquet")


def copy_pairs(engine: DuckDB, folder: Path) -> object:
    """Read the file of adjacent pairs and write it again, which is the limit of writing it."""
    copied = literal((folder / "copied.parquet").as_posix())
    return engine.run(f"COPY (FROM {parquet(folder / 'pairs.parquet')}) TO {copied} (FORMAT parquet, COMPRESSION zstd)")


def publish_cube(engine: DuckDB, folder: Path) -> object:
    """Write the pair cube as Parquet, sorted."""
    return cube.publish(engine, folder / "legs.parquet", folder / "cube.parquet", {}, "Here")


def median(engine: DuckDB, folder: Path) -> object:
    """The exact median gap."""
    return cube.median_gap(engine, parquet(folder / "pairs.parquet"))


STEPS: Final[dict[str, Step]] = {
    "start": Step("start the engine, nothing else", "", "200MB", nothing),
    "scan": Step("scan limit: read what the cube needs", "", "200MB", scan),
    "scan_with_ids": Step("scan limit: the same and leg ids", "scan", "200MB", scan_with_ids),
    "sort": Step("sort limit: sort them from no order", "scan", "4GB", sort),
    "streamed_cube": Step("adjacent pairs and pair cube, streaming", "scan", "200MB", streamed_cube),
    "window_cube": Step("the same by the window form (Ibis)", "scan", "4GB", window_cube),
    "streamed_pairs": Step("adjacent pairs, every column, streaming", "scan_with_ids", "200MB", streamed_pairs),
    "check_order": Step("verify the order and the bounds", "scan_with_ids", "200MB", check_order),
    "publish_pairs": Step("adjacent pairs written as Parquet", "scan_with_ids", "200MB", publish_pairs),
    "copy_pairs": Step("write limit: that file read and written", "scan_with_ids", "4GB", copy_pairs),
    "publish_cube": Step("pair cube written as Parquet, sorted", "scan", "200MB", publish_cube),
    "median": Step("exact median gap from the pairs file", "scan", "200MB", median),
    "scan_csv": Step("scan limit of a CSV of as many legs", "", "2GB", None),
    "build_csv": Step("full build from that CSV", "scan_csv", "2GB", None),
    "build_again": Step("build again, with nothing new", "scan_csv", "2GB", None),
}
