"""What should be known about a join, whatever its state: the six flags of design/joins.md.

Takes a case and its state; gives the flags that surely apply. A flag is a claim like any other: where the dates or a
blank field leave it open, there is no flag.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from fishplate.care.clocks import last_instant, moment_of, no_later
from fishplate.care.joins import Flag, JoinState
from fishplate.care.legs import LegKind
from fishplate.care.organisations import ServiceKind
from fishplate.care.periods import Moment
from fishplate.care.referrals import Assessment
from fishplate.care.words import UNKNOWN
from fishplate.journeys.case import Case, is_emergency_admission
from fishplate.journeys.evidence import Answer

TOLD_TWICE_WITHIN: Final = timedelta(days=28)
URGENT_CARE: Final = frozenset({
    ServiceKind.EMERGENCY_DEPARTMENT, ServiceKind.AMBULANCE, ServiceKind.URGENT_COMMUNITY_RESPONSE,
})  # fmt: skip
IT_HAPPENED: Final = "it_happened"
IT_HAPPENED_IN_TIME: Final = "it_happened_when_they_said"
CAN_BE_CONTRADICTED: Final = frozenset({JoinState.HELD, JoinState.LATE, JoinState.DROPPED})


def flags_of(case: Case, state: JoinState) -> frozenset[Flag]:
    """Every flag that surely applies to a join in this state."""
    return frozenset(flag for flag, applies in FLAGS.items() if applies(case, state))


def bounced(case: Case, _: JoinState) -> bool:
    """The person came to an emergency department, or in as an emergency, within the standard's window."""
    if case.standard.bounce is None:
        return False
    until = moment_of(case.standard.bounce, case.triggered, case.place.calendar, case.window.watched)
    return until is not None and any(
        no_later(leg.started, until)
        for leg in case.emergencies
        if leg.service_kind is ServiceKind.EMERGENCY_DEPARTMENT or is_emergency_admission(leg)
    )


def told_twice(case: Case, _: JoinState) -> bool:
    """The receiver's first assessment repeats a domain that another kind of service assessed at most 28 days before."""
    if case.match is None:
        return False
    kind, came = case.match.kind, case.match.at
    mine = [
        each
        for each in case.records.assessments
        if each.service_kind is kind and last_instant(each.assessed) >= came.at and case.place.has_been(each.assessed)
    ]
    first = min((each.assessed.at for each in mine), default=None)
    return any(
        repeats(earlier, each, case)
        for each in mine
        if each.assessed.at == first
        for earlier in case.records.assessments
        if earlier.service_kind not in (kind, ServiceKind.UNKNOWN) and earlier.domain == each.domain
    )


def repeats(earlier: Assessment, later: Assessment, case: Case) -> bool:
    """Whether it was surely at most 28 days before, with no urgent care and no admission between the two."""
    before = no_later(earlier.assessed, later.assessed) is True or (
        earlier.assessed.is_date and later.assessed.is_date and earlier.assessed.on == later.assessed.on
    )
    recent = later.assessed.on - earlier.assessed.on <= TOLD_TWICE_WITHIN
    changed = any(
        (leg.service_kind in URGENT_CARE or leg.kind is LegKind.SPELL)
        and leg.id != (case.match.leg_id if case.match else None)
        and no_later(earlier.assessed, leg.started) is not False
        and no_later(leg.started, later.assessed) is not False
        for leg in case.records.legs
    )
    return before and recent and not changed


def blind(case: Case, _: JoinState) -> bool:
    """The receiver began without the information the standard names; what nobody recorded is unknown."""
    if case.match is None or not case.standard.information:
        return False
    sent = [each.information_sent for each in case.referrals if no_later(each.sent, case.match.at) is not False]
    if not sent or UNKNOWN in sent:
        return False
    went = frozenset().union(*(each for each in sent if each is not UNKNOWN))
    return not set(case.standard.information) <= went


def contradicted(case: Case, state: JoinState) -> bool:
    """The person's or carer's answer disagrees with the records as of the answer's date."""
    return state in CAN_BE_CONTRADICTED and any(disagrees(each, case) for each in case.records.answers)


def disagrees(answer: Answer, case: Case) -> bool:
    """Whether the answer is about this join and surely says other than the records up to it."""
    if answer.respondent not in ("person", "carer") or not is_about(answer, case) or answer.answered is None:
        return False
    came = shown_by(case, answer.answered)
    records_say = {IT_HAPPENED: came, IT_HAPPENED_IN_TIME: came and case.in_time}.get(answer.question)
    said = {"yes": True, "no": False}.get(str(answer.answer))
    return said is not None and records_say is not None and said is not records_say


def shown_by(case: Case, moment: Moment) -> bool | None:
    """Whether the records show that somebody had come by then."""
    return no_later(case.match.at, moment) if case.match else False


def is_about(answer: Answer, case: Case) -> bool:
    """Whether the answer is about the trigger, a referral of the join, or the leg that met it.

    An answer that names a referral is about that one; the leg beside it, such as the stay it was asked after, may have
    owed several joins.
    """
    matched = {case.match.id, case.match.leg_id} if case.match else set()
    return (answer.referral_id or answer.leg_id) in (case.promise.ids | matched) - {None}


def came_after(case: Case, _: JoinState) -> bool:
    """The right service did start, by its id, after it was too late."""
    return case.outcome.after is not None


def refusal_unreviewed(case: Case, state: JoinState) -> bool:
    """Something safety-critical was refused with no capacity record, and no match followed."""
    return state is JoinState.OPEN and case.has_unreviewed_refusal


FLAGS: Final[Mapping[Flag, Callable[[Case, JoinState], bool]]] = MappingProxyType({
    Flag.BOUNCED: bounced,
    Flag.TOLD_TWICE: told_twice,
    Flag.BLIND: blind,
    Flag.CONTRADICTED: contradicted,
    Flag.CAME_AFTER: came_after,
    Flag.REFUSAL_UNREVIEWED: refusal_unreviewed,
})  # fmt: skip
