"""A proposed project always reads, names what it knows, and never tells what stands in the file."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fishplate.settings.project import TableMapping
from fishplate.settings.proposing import PLACEHOLDER, few_codes, propose
from tests.unit.settings.projects import read
from tests.unit.settings.words import VOCABULARY

HEADER = ("SPELL_ID", "NHS_NO", "DOB", "Sex", "ADM_DATE", "ADM_TIME", "DISCH_DATE", "DISCHARGE METHOD")
ROWS = [
    (f"S{i}", "9434765919", "31/01/1940", "F", f"0{i}/03/2025", "10:30", f"0{i}/04/2025 11:00", "1")
    for i in range(1, 9)
]
COLUMNS_FILE = "data/uk_specs/uk_dataset_columns.tsv"


def legs(text: str) -> TableMapping:
    return next(table for table in read(text).sources[0].tables if table.table == "legs")


def filled(text: str) -> dict[str, tuple[str, ...]]:
    return {
        field.target: field.cells for table in read(text).sources[0].tables for field in table.fields if field.cells
    }


def test_a_hospital_export_is_recognised() -> None:
    mapping = legs(propose(HEADER, ROWS, "spells.csv", VOCABULARY))
    started, ended = mapping.field("started"), mapping.field("ended")
    assert started is not None
    assert (started.cells, started.time_cell, started.formats[0]) == (("ADM_DATE",), "ADM_TIME", "%d/%m/%Y %H:%M")
    assert ended is not None
    assert (ended.cells, ended.formats) == (("DISCH_DATE",), ("%d/%m/%Y %H:%M",))
    told = {field.target: field.cells for field in mapping.fields}
    assert told["nhs_number"] == ("NHS_NO",)
    assert told["record_id"] == ("SPELL_ID",)
    assert told["discharge_method"] == ("DISCHARGE METHOD",)


def test_a_date_that_could_be_read_either_way_is_taken_day_first_and_said_to_be() -> None:
    text = propose(HEADER, ROWS, "spells.csv", VOCABULARY)
    assert "LOOK" in text.split("started =")[0].splitlines()[-1]
    assert "LOOK" not in text.split("born_on =")[0].splitlines()[-1]


def test_no_value_of_the_file_is_told() -> None:
    text = propose(HEADER, ROWS, "spells.csv", VOCABULARY)
    told = {cell for row in ROWS for cell in row if len(cell) > 2 and cell in text}
    assert told == set()


def test_a_first_line_that_is_a_record_is_not_told_either() -> None:
    text = propose(("Joan Smith", "9434765919", "31/01/1940"), [("A B", "9434765919", "1/2/1950")], "x.csv", VOCABULARY)
    assert not any(secret in text for secret in ("Joan", "9434765919", "1940"))
    assert read(text).sources == ()


def test_codes_are_told_only_where_they_are_few_short_and_repeated() -> None:
    assert few_codes(["5", "3", "5", "3", "5", "3", ""]) == ("3", "5")
    assert few_codes(["5", "3", "5"]) == ()
    assert few_codes(["JOANS"] * 9) == ()
    assert few_codes([str(number) for number in range(13)] * 9) == ()


def test_codes_of_a_national_list_are_mapped() -> None:
    rows = [("1", "2025-03-01", code) for code in "567" * 3]
    text = propose(("PERSON ID", "CARE CONTACT DATE", "ATTENDANCE STATUS"), rows, "contacts.csv", VOCABULARY)
    (table,) = read(text).sources[0].tables
    attended = table.field("attended")
    assert attended is not None
    assert attended.codes == (("5", "attended"), ("6", "attended"), ("7", "not_attended"))


def test_what_must_be_filled_and_is_not_found_is_left_to_be_named() -> None:
    assert filled(propose(("A", "B"), [], "x.csv", VOCABULARY))["started"] == (PLACEHOLDER,)


cells = st.text(max_size=12) | st.sampled_from(["NHS_NO", "DOB", "Sex", "ADM_DATE", "2025-01-01", "attended", "5"])


@given(st.lists(cells, max_size=6), st.lists(st.lists(cells, max_size=6), max_size=4), st.text(max_size=9))
def test_every_proposal_reads(header: list[str], rows: list[list[str]], file_name: str) -> None:
    read(propose(header, rows, file_name, VOCABULARY))


@pytest.mark.parametrize(
    ("dataset", "table", "found"),
    [
        ("raw_sus_apc_spell", "legs", {"started": "spell.admission.date", "ended": "spell.discharge.date"}),
        ("raw_sus_ae_emergency_care", "legs", {"started": "attendance.arrival.date"}),
        ("raw_csds_cyp201carecontact", "contacts", {"contact": "CARE CONTACT DATE"}),
        ("raw_csds_cyp101referral", "referrals", {"received": "REFERRAL REQUEST RECEIVED DATE"}),
        ("raw_mhsds_mhs501hospprovspell", "legs", {"started": "StartDateHospProvSpell"}),
        ("raw_asc_cld_adult_social_care_cld", "legs", {"started": "Event Start Date", "ended": "Event End Date"}),
        ("raw_csds_cyp001mpi", "people", {"ethnicity": "ETHNIC CATEGORY"}),
    ],
)
def test_real_national_data_sets_are_recognised(shared: Path, dataset: str, table: str, found: dict[str, str]) -> None:
    with (shared / COLUMNS_FILE).open(encoding="utf-8", newline="") as lines:
        header = [row[1] for row in csv.reader(lines, delimiter="\t") if row[:1] == [dataset]]
    text = propose(list(dict.fromkeys(header)), [], f"{dataset}.csv", VOCABULARY)
    assert read(text).sources[0].tables[0].table == table
    assert {name: filled(text)[name] for name in found} == {name: (column,) for name, column in found.items()}


def test_a_birth_year_of_two_digits_is_left_to_the_person() -> None:
    text = propose(["NHS_NO", "DOB"], [["9434765919", "31/12/40"]], "people.csv", VOCABULARY)
    assert "# FILL IN: DOB has years of two digits" in text
    assert "\nborn_on" not in text
