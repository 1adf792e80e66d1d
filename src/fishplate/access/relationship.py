"""May this worker open this person's record, for this purpose, today? One pure function says yes or no, and why.

Takes the worker, the purpose, and the stretches of time in which each organisation has had to do with the person
(legs and referrals); gives a `Decision` in words. Follows the NHS idea of a *legitimate relationship*: being staff is
not enough, the worker's own organisation must be caring for the person (Caldicott principle 4). The figure of 90
days after care ends is Fishplate's own choice, not a national rule: it covers letters, results and follow-up.
Rule of this file: a refusal reads the same whether the person is unknown, or was cared for elsewhere or long ago.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fishplate.access.purpose import Nearness, Purpose
from fishplate.access.worker import Worker

RECENT_DAYS = 90
"""Days after a leg or referral ended in which the organisation may still open the record for care."""

SHORTEST_REASON = 10
LONGEST_REASON = 500
"""Characters in the reason for an override: enough to be one, too few to be a case note."""

LONG_NUMBER = re.compile(r"\d(?:[ \-]?\d){9,}")
"""Ten digits or more, spaced or not: it may be an NHS number or a telephone number, so no free text may hold it."""


@dataclass(frozen=True, slots=True)
class Involvement:
    """One leg or referral of the person with one organisation; still open where it has no end."""

    organisation_id: str
    started_on: date
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """A worker's own statement that they must see the record although no relationship is recorded ("break glass")."""

    reason: str


class Relationship(StrEnum):
    """On what footing a record was opened, or that there was none; the value is what is stored."""

    OPEN = "open"
    ENDED_RECENTLY = "ended_recently"
    ONCE = "once"
    OVERRIDE = "override"
    REVIEWER = "reviewer"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no, and why in words. `until` is the last day it holds; empty while care is open, and for a refusal."""

    allowed: bool
    relationship: Relationship
    why: str
    until: date | None = None

    @property
    def to_be_reviewed(self) -> bool:
        """True for an override: somebody other than the worker must look at it afterwards."""
        return self.relationship is Relationship.OVERRIDE


def decide(
    worker: Worker, purpose: Purpose, involvements: Iterable[Involvement], today: date, override: Override | None = None
) -> Decision:
    """Whether the worker may open the record (for an audit review: the audit of it) today, and why.

    `involvements` are the person's legs and referrals with any organisation; only the worker's own count.
    An override is looked at only where no relationship is found, and only for care and safeguarding.
    """
    if purpose.nearness is Nearness.NO_RECORD:
        return _as_reviewer(worker)
    own = [i for i in involvements if i.organisation_id == worker.organisation_id and i.started_on <= today]
    if found := _from_involvements(own, purpose, today):
        return found
    if override is not None and purpose.may_be_overridden:
        return _from_override(override, today)
    ask = " If you must see it now, state the reason; it will be reviewed." if purpose.may_be_overridden else ""
    return _refused(f"No care or referral that links your organisation with this record allows this purpose.{ask}")


def _as_reviewer(worker: Worker) -> Decision:
    if worker.reviews_audit:
        return _allowed(Relationship.REVIEWER, "The worker is appointed to check who reads records.")
    return _refused("Only those appointed to check who reads records may open the audit.")


def _from_involvements(own: list[Involvement], purpose: Purpose, today: date) -> Decision | None:
    if any(i.ended_on is None or i.ended_on >= today for i in own):
        return _allowed(Relationship.OPEN, "The worker's organisation is caring for the person or has been asked to.")
    if not own:
        return None
    last_ended_on = max(i.ended_on for i in own if i.ended_on is not None)
    until = last_ended_on + timedelta(days=RECENT_DAYS)
    if today <= until:
        why = f"The worker's organisation cared for the person until {_day(last_ended_on)}, within {RECENT_DAYS} days."
        return _allowed(Relationship.ENDED_RECENTLY, why, until)
    if purpose.nearness is Nearness.EVER:
        return _allowed(Relationship.ONCE, "The worker's organisation once cared for the person and keeps the records.")
    return None


def _from_override(override: Override, today: date) -> Decision:
    reason = " ".join(override.reason.split())
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        return _refused(f"State the reason in {SHORTEST_REASON} to {LONGEST_REASON} characters.")
    if LONG_NUMBER.search(reason):
        return _refused("Leave long numbers out of the reason: it is kept for good and must not identify anybody.")
    return _allowed(Relationship.OVERRIDE, reason, until=today)


def _allowed(relationship: Relationship, why: str, until: date | None = None) -> Decision:
    return Decision(True, relationship, why, until)


def _refused(why: str) -> Decision:
    return Decision(False, Relationship.NONE, why)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
