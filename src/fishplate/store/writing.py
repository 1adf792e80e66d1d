"""Writes tables as Parquet, and all of a build's tables into one DuckDB file that explains itself.

Takes SQL that gives a table's columns; gives files whose columns have the types and the order that the table declares,
sorted as it declares. In the DuckDB file every table and column carries its sentence as a comment.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from fishplate.store.engine import Engine, literal, name, parquet
from fishplate.store.tables import Table


def typed(table: Table, relation: str) -> str:
    """The relation's columns of the table, in its order and with its types; a column it lacks is not for this."""
    columns = ", ".join(f"CAST({name(c.name)} AS {c.kind.value}) AS {name(c.name)}" for c in table.columns)
    return f"SELECT {columns} FROM {relation}"


def empty(table: Table) -> str:
    """A relation with the table's columns and no rows."""
    columns = ", ".join(f"CAST(NULL AS {c.kind.value}) AS {name(c.name)}" for c in table.columns)
    return f"(SELECT {columns} WHERE false)"


def write(
    engine: Engine, table: Table, relation: str, target: Path, *, order: str = "", empty_columns: Iterable[str] = ()
) -> None:
    """Write the relation as the table's Parquet file, in the table's order (or the one given).

    `empty_columns` are known to hold nothing; they are left out of the sort, whose cost is the width of its rows.
    """
    by = order or ", ".join(f"{name(column)} NULLS LAST" for column in table.sorted_by)
    ordered = f" ORDER BY {by}" if by else ""
    left_out = set(empty_columns)
    if left_out:
        kept = ", ".join(name(column) for column in table.names if column not in left_out)
        nothing = ", ".join(f"NULL AS {name(column)}" for column in table.names if column in left_out)
        relation, ordered = f"(SELECT *, {nothing} FROM (SELECT {kept} FROM {relation}{ordered}))", ""
    engine.run(f"COPY ({typed(table, relation)}{ordered}) TO {literal(target.as_posix())} (FORMAT parquet)")


def empty_columns(engine: Engine, table: Table, files: Sequence[Path]) -> set[str]:
    """The columns of the table that hold nothing in any of the Parquet files, by what the files say of themselves."""
    if not files:
        return set()
    listed = ", ".join(literal(path.as_posix()) for path in files)
    filled = engine.rows(
        f"SELECT path_in_schema FROM parquet_metadata([{listed}]) GROUP BY path_in_schema "
        "HAVING sum(num_values) > coalesce(sum(stats_null_count), 0)"
    )
    return set(table.names) - {column for (column,) in filled}


def write_catalogue(engine: Engine, tables: Iterable[Table], folder: Path, target: Path) -> None:
    """Put the Parquet files of the tables into one DuckDB file, each table and column with its meaning."""
    engine.run(f"ATTACH {literal(target.as_posix())} AS catalogue")
    for table in tables:
        place = f"catalogue.{name(table.name)}"
        engine.run(f"CREATE TABLE {place} AS SELECT * FROM {parquet(folder / f'{table.name}.parquet')}")
        engine.run(f"COMMENT ON TABLE {place} IS {literal(table.row_is)}")
        for column in table.columns:
            engine.run(f"COMMENT ON COLUMN {place}.{name(column.name)} IS {literal(column.meaning)}")
    engine.run("DETACH catalogue")
