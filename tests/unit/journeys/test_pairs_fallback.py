"""What the streaming path cannot hold goes the longer way, and is published the same."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from fishplate.journeys import cube, pairs, stream
from fishplate.store.duckdb import DuckDB
from fishplate.store.engine import parquet
from tests import made_up_legs

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC).replace(tzinfo=None)


@pytest.fixture
def engine() -> Iterator[DuckDB]:
    with DuckDB(memory_limit="500MB", threads=2) as engine:
        yield engine


def visit(person_code: int, nth: int, /, **changed: Any) -> dict[str, Any]:
    """A two-hour visit on the nth day of May 2024."""
    start = NOON + timedelta(days=nth)
    plain = {
        "person_code": person_code,
        "leg_id": f"visits:{nth}",
        "organisation_id": "A",
        "service_id": "S1",
        "service_kind": "home_care",
        "started_at": start,
        "started_on": start.date(),
        "started_is_date": False,
        "ended_at": start + timedelta(hours=2),
        "ended_on": start.date(),
        "ended_is_date": False,
    }
    return plain | changed


def test_ordinary_legs_fit(engine: DuckDB, tmp_path: Path) -> None:
    legs = made_up_legs.write_rows([visit(stream.PEOPLE_LIMIT - 1, 0), visit(0, 1)], tmp_path / "legs.parquet")
    assert stream.fits(engine, parquet(legs))


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"person_code": stream.PEOPLE_LIMIT}, id="a person code too large"),
        pytest.param({"person_code": -1}, id="a person code below 0"),
        pytest.param({"started_on": date(1799, 12, 31)}, id="a day before the first"),
        pytest.param({"ended_on": date(2024, 5, 4)}, id="a local date that is not the instant's"),
        pytest.param({"ended_on": None}, id="no local date"),
    ],
)
def test_what_cannot_be_packed_does_not_fit(engine: DuckDB, tmp_path: Path, changed: dict[str, Any]) -> None:
    legs = made_up_legs.write_rows([visit(1, 0, **changed)], tmp_path / "legs.parquet")
    assert not stream.fits(engine, parquet(legs))


def test_both_ways_publish_the_same(engine: DuckDB, tmp_path: Path) -> None:
    small = made_up_legs.write_rows([visit(7, nth) for nth in range(6)], tmp_path / "small.parquet")
    large = made_up_legs.write_rows([visit(7 + 2**40, nth) for nth in range(6)], tmp_path / "large.parquet")
    published = []
    for legs in (small, large):
        pairs.publish(engine, legs, tmp_path / "pairs.parquet")
        cube.publish(engine, legs, tmp_path / "cube.parquet", {"S1": "North"}, "Here")
        published.append(
            (
                engine.rows(f"SELECT * EXCLUDE (person_code) FROM {parquet(tmp_path / 'pairs.parquet')}"),
                engine.rows(f"SELECT * FROM {parquet(tmp_path / 'cube.parquet')}"),
                engine.rows(f"DESCRIBE FROM {parquet(tmp_path / 'cube.parquet')}"),
            )
        )
    assert published[0] == published[1]
    assert len(published[0][0]) == 5


def test_streaming_needs_no_sort(engine: DuckDB, tmp_path: Path) -> None:
    legs = parquet(made_up_legs.write_rows([visit(7, nth) for nth in range(6)], tmp_path / "legs.parquet"))
    for sql in (stream.adjacent_pairs(legs), cube.streamed(engine, legs, {}, "Here")):
        ((_, plan),) = engine.rows(f"EXPLAIN {sql}")
        flat = plan.upper().replace(" ", "").replace("_", "")
        assert "STREAMINGWINDOW" in flat
        assert flat.count("WINDOW") == flat.count("STREAMINGWINDOW")


def test_no_legs_are_no_pairs(engine: DuckDB, tmp_path: Path) -> None:
    legs = made_up_legs.write_rows([], tmp_path / "legs.parquet")
    pairs.publish(engine, legs, tmp_path / "pairs.parquet")
    cube.publish(engine, legs, tmp_path / "cube.parquet", {}, "Here")
    assert cube.median_gap(engine, parquet(tmp_path / "pairs.parquet")) is None
    assert engine.rows(f"SELECT count(*) FROM {parquet(tmp_path / 'cube.parquet')}") == [(0,)]
