"""A hospital group's legs as one CSV file, as large as wanted and without a fault: what a build is measured on.

Takes a path and how many legs; writes the file, sorted by start as real extracts are, and gives the project that reads
it. Each person has five legs on average, a valid NHS number and one date of birth. Chance is arithmetic on the number
of the leg, so the file is the same each time on every machine.
"""

import sys
from pathlib import Path
from typing import Final

from fishplate.store.duckdb import DuckDB
from fishplate.store.engine import literal

LEGS: Final = 10_000_000
LEGS_A_PERSON: Final = 5
SECONDS: Final = 730 * 86_400
"""The file covers two years."""

KINDS: Final = ("acute_hospital", "emergency_department", "district_nursing", "reablement", "community_therapy")

PROJECT: Final = """[project]
name = "A bench"
place = "Anywhere"
mode = "planning"

[[sources]]
name = "legs"
format = "csv"
path = "{path}"
complete_from = 2023-04-01
complete_until = 2025-03-30
[sources.tables.legs]
record_id = "SPELL_ID"
nhs_number = "NHS_NUMBER"
local_id = {{column = "MRN", system = "mrn"}}
born_on = "DATE_OF_BIRTH"
organisation_id = "ORGANISATION"
service_kind = "SERVICE_KIND"
leg_kind = {{column = "SERVICE_KIND", codes = {{acute_hospital = "spell"}}, other = "episode"}}
started = {{date = "START_DATE", time = "START_TIME", format = "%Y-%m-%d", time_format = "%H:%M"}}
ended = {{date = "END_DATE", time = "END_TIME", format = "%Y-%m-%d", time_format = "%H:%M"}}
admission_method = "ADMISSION_METHOD"
discharge_method = "DISCHARGE_METHOD"
discharge_destination = "DISCHARGE_DESTINATION"
treatment_function = "TREATMENT_FUNCTION"
"""
# One for each organisation that the file names.
ORGANISATION: Final = """
[[organisations]]
id = "R{number:02}"
name = "Hospital {number}"
kind = "acute"
"""
ORGANISATIONS: Final = 20

CHANCE: Final = """
CREATE OR REPLACE MACRO mixed(x, shift, factor) AS (xor(x, x >> shift) * factor::UBIGINT) % 4294967296::UBIGINT;
CREATE OR REPLACE MACRO chance(leg, salt) AS
  mixed(mixed((leg * 16 + salt)::UBIGINT * 2654435761::UBIGINT % 4294967296::UBIGINT, 15, 2246822519), 13, 3266489917);
CREATE OR REPLACE MACRO check_digit(nine) AS (11 - (
  nine // 100000000 % 10 * 10 + nine // 10000000 % 10 * 9 + nine // 1000000 % 10 * 8 + nine // 100000 % 10 * 7
  + nine // 10000 % 10 * 6 + nine // 1000 % 10 * 5 + nine // 100 % 10 * 4 + nine // 10 % 10 * 3 + nine % 10 * 2
  ) % 11) % 11;
"""
# An emergency department (kind 1) has a person for hours, the others for days. Where the check digit would be 10 the
# first digit is raised by three, which makes it another (30 is 8 of 11).
ROWS: Final = """
SELECT
  'S' || leg AS SPELL_ID,
  nine::VARCHAR || check_digit(nine)::VARCHAR AS NHS_NUMBER,
  'M' || person AS MRN,
  DATE '1925-01-01' + (person * 7919 % 32000)::INTEGER AS DATE_OF_BIRTH,
  'R' || lpad((chance(leg, 2) % {organisations})::VARCHAR, 2, '0') AS ORGANISATION,
  {kinds}[1 + kind::INTEGER] AS SERVICE_KIND,
  started::DATE AS START_DATE,
  left(started::TIME::VARCHAR, 5) AS START_TIME,
  ended::DATE AS END_DATE,
  left(ended::TIME::VARCHAR, 5) AS END_TIME,
  ['11', '12', '21', '22', '2A', '81'][1 + (chance(leg, 5) % 6)::INTEGER] AS ADMISSION_METHOD,
  CASE chance(leg, 6) % 40 WHEN 0 THEN '4' WHEN 1 THEN '2' ELSE '1' END AS DISCHARGE_METHOD,
  CASE chance(leg, 6) % 40 WHEN 0 THEN '79' WHEN 2 THEN '51' WHEN 3 THEN '56' ELSE '19' END AS DISCHARGE_DESTINATION,
  ['100', '110', '300', '320', '340', '430'][1 + (chance(leg, 7) % 6)::INTEGER] AS TREATMENT_FUNCTION
FROM (
  SELECT leg, person, kind, started,
    started + to_seconds((1800 + chance(leg, 4) % CASE WHEN kind = 1 THEN 40000 ELSE 1200000 END)::BIGINT) AS ended,
    CASE WHEN check_digit(400000000 + person * 37) = 10 THEN 700000000 ELSE 400000000 END + person * 37 AS nine
  FROM (
    SELECT leg, (chance(leg, 1) % {people})::BIGINT AS person, chance(leg, 3) % {kind_count} AS kind,
      TIMESTAMP '2023-04-01 00:00:00' + to_seconds((leg::DOUBLE * {seconds} / {legs})::BIGINT) AS started
    FROM range({legs}) AS numbers(leg)))
"""


def write_legs_csv(path: Path, legs: int = LEGS) -> None:
    """Write so many legs in one file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = ROWS.format(
        legs=legs,
        people=max(1, legs // LEGS_A_PERSON),
        seconds=SECONDS,
        organisations=ORGANISATIONS,
        kinds=list(KINDS),
        kind_count=len(KINDS),
    )
    with DuckDB(memory_limit="1GB") as engine:
        for macro in CHANCE.strip().split(";\n"):
            engine.run(macro)
        engine.run(f"COPY ({rows}) TO {literal(path.as_posix())} (FORMAT csv, HEADER true)")


def project_text(path: str = "in/legs.csv") -> str:
    """The project file that reads the legs at this path inside the project's folder."""
    return PROJECT.format(path=path) + "".join(ORGANISATION.format(number=number) for number in range(ORGANISATIONS))


def write_project(folder: Path, legs: int = LEGS) -> None:
    """Write a whole project: its file, and the legs below `in/`."""
    write_legs_csv(folder / "in" / "legs.csv", legs)
    (folder / "fishplate.toml").write_bytes(project_text().encode())


if __name__ == "__main__":
    write_project(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else LEGS)
