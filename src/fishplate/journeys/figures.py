"""The build's own figures: the summary, the months behind it, and what changed since the build before.

Takes published Parquet files; gives a `Summary` and the tables `figures` and `changes`. A figure of a month that the
build before already gave, and that is another now, is a change, and is shown with the files that caused it.
"""

from dataclasses import dataclass
from pathlib import Path

from fishplate.journeys.cube import median_gap
from fishplate.journeys.tables import CHANGES, FIGURES
from fishplate.store.engine import Engine, literal, parquet
from fishplate.store.writing import empty, write


@dataclass(frozen=True, slots=True)
class PairFigures:
    """Figures of adjacent pairs; gaps in days, the median over the pairs whose earlier leg has an end."""

    pairs: int
    overlapping: int
    within_7_days: int
    within_30_days: int
    median_gap_days: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a build, for everybody at once: all adjacent pairs, and those between two organisations."""

    people: int
    organisations: int
    organisations_used: int
    services: int
    legs: int
    adjacent_pairs: PairFigures
    pairs_between_organisations: PairFigures
    unresolved_references: int


def figures_of(engine: Engine, folder: Path) -> Figures:
    """The summary figures of the tables in the folder."""

    def one(sql: str, table: str) -> int:
        return int(engine.rows(f"SELECT {sql} FROM {parquet(folder / f'{table}.parquet')}")[0][0])

    pairs = parquet(folder / "adjacent_pairs.parquet")
    return Figures(
        people=one("count(*)", "people"),
        organisations=one("count(*)", "organisations"),
        organisations_used=one("count(DISTINCT organisation_id)", "legs"),
        services=one("count(*)", "services"),
        legs=one("count(*)", "legs"),
        adjacent_pairs=pair_figures(engine, pairs),
        pairs_between_organisations=pair_figures(engine, f"(SELECT * FROM {pairs} WHERE organisation_differs)"),
        # A reference that found no entry keeps its system and a bar; no identifier of an organisation has one.
        unresolved_references=one("count(*) FILTER (WHERE contains(organisation_id, '|'))", "legs"),
    )


def pair_figures(engine: Engine, pairs: str) -> PairFigures:
    """The figures of a relation of adjacent pairs."""
    ((whole, overlapping, week, month),) = engine.rows(
        'SELECT count(*), count(*) FILTER (WHERE "overlaps"), '
        "count(*) FILTER (WHERE gap_days BETWEEN 0 AND 7), count(*) FILTER (WHERE gap_days BETWEEN 0 AND 30) "
        f"FROM {pairs}"
    )
    median = median_gap(engine, pairs)
    return PairFigures(whole, overlapping, week, month, round(median, 2) if median is not None else None)


def publish_figures(engine: Engine, folder: Path) -> None:
    """Write the figures of each month."""
    legs, pairs = parquet(folder / "legs.parquet"), parquet(folder / "adjacent_pairs.parquet")
    between = "from_service_kind || ' to ' || to_service_kind"
    month = "CAST(date_trunc('month', to_started_on) AS DATE)"
    measures = {
        "adjacent_pairs": "count(*)",
        "pairs_within_7_days": "count(*) FILTER (WHERE gap_days BETWEEN 0 AND 7)",
        "pairs_within_30_days": "count(*) FILTER (WHERE gap_days BETWEEN 0 AND 30)",
        "overlapping_pairs": 'count(*) FILTER (WHERE "overlaps")',
    }
    counted = ", ".join(f"{sql} AS {figure}" for figure, sql in measures.items())
    engine.run(
        f"CREATE OR REPLACE TEMP TABLE pair_months AS SELECT {between} AS part, {month} AS month_on, {counted} "
        f"FROM {pairs} GROUP BY ALL"
    )
    selects = [
        "SELECT 'legs' AS figure, source AS part, CAST(date_trunc('month', started_on) AS DATE) AS month_on, "
        f"count(*) AS value FROM {legs} GROUP BY ALL"
    ]
    selects += [
        f"SELECT '{figure}', part, month_on, {figure} FROM pair_months WHERE {figure} > 0" for figure in measures
    ]
    write(engine, FIGURES, f"({' UNION ALL '.join(selects)})", folder / "figures.parquet")


def publish_changes(engine: Engine, folder: Path, before: Path | None, why: str) -> int:
    """Write which earlier figures are others now, and why; gives how many.

    Only months that the build before knew are compared: a month seen for the first time changes nothing earlier. A
    figure that is there in one of the two builds only is zero in the other.
    """
    target = folder / "changes.parquet"
    if before is None:
        write(engine, CHANGES, empty(CHANGES), target)
        return 0
    old, new = parquet(before / "figures.parquet"), parquet(folder / "figures.parquet")
    write(
        engine,
        CHANGES,
        f"(SELECT figure, part, month_on, coalesce(o.value, 0) AS before, coalesce(n.value, 0) AS after, "
        f"{literal(why)} AS why FROM {old} o FULL JOIN {new} n USING (figure, part, month_on) "
        "WHERE coalesce(o.value, 0) <> coalesce(n.value, 0) "
        f"AND month_on IN (SELECT month_on FROM {old}))",
        target,
    )
    return int(engine.rows(f"SELECT count(*) FROM {parquet(target)}")[0][0])
