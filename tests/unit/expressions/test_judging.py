"""Whether a row meets a condition: yes, no, or unknown, and never a guess."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fishplate.care.words import UNKNOWN, Unknown
from fishplate.expressions.judging import Cell, holds, judge, judge_term
from fishplate.expressions.parsing import parse
from fishplate.expressions.predicate import AllOf, Always, AnyOf, ColumnWord, Comparison, Known, Membership, Not, Term

COLUMNS = (
    ColumnWord("need", "text"),
    ColumnWord("minutes", "number"),
    ColumnWord("alone", "flag"),
    ColumnWord("began", "day"),
)
ROW: Mapping[str, Cell] = {"need": "insulin", "minutes": 20, "alone": UNKNOWN, "began": date(2025, 10, 3)}


def found(text: str, row: Mapping[str, Cell] = ROW) -> bool | Unknown:
    predicate, troubles = parse(text, COLUMNS)
    assert not troubles
    return judge(predicate, row)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("need = 'insulin'", True),
        ("need != 'insulin'", False),
        ("minutes > 19.5", True),
        ("minutes <= 19", False),
        ("began >= 2025-10-03", True),
        ("began < 2025-10-03", False),
        ("minutes in (10, 20)", True),
        ("need not in ('insulin', 'wound_care')", False),
        ("alone = true", UNKNOWN),
        ("alone != true", UNKNOWN),
        ("not alone = true", UNKNOWN),
        ("alone is known", False),
        ("alone is unknown", True),
        ("need = 'insulin' and alone = true", UNKNOWN),
        ("need = 'x' and alone = true", False),
        ("alone = true and need = 'x'", False),
        ("need = 'insulin' or alone = true", True),
        ("alone = true or need = 'x'", UNKNOWN),
        ("alone is unknown or alone = false", True),
        ("true", True),
        ("not false", True),
    ],
)
def test_yes_no_or_unknown(text: str, answer: bool | Unknown) -> None:
    assert found(text) is answer


@pytest.mark.parametrize("blank", ["", "  ", None, UNKNOWN])
def test_a_blank_cell_is_unknown_and_no_value(blank: Cell) -> None:
    assert found("need = ''", {"need": blank}) is UNKNOWN
    assert found("need is unknown", {"need": blank}) is True


def test_unknown_is_not_yes() -> None:
    predicate, _ = parse("alone = true", COLUMNS)
    assert not holds(predicate, ROW)
    assert holds(predicate, {**ROW, "alone": True})


def test_a_row_without_the_column_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        found("need = 'x'", {})


LEAVES: st.SearchStrategy[Term] = st.one_of(
    st.booleans().map(Always),
    st.builds(Comparison, st.sampled_from("ab"), st.sampled_from(["=", "!=", "<", ">="]), st.integers(0, 2)),
    st.builds(Membership, st.sampled_from("ab"), st.lists(st.integers(0, 2), max_size=2).map(tuple)),
)
TERMS: st.SearchStrategy[Term] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=1, max_size=3).map(lambda terms: AllOf(tuple(terms))),
        st.lists(inner, min_size=1, max_size=3).map(lambda terms: AnyOf(tuple(terms))),
    ),
    max_leaves=8,
)


@given(TERMS, st.integers(0, 2))
def test_an_answer_given_in_spite_of_an_unknown_stands_whatever_it_was(term: Term, known: int) -> None:
    partly = judge_term(term, {"a": known, "b": UNKNOWN})
    wholly = {judge_term(term, {"a": known, "b": value}) for value in range(3)}
    assert UNKNOWN not in wholly
    if partly is not UNKNOWN:
        assert wholly == {partly}


@given(TERMS)
def test_turning_a_condition_round_turns_the_answer_round(term: Term) -> None:
    row: dict[str, Cell] = {"a": 1, "b": UNKNOWN}
    answer = judge_term(term, row)
    turned = judge_term(Not(term), row)
    assert turned is UNKNOWN if answer is UNKNOWN else turned is (not answer)
    assert judge_term(Known("b"), row) is False
