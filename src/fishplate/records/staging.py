"""Reads one kept file, once: accepted rows, rejections and identities into a folder of their own.

The folder is named by the file's hash and by everything that decides how it is read, so the same file under the same
mapping is never read twice, and a changed mapping reads it anew. It is made beside its place and moved there whole: a
build stopped half-way leaves no half-read file behind.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from fishplate.records.compile import statement
from fishplate.records.framing import FrameFault, frames, schema
from fishplate.records.mapping import Reading
from fishplate.records.paths import sql as path_sql
from fishplate.records.reasons import WHOLE_FILE, Check, Reason
from fishplate.records.received import Received
from fishplate.records.shape import Shape
from fishplate.records.source import SourceFormat
from fishplate.records.tables import ABOUT_A_PERSON, REJECTIONS
from fishplate.settings.project import Source, TableMapping
from fishplate.store.engine import Engine, literal, name, parquet
from fishplate.store.files import move_whole

VERSION = "2"
"""Raised when reading changes what it gives for the same bytes, so that kept files are read anew."""

PEOPLE_TABLES = frozenset(table.name for table in ABOUT_A_PERSON)
REJECTION_SCHEMA = pa.schema(
    [(column.name, pa.int64() if column.name == "line" else pa.string()) for column in REJECTIONS.columns]
)


@dataclass(frozen=True, slots=True)
class Staged:
    """What reading a file gave: its folder, the Parquet files of each table, and how many records became what."""

    folder: Path
    tables: dict[str, tuple[str, ...]]
    read: int
    accepted: int
    rejected: int
    left_out: int
    unused: int

    def files(self, table: str) -> tuple[Path, ...]:
        """The Parquet files of that table, rejected rows still among them (`rejected`, `left_out`)."""
        return tuple(self.folder / file for file in self.tables.get(table, ()))

    @property
    def identities(self) -> Path:
        """The distinct identities of the accepted rows."""
        return self.folder / "identities.parquet"

    @property
    def rejections(self) -> Path:
        """The rejections."""
        return self.folder / "rejections.parquet"


def staged_key(received: Received, source: Source, project_zone: str) -> str:
    """The name of the folder: the file's hash and all that decides how it is read."""
    read_as = replace(source, path="", complete_from_on=None, complete_until_on=None, holes=())
    decides = f"{VERSION} {received.sha256} {project_zone} {read_as!r}"
    return hashlib.sha256(decides.encode()).hexdigest()[:32]


def load(folder: Path) -> Staged:
    """What an earlier reading left in the folder."""
    counts = orjson.loads((folder / "counts.json").read_bytes())
    tables = {table: tuple(files) for table, files in counts.pop("tables").items()}
    return Staged(folder, tables, **counts)


