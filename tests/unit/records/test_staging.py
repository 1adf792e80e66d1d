"""Reading one kept file: whole or not at all, the same each time, and under a name that says how it was read."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from fishplate.records.received import Received
from fishplate.records.sources import formats
from fishplate.records.staging import Staged, Staging, load, staged_key
from fishplate.settings.project import Condition, Field, Hole, Source, TableMapping
from fishplate.store.duckdb import DuckDB

LEGS = TableMapping(
    "legs",
    (
        Field("record_id", ("ID",)),
        Field("local_id", ("MRN",)),
        Field("service_kind", value="ward"),
        Field("leg_kind", ("KIND",)),
        Field("started", ("ADM",)),
    ),
    (Condition("KIND", ("death",), negated=True),),
)
DEATHS = TableMapping(
    "life_events",
    (Field("local_id", ("MRN",)), Field("kind", ("KIND",)), Field("happened", ("ADM",))),
    (Condition("KIND", ("death",)),),
)
SOURCE = Source("ward", "csv", "*.csv", "RXX", tables=(LEGS, DEATHS), leave_out=(Condition("ID", ("hidden",)),))
CONTENT = (
    b"ID,MRN,KIND,ADM\n1,A,spell,2024-01-01\n2,,spell,2024-01-02\n3,A,death,2024-01-03\n4,A,odd,soon\n"
    b"hidden,A,spell,2024-01-01\n5,A\n1,A,spell,2024-01-04\n"
)


@pytest.fixture
def engine() -> Iterator[DuckDB]:
    with DuckDB(threads=1) as connection:
        yield connection


def received(content: bytes) -> Received:
    return Received(1, "ward", "ward.csv", hashlib.sha256(content).hexdigest(), len(content), 0, "2026-01-01T00:00:00Z")


def read(engine: DuckDB, folder: Path, content: bytes = CONTENT, source: Source = SOURCE) -> Staged:
    """Read a file of these bytes into `staged` below the folder."""
    kept = folder / "kept"
    kept.write_bytes(content)
    staging = Staging(engine, formats()[source.format], source, received(content), "Europe/London")
    return staging.read(kept, folder / "staged", lambda _bytes: None)


def contents(folder: Path) -> dict[str, object]:
    """Every file of a folder: the rows of Parquet files, the bytes of others."""
    return {
        path.name: pq.read_table(path).to_pylist() if path.suffix == ".parquet" else path.read_bytes()
        for path in sorted(folder.iterdir())
    }


def test_every_record_is_counted_once_and_rejections_are_grouped_by_line(engine: DuckDB, tmp_path: Path) -> None:
    staged = read(engine, tmp_path)
    assert (staged.read, staged.accepted, staged.rejected, staged.left_out, staged.unused) == (7, 3, 3, 1, 0)
    rejections = pq.read_table(staged.rejections).to_pylist()
    assert [(each["line"], each["field"], each["reason"]) for each in rejections] == [
        (3, None, "no_identifier"),
        (5, "leg_kind", "code_unknown"),
        (5, "started", "date_unreadable"),
        (7, None, "column_count"),
    ]
    assert pq.read_table(staged.identities).to_pylist() == [{"identity": "RXX|A"}]


def test_a_second_reading_gives_the_same_and_leaves_nothing_beside(engine: DuckDB, tmp_path: Path) -> None:
    first = contents(read(engine, tmp_path).folder)
    second = contents(read(engine, tmp_path).folder)
    assert first == second
    assert {path.name for path in tmp_path.iterdir()} == {"kept", "staged"}
    assert not [name for name in first if name.startswith(("frame", "checks"))]


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("after", range(0, 12, 2))
def test_a_reading_stopped_half_way_leaves_no_folder_and_the_next_is_whole(
    engine: DuckDB, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    (tmp_path / "once").mkdir()
    whole = contents(read(engine, tmp_path / "once").folder)
    run, calls = engine.run, iter(range(100))

    def dies(sql: str, params: tuple[object, ...] = ()) -> None:
        if next(calls) == after:
            raise Killed
        run(sql, params)

    monkeypatch.setattr(engine, "run", dies)
    try:
        read(engine, tmp_path)
    except Killed:
        assert not (tmp_path / "staged").exists()
    else:
        assert next(calls) <= after
    monkeypatch.undo()
    assert contents(read(engine, tmp_path).folder) == whole


def test_what_decides_how_a_file_is_read_names_its_folder() -> None:
    file = received(CONTENT)
    key = staged_key(file, SOURCE, "Europe/London")
    others = (
        staged_key(received(b"other"), SOURCE, "Europe/London"),
        staged_key(file, SOURCE, "UTC"),
        staged_key(file, replace(SOURCE, encoding="cp1252"), "Europe/London"),
        staged_key(file, replace(SOURCE, tables=(LEGS,)), "Europe/London"),
        staged_key(file, replace(SOURCE, leave_out=()), "Europe/London"),
    )
    assert len({key, *others}) == 6
    told = replace(
        SOURCE, path="*", complete_from_on=date(2024, 1, 1), holes=(Hole(date(2024, 1, 1), date(2024, 1, 2)),)
    )
    assert staged_key(replace(file, name="again.csv", received_as=9), told, "Europe/London") == key


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "file_empty"), (b"\n \n", "file_empty"), (b"ID,MRN,ADM\n1,A,2024-01-01\n", "column_missing")],
)
def test_a_file_that_can_not_be_used_says_why_and_gives_no_rows(
    engine: DuckDB, tmp_path: Path, content: bytes, reason: str
) -> None:
    staged = read(engine, tmp_path, content)
    assert (staged.read, staged.accepted, staged.tables) == (0, 0, {})
    assert {each["reason"] for each in pq.read_table(staged.rejections).to_pylist()} == {reason}
    assert load(staged.folder) == staged
