"""The certain rules, in plain Python: which of the identities that sources used are one person.

Takes identity texts (records/anchors.py), each with at most one NHS number and at most one date of birth; gives one
`Linked` for each distinct text. This is the oracle: `linking.py` does the same in bulk and is held to it. The rules
never guess: where records disagree about who somebody is, the link is not made, and the rule says why
(docs/adr/0002-certain-identity-rules.md).

    1. Identities with the same NHS number are one person, unless they carry two dates of birth: then the
       number breaks and links none of them.
    2. Identities with the same local id are one person, unless they carry two (unbroken) NHS numbers or two
       dates of birth: then the local id breaks and links none of them.
    3. An identity whose unbroken local ids are known to belong to two NHS numbers, or to two dates of birth, is
       linked by none of its local ids: that one record is in doubt, not the two people.
    4. If what is left would still bring two NHS numbers or two dates of birth together, along a chain of local
       ids, then no local id links anything in that chain.

After these, no person has two unbroken NHS numbers or two dates of birth.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

from fishplate.records.anchors import BORN, NHS, split

Thing = TypeVar("Thing", bound=Hashable)


class Rule(StrEnum):
    """Why an identity is linked to others, or why it stands alone."""

    SAME_NHS_NUMBER = "same_nhs_number"
    SAME_LOCAL_ID = "same_local_id"
    NHS_NUMBER_WITH_TWO_BIRTH_DATES = "nhs_number_with_two_birth_dates"
    LOCAL_ID_WITH_TWO_NHS_NUMBERS = "local_id_with_two_nhs_numbers"
    LOCAL_ID_WITH_TWO_BIRTH_DATES = "local_id_with_two_birth_dates"
    LOCAL_IDS_OF_TWO_PEOPLE = "local_ids_of_two_people"
    CHAIN_BETWEEN_TWO_PEOPLE = "chain_between_two_people"
    ONLY_ONE = "only_one"


@dataclass(frozen=True, slots=True)
class Linked:
    """One identity, the person it belongs to (named by the smallest of that person's identity texts), and the rule."""

    identity: str
    first: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Carried:
    """What one identity carries: an NHS number, a date of birth (each empty where there is none), local ids."""

    number: str
    born: str
    local_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The different NHS numbers and dates of birth that a group of identities carries."""

    numbers: frozenset[str]
    births: frozenset[str]

    @property
    def of_two_people(self) -> bool:
        """True where the group can't be one person."""
        return len(self.numbers) > 1 or len(self.births) > 1


def read(identity: str) -> Carried:
    """What an identity text carries."""
    anchors = split(identity)
    numbers = [a.removeprefix(f"{NHS}|") for a in anchors if a.startswith(f"{NHS}|")]
    births = [a.removeprefix(f"{BORN}|") for a in anchors if a.startswith(f"{BORN}|")]
    local_ids = tuple(a for a in anchors if not a.startswith((f"{NHS}|", f"{BORN}|")))
    return Carried(next(iter(numbers), ""), next(iter(births), ""), local_ids)


def link(identities: Iterable[str]) -> list[Linked]:
    """Say of each identity which person it is; in the order of the texts."""
    carried = {identity: read(identity) for identity in sorted(set(identities))}

    by_number = grouped((c.number, i) for i, c in carried.items() if c.number)
    broken_numbers = {n for n, group in by_number.items() if len({carried[i].born for i in group} - {""}) > 1}
    own = {i: own_evidence(i, carried, by_number, broken_numbers) for i in carried}

    by_local_id = grouped((local_id, i) for i, c in carried.items() for local_id in c.local_ids)
    of_local_id = {local_id: together(own, group) for local_id, group in by_local_id.items()}
    sound = {local_id for local_id, evidence in of_local_id.items() if not evidence.of_two_people}
    torn = {i for i, c in carried.items() if together(of_local_id, sound.intersection(c.local_ids)).of_two_people}

    number_links = [group for number, group in by_number.items() if number not in broken_numbers]
    local_links = [[i for i in by_local_id[local_id] if i not in torn] for local_id in sorted(sound)]
    first = joined(carried, number_links + local_links)
    people = grouped((first[i], i) for i in carried)
    chained = {i for group in people.values() if together(own, group).of_two_people for i in group}

    kept = [[i for i in group if i not in chained] for group in local_links]
    first = joined(carried, number_links + kept)
    people = grouped((first[i], i) for i in carried)

    def rule(i: str) -> Rule:
        """The rule that linked the identity, or else the first of those that kept it apart."""
        c = carried[i]
        if len(people[first[i]]) > 1:
            shared = c.number not in broken_numbers and len(by_number.get(c.number, ())) > 1
            return Rule.SAME_NHS_NUMBER if shared else Rule.SAME_LOCAL_ID
        if c.number in broken_numbers:
            return Rule.NHS_NUMBER_WITH_TWO_BIRTH_DATES
        if any(len(of_local_id[local_id].numbers) > 1 for local_id in c.local_ids):
            return Rule.LOCAL_ID_WITH_TWO_NHS_NUMBERS
        if any(len(of_local_id[local_id].births) > 1 for local_id in c.local_ids):
            return Rule.LOCAL_ID_WITH_TWO_BIRTH_DATES
        if i in torn:
            return Rule.LOCAL_IDS_OF_TWO_PEOPLE
        return Rule.CHAIN_BETWEEN_TWO_PEOPLE if i in chained else Rule.ONLY_ONE

    return [Linked(i, first[i], rule(i)) for i in carried]


def own_evidence(
    identity: str, carried: Mapping[str, Carried], by_number: Mapping[str, list[str]], broken_numbers: set[str]
) -> Evidence:
    """What one identity is evidence of: its unbroken number, and its date of birth or else its number's."""
    c = carried[identity]
    numbers = {c.number} - broken_numbers - {""}
    births = {c.born} - {""} or {carried[i].born for number in numbers for i in by_number[number]} - {""}
    return Evidence(frozenset(numbers), frozenset(births))


def together(evidence: Mapping[str, Evidence], group: Iterable[str]) -> Evidence:
    """What a whole group is evidence of."""
    of_each = [evidence[one] for one in group]
    return Evidence(
        frozenset(number for e in of_each for number in e.numbers),
        frozenset(born for e in of_each for born in e.births),
    )


def grouped(pairs: Iterable[tuple[str, Thing]]) -> dict[str, list[Thing]]:
    """What stands under each key, in the order given."""
    under: dict[str, list[Thing]] = defaultdict(list)
    for key, thing in pairs:
        under[key].append(thing)
    return dict(under)


def joined(identities: Iterable[str], groups: Iterable[list[str]]) -> dict[str, str]:
    """Join whatever shares a group (union-find); gives each identity the smallest one it is joined with."""
    towards = {identity: identity for identity in identities}

    def smallest(identity: str) -> str:
        while towards[identity] != identity:
            towards[identity] = towards[towards[identity]]
            identity = towards[identity]
        return identity

    for group in groups:
        for one, other in pairwise(group):
            low, high = sorted((smallest(one), smallest(other)))
            towards[high] = low
    return {identity: smallest(identity) for identity in towards}
