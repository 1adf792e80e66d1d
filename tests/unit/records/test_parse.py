"""One record becomes one row: how each kind of value is taken, and what is wrong with a record that becomes none."""

import pytest

from fishplate.records.mapping import Reading
from fishplate.records.parse import Parsed, parse_one
from fishplate.settings.project import Condition, Field, Source, TableMapping

LEG = (
    Field("record_id", ("ID",)),
    Field("nhs_number", ("NHS",)),
    Field("local_id", ("MRN",), system="rxx-mrn"),
    Field("born_on", ("DOB",)),
    Field("service_kind", value="acute_hospital"),
    Field("leg_kind", ("KIND",), codes=(("I", "spell"), ("O", "contact"), ("N", ""))),
    Field("started", ("ADM", "ADM2"), "ADM_T", formats=("%Y-%m-%d %H:%M", "%Y-%m-%d")),
    Field("ended", ("DIS",)),
    Field("need", ("NEED",), value="not stated"),
)
SOUND = {"ID": "1", "NHS": "943 476 5919", "MRN": "A1", "DOB": "1940-01-31", "KIND": "I", "ADM": "2024-07-01"}


def parse(fields: tuple[Field, ...] = LEG, only: tuple[Condition, ...] = (), **cells: str) -> Parsed | None:
    """The sound record with these cells in place of its own."""
    mapping = TableMapping("legs", fields, only)
    source = Source("trust", "csv", "*", "RXX", leave_out=(Condition("NEED", ("secret",)),), tables=(mapping,))
    reading = Reading(source, mapping, "Europe/London")
    record = dict.fromkeys(reading.cells) | SOUND | cells
    return parse_one(reading, record, 7, "file", list(record.values()))


def faults(**cells: str) -> list[str]:
    """The faults of the sound record with these cells, as reason and field."""
    mapping = TableMapping("legs", LEG)
    checks = Reading(Source("trust", "csv", "*", tables=(mapping,)), mapping, "Europe/London").checks
    found = parse(**cells)
    assert found is not None
    return [f"{checks[place].reason.name.lower()} {checks[place].field}".strip() for place in found.faults]


def row(**cells: str) -> dict[str, object]:
    found = parse(**cells)
    assert found is not None
    return found.row


def test_a_sound_record_is_a_row_that_knows_where_it_stands() -> None:
    found = parse()
    assert found is not None
    assert (found.faults, found.rejected, found.left_out) == ([], False, False)
    assert [found.row[name] for name in ("source", "file", "line", "record_id")] == ["trust", "file", 7, "1"]
    assert found.row["identity"] == "nhs|9434765919\x1frxx-mrn|A1\x1fborn|1940-01-31"
    assert [found.row[name] for name in ("leg_kind", "need", "service_kind")] == [
        "spell",
        "not stated",
        "acute_hospital",
    ]
    assert (found.row["started_is_date"], found.row["ended_at"]) == (True, None)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"KIND": "X"}, ["code_unknown leg_kind"]),
        ({"KIND": "N"}, ["required_missing leg_kind"]),
        ({"KIND": ""}, ["required_missing leg_kind"]),
        ({"ADM": "", "ADM2": " "}, ["required_missing started"]),
        ({"ADM": "01/07/2024"}, ["date_unreadable started"]),
        ({"ADM": "1824-07-01"}, ["date_implausible started"]),
        ({"DIS": "2024-06-30"}, ["period_reversed ended"]),
        ({"DIS": "2024-06-30", "KIND": "X"}, ["code_unknown leg_kind", "period_reversed ended"]),
        ({"NHS": "", "MRN": ""}, ["no_identifier"]),
        ({"NHS": "9434765918", "MRN": ""}, ["nhs_number_invalid nhs_number", "no_identifier"]),
    ],
)
def test_a_record_with_a_fault_is_rejected_for_all_that_is_wrong(cells: dict[str, str], expected: list[str]) -> None:
    found = parse(**cells)
    assert found is not None
    assert found.rejected
    assert faults(**cells) == expected


@pytest.mark.parametrize("cells", [{"NHS": "9434765918"}, {"NHS": "1111111111"}, {"DOB": "31/01/1940"}])
def test_a_value_that_names_a_person_wrongly_is_not_used_and_the_rest_is(cells: dict[str, str]) -> None:
    found = parse(**cells)
    assert found is not None
    assert found.faults
    assert not found.rejected
    assert "rxx-mrn|A1" in str(found.row["identity"])
    assert next(iter(cells.values())) not in str(found.row["identity"])


def test_the_first_cell_that_is_not_blank_wins() -> None:
    assert row(ADM="\t", ADM2="2024-07-02")["started_on"] == row(ADM="2024-07-02")["started_on"]


def test_a_time_in_its_own_cell_makes_a_date_a_moment() -> None:
    timed = row(ADM_T="16:40", DIS="2024-07-01")
    assert str(timed["started_at"]) == "2024-07-01 15:40:00"
    assert timed["started_is_date"] is False
    assert faults(ADM_T="16:40", DIS="2024-07-01") == []


def test_white_space_at_the_ends_of_a_cell_says_nothing() -> None:
    assert row(KIND="\u00a0I\t") == row()


def test_a_record_without_an_id_gets_one_from_its_content() -> None:
    ids = {str(row(ID="", NEED=need)["record_id"]) for need in ("hip", "hip ", "knee")}
    assert len(ids) == 2
    assert all(each.startswith("#") for each in ids)


def test_a_sensitive_record_leaves_its_line_and_nothing_else() -> None:
    found = parse(NEED="secret")
    assert found is not None
    assert found.left_out
    assert {name for name, value in found.row.items() if value is not None} == {"line"}


def test_a_record_that_is_not_meant_for_the_table_is_none_of_its_rows() -> None:
    assert parse(only=(Condition("KIND", ("O",)),)) is None
    assert parse(only=(Condition("KIND", ("O",), negated=True),)) is not None
