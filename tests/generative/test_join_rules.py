"""Properties of the join rules over lives made up at random: what may never change, whatever the records say.

The lives crowd into three weeks, so that windows overlap, dates stand beside times, feeds end early or have holes, and
referrals, choices, deaths and contacts meet on the same days.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fishplate.care.clocks import Clock, Days, Hours, WorkingDays, last_instant
from fishplate.care.joins import FAILING, Basis, JoinState
from fishplate.care.organisations import Service
from fishplate.care.periods import Moment, Period
from fishplate.care.plans import Decision
from fishplate.care.words import UNKNOWN
from fishplate.journeys.evidence import Feed, Place, Records
from fishplate.journeys.joins_of_person import joins_of
from fishplate.standards.standard import Standard
from tests.joins_on_paper import (
    LONDON,
    PLACE,
    REABLEMENT,
    STANDARD,
    choice,
    contact,
    event,
    feed,
    reablement,
    records,
    referral,
    stay,
    word,
)

DAYS = timedelta(days=1)
DAY = "%-d %B"
TIME = "%-d %B %H:%M"
START = datetime(2025, 6, 1, tzinfo=UTC)
ORGANISATIONS = ("Council", "Charity", "Firm")
TEAMS = tuple(
    Service(id=f"team {nth}", organisation_id=name, name=name, kind=REABLEMENT)
    for nth, name in enumerate(ORGANISATIONS)
)


def texts(times: bool = True, dates: bool = True) -> st.SearchStrategy[str]:
    """Moments of three weeks of June as texts, some only a date."""
    day = st.builds(lambda days: (START + timedelta(days=days)).strftime(DAY), st.integers(0, 20))
    timed = st.builds(lambda hours: (START + timedelta(hours=hours)).strftime(TIME), st.integers(0, 20 * 24))
    return st.one_of(*([day] if dates else []), *([timed, timed] if times else []))


@st.composite
def standards(draw: st.DrawFn) -> Standard:
    """The standard, with a clock of one kind or another."""
    due, late_until = draw(
        st.sampled_from([(Days(2), Days(9)), (Hours(24), Hours(72)), (WorkingDays(1), WorkingDays(4))])
    )
    begins: Clock = draw(st.sampled_from([Hours(0), Hours(-24), Days(-1), Hours(4)]))
    critical = draw(st.booleans())
    return replace(STANDARD, due=due, late_until=late_until, from_=begins, safety_critical=critical)


@st.composite
def lives(draw: st.DrawFn, stays: int = 3) -> Records:
    """One person's records: stays on the ward, reablement that came or did not, and all that bears on it."""
    rows: list[Any] = [stay(draw(texts()), name=f"stay {nth}") for nth in range(draw(st.integers(1, stays)))]
    visits = [
        reablement(draw(texts()), f"visit {nth}", at=draw(st.sampled_from(ORGANISATIONS)))
        for nth in range(draw(st.integers(0, 3)))
    ]
    rows += visits
    rows += [
        contact(f"contact {nth}", draw(texts()), draw(st.sampled_from([*(visit.id for visit in visits), None])), how)
        for nth, how in enumerate(draw(st.lists(st.sampled_from(["attended", "cancelled", "unknown"]), max_size=2)))
    ]
    rows += [
        referral(
            draw(texts()), f"referral {nth}", rejected=draw(st.sampled_from(["", "5 June 09:00"])),
            accepted=draw(st.sampled_from(["", "8 June 09:00"])), **draw(st.sampled_from(NAMED)),
        )
        for nth in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    deciders = st.sampled_from(["person", "attorney", "not_recorded"])
    rows += [
        choice(at, draw(deciders), draw(st.sampled_from(list(Decision)))) for at in draw(st.lists(texts(), max_size=1))
    ]
    rows += [event(draw(st.sampled_from(["death", "moved_away"])), at) for at in draw(st.lists(texts(), max_size=1))]
    doubtful = draw(st.sets(st.sampled_from(["visit 0", "contact 0"]), max_size=1))
    return records(*rows, doubtful=frozenset(doubtful))


NAMED: tuple[dict[str, Any], ...] = ({}, {"to_service_id": "team 0"}, {"to_service_id": "team 1"})


@st.composite
def holes(draw: st.DrawFn) -> Period:
    """A hole of some hours or days."""
    begin = START + timedelta(hours=draw(st.integers(-24, 21 * 24)))
    return Period(*(Moment.timed(each, LONDON) for each in (begin, begin + timedelta(hours=draw(st.integers(0, 60))))))


@st.composite
def places(draw: st.DrawFn) -> Place:
    """Three teams; each has a feed of its own, complete to some day and perhaps holed, or now and then none."""
    feeds: list[Feed] = []
    for team in TEAMS:
        until = draw(st.sampled_from(["30 June", "30 June", draw(texts()), ""]))
        punched = draw(st.lists(holes(), max_size=1))
        feeds.append(feed(until, *punched, organisation_id=None, service_id=team.id))
    return replace(PLACE, services=TEAMS, feeds=tuple(feeds))


def states(person: Records, standard: Standard, place: Place) -> dict[str, JoinState]:
    """The state of each judged join by its trigger."""
    return {join.trigger_id: join.state for join in joins_of(person, [standard], place) if join.standard}


@given(lives(), standards(), places())
def test_every_trigger_has_one_join_in_one_state_with_a_reason(
    person: Records, standard: Standard, place: Place
) -> None:
    judged = [join for join in joins_of(person, [standard], place) if join.standard]
    assert sorted(join.trigger_id for join in judged) == sorted(leg.id for leg in person.legs if leg.ended)
    assert all(join.reason and join.basis for join in judged)
    assert all(join.state is not JoinState.NOT_JUDGED for join in judged)
    matches = [join.match_id for join in judged if join.match_id]
    assert len(matches) == len(set(matches))


@given(lives(), standards(), places(), holes(), st.integers(0, 2))
def test_a_hole_only_ever_makes_us_less_sure(
    person: Records, standard: Standard, place: Place, hole: Period, nth: int
) -> None:
    feeds = list(place.feeds)
    feeds[nth] = replace(feeds[nth], holes=(*feeds[nth].holes, hole))
    before, after = states(person, standard, place), states(person, standard, replace(place, feeds=tuple(feeds)))
    assert all(after[each] in (before[each], JoinState.CANNOT_TELL) for each in before)


@given(lives(), standards(), places(), st.integers(0, 40))
def test_records_that_reach_further_change_nothing_that_was_settled(
    person: Records, standard: Standard, place: Place, more_days: int
) -> None:
    def further(one: Feed) -> Feed:
        end = one.complete_until
        return one if end is None else replace(one, complete_until=Moment.dated(end.on + more_days * DAYS, LONDON))

    before = states(person, standard, place)
    after = states(person, standard, replace(place, feeds=tuple(map(further, place.feeds))))
    later = {
        JoinState.OPEN: {JoinState.OPEN, JoinState.OPEN_OVERDUE, JoinState.DROPPED, JoinState.CANNOT_TELL},
        JoinState.OPEN_OVERDUE: {JoinState.OPEN_OVERDUE, JoinState.DROPPED},
        JoinState.CANNOT_TELL: {JoinState.CANNOT_TELL, JoinState.OPEN_OVERDUE, JoinState.DROPPED},
    }
    assert all(after[each] in later.get(before[each], {before[each]}) for each in before)


@given(lives(), standards(), places(), st.sampled_from([{}, {"Council": "New", "Firm": "New"}]))
def test_the_codes_of_organisations_change_no_state(
    person: Records, standard: Standard, place: Place, codes: dict[str, str]
) -> None:
    def new(code: str) -> str:
        return codes.get(code, code if codes else f"renamed {code}")

    moved = replace(
        person,
        legs=tuple(replace(leg, organisation_id=new(leg.organisation_id)) for leg in person.legs),
        referrals=tuple(
            replace(each, to_organisation_id=each.to_organisation_id if each.to_organisation_id is UNKNOWN else new(
                each.to_organisation_id
            ))
            for each in person.referrals
        ),
    )  # fmt: skip
    teams = tuple(replace(team, organisation_id=new(team.organisation_id)) for team in place.services)
    assert states(moved, standard, replace(place, services=teams)) == states(person, standard, place)


@given(lives(), standards(), places())
def test_nothing_is_dropped_that_no_file_could_have_shown(person: Records, standard: Standard, place: Place) -> None:
    blank = replace(place, feeds=())
    assert JoinState.DROPPED not in states(person, standard, blank).values()
    for join in joins_of(person, [standard], place):
        if join.state is JoinState.DROPPED and join.late_until is not None:
            named = {each.to_service_id for each in person.referrals if each.id in join.asked_by} - {UNKNOWN}
            mine = [one for one in place.feeds if not named or one.service_id in named]
            assert all(one.complete_until and last_instant(one.complete_until) >= join.late_until.at for one in mine)


@given(lives(stays=1), standards(), places(), st.data())
def test_a_time_that_nobody_recorded_makes_no_failure(
    person: Records, standard: Standard, place: Place, data: st.DataObject
) -> None:
    visits = [leg for leg in person.legs if leg.service_kind is REABLEMENT]
    assume(visits)
    blurred = data.draw(st.sampled_from(visits))
    day = replace(blurred, started=Moment.dated(blurred.started.on, LONDON))
    legs = tuple(day if leg is blurred else leg for leg in person.legs)
    before, after = states(person, standard, place), states(replace(person, legs=legs), standard, place)
    assert all(before[each] in FAILING for each in after if after[each] in FAILING)


@given(lives(), standards(), places())
def test_somebodys_word_adds_no_join_to_one_that_is_owed(person: Records, standard: Standard, place: Place) -> None:
    first = min((leg for leg in person.legs if leg.ended), key=lambda leg: leg.ended.at if leg.ended else START)
    assert first.ended is not None
    told = replace(word("1 June"), told=first.ended)
    before = joins_of(person, [standard], place)
    after = joins_of(replace(person, told=(told,)), [standard], place)
    assert len(after) == len(before)
    assert sum(Basis.TOLD in join.basis for join in after) == 1
    assert [join.state for join in after] == [join.state for join in before]


@settings(max_examples=50)
@given(lives(), standards(), places(), st.randoms(use_true_random=False))
def test_the_order_of_the_records_does_not_matter(person: Records, standard: Standard, place: Place, dice: Any) -> None:
    def shuffled(rows: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(dice.sample(rows, len(rows)))

    other = replace(
        person, legs=shuffled(person.legs), contacts=shuffled(person.contacts), referrals=shuffled(person.referrals)
    )
    mixed = replace(place, feeds=shuffled(place.feeds), services=shuffled(place.services))
    assert states(other, standard, mixed) == states(person, standard, place)


def test_the_lives_made_up_here_reach_every_state() -> None:
    """A property over lives that never fail would say nothing."""
    seen: set[JoinState] = set()

    @settings(max_examples=500, database=None, derandomize=True)
    @given(lives(), standards(), places())
    def look(person: Records, standard: Standard, place: Place) -> None:
        seen.update(states(person, standard, place).values())

    look()
    assert seen == set(JoinState) - {JoinState.NOT_JUDGED}