class Staging:
    """The reading of one file: its parts in the order they run."""

    def __init__(
        self, engine: Engine, form: SourceFormat, source: Source, received: Received, project_zone: str
    ) -> None:
        self._engine = engine
        self._form = form
        self._source = source
        self._received = received
        self._zone = project_zone
        self._frame_faults: list[FrameFault] = []
        self._check_sets: list[tuple[str, tuple[Check, ...]]] = []
        self._missing: list[Check] = []
        self._width = 0

    def read(self, kept: Path, target: Path, progress: Callable[[int], None]) -> Staged:
        """Read the kept file into the target folder, whole or not at all."""
        part = target.with_name(f"{target.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        columns = () if self._form.is_tabular else ("c0",)
        named, batches = frames(
            kept, self._form.dialect(self._source), columns or self._source.columns, self._frame_faults.append
        )
        self._width = len(named)
        reader = pa.RecordBatchReader.from_batches(schema(len(named)), counted(batches, progress))
        if self._form.is_tabular:
            tables, unused = self._tabular(named, reader, part)
        else:
            tables, unused = self._shaped(reader, part)
        return self._finish(part, target, tables, unused)

    def _tabular(
        self, named: tuple[str, ...], reader: pa.RecordBatchReader, part: Path
    ) -> tuple[dict[str, list[str]], int]:
        """Rows of columns, by the project's own mapping."""
        mappings = [mapping for mapping in self._source.tables if not self._lacks(named, mapping)] if named else []
        content = tuple(f"c{n}" for n in range(len(named)))
        cell = {column: f"c{n}" for n, column in reversed(list(enumerate(named)))}.__getitem__
        if self._missing or not named:
            return {}, 0
        if len(mappings) == 1 and not mappings[0].only:
            with self._engine.stream("frames", reader):
                return {mappings[0].table: [self._stage(mappings[0], "frames", cell, content, part)]}, 0
        kept = part / "frames.parquet"
        with self._engine.stream("frames", reader):
            self._engine.run(f"COPY (SELECT * FROM frames) TO {literal(kept.as_posix())} (FORMAT parquet)")
        tables: dict[str, list[str]] = {}
        for mapping in mappings:
            tables.setdefault(mapping.table, []).append(self._stage(mapping, parquet(kept), cell, content, part))
        told = f"coalesce({', '.join(content)}) IS NOT NULL"
        whole = self._engine.rows(f"SELECT count(*) FROM {parquet(kept)} WHERE {told}")[0][0]
        return tables, whole - self._used(part, tables)

    def _lacks(self, named: tuple[str, ...], mapping: TableMapping) -> bool:
        """Whether the file lacks a column that the mapping names; each is noted."""
        reading = Reading(self._source, mapping, self._zone)
        for cell in reading.cells:
            if cell not in named:
                fields = [field.target for field in mapping.fields if cell in (*field.cells, field.time_cell)]
                self._missing.append(
                    Check(Reason.COLUMN_MISSING, mapping.table, ", ".join(fields) or "a condition", cell)
                )
        return any(cell not in named for cell in reading.cells)

    def _shaped(self, reader: pa.RecordBatchReader, part: Path) -> tuple[dict[str, list[str]], int]:
        """Lines of JSON, by the format's own shapes."""
        kept = part / "frames.parquet"
        kind = "CASE WHEN json_valid(c0) THEN json_extract_string(c0, '$.resourceType') END"
        with self._engine.stream("frames", reader):
            self._engine.run(
                f"COPY (SELECT line, c0, {kind} AS kind FROM frames) TO {literal(kept.as_posix())} (FORMAT parquet)"
            )
        wrong = self._engine.rows(f"SELECT line FROM {parquet(kept)} WHERE kind IS NULL")
        self._frame_faults += [FrameFault(line, Reason.JSON_INVALID) for (line,) in wrong]
        present = {row[0] for row in self._engine.rows(f"SELECT DISTINCT kind FROM {parquet(kept)}")}
        tables: dict[str, list[str]] = {}
        for kind, shape in self._form.shapes.items():
            if kind in present:
                for mapping in shape.tables:
                    raw = self._cells(shape, mapping, kept)
                    tables.setdefault(mapping.table, []).append(self._stage(mapping, raw, name, ("c0",), part))
        whole = self._engine.rows(f"SELECT count(*) FROM {parquet(kept)} WHERE kind IS NOT NULL")[0][0]
        return tables, whole - self._used(part, tables)

    def _cells(self, shape: Shape, mapping: TableMapping, kept: Path) -> str:
        """The relation of a shape's named cells, as far as the mapping looks at them."""
        paths = dict(shape.cells)
        cells = ", ".join(
            # A source's `leave_out` may name a cell that this kind of record does not have.
            f"{trimmed_sql(path_sql(paths[cell], 'c0')) if cell in paths else 'CAST(NULL AS VARCHAR)'} AS {name(cell)}"
            for cell in Reading(self._source, mapping, self._zone).cells
        )
        return f"(SELECT line, c0, {cells} FROM {parquet(kept)} WHERE kind = {literal(shape.when)})"

    def _stage(
        self, mapping: TableMapping, raw: str, cell: Callable[[str], str], content: tuple[str, ...], part: Path
    ) -> str:
        """One table's rows, into one Parquet file; gives its name."""
        reading = Reading(self._source, mapping, self._zone)
        file = f"{mapping.table}.{len(self._check_sets)}.parquet"
        sql = statement(reading, raw, cell, content, self._received.file)
        self._engine.run(f"COPY ({sql}) TO {literal((part / file).as_posix())} (FORMAT parquet)")
        self._check_sets.append((file, reading.checks))
        return file

    def _used(self, part: Path, tables: dict[str, list[str]]) -> int:
        """How many records were meant for at least one table."""
        files = [part / file for listed in tables.values() for file in listed]
        if not files:
            return 0
        return int(self._engine.rows(f"SELECT count(DISTINCT line) FROM {parquet(*files)}")[0][0])

    def _finish(self, part: Path, target: Path, tables: dict[str, list[str]], unused: int) -> Staged:
        """Rejections, identities and counts; then the folder is moved to its place."""
        writes_rejections(
            self._engine, part, self._frame_checks(), self._check_sets, self._source.name, self._received.file
        )
        self._identities(part, tables)
        (part / "frames.parquet").unlink(missing_ok=True)
        files = [part / file for listed in tables.values() for file in listed]
        meant = "count(*)" if len(files) == 1 else "count(DISTINCT line)"
        taken, left_out = (0, 0)
        if files:
            rows = f"SELECT line, rejected, left_out FROM {parquet(*files)}"
            taken = self._engine.rows(f"SELECT {meant} FROM ({rows})")[0][0]
            left_out = self._engine.rows(f"SELECT {meant} FROM ({rows}) WHERE left_out")[0][0]
        of_records = f"SELECT count(DISTINCT line) FROM {parquet(part / 'rejections.parquet')} WHERE what = 'record'"
        whole_file = ", ".join(literal(reason.name.lower()) for reason in WHOLE_FILE)
        rejected = self._engine.rows(f"{of_records} AND reason NOT IN ({whole_file})")[0][0]
        of_tables = self._engine.rows(f"{of_records} AND table_name IS NOT NULL AND reason NOT IN ({whole_file})")[0][0]
        read = taken + unused + rejected - of_tables
        counts = {
            "read": read, "accepted": taken - of_tables - left_out, "rejected": rejected, "left_out": left_out,
            "unused": unused,
        }  # fmt: skip
        (part / "counts.json").write_bytes(orjson.dumps({**counts, "tables": tables}))
        move_whole(part, target)
        return load(target)

    def _identities(self, part: Path, tables: dict[str, list[str]]) -> None:
        """The distinct identities of the accepted rows."""
        files = [part / file for table, listed in tables.items() if table in PEOPLE_TABLES for file in listed]
        rows = f"FROM {parquet(*files)} WHERE NOT rejected AND NOT left_out" if files else "WHERE false"
        identity = "identity" if files else "CAST(NULL AS VARCHAR) AS identity"
        target = literal((part / "identities.parquet").as_posix())
        self._engine.run(f"COPY (SELECT DISTINCT {identity} {rows}) TO {target} (FORMAT parquet)")

    def _frame_checks(self) -> list[tuple[int, Check]]:
        """What was wrong with the file or its lines before any mapping looked at them."""
        dialect = self._form.dialect(self._source)
        expected = {
            Reason.LINE_TOO_LONG: f"at most {dialect.max_line_bytes:,} bytes",
            Reason.NOT_TEXT: f"text in {dialect.encoding}",
            Reason.COLUMN_COUNT: f"{self._width} values",
        }
        faults = [
            (fault.line, Check(fault.reason, expected=expected.get(fault.reason, ""))) for fault in self._frame_faults
        ]
        return faults + [(1, check) for check in self._missing]


def trimmed_sql(cell: str) -> str:
    """A cell as framing gives those of a row: without white space at its ends, null where that leaves nothing."""
    return f"nullif(trim({cell}, ' ' || chr(9) || chr(160)), '')"


def counted(batches: Iterator[pa.RecordBatch], progress: Callable[[int], None]) -> Iterator[pa.RecordBatch]:
    """The batches as they come, each told to the progress."""
    for batch in batches:
        progress(batch.nbytes)
        yield batch


def writes_rejections(
    engine: Engine,
    part: Path,
    frame_checks: list[tuple[int, Check]],
    check_sets: list[tuple[str, tuple[Check, ...]]],
    source: str,
    file: str,
) -> None:
    """All rejections of a file, from its lines and from its mappings, as one Parquet file."""
    selects = []
    framed = part / "frame-rejections.parquet"
    pq.write_table(
        pa.Table.from_pylist([rejection(source, file, line, check) for line, check in frame_checks], REJECTION_SCHEMA),
        framed,
    )
    selects.append(f"SELECT * FROM {parquet(framed)}")
    for number, (rows, checks) in enumerate(check_sets):
        listed = part / f"checks-{number}.parquet"
        places = [{**rejection(source, file, 0, check), "line": place} for place, check in enumerate(checks)]
        pq.write_table(pa.Table.from_pylist(places, REJECTION_SCHEMA), listed)
        selects.append(
            f"SELECT checks.* REPLACE (found.line AS line) FROM (SELECT line, unnest(faults) AS place "
            f"FROM {parquet(part / rows)} WHERE faults IS NOT NULL) found "
            f"JOIN {parquet(listed)} checks ON place = checks.line"
        )
    order = ", ".join(f"{column} NULLS FIRST" for column in REJECTIONS.sorted_by)
    target = literal((part / "rejections.parquet").as_posix())
    engine.run(f"COPY (SELECT * FROM ({' UNION ALL '.join(selects)}) ORDER BY {order}) TO {target} (FORMAT parquet)")
    for temporary in (framed, *(part / f"checks-{number}.parquet" for number in range(len(check_sets)))):
        temporary.unlink()


def rejection(source: str, file: str, line: int, check: Check) -> dict[str, object]:
    """One row of the rejections table."""
    return {
        "source": source, "file": file, "line": line, "table_name": check.table or None, "field": check.field or None,
        "column_name": check.column or None, "what": check.what, "reason": check.reason.name.lower(),
        "reason_words": check.words,
    }  # fmt: skip
