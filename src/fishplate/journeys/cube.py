"""How often each gap occurred: the pair cube, and the median gap, both in bounded memory.

The cube counts adjacent pairs by place, service kinds, month and gap (single days from -400 to 400, then weeks
from 401, 408 and so on; the edge -401 stands for all below). Cubes of months, files and organisations add up, and
any quantile or breach rate comes from them, so no list of gaps is ever kept. `pair_cube` is the portable
definition in Ibis; `streamed` the same for DuckDB over legs in stored order.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import ibis

from fishplate.journeys import stream
from fishplate.journeys.pairs import paired
from fishplate.journeys.rules import DAILY_UNTIL, WEEK_DAYS
from fishplate.journeys.tables import PAIR_CUBE
from fishplate.store.engine import Engine, literal, parquet

WEEKLY_FROM: Final = DAILY_UNTIL + 1
BELOW: Final = -DAILY_UNTIL - 1

GAP_BIN: Final = f"""CASE
      WHEN gap_days IS NULL THEN NULL
      WHEN gap_days >= {WEEKLY_FROM}
        THEN {WEEKLY_FROM} + (floor(gap_days)::INTEGER - {WEEKLY_FROM}) // {WEEK_DAYS} * {WEEK_DAYS}
      ELSE greatest(floor(gap_days)::INTEGER, {BELOW})
    END"""


def gap_bin(gap_days: Any) -> Any:
    """The lower edge of the bin a gap in days is counted in, as `rules.gap_bin` has it."""
    whole_days = gap_days.floor().cast("int64")
    weekly = WEEKLY_FROM + ((whole_days - WEEKLY_FROM) / WEEK_DAYS).floor().cast("int64") * WEEK_DAYS
    edge = ibis.ifelse(whole_days >= WEEKLY_FROM, weekly, ibis.greatest(whole_days, BELOW))
    return ibis.ifelse(gap_days.isnull(), ibis.null("int64"), edge)


def pair_cube(legs: Any, places: Mapping[str, str], place: str) -> Any:
    """The columns of `tables.PAIR_CUBE`, in no order. `places` has the place of services; `place` is that of others."""
    pairs = paired(legs)
    cases = [(pairs.from_service_id == service, where) for service, where in sorted(places.items())]
    where = ibis.cases(*cases, else_=place) if cases else ibis.literal(place)
    return pairs.group_by(
        place=where,
        from_service_kind=pairs.from_service_kind,
        to_service_kind=pairs.to_service_kind,
        month_on=ibis.date(pairs.to_started_on.year(), pairs.to_started_on.month(), 1),
        organisation_differs=pairs.organisation_differs,
        gap_from_days=gap_bin(pairs.gap_days),
    ).agg(pairs=lambda table: table.count())


def texts(values: Sequence[str]) -> str:
    """A SQL list of texts."""
    return f"([{', '.join(literal(value) for value in values)}]::VARCHAR[])"


def streamed(engine: Engine, legs: str, places: Mapping[str, str], place: str) -> str:
    """SQL that gives `tables.PAIR_CUBE`, in no order, from a relation of legs in stored order.

    Kinds and places travel as numbers, which DuckDB finds once for each text of a Parquet dictionary, and become
    texts again after counting. A streaming window keeps one core busy; so people are parted into as many ranges as
    there are threads, and each range is a branch.
    """
    kinds = [kind for (kind,) in engine.rows(f"SELECT DISTINCT service_kind FROM {legs} ORDER BY 1")]
    where = sorted({place, *places.values()})
    elsewhere = {service: other for service, other in sorted(places.items()) if other != place}
    counted = " UNION ALL ".join(
        f"({binned(branch, kinds, elsewhere, where, where.index(place) + 1)})" for branch in ranges(engine, legs)
    )
    return f"""SELECT
  {texts(where)}[place] AS place,
  {texts(kinds)}[from_kind] AS from_service_kind,
  {texts(kinds)}[to_step >> 32] AS to_service_kind,
  make_date(((to_step & 65535) // 12)::BIGINT, (to_step & 65535) % 12 + 1, 1) AS month_on,
  organisation_differs,
  gap_from_days::BIGINT AS gap_from_days,
  pairs
FROM (
  SELECT place, from_kind, to_step, organisation_differs, gap_from_days, count(*) AS pairs
  FROM ({counted}) GROUP BY ALL)"""


def binned(legs: str, kinds: list[str], elsewhere: Mapping[str, str], where: list[str], usual: int) -> str:
    """SQL that gives each pair of these legs as the numbers it is counted by."""
    place = f"{usual}::UTINYINT"
    if elsewhere:
        listed = [where.index(other) + 1 for other in elsewhere.values()]
        place = f"coalesce({listed}[list_position({texts(list(elsewhere))}, service_id)], {usual})"
    kind = f"list_position({texts(kinds)}, service_kind)::BIGINT"
    month = "year(started_on) * 12 + month(started_on) - 1"
    step = f"({kind} << 32) | ({month}) AS step"
    return f"""WITH {stream.steps(legs, ("step", "organisation_id"), (step, f"{place} AS place"))},
  measured AS (SELECT *, {stream.days_between("ends")} AS gap_days FROM within)
SELECT
    place,
    (step >> 32)::USMALLINT AS from_kind,
    next_step AS to_step,
    coalesce(organisation_id, '') <> coalesce(next_organisation_id, '') AS organisation_differs,
    {GAP_BIN} AS gap_from_days
FROM measured"""


def ranges(engine: Engine, legs: str) -> list[str]:
    """The relation in ranges of person codes, as many as there are threads."""
    ((first, last, threads),) = engine.rows(
        f"SELECT min(person_code), max(person_code), current_setting('threads') FROM {legs}"
    )
    if first is None:
        return [legs]
    edges = [first + (last + 1 - first) * part // threads for part in range(threads + 1)]
    return [
        f"(SELECT * FROM {legs} WHERE person_code >= {begins} AND person_code < {ends})"
        for begins, ends in pairwise(edges)
    ]


def publish(engine: Engine, legs: Path, to: Path, places: Mapping[str, str], place: str) -> None:
    """Write the pair cube as one Parquet file, from the published legs, in the order the table states."""
    if stream.fits(engine, parquet(legs)):
        cube = streamed(engine, parquet(legs), places, place)
    else:
        backend = engine.ibis()
        cube = backend.compile(pair_cube(backend.read_parquet(legs.as_posix()), places, place))
    ordered = f"SELECT * FROM ({cube}) ORDER BY {', '.join(PAIR_CUBE.sorted_by)}"
    engine.run(f"COPY ({ordered}) TO {literal(to.as_posix())} (FORMAT parquet)")


def median_gap(engine: Engine, pairs: str) -> float | None:
    """The exact median of `gap_days` over a relation of pairs, in days; None where no pair has a gap.

    Days are counted first; only gaps of the one or two days that hold the middle are then looked at singly, and
    there are no more of those than seconds in a day, so memory is bounded whatever the number of pairs.
    """
    by_day = engine.rows(
        f"SELECT floor(gap_days) AS day, count(*) FROM {pairs} WHERE gap_days IS NOT NULL GROUP BY 1 ORDER BY 1"
    )
    total = sum(count for _, count in by_day)
    if not total:
        return None
    middles = [nth_gap(engine, pairs, by_day, nth) for nth in {(total - 1) // 2, total // 2}]
    return sum(middles) / len(middles)


def nth_gap(engine: Engine, pairs: str, by_day: Sequence[tuple[Any, ...]], nth: int) -> float:
    """The gap that `nth` others come before, given how many gaps each day has, in order of days."""
    day, within = nth_of(by_day, nth)
    exact = engine.rows(f"SELECT gap_days, count(*) FROM {pairs} WHERE floor(gap_days) = {day} GROUP BY 1 ORDER BY 1")
    return nth_of(exact, within)[0]


def nth_of(counted: Sequence[tuple[Any, ...]], nth: int) -> tuple[float, int]:
    """The value that stands at place `nth` (0 the first) among counted values in order, and its place among equals."""
    for value, count in counted:
        if nth < count:
            return float(value), nth
        nth -= count
    raise IndexError("fewer values than the place asked for")
