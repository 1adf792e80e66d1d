"""People: the NHS number's check digit, unknown as a value, and nothing identifying in what is printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fishplate.care.people import NHS_NUMBER_SYSTEM, Identifier, Person, check_digit, nhs_number
from fishplate.care.words import UNKNOWN


class TestNhsNumber:
    # The first two are published examples, worked by hand here as well; the last has the check digit 11, written 0.
    @pytest.mark.parametrize("text", ["943 476 5919", "401 023 2137", " 900 000 0009", "100 000 3000 "])
    def test_spaces_are_left_out(self, text: str) -> None:
        digits = text.replace(" ", "")
        assert nhs_number(text) == digits

    @pytest.mark.parametrize("text", ["943-476-5919", "943–476–5919", "943\u00a0476\u00a05919", "9434765919"])
    def test_dashes_and_hard_spaces_are_left_out(self, text: str) -> None:
        assert nhs_number(text) == "9434765919"

    # The example on the NHS's public pages, 485 777 3456, belongs to nobody: its check digit is wrong on purpose.
    @pytest.mark.parametrize(
        "text", ["485 777 3456", "", "943476591", "94347659190", "9434765918", "943476591X", "٩٤٣٤٧٦٥٩١٩", "abc"]
    )
    def test_what_is_no_nhs_number_is_none(self, text: str) -> None:
        assert nhs_number(text) is None

    @pytest.mark.parametrize("digit", "0123456789")
    def test_one_digit_ten_times_passes_the_check_and_is_still_refused(self, digit: str) -> None:
        assert int(digit) == check_digit(digit * 9)
        assert nhs_number(digit * 10) is None

    def test_a_check_digit_of_ten_makes_no_number(self) -> None:
        assert check_digit("100000001") == 10
        assert not any(nhs_number("100000001" + digit) for digit in "0123456789")

    @given(st.from_regex(r"[0-9]{9}", fullmatch=True))
    def test_of_ten_last_digits_at_most_one_is_right(self, first_nine: str) -> None:
        right = [digit for digit in "0123456789" if nhs_number(first_nine + digit)]
        placeholder = len(set(first_nine)) == 1
        assert len(right) == (0 if check_digit(first_nine) == 10 or placeholder else 1)

    @given(st.from_regex(r"[1-9][0-9]{8}", fullmatch=True), st.integers(0, 9), st.integers(1, 9))
    def test_one_digit_keyed_wrong_is_noticed(self, first_nine: str, place: int, by: int) -> None:
        number = first_nine + str(check_digit(first_nine))
        if nhs_number(number):
            wrong = str((int(number[place]) + by) % 10)
            assert nhs_number(number[:place] + wrong + number[place + 1 :]) is None

    @given(st.text(max_size=20))
    def test_no_text_makes_it_fall_over(self, text: str) -> None:
        found = nhs_number(text)
        assert found is None or nhs_number(found) == found


def test_nothing_that_identifies_somebody_is_printed() -> None:
    joan = Person(
        id="7",
        identifiers=frozenset({Identifier(NHS_NUMBER_SYSTEM, "9434765919")}),
        name="Joan Example",
        postcode="XX1 1XX",
        phone="01632 960000",
    )
    assert not any(text in repr(joan) for text in ("943", "Joan", "XX1", "01632"))


def test_unknown_is_neither_true_nor_false() -> None:
    lives_alone = Person(id="7").lives_alone
    assert lives_alone is UNKNOWN
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(lives_alone)
