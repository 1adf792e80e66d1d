"""Spark, the engine for a place that has outgrown one machine. The only file that imports pyspark.

It runs the portable definitions (Ibis), never SQL written for DuckDB. The session's time zone is UTC, so that an
instant means the same on both engines. Nothing is fetched, and no page or port of Spark's own is opened.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import ibis
from pyspark.sql import SparkSession

from fishplate.store.engine import Row

SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.log.level": "ERROR",
}


class Spark:
    """One Spark session; `master` is where it runs (`local[1]` for one core of this machine)."""

    def __init__(self, *, master: str = "local[*]", partitions: int = 200) -> None:
        builder = SparkSession.builder.appName("fishplate").master(master)
        for key, value in (SETTINGS | {"spark.sql.shuffle.partitions": str(partitions)}).items():
            builder = builder.config(key, value)
        self._session = builder.getOrCreate()

    def __enter__(self) -> "Spark":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop the session and its Java process's work."""
        self._session.stop()

    def run(self, sql: str, params: Sequence[object] = ()) -> None:
        """Run one statement for its effect."""
        self._session.sql(sql, args=list(params)).collect()

    def rows(self, sql: str, params: Sequence[object] = ()) -> list[Row]:
        """Run one statement and give all its rows; for small answers."""
        return [tuple(row) for row in self._session.sql(sql, args=list(params)).collect()]

    @contextmanager
    def stream(self, name: str, reader: Any) -> Iterator[None]:
        """Lend an Arrow record batch reader to SQL under a name; it is read whole, for Spark keeps its own copy."""
        self._session.createDataFrame(reader.read_all()).createOrReplaceTempView(name)
        try:
            yield
        finally:
            self._session.catalog.dropTempView(name)

    def ibis(self) -> Any:
        """An Ibis backend over the same session."""
        return ibis.pyspark.connect(self._session)
