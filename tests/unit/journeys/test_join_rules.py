"""The edges of the join rules: ties, days without a time, records of other needs, and what has not happened yet.

The rules themselves are told in tests/spec/test_join_states.py, with the same person, ward and standard.
"""

from dataclasses import replace

import pytest

from fishplate.care.clocks import Days, Hours, WatchedHours
from fishplate.care.hours import parse_watched_hours
from fishplate.care.joins import Basis, Flag, JoinState
from fishplate.care.organisations import ServiceKind
from fishplate.care.periods import Period
from fishplate.care.words import UNKNOWN
from fishplate.expressions.predicate import Predicate
from fishplate.journeys.evidence import JudgedJoin
from tests.joins_on_paper import (
    NURSES,
    REABLEMENT,
    SERVICE,
    STANDARD,
    WARD,
    assessment,
    choice,
    contact,
    event,
    feed,
    given,
    leg,
    moment,
    only,
    place,
    plan,
    reablement,
    referral,
    said,
    stay,
    where,
    word,
)

WITHIN_A_DAY = replace(STANDARD, due=Hours(24), late_until=Hours(72))
OTHER = replace(SERVICE, id="other", organisation_id="Charity")


def state(*rows: object, **more: object) -> str:
    """The state of the one join that follows."""
    return only(given(*rows, **more)).state.value  # type: ignore[arg-type]


def flags(*rows: object, **more: object) -> set[Flag]:
    """The flags of the one join that follows."""
    return set(only(given(*rows, **more)).flags)  # type: ignore[arg-type]


class TestChoices:
    def test_an_acceptance_before_the_refusal_takes_nothing_back(self) -> None:
        assert state(stay(), choice("1 June", decision="accepted"), choice("3 June")) == "held_by_choice"

    def test_an_acceptance_by_nobody_knows_whom_takes_nothing_back(self) -> None:
        accepted = choice("5 June", "not_recorded", "accepted")
        assert state(stay(), choice("3 June"), accepted) == "held_by_choice"

    def test_one_about_another_need_says_nothing(self) -> None:
        assert state(stay(), replace(choice("3 June"), need="insulin")) == "dropped"

    def test_one_that_is_yet_to_be_made_says_nothing(self) -> None:
        assert state(stay(), choice("6 June"), at=place(feed("5 June"), as_of="5 June")) == "open_overdue"


class TestNo:
    asked = referral("2 June 09:00", to_organisation_id="Council", rejected="3 June 09:00")

    def test_a_yes_at_the_same_moment_is_a_yes(self) -> None:
        assert state(stay(), replace(self.asked, accepted=moment("3 June 09:00"))) == "dropped"

    def test_a_yes_before_the_no_was_taken_back_by_it(self) -> None:
        assert state(stay(), replace(self.asked, accepted=moment("2 June 10:00"))) == "declined"

    def test_a_no_that_is_yet_to_be_said_is_none(self) -> None:
        assert state(stay(), self.asked, at=place(feed(), as_of="2 June 20:00")) == "open"


class TestEnds:
    def test_who_moved_away_again_has_moved_away(self) -> None:
        back_and_away = (event("moved_in", "1 April"), event("moved_away", "1 May"))
        assert state(stay(), *back_and_away) == "ended"

    def test_the_stay_that_set_it_going_is_no_readmission(self) -> None:
        began = replace(STANDARD, trigger=replace(STANDARD.trigger, moment="started"), due=Days(2))
        first = stay("25 May", "20 May", admission_method="21")
        assert state(first, standard=began) == "dropped"


