"""What a planning page may be told: figures already suppressed, journeys by day offset, and no identifier at all.

Values only. Every count of people is a `Shown` (measures/disclosure.py), so that no page can print a true one; a
journey has a random key and no person code; a day is counted from the journey's first. Care has its own file and the
two share no type but `Build`, which says nothing about anybody.
"""

from dataclasses import dataclass
from datetime import date, datetime

from fishplate.measures.disclosure import Shown


@dataclass(frozen=True, slots=True)
class Build:
    """Which build the pages show, and of which project; `is_demo` where the people in it are made up."""

    number: str
    project: str
    place: str
    built_at: datetime | None = None
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class Hole:
    """Days for which a source lacks records, and why."""

    from_on: date
    until_on: date
    why: str


@dataclass(frozen=True, slots=True)
class Feed:
    """Between which days a source is complete, as it states, and its holes."""

    source: str
    complete_from_on: date | None
    complete_until_on: date | None
    holes: tuple[Hole, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """How many people gave this answer to this question, and who spoke; an empty answer is no answer."""

    question: str
    respondent: str
    answer: str
    people: Shown


@dataclass(frozen=True, slots=True)
class Answers:
    """How many people were asked anything, how many answered and did not, and what they said."""

    asked: Shown
    answered: Shown
    silent: Shown
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """How many people fall in each step of a figure: the name of each step and its people, in order."""

    steps: tuple[tuple[str, Shown], ...]


@dataclass(frozen=True, slots=True)
class WholeJourneys:
    """Everybody's whole journey in figures; `crossing` is people whose journey crosses organisations."""

    people: Shown
    crossing: Shown
    within_one: Shown
    median_legs: Shown
    median_organisations: Shown
    legs: Spread
    service_kinds: Spread
    organisations: Spread
    longest_gaps: Spread


@dataclass(frozen=True, slots=True)
class Flow:
    """How often one service kind was followed by another, and for how many people."""

    from_kind: str
    to_kind: str
    pairs: Shown
    people: Shown


@dataclass(frozen=True, slots=True)
class LineMap:
    """The flows that may be drawn, most pairs first, and what all the smaller ones come to."""

    flows: tuple[Flow, ...]
    merged: Shown
    """Adjacent pairs in the flows that are not drawn one by one."""
    merged_flows: int


@dataclass(frozen=True, slots=True)
class OrganisationCount:
    """How many people one organisation was in touch with; no other figure belongs to an organisation alone."""

    name: str
    kind: str
    people: Shown


@dataclass(frozen=True, slots=True)
class Shape:
    """The service kinds of a journey in order, repeats taken as one, and how many people share it."""

    key: str
    kinds: tuple[str, ...]
    people: Shown


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shapes shared by enough people to be opened, and how many people have another."""

    shapes: tuple[Shape, ...]
    not_shown: Shown


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg of a journey by days from its first; `until_day` is empty while it is open."""

    service_kind: str
    leg_kind: str
    from_day: int
    until_day: int | None
    told_by: str = ""


@dataclass(frozen=True, slots=True)
class Referral:
    """One request to another service kind: when it was sent, and when accepted or refused, if that is recorded."""

    from_kind: str
    to_kind: str
    sent_day: int
    accepted_day: int | None = None
    rejected_day: int | None = None


@dataclass(frozen=True, slots=True)
class Journey:
    """One journey that may be opened: its key, its shape, its legs in order and its referrals."""

    key: str
    shape_key: str
    legs: tuple[Leg, ...]
    referrals: tuple[Referral, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejections:
    """Rows of one source that could not be used for one reason; `file` and `line` are those of the first."""

    source: str
    reason: str
    reason_words: str
    field: str
    what: str
    records: Shown
    file: str
    line: int
