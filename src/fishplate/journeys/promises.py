"""What should come, for one person under one standard: each trigger with its clock, its basis and who was asked.

Takes one person's records, a standard and the place; gives `Promise` values, earliest trigger first. The rules of this
file (design/joins.md, *What is and is not a join*; docs/adr/0008-join-rules.md):

* A standard owes a join where its trigger's `owes` holds. Where only `where` holds there is one if somebody asked.
* A referral, or somebody's word, for the same need and kind, made between 14 days before the trigger and
  `late_until`, is about the same join. It goes to the trigger it is based on, or else to the nearest.
* Where referrals are the trigger, one that comes again within that time is the same join, by its first.
* A plan agreed with the person overrides the standard's clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from fishplate.care.clocks import Calendar, beginning_of, exactly, last_instant, moment_of, no_later
from fishplate.care.hours import WatchedHours
from fishplate.care.joins import Basis, TriggerKind
from fishplate.care.legs import Leg
from fishplate.care.periods import Moment
from fishplate.care.plans import Plan
from fishplate.care.referrals import Referral
from fishplate.care.words import UNKNOWN, Unknown
from fishplate.journeys.evidence import MERGE_DAYS, MERGE_TIME, Place, Records, Told
from fishplate.journeys.receivers import Receiver, all_watched, possible_receivers
from fishplate.journeys.triggers import Started, coded_kinds, triggers_of
from fishplate.standards.standard import Standard

ONE_DAY: Final = timedelta(days=1)

Ask = Referral | Told
"""Somebody asked for it: a referral, or the person's, the carer's or a worker's word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """From when, due when, and late until when; None where a clock cannot be read. `plan` overrode it, if any did."""

    standard: Standard
    triggered: Moment
    due: Moment | None
    late_until: Moment | None
    calendar: Calendar
    watched: WatchedHours | None
    plan: Plan | None = None

    def begins(self, came: Moment | None = None) -> Moment | None:
        """The first moment that counts, for what came then."""
        dated = self.triggered.is_date or (came is not None and came.is_date)
        return beginning_of(self.standard.from_, self.triggered, self.calendar, self.watched, either_is_date=dated)

    def holds(self, came: Moment) -> bool | None:
        """Whether this moment lies in the window; None where it may, or where a clock cannot be read."""
        begins = self.begins(came)
        if begins is None or self.late_until is None:
            return None
        both = (no_later(begins, came), no_later(came, self.late_until))
        return False if False in both else None if None in both else True


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One join that should hold, before anybody looks whether it did."""

    standard: Standard
    trigger: Started
    asks: tuple[Ask, ...]
    basis: frozenset[Basis]
    receivers: tuple[Receiver, ...]
    window: Window

    @property
    def referrals(self) -> tuple[Referral, ...]:
        """Every referral that asked for it, the trigger's own first, if it is one."""
        own = (self.trigger.record,) if isinstance(self.trigger.record, Referral) else ()
        return own + tuple(ask for ask in self.asks if isinstance(ask, Referral))

    @property
    def ids(self) -> frozenset[str]:
        """The ids by which what came may say that it answers this promise."""
        return frozenset({self.trigger.id, *(ask.id for ask in self.asks)})


def promises_of(records: Records, standard: Standard, place: Place) -> list[Promise]:
    """Everything that should come under this standard, earliest trigger first."""
    triggers = triggers_of(records, standard, place)
    asks = [ask for ask in asks_of(records, place) if asks_for(ask, standard)]
    windows = {
        each.id: window_of(standard, each, records, place, before_asking(standard, each, place)) for each in triggers
    }
    if standard.trigger.table == "legs":
        groups = [(each, tuple(ask for ask in asks if nearest(ask, triggers, windows) == each.id)) for each in triggers]
    else:
        groups = list(first_and_again(triggers, asks, windows))
    return [promise(each, mine, standard, records, place) for each, mine in groups if each.owed or mine]


def asks_of(records: Records, place: Place) -> list[Ask]:
    """Everything that somebody asked for this person, as far as it has been."""
    asks: list[Ask] = [*records.referrals, *records.told]
    return [ask for ask in asks if place.has_been(asked_at(ask))]


def asks_for(ask: Ask, standard: Standard) -> bool:
    """Whether it is for the standard's need, by a kind of service that can meet it; a blank need says nothing else."""
    return ask.to_kind in standard.meets and (ask.need is UNKNOWN or ask.need == standard.need)


def asked_at(ask: Ask) -> Moment:
    """When somebody asked."""
    return ask.sent if isinstance(ask, Referral) else ask.told


