"""Who is who: worked examples of the certain rules, which are also their documentation.

Each example is a list of identities as sources send them, and the people they make. An identity is written as its
anchors with a space between; `nhs|…` is an NHS number, `born|…` a date of birth, all else a local id.
"""

import pytest

from fishplate.identity.linking import LINKED, link
from fishplate.identity.rules import link as link_plainly
from fishplate.records.anchors import SEPARATOR
from fishplate.store.duckdb import DuckDB
from fishplate.store.engine import literal

EXAMPLES: dict[str, list[dict[str, str]]] = {
    "One number is one person, whoever sent it.": [
        {"nhs|9434765919": "same_nhs_number", "nhs|9434765919 ward|A1": "same_nhs_number"},
    ],
    "A local id carries on to records that have no number.": [
        {
            "nhs|9434765919 ward|A1 born|1940-01-31": "same_local_id",
            "ward|A1": "same_local_id",
            "ward|A1 council|7": "same_local_id",
            "council|7": "same_local_id",
        },
    ],
    "The same value in another system is another local id.": [
        {"ward|7": "only_one"},
        {"council|7": "only_one"},
    ],
    "A date of birth links nobody.": [
        {"ward|A1 born|1940-01-31": "only_one"},
        {"ward|A2 born|1940-01-31": "only_one"},
    ],
    "A number with two dates of birth links nobody; each stands by its local id.": [
        {"nhs|9434765919 ward|A1 born|1940-01-31": "same_local_id", "ward|A1": "same_local_id"},
        {"nhs|9434765919 council|7 born|1971-05-02": "nhs_number_with_two_birth_dates"},
        {"nhs|9434765919": "nhs_number_with_two_birth_dates"},
    ],
    "A local id with two numbers links nobody; a record with nothing else stands alone under it.": [
        {"nhs|9434765919 ward|A1": "local_id_with_two_nhs_numbers"},
        {"nhs|4010232137 ward|A1": "local_id_with_two_nhs_numbers"},
        {"ward|A1": "local_id_with_two_nhs_numbers"},
    ],
    "A broken number is no evidence against a local id.": [
        {"nhs|9434765919 ward|A1 born|1940-01-31": "same_local_id", "nhs|4010232137 ward|A1": "same_local_id"},
        {"nhs|9434765919 born|1971-05-02": "nhs_number_with_two_birth_dates"},
    ],
    "A local id with two dates of birth links nobody.": [
        {"ward|A1 born|1940-01-31": "local_id_with_two_birth_dates"},
        {"ward|A1 born|1971-05-02": "local_id_with_two_birth_dates"},
        {"ward|A1": "local_id_with_two_birth_dates"},
    ],
    "A number lends its date of birth to records that have only the number.": [
        {"nhs|9434765919 born|1940-01-31": "same_nhs_number", "nhs|9434765919 ward|A1": "same_nhs_number"},
        {"ward|A1 born|1971-05-02": "local_id_with_two_birth_dates"},
    ],
    "A record that claims the local ids of two people stands alone; the two people stay whole.": [
        {"nhs|9434765919 ward|A1": "same_local_id", "ward|A1": "same_local_id"},
        {"nhs|4010232137 council|7": "same_local_id", "council|7": "same_local_id"},
        {"ward|A1 council|7": "local_ids_of_two_people"},
    ],
    "A chain of local ids between two numbers links nothing by local id; the numbers still do.": [
        {"nhs|9434765919 ward|A1": "same_nhs_number", "nhs|9434765919": "same_nhs_number"},
        {"ward|A1 therapy|3": "chain_between_two_people"},
        {"therapy|3 council|7": "chain_between_two_people"},
        {"nhs|4010232137 council|7": "chain_between_two_people"},
    ],
}


def spelled(people: list[dict[str, str]]) -> list[dict[str, str]]:
    """The people of an example, each identity as it is stored."""
    return [{identity.replace(" ", SEPARATOR): rule for identity, rule in person.items()} for person in people]


@pytest.mark.parametrize("example", EXAMPLES)
def test_plainly(example: str) -> None:
    expected = spelled(EXAMPLES[example])
    linked = link_plainly(identity for person in expected for identity in person)
    firsts = sorted({one.first for one in linked})
    people = [{one.identity: str(one.rule) for one in linked if one.first == first} for first in firsts]
    assert sorted(people, key=min) == sorted(expected, key=min)


@pytest.mark.parametrize("example", EXAMPLES)
def test_in_bulk(example: str) -> None:
    expected = spelled(EXAMPLES[example])
    values = ", ".join(f"({literal(identity)})" for person in expected for identity in person)
    with DuckDB() as engine:
        link(engine, f"(VALUES {values}) AS given(identity)")
        rows = engine.rows(f"SELECT identity, cluster, rule FROM {LINKED}")
    people = [{identity: rule for identity, of, rule in rows if of == cluster} for cluster in {row[1] for row in rows}]
    assert sorted(people, key=min) == sorted(expected, key=min)
