"""Every join of one person, judged: the definition that each engine is held to.

Takes one person's records, the join standards that apply, and what holds for everybody (directory, feeds, calendar and
the moment up to which we look). Gives each join with its basis, trigger, match, clock, state, flags and reason: one
for each standard that judges it, and one not judged where none does. It is design/joins.md in plain Python, slow on
purpose, and reads in this order: `triggers` (what sets a join going), `promises` (what should come), `matching` (who
came), `states` (the nine rules), `flags`. What the design leaves open is settled in docs/adr/0008-join-rules.md.
"""

from collections.abc import Iterable, Iterator

from fishplate.care.joins import Basis, Flag, JoinState
from fishplate.care.legs import Leg
from fishplate.care.organisations import ServiceKind
from fishplate.care.periods import Moment
from fishplate.care.referrals import Referral
from fishplate.care.words import UNKNOWN, Unknown
from fishplate.journeys.case import Case
from fishplate.journeys.evidence import MERGE_TIME, JudgedJoin, Place, Records, Told
from fishplate.journeys.flags import flags_of
from fishplate.journeys.matching import Coming, Outcome, match_all
from fishplate.journeys.promises import Ask, Promise, asked_at, asks_of, promises_of
from fishplate.journeys.states import UNREADABLE_CLOCK, judge
from fishplate.journeys.triggers import coded_kinds, sides_from
from fishplate.journeys.triggers import kind_of as trigger_kind
from fishplate.standards.standard import Standard


def joins_of(records: Records, standards: Iterable[Standard], place: Place) -> list[JudgedJoin]:
    """Every join of one person, by trigger, then by standard; joins that no standard judges are among them."""
    judged: list[JudgedJoin] = []
    for standard in standards:
        promises = promises_of(records, standard, place)
        outcomes = match_all(promises, records, standard, place)
        judged += [judged_join(*pair, records, place) for pair in zip(promises, outcomes, strict=True)]
    return sorted([*judged, *not_judged(records, judged, place)], key=order)


def order(join: JudgedJoin) -> tuple[object, ...]:
    """Where a join stands in its person's list."""
    return (join.triggered.at, join.trigger_id, join.to_kind, join.standard or "")


def judged_join(promise: Promise, outcome: Outcome, records: Records, place: Place) -> JudgedJoin:
    """One promise, judged by what came of it."""
    due, late_until = promise.window.due, promise.window.late_until
    verdict = UNREADABLE_CLOCK
    flags: frozenset[Flag] = frozenset()
    if due is not None and late_until is not None:
        case = Case(promise=promise, outcome=outcome, records=records, place=place, due=due, late_until=late_until)
        verdict = judge(case)
        flags = flags_of(case, verdict.state)
    match = outcome.match
    to_organisation, to_service = sides_to(promise, match)
    from_kind, from_organisation, from_service = sides_from(promise.trigger.record)
    return JudgedJoin(
        person=records.person,
        trigger_kind=promise.trigger.kind,
        trigger_id=promise.trigger.id,
        triggered=promise.trigger.at,
        to_kind=kind_of(promise),
        need=promise.standard.need,
        basis=promise.basis,
        state=verdict.state,
        reason=verdict.reason,
        flags=flags,
        standard=promise.standard.name,
        begins=promise.window.begins(match.at if match else None),
        due=due,
        late_until=late_until,
        match_id=match.id if match else None,
        matched=match.at if match else None,
        from_kind=from_kind,
        from_organisation_id=from_organisation,
        from_service_id=from_service,
        to_organisation_id=to_organisation,
        to_service_id=to_service,
        asked_by=tuple(ask.id for ask in promise.asks),
    )


def kind_of(promise: Promise) -> ServiceKind:
    """The kind of service that should come: the one that a referral asked, or the first that the standard names."""
    return promise.referrals[0].to_kind if promise.referrals else promise.standard.meets[0]


