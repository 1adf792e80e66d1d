"""Ten million legs made up for measuring: two million people, two years, twelve kinds of service.

Takes a folder; writes `legs.parquet`, sorted and shaped as the journeys stage publishes it in the columns that adjacent
pairs and the pair cube need, and `unsorted.parquet`, the same legs in no useful order. Chance is arithmetic on the
person code, so the files are the same each time on every machine.
"""

from pathlib import Path
from typing import Final

from fishplate.journeys.order import ORDER
from fishplate.store.duckdb import DuckDB
from fishplate.store.engine import literal, parquet

PEOPLE: Final = 2_000_000
DAYS: Final = 730

KINDS: Final = (
    "general_practice", "hospital_outpatients", "emergency_department", "acute_hospital", "district_nursing",
    "community_therapy", "urgent_community_response", "reablement", "home_care", "adult_social_care_assessment",
    "community_mental_health", "unpaid_care",
)  # fmt: skip

# Home care and unpaid care are recorded by dates alone, and often still going on; stays last days, visits hours.
DATED: Final = "kind IN (8, 11)"
STAYS: Final = "kind IN (3, 4, 7, 8, 10, 11)"

CHANCE: Final = """
CREATE OR REPLACE MACRO mixed(x, shift, factor) AS (xor(x, x >> shift) * factor::UBIGINT) % 4294967296::UBIGINT;
CREATE OR REPLACE MACRO chance(person, nth, salt) AS
  mixed(mixed(((person * 64 + nth) * 16 + salt)::UBIGINT * 2654435761::UBIGINT % 4294967296::UBIGINT,
    15, 2246822519), 13, 3266489917)::DOUBLE / 4294967296.0;
CREATE OR REPLACE MACRO local_day(moment) AS
  (moment + to_hours(CASE WHEN month(moment) BETWEEN 4 AND 10 THEN 1 ELSE 0 END))::DATE;
CREATE OR REPLACE MACRO first_moment(day) AS
  day::TIMESTAMP - to_hours(CASE WHEN month(day) BETWEEN 4 AND 10 THEN 1 ELSE 0 END);"""

LEGS: Final = f"""
WITH people AS (
  SELECT person_code, 1 + least(40, floor(-ln(1 - chance(person_code, 0, 1)) * 4.47))::BIGINT AS legs
  FROM range(1, {PEOPLE} + 1) AS everyone(person_code)),
drawn AS (SELECT person_code, unnest(range(legs)) AS nth FROM people),
kinded AS (
  SELECT *, floor(power(chance(person_code, nth, 2), 1.6) * {len(KINDS)})::INTEGER AS kind,
    DATE '2023-04-01' + floor(chance(person_code, nth, 3) * {DAYS})::INTEGER AS day,
    floor(chance(person_code, nth, 4) * 86400)::BIGINT AS second,
    chance(person_code, nth, 5) AS length
  FROM drawn),
started AS (
  SELECT *, {DATED} AS started_is_date,
    CASE WHEN {DATED} THEN first_moment(day) ELSE day::TIMESTAMP + to_seconds(second) END AS started_at,
    length < 0.02 OR ({DATED} AND length < 0.3) AS is_open,
    CASE WHEN {STAYS} THEN floor(-ln(length + 0.0001) * 20 * 86400) ELSE floor(length * 6 * 3600) END::BIGINT AS lasted
  FROM kinded),
ended AS (
  SELECT *, CASE
      WHEN is_open THEN NULL
      WHEN {DATED} THEN first_moment(local_day(started_at + to_seconds(lasted)))
      ELSE started_at + to_seconds(lasted) END AS ended_at
  FROM started)
SELECT
  person_code,
  'source_' || kind % 5 || ':' || lpad((person_code * 64 + nth)::VARCHAR, 10, '0') AS leg_id,
  CASE WHEN kind <> 11 THEN 'R' || lpad((person_code // 100000 * 10 + kind % 10)::VARCHAR, 3, '0') END
    AS organisation_id,
  CASE WHEN kind <> 11 THEN 'S' || lpad((person_code // 100000 * 12 + kind)::VARCHAR, 4, '0') END AS service_id,
  [{", ".join(literal(kind) for kind in KINDS)}][kind + 1] AS service_kind,
  started_at, local_day(started_at) AS started_on, started_is_date,
  ended_at, local_day(ended_at) AS ended_on,
  CASE WHEN ended_at IS NOT NULL THEN started_is_date END AS ended_is_date
FROM ended"""


def make(folder: Path) -> int:
    """Write both files into the folder, and say how many legs there are."""
    with DuckDB(memory_limit="6GB", spill=folder / "spill") as engine:
        for macro in CHANCE.strip().split(";\n"):
            engine.run(macro)
        legs, unsorted = folder / "legs.parquet", folder / "unsorted.parquet"
        how = "(FORMAT parquet, COMPRESSION zstd)"
        engine.run(f"COPY ({LEGS} ORDER BY {ORDER}) TO {literal(legs.as_posix())} {how}")
        mixed = f"SELECT * FROM {parquet(legs)} ORDER BY chance(epoch(started_at)::BIGINT % 999983, 0, 6), leg_id"
        engine.run(f"COPY ({mixed}) TO {literal(unsorted.as_posix())} {how}")
        ((count,),) = engine.rows(f"SELECT count(*) FROM {parquet(legs)}")
    return int(count)
