"""Every source format keeps the same promises: it reads its examples, raises on no bytes, and every row tells whence.

A format's examples lie in `tests/examples/<name>`, the name being that of the format up to its first underscore. Where
a format's mapping comes from the project, a `fishplate.toml` lies beside them.
"""

import hashlib
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fishplate.records.received import Received
from fishplate.records.sources import formats
from fishplate.records.staging import Staged, Staging
from fishplate.records.tables import REJECTIONS
from fishplate.records.vocabulary import vocabulary
from fishplate.settings.project import Source
from fishplate.settings.reading import project_of
from fishplate.store.duckdb import DuckDB
from fishplate.store.engine import parquet

EXAMPLES = Path(__file__).parent.parent / "examples"
FILES = [
    (name, path)
    for name in formats()
    for path in sorted((EXAMPLES / name.partition("_")[0]).iterdir())
    if path.suffix != ".toml"
]
EACH_FILE = pytest.mark.parametrize(("name", "path"), FILES, ids=[path.name for _, path in FILES])
STRANGE = ("zqxjzq", "7070707070")
"""Texts that no word of ours holds, put where values stand."""

Row = dict[str, object]


@dataclass(frozen=True)
class Found:
    """What reading a file gave."""

    staged: Staged
    rows: list[Row]
    rejections: list[Row]


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDB]:
    """One connection for all cases."""
    with DuckDB(threads=1) as connection:
        yield connection


def source_of(name: str) -> Source:
    """The source that the format's examples are of."""
    project = EXAMPLES / name.partition("_")[0] / "fishplate.toml"
    if project.exists():
        return project_of(project.read_text("utf-8"), project.parent, vocabulary()).sources[0]
    return Source("trust", name, "*")


def read(engine: DuckDB, name: str, content: bytes) -> Found:
    """Read a file of these bytes with the format's example mapping."""
    sha256 = hashlib.sha256(content).hexdigest()
    received = Received(1, "trust", "file", sha256, len(content), 0, "2026-01-01T00:00:00+00:00")
    with tempfile.TemporaryDirectory() as folder:
        kept, target = Path(folder) / "kept", Path(folder) / "staged"
        kept.write_bytes(content)
        staged = Staging(engine, formats()[name], source_of(name), received, "Europe/London").read(
            kept, target, lambda _bytes: None
        )
        rows = [row for table in staged.tables for row in rows_of(engine, *staged.files(table))]
        return Found(staged, rows, rows_of(engine, staged.rejections))


def rows_of(engine: DuckDB, *files: Path) -> list[Row]:
    """The rows of Parquet files of the same columns."""
    names = [column for column, *_ in engine.rows(f"DESCRIBE SELECT * FROM {parquet(*files)}")]
    return [dict(zip(names, row, strict=True)) for row in engine.rows(f"SELECT * FROM {parquet(*files)}")]


def keeps_its_promises(found: Found, content: bytes) -> None:
    """What holds for any file: every record is counted once, and every row and rejection tells whence it comes."""
    counts = found.staged
    assert counts.read == counts.accepted + counts.rejected + counts.left_out + counts.unused
    assert min(counts.accepted, counts.rejected, counts.left_out, counts.unused) >= 0
    lines = content.count(b"\n") + content.count(b"\r") + 1
    file = hashlib.sha256(content).hexdigest()[:16]
    for row in found.rows:
        assert isinstance(row["line"], int)
        assert 1 <= row["line"] <= lines
        if not row["left_out"]:
            assert row["file"] == file
            assert row["source"]
    for rejection in found.rejections:
        assert tuple(rejection) == REJECTIONS.names
        assert (rejection["file"], rejection["what"]) in ((file, "record"), (file, "value"))
        assert len(str(rejection["reason_words"])) > 20
    rejected = {row["line"] for row in found.rows if row["rejected"]}
    assert rejected <= {each["line"] for each in found.rejections if each["what"] == "record"}


@EACH_FILE
def test_a_format_reads_its_examples_and_a_row_names_the_line_it_stands_on(
    name: str, path: Path, engine: DuckDB
) -> None:
    content = path.read_bytes()
    found = read(engine, name, content)
    keeps_its_promises(found, content)
    assert found.staged.accepted > 0
    assert not {each["reason"] for each in found.rejections} & {"file_empty", "file_cut_off", "column_missing"}
    lines = content.decode().split("\n")
    for row in found.rows:
        own_id = str(row["record_id"]).rpartition("/")[2].partition(" ")[0]
        assert row["left_out"] or own_id.startswith("#") or own_id in lines[int(str(row["line"])) - 1]


@EACH_FILE
def test_lines_put_in_move_every_row_down_and_change_nothing(name: str, path: Path, engine: DuckDB) -> None:
    first, end, rest = path.read_bytes().partition(b"\n")
    before = read(engine, name, first + end + rest)
    after = read(engine, name, first + end + b"\n \n\t\n" + rest)
    kept = ("file", "line")
    for one, other in ((before.rows, after.rows), (before.rejections, after.rejections)):
        alike = [{key: value for key, value in row.items() if key not in kept} for row in one]
        assert alike == [{key: value for key, value in row.items() if key not in kept} for row in other]
        moved = [int(str(there["line"])) - int(str(here["line"])) for here, there in zip(one, other, strict=True)]
        assert all(by == (3 if int(str(here["line"])) > 1 else 0) for by, here in zip(moved, one, strict=True))


@pytest.mark.parametrize("name", formats())
@given(content=st.binary(max_size=300))
def test_no_bytes_raise(name: str, content: bytes, engine: DuckDB) -> None:
    keeps_its_promises(read(engine, name, content), content)


@pytest.mark.parametrize("name", formats())
@given(data=st.data())
def test_a_damaged_example_is_counted_and_its_values_are_never_told(
    name: str, data: st.DataObject, engine: DuckDB
) -> None:
    content = data.draw(st.sampled_from([path for of, path in FILES if of == name])).read_bytes()
    places = [match.span() for match in re.finditer(rb"[\w.:+-]{2,}|[,{}\"\n]", content)]
    for start, end in sorted(data.draw(st.lists(st.sampled_from(places), max_size=12, unique=True)), reverse=True):
        put = data.draw(st.sampled_from([*(text.encode() for text in STRANGE), b"", b"\xff", b'"', b"\n"]))
        content = content[:start] + put + content[end:]
    found = read(engine, name, content)
    keeps_its_promises(found, content)
    words = " ".join(str(value) for rejection in found.rejections for value in rejection.values())
    assert not any(text in words for text in STRANGE)
