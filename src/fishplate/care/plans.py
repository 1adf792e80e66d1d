"""What a person needs, hopes for, has agreed and has chosen, and who decided.

A choice is never a failure: one made by the person, or for them by an attorney in scope or a best-interests decision,
makes a join *held by choice*. Refusing something safety-critical closes nothing by itself: it stays open until a
named professional has recorded capacity for that very decision, the risk and the alternative (product rule 5).
"""

from dataclasses import dataclass, field

from fishplate.care.periods import Moment
from fishplate.care.words import UNKNOWN, Unknown, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something a person needs that a service can meet (ISO 13940: health need), such as insulin twice a day.

    `safety_critical` says that harm could follow if nobody came; a refusal of it asks for a capacity record.
    """

    id: str
    person: str
    name: str
    safety_critical: bool | Unknown = UNKNOWN


class GoalChooser(Word):
    """Who chose a goal."""

    PERSON = "person", "The person"
    CARER = "carer", "A carer"
    WORKER = "worker", "A professional"
    TOGETHER = "together", "The person and others, together"
    NOT_RECORDED = "not_recorded", "Nobody recorded who"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One thing a person wants, in their own words (FHIR R4 Goal; PRSB Personalised Care and Support Plan).

    `attainment` runs from -2 to 2, 0 as hoped for (Goal Attainment Scaling). Raises ValueError outside that.
    """

    id: str
    person: str
    words: str = field(repr=False)
    agreed: Moment
    chosen_by: GoalChooser = GoalChooser.NOT_RECORDED
    reviewed: Moment | None = None
    attainment: int | Unknown = UNKNOWN
    weight: float = 1.0

    def __post_init__(self) -> None:
        """Refuse a figure that the scale does not have."""
        if self.attainment is not UNKNOWN and not -2 <= self.attainment <= 2:
            raise ValueError("goal attainment runs from -2 (much less than hoped) to 2 (much more than hoped)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to happen next for a person, as agreed with them (FHIR R4 CarePlan).

    Where it says when (`due`), that overrides the standard's clock for this person. `visible_to` names the
    organisations that can see it.
    """

    id: str
    person: str
    agreed: Moment
    kind: str | Unknown = UNKNOWN
    need: str | Unknown = UNKNOWN
    organisation_id: str | Unknown = UNKNOWN
    due: Moment | None = None
    visible_to: frozenset[str] | Unknown = UNKNOWN


class Decider(Word):
    """Who made a choice (Mental Capacity Act 2005)."""

    PERSON = "person", "The person (MCA 2005, section 1: assumed able to, unless shown otherwise)"
    ATTORNEY = "attorney", "An attorney, within what they may decide (MCA 2005, section 9)"
    BEST_INTERESTS = "best_interests", "A best-interests decision (MCA 2005, section 4)"
    NOT_RECORDED = "not_recorded", "Nobody recorded who; so it cannot be told whether it was a choice"


class Scope(Word):
    """What the decider may decide on (MCA 2005, sections 9 and 16)."""

    HEALTH_AND_WELFARE = "health_and_welfare", "Care, treatment and where to live"
    PROPERTY_AND_AFFAIRS = "property_and_affairs", "Money and property, which is not care"
    THIS_DECISION = "this_decision", "This one decision and no other"


class Decision(Word):
    """What was chosen about what was offered."""

    ACCEPTED = "accepted", "To have it"
    DECLINED = "declined", "Not to have it"
    POSTPONED = "postponed", "To have it later"
    ELSEWHERE = "elsewhere", "To have it from somebody else, or somewhere else"


class CapacityOutcome(Word):
    """Whether the person could make this decision at this time (MCA 2005, sections 2 and 3)."""

    YES = "yes", "The person had capacity for this decision"
    NO = "no", "The person lacked capacity for this decision"
    NOT_ASSESSED = "not_assessed", "Nobody assessed it"


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityRecord:
    """What a named professional recorded about one decision: capacity, the risk, and the alternative offered."""

    recorded_by: str = field(repr=False)
    outcome: CapacityOutcome
    risk_explained: bool | Unknown = UNKNOWN
    alternative: str | Unknown = field(default=UNKNOWN, repr=False)

    @property
    def is_complete(self) -> bool:
        """Whether it says all four things: by whom, capacity for this decision, the risk, and an alternative."""
        assessed = self.outcome is not CapacityOutcome.NOT_ASSESSED
        offered = self.alternative is not UNKNOWN and bool(self.alternative.strip())
        return bool(self.recorded_by.strip()) and assessed and self.risk_explained is True and offered


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One choice about one need, by the person or for them, and when it was made or taken back.

    `scope` is what an attorney may decide on; an attorney for property and affairs alone decides nothing about care.
    """

    id: str
    person: str
    need: str
    decision: Decision
    decider: Decider
    decided: Moment
    revoked: Moment | None = None
    scope: Scope | Unknown = UNKNOWN
    capacity: CapacityRecord | None = None

    @property
    def is_the_persons(self) -> bool | Unknown:
        """Whether it counts as the person's own: their word, an attorney's in scope, or a best-interests decision.

        Unknown where nobody recorded who decided, or what an attorney may decide on.
        """
        if self.decider is Decider.NOT_RECORDED:
            return UNKNOWN
        if self.decider is not Decider.ATTORNEY:
            return True
        return UNKNOWN if self.scope is UNKNOWN else self.scope is not Scope.PROPERTY_AND_AFFAIRS

    @property
    def is_reviewed(self) -> bool:
        """Whether a refusal may close something safety-critical: a complete capacity record stands beside it."""
        return self.capacity is not None and self.capacity.is_complete
