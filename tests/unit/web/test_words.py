"""Figures, days and kinds as they are said."""

from datetime import UTC, date, datetime

import pytest

from fishplate.measures.disclosure import HIDDEN, Shown
from fishplate.web import words

HIDDEN_FIGURE = Shown(HIDDEN, None)


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (0, "no days"), (1, "one day"), (9, "nine days"), (13, "13 days"), (14, "14 days (about 2 weeks)"),
        (90, "90 days (about 13 weeks)"), (120, "120 days (about 4 months)"), (1461, "1,461 days (about 4 years)"),
    ],
)  # fmt: skip
def test_days_are_said_so_that_they_can_be_grasped(length: int, said: str) -> None:
    assert words.days(length) == said


def test_a_hidden_figure_is_never_guessed_at() -> None:
    assert words.figure(HIDDEN_FIGURE) == "*"
    assert words.people(HIDDEN_FIGURE) == "a hidden number of people"
    assert words.average(HIDDEN_FIGURE) == "a hidden number"
    assert words.people(Shown("1235", 1235.0)) == "1,235 people"


def test_a_kind_is_read_as_the_project_calls_it() -> None:
    assert words.kind("district_nursing", {}) == "District nursing"
    assert words.kind("district_nursing", {"district_nursing": "Nurses at home"}) == "Nurses at home"
    assert words.kind("", {}) == words.kind("unknown", {}) == "Kind of service not recorded"


def test_a_name_inside_a_sentence_keeps_its_abbreviation() -> None:
    assert words.small("District nursing") == "district nursing"
    assert words.small("GP practice") == "GP practice"


def test_a_moment_without_a_time_says_only_the_day() -> None:
    day = date(2026, 1, 16)
    assert words.on_at(day, None) == "Friday 16 January 2026"
    assert words.on_at(day, datetime(2026, 1, 16, 16, 40, tzinfo=UTC)) == "Friday 16 January 2026, 16:40"


def test_what_is_not_recorded_is_not_called_not_done() -> None:
    assert words.gap(6) == "Nothing recorded for six days"
