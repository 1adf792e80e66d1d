"""DuckDB, the engine every project starts on. The only file that imports duckdb.

A connection works in memory and spills to a folder of its own when it reaches its memory limit, so a build of any
size stays within the limit the project states. Nothing is fetched: extensions are never installed or loaded from
outside.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import ibis

from fishplate.errors import BuildStopped
from fishplate.store.engine import Row


class DuckDB:
    """One DuckDB connection with a memory limit and a folder to spill into."""

    def __init__(
        self,
        *,
        file: Path | None = None,
        read_only: bool = False,
        memory_limit: str = "2GB",
        threads: int | None = None,
        spill: Path | None = None,
    ) -> None:
        config: dict[str, Any] = {
            "memory_limit": memory_limit,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        if threads is not None:
            config["threads"] = threads
        if spill is not None:
            config["temp_directory"] = spill.as_posix()
        self._connection = duckdb.connect(str(file) if file else ":memory:", read_only=read_only, config=config)
        self._connection.execute("SET TimeZone = 'UTC'")
        self._connection.execute("SET enable_progress_bar = false")

    def __enter__(self) -> "DuckDB":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give back the memory and the file."""
        self._connection.close()

    def run(self, sql: str, params: Sequence[object] = ()) -> None:
        """Run one statement for its effect. Raises BuildStopped where memory or disk gives out."""
        self._executed(sql, params)

    def rows(self, sql: str, params: Sequence[object] = ()) -> list[Row]:
        """Run one statement and give all its rows; for small answers. Raises BuildStopped as `run` does."""
        return self._executed(sql, params).fetchall()

    def _executed(self, sql: str, params: Sequence[object]) -> duckdb.DuckDBPyConnection:
        try:
            return self._connection.execute(sql, list(params))
        except duckdb.OutOfMemoryException as fault:
            raise BuildStopped(
                "The build ran out of the memory or disk it may use. Raise project.memory_limit in fishplate.toml, "
                "or free disk space, and build again; what is already read stays read."
            ) from fault
        except (duckdb.IOException, duckdb.TransactionException) as fault:
            raise BuildStopped(
                f"A file of the build could not be read or written: {str(fault).splitlines()[0]}. Free disk space, see "
                "who may write in the build folder, and build again; what is already read stays read."
            ) from fault

    @contextmanager
    def stream(self, name: str, reader: Any) -> Iterator[None]:
        """Lend an Arrow record batch reader to SQL under a name; it can be read once."""
        self._connection.register(name, reader)
        try:
            yield
        finally:
            self._connection.unregister(name)

    def ibis(self) -> Any:
        """An Ibis backend over the same connection."""
        return ibis.duckdb.from_connection(self._connection)
