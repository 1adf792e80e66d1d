"""Person codes, told as what happens to two people over time."""

from fishplate.identity.codes import codes
from fishplate.identity.rules import link
from fishplate.records.anchors import SEPARATOR

ANN, BOB, BRIDGE = "nhs|9434765919", "ward|B", f"nhs|9434765919{SEPARATOR}ward|B"


def test_the_first_codes_do_not_follow_the_order_of_the_texts() -> None:
    many = [f"nhs|{number}" for number in range(9434765000, 9434765100)]
    of_identity, table = codes({}, link(many))
    assert of_identity == table
    assert sorted(of_identity.values()) == list(range(1, 101))
    assert [of_identity[text] for text in many] != list(range(1, 101))
    assert codes({}, link(reversed(many)))[0] == of_identity


def test_when_two_people_prove_to_be_one_the_smaller_code_wins_and_the_other_rests() -> None:
    of_identity, table = codes({ANN: 7, BOB: 3}, link([ANN, BOB, BRIDGE]))
    assert set(of_identity.values()) == {3}
    assert table == {ANN: 7, BOB: 3}


def test_when_they_prove_to_be_two_again_each_has_their_own_code_back() -> None:
    of_identity, table = codes({ANN: 7, BOB: 3}, link([ANN, BOB]))
    assert of_identity == table == {ANN: 7, BOB: 3}


def test_the_part_of_a_split_person_that_founded_no_code_gets_a_new_one() -> None:
    of_identity, table = codes({ANN: 4}, link([ANN, BOB]))
    assert of_identity == table == {ANN: 4, BOB: 5}


def test_a_code_of_somebody_gone_is_not_given_again() -> None:
    of_identity, table = codes({ANN: 1}, link([BOB]))
    assert of_identity == {BOB: 2}
    assert table == {ANN: 1, BOB: 2}
