"""Each person's whole journey in figures: the portable definition in Ibis, and the table published from it.

Takes the legs, the adjacent pairs and the life events of everyone; gives `tables.JOURNEYS`, one row for each person
with a leg, as `rules.journey` has it. Only sums, extremes and counts of different values by person: no sort.
"""

from pathlib import Path
from typing import Any

import ibis

from fishplate.journeys.tables import JOURNEYS
from fishplate.store.engine import Engine, literal


def journeys(legs: Any, pairs: Any, life_events: Any) -> Any:
    """The columns of `tables.JOURNEYS`, in no order, from legs, adjacent pairs and life events."""
    lived = legs.group_by("person_code").agg(
        first_on=legs.started_on.min(),
        last_on=ibis.coalesce(legs.ended_on, legs.started_on).max(),
        legs=legs.count(),
        organisations=legs.organisation_id.nullif("").nunique(),
        service_kinds=legs.service_kind.nunique(),
        is_open=legs.ended_at.isnull().cast("int8").max() == 1,
    )
    stretch = ibis.ifelse(pairs.uncovered_days < 0, 0.0, pairs.uncovered_days)
    followed = pairs.group_by("person_code").agg(
        pairs=pairs.count(),
        pairs_between_organisations=pairs.organisation_differs.cast("int64").sum(),
        overlapping_pairs=pairs.overlaps.cast("int64").sum(),
        longest_uncovered_days=stretch.max(),
    )
    deaths = life_events.filter(life_events.kind == "death")
    died = deaths.group_by("person_code").agg(died_on=deaths.happened_on.min())
    whole = lived.left_join(followed, "person_code").drop("person_code_right")
    whole = whole.left_join(died, "person_code").drop("person_code_right")
    counts = ("pairs", "pairs_between_organisations", "overlapping_pairs")
    return whole.mutate(**{name: whole[name].fill_null(0) for name in counts}).select(*JOURNEYS.names)


def publish(engine: Engine, legs: Path, pairs: Path, life_events: Path, to: Path) -> None:
    """Write everyone's journey as one Parquet file, sorted by person."""
    backend = engine.ibis()
    expression = journeys(*(backend.read_parquet(path.as_posix()) for path in (legs, pairs, life_events)))
    ordered = f"SELECT * FROM ({backend.compile(expression)}) ORDER BY {', '.join(JOURNEYS.sorted_by)}"
    engine.run(f"COPY ({ordered}) TO {literal(to.as_posix())} (FORMAT parquet)")
