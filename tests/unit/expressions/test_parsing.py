"""Conditions over named columns: what can be written, what it means, and what is said of a mistake."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fishplate.expressions.parsing import DEEPEST, LONGEST, parse
from fishplate.expressions.predicate import (
    AllOf,
    Always,
    AnyOf,
    ColumnWord,
    Comparison,
    Known,
    Membership,
    Not,
    Term,
)

COLUMNS = (
    ColumnWord("service_kind", "text", ("reablement", "home_care")),
    ColumnWord("need", "text"),
    ColumnWord("staff_minutes", "number"),
    ColumnWord("lives_alone", "flag"),
    ColumnWord("started", "day"),
)
NEED = Comparison("need", "=", "insulin")
ALONE = Comparison("lives_alone", "=", True)
SHORT = Comparison("staff_minutes", "<", 10)


def meaning(text: str) -> Term:
    predicate, troubles = parse(text, COLUMNS)
    assert not troubles
    assert predicate.text == text.strip()
    return predicate.term


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("true", Always(True)),
        ("false", Always(False)),
        ("need = 'insulin'", NEED),
        ('need = "insulin"', NEED),
        ("need != 'a \"b\" c'", Comparison("need", "!=", 'a "b" c')),
        ("staff_minutes >= -2.5", Comparison("staff_minutes", ">=", -2.5)),
        ("lives_alone = true", ALONE),
        ("started < 2025-03-31", Comparison("started", "<", date(2025, 3, 31))),
        ("service_kind in ('reablement', 'home_care')", Membership("service_kind", ("reablement", "home_care"))),
        ("service_kind not in ('home_care')", Not(Membership("service_kind", ("home_care",)))),
        ("need is known", Known("need")),
        ("need is unknown", Not(Known("need"))),
        ("not need = 'insulin'", Not(NEED)),
        ("  need\n=\t'insulin'  ", NEED),
    ],
)
def test_what_can_be_written(text: str, term: Term) -> None:
    assert meaning(text) == term


def test_and_binds_closer_than_or_and_not_closest() -> None:
    text = "need = 'insulin' or lives_alone = true and not staff_minutes < 10"
    assert meaning(text) == AnyOf((NEED, AllOf((ALONE, Not(SHORT)))))
    assert meaning("(need = 'insulin' or lives_alone = true) and staff_minutes < 10") == AllOf(
        (AnyOf((NEED, ALONE)), SHORT)
    )


def test_the_columns_it_names_are_known() -> None:
    predicate, _ = parse("need is known and (lives_alone = true or not staff_minutes in (1, 2))", COLUMNS)
    assert predicate.columns == {"need", "lives_alone", "staff_minutes"}
    assert parse("true", COLUMNS)[0].columns == frozenset()


@pytest.mark.parametrize(
    ("text", "wrong", "expected"),
    [
        ("ned = 'x'", "there is no column 'ned'", "a column that is there"),
        ("need = 3", "need can't be '3'", "a text in quotation marks"),
        ("staff_minutes = 'many'", "staff_minutes can't be", "a number"),
        ("started = '2025-03-31'", "started can't be", "a date, such as 2025-03-31"),
        ("need < 'x'", "need has no order", "= or !="),
        ("service_kind = 'reablment'", "service_kind is never 'reablment'", "one of its codes"),
        ("service_kind in ('home_care', 'x')", "service_kind is never 'x'", "one of its codes"),
        ("started = 2025-02-30", "there is no day 2025-02-30", "a date"),
        ("", "the end stands where it can't", "the name of a column"),
        ("need", "nothing can be made of need here", "=, !="),
        ("need =", "the end is no literal", "a text"),
        ("need = other", "'other' is no literal", "a text"),
        ("need = 'x' need = 'y'", "'need' stands where it can't", "and, or, or the end"),
        ("(need = 'x'", "the end stands where it can't", "')'"),
        ("need in 'x'", "\"'x'\" stands where it can't", "'('"),
        ("need is maybe", "'maybe' stands where it can't", "'known'"),
        ("need not 'x'", "stands where it can't", "'in'"),
        ("and need = 'x'", "'and' stands where it can't", "the name of a column"),
        ("need = 'x", "can't be read", "a column, a literal or a sign"),
        ("need == 'x'", "'=' is no literal", "a text"),
        ("need = 'x'; drop", "can't be read", "a column"),
        ("__import__('os')", "there is no column '__import__'", "a column that is there"),
        ("(" * (DEEPEST + 2) + "true" + ")" * (DEEPEST + 2), "bracketed too deep", "at most"),
        ("not " * (DEEPEST + 2) + "true", "bracketed too deep", "at most"),
        ("need = '" + "x" * LONGEST + "'", "characters long", "let a column say it"),
    ],
)
def test_what_is_said_of_a_mistake(text: str, wrong: str, expected: str) -> None:
    _, troubles = parse(text, COLUMNS)
    assert troubles
    assert wrong in troubles[0].wrong or any(wrong in trouble.wrong for trouble in troubles)
    assert expected in troubles[0].expected


def test_every_wrong_name_is_found_at_once_with_the_names_that_were_known() -> None:
    _, troubles = parse("ned = 'x' and lives_alon = true and staff_minutes = 'many'", COLUMNS)
    assert [trouble.word for trouble in troubles] == ["ned", "lives_alon", ""]
    assert "lives_alone" in troubles[1].known


@given(st.text(max_size=60) | st.lists(st.sampled_from(
    ["need", "and", "or", "not", "(", ")", "in", "is", "known", "=", "<", "'x'", "3", "2025-01-01", "true", ","]
), max_size=12).map(" ".join))  # fmt: skip
def test_any_text_is_read_or_refused_with_words(text: str) -> None:
    predicate, troubles = parse(text, COLUMNS)
    assert all(trouble.wrong and trouble.expected for trouble in troubles)
    assert troubles or predicate.text == text.strip()
