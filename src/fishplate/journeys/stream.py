"""What followed what, read once from start to end: the streaming path over sorted legs, for DuckDB.

It takes legs stored in order (`order.py`) and gives the same pairs as `pairs.py`, without a sort and in little
memory: DuckDB answers `lead(...) OVER ()` and a running maximum while rows pass by (EXPLAIN says *Streaming
Window*). Neither knows where a person ends; so a moment is packed behind the person code into one whole number.
Codes ascend through the file, so a running maximum starts afresh with each person.

    person code (26 bits) | local day since 1800 (19 bits) | second of that day, or all ones for a date (18 bits)

A date without a time is thereby beyond every time on its day, as `care.periods.latest` has it, and an open end, all
ones,
beyond every date. `fits` says whether the numbers are large enough; if not, use the window form.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from fishplate.store.engine import Engine

SECOND_BITS: Final = 18
DATE_ONLY: Final = 2**SECOND_BITS - 1
SECONDS_BEFORE: Final = 2**16
"""Added to the second, for a local day begins up to fourteen hours before the UTC day of that name."""

MOMENT_BITS: Final = 19 + SECOND_BITS
OPEN: Final = 2**MOMENT_BITS - 1
FIRST_DAY: Final = date(1800, 1, 1)
DAY_ZERO: Final = f"DATE '{FIRST_DAY.isoformat()}'"
PEOPLE_LIMIT: Final = 2 ** (63 - MOMENT_BITS)
DAYS_LIMIT: Final = 2**19 - 1

PACKED: Final = """(({name}_on - {day_zero})::BIGINT << {second_bits})
      | CASE WHEN {name}_is_date THEN {date_only} ELSE {second} END"""
SECOND: Final = "epoch_us({name}_at) // 1000000 - ({name}_on - DATE '1970-01-01')::BIGINT * 86400 + {before}"

STEPS: Final = """
  keyed AS (
    SELECT *,
      {starts} AS starts,
      CASE WHEN ended_at IS NULL THEN {open} ELSE {ends} END AS ends{extra}
    FROM {legs}),
  stepped AS (
    SELECT *,
      lead((person_code << {moment_bits}) | starts) OVER () AS next_key,
      max((person_code << {moment_bits}) | ends) OVER (ROWS UNBOUNDED PRECEDING) & {open} AS reached,
      {carried}
    FROM keyed),
  within AS (
    SELECT *, next_key & {open} AS next_starts FROM stepped WHERE next_key >> {moment_bits} = person_code)"""

DAYS_BETWEEN: Final = """CASE
        WHEN {end} = {open} THEN NULL
        WHEN {end} & {date_only} = {date_only} OR next_starts & {date_only} = {date_only}
          THEN ((next_starts >> {second_bits}) - ({end} >> {second_bits}))::DOUBLE
        ELSE (((next_starts >> {second_bits}) - ({end} >> {second_bits})) * 86400
          + (next_starts & {date_only}) - ({end} & {date_only})) / 86400.0
      END"""

BITS: Final = {
    "second_bits": SECOND_BITS,
    "moment_bits": MOMENT_BITS,
    "date_only": DATE_ONLY,
    "open": OPEN,
    "before": SECONDS_BEFORE,
    "day_zero": DAY_ZERO,
}


def second(moment: str) -> str:
    """SQL for the second of its local day at which a timed moment stands, shifted so that it is never negative."""
    return SECOND.format(name=moment, **BITS)


def packed(moment: str) -> str:
    """SQL for a moment of a leg (`started`, `ended`) as one whole number that sorts as the moment reaches."""
    return PACKED.format(name=moment, second=second(moment), **BITS)


def steps(legs: str, carried: Sequence[str], extra: Sequence[str] = ()) -> str:
    """SQL for named queries ending in `within`: each leg that has a next one, with its successor's columns.

    `carried` are the columns of the next leg to bring along, as `next_<name>`; `extra` are columns to make first,
    as SQL. `legs` is a relation in stored order.
    """
    return STEPS.format(
        legs=legs,
        starts=packed("started"),
        ends=packed("ended"),
        extra="".join(f",\n      {column}" for column in extra),
        carried=",\n      ".join(f"lead({name}) OVER () AS next_{name}" for name in carried),
        **BITS,
    )


def days_between(end: str) -> str:
    """SQL for the days from a packed end to the next start, by `rules.days` of care's `gap`."""
    return DAYS_BETWEEN.format(end=end, **BITS)


def adjacent_pairs(legs: str) -> str:
    """SQL that gives `tables.ADJACENT_PAIRS` from a relation of legs in stored order, in that order."""
    return f"""WITH {steps(legs, ("leg_id", "organisation_id", "service_kind"))},
  measured AS (
    SELECT *,
      {days_between("ends")} AS gap_days,
      {days_between("reached")} AS uncovered_days
    FROM within)
SELECT
  person_code,
  leg_id AS from_leg_id,
  next_leg_id AS to_leg_id,
  organisation_id AS from_organisation_id,
  next_organisation_id AS to_organisation_id,
  service_kind AS from_service_kind,
  next_service_kind AS to_service_kind,
  ended_on AS from_ended_on,
  {DAY_ZERO} + (next_starts >> {SECOND_BITS})::INTEGER AS to_started_on,
  gap_days,
  uncovered_days,
  coalesce(gap_days < 0, true) AS overlaps,
  service_kind <> next_service_kind AS service_differs,
  coalesce(organisation_id, '') <> coalesce(next_organisation_id, '') AS organisation_differs
FROM measured"""


def fits(engine: Engine, legs: str) -> bool:
    """Whether every leg of the relation can be packed: codes below 2^26, local dates that belong to their instants."""
    seconds = " UNION ALL ".join(
        f"""SELECT count(*) FROM {legs}
        WHERE {name}_at IS NOT NULL AND coalesce(
          {name}_on < {DAY_ZERO} OR {name}_on >= {DAY_ZERO} + {DAYS_LIMIT}
          OR {name}_is_date IS NULL OR {second(name)} NOT BETWEEN 0 AND {DATE_ONLY - 1}, true)"""
        for name in ("started", "ended")
    )
    outside = f"SELECT count(*) FROM {legs} WHERE person_code NOT BETWEEN 0 AND {PEOPLE_LIMIT - 1}"
    return not any(count for (count,) in engine.rows(f"{outside} UNION ALL {seconds}"))
