"""One promise and all that bears on it: what came, what was chosen, what ended, and what the feeds could have shown.

Takes a promise, what matching found for it, and the records and place it belongs to. `states.py` and `flags.py` ask it
short questions, so that the rules there can be read aloud. An answer of None is *it cannot be told from the dates*.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from fishplate.care.clocks import last_instant, no_later
from fishplate.care.codes import EMERGENCY_ADMISSIONS
from fishplate.care.legs import Leg, LegKind
from fishplate.care.people import LifeEvent, LifeEventKind
from fishplate.care.periods import Moment
from fishplate.care.plans import CapacityOutcome, Choice, Decider, Decision
from fishplate.care.referrals import Referral
from fishplate.care.words import UNKNOWN
from fishplate.journeys.evidence import Feed, Place, Records
from fishplate.journeys.matching import Coming, Outcome
from fishplate.journeys.promises import Promise, Window
from fishplate.journeys.receivers import covers, feeds_of, names_somebody, receivers_named
from fishplate.journeys.triggers import sides_from
from fishplate.standards.standard import EndedBy, Standard

NOT_TO_HAVE_IT = frozenset({Decision.DECLINED, Decision.POSTPONED, Decision.ELSEWHERE})


@dataclass(frozen=True, kw_only=True)
class Case:
    """One promise to be judged. Its clocks must be readable: `due` and `late_until` are never empty here."""

    promise: Promise
    outcome: Outcome
    records: Records
    place: Place
    due: Moment
    late_until: Moment

    @property
    def standard(self) -> Standard:
        """The standard it is judged under."""
        return self.promise.standard

    @property
    def window(self) -> Window:
        """From when, due when, and late until when."""
        return self.promise.window

    @property
    def triggered(self) -> Moment:
        """The moment the clock runs from."""
        return self.promise.trigger.at

    @property
    def match(self) -> Coming | None:
        """Who came within the window, if anybody surely did."""
        return self.outcome.match

    @cached_property
    def in_time(self) -> bool | None:
        """Whether the match came at or before it was due; false without a match."""
        return no_later(self.match.at, self.due) if self.match else False

    # What was chosen

    @property
    def cutoff(self) -> Moment:
        """Until when a choice counts: the match, or else `late_until`."""
        return self.match.at if self.match else self.late_until

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        """Choices not to have it, to put it off or to have it elsewhere that stand, or on their day may have been made
        in time; whoever made them."""
        about = [each for each in self.records.choices if each.need == self.standard.need]
        about = [each for each in about if self.place.has_been(each.decided)]
        yes = [each.decided for each in about if each.decision is Decision.ACCEPTED and each.is_the_persons is True]
        return tuple(
            each
            for each in about
            if each.decision in NOT_TO_HAVE_IT
            and not self.is_revoked(each, yes)
            and no_later(each.decided, self.cutoff) is not False
        )

    def is_revoked(self, choice: Choice, accepted: Iterable[Moment]) -> bool:
        """Whether it was taken back by the time that counts, in so many words or by choosing to have it after all."""
        undone = [] if choice.revoked is None else [choice.revoked]
        undone += [each for each in accepted if each.at > choice.decided.at]
        return any(no_later(each, self.cutoff) is not False for each in undone)

    def may_close(self, choice: Choice) -> bool:
        """Whether this choice may close the join: nothing safety-critical is refused without a capacity record.

        A person who was found to lack capacity for the decision did not make it.
        """
        if choice.decision is not Decision.DECLINED or not self.standard.safety_critical:
            return True
        lacked = choice.capacity is not None and choice.capacity.outcome is CapacityOutcome.NO
        return choice.is_reviewed and not (lacked and choice.decider is Decider.PERSON)

    @cached_property
    def closing_choices(self) -> tuple[Choice, ...]:
        """The choices that count as the person's own and may close the join."""
        return tuple(each for each in self.choices if each.is_the_persons is True and self.may_close(each))

    @cached_property
    def has_unreviewed_refusal(self) -> bool:
        """Whether something safety-critical was refused, with no capacity record and nothing else that closes it."""
        refused = any(
            each.is_the_persons is True and not self.may_close(each) and no_later(each.decided, self.cutoff)
            for each in self.choices
        )
        return refused and not self.closing_choices and self.match is None

    # What ended

    @cached_property
    def endings(self) -> tuple[Moment, ...]:
        """When each thing happened that ends the need under this standard, as far as it has been."""
        ends = self.standard.ends
        events = [each.happened for each in self.records.life_events if each.kind.value in ends and self.counts(each)]
        if EndedBy.EMERGENCY_READMISSION in ends:
            events += [leg.started for leg in self.emergencies if is_emergency_admission(leg)]
        return tuple(each for each in events if self.place.has_been(each))

    def counts(self, event: LifeEvent) -> bool:
        """Whether the event ends this need: another need's end does not, nor a move away that was undone."""
        if event.kind is LifeEventKind.NEED_ENDED:
            return event.need == self.standard.need
        if event.kind is LifeEventKind.MOVED_AWAY:
            return not any(
                back.kind is LifeEventKind.MOVED_IN
                and back.happened.at > event.happened.at
                and no_later(back.happened, self.triggered) is not False
                for back in self.records.life_events
            )
        return True

    @cached_property
    def emergencies(self) -> tuple[Leg, ...]:
        """Every leg that surely started after the trigger, but for the one that met it."""
        matched = self.match.leg_id if self.match else None
        return tuple(
            leg
            for leg in self.records.legs
            if leg.id != matched and self.place.has_been(leg.started) and no_later(leg.started, self.triggered) is False
        )

    @property
    def may_have_come_back_first(self) -> bool:
        """Whether an emergency admission that would end the need began on the trigger's day, before it or after."""
        return EndedBy.EMERGENCY_READMISSION in self.standard.ends and any(
            is_emergency_admission(leg)
            and leg.id != self.promise.trigger.id
            and no_later(leg.started, self.triggered) is None
            for leg in self.records.legs
        )

    # Who was asked, and what they said

    @property
    def referrals(self) -> tuple[Referral, ...]:
        """Every referral of this join."""
        return self.promise.referrals

    # What the feeds could have shown

    @cached_property
    def feeds(self) -> tuple[Feed, ...]:
        """Every feed that covers a possible receiver."""
        return tuple(feed for receiver in self.promise.receivers for feed in feeds_of(receiver, self.place))

    @property
    def is_covered(self) -> bool:
        """Whether somebody could have come, and of everybody who could some file was received."""
        receivers = self.promise.receivers
        return bool(receivers) and all(feeds_of(receiver, self.place) for receiver in receivers)

    @property
    def complete_until(self) -> datetime:
        """The last instant until which every possible receiver's feed is complete; only where they are covered."""
        return self.place.complete_until(self.feeds) or self.triggered.at

    @property
    def opens(self) -> datetime:
        """The first instant of the window, whatever came."""
        begins = self.window.begins()
        return begins.at if begins else self.triggered.at

    @property
    def closes(self) -> datetime:
        """The last instant of the window."""
        return last_instant(self.late_until)

    def lies_in_window(self, moment: Moment) -> bool:
        """Whether it may have been within the window."""
        return moment.at <= self.closes and last_instant(moment) >= self.opens and self.place.has_been(moment)

    @property
    def points_elsewhere(self) -> bool:
        """Whether a record of this person in the window points to something that no feed holds."""
        need = self.standard.need
        told = any(
            self.lies_in_window(each.recorded) and each.need in (need, UNKNOWN) for each in self.records.elsewhere
        )
        return told or any(
            each.need == need and self.lies_in_window(each.sent) and not self.is_held_by_a_feed(each)
            for each in self.records.referrals
        )

    def is_held_by_a_feed(self, referral: Referral) -> bool:
        """Whether some feed covers whom the referral asked, or may where it does not say whom."""
        if not names_somebody(referral):
            return any(feed.service_kind in (None, referral.to_kind) for feed in self.place.feeds)
        return any(feeds_of(asked, self.place) for asked in receivers_named(referral, self.place))

    @property
    def lacks_fields(self) -> bool:
        """Whether a feed that covers a possible receiver, or the trigger's own service, never fills a field that the
        standard needs of it."""
        of_receivers, of_trigger = set(self.standard.needs_fields), set(self.standard.needs_trigger_fields)
        sender = sides_from(self.promise.trigger.record)
        return any(feed.lacks & of_receivers for feed in self.feeds) or any(
            feed.lacks & of_trigger for feed in self.place.feeds if covers(feed, *sender)
        )


def is_emergency_admission(leg: Leg) -> bool:
    """Whether it is a stay in hospital that began as an emergency."""
    return leg.kind is LegKind.SPELL and leg.admission_method in EMERGENCY_ADMISSIONS
