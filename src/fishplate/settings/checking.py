"""Whether the columns that a source's mapping names are in its files.

Takes a source and the header of one of its files; gives a fault for every column that the file lacks, with the
column that was likely meant. Pure: the header is handed in. A column's name is no value of a person's.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from fishplate.errors import Fault
from fishplate.settings.faults import KeyPath, did_you_mean, one_of, quoted, shown
from fishplate.settings.project import Source

_NAMED_AT_MOST = 12
"""Columns listed in a fault; a file may have hundreds."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A column that a file lacks, and the key below the source that names it."""

    key: KeyPath
    column: str


def column_faults(source: Source, header: tuple[str, ...], file: str) -> tuple[Fault, ...]:
    """Every column that the source names and the file lacks, and every column the file has twice."""
    at: KeyPath = ("sources", source.name)
    twice = sorted({column for column in header if header.count(column) > 1 and column in set(named(source))})
    return (
        *(
            Fault(file, shown((*at, *missing.key), {}), *column_trouble(missing.column, header))
            for missing in missing_columns(source, header)
        ),
        *(
            Fault(file, shown(at, {}), f"the file has two columns {quoted(column)}", "each column's name once",
                  "Rename one, or give the source `columns`.")
            for column in twice
        ),
    )  # fmt: skip


def missing_columns(source: Source, header: tuple[str, ...]) -> Iterator[Missing]:
    """Each key of the source that names a column which the header lacks."""
    known = set(header)
    for key, column in _namings(source):
        if column not in known:
            yield Missing(key, column)


def column_trouble(column: str, header: tuple[str, ...]) -> tuple[str, str, str]:
    """What is wrong where a file lacks a column, what was expected, and the column that was likely meant."""
    listed = tuple(quoted(name) for name in header[:_NAMED_AT_MOST])
    more = f" (and {len(header) - _NAMED_AT_MOST} more)" if len(header) > _NAMED_AT_MOST else ""
    expected = one_of(listed) + more if listed else "a header line, or `columns` for a file without one"
    return f"there is no column {quoted(column)}", expected, did_you_mean(column, header)


def named(source: Source) -> tuple[str, ...]:
    """Every column that the source names, each once."""
    return tuple(dict.fromkeys(column for _, column in _namings(source)))


def _namings(source: Source) -> Iterator[tuple[KeyPath, str]]:
    for condition in source.leave_out:
        yield ("leave_out",), condition.cell
    for table in source.tables:
        for condition in table.only:
            yield ("tables", table.table, "only"), condition.cell
        for field in table.fields:
            for column in (*field.cells, field.time_cell):
                if column:
                    yield ("tables", table.table, field.target), column
