"""Whether legs lie in the order that the streaming path trusts: by person, start, end, organisation, leg id.

Takes legs as they are stored and counts the places where a leg stands before one it should follow, in one pass and
without a sort. An open end comes last, and no organisation comes before any, on every engine and in `rules.py`.
"""

from typing import Final

from fishplate.store.engine import Engine

ORDER: Final = "person_code, started_at, ended_at NULLS LAST, coalesce(organisation_id, ''), leg_id"
"""The SQL order of published legs. Text is compared by its bytes, as Python and both engines do."""

FAULTS: Final = """
WITH legs AS (
  SELECT person_code, started_at, coalesce(ended_at, TIMESTAMP 'infinity') AS ended_at,
    coalesce(organisation_id, '') AS organisation_id, leg_id
  FROM {legs}),
beside AS (
  SELECT *,
    lag(person_code) OVER () AS last_person_code,
    lag(started_at) OVER () AS last_started_at,
    lag(ended_at) OVER () AS last_ended_at,
    lag(organisation_id) OVER () AS last_organisation_id,
    lag(leg_id) OVER () AS last_leg_id
  FROM legs)
SELECT count(*) FROM beside
WHERE person_code < last_person_code OR (person_code = last_person_code AND (
  started_at < last_started_at OR (started_at = last_started_at AND (
    ended_at < last_ended_at OR (ended_at = last_ended_at AND (
      organisation_id < last_organisation_id OR (organisation_id = last_organisation_id
        AND leg_id < last_leg_id)))))))"""


def order_faults(engine: Engine, legs: str) -> int:
    """How many legs of a relation stand after one they should come before; 0 where the order can be trusted.

    For DuckDB, which reads a file in its stored order.
    """
    ((faults,),) = engine.rows(FAULTS.format(legs=legs))
    return int(faults)
