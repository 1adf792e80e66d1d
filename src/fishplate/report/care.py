"""What a care page may be told: one person's record with names, dates and where each row came from.

Values only, for those with a legitimate relationship and a purpose; nothing here is suppressed and nothing here may
reach a planning page. Moments carry their local date and, where the source gave one, the local time.
"""

from dataclasses import dataclass
from datetime import date, datetime

from fishplate.care.joins import Basis, Flag, JoinState
from fishplate.care.organisations import ServiceKind


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a row stands: the source, the file by name, and the line."""

    source: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class When:
    """A moment as a person reads it: the local date, and the clock time with its zone where there was one."""

    on: date
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class IdentifiedPerson:
    """Who the person is: all that the sources hold to know them by; empty where none does."""

    person_code: int
    name: str
    nhs_number: str
    local_ids: tuple[str, ...]
    born_on: date | None
    phone: str


@dataclass(frozen=True, slots=True)
class CareLeg:
    """One leg with its dates, its service and organisation by name, and its provenance."""

    service_kind: str
    leg_kind: str
    organisation: str
    service: str
    started: When
    ended: When | None
    need: str
    told_by: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class CareReferral:
    """One request to another service: who asked whom, when, and what came of it."""

    from_kind: str
    from_organisation: str
    to_kind: str
    to_organisation: str
    need: str
    sent: When
    accepted: When | None
    rejected: When | None
    rejected_reason: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal in the person's own words, and who chose it."""

    words: str
    chosen_by: str
    set: When


@dataclass(frozen=True, slots=True)
class CareJourney:
    """A person's journey as care may see it: goals first, then legs and referrals in order of time."""

    goals: tuple[Goal, ...]
    legs: tuple[CareLeg, ...]
    referrals: tuple[CareReferral, ...]
    died_on: date | None = None


@dataclass(frozen=True, slots=True)
class JoinStandard:
    """What a join was judged by: the question in plain words, its source, and when somebody last read that source.

    `checked_on` is None where the source was recalled and not read.
    """

    name: str
    question: str
    source: str
    section: str
    version: str
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class JoinSide:
    """One of the two services of a join. Both organisations are named or neither is."""

    kind: ServiceKind
    service: str
    organisation: str


@dataclass(frozen=True, slots=True)
class CareJoin:
    """What should have followed something under one standard, and what the records show of it.

    `set_going` is the moment that the clock runs from: `started`, `ended` or `ready` of a leg, `sent`, `received` or
    `accepted` of a referral, `told` of somebody's word.
    """

    standard: JoinStandard
    state: JoinState
    reason: str
    flags: tuple[Flag, ...]
    basis: tuple[Basis, ...]
    set_going: str
    triggered: When
    came_from: JoinSide
    goes_to: JoinSide
    due: When | None
    matched: When | None


@dataclass(frozen=True, slots=True)
class CareJoins:
    """Every judged join of one person in order of time, and how many more no standard judges.

    `standards` is how many were applied, those that found nothing to judge among them. `as_of` is how far we looked.
    """

    joins: tuple[CareJoin, ...]
    not_judged: int
    standards: int
    as_of: When


@dataclass(frozen=True, slots=True)
class RejectedRows:
    """Rows of one source that could not be used for one reason: how many, and in which file and lines."""

    source: str
    organisation_id: str
    reason: str
    reason_words: str
    field: str
    what: str
    records: int
    file: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """One row that could not be used, for the export: where it stands, why, and its text where it is still kept."""

    provenance: Provenance
    field: str
    reason_words: str
    text: str
