"""What should have followed for a person, and whether it did, in words: one section of a person's page.

Takes the judged joins; gives the section. Rules of this file: a choice, an open join and what cannot be told stand
apart, under headings of their own, and are never called a failure; order is by time, and nothing is ranked.
"""

from collections.abc import Mapping
from datetime import time, tzinfo
from typing import Final

from fishplate.care.joins import FAILING, JoinState
from fishplate.report.care import CareJoin, CareJoins, JoinSide, JoinStandard, When
from fishplate.web.components.blocks import Group, Section, Step
from fishplate.web.words import capital, counted, kind, listed, on, on_at, small

HEADING: Final = "What should have followed, and whether it did"

GROUPS: Final[tuple[tuple[str, frozenset[JoinState]], ...]] = (
    ("Where the records show what came of it", frozenset({JoinState.HELD}) | FAILING),
    ("Where it was chosen otherwise", frozenset({JoinState.HELD_BY_CHOICE})),
    ("Where it is still open", frozenset({JoinState.OPEN, JoinState.OPEN_OVERDUE})),
    ("Where the need ended before anybody was due", frozenset({JoinState.ENDED})),
    ("Where the records cannot tell", frozenset({JoinState.CANNOT_TELL})),
)

STATE_WORDS: Final = {JoinState.OPEN_OVERDUE: "Open, overdue"}
SET_GOING: Final = {
    "started": "Care began",
    "ended": "Care ended",
    "ready": "Ready to leave",
    "sent": "Asked for",
    "received": "Request received",
    "accepted": "Request accepted",
    "told": "Somebody said so",
}
END_OF_DAY: Final = time(23, 59, 59)


def followed(joins: CareJoins, own: Mapping[str, str], zone: tzinfo) -> Section:
    """The section: each join that a standard judges, in groups by what its state means, and the rest in one line."""
    groups = tuple(
        Group(
            f"followed-{place}", heading, tuple(step(join, own, zone) for join in joins.joins if join.state in states)
        )
        for place, (heading, states) in enumerate(GROUPS)
    )
    return Section(
        "followed", HEADING, sentences=tuple(sentences(joins)), groups=tuple(group for group in groups if group.steps)
    )


def sentences(joins: CareJoins) -> list[str]:
    """How to read the list, how far the records reach, and how many joins no standard judges."""
    said = (
        f"Each question is a join standard's, answered by what the records show up to {on(joins.as_of.on)}. What did "
        "not hold did not hold between two services: it says nothing about either of them alone."
        if joins.joins
        else "Nothing recorded for this person is judged by a join standard."
    )
    if not joins.not_judged:
        return [said]
    more = "more join was" if joins.not_judged == 1 else "more joins were"
    count = capital(counted(joins.not_judged, more, more))
    return [said, f"{count} asked for or coded, and no standard says by when somebody should come: not judged."]


def step(join: CareJoin, own: Mapping[str, str], zone: tzinfo) -> Step:
    """One join: what set it going, the question, the answer and why, between whom, by when, and how we know."""
    known = listed([small(basis.meaning) for basis in join.basis])
    flags = " ".join(f"{flag.meaning}." for flag in join.flags)
    lines = [*answer(join), between(join, own), clock(join, zone), flags, f"Why it should have come: {known}."]
    return Step(
        f"{SET_GOING.get(join.set_going, 'Set going')} on {moment(join.triggered, zone)}",
        join.standard.question,
        tuple(line for line in lines if line),
        "asked",
        origin(join.standard),
    )


def answer(join: CareJoin) -> list[str]:
    """The state in words with its meaning, and the reason where that says more."""
    word = STATE_WORDS.get(join.state, capital(join.state.value.replace("_", " ")))
    said = [f"{word}: {small(join.state.meaning)}."]
    return said if join.reason == join.state.meaning else [*said, f"{join.reason}."]


def between(join: CareJoin, own: Mapping[str, str]) -> str:
    """From which service to which; some joins are within one, such as from being ready to leaving."""
    came_from, goes_to = side(join.came_from, own), side(join.goes_to, own)
    return f"Within {came_from}." if came_from == goes_to else f"From {came_from} to {goes_to}."


def side(one: JoinSide, own: Mapping[str, str]) -> str:
    """One of the two services: its name and its organisation's where both are named, else what kind it is."""
    service = one.service or small(kind(one.kind, own))
    return f"{service}, {one.organisation}" if one.organisation and one.organisation != service else service


def clock(join: CareJoin, zone: tzinfo) -> str:
    """By when it was due, and when it came; empty where neither is known."""
    due = f"Due by {due_by(join.due, zone)}." if join.due else ""
    came = f"Came on {moment(join.matched, zone)}." if join.matched else ""
    return f"{due} {came}".strip()


def due_by(due: When, zone: tzinfo) -> str:
    """The last moment that was in time; the last second of a day is the end of it."""
    at = due.at.astimezone(zone) if due.at else None
    return f"the end of {on_at(due.on, None)}" if at is None or at.time() == END_OF_DAY else on_at(due.on, at)


def moment(when: When, zone: tzinfo) -> str:
    """A moment in local words."""
    return on_at(when.on, when.at.astimezone(zone) if when.at else None)


def origin(standard: JoinStandard) -> str:
    """Which standard asks, where it comes from, and whether anybody looked there."""
    source = ", ".join(part for part in (standard.source, standard.section, standard.version) if part)
    checked = (
        f"Read on {on(standard.checked_on)}."
        if standard.checked_on
        else "Not checked: nobody read the source beside it."
    )
    return f"Standard {standard.name}, from {source}. {checked}"