def is_about(ask: Ask, window: Window) -> bool:
    """Whether it was made between 14 days before the trigger and `late_until`, as far as its date can show."""
    opens = window.calendar.first_second(window.triggered.on - MERGE_DAYS * ONE_DAY)
    closes = window.late_until or exactly(window.triggered.at + MERGE_TIME, window.calendar)
    made = asked_at(ask)
    return last_instant(made) >= opens and no_later(made, closes) is not False


def nearest(ask: Ask, triggers: list[Started], windows: dict[str, Window]) -> str | None:
    """The trigger that it is about: the one it is based on, else the nearest in time, of equals the earliest."""
    based_on = ask.based_on if isinstance(ask, Referral) else None
    if based_on in windows:
        return based_on
    near = [each for each in triggers if is_about(ask, windows[each.id])]
    made = asked_at(ask).at
    closest = min(near, key=lambda each: (abs(each.at.at - made), each.at.at, each.id), default=None)
    return closest.id if closest else None


def first_and_again(
    triggers: list[Started], asks: list[Ask], windows: dict[str, Window]
) -> Iterable[tuple[Started, tuple[Ask, ...]]]:
    """Each trigger that is not an earlier one come again, with all that asked for the same."""
    taken: set[str] = set()
    for each in triggers:
        if each.id in taken:
            continue
        taken.add(each.id)
        again = tuple(ask for ask in asks if ask.id not in taken and is_about(ask, windows[each.id]))
        taken |= {ask.id for ask in again}
        yield each, again


def promise(trigger: Started, asks: tuple[Ask, ...], standard: Standard, records: Records, place: Place) -> Promise:
    """The promise that a trigger makes, with all that asked for it."""
    own = (trigger.record,) if isinstance(trigger.record, Referral) else ()
    referrals = own + tuple(ask for ask in asks if isinstance(ask, Referral))
    receivers = possible_receivers(referrals, standard.meets, place)
    return Promise(
        standard=standard,
        trigger=trigger,
        asks=asks,
        basis=basis_of(trigger, asks, standard),
        receivers=receivers,
        window=window_of(standard, trigger, records, place, receivers),
    )


def basis_of(trigger: Started, asks: tuple[Ask, ...], standard: Standard) -> frozenset[Basis]:
    """Every way in which we know that somebody should have come."""
    told = trigger.kind is TriggerKind.WORD or any(isinstance(ask, Told) for ask in asks)
    referred = trigger.kind is TriggerKind.REFERRAL or any(isinstance(ask, Referral) for ask in asks)
    coded = isinstance(trigger.record, Leg) and coded_kinds(trigger.record) & set(standard.meets)
    ways = {Basis.OWED: trigger.owed, Basis.REFERRED: referred, Basis.TOLD: told, Basis.CODED: bool(coded)}
    return frozenset(way for way, found in ways.items() if found)


def before_asking(standard: Standard, trigger: Started, place: Place) -> tuple[Receiver, ...]:
    """Whose watched hours count while we look for referrals: the trigger's own receiver, or the directory's."""
    own = (trigger.record,) if isinstance(trigger.record, Referral) else ()
    return possible_receivers(own, standard.meets, place)


def window_of(
    standard: Standard, trigger: Started, records: Records, place: Place, receivers: tuple[Receiver, ...]
) -> Window:
    """The standard's window for this trigger, or that of the plan agreed with the person."""
    hours: WatchedHours | Unknown = all_watched(receiver.watched for receiver in receivers)
    watched = None if hours is UNKNOWN else hours
    due = moment_of(standard.due, trigger.at, place.calendar, watched)
    late_until = moment_of(standard.late_until, trigger.at, place.calendar, watched)
    plan = plan_for(standard, trigger.at, due, records, place)
    if plan is not None and plan.due is not None:
        allowance = late_until.at - due.at if due and late_until else timedelta(0)
        due = exactly(last_instant(plan.due), place.calendar)
        late_until = exactly(due.at + allowance, place.calendar)
    return Window(
        standard=standard, triggered=trigger.at, due=due, late_until=late_until,
        calendar=place.calendar, watched=watched, plan=plan,
    )  # fmt: skip


def plan_for(standard: Standard, triggered: Moment, due: Moment | None, records: Records, place: Place) -> Plan | None:
    """The plan agreed with the person for this very join: the latest agreed of those that say when, or None.

    It is one for the need, agreed between 14 days before the trigger and the standard's due, and due after the
    trigger: a plan agreed later cannot mend what was already broken.
    """
    opens = place.calendar.first_second(triggered.on - MERGE_DAYS * ONE_DAY)
    mine = [
        plan
        for plan in records.plans
        if plan.need == standard.need
        and plan.due is not None
        and last_instant(plan.due) >= triggered.at
        and last_instant(plan.agreed) >= opens
        and place.has_been(plan.agreed)
        and (due is None or no_later(plan.agreed, due) is not False)
    ]
    return max(mine, key=lambda plan: (plan.agreed.at, plan.id), default=None)
