"""Small numbers stay hidden: the published examples, and that no hidden figure can be worked out from a table."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fishplate.measures.disclosure import NHS_ENGLAND, NOBODY, OPENSAFELY, POLICIES, Policy, Shown, suppress_table

# Small enough that every table can be tried: 2 or fewer are hidden, nought or not, and nothing is rounded.
TINY = Policy("tiny", "for trying every table", hides_from=1, hides_to=2, nearest=1, hidden_as=Shown("*", None))
TINY_WITH_NOUGHT = Policy(
    "with nought", "for the same", hides_from=0, hides_to=2, nearest=1, hidden_as=Shown("*", None)
)

Extended = list[list[int]]


@pytest.mark.parametrize(("count", "text"), [(6, "0"), (7, "0"), (8, "10"), (0, "0"), (12, "10"), (13, "15")])
def test_opensafely(count: int, text: str) -> None:
    assert OPENSAFELY.suppress(count) == Shown(text, int(text))


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0"), (1, "*"), (7, "*"), (8, "10"), (12, "10"), (13, "15"), (1002, "1000")]
)
def test_nhs_england(count: int, text: str) -> None:
    assert NHS_ENGLAND.suppress(count).text == text


@given(st.sampled_from(tuple(POLICIES.values())), st.integers(min_value=0, max_value=10_000))
def test_a_shown_count_never_says_which_small_number_it_was(policy: Policy, count: int) -> None:
    shown = policy.suppress(count)
    if policy.hides(count):
        assert shown == policy.suppress(7)
    else:
        assert shown.value is not None
        assert abs(shown.value - count) <= 2
        assert shown.value % 5 == 0


def test_a_rate_is_made_of_the_counts_as_shown() -> None:
    assert NHS_ENGLAND.rate(13, 98) == Shown("0.15", 15 / 100)
    assert NHS_ENGLAND.rate(7, 98).text == NHS_ENGLAND.rate(1, 3).text == "*"
    assert NHS_ENGLAND.rate(0, 98).text == OPENSAFELY.rate(7, 98).text == "0.00"
    assert NHS_ENGLAND.rate(0, 0).text == NOBODY
    assert OPENSAFELY.rate(0, 0) == OPENSAFELY.rate(0, 7)


def test_an_average_of_few_people_is_hidden() -> None:
    assert NHS_ENGLAND.average(3.14, 7).text == "*"
    assert NHS_ENGLAND.average(3.14, 8) == Shown("3.1", 3.1)
    assert NHS_ENGLAND.average(0, 0).text == NOBODY


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="below 0"):
        NHS_ENGLAND.suppress(-1)
    with pytest.raises(ValueError, match="never more"):
        NHS_ENGLAND.rate(9, 8)
    for counts in ([], [[]], [[1, 2], [3]]):
        with pytest.raises(ValueError, match="every row"):
            suppress_table(counts, NHS_ENGLAND)


def texts(counts: Extended, policy: Policy) -> Iterator[list[str]]:
    table = suppress_table(counts, policy)
    for cells, total in zip(table.cells, table.row_totals, strict=True):
        yield [each.text for each in (*cells, total)]
    yield [each.text for each in (*table.column_totals, table.total)]


def test_a_table_without_small_numbers_hides_nothing() -> None:
    assert suppress_table([[10, 20], [30, 40]], NHS_ENGLAND).hidden_besides == 0


def test_one_hidden_cell_takes_the_next_smallest_of_its_row_and_column_with_it() -> None:
    assert list(texts([[3, 20, 40], [30, 50, 60], [90, 70, 80]], NHS_ENGLAND)) == [
        ["*", "*", "40", "65"],
        ["*", "*", "60", "140"],
        ["90", "70", "80", "240"],
        ["125", "140", "180", "445"],
    ]


def test_two_hidden_in_each_line_are_not_enough_where_loops_hang_by_one_cell() -> None:
    # Rows 1 and 2 less columns 1 and 2 leave exactly the cell in row 1, column 3, though no line hides just one.
    counts = [[3, 4, 5, 50], [4, 3, 50, 50], [50, 50, 3, 4], [50, 50, 4, 3]]
    assert suppress_table(counts, NHS_ENGLAND).hidden_besides > 0


def test_small_cells_whose_sum_leaves_no_choice_are_not_enough() -> None:
    assert suppress_table([[1, 1, 50], [1, 1, 50], [50, 50, 50]], NHS_ENGLAND).hidden_besides > 0
    assert suppress_table([[7, 7, 50], [7, 7, 50], [50, 50, 50]], OPENSAFELY).hidden_besides > 0


def test_a_table_in_which_hiding_more_does_not_help_is_withheld_whole() -> None:
    # Seven cells of at least 1 with a small total, so at most 7, can only be seven ones.
    assert {text for row in texts([[1, 1, 1, 1, 1, 1, 1, 0]], NHS_ENGLAND) for text in row} == {"*"}


small_or_not = st.sampled_from([0, 0, 1, 2, 3, 5, 7, 8, 9, 12, 40, 300])


def tables(cells: st.SearchStrategy[int], most: int) -> st.SearchStrategy[Extended]:
    shapes = st.tuples(st.integers(min_value=1, max_value=most), st.integers(min_value=1, max_value=most))
    return shapes.flatmap(
        lambda shape: st.lists(
            st.lists(cells, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
        )
    )


def extended(counts: Extended) -> Extended:
    rows = [[*row, sum(row)] for row in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def is_determined(unknown: int, equations: list[list[int]]) -> bool:
    """True if the equations over the hidden figures fix the one at index `unknown`: exact row reduction."""
    order = [i for i in range(len(equations[0])) if i != unknown] + [unknown]
    rows = [[Fraction(row[i]) for i in order] for row in equations]
    for column in range(len(order)):
        pivot = next((row for row in rows if row[column] and not any(row[:column])), None)
        if pivot is None:
            continue
        rows = [
            row
            if row is pivot or not row[column]
            else [a - b * row[column] / pivot[column] for a, b in zip(row, pivot, strict=True)]
            for row in rows
        ]
    return any(row[-1] and not any(row[:-1]) for row in rows)


@settings(max_examples=150, deadline=None)
@given(tables(small_or_not, most=5))
def test_no_hidden_figure_follows_from_the_totals_by_sums_and_differences(counts: Extended) -> None:
    shown = list(texts(counts, NHS_ENGLAND))
    hidden = [(r, c) for r, row in enumerate(shown) for c, text in enumerate(row) if text == "*"]
    last_row, last_column = len(counts), len(counts[0])
    lines = [[(r, c) for c in range(last_column + 1)] for r in range(last_row + 1)]
    lines += [[(r, c) for r in range(last_row + 1)] for c in range(last_column + 1)]
    sign = {place: -1 if (place[0] == last_row) != (place[1] == last_column) else 1 for place in hidden}
    equations = [[sign[place] if place in line else 0 for place in hidden] for line in lines]
    for index in range(len(hidden)):
        assert not is_determined(index, equations)


@settings(max_examples=80, deadline=None)
@given(tables(st.integers(min_value=0, max_value=5), most=2), st.sampled_from([TINY, TINY_WITH_NOUGHT]))
def test_trying_every_table_finds_a_second_value_for_each_hidden_figure(counts: Extended, policy: Policy) -> None:
    """Even for a reader who knows the rule and is told which figures are small, unless the whole table is withheld."""
    shown, true = list(texts(counts, policy)), extended(counts)
    places = [(r, c) for r in range(len(true)) for c in range(len(true[0]))]
    hidden = {(r, c) for r, c in places if shown[r][c] == "*"}
    is_told = len(hidden) < len(places)
    values: dict[tuple[int, int], set[int]] = {place: set() for place in hidden}
    width = len(counts[0])
    for cells in product(range(7), repeat=len(counts) * width):
        other = extended([list(cells[i : i + width]) for i in range(0, len(cells), width)])
        if all(
            not is_told or policy.hides(other[r][c]) == policy.hides(true[r][c])
            if (r, c) in hidden
            else other[r][c] == true[r][c]
            for r, c in places
        ):
            for r, c in hidden:
                values[r, c].add(other[r][c])
    assert all(len(found) > 1 for found in values.values())


@settings(max_examples=100, deadline=None)
@given(tables(small_or_not, most=5), st.sampled_from(tuple(POLICIES.values())))
def test_what_is_shown_is_what_the_policy_shows(counts: Extended, policy: Policy) -> None:
    for row, true in zip(texts(counts, policy), extended(counts), strict=True):
        for text, count in zip(row, true, strict=True):
            assert text in ("*", policy.suppress(count).text)
