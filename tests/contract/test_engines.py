"""Every engine gives every cell of the portable definitions alike: DuckDB, and Spark where Java is installed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from fishplate.care.legs import Leg, LegKind
from fishplate.care.periods import Moment
from fishplate.journeys import cube, journey, pairs
from fishplate.journeys.tables import ADJACENT_PAIRS, JOURNEYS, PAIR_CUBE
from fishplate.store.duckdb import DuckDB
from fishplate.store.engine import Engine
from fishplate.store.spark import Spark
from tests import made_up_legs as made_up

PLACES = {"S1": "North", "S2": "South"}
PEOPLE = 60

# PySpark 4 warns of pandas 3 whenever its Arrow parts are imported, which Ibis does; none of that is used here.
pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")


@pytest.fixture(scope="module")
def duckdb() -> Iterator[DuckDB]:
    with DuckDB(memory_limit="500MB", threads=2) as engine:
        yield engine


@pytest.fixture(scope="module")
def spark(java: Path) -> Iterator[Spark]:
    with Spark(master="local[1]", partitions=1) as engine:
        yield engine


def some_moment(chance: Random) -> Moment:
    """A time or a date near the nights the clocks change, or far from them."""
    on = chance.choice((*made_up.CROWDED_DAYS, *made_up.CROWDED_DAYS, *made_up.FAR_DAYS))
    if chance.random() < 0.3:
        return Moment.dated(on, made_up.LONDON)
    return made_up.timed(on, chance.choice(made_up.CLOCK_SECONDS))


def some_leg(person_code: int, nth: int, chance: Random) -> Leg:
    """One awkward leg."""
    moments = sorted((some_moment(chance), some_moment(chance)), key=lambda moment: (moment.on, moment.until))
    return Leg(
        id=f"made_up:{chance.choice('zZ1é')}{nth}",
        person=str(person_code),
        kind=LegKind.CONTACT,
        service_kind=chance.choice(made_up.KINDS),
        started=moments[0],
        ended=moments[1] if chance.random() < 0.85 else None,
        organisation_id=chance.choice(made_up.ORGANISATIONS),
        service_id=chance.choice(made_up.SERVICES),
    )


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Legs, and life events, of a few dozen people; the same each time."""
    folder, chance = tmp_path_factory.mktemp("engines"), Random(20_240_331)
    people = {
        code: [some_leg(code, nth, chance) for nth in range(chance.randint(1, 9))] for code in range(1, PEOPLE + 1)
    }
    deaths = [{"person_code": code, "kind": "death", "happened_on": date(2024, 11, code % 28 + 1)} for code in range(9)]
    schema = pa.schema([("person_code", pa.int64()), ("kind", pa.string()), ("happened_on", pa.date32())])
    pq.write_table(pa.Table.from_pylist(deaths, schema=schema), folder / "life_events.parquet")
    return {
        "legs": made_up.write(people, folder / "legs.parquet"),
        "life_events": folder / "life_events.parquet",
    }


def answered(engine: Engine, tables: dict[str, Path], table: str) -> list[tuple[Any, ...]]:
    """All cells of one published table, computed by its portable definition on this engine, rows sorted by text."""
    backend = engine.ibis()
    legs = backend.read_parquet(str(tables["legs"]))
    if table == ADJACENT_PAIRS.name:
        asked = pairs.adjacent_pairs(legs)
    elif table == PAIR_CUBE.name:
        asked = cube.pair_cube(legs, PLACES, "Here")
    else:
        asked = journey.journeys(legs, pairs.adjacent_pairs(legs), backend.read_parquet(str(tables["life_events"])))
    return sorted(engine.rows(backend.compile(asked)), key=repr)


@pytest.mark.parametrize("table", [ADJACENT_PAIRS.name, PAIR_CUBE.name, JOURNEYS.name])
def test_spark_gives_every_cell_as_duckdb_does(
    duckdb: DuckDB, spark: Spark, tables: dict[str, Path], table: str
) -> None:
    expected = answered(duckdb, tables, table)
    assert len(expected) >= PEOPLE
    assert answered(spark, tables, table) == expected


@pytest.mark.parametrize("sql", ["SELECT current_timezone()"])
def test_spark_keeps_utc(spark: Spark, sql: str) -> None:
    assert spark.rows(sql) == [("UTC",)]
