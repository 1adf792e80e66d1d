"""The staged rows that count: of every file that stands, less what was rejected, each record once.

Takes staged files in the order they were received; gives SQL relations. A record that comes again, under the same id
of the same source, counts as it was received last; the earlier one is a *duplicate* where it says the same, and
*corrected* where it does not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fishplate.records.received import Received
from fishplate.records.staging import Staged
from fishplate.records.tables import FILLABLE, PROVENANCE, staged
from fishplate.store.engine import Engine, literal, name, parquet
from fishplate.store.tables import Table
from fishplate.store.writing import empty

KEY = "hash(source, record_id)"
"""What a record is known by within one statement; never stored."""

WHENCE = tuple(column.name for column in PROVENANCE)


@dataclass(frozen=True, slots=True)
class StandingFile:
    """A file whose rows count, and what reading it gave."""

    received: Received
    staged: Staged


def once_each(files: Sequence[StandingFile]) -> list[StandingFile]:
    """The files, less copies: of the same bytes under two names of a source the one received last stands."""
    by_folder = {file.staged.folder: file for file in files}
    return sorted(by_folder.values(), key=lambda file: file.received.received_as)


def rows(table: Table, files: Iterable[StandingFile]) -> str:
    """The accepted rows of a table as staged, with `received_as`, the place of their file in the order of receipt."""
    named = [(path, file.received.received_as) for file in files for path in file.staged.files(table.name)]
    columns = ", ".join(name(column) for column in staged(table).names)
    if not named:
        return f"(SELECT *, 0 AS received_as FROM {empty(staged(table))})"
    listed = ", ".join(literal(path.as_posix()) for path, _ in named)
    order = ", ".join(f"({literal(path.as_posix())}, {number})" for path, number in named)
    return (
        f"(SELECT {columns}, received_as FROM read_parquet([{listed}], filename = 'read_from') "
        f"JOIN (VALUES {order}) AS receipt(read_from, received_as) USING (read_from) "
        "WHERE NOT rejected AND NOT left_out)"
    )


def current(engine: Engine, table: Table, files: Sequence[StandingFile], only: str = "true") -> str:
    """The rows of the table that count now, each record once, as far as `only` asks for them.

    Leaves the temporary table `repeated_<table>` behind: the keys that come more than once, for `repeats`.
    """
    whole = rows(table, files)
    repeated = f"repeated_{table.name}"
    engine.run(
        f"CREATE OR REPLACE TEMP TABLE {repeated} AS SELECT key FROM (SELECT {KEY} AS key FROM {whole}) "
        "GROUP BY key HAVING count(*) > 1"
    )
    if not engine.rows(f"SELECT count(*) FROM {repeated}")[0][0]:
        return f"(SELECT * FROM {whole} WHERE {only})"
    last = (
        f"SELECT * EXCLUDE (place) FROM (SELECT *, row_number() OVER (PARTITION BY source, record_id "
        f"ORDER BY received_as DESC, line DESC) AS place FROM {whole} WHERE {KEY} IN (FROM {repeated})) WHERE place = 1"
    )
    single = f"SELECT * FROM {whole} WHERE {KEY} NOT IN (FROM {repeated})"
    return f"(SELECT * FROM ({single} UNION ALL {last}) WHERE {only})"


def repeats(engine: Engine, table: Table, files: Sequence[StandingFile]) -> str:
    """The records that no longer count because they came again: source, file, line and whether they said the same."""
    content = ", ".join(name(column) for column in staged(table).names if column not in WHENCE)
    whole = rows(table, files)
    return (
        f"(SELECT source, file, line, said = last_said AS same FROM (SELECT source, file, line, "
        f"hash({content}) AS said, first_value(hash({content})) OVER receipt AS last_said, "
        f"row_number() OVER receipt AS place FROM {whole} WHERE {KEY} IN (FROM repeated_{table.name}) "
        "WINDOW receipt AS (PARTITION BY source, record_id ORDER BY received_as DESC, line DESC)) WHERE place > 1)"
    )


def count_repeats(engine: Engine, files: Sequence[StandingFile]) -> dict[str, tuple[int, int]]:
    """For each source, how many of its records are duplicates and how many were corrected by a later one.

    A record that fills several tables is one of these where none of its rows count any more, and where it was not
    rejected for one of them. After `current` has run for every table.
    """
    every = " UNION ALL ".join(f"SELECT * FROM {repeats(engine, table, files)}" for table in FILLABLE.values())
    several = [file.staged for file in files if len(file.staged.tables) > 1]
    filled = [path for staged in several for table in staged.tables for path in staged.files(table)]
    meant = parquet(*filled) if filled else "(SELECT '' AS source, '' AS file, 0 AS line WHERE false)"
    counted = engine.rows(
        "WITH gone AS ("
        f"SELECT source, file, line, count(*) AS past, bool_and(same) AS same FROM ({every}) GROUP BY ALL), whole AS ("
        f"SELECT source, file, line, count(*) AS meant FROM {meant} SEMI JOIN gone USING (source, file, line) "
        "GROUP BY ALL) "
        "SELECT source, count(*) FILTER (WHERE same), count(*) FILTER (WHERE NOT same) FROM gone "
        "LEFT JOIN whole USING (source, file, line) WHERE past = coalesce(meant, 1) GROUP BY source"
    )
    return {source: (same, other) for source, same, other in counted}
