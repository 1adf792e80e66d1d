"""The figures of months and of the whole, and which of them changed, from a few pairs and legs written by hand."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from fishplate.journeys.figures import PairFigures, pair_figures, publish_changes, publish_figures
from fishplate.journeys.tables import ADJACENT_PAIRS, LEGS
from fishplate.store.duckdb import DuckDB
from fishplate.store.engine import literal, name, parquet
from fishplate.store.tables import Table
from fishplate.store.writing import empty, write

MARCH, APRIL = date(2025, 3, 1), date(2025, 4, 1)


@pytest.fixture
def engine() -> Any:
    with DuckDB(memory_limit="200MB") as made:
        yield made


def put(engine: DuckDB, table: Table, rows: list[dict[str, object]], folder: Path) -> Path:
    """Rows as the table's Parquet file; a column that is not named is empty."""
    folder.mkdir(exist_ok=True)
    listed = [
        ", ".join("NULL" if row.get(column) is None else literal(str(row[column])) for column in table.names)
        for row in rows
    ]
    values = ", ".join(f"({one})" for one in listed)
    relation = f"(SELECT * FROM (VALUES {values}) AS t({', '.join(map(name, table.names))}))" if rows else empty(table)
    write(engine, table, relation, folder / f"{table.name}.parquet")
    return folder / f"{table.name}.parquet"


def pair(gap_days: float | None, started: date = MARCH, *, organisation_differs: bool = True) -> dict[str, object]:
    return {
        "person_code": 1, "from_leg_id": "a", "to_leg_id": "b", "from_service_kind": "ward", "to_service_kind": "home",
        "to_started_on": started, "gap_days": gap_days, "overlaps": gap_days is None or gap_days < 0,
        "organisation_differs": organisation_differs,
    }  # fmt: skip


def leg(source: str, started: date) -> dict[str, object]:
    return {"person_code": 1, "leg_id": "x", "record_id": "x", "source": source, "started_on": started}


def month_rows(
    engine: DuckDB, folder: Path, legs: list[dict[str, object]], pairs: list[dict[str, object]]
) -> set[tuple[object, ...]]:
    """The figures of the months, as told of these legs and pairs."""
    put(engine, LEGS, legs, folder)
    put(engine, ADJACENT_PAIRS, pairs, folder)
    publish_figures(engine, folder)
    return {tuple(row.values()) for row in pq.read_table(folder / "figures.parquet").to_pylist()}


def test_gaps_of_zero_seven_and_thirty_days_are_within(engine: DuckDB, tmp_path: Path) -> None:
    gaps = (-0.01, 0, 7, 7.01, 30, 30.01, None)
    pairs = put(engine, ADJACENT_PAIRS, [pair(gap) for gap in gaps], tmp_path)
    assert pair_figures(engine, parquet(pairs)) == PairFigures(7, 2, 2, 4, 7.0)


def test_the_median_of_an_even_number_of_gaps_is_between_the_two_in_the_middle(engine: DuckDB, tmp_path: Path) -> None:
    pairs = put(engine, ADJACENT_PAIRS, [pair(gap) for gap in (1, 2, 3.5, 9)], tmp_path)
    assert pair_figures(engine, parquet(pairs)).median_gap_days == 2.75


def test_without_an_end_there_is_no_median(engine: DuckDB, tmp_path: Path) -> None:
    pairs = put(engine, ADJACENT_PAIRS, [pair(None)], tmp_path)
    assert pair_figures(engine, parquet(pairs)) == PairFigures(1, 1, 0, 0, None)
    assert pair_figures(engine, empty(ADJACENT_PAIRS)) == PairFigures(0, 0, 0, 0, None)


def test_a_month_is_that_of_the_later_leg_s_start(engine: DuckDB, tmp_path: Path) -> None:
    told = month_rows(engine, tmp_path, [leg("ward", date(2025, 3, 31))], [pair(8, date(2025, 4, 30))])
    assert told == {
        ("legs", "ward", MARCH, 1.0),
        ("adjacent_pairs", "ward to home", APRIL, 1.0),
        ("pairs_within_30_days", "ward to home", APRIL, 1.0),
    }


def changed(
    engine: DuckDB, folder: Path, before: list[dict[str, object]], now: list[dict[str, object]]
) -> list[dict[str, Any]]:
    """The changes between builds of these legs."""
    month_rows(engine, folder / "before", before, [])
    month_rows(engine, folder / "now", now, [])
    count = publish_changes(engine, folder / "now", folder / "before", "a.csv was replaced (ward)")
    rows = pq.read_table(folder / "now" / "changes.parquet").to_pylist()
    assert count == len(rows)
    return rows


def test_the_first_build_changes_nothing(engine: DuckDB, tmp_path: Path) -> None:
    month_rows(engine, tmp_path / "now", [leg("ward", MARCH)], [])
    assert publish_changes(engine, tmp_path / "now", None, "") == 0
    assert pq.read_table(tmp_path / "now" / "changes.parquet").num_rows == 0


def test_the_same_figures_are_no_change(engine: DuckDB, tmp_path: Path) -> None:
    assert changed(engine, tmp_path, [leg("ward", MARCH)], [leg("ward", MARCH)]) == []


def test_a_month_not_known_before_changes_nothing_earlier(engine: DuckDB, tmp_path: Path) -> None:
    assert changed(engine, tmp_path, [leg("ward", MARCH)], [leg("ward", MARCH), leg("ward", APRIL)]) == []


@pytest.mark.parametrize(("before", "now"), [(2, 1), (1, 2), (1, 0), (0, 3)])
def test_a_figure_of_a_known_month_that_is_another_now_is_told_with_why(
    engine: DuckDB, tmp_path: Path, before: int, now: int
) -> None:
    other = leg("other", MARCH)
    (change,) = changed(engine, tmp_path, [other] + [leg("ward", MARCH)] * before, [other] + [leg("ward", MARCH)] * now)
    assert change == {
        "figure": "legs", "part": "ward", "month_on": MARCH, "before": before, "after": now,
        "why": "a.csv was replaced (ward)",
    }  # fmt: skip
