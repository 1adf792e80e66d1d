"""What a table is: its name, its columns, and one sentence for each of them.

Every stage declares what it publishes as `Table` values in its own `tables.py`; that is the stage's only
interface. From these declarations come the Parquet schema, the comments inside the DuckDB file, the
reference page and the fields a `fishplate.toml` may fill. This file holds no rows and reads none.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum


class Kind(Enum):
    """The kinds of value a column holds, with the SQL type that stores each (the same on DuckDB and Spark)."""

    TEXT = "VARCHAR"
    WHOLE = "BIGINT"
    SMALL = "SMALLINT"
    NUMBER = "DOUBLE"
    FLAG = "BOOLEAN"
    DAY = "DATE"
    MOMENT = "TIMESTAMP"
    """A UTC instant, held to the second, without a zone in the type so that both engines compare it alike."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what kind of value it holds and what that means in a sentence.

    `identifies` marks what can identify a person by itself (name, NHS number): it is kept in the care-mode
    store only. `free_text` marks words people wrote: never on a planning page. `required` marks what a
    source must give for the row to mean anything. `codes` lists the only texts allowed, where there is a list.
    """

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    identifies: bool = False
    free_text: bool = False
    codes: tuple[str, ...] = ()
    moment_of: str = ""
    """For the physical columns of a moment, the logical name they belong to (`started` for `started_at`)."""


@dataclass(frozen=True, slots=True)
class Table:
    """One published table: its name, what one row is, its columns in order, and the order its rows are stored in."""

    name: str
    row_is: str
    columns: tuple[Column, ...]
    sorted_by: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        """The column of that name; KeyError where the table has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def without(self, *, identifying: bool) -> "Table":
        """The same table less its identifying columns (when `identifying` is true)."""
        kept = tuple(c for c in self.columns if not (identifying and c.identifies))
        return replace(self, columns=kept)

    def with_columns(self, *before: Column, after: tuple[Column, ...] = ()) -> "Table":
        """The same table with further columns in front and behind."""
        return replace(self, columns=(*before, *self.columns, *after))


def text(name: str, meaning: str, *, required: bool = False, codes: tuple[str, ...] = ()) -> Column:
    """A column of text, or of one of a list of codes."""
    return Column(name, Kind.TEXT, meaning, required=required, codes=codes)


def identifying(name: str, meaning: str) -> Column:
    """A column of text that can identify a person by itself."""
    return Column(name, Kind.TEXT, meaning, identifies=True)


def words(name: str, meaning: str) -> Column:
    """A column of free text that somebody wrote or said."""
    return Column(name, Kind.TEXT, meaning, free_text=True)


def whole(name: str, meaning: str, *, required: bool = False) -> Column:
    """A column of whole numbers."""
    return Column(name, Kind.WHOLE, meaning, required=required)


def number(name: str, meaning: str) -> Column:
    """A column of numbers that may have a fraction."""
    return Column(name, Kind.NUMBER, meaning)


def flag(name: str, meaning: str) -> Column:
    """A column of yes, no or (empty) unknown."""
    return Column(name, Kind.FLAG, meaning)


def day(name: str, meaning: str, *, required: bool = False) -> Column:
    """A column of local dates."""
    return Column(name, Kind.DAY, meaning, required=required)


def moment(name: str, meaning: str, *, required: bool = False) -> tuple[Column, ...]:
    """The four columns of a moment: the UTC instant, the local date, whether only a date was given, the offset.

    A date without a time is the interval of that local day (design/joins.md, *Time*); its instant is the
    day's first moment. The offset is the one the source wrote, or that of the source's zone at that moment.
    """
    return (
        Column(f"{name}_at", Kind.MOMENT, f"{meaning} (UTC, to the second)", required=required, moment_of=name),
        Column(f"{name}_on", Kind.DAY, f"The local date of {name}_at in the project's zone", moment_of=name),
        Column(
            f"{name}_is_date", Kind.FLAG, f"True where the source gave {name} as a date without a time", moment_of=name
        ),
        Column(
            f"{name}_offset_minutes",
            Kind.SMALL,
            f"Minutes ahead of UTC of the clock that {name} was written by",
            moment_of=name,
        ),
    )


def logical_fields(table: Table) -> Iterator[Column]:
    """The fields a source fills: every plain column, and one for each moment under its logical name."""
    seen: set[str] = set()
    for column in table.columns:
        if not column.moment_of:
            yield column
        elif column.moment_of not in seen:
            seen.add(column.moment_of)
            yield replace(column, name=column.moment_of, moment_of="")