class TestReach:
    def test_a_discharge_without_a_time_and_records_that_end_within_the_stretch(self) -> None:
        assert state(stay("2 June"), standard=WITHIN_A_DAY, at=place(feed("3 June 12:00"))) == "cannot_tell"
        assert state(stay("2 June"), standard=WITHIN_A_DAY, at=place(feed("2 June"))) == "open"

    def test_a_hole_that_never_closes(self) -> None:
        assert state(stay(), at=place(feed("30 June", Period(moment("10 June"))))) == "cannot_tell"

    def test_what_has_not_happened_yet_is_not_looked_at(self) -> None:
        assert given(stay(), at=place(feed(), as_of="1 June")) == []
        assert state(stay(), reablement("5 June"), at=place(feed(), as_of="4 June 12:00")) == "open"

    def test_a_service_of_another_place_could_not_have_come(self) -> None:
        services = (replace(SERVICE, place="Here"), replace(OTHER, place="There"))
        assert state(stay(), at=replace(place(feed(), services=services), name="Here")) == "dropped"
        assert state(stay(), at=place(feed(), services=services)) == "cannot_tell"

    def test_a_service_that_does_not_say_its_place_could_have(self) -> None:
        services = (replace(SERVICE, place="Here"), OTHER)
        assert state(stay(), at=replace(place(feed(), services=services), name="Here")) == "cannot_tell"

    def test_a_referral_of_this_join_that_names_one_without_a_feed_is_judged_by_the_receivers(self) -> None:
        asked = referral("2 June 09:00", to_organisation_id="A firm")
        join = only(given(stay(), asked))
        assert join.reason == "No file was ever received from somebody who could have come"

    def test_watched_hours_of_several_are_unknown_while_they_are_of_one(self) -> None:
        hours, _ = parse_watched_hours("Mon-Fri 09:00-17:00")
        assert hours is not None
        watched = replace(STANDARD, due=WatchedHours(4))
        both = (replace(SERVICE, watched=hours), OTHER)
        assert (
            state(stay(), reablement("3 June 09:00"), standard=watched, at=place(feed(), services=both))
            == "cannot_tell"
        )


class TestWhoCame:
    def test_a_date_at_the_edge_of_the_window_cannot_tell(self) -> None:
        choices = (stay(), reablement("5 June"), choice("3 June"))
        assert state(*choices, standard=WITHIN_A_DAY) == "cannot_tell"

    def test_late_is_late_though_somebody_surely_came_in_time_to_be_matched(self) -> None:
        join = only(given(stay(), reablement("3 June 09:00"), reablement("6 June 09:00", "again")))
        assert (join.state, join.match_id) == (JoinState.HELD, "visit")
        later = given(stay(), reablement("6 June 09:00"), reablement("7 June 09:00", "again"))
        assert only(later).state is JoinState.LATE

    def test_one_that_says_it_answers_two_answers_the_first(self) -> None:
        stays = (stay(), stay("2 June 20:00", "2 June 18:00", name="second"))
        both = frozenset({("visit", "stay"), ("visit", "second")})
        joins = given(*stays, reablement("3 June 09:00"), answers_to=both)
        assert [join.match_id for join in joins] == ["visit", None]

    def test_a_contact_that_fits_two_people_is_in_doubt(self) -> None:
        seen = contact("seen", "3 June 09:00", "visit")
        for doubtful in ("seen", "visit"):
            assert state(stay(), reablement("1 May"), seen, doubtful=frozenset({doubtful})) == "cannot_tell"

    def test_a_leg_that_does_not_say_whether_it_is_of_the_sort_asked_for_is_in_doubt(self) -> None:
        sort: Predicate = where("discharge_destination = '19'")
        home = replace(STANDARD, met=replace(STANDARD.met, where=sort))
        for destination, expected in (("19", "held"), ("51", "dropped"), (UNKNOWN, "cannot_tell")):
            came = reablement("3 June 09:00", discharge_destination=destination)
            assert state(stay(), came, standard=home) == expected

    def test_a_leg_that_opened_too_late_or_too_soon_does_not_come_by_a_contact(self) -> None:
        from_the_third = replace(STANDARD, from_=Days(2))
        opened = reablement("3 June 09:00")
        assert state(stay(), opened, contact("c", "5 June 09:00", "visit"), standard=from_the_third) == "dropped"

    def test_a_leg_used_by_its_start_is_not_used_again_by_a_contact(self) -> None:
        stays = (stay(), stay("3 June 20:00", "3 June 10:00", name="second"))
        came = (reablement("3 June 09:00"), contact("c", "4 June 09:00", "visit"))
        early = replace(STANDARD, from_=Days(-2))
        assert [join.match_id for join in given(*stays, *came, standard=early)] == ["visit", None]


class TestPlans:
    @pytest.mark.parametrize(
        "other",
        [plan("1 June"), plan("10 June", agreed="1 May"), replace(plan("10 June"), need="insulin")],
        ids=["due before the trigger", "agreed long before", "for another need"],
    )
    def test_a_plan_for_something_else_changes_no_clock(self, other: object) -> None:
        assert only(given(stay(), other)).due == only(given(stay())).due

    def test_of_several_the_latest_agreed_counts(self) -> None:
        plans = (plan("5 June", agreed="3 June"), plan("9 June", agreed="1 June"))
        due = only(given(stay(), *plans)).due
        assert due is not None
        assert due.on == moment("5 June").on


