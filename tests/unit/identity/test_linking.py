"""Bulk linking by itself: what it leaves behind, and that it never goes on for ever."""

from collections.abc import Sequence

import pytest

from fishplate.errors import BuildStopped
from fishplate.identity.linking import LINKED, join_edges, link
from fishplate.store.duckdb import DuckDB
from fishplate.store.engine import Row


class NeverDone(DuckDB):
    """An engine that finds something more to do whenever it is asked."""

    def rows(self, sql: str, params: Sequence[object] = ()) -> list[Row]:
        if sql.startswith("SELECT 1 FROM identity_round LIMIT"):
            return [(1,)]
        return super().rows(sql, params)


def test_only_the_linked_table_is_left() -> None:
    with DuckDB() as engine:
        link(engine, "(VALUES ('ward|1'), ('ward|1'), ('ward|2')) AS given(identity)")
        assert engine.rows("SELECT table_name FROM duckdb_tables()") == [(LINKED,)]
        assert engine.rows(f"FROM {LINKED} ORDER BY no") == [(1, "ward|1", 1, "only_one"), (2, "ward|2", 2, "only_one")]


def test_a_project_without_anybody_links_nobody() -> None:
    with DuckDB() as engine:
        link(engine, "(SELECT NULL::VARCHAR AS identity WHERE false)")
        assert engine.rows(f"FROM {LINKED}") == []


def test_linking_that_finds_no_end_stops_the_build() -> None:
    with NeverDone() as engine:
        engine.run("CREATE TEMP TABLE identity_edge AS SELECT 2::BIGINT AS here, 1::BIGINT AS there")
        with pytest.raises(BuildStopped, match="did not come to an end"):
            join_edges(engine)
