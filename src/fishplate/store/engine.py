"""What the stages ask of an engine: run SQL, give rows, take an Arrow stream, lend itself to Ibis.

The stages that mean the SQL write it; the engine only runs it. There is one module an engine
(`store/duckdb.py`, and `store/spark.py` for what has outgrown one machine).
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

Row = tuple[Any, ...]


class Engine(Protocol):
    """A place where tables are computed."""

    def run(self, sql: str, params: Sequence[object] = ()) -> None:
        """Run one statement for its effect."""

    def rows(self, sql: str, params: Sequence[object] = ()) -> list[Row]:
        """Run one statement and give all its rows; for small answers."""

    def stream(self, name: str, reader: Any) -> AbstractContextManager[None]:
        """Lend an Arrow record batch reader to SQL under a name; it can be read once."""

    def ibis(self) -> Any:
        """An Ibis backend over the same tables."""


def literal(value: str) -> str:
    """A text as a SQL literal, quoted for DuckDB and Spark alike."""
    return "'" + value.replace("'", "''") + "'"


def name(identifier: str) -> str:
    """A column or table name as a quoted SQL identifier."""
    return '"' + identifier.replace('"', '""') + '"'


def parquet(*paths: Path) -> str:
    """A SQL relation over Parquet files of the same columns."""
    listed = ", ".join(literal(path.as_posix()) for path in paths)
    return f"read_parquet([{listed}])"
