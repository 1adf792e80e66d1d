"""What can happen to a person in the town, one small record for each sort, and the world that holds them all.

A moment is a minute of `calendar.py`. `person` is the place of the person in `World.people`. These are the town's own
truth; the exports turn them into each organisation's files, with its own names, codes and mistakes.
"""

from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from fishplate.town.people import Person


class Spell(NamedTuple):
    """A stay in hospital; `ended` is None while it lasts."""

    person: int
    number: str
    started: int
    ended: int
    ready: int | None
    method: str
    discharge_method: str
    destination: str
    function: str
    elsewhere: bool
    """True for a stay in the hospital of the next town."""


class Attendance(NamedTuple):
    """A visit to an emergency department."""

    person: int
    number: str
    started: int
    ended: int
    by_ambulance: bool
    complaint: str
    admitted: bool
    elsewhere: bool


class Call(NamedTuple):
    """An ambulance that came."""

    person: int
    number: str
    started: int
    ended: int
    conveyed: bool


class Referral(NamedTuple):
    """One service's request to another, and what came of it; a moment is None where it did not come."""

    person: int
    number: str
    by: str
    """The service that asked."""
    to: str
    """The service that was asked."""
    need: str
    priority: str
    sent: int
    received: int | None = None
    accepted: int | None = None
    rejected: int | None = None
    reason: str = ""
    started: int | None = None
    ended: int | None = None
    information: str = ""
    based_on: str = ""


class Contact(NamedTuple):
    """One visit, clinic or call; `referral` is the number of the referral that it belongs to."""

    person: int
    number: str
    referral: str
    service: str
    happened: int
    minutes: int
    attended: bool
    face_to_face: bool


class Assessment(NamedTuple):
    """What was assessed, and by which service."""

    person: int
    number: str
    service: str
    domain: str
    happened: int


class Package(NamedTuple):
    """Social care arranged for a time; `ended` is None while it lasts."""

    person: int
    number: str
    component: str
    provider: str
    started: int
    ended: int | None
    weekly_pence: int


class Week(NamedTuple):
    """One week of home care, as the firm invoices it."""

    person: int
    package: str
    started: int
    planned: int
    delivered: int
    minutes: int
    pence: int


class Surgery(NamedTuple):
    """An encounter with a GP practice."""

    person: int
    number: str
    happened: int
    minutes: int
    kind: str


class Told(NamedTuple):
    """Unpaid care or community life, as the person or the carer told it."""

    person: int
    number: str
    what: str
    by: str
    started: int
    ended: int | None
    weekly_hours: float


class Answer(NamedTuple):
    """A question that was put, and the answer where there was one."""

    person: int
    number: str
    question: str
    asked: int
    answered: int | None
    answer: str
    respondent: str
    leg: str
    referral: str


class Goal(NamedTuple):
    """What somebody wants, in their own words."""

    person: int
    number: str
    words: str
    chosen_by: str
    agreed: int
    reviewed: int | None
    attainment: str


class Choice(NamedTuple):
    """What was chosen about a need, and who decided."""

    person: int
    number: str
    need: str
    decision: str
    decider: str
    scope: str
    decided: int
    capacity_by: str = ""
    capacity: str = ""
    risk: str = ""
    alternative: str = ""


class Plan(NamedTuple):
    """What was agreed to happen next."""

    person: int
    number: str
    kind: str
    need: str
    agreed: int
    due: int | None
    seen_by: str


class LifeEvent(NamedTuple):
    """A death or a move."""

    person: int
    number: str
    kind: str
    happened: int
    to_place: str


@dataclass(slots=True)
class World:
    """Everybody in the town and all that happened to them, in the order in which it was thought of."""

    people: list[Person]
    spells: list[Spell] = field(default_factory=list)
    attendances: list[Attendance] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    packages: list[Package] = field(default_factory=list)
    weeks: list[Week] = field(default_factory=list)
    surgeries: list[Surgery] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    life_events: list[LifeEvent] = field(default_factory=list)


@dataclass(slots=True)
class Life:
    """One person's turn to live: the person, dice of their own, and the world that takes what happens."""

    person: Person
    dice: Random
    world: World
    numbered: int = 0

    def number(self, letter: str) -> str:
        """A number that nothing else in the town has."""
        self.numbered += 1
        return f"{letter}{self.person.place:06}{self.numbered:03}"

    def is_here(self, moment: int) -> bool:
        """Whether the person is alive and lives in the town at that moment of the two years."""
        return self.person.came <= moment < self.person.gone

    def chance(self, share: float) -> bool:
        """Whether something happens that happens in this share of cases."""
        return self.dice.random() < share

    def later(self, moment: int, least_hours: float, most_hours: float) -> int:
        """A moment between so many hours later and so many."""
        return moment + int(60 * self.dice.uniform(least_hours, most_hours))

    def by_day(self, moment: int, days: float = 1.0) -> int:
        """A moment in working hours, on a working day, about so many days later."""
        found = moment + int(self.dice.uniform(0.5, 1.5) * days * 1440)
        found += max(0, found // 1440 % 7 - 4) * 1440 % 4320
        return found // 1440 * 1440 + self.dice.randrange(9 * 60, 16 * 60, 5)
