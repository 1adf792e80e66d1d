"""What is said of a record that can't be used: worked examples, which are also the documentation.

Each example is one record of a small file and what is wrong with it: whether the whole record is rejected or one value
is not used, the field, and the sentence a person acts on. The sentence never holds what the record says.
"""

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from fishplate.records.received import Received
from fishplate.records.sources import formats
from fishplate.records.staging import Staging
from fishplate.settings.project import Field, Source, TableMapping
from fishplate.store.duckdb import DuckDB

HEADER = "ID,NHS_NO,MRN,DOB,CLASS,ADM,DIS,IMD,ALONE"
LEGS = TableMapping(
    "legs",
    (
        Field("record_id", ("ID",)),
        Field("nhs_number", ("NHS_NO",)),
        Field("local_id", ("MRN",)),
        Field("born_on", ("DOB",), formats=("%d/%m/%Y",)),
        Field("service_kind", value="acute_hospital"),
        Field("leg_kind", ("CLASS",), codes=(("I", "spell"), ("O", "contact"))),
        Field("started", ("ADM",), formats=("%d/%m/%Y %H:%M", "%d/%m/%Y")),
        Field("ended", ("DIS",), formats=("%d/%m/%Y %H:%M", "%d/%m/%Y")),
    ),
)
PEOPLE = TableMapping(
    "people",
    (Field("local_id", ("MRN",)), Field("deprivation_decile", ("IMD",)), Field("lives_alone", ("ALONE",))),
)

EXAMPLES: dict[str, tuple[TableMapping, str, list[tuple[str, str, str]]]] = {
    "A sound record has nothing said of it.": (LEGS, "1,9434765919,A1,31/01/1940,I,01/03/2024,,,", []),
    "A date of no format stated.": (
        LEGS,
        "1,9434765919,A1,,I,2024-03-01,,,",
        [
            ("record", "started", "started in column ADM could not be read as a date or time. Expected dd/mm/yyyy "
             "hh:mm or dd/mm/yyyy. Correct it, or add its format in fishplate.toml."),
        ],
    ),
    "A day no calendar has.": (
        LEGS,
        "1,9434765919,A1,,I,30/02/2024,,,",
        [
            ("record", "started", "started in column ADM could not be read as a date or time. Expected dd/mm/yyyy "
             "hh:mm or dd/mm/yyyy. Correct it, or add its format in fishplate.toml."),
        ],
    ),
    "A slip in the century.": (
        LEGS,
        "1,9434765919,A1,,I,01/03/1024,,,",
        [
            ("record", "started", "started in column ADM lies outside the years 1900 to 2199. Correct the year and "
             "send it again."),
        ],
    ),
    "A leg that ends before it starts.": (
        LEGS,
        "1,9434765919,A1,,I,02/03/2024 10:00,02/03/2024 09:00,,",
        [
            ("record", "ended", "The record ends before it starts. Expected ended at or after the start. Correct the "
             "dates and send it again."),
        ],
    ),
    "A leg that ends on the day it starts, told by the day alone.": (
        LEGS, "1,9434765919,A1,,I,02/03/2024 10:00,02/03/2024,,", []
    ),
    "A code nobody mapped.": (
        LEGS,
        "1,9434765919,A1,,Z,01/03/2024,,,",
        [
            ("record", "leg_kind", "leg_kind in column CLASS holds a code that the project does not map. Expected one "
             "of I, O. Add the code to the mapping in fishplate.toml, or give `other`."),
        ],
    ),
    "An NHS number with a wrong check digit, and another identifier.": (
        LEGS,
        "1,9434765918,A1,,I,01/03/2024,,,",
        [
            ("value", "nhs_number", "nhs_number in column NHS_NO is not a valid NHS number (ten digits whose last is "
             "the check digit). It was not used to link the record."),
        ],
    ),
    "An NHS number with a wrong check digit, and nothing else.": (
        LEGS,
        "1,9434765918,,,I,01/03/2024,,,",
        [
            ("record", "", "The record names no person: no valid NHS number and no local identifier. Expected at least "
             "one. Fill it and send it again."),
            ("value", "nhs_number", "nhs_number in column NHS_NO is not a valid NHS number (ten digits whose last is "
             "the check digit). It was not used to link the record."),
        ],
    ),
    "A number and a yes or no that are neither: the person is kept, those values are unknown.": (
        PEOPLE,
        "1,,A1,,,,,three,perhaps",
        [
            ("value", "deprivation_decile", "deprivation_decile in column IMD is not a whole number. The rest of the "
             "record is used without it."),
            ("value", "lives_alone", "lives_alone in column ALONE is neither yes nor no. Expected yes, no, true, "
             "false, y, n, 1 or 0. The rest of the record is used without it."),
        ],
    ),
    "A comma too many.": (
        LEGS,
        "1,9434765919,A1,,I,01/03/2024,,,,",
        [
            ("record", "", "The line has a different number of values than the header. Expected 9 values. Often a "
             "separator inside a value: put quotation marks round it, and send it again."),
        ],
    ),
    "A quotation mark that is never closed.": (
        LEGS,
        '1,"9434765919,A1,,I,01/03/2024,,,',
        [
            ("record", "", "A quotation mark on this line is not closed or closes in the middle of a value. Expected "
             "each quoted value to begin and end with the quotation mark. Correct the line and send it again."),
        ],
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDB]:
    with DuckDB(threads=1) as connection:
        yield connection


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_is_said_of_a_record(example: str, engine: DuckDB, tmp_path: Path) -> None:
    mapping, record, said = EXAMPLES[example]
    kept = tmp_path / "kept"
    kept.write_text(f"{HEADER}\n{record}\n", "utf-8")
    source = Source("ward", "csv", "*.csv", tables=(mapping,))
    received = Received(1, "ward", "ward.csv", "0" * 64, 0, 0, "2026-01-01T00:00:00+00:00")
    staging = Staging(engine, formats()["csv"], source, received, "Europe/London")
    staged = staging.read(kept, tmp_path / "staged", lambda _bytes: None)
    rejections = pq.read_table(staged.rejections).to_pylist()
    assert [(each["what"], each["field"] or "", each["reason_words"]) for each in rejections] == said
    assert {each["line"] for each in rejections} <= {2}
    assert staged.accepted == (0 if any(what == "record" for what, _, _ in said) else 1)
