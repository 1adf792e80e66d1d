"""What came of a join: the nine rules of design/joins.md, *State*, in order; the first that applies.

Takes a case: a promise and all that bears on it. Gives the state, and the reason for it in words for whoever
coordinates care. Each rule is one function that gives its verdict, or None where it does not apply. Reasons are
fixed sentences, without a date or a name, so that they can be counted and shown anywhere.

Where the dates leave open whether a rule applies, and that changes the answer, the state is *cannot tell*.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fishplate.care.clocks import ONE_SECOND, last_instant, no_later
from fishplate.care.joins import JoinState
from fishplate.care.periods import Moment
from fishplate.care.referrals import Referral
from fishplate.care.words import UNKNOWN
from fishplate.journeys.case import Case
from fishplate.journeys.receivers import has_hole, names_somebody


@dataclass(frozen=True, slots=True)
class Verdict:
    """A state, and why."""

    state: JoinState
    reason: str


UNREADABLE_CLOCK: Final = Verdict(
    JoinState.CANNOT_TELL, "It is counted in watched hours, and nobody recorded when the receiver's inbox is watched"
)
"""For a promise whose clock cannot be read; no rule can be asked about it."""


def judge(case: Case) -> Verdict:
    """The state of a join: the verdict of the first rule that gives one. The last rule always does."""
    for rule in RULES:
        verdict = rule(case)
        if verdict:
            return verdict
    return dropped(case)


def fields_lacking(case: Case) -> Verdict | None:
    """Before all: a standard that needs a field which the feed never fills is not guessed at (*Matching*, 3)."""
    if case.lacks_fields:
        return cannot_tell("The standard needs something that these records never say")
    return None


def held(case: Case) -> Verdict | None:
    """1. Somebody came at or before it was due."""
    if case.in_time:
        return Verdict(JoinState.HELD, "Somebody came by the time it was due")
    if case.match and case.in_time is None:
        return cannot_tell("Somebody came around the time it was due, and the dates do not show whether in time")
    if case.match is None and any(case.window.holds(each.at) is None for each in case.outcome.maybe):
        return cannot_tell("Somebody came on a day at the edge of the window, and its time was not recorded")
    return None


def held_by_choice(case: Case) -> Verdict | None:
    """2. It was chosen not to have it, to put it off or to have it elsewhere; a refusal of what is safety-critical
    stays open until it is reviewed."""
    in_time = [no_later(each.decided, case.cutoff) for each in case.closing_choices]
    if any(in_time):
        after = "; a service came all the same" if case.match else ""
        return Verdict(
            JoinState.HELD_BY_CHOICE, f"It was chosen not to have it, to put it off or to go elsewhere{after}"
        )
    if in_time:
        return cannot_tell("A choice not to have it was made that day, and nobody recorded whether before or after")
    if case.has_unreviewed_refusal:
        return Verdict(JoinState.OPEN, "Something safety-critical was refused, and no capacity record stands beside it")
    return None


def late(case: Case) -> Verdict | None:
    """3. Somebody came after it was due and within `late_until`, and nothing could hide an earlier one."""
    if case.match is None:
        return None
    if has_hole(case.feeds, case.opens, just_before(case.match.at)):
        return cannot_tell("Somebody came late, and a hole in the records before that could hide an earlier one")
    if any(no_later(each.at, case.due) is not False for each in case.outcome.maybe):
        return cannot_tell("Somebody came late, and another record in doubt may show that somebody came in time")
    return Verdict(JoinState.LATE, JoinState.LATE.meaning)


def declined(case: Case) -> Verdict | None:
    """4. Everybody who could have come said no, and nobody said yes after that within `late_until`."""
    if not everybody_said_no(case):
        return None
    if case.is_covered and case.complete_until >= case.closes:
        return Verdict(JoinState.DECLINED, "Everybody who could have come said no")
    return Verdict(JoinState.DECLINED, "Everybody who could have come has said no so far")


def ended(case: Case) -> Verdict | None:
    """5. The person died or moved away, or the need ended, at or before it was due; a date on that day counts."""
    in_time = [no_later(each.opening(), case.due) for each in case.endings]
    if any(in_time):
        return Verdict(JoinState.ENDED, "The person died or moved away, or the need ended, before anybody was due")
    if None in in_time or case.may_have_come_back_first:
        return cannot_tell(
            "The need ended around the time somebody was due, and the dates do not show which came first"
        )
    return None


def nothing_could_show_it(case: Case) -> Verdict | None:
    """6. The records could not have shown it either way."""
    reasons = {
        "Nobody is known who could have come": not case.promise.receivers,
        "No file was ever received from somebody who could have come": not case.is_covered,
        "There is a hole in the records in which somebody may have come": has_hole(case.feeds, case.opens, case.closes),
        "A record points to care that no file we receive would hold": case.points_elsewhere,
        "Somebody may have come: a record fits two people, or does not say whether it took place": bool(
            case.outcome.maybe
        ),
        "A choice not to have it is recorded, and not who made it": any(
            each.is_the_persons is UNKNOWN for each in case.choices
        ),
    }
    return next((cannot_tell(reason) for reason, applies in reasons.items() if applies), None)


def not_yet_due(case: Case) -> Verdict | None:
    """7. The records are complete to a moment before it is due."""
    return complete_before(case, case.due, Verdict(JoinState.OPEN, "It is not yet due, as far as the records reach"))


def overdue(case: Case) -> Verdict | None:
    """8. It was due, and the records are complete to a moment before it is too late."""
    reason = "It was due and nobody has come yet, as far as the records reach"
    return complete_before(case, case.late_until, Verdict(JoinState.OPEN_OVERDUE, reason))


def dropped(case: Case) -> Verdict:
    """9. Otherwise; also where the person died between `due` and `late_until`: it was broken while they lived."""
    if case.outcome.after:
        return Verdict(JoinState.DROPPED, "Nobody came until it was too late; the right service started after that")
    return Verdict(JoinState.DROPPED, "It was due, nobody came, and the records would have shown it")


RULES: Final[tuple[Callable[[Case], Verdict | None], ...]] = (
    fields_lacking, held, held_by_choice, late, declined, ended, nothing_could_show_it, not_yet_due, overdue,
)  # fmt: skip


def cannot_tell(reason: str) -> Verdict:
    """The verdict that the records could not have shown it, for this reason."""
    return Verdict(JoinState.CANNOT_TELL, reason)


def complete_before(case: Case, moment: Moment, verdict: Verdict) -> Verdict | None:
    """This verdict where the records end before the moment, and *cannot tell* where they end within the stretch in
    which, for a trigger known only by its day, the moment may lie."""
    if case.complete_until < moment.at:
        return verdict
    if case.complete_until < last_instant(moment):
        return cannot_tell("The records end around the time somebody was due, and only the day it began is known")
    return None


def just_before(moment: Moment) -> datetime:
    """The last second before it, as late as it may have been."""
    return last_instant(moment) - ONE_SECOND


def everybody_said_no(case: Case) -> bool:
    """Whether each possible receiver's last word is no, and nobody else said yes after the last of those."""
    named = [each for each in case.referrals if names_somebody(each)]
    if not named and len(case.promise.receivers) != 1:
        return False
    asked = named or list(case.referrals)
    if not asked or not all(said_no(each, case) for each in asked):
        return False
    last_no = max(each.rejected.at for each in asked if each.rejected)
    return not any(said_yes_after(each, last_no, case) for each in case.referrals)


def said_no(referral: Referral, case: Case) -> bool:
    """Whether the receiver's last word is no."""
    no = referral.rejected
    return no is not None and case.place.has_been(no) and not said_yes_after(referral, no.at, case)


def said_yes_after(referral: Referral, no: datetime, case: Case) -> bool:
    """Whether the referral was accepted no earlier than this no and within `late_until`; a tie is a yes."""
    yes = referral.accepted
    return yes is not None and last_instant(yes) >= no and no_later(yes, case.late_until) is not False
