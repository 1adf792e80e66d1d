"""People merged from several sources: the bulk SQL says what plain Python says, on made-up rows."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fishplate.identity.codes import LINKS, codes, give_codes
from fishplate.identity.linking import link
from fishplate.identity.people import identified, identified_sql, people, people_sql
from fishplate.identity.rules import link as link_plainly
from fishplate.identity.tables import IDENTIFIED, PEOPLE
from fishplate.records.tables import PEOPLE as FILLED
from fishplate.records.tables import staged
from fishplate.store.duckdb import DuckDB
from fishplate.store.tables import Column, Kind
from tests.generative.identities import identity_texts, relation

ARROW = {Kind.TEXT: pa.string(), Kind.WHOLE: pa.int64(), Kind.FLAG: pa.bool_(), Kind.DAY: pa.date32()}
COLUMNS = staged(FILLED).columns
SCHEMA = pa.schema([*((c.name, ARROW[c.kind]) for c in COLUMNS), ("received_as", pa.int64())])

VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: st.sampled_from(["", "unknown", "a", "b", "O'é"]),
    Kind.WHOLE: st.integers(1, 3),
    Kind.FLAG: st.booleans(),
    Kind.DAY: st.sampled_from([date(1940, 1, 31), date(1971, 5, 2)]),
}


def value(column: Column) -> st.SearchStrategy[Any]:
    """A value of a column, or none."""
    return st.none() | VALUES[column.kind]


ROWS = st.fixed_dictionaries(
    {column.name: value(column) for column in COLUMNS}
    | {
        "identity": identity_texts(),
        "source": st.sampled_from(["hospital", "council"]),
        "line": st.integers(1, 3),
        "received_as": st.integers(1, 3),
    }
)


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDB]:
    with DuckDB(threads=1) as engine:
        yield engine


@given(st.lists(ROWS, max_size=8), st.lists(identity_texts(), max_size=5))
def test_bulk_equals_plain_python(engine: DuckDB, rows: list[dict[str, Any]], elsewhere: list[str]) -> None:
    identities = [row["identity"] for row in rows] + elsewhere
    of_identity, _ = codes({}, link_plainly(identities))
    link(engine, relation(identities))
    give_codes(engine)
    with engine.stream("sent", pa.Table.from_pylist(rows, SCHEMA).to_reader()):
        engine.run("CREATE OR REPLACE TEMP TABLE staged_people AS FROM sent")
    assert engine.rows(people_sql("staged_people", LINKS)) == people(rows, of_identity)
    assert engine.rows(identified_sql("staged_people", LINKS)) == identified(rows, of_identity)


def test_the_columns_are_those_declared(engine: DuckDB) -> None:
    engine.run(
        f"CREATE OR REPLACE TEMP TABLE {LINKS} AS "
        "SELECT 'ward|1' AS identity, 1::BIGINT AS person_code, 'only_one' AS rule"
    )
    declared = ", ".join(f'NULL::{c.kind.value} AS "{c.name}"' for c in COLUMNS)
    engine.run(f"CREATE OR REPLACE TEMP TABLE staged_people AS SELECT {declared}, 1 AS received_as LIMIT 0")
    for table, sql in ((PEOPLE, people_sql), (IDENTIFIED, identified_sql)):
        described = engine.rows(f"DESCRIBE {sql('staged_people', LINKS)}")
        assert [(row[0], row[1]) for row in described] == [(c.name, c.kind.value) for c in table.columns]
