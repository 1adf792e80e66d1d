"""Tells which rejections are settled, because the record came again since: a fault stays open in its last row only.

Takes the files that stand; gives SQL. A record is known by the source's own id, so a line that could not be read far
enough to have one stays open until its whole file is replaced.
"""

from collections.abc import Sequence
from pathlib import Path

from fishplate.records.standing import StandingFile
from fishplate.records.tables import FILLABLE, REJECTIONS
from fishplate.store.engine import literal, parquet
from fishplate.store.tables import Table

WHERE = ("source", "file", "line", "table_name")
"""What a rejection and the row it is about have in common."""


def settled(files: Sequence[StandingFile]) -> str:
    """Every rejection of these files, with `came_again_in`; the same bytes may be among the files only once."""
    found = parquet(*(file.staged.rejections for file in files))
    later = " UNION ALL ".join(came_again(table, files) for table in FILLABLE.values() if paths(table, files))
    if not later:
        return found
    columns = ", ".join(f"{'later' if name == 'came_again_in' else 'told'}.{name}" for name in REJECTIONS.names)
    return f"(SELECT {columns} FROM {found} told LEFT JOIN ({later}) later USING ({', '.join(WHERE)}))"


def came_again(table: Table, files: Sequence[StandingFile]) -> str:
    """The faulty rows of a table whose record came again later, and the file it came in last."""
    known = (file.received for file in files)
    receipts = ", ".join(f"({literal(one.source)}, {literal(one.file)}, {one.received_as})" for one in known)
    rows = parquet(*paths(table, files))
    # Few rows are faulty, so only the records they belong to are looked for among all the others.
    return f"""(
        WITH once_faulty AS (
            SELECT source, file, line, record_id, faults FROM {rows}
            SEMI JOIN (SELECT source, record_id FROM {rows} WHERE faults IS NOT NULL) faulty USING (source, record_id)
        ), placed AS (
            SELECT *, first_value(file) OVER receipt AS last_file, rank() OVER receipt AS place
            FROM once_faulty JOIN (VALUES {receipts}) receipts(source, file, received_as) USING (source, file)
            WINDOW receipt AS (PARTITION BY source, record_id ORDER BY received_as DESC, line DESC)
        )
        SELECT source, file, line, {literal(table.name)} AS table_name, last_file AS came_again_in
        FROM placed WHERE faults IS NOT NULL AND place > 1
    )"""


def paths(table: Table, files: Sequence[StandingFile]) -> tuple[Path, ...]:
    """The staged files of a table."""
    return tuple(path for file in files for path in file.staged.files(table.name))
