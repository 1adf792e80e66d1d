"""The table of bank holidays is held to the rule behind it."""

from datetime import date, timedelta

import pytest
from dateutil.easter import easter

from fishplate.care.bank_holidays import ENGLAND_AND_WALES

MONDAY = 0
DAY = timedelta(days=1)
PROCLAIMED = {date(2023, 5, 8)}
"""The coronation."""


def monday_from(on: date) -> date:
    """The first Monday on or after a date."""
    return on + (MONDAY - on.weekday()) % 7 * DAY


def in_lieu(wanted: list[date]) -> set[date]:
    """Each of these days, or the next working day that none of the others has."""
    given: set[date] = set()
    for on in sorted(wanted, key=lambda day: (day.weekday() > 4, day)):
        while on.weekday() > 4 or on in given:
            on += DAY
        given.add(on)
    return given


def by_rule(year: int) -> set[date]:
    """The bank holidays that the Act and the proclamations that follow it give every year."""
    sunday = easter(year)
    return {
        *in_lieu([date(year, 1, 1)]),
        sunday - 2 * DAY,
        sunday + DAY,
        monday_from(date(year, 5, 1)),
        monday_from(date(year, 5, 25)),
        monday_from(date(year, 8, 25)),
        *in_lieu([date(year, 12, 25), date(year, 12, 26)]),
    }


@pytest.mark.parametrize("year", range(2023, 2028))
def test_a_year_has_the_days_that_the_rule_gives(year: int) -> None:
    assert {on for on in ENGLAND_AND_WALES if on.year == year} - PROCLAIMED == by_rule(year)


def test_the_table_has_five_years_and_the_coronation() -> None:
    assert {on.year for on in ENGLAND_AND_WALES} == set(range(2023, 2028))
    assert PROCLAIMED < ENGLAND_AND_WALES
