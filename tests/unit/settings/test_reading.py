"""Each kind of fault in a project file, one at a time: where it is said to be, and what is said about it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fishplate.errors import ProjectFaults
from fishplate.settings.project import Project
from fishplate.settings.reading import read_project
from tests.unit.settings.projects import FOLDER, SOUND, faults, read, spoilt
from tests.unit.settings.words import VOCABULARY

LEGS = "sources.hospital_spells.tables.legs"
SOURCE = "sources.hospital_spells"

# What is changed, what to, at which key the fault is found, and words of the fault.
ONE_FAULT = [
    ('place = "Smalltown"', 'plac = "Smalltown"', "project.plac", "Did you mean 'place'?"),
    ('place = "Smalltown"', "", "project.place", "missing"),
    ('name = "Smalltown"', "name = 3", "project.name", "a whole number"),
    ('place = "Smalltown"', 'place = "x"\nzone = "Europe/Londn"', "project.zone", "'Europe/London'"),
    ('place = "Smalltown"', 'place = "x"\nmode = "plannning"', "project.mode", "'planning'"),
    ('place = "Smalltown"', 'place = "x"\nmode = ""', "project.mode", "not known"),
    ('place = "Smalltown"', 'place = "x"\nengine = "duck"', "project.engine", "'duckdb'"),
    ('place = "Smalltown"', 'place = "x"\nsuppression = "none"', "project.suppression", "nhs_digital"),
    ('place = "Smalltown"', 'place = "x"\nmemory_limit = "lots"', "project.memory_limit", "2GB"),
    ('place = "Smalltown"', 'place = "x"\njoin_standards = "all"', "project.join_standards", "a list of texts"),
    ("virtual_ward =", "acute_hospital =", "service_kinds.acute_hospital", "already"),
    ('kind = "acute"', 'kind = "acut"', "organisations.RXX.kind", "'acute'"),
    ('kind = "acute"', '[[organisations]]\nid = "rxx"', "organisations.rxx.id", "taken by organisations[1]"),
    ('id = "RXX-7"\norganisation = "RXX"', 'id = "RXX-7"\norganisation = "RXY"',
     "services.RXX-7.organisation", "'RXX'"),
    ("Mon-Fri 08", "Mon-Fry 08", "services.RXX-7.watched_hours", "weekday"),
    ('role = "Nurse"', 'role = "Nurse"\ntoken_hash = "secret"', "workers.worker-1.token_hash", "scrypt"),
    ('format = "csv"', 'format = "cvs"', f"{SOURCE}.format", "'csv'"),
    ('name = "hospital_spells"', 'name = "a/b"', "sources[1].name", "folder"),
    ("incoming/spells_*.csv", "../spells.csv", f"{SOURCE}.path", "leaves the project's folder"),
    ("incoming/spells_*.csv", "/spells.csv", f"{SOURCE}.path", "does not start in"),
    ("incoming/spells_*.csv", "C:/spells.csv", f"{SOURCE}.path", "does not start in"),
    ("incoming/spells_*.csv", r"in\\spells.csv", f"{SOURCE}.path", "forward slashes"),
    ("incoming/spells_*.csv", "build/x.csv", f"{SOURCE}.path", "built"),
    ("incoming/spells_*.csv", "in/a**.csv", f"{SOURCE}.path", "**"),
    ('organisation = "RXX"\nservice_kind = "acute', 'organisation = "RXY"\nservice_kind = "acute',
     f"{SOURCE}.organisation", "'RXX'"),
    ('service_kind = "acute_hospital"', 'service_kind = "acute_hospitl"', f"{SOURCE}.service_kind", "'acute_hospital'"),
    ('format = "csv"', 'format = "csv"\nencoding = "utf-9"', f"{SOURCE}.encoding", "'utf-8'"),
    ('format = "csv"', 'format = "csv"\nencoding = "base64"', f"{SOURCE}.encoding", "no encoding of text"),
    ('format = "csv"', 'format = "csv"\ndelimiter = "||"', f"{SOURCE}.delimiter", "2 characters"),
    ('format = "csv"', 'format = "csv"\nquote = ","', f"{SOURCE}.quote", "quotation mark"),
    ('format = "csv"', 'format = "csv"\nquote = 1', f"{SOURCE}.quote", "a whole number"),
    ("complete_from = 2025-01-01", 'complete_from = "2025-01-01"', f"{SOURCE}.complete_from", "without quotation"),
    ("complete_until = 2025-12-31", "complete_until = 2025-12-31T10:00:00", f"{SOURCE}.complete_until", "with a time"),
    ("until = 2025-03-07", "until = 2025-02-07", f"{SOURCE}.holes[1].until", "before 2025-03-01"),
    ("until = 2025-03-07", "until = 2026-03-07", f"{SOURCE}.holes[1]", "outside"),
    ('why = "new system"', 'becuse = "x"', f"{SOURCE}.holes[1].becuse", "no such key"),
    ('"360"', "360", f"{SOURCE}.leave_out[1].codes[1]", "a whole number"),
    ('not_codes = ["T"]', "not_codes = []", f"{LEGS}.only[1].codes", "no codes"),
    ('not_codes = ["T"]', 'not_codes = ["T"], codes = ["A"]', f"{LEGS}.only[1].not_codes", "together"),
    ("tables.legs", "tables.leg", f"{SOURCE}.tables.leg", "'legs'"),
    ('nhs_number = "NHS_NO"', 'nhs_number = "NHS_NO"\nnhs_numbr = "X"', f"{LEGS}.nhs_numbr", "'nhs_number'"),
    ('nhs_number = "NHS_NO"', "nhs_number = 3", f"{LEGS}.nhs_number", "a column's name"),
    ('nhs_number = "NHS_NO"', 'nhs_number = " "', f"{LEGS}.nhs_number", "blank"),
    ('nhs_number = "NHS_NO"', 'nhs_number = {column = "N", system = "x"}', f"{LEGS}.nhs_number.system", "namespaces"),
    ('nhs_number = "NHS_NO"', 'nhs_number = "NHS_NO"\nborn_on = {column = "DOB", format = "%d/%m/%y"}',
     f"{LEGS}.born_on.format", "century"),
    ('"rxx-mrn"', '"nhs"', f"{LEGS}.local_id.system", "kept for other"),
    ('"rxx-mrn"', '"a|b"', f"{LEGS}.local_id.system", "a bar"),
    ('I = "spell"', 'I = "spel"', f"{LEGS}.leg_kind.codes.I", "'spell'"),
    ('I = "spell"', "I = []", f"{LEGS}.leg_kind.codes.I", "a list"),
    ('other = "contact"', 'other = "contac"', f"{LEGS}.leg_kind.other", "'contact'"),
    ('{column = "K", codes = {I = "spell"}, other = "contact"}', '{column = "K", value = "spell"}',
     f"{LEGS}.leg_kind.value", "stand together"),
    ('{column = "K", codes = {I = "spell"}, other = "contact"}', "{}", f"{LEGS}.leg_kind", "nothing says"),
    ('{column = "K", codes = {I = "spell"}, other = "contact"}', '{value = "spel"}', f"{LEGS}.leg_kind.value", "spell"),
    ('leg_kind = {column = "K", codes = {I = "spell"}, other = "contact"}', "", f"{LEGS}.leg_kind", "nothing fills it"),
    ('column = "K"', 'column = "K", format = "%d/%m/%Y"', f"{LEGS}.leg_kind.format", "can't have it"),
    ("%d/%m/%Y %H:%M", "%d/%m/%Y %Q", f"{LEGS}.started.format", "'%Q'"),
    ("%d/%m/%Y %H:%M", "%d/%m %H:%M", f"{LEGS}.started.format", "no year"),
    ("%d/%m/%Y %H:%M", "%d/%m/%Y %I:%M", f"{LEGS}.started.format", "%p"),
    ("%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M:%SZ", f"{LEGS}.started.format", "%z"),
    ('"%d/%m/%Y %H:%M"', '["%d/%m/%Y", "%m/%d/%Y %H:%M"]', f"{LEGS}.started.format", "different days"),
    ('time = "DIS_T", ', "", f"{LEGS}.ended.time_format", "no column for the time"),
    ('time_format = "%H:%M"', 'time_format = "%d %H:%M"', f"{LEGS}.ended.time_format", "parts of a date"),
    ('"READY", "READY_EST"', '"READY", 3', f"{LEGS}.ready.columns[2]", "a whole number"),
    ('["READY", "READY_EST"]}', '["READY"], zone = "Mars"}', f"{LEGS}.ready.zone", "no known time zone"),
    ('format = "csv"',
     'format = "csv"\ncolumns = ["SPEC", "TYPE", "NHS_NO", "MRN", "K", "ADM", "DIS", "DIS_T", "READY"]',
     f"{LEGS}.ready", "Did you mean 'READY'?"),
]  # fmt: skip


def test_the_sound_file_reads_without_a_fault() -> None:
    assert faults(SOUND) == ()


@pytest.mark.parametrize(("old", "new", "key", "words"), ONE_FAULT)
def test_one_mistake_is_found_at_its_key_and_told_in_words(old: str, new: str, key: str, words: str) -> None:
    found = faults(spoilt(old, new))
    assert any(fault.key == key and words in str(fault) for fault in found), [str(fault) for fault in found]


@pytest.mark.parametrize(
    ("text", "file", "words"),
    [
        ("[project]\nname = ", "fishplate.toml", "Invalid value"),
        ('[project]\nname = "a\nb"', "fishplate.toml:2", "column"),
        ("[project]\nname = “Smalltown”", "fishplate.toml:2", "straight quotation marks"),
        ("a = " + "[" * 5000, "fishplate.toml", "too deep"),
        ("", "fishplate.toml", "[project]"),
        ("sources = 3", "fishplate.toml:1", "a whole number"),
        ("[sources]\nname = 'x'", "fishplate.toml:1", "two brackets"),
    ],
)
def test_a_file_that_is_hardly_one_is_refused_in_words(text: str, file: str, words: str) -> None:
    found = faults(text)
    assert any(fault.file == file and words in str(fault) for fault in found), [str(fault) for fault in found]


def test_a_source_that_brings_its_own_tables_takes_none() -> None:
    text = spoilt('format = "csv"', 'format = "fhir_ndjson"')
    assert [fault.key for fault in faults(text)] == ["sources.hospital_spells.tables"]


def test_a_value_may_name_an_unlisted_organisation_only_where_a_source_may_bring_it() -> None:
    stated = spoilt('nhs_number = "NHS_NO"', 'nhs_number = "NHS_NO"\norganisation_id = {value = "RZZ"}')
    assert [fault.key for fault in faults(stated)] == ["sources.hospital_spells.tables.legs.organisation_id.value"]
    assert faults(stated + '[[sources]]\nname = "gp"\nformat = "fhir_ndjson"\npath = "gp/*.ndjson"\n') == ()


def test_what_is_not_a_readable_file_is_refused(tmp_path: object) -> None:
    folder = FOLDER.__class__(str(tmp_path))
    with pytest.raises(ProjectFaults, match="fishplate init"):
        read_project(folder, VOCABULARY)
    (folder / "fishplate.toml").write_bytes("name = 'é'".encode("latin-1"))
    with pytest.raises(ProjectFaults, match="UTF-8"):
        read_project(folder, VOCABULARY)
    (folder / "fishplate.toml").write_bytes(b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode())
    assert read_project(folder, VOCABULARY).sources == read().sources


FIELD_KEYS = ["column", "columns", "codes", "value", "format", "date", "time", "from", "q"]
toml_values = st.recursive(
    st.integers().map(str)
    | st.sampled_from(
        ["true", '"x"', '""', "2025-01-01", "2025-01-01T10:00:00Z", "10:00:00", "nan", "0.5", '"%d/%m/%Y"']
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(st.sampled_from(FIELD_KEYS), inner, max_size=3).map(
            lambda pairs: f"{{{', '.join(f'{key} = {value}' for key, value in pairs.items())}}}"
        ),
    ),
    max_leaves=6,
)


@given(st.data())
def test_any_spoiling_gives_a_project_or_its_faults(data: st.DataObject) -> None:
    lines = SOUND.splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(lines) - 1))
        if " = " in lines[place]:
            lines[place] = lines[place].split(" = ")[0] + " = " + data.draw(toml_values)
        else:
            lines[place] = data.draw(
                st.sampled_from(["", "[sources]", "[[project]]", "[sources.tables.people]", "x ="])
            )
    give_a_project_or_faults("\n".join(lines))


@given(st.text(alphabet=st.sampled_from("[]{}=.,\"'#\n\t abcproject0123-:%\\\x00é")))
def test_any_text_gives_a_project_or_its_faults(text: str) -> None:
    give_a_project_or_faults(text)


def give_a_project_or_faults(text: str) -> None:
    """Any other exception fails the test by itself."""
    found = faults(text)
    assert all(fault.wrong and fault.expected and "\n" not in str(fault) for fault in found)
    assert found or isinstance(read(text), Project)