def sides_to(promise: Promise, match: Coming | None) -> tuple[str | Unknown, str | Unknown]:
    """The organisation and service that came; or, where nobody did, that were asked, if there was one alone."""
    if match:
        return match.organisation_id, match.service_id
    organisations = {receiver.organisation_id for receiver in promise.receivers}
    services = {receiver.service_id for receiver in promise.receivers}
    return only_one(organisations), only_one(services)


def only_one(ids: set[str | Unknown]) -> str | Unknown:
    """The one id there is; unknown where there are several, or none."""
    return next(iter(ids)) if len(ids) == 1 else UNKNOWN


def not_judged(records: Records, judged: list[JudgedJoin], place: Place) -> Iterator[JudgedJoin]:
    """Joins that were referred, coded or told and that no standard judges; one found in several ways counts once."""
    done = {join.trigger_id for join in judged}
    done |= {asked for join in judged for asked in join.asked_by}
    asks = [ask for ask in asks_of(records, place) if ask.id not in done]
    for leg, kind in coded_legs(records, judged, place):
        mine = [ask for ask in asks if ask.to_kind is kind and is_near(asked_at(ask), leg.ended or leg.started)]
        asks = [ask for ask in asks if ask not in mine]
        yield plain_join(records, leg, kind, frozenset({Basis.CODED, *map(way, mine)}), mine)
    referrals = [ask for ask in asks if isinstance(ask, Referral)]
    told = [ask for ask in asks if isinstance(ask, Told)]
    for referral in referrals:
        same: list[Ask] = [each for each in told if is_same(each, referral)]
        told = [each for each in told if each not in same]
        yield plain_join(records, referral, referral.to_kind, frozenset({Basis.REFERRED, *map(way, same)}), same)
    for each in told:
        yield plain_join(records, each, each.to_kind, frozenset({Basis.TOLD}), [])


def coded_legs(records: Records, judged: list[JudgedJoin], place: Place) -> Iterator[tuple[Leg, ServiceKind]]:
    """Each leg that ended with a code for one kind of service alone, and that no standard judges for that kind."""
    done = {(join.trigger_id, join.to_kind) for join in judged}
    for leg in records.legs:
        for kind in sorted(coded_kinds(leg))[:1]:
            if leg.ended and place.has_been(leg.ended) and (leg.id, kind) not in done:
                yield leg, kind


def way(ask: Ask) -> Basis:
    """How a join is known from somebody's asking."""
    return Basis.REFERRED if isinstance(ask, Referral) else Basis.TOLD


def is_near(asked: Moment, triggered: Moment, until: Moment | None = None) -> bool:
    """Whether it was asked from 14 days before the trigger until then, or until 14 days after where no clock says."""
    closes = until.until if until else triggered.until + MERGE_TIME
    return triggered.at - MERGE_TIME <= asked.at <= closes


def is_same(told: Told, referral: Referral) -> bool:
    """Whether somebody's word and a referral are about the same kind and need, at about the same time."""
    needs = {told.need, referral.need} - {UNKNOWN}
    return told.to_kind is referral.to_kind and len(needs) <= 1 and is_near(told.told, referral.sent)


def plain_join(
    records: Records, record: Leg | Ask, kind: ServiceKind, basis: frozenset[Basis], asks: list[Ask]
) -> JudgedJoin:
    """A join without a clock: somebody should have come, and no standard says by when."""
    from_kind, from_organisation, from_service = sides_from(record)
    needs = [each.need for each in (record, *asks) if each.need is not UNKNOWN]
    asked = record if isinstance(record, Referral) else None
    return JudgedJoin(
        person=records.person,
        trigger_kind=trigger_kind(record),
        trigger_id=record.id,
        triggered=(record.ended or record.started) if isinstance(record, Leg) else asked_at(record),
        to_kind=kind,
        need=needs[0] if needs else UNKNOWN,
        basis=basis,
        state=JoinState.NOT_JUDGED,
        reason="No standard says by when somebody should come",
        from_kind=from_kind,
        from_organisation_id=from_organisation,
        from_service_id=from_service,
        to_organisation_id=asked.to_organisation_id if asked else UNKNOWN,
        to_service_id=asked.to_service_id if asked else UNKNOWN,
        asked_by=tuple(each.id for each in asks),
    )
