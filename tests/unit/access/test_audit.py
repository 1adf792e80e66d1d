"""The audit chain in memory: any change shows, at its place, and the person can read who looked and why."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fishplate.access.audit import (
    START,
    Act,
    AuditEntry,
    Outcome,
    SealedEntry,
    entry_of,
    for_person,
    from_line,
    seal,
    to_line,
    verify,
)  # fmt: skip
from fishplate.access.purpose import Purpose
from fishplate.access.relationship import Involvement, Override, Relationship, decide
from fishplate.access.worker import Worker, seal_token

AT = datetime(2026, 5, 4, 13, 5, tzinfo=UTC)
NURSE = Worker("w-1", "Ada Poe", "District nurse", "org-1", seal_token("a-token-made-by-a-machine", bytes(16)))
OPEN = [Involvement("org-1", date(2026, 1, 1))]


def entry(
    person_code: int | None = 7, involvements: list[Involvement] = OPEN, override: Override | None = None
) -> AuditEntry:
    decision = decide(NURSE, Purpose.DIRECT_CARE, involvements, AT.date(), override)
    return entry_of(NURSE, Purpose.DIRECT_CARE, decision, Act.READ_PERSON_PAGE, "/person", AT, person_code)


def chain(length: int) -> list[SealedEntry]:
    head, sealed = START, []
    for count in range(length):
        sealed.append(seal(head, entry(person_code=count)))
        head = sealed[-1].head
    return sealed


def test_a_whole_chain_has_no_faults() -> None:
    whole = chain(5)
    assert verify([]) == verify(whole) == verify(whole, whole[-1].head) == []


@given(st.integers(min_value=0, max_value=5), st.sampled_from(["person_code", "why", "outcome", "at"]))
def test_a_changed_entry_shows_at_its_place(at: int, field: str) -> None:
    whole = chain(6)
    other = {"person_code": 99, "why": "another", "outcome": Outcome.REFUSED, "at": AT + timedelta(seconds=1)}[field]
    whole[at] = replace(whole[at], entry=replace(whole[at].entry, **{field: other}))
    assert [fault.sequence for fault in verify(whole)] == [at + 1]


@given(st.integers(min_value=0, max_value=4))
def test_a_changed_entry_with_its_hash_made_anew_shows_at_the_next(at: int) -> None:
    whole = chain(6)
    before = whole[at - 1].head if at else START
    whole[at] = seal(before, replace(whole[at].entry, person_code=99))
    assert [fault.sequence for fault in verify(whole)] == [at + 2]


@pytest.mark.parametrize(
    ("tampered", "first_fault"),
    [
        (lambda c: c[:2] + c[3:], 4),
        (lambda c: [*c[:2], c[3], c[2], *c[4:]], 4),
        (lambda c: [*c[:3], c[2], *c[3:]], 3),
        (lambda c: c[1:], 2),
        (lambda c: c[:4], 5),
        (lambda c: [], 1),
    ],
    ids=["removed", "swapped", "repeated", "first removed", "end cut off", "all gone"],
)
def test_what_is_removed_or_moved_shows(
    tampered: Callable[[list[SealedEntry]], list[SealedEntry]], first_fault: int
) -> None:
    whole = chain(6)
    assert verify(tampered(whole), whole[-1].head)[0].sequence == first_fault


def test_a_wholly_new_chain_does_not_match_a_head_kept_elsewhere() -> None:
    forged = [seal(START, entry(person_code=1))]
    assert verify(forged) == []
    assert verify(forged, chain(1)[0].head)[0].sequence == 1


@given(st.text(max_size=200), st.text(max_size=80), st.none() | st.integers(min_value=0))
def test_every_entry_comes_back_from_its_line_and_still_verifies(why: str, role: str, person_code: int | None) -> None:
    decision = replace(decide(NURSE, Purpose.DIRECT_CARE, OPEN, AT.date()), why=why)
    given_entry = entry_of(
        replace(NURSE, role=role), Purpose.DIRECT_CARE, decision, Act.READ_JOURNEY, "/j", AT, person_code
    )
    sealed = seal(START, given_entry)
    line = to_line(sealed)
    assert line.isascii()
    assert "\n" not in line
    assert from_line(line) == sealed
    assert verify([from_line(line)]) == []


@pytest.mark.parametrize("spoil", [
    lambda line: line[:-1], lambda line: line.replace('"sequence":1', '"sequence":"1"'), lambda line: " " + line,
    lambda line: line.replace("direct_care", "nosiness"), lambda line: line.replace('"what"', '"extra":1,"what"'),
    lambda line: "[]", lambda line: "", lambda line: "[" * 100_000, lambda line: line.replace("+00:00", ""),
])  # fmt: skip
def test_a_line_that_is_not_ours_is_refused(spoil: Callable[[str], str]) -> None:
    with pytest.raises(ValueError, match="not an audit entry"):
        from_line(spoil(to_line(chain(1)[0])))


def test_search_terms_and_long_numbers_are_left_out() -> None:
    decision = replace(decide(NURSE, Purpose.DIRECT_CARE, OPEN, AT.date()), why="for 943 476 5919")
    kept = entry_of(NURSE, Purpose.DIRECT_CARE, decision, Act.EXPORT_RECORD, "/9434765919.csv?name=Joan", AT, 7)
    assert kept.what == "/[number left out].csv"
    assert "943" not in to_line(seal(START, kept))


def test_an_entry_made_by_hand_is_held_to_the_same_rules() -> None:
    good = entry()
    for fields in ({"what": "/p?q=Joan"}, {"why": "943-476-5919"}, {"role": "x" * 501}):
        with pytest.raises(ValueError, match="audit entry"):
            replace(good, **fields)
    for moment in (AT.replace(tzinfo=None), AT.astimezone(timezone(timedelta(hours=1)))):
        with pytest.raises(ValueError, match="UTC"):
            replace(good, at=moment)


def test_the_person_reads_who_when_and_why_and_nothing_of_others() -> None:
    entries = [
        entry(),
        entry(person_code=8),
        entry(involvements=[]),
        entry(involvements=[], override=Override("Found on the ward floor.")),
    ]
    head, sealed = START, []
    for each in entries:
        sealed.append(seal(head, each))
        head = sealed[-1].head
    told = list(for_person(sealed, 7, {"org-1": "Fell Community Trust"}, ZoneInfo("Europe/London")))
    who = "On 4 May 2026 at 14:05 BST, worker w-1 (District nurse, Fell Community Trust)"
    assert told == [
        f"{who} read your page, to give you care or treatment. "
        "The worker's organisation is caring for the person or has been asked to.",
        f"{who} asked to read your page, to give you care or treatment, and was refused.",
        f"{who} read your page, to give you care or treatment. No link with you was on record; "
        "the reason given was “Found on the ward floor”. This is to be reviewed.",
    ]
    assert sealed[3].entry.relationship is Relationship.OVERRIDE