class TestFlags:
    came = reablement("3 June 09:00")
    before, again = assessment("30 May", NURSES), assessment("3 June 10:00", REABLEMENT)

    def test_28_days_before_is_within(self) -> None:
        for day, expected in (("5 May", set()), ("6 May", {Flag.TOLD_TWICE})):
            assert flags(stay(start="1 May"), self.came, assessment(day, NURSES), self.again) == expected

    def test_an_admission_between_the_two_is_a_change(self) -> None:
        assert flags(stay(start="31 May"), self.came, self.before, self.again) == set()

    def test_only_the_receivers_first_assessment_counts(self) -> None:
        first = assessment("3 June 09:30", REABLEMENT, "memory")
        assert flags(stay(), self.came, self.before, first, self.again) == set()

    def test_what_the_receiver_assessed_before_it_came_is_not_its_first(self) -> None:
        earlier = assessment("31 May", REABLEMENT, "memory")
        assert flags(stay(), self.came, self.before, earlier, self.again) == {Flag.TOLD_TWICE}

    def test_an_assessment_by_nobody_knows_whom_may_be_the_receivers_own(self) -> None:
        assert flags(stay(), self.came, assessment("30 May", ServiceKind.UNKNOWN), self.again) == set()

    def test_the_receivers_own_coming_is_no_change_even_where_it_is_urgent(self) -> None:
        urgent = ServiceKind.URGENT_COMMUNITY_RESPONSE
        crisis = replace(STANDARD, met=replace(STANDARD.met, kinds=(urgent,)))
        rows = (stay(), leg("crisis", urgent, "3 June 09:00"), self.before, assessment("3 June 10:00", urgent))
        assert flags(*rows, standard=crisis) == {Flag.TOLD_TWICE}

    def test_information_that_went_after_somebody_came_was_not_there_when_they_began(self) -> None:
        names = replace(STANDARD, information=("medicines",))
        nothing = referral("2 June 09:00", "a", information_sent=frozenset())
        after = referral("4 June 09:00", "b", information_sent=frozenset({"medicines"}))
        assert flags(stay(), nothing, after, self.came, standard=names) == {Flag.BLIND}

    def test_it_happened_when_they_said_is_about_the_time_too(self) -> None:
        question = {"question": "it_happened_when_they_said"}
        late = reablement("6 June 09:00")
        assert flags(stay(), late, said("yes", "8 June", **question)) == {Flag.CONTRADICTED}
        assert flags(stay(), late, said("no", "8 June", **question)) == set()
        assert flags(stay(), self.came, said("no", "8 June", **question)) == {Flag.CONTRADICTED}

    def test_the_admission_that_was_meant_to_come_is_no_bounce(self) -> None:
        to_ward = replace(
            STANDARD,
            trigger=replace(STANDARD.trigger, where=where("service_kind = 'emergency_department'")),
            met=replace(STANDARD.met, kinds=(WARD,)),
            bounce=Days(7),
        )
        seen = leg("seen", ServiceKind.EMERGENCY_DEPARTMENT, "2 June 09:00", "2 June 14:00")
        admitted, again = (
            stay("", start, name=start, admission_method="21") for start in ("2 June 14:05", "5 June 14:05")
        )
        assert flags(seen, admitted, standard=to_ward) == set()
        assert flags(seen, admitted, again, standard=to_ward) == {Flag.BOUNCED}


class TestNotJudged:
    hospice = ServiceKind.HOSPICE
    unit = leg("day unit", ServiceKind.EMERGENCY_DEPARTMENT, "2 June 09:00", "2 June 14:00", discharge_destination="88")

    def ways(self, *rows: object) -> list[set[Basis]]:
        joins: list[JudgedJoin] = given(*rows)
        assert all(join.state is JoinState.NOT_JUDGED for join in joins)
        return [set(join.basis) for join in joins]

    def test_what_was_asked_long_after_is_another_join(self) -> None:
        far = referral("25 June", to=self.hospice)
        assert self.ways(self.unit, far) == [{Basis.CODED}, {Basis.REFERRED}]
        assert self.ways(far, word("1 June", kind=self.hospice)) == [{Basis.TOLD}, {Basis.REFERRED}]

    def test_what_was_asked_for_another_need_is_another_join(self) -> None:
        other = referral("1 June", to=self.hospice, need="pain")
        assert self.ways(other, word("1 June", kind=self.hospice)) == [{Basis.REFERRED}, {Basis.TOLD}]

    def test_a_coded_discharge_that_a_standard_judges_is_not_there_twice(self) -> None:
        coded = stay(discharge_destination="88")
        standard = replace(STANDARD, met=replace(STANDARD.met, kinds=(self.hospice,)))
        assert len(given(coded, standard=standard)) == 1
        assert len(given(coded)) == 2
