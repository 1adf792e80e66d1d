"""Formats, dates, sniffing, columns, lines of keys and the environment, each by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fishplate.errors import ProjectFaults
from fishplate.settings.checking import column_faults, named
from fishplate.settings.dates import date_alone, find_clock, find_formats
from fishplate.settings.environment import Environment, read_environment
from fishplate.settings.faults import did_you_mean, key_lines, shown
from fishplate.settings.formats import ambiguous, joined
from fishplate.settings.sniffing import DELIMITERS, rows, sniff
from tests.unit.settings.projects import read


@pytest.mark.parametrize(
    ("formats", "pair"),
    [
        (("%d/%m/%Y", "%m/%d/%Y"), ("%d/%m/%Y", "%m/%d/%Y")),
        (("%d/%m/%y", "%y/%m/%d"), ("%d/%m/%y", "%y/%m/%d")),
        (("%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y %H:%M"), None),
        ((), None),
    ],
)
def test_formats_that_read_one_date_as_different_days(formats: tuple[str, ...], pair: tuple[str, str] | None) -> None:
    assert ambiguous(formats) == pair


def test_the_date_alone_is_tried_after_the_date_with_its_time() -> None:
    assert joined(("%d/%m/%Y",), ("%H:%M", "%H%M")) == ("%d/%m/%Y %H:%M", "%d/%m/%Y %H%M", "%d/%m/%Y")


@pytest.mark.parametrize(
    ("sample", "formats", "either_way"),
    [
        (("2025-03-01", "2025-03-01T10:00:00Z"), (), False),
        (("01/03/2025", "02/03/2025"), ("%d/%m/%Y",), True),
        (("01/03/2025", "31/03/2025"), ("%d/%m/%Y",), False),
        (("03/31/2025", "03/01/2025"), ("%m/%d/%Y",), False),
        (("20250301",), ("%Y%m%d",), False),
        (("31-Mar-2025 14:05",), ("%d-%b-%Y %H:%M",), False),
        (("31/03/2025", "2025-04-01", ""), ("%Y-%m-%d", "%d/%m/%Y"), False),
    ],
)
def test_how_dates_are_written(sample: tuple[str, ...], formats: tuple[str, ...], either_way: bool) -> None:
    found = find_formats(sample)
    assert found is not None
    assert (found.formats, found.either_way) == (formats, either_way)


def test_what_is_no_date_has_no_format() -> None:
    assert find_formats(("Ward 7", "x")) is None
    assert find_formats(("", " ")) is None
    assert find_clock(("10:30", "late")) == ""
    assert find_clock(("10:30", "")) == "%H:%M"


def test_a_date_whose_own_time_is_always_midnight_is_a_date_alone() -> None:
    found = date_alone(("31/03/2025 00:00:00", "01/04/2025 00:00:00"))
    assert found is not None
    assert found.formats == ("%d/%m/%Y 00:00:00",)
    assert date_alone(("31/03/2025 10:30",)) is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_how_a_file_is_written_is_found(encoding: str, delimiter: str) -> None:
    lines = [("ID", "NAME", "WHEN"), ("1", "Zoë, of Ward 7", "2025-03-01"), ("2", "b; c", "2025-03-02")] * 5
    text = "\n".join(delimiter.join(f'"{cell}"' if not cell.isalnum() else cell for cell in line) for line in lines)
    start = text.encode(encoding)
    assert sniff(start) == (encoding, delimiter, '"')
    assert list(rows(start, sniff(start), 3)) == lines[:3]


def test_a_single_quotation_mark_is_found() -> None:
    assert sniff(b"a,b\n'x,y',2\n'z',3\n").quote == "'"


@given(st.binary(max_size=300))
def test_no_bytes_upset_the_sniffing(start: bytes) -> None:
    list(rows(start, sniff(start), 10))


def test_a_column_that_a_file_lacks_is_told_with_the_one_likely_meant() -> None:
    (source,) = read().sources
    header = tuple(name for name in named(source) if name != "NHS_NO")
    (fault,) = column_faults(source, (*header, "NHS_NUM", "ADM"), "a.csv")[:1]
    assert (fault.file, fault.key) == ("a.csv", "sources.hospital_spells.tables.legs.nhs_number")
    assert fault.suggestion == "Did you mean 'NHS_NUM'?"
    assert "two columns 'ADM'" in str(column_faults(source, (*named(source), "ADM"), "a.csv")[0])
    assert column_faults(source, named(source), "a.csv") == ()


def test_keys_are_found_at_their_lines() -> None:
    text = "a.b = 1\n[[s]]\nx = 1\n[s.t]\n'y z' = 2\n[[s]]\nx = 3\n"
    lines = key_lines(text)
    assert lines["a", "b"] == 1
    assert (lines["s", 0, "x"], lines["s", 0, "t", "y z"], lines["s", 1, "x"]) == (3, 5, 7)


def test_a_member_of_a_list_is_shown_by_its_name_or_by_its_place() -> None:
    document = {"sources": [{"name": "gp"}, {}]}
    assert shown(("sources", 0, "holes", 1), document) == "sources.gp.holes[2]"
    assert shown(("sources", 1, "a b"), document) == "sources[2].'a b'"


def test_a_word_that_is_near_none_has_no_suggestion() -> None:
    assert did_you_mean("zzz", ["alpha", "beta"]) == ""
    assert did_you_mean("Alhpa", ["alpha", "beta"]) == "Did you mean 'alpha'?"


def test_the_environment_says_how_fishplate_runs() -> None:
    assert read_environment({"PATH": "x", "FISHPLATE_NO_SKIPS": "1"}) == Environment()
    told = {
        "FISHPLATE_PORT": "9000",
        "FISHPLATE_THREADS": "2",
        "FISHPLATE_HOST": "::1",
        "FISHPLATE_MEMORY_LIMIT": "1GB",
    }
    assert read_environment(told) == Environment("::1", 9000, 2, "1GB")


def test_every_fault_of_the_environment_is_told_at_once() -> None:
    told = {
        "FISHPLATE_PROT": "9000",
        "FISHPLATE_PORT": "70000",
        "FISHPLATE_THREADS": "²",
        "FISHPLATE_MEMORY_LIMIT": "x",
    }
    with pytest.raises(ProjectFaults) as refusal:
        read_environment(told)
    assert sorted(fault.key for fault in refusal.value.faults) == sorted(told)
    assert "Did you mean 'FISHPLATE_PORT'?" in str(refusal.value)
