"""The certain rules on made-up identities: what holds of any partition, and bulk equals plain Python."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fishplate.identity.linking import LINKED, link
from fishplate.identity.rules import Linked, Rule, read
from fishplate.identity.rules import link as link_plainly
from fishplate.store.duckdb import DuckDB
from tests.generative.identities import identity_lists, relation


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDB]:
    with DuckDB(threads=1) as engine:
        yield engine


def link_in_bulk(engine: DuckDB, identities: list[str]) -> list[Linked]:
    """What the bulk path says, in the words of the oracle."""
    link(engine, relation(identities))
    rows = engine.rows(f"""
        SELECT l.identity, first.identity, l.rule FROM {LINKED} l JOIN {LINKED} first ON first.no = l.cluster
        ORDER BY l.identity
    """)
    return [Linked(identity, first, Rule(rule)) for identity, first, rule in rows]


@given(identity_lists)
@example([])
def test_bulk_equals_plain_python(engine: DuckDB, identities: list[str]) -> None:
    assert link_in_bulk(engine, identities) == link_plainly(identities)


@given(identity_lists)
def test_no_person_has_two_sound_numbers_or_two_dates_of_birth(identities: list[str]) -> None:
    births_of_number: dict[str, set[str]] = defaultdict(set)
    for identity in identities:
        births_of_number[read(identity).number].add(read(identity).born)
    people: dict[str, list[str]] = defaultdict(list)
    for one in link_plainly(identities):
        people[one.first].append(one.identity)
    for person in people.values():
        numbers = {read(i).number for i in person} - {""}
        sound = {n for n in numbers if len(births_of_number[n] - {""}) < 2}
        births = {read(i).born for i in person} | {born for n in sound for born in births_of_number[n]}
        assert len(sound) <= 1
        assert len(births - {""}) <= 1


@given(identity_lists)
def test_a_sound_number_is_one_person_and_a_linked_person_shares_an_anchor(identities: list[str]) -> None:
    linked = link_plainly(identities)
    people: dict[str, list[Linked]] = defaultdict(list)
    for one in linked:
        people[one.first].append(one)
    for number in {read(i).number for i in identities} - {""}:
        under = [one for one in linked if read(one.identity).number == number]
        if len({read(one.identity).born for one in under} - {""}) < 2:
            assert len({one.first for one in under}) == 1
    for person in people.values():
        assert (len(person) > 1) == all(one.rule in (Rule.SAME_NHS_NUMBER, Rule.SAME_LOCAL_ID) for one in person)
        for one in person:
            others = {a for other in person if other is not one for a in (*read(other.identity).local_ids,)}
            if one.rule is Rule.SAME_LOCAL_ID:
                assert others & set(read(one.identity).local_ids)


@given(identity_lists, st.randoms(use_true_random=False))
def test_neither_order_nor_repeats_matter(identities: list[str], dice: Random) -> None:
    shuffled = identities + identities[:3]
    dice.shuffle(shuffled)
    assert link_plainly(shuffled) == link_plainly(identities)


@pytest.mark.parametrize("seed", range(3))
def test_a_long_chain_and_a_large_tangle_in_bulk(engine: DuckDB, seed: int) -> None:
    dice = Random(seed)
    names = dice.sample(range(100_000, 999_999), 3000)
    chain = [f"a|{one}\x1fa|{other}" for one, other in pairwise(names)]
    tangle = [f"b|{dice.randrange(900)}\x1fc|{dice.randrange(900)}" for _ in range(900)]
    numbered = [f"nhs|{dice.randrange(400)}\x1fd|{dice.randrange(2000)}" for _ in range(1500)]
    identities = chain + tangle + numbered
    assert link_in_bulk(engine, identities) == link_plainly(identities)
