"""What a project file says, by example: a folder, its sources, and what fills what.

Each example is a piece of `fishplate.toml` and what Fishplate makes of it.
"""

from datetime import date

from fishplate.settings.project import Condition, Field, Hole
from fishplate.settings.writing import commented_project
from tests.unit.settings.projects import SOUND, faults, read

LEGS = read().sources[0].tables[0]


def test_a_source_says_where_its_files_are_and_for_which_days_they_are_complete() -> None:
    source = read().sources[0]
    assert (source.name, source.format, source.path) == ("hospital_spells", "csv", "incoming/spells_*.csv")
    assert (source.complete_from_on, source.complete_until_on) == (date(2025, 1, 1), date(2025, 12, 31))
    assert source.holes == (Hole(date(2025, 3, 1), date(2025, 3, 7), "new system"),)


def test_what_is_not_said_has_its_usual_value() -> None:
    project = read()
    assert (project.mode, project.engine, project.zone) == ("planning", "duckdb", "Europe/London")
    assert (project.sources[0].encoding, project.sources[0].delimiter, project.sources[0].quote) == ("utf-8", ",", '"')


def test_a_text_is_the_name_of_a_column() -> None:
    assert LEGS.field("nhs_number") == Field("nhs_number", ("NHS_NO",))


def test_a_local_number_has_the_system_that_gave_it() -> None:
    assert LEGS.field("local_id") == Field("local_id", ("MRN",), system="rxx-mrn")


def test_codes_of_the_file_become_ours_and_all_others_become_one() -> None:
    assert LEGS.field("leg_kind") == Field("leg_kind", ("K",), codes=(("I", "spell"),), other="contact")


def test_a_moment_has_the_format_it_is_written_in_and_the_zone_of_its_source() -> None:
    assert LEGS.field("started") == Field("started", ("ADM",), formats=("%d/%m/%Y %H:%M",), zone="Europe/London")


def test_a_date_and_a_time_in_two_columns_are_one_moment_and_a_blank_time_leaves_the_date() -> None:
    ended = Field("ended", ("DIS",), "DIS_T", formats=("%d/%m/%Y %H:%M", "%d/%m/%Y"), zone="Europe/London")
    assert LEGS.field("ended") == ended


def test_the_first_of_several_columns_that_is_not_blank_fills_a_field() -> None:
    assert LEGS.field("ready") == Field("ready", ("READY", "READY_EST"), zone="Europe/London")


def test_the_organisation_and_the_service_kind_of_a_source_hold_for_all_its_records() -> None:
    assert LEGS.field("organisation_id") == Field("organisation_id", value="RXX")
    assert LEGS.field("service_kind") == Field("service_kind", value="acute_hospital")


def test_sensitive_records_are_left_out_and_a_table_may_take_only_some_of_the_rest() -> None:
    assert read().sources[0].leave_out == (Condition("SPEC", ("360",)),)
    assert LEGS.only == (Condition("TYPE", ("T",), negated=True),)


def test_every_fault_is_told_at_once_with_its_line_and_what_was_likely_meant() -> None:
    text = SOUND.replace('place = "Smalltown"', 'plase = "Smalltown"').replace("started =", "startd =")
    text = text.replace("csv", "cvs", 1).replace("%H:%M", "%H.%K", 1)
    assert [(fault.file, fault.key, fault.suggestion) for fault in faults(text)] == [
        ("fishplate.toml:1", "project.place", ""),
        ("fishplate.toml:3", "project.plase", "Did you mean 'place'?"),
        ("fishplate.toml:26", "sources.hospital_spells.format", "Did you mean 'csv'?"),
        ("fishplate.toml:34", "sources.hospital_spells.tables.legs.started", ""),
        ("fishplate.toml:39", "sources.hospital_spells.tables.legs.startd", "Did you mean 'started'?"),
    ]


def test_init_writes_a_file_that_reads_and_whose_examples_read_as_well() -> None:
    text = commented_project('St "Mary"\n', "Smalltown")
    assert read(text).name == 'St "Mary"\n'
    assert read(text).sources == ()
    shown = "\n".join(
        line[1:] if line.startswith("#") and line[1:2] not in (" ", "") else line for line in text.split("\n")
    )
    assert [source.name for source in read(shown).sources] == ["hospital_spells", "gp_fhir"]
