"""Dates and times as organisations write them: what each is read as, and what is refused."""

from datetime import date, datetime

import pytest

from fishplate.records.moments import Read, expected, read
from fishplate.records.reasons import Reason

# ruff: noqa: DTZ001, RUF001 - tables hold UTC without a zone in the value; digits of other alphabets are the point.
LONDON, NEW_YORK = "Europe/London", "America/New_York"


@pytest.mark.parametrize(
    ("text", "formats", "at", "offset"),
    [
        ("2024-07-01T10:00:00", (), datetime(2024, 7, 1, 9), 60),
        ("2024-07-01 10:00:59.999999999Z", (), datetime(2024, 7, 1, 10, 0, 59), 0),
        ("2024-07-01T10:00-0400", (), datetime(2024, 7, 1, 14), -240),
        ("1/7/24 9:05", ("%d/%m/%y %H:%M",), datetime(2024, 7, 1, 8, 5), 60),
        ("01 JUL 2024 12:30 am", ("%d %b %Y %I:%M %p",), datetime(2024, 6, 30, 23, 30), 60),
        ("20240701T093000", ("%Y%m%dT%H%M%S",), datetime(2024, 7, 1, 8, 30), 60),
        ("2024-10-27 01:30", (), datetime(2024, 10, 27, 0, 30), 60),
        ("2024-03-31 01:30", (), datetime(2024, 3, 31, 1, 30), 0),
    ],
    ids=["summer time", "fraction", "offset", "short year", "midnight", "run together", "came twice", "skipped"],
)
def test_a_time_is_an_instant(text: str, formats: tuple[str, ...], at: datetime, offset: int) -> None:
    found = read(text, formats, LONDON, LONDON)
    assert isinstance(found, Read)
    assert (found.at, found.is_date, found.offset_minutes) == (at, False, offset)


def test_a_date_is_that_local_day_wherever_the_project_is() -> None:
    assert read("2024-07-01", (), LONDON, NEW_YORK) == Read(datetime(2024, 6, 30, 23), date(2024, 7, 1), True, 60)


def test_a_time_falls_on_the_day_of_the_project() -> None:
    found = read("2024-07-01T01:00:00", (), LONDON, NEW_YORK)
    assert isinstance(found, Read)
    assert found.on == date(2024, 6, 30)


@pytest.mark.parametrize(("year", "full"), [("68", 2068), ("69", 1969), ("00", 2000), ("99", 1999)])
def test_a_short_year_is_of_the_century_that_posix_says(year: str, full: int) -> None:
    found = read(f"01/02/{year}", ("%d/%m/%y",), "UTC", "UTC")
    assert isinstance(found, Read)
    assert found.on == date(full, 2, 1)


@pytest.mark.parametrize(
    ("text", "formats"),
    [
        ("2024-02-30", ()),
        ("2024-01-01T24:00", ()),
        ("2024-01-01T10:00:60", ()),
        ("2024-01-01T10:00+24:00", ()),
        ("2024-01-01 ", ()),
        ("0000-01-01", ()),
        ("٢٠٢٤-٠١-٠١", ()),
        ("1122024", ("%d%m%Y",)),
        ("2024112", ("%Y%m%d",)),
        ("01/02/2024 0:30 am", ("%d/%m/%Y %I:%M %p",)),
        ("1 Sept 2024", ("%d %b %Y",)),
    ],
)
def test_what_is_no_date_of_the_format_is_unreadable(text: str, formats: tuple[str, ...]) -> None:
    assert read(text, formats, LONDON, LONDON) is Reason.DATE_UNREADABLE


@pytest.mark.parametrize("text", ["1899-12-31", "2200-01-01", "0001-01-01", "9999-12-31"])
def test_a_year_no_record_is_about_is_implausible(text: str) -> None:
    assert read(text, (), LONDON, LONDON) is Reason.DATE_IMPLAUSIBLE


def test_the_first_format_that_fits_is_taken() -> None:
    found = read("01-MAR-2024", ("%d/%m/%Y", "%d-%b-%Y"), LONDON, LONDON)
    assert isinstance(found, Read)
    assert found.on == date(2024, 3, 1)


def test_what_was_expected_is_said_without_directives() -> None:
    assert expected(("%d/%m/%Y %H:%M", "%d-%b-%y")) == "dd/mm/yyyy hh:mm or dd-mon-yy"
    assert "%" not in expected(("%d %B %Y %I:%M:%S.%f %p %z",))


def test_a_number_that_touches_a_digit_of_the_format_has_all_its_digits() -> None:
    assert read("10012000", ("%d0%m%Y",), "UTC", "UTC") is Reason.DATE_UNREADABLE
    assert read("100012000", ("%d0%m%Y",), "UTC", "UTC") == Read(datetime(2000, 1, 10), date(2000, 1, 10), True, 0)
