"""What a build could not read: by source, file and reason, without values, and the rows to correct and send again.

Takes a project with a finished build. The first is for the analyst who owns the files; the second holds what people's
records say, so whoever calls it has asked before whether it may be written, and has written that down.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from fishplate.errors import SourceUnreadable
from fishplate.records.reasons import WHOLE_FILE, Reason
from fishplate.records.received import Ledger
from fishplate.records.returning import header_of, records_of
from fishplate.records.sources import formats
from fishplate.records.tables import PUBLISHED as RECORD_TABLES
from fishplate.records.unpacking import MARKS
from fishplate.report.care import RejectedRows
from fishplate.settings.project import Project, Source
from fishplate.store.engine import Row
from fishplate.wiring import care_queries as queries
from fishplate.wiring.pages import opened, published

NOT_A_ROW = frozenset({*WHOLE_FILE, Reason.LINE_TOO_LONG})
"""Reasons that no single row can be corrected for: the file itself must come again."""

MARK = next(mark for mark, encoding in MARKS if encoding == "utf-8")


@dataclass(frozen=True, slots=True)
class Returned:
    """Rows written to be corrected: how many into which files, and how many faults only a whole file can mend."""

    files: dict[Path, int]
    by_file_only: int


def rejection_counts(project: Project) -> tuple[RejectedRows, ...]:
    """The rejections of the current build. Raises BuildStopped where there is none yet."""
    with opened(published(project).folder, RECORD_TABLES) as engine:
        return tuple(
            RejectedRows(source, organisation or "", reason, words, field, what, count, file, tuple(lines))
            for source, organisation, reason, words, field, what, count, file, lines in engine.rows(queries.REJECTIONS)
        )


def return_rows(project: Project, source: Source, target: Path) -> Returned:
    """Write the rows of a source still to be put right as it sends them: header line, then each row as it came.

    Files with other header lines give their rows into files of their own, beside the target and numbered from 2.
    """
    with opened(published(project).folder, RECORD_TABLES) as engine:
        found = engine.rows(queries.ROWS_TO_RETURN, (source.name,))
    rows = [row for row in found if is_one_row(source, row)]
    written: dict[Path, int] = {}
    targets: dict[bytes, Path] = {}
    for header, records in kept_rows(project, source, rows):
        if header not in targets:
            numbered = target.with_stem(f"{target.stem}-{len(targets) + 1}") if targets else target
            targets[header] = numbered
            numbered.write_bytes(MARK + (header + b"\n" if header else b""))
        with targets[header].open("ab") as file:
            for record in records:
                file.write(record + b"\n")
                written[targets[header]] = written.get(targets[header], 0) + 1
    return Returned(written, len(found) - len(rows))


def is_one_row(source: Source, row: Row) -> bool:
    """Whether the row can be sent again by itself and count once.

    Of a source that gives its rows no ids, that is only so where nothing of the row was used.
    """
    _, _, table, what, reason = row
    if Reason[reason.upper()] in NOT_A_ROW:
        return False
    if all(mapping.field("record_id") for mapping in source.tables):
        return True
    return what == "record" and (table is None or len(source.tables) == 1)


def kept_rows(project: Project, source: Source, rows: list[Row]) -> Iterator[tuple[bytes, Iterator[bytes]]]:
    """For each file, as it was received: its header line (empty where it has none) and the rows, as UTF-8."""
    form, ledger = formats()[source.format], Ledger(project.build_folder)
    dialect, kept = form.dialect(source), {entry.file: ledger.kept(entry.sha256) for entry in ledger.entries()}
    for file, group in groupby(rows, key=lambda row: row[0]):
        path = kept.get(file)
        if path is None or not path.exists():
            raise SourceUnreadable(f"The kept copy of file {file} is gone. Ask for the file again.")
        header = header_of(path, dialect) if form.is_tabular and not source.columns else b""
        yield header, (record for _, record in records_of(path, dialect, {row[1] for row in group}))
