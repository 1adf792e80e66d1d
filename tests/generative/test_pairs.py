"""The streaming path, the window form and the plain rules say the same of any legs, however awkward."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fishplate.care.joins import AdjacentPair
from fishplate.care.legs import Leg
from fishplate.care.words import UNKNOWN
from fishplate.journeys import cube, journey, order, pairs, rules, stream
from fishplate.journeys.tables import ADJACENT_PAIRS, JOURNEYS, PAIR_CUBE
from fishplate.store.duckdb import DuckDB
from fishplate.store.engine import name, parquet
from tests import made_up_legs

PLACES = {"S1": "North", "S3": "Here"}

People = dict[int, list[Leg]]

ONE_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDB]:
    """One engine for all cases, so that each case costs only its own queries."""
    with DuckDB(memory_limit="500MB", threads=2) as engine:
        yield engine


def said_of(person_code: int, pair: AdjacentPair) -> tuple[Any, ...]:
    """A pair by the plain rules, as a row of `adjacent_pairs`."""
    earlier, later = pair.earlier, pair.later
    return (
        person_code,
        earlier.id,
        later.id,
        earlier.organisation_id or None,
        later.organisation_id or None,
        str(earlier.service_kind),
        str(later.service_kind),
        earlier.ended.on if earlier.ended else None,
        later.started.on,
        rules.days(pair.gap),
        rules.days(pair.uncovered),
        rules.overlaps(pair),
        pair.service_differs,
        pair.organisation_differs,
    )


def expected_pairs(people: People) -> list[tuple[Any, ...]]:
    """Everyone's pairs by the plain rules, in the order they are published."""
    return [said_of(code, pair) for code in sorted(people) for pair in rules.adjacent_pairs(people[code])]


def expected_cube(people: People) -> Counter[tuple[Any, ...]]:
    """The pair cube by the plain rules."""
    return Counter(
        (
            "Here" if pair.earlier.service_id is UNKNOWN else PLACES.get(pair.earlier.service_id, "Here"),
            str(pair.earlier.service_kind),
            str(pair.later.service_kind),
            date(pair.later.started.on.year, pair.later.started.on.month, 1),
            pair.organisation_differs,
            rules.gap_bin(pair.gap),
        )
        for legs in people.values()
        for pair in rules.adjacent_pairs(legs)
    )


def counted(rows: list[tuple[Any, ...]]) -> dict[tuple[Any, ...], int]:
    """Rows of a cube as counts by cell; each cell stands once."""
    cells = {row[:-1]: row[-1] for row in rows}
    assert len(cells) == len(rows)
    return cells


def selected(columns: tuple[str, ...], relation: str) -> str:
    """SQL for these columns of a relation."""
    listed = ", ".join(name(column) for column in columns)
    return f"SELECT {listed} FROM ({relation})"


@ONE_FOLDER
@given(people=made_up_legs.peoples())
def test_streaming_pairs_are_those_of_the_plain_rules(engine: DuckDB, tmp_path: Path, people: People) -> None:
    legs = parquet(made_up_legs.write(people, tmp_path / "legs.parquet"))
    assert order.order_faults(engine, legs) == 0
    assert stream.fits(engine, legs)
    assert engine.rows(selected(ADJACENT_PAIRS.names, stream.adjacent_pairs(legs))) == expected_pairs(people)


@ONE_FOLDER
@given(people=made_up_legs.peoples())
def test_window_form_is_that_of_the_plain_rules_in_any_order(engine: DuckDB, tmp_path: Path, people: People) -> None:
    shuffled = made_up_legs.write(people, tmp_path / "legs.parquet", in_order=False)
    backend = engine.ibis()
    found = engine.rows(backend.compile(pairs.adjacent_pairs(backend.read_parquet(str(shuffled)))))
    by_ids = {(row[0], row[1], row[2]): row for row in found}
    assert len(by_ids) == len(found)
    assert by_ids == {(row[0], row[1], row[2]): row for row in expected_pairs(people)}


@ONE_FOLDER
@given(people=made_up_legs.peoples())
def test_both_cubes_count_the_pairs_of_the_plain_rules(engine: DuckDB, tmp_path: Path, people: People) -> None:
    legs = made_up_legs.write(people, tmp_path / "legs.parquet")
    expected = expected_cube(people)
    streamed = cube.streamed(engine, parquet(legs), PLACES, "Here")
    assert counted(engine.rows(selected(PAIR_CUBE.names, streamed))) == expected
    backend = engine.ibis()
    portable = backend.compile(cube.pair_cube(backend.read_parquet(str(legs)), PLACES, "Here"))
    assert counted(engine.rows(selected(PAIR_CUBE.names, portable))) == expected


@ONE_FOLDER
@given(people=made_up_legs.peoples(), deaths=st.lists(st.tuples(st.integers(0, 9), st.dates()), max_size=4))
def test_journeys_are_those_of_the_plain_rules(
    engine: DuckDB, tmp_path: Path, people: People, deaths: list[tuple[int, date]]
) -> None:
    legs, paired, events = (tmp_path / f"{name}.parquet" for name in ("legs", "pairs", "life_events"))
    made_up_legs.write(people, legs)
    rows = [{"person_code": code, "kind": "death", "happened_on": on} for code, on in deaths]
    moved = {"person_code": min(people), "kind": "moved_away", "happened_on": date(1990, 1, 1)}
    schema = pa.schema([("person_code", pa.int64()), ("kind", pa.string()), ("happened_on", pa.date32())])
    pq.write_table(pa.Table.from_pylist([*rows, moved], schema=schema), events)
    pairs.publish(engine, legs, paired)
    journey.publish(engine, legs, paired, events, tmp_path / "journeys.parquet")
    found = engine.rows(selected(JOURNEYS.names, f"FROM {parquet(tmp_path / 'journeys.parquet')}"))
    died = {code: [on for who, on in deaths if who == code] for code in people}
    assert found == [(code, *astuple(rules.journey(people[code], died[code]))) for code in sorted(people)]


@ONE_FOLDER
@given(people=made_up_legs.peoples())
def test_median_gap_is_the_middle_of_all_gaps(engine: DuckDB, tmp_path: Path, people: People) -> None:
    legs, paired = tmp_path / "legs.parquet", tmp_path / "pairs.parquet"
    pairs.publish(engine, made_up_legs.write(people, legs), paired)
    gaps = [gap for row in expected_pairs(people) if (gap := row[ADJACENT_PAIRS.names.index("gap_days")]) is not None]
    assert cube.median_gap(engine, parquet(paired)) == (median(gaps) if gaps else None)


@ONE_FOLDER
@given(people=made_up_legs.peoples(), seed=st.randoms(use_true_random=False))
def test_order_faults_are_the_steps_down(engine: DuckDB, tmp_path: Path, people: People, seed: Any) -> None:
    mixed = [(code, leg) for code, legs in people.items() for leg in legs]
    seed.shuffle(mixed)
    rows = [made_up_legs.row(code, leg) for code, leg in mixed]
    legs = parquet(made_up_legs.write_rows(rows, tmp_path / "legs.parquet"))
    keys = [(code, *leg.sort_key) for code, leg in mixed]
    steps_down = sum(later < earlier for earlier, later in pairwise(keys))
    assert order.order_faults(engine, legs) == steps_down
