"""A join is where one service should take over from another, or come in beside it.

Everything else in Fishplate is for the sake of this one thing. Read this file first.

* **Two services.** A join goes from the one that had the person to the kind that should come. Crossing an organisation
  is an attribute of it, so merging or splitting organisations changes nothing for the person.
* **A trigger, a kind, a need.** The trigger is a leg that ended, a referral, or the person's word.
* **A basis.** Somebody referred, a discharge was coded, a standard says it is owed, or somebody told us. A join found
  in three of these ways is still one join.
* **A clock.** A join standard says from when, due when, and late until when. Without a standard it is not judged.
* **A state.** What came of it, by the first rule that applies; `JoinState` below has them in that order.
* **Silence is not a verdict.** What the records could not have shown is *cannot tell*: no failure, and no success.
* **A choice is not a failure.** What the person chose, or an attorney or best-interests decision chose for them,
  is *held by choice* and counted apart.
* **Both names or neither.** A failure belongs to the join, never to one of the two services.

Two legs that merely follow one another are an **adjacent pair**: evidence, not yet a join. A pair has no clock
and is never judged. The rules themselves are in `journeys/states.py`; this file holds the values they speak of.
"""

from dataclasses import dataclass
from datetime import timedelta

from fishplate.care.legs import Leg
from fishplate.care.organisations import ServiceKind
from fishplate.care.periods import Moment, gap
from fishplate.care.words import UNKNOWN, Unknown, Word


class Basis(Word):
    """How we know that somebody should have come; a join may have several."""

    REFERRED = "referred", "A referral or onward referral asked for it"
    CODED = "coded", "The discharge was coded as a transfer or to a destination, or a decision was made to admit"
    OWED = "owed", "A join standard says it must follow"
    TOLD = "told", "The person, the carer or a worker said so"


class JoinState(Word):
    """What came of a join, under one standard: the first of these that applies."""

    HELD = "held", "Somebody came by the time it was due"
    HELD_BY_CHOICE = "held_by_choice", "It was chosen not to have it, to put it off, or to have it elsewhere"
    LATE = "late", "Somebody came after it was due, before it was too late"
    DECLINED = "declined", "Everybody who could have come said no, and nobody said yes after that"
    ENDED = "ended", "The person died or moved away, or the need ended, before anybody was due"
    CANNOT_TELL = "cannot_tell", "The records we have could not have shown it either way"
    OPEN = "open", "It is not yet due, or a refusal of something safety-critical awaits review"
    OPEN_OVERDUE = "open_overdue", "It was due, nobody has come yet, and it is not yet too late"
    DROPPED = "dropped", "It was due, nobody came, and the records would have shown it"
    NOT_JUDGED = "not_judged", "No standard applies to it"


class Flag(Word):
    """Something that should be known about a join, whatever its state."""

    BOUNCED = "bounced", "The person came back as an emergency within the standard's window"
    TOLD_TWICE = "told_twice", "The receiver assessed again what another service had assessed within 28 days"
    BLIND = "blind", "The receiver began without the information the standard names"
    CONTRADICTED = "contradicted", "What the person or carer said disagrees with the records"
    CAME_AFTER = "came_after", "The right service did start, after it was too late"
    REFUSAL_UNREVIEWED = "refusal_unreviewed", "Something safety-critical was refused with no record of capacity"


class TriggerKind(Word):
    """What set a join going."""

    LEG = "leg", "A stretch of care, by its start, its end or its coding"
    REFERRAL = "referral", "One service asked another to come in"
    WORD = "word", "The person, the carer or a worker said that somebody should come"


HOLDING = frozenset({JoinState.HELD, JoinState.HELD_BY_CHOICE})
FAILING = frozenset({JoinState.LATE, JoinState.DECLINED, JoinState.DROPPED})
UNDECIDED = frozenset({JoinState.OPEN, JoinState.OPEN_OVERDUE, JoinState.CANNOT_TELL})
"""The hold share is HOLDING over HOLDING and FAILING; its bounds let all UNDECIDED fail, then hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """One join of one person, judged under one standard, or under none.

    The person, the trigger, the kind of service that should come and the need say which join it is. `standard` is
    empty where none applies; then the clock (`begins`, `due`, `late_until`) is empty as well. `match` is the leg or
    contact that met it. `reason` says why the state is what it is, in words that a coordinator understands.
    """

    person: str
    trigger_kind: TriggerKind
    trigger_id: str
    triggered: Moment
    to_kind: ServiceKind
    need: str | Unknown
    basis: frozenset[Basis]
    state: JoinState
    reason: str
    flags: frozenset[Flag] = frozenset()
    standard: str | None = None
    begins: Moment | None = None
    due: Moment | None = None
    late_until: Moment | None = None
    match_id: str | None = None
    matched: Moment | None = None
    from_kind: ServiceKind = ServiceKind.UNKNOWN
    from_organisation_id: str | Unknown = UNKNOWN
    to_organisation_id: str | Unknown = UNKNOWN

    @property
    def crosses_organisations(self) -> bool | Unknown:
        """Whether the two services belong to different organisations; unknown while either is."""
        if self.from_organisation_id is UNKNOWN or self.to_organisation_id is UNKNOWN:
            return UNKNOWN
        return self.from_organisation_id != self.to_organisation_id


@dataclass(frozen=True, slots=True)
class AdjacentPair:
    """Two consecutive legs of one person: evidence, not yet a join, and never judged.

    `reached` is the latest end of any earlier leg, the first of the pair included; None while any is open.
    """

    earlier: Leg
    later: Leg
    reached: Moment | None

    @property
    def gap(self) -> timedelta | None:
        """From this leg's end to the next one's start; negative where they overlap, None while this one is open."""
        return gap(self.earlier.ended, self.later.started)

    @property
    def uncovered(self) -> timedelta | None:
        """From the latest end so far to the next start; None while any earlier leg is open, for then nothing is."""
        return gap(self.reached, self.later.started)

    @property
    def service_differs(self) -> bool:
        """Whether the two legs are of different kinds of service."""
        return self.earlier.service_kind is not self.later.service_kind

    @property
    def organisation_differs(self) -> bool:
        """Whether the two legs are with different organisations."""
        return self.earlier.organisation_id != self.later.organisation_id
