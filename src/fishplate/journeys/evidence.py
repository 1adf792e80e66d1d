"""What the join rules look at: all that is known of one person, and what the place's feeds could have shown.

Takes nothing; gives the values that `joins_of_person.py` and the files beside it judge by. Records of a person are the
words of `care`; here stand only the few that the rules need besides, and the feeds and directory of the place, which
are the same for everybody.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from fishplate.care.clocks import Calendar, last_instant
from fishplate.care.joins import Join
from fishplate.care.legs import Leg
from fishplate.care.organisations import Service, ServiceKind
from fishplate.care.people import LifeEvent
from fishplate.care.periods import Moment, Period
from fishplate.care.plans import Choice, Plan
from fishplate.care.referrals import Assessment, Contact, Referral
from fishplate.care.words import UNKNOWN, Unknown

MERGE_DAYS: Final = 14
"""A referral made so many days before the trigger, or later, is about the same join (design/joins.md, *Basis*)."""

MERGE_TIME: Final = timedelta(days=MERGE_DAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One question put to the person or a carer, and what they said; `UNKNOWN` where they did not answer.

    `respondent` is `person`, `carer`, `proxy` or `not_answered`. The leg or referral is what it was about.
    """

    id: str
    question: str
    asked: Moment
    answer: str | Unknown = UNKNOWN
    respondent: str | Unknown = UNKNOWN
    answered: Moment | None = None
    leg_id: str | None = None
    referral_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Somebody's word that a service should come: the person's, a carer's or a worker's."""

    id: str
    told: Moment
    to_kind: ServiceKind
    need: str | Unknown = UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsElsewhere:
    """A record that the person went to something no feed holds, such as care they arranged themselves."""

    id: str
    recorded: Moment
    need: str | Unknown = UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Everything that is known of one person.

    `answers_to` are explicit ids: pairs of what came (a leg or contact) and the referral or leg it says it answers.
    `doubtful` are the ids of records that fit somebody else equally well.
    """

    person: str
    legs: tuple[Leg, ...] = ()
    contacts: tuple[Contact, ...] = ()
    referrals: tuple[Referral, ...] = ()
    told: tuple[Told, ...] = ()
    choices: tuple[Choice, ...] = ()
    plans: tuple[Plan, ...] = ()
    life_events: tuple[LifeEvent, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    answers: tuple[Answer, ...] = ()
    elsewhere: tuple[PointsElsewhere, ...] = ()
    answers_to: frozenset[tuple[str, str]] = frozenset()
    doubtful: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What one source says of its own completeness, for an organisation, a kind of service or one service.

    None covers them all. `complete_from` is None where it holds everything from the first; `complete_until` is None
    where nothing was ever received. `lacks` are the fields, such as `contacts.contact`, that it never fills.
    """

    source: str
    organisation_id: str | None = None
    service_kind: ServiceKind | None = None
    service_id: str | None = None
    complete_from: Moment | None = None
    complete_until: Moment | None = None
    holes: tuple[Period, ...] = ()
    lacks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What holds for everybody: the directory, the feeds, the calendar, and the moment up to which we look.

    `name` is the place people live in; where it is unknown every service of the directory serves it.
    """

    calendar: Calendar
    as_of: datetime
    name: str | Unknown = UNKNOWN
    services: tuple[Service, ...] = ()
    feeds: tuple[Feed, ...] = ()

    def has_been(self, moment: Moment) -> bool:
        """Whether it may have happened by the moment up to which we look."""
        return moment.at <= self.as_of

    def complete_until(self, feeds: tuple[Feed, ...]) -> datetime | None:
        """The last instant for which all of these feeds are complete, none after `as_of`; None where one never came."""
        ends = [feed.complete_until for feed in feeds]
        if not ends or None in ends:
            return None
        return min(self.as_of, *(last_instant(end) for end in ends if end is not None))


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedJoin(Join):
    """A join as it was judged, with the service on both sides, and the ids of all that asked for it."""

    from_service_id: str | Unknown = UNKNOWN
    to_service_id: str | Unknown = UNKNOWN
    asked_by: tuple[str, ...] = ()
