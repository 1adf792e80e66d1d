"""What came of a join, by example: one rule of design/joins.md at a time, in its order.

The person leaves the ward on Monday 2 June 2025 at 14:00. Reablement should come by the end of 4 June, and it is too
late after 11 June; the council's feed is complete until 30 June. `given(...)` lists what is recorded beside that.
"""

from dataclasses import replace
from datetime import time

from fishplate.care.clocks import ONE_SECOND, Days, Hours, NextClock, WatchedHours
from fishplate.care.hours import parse_watched_hours
from fishplate.care.joins import Basis, Flag, JoinState, TriggerKind
from fishplate.care.legs import LegKind
from fishplate.care.plans import CapacityOutcome, Scope
from fishplate.care.words import UNKNOWN
from fishplate.expressions.predicate import ALWAYS
from fishplate.journeys.evidence import JudgedJoin, PointsElsewhere
from fishplate.journeys.shares import every_join_held, hold_share
from fishplate.standards.standard import MetBy
from tests.joins_on_paper import (
    CAPACITY,
    EMERGENCY,
    NEED,
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
    hole,
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


def state(*rows: object, **more: object) -> str:
    """The state of the one join that follows."""
    return only(given(*rows, **more)).state.value  # type: ignore[arg-type]


def flags(*rows: object, **more: object) -> set[Flag]:
    """The flags of the one join that follows."""
    return set(only(given(*rows, **more)).flags)  # type: ignore[arg-type]


def safe(**more: object) -> dict[str, object]:
    """The standard, made safety-critical or changed in some other way."""
    return {"standard": replace(STANDARD, **more)}  # type: ignore[arg-type]


CRITICAL = safe(safety_critical=True)


class TestBasis:
    """How we know that somebody should have come."""

    def test_a_standard_says_so(self) -> None:
        assert only(given(stay())).basis == {Basis.OWED}

    def test_a_referral_says_so_too_and_it_is_still_one_join(self) -> None:
        assert only(given(stay(), referral("1 June"))).basis == {Basis.OWED, Basis.REFERRED}

    def test_the_discharge_was_coded_to_it(self) -> None:
        hospice = safe(met=replace(STANDARD.met, kinds=(SERVICE.kind.HOSPICE,)))
        coded = stay(discharge_destination="88")
        assert only(given(coded, at=place(feed(service_kind=None)), **hospice)).basis == {Basis.OWED, Basis.CODED}

    def test_the_carer_said_so(self) -> None:
        assert only(given(stay(), word("3 June"))).basis == {Basis.OWED, Basis.TOLD}

    def test_found_three_ways_it_counts_once(self) -> None:
        (join,) = given(stay(), referral("1 June"), word("3 June"))
        assert join.basis == {Basis.OWED, Basis.REFERRED, Basis.TOLD}

    def test_where_the_standard_owes_nothing_a_referral_makes_the_join(self) -> None:
        if_asked = safe(trigger=replace(STANDARD.trigger, owes=where("service_kind = 'hospice'")))
        assert given(stay(), **if_asked) == []
        assert only(given(stay(), referral("1 June"), **if_asked)).basis == {Basis.REFERRED}

    def test_without_a_standard_a_join_is_not_judged(self) -> None:
        (join,) = given(referral("2 June 09:00", to=NURSES))
        assert (join.state, join.basis, join.standard) == (JoinState.NOT_JUDGED, {Basis.REFERRED}, None)
        (join,) = given(word("2 June", kind=NURSES))
        assert (join.state, join.basis, join.trigger_kind) == (JoinState.NOT_JUDGED, {Basis.TOLD}, TriggerKind.WORD)

    def test_a_join_without_a_standard_found_in_three_ways_counts_once_too(self) -> None:
        hospice = SERVICE.kind.HOSPICE
        coded = leg("day unit", EMERGENCY, "2 June 09:00", "2 June 14:00", discharge_destination="88")
        (join,) = given(coded, referral("2 June 10:00", to=hospice), word("3 June", kind=hospice))
        assert join.basis == {Basis.CODED, Basis.REFERRED, Basis.TOLD}


class TestMerging:
    """A referral for the same need and kind is about the join that the trigger owes."""

    def test_from_fourteen_days_before_until_it_is_too_late(self) -> None:
        for sent, merges in (("18 May 12:00", False), ("19 May 00:00", True), ("11 June", True), ("12 June", False)):
            assert (Basis.REFERRED in only(given(stay(), referral(sent))).basis) is merges, sent

    def test_the_clock_is_still_that_of_the_discharge(self) -> None:
        join = only(given(stay(), referral("1 June 09:00")))
        assert (join.trigger_id, join.triggered) == ("stay", moment("2 June 14:00"))

    def test_another_need_or_another_kind_is_another_join(self) -> None:
        for other in (referral("1 June", need="insulin"), referral("1 June", to=NURSES)):
            assert len(given(stay(), other)) == 2

    def test_a_referral_that_does_not_say_its_need_is_about_the_join(self) -> None:
        assert len(given(stay(), referral("1 June", need=UNKNOWN))) == 1

    def test_of_two_discharges_it_goes_to_the_nearer_or_to_the_one_it_is_based_on(self) -> None:
        stays = (stay(), stay("8 June 14:00", "6 June", name="second"))
        assert [join.asked_by for join in given(*stays, referral("7 June 12:00"))] == [(), ("referral",)]
        assert [join.asked_by for join in given(*stays, referral("7 June 12:00", based_on="stay"))] == [
            ("referral",),
            (),
        ]

    def test_a_referral_sent_again_is_the_same_join_by_its_first(self) -> None:
        referred = safe(trigger=replace(STANDARD.trigger, table="referrals", moment="sent", where=ALWAYS))
        (join,) = given(referral("2 June 09:00", "first"), referral("5 June 09:00", "again"), **referred)
        assert (join.trigger_id, join.asked_by, join.basis) == ("first", ("again",), {Basis.REFERRED, Basis.OWED})


class TestMatching:
    """Who came."""

    def test_an_explicit_id_fixes_who_answers_whom(self) -> None:
        stays = (stay(), stay("3 June 14:00", "2 June 20:00", name="second"))
        came = reablement("4 June 10:00")
        assert [join.match_id for join in given(*stays, came)] == ["visit", None]
        assert [join.match_id for join in given(*stays, came, answers_to={("visit", "second")})] == [None, "visit"]

    def test_a_start_with_the_right_id_after_it_is_too_late_leaves_it_dropped(self) -> None:
        late = reablement("13 June 10:00")
        join = only(given(stay(), referral("2 June 09:00"), late, answers_to={("visit", "referral")}))
        assert (join.state, join.flags, join.match_id) == (JoinState.DROPPED, {Flag.CAME_AFTER}, None)
        assert flags(stay(), late) == set()

    def test_then_the_earliest_trigger_takes_the_earliest_that_came(self) -> None:
        stays = (stay(), stay("4 June 14:00", "3 June", name="second"))
        came = (reablement("6 June 09:00", "later"), reablement("5 June 09:00", "sooner"))
        assert [(join.trigger_id, join.match_id) for join in given(*stays, *came)] == [
            ("stay", "sooner"),
            ("second", "later"),
        ]

    def test_ties_go_by_the_id_and_never_by_the_organisation(self) -> None:
        same = (reablement("3 June 09:00", "a", at="Zebra"), reablement("3 June 09:00", "b", at="Aardvark"))
        assert only(given(stay(), *same)).match_id == "a"

    def test_the_window_takes_in_both_its_ends(self) -> None:
        for start, came in (
            ("2 June 13:59", False), ("2 June 14:00", True), ("11 June 23:59", True), ("12 June 00:00", False),
        ):  # fmt: skip
            assert (only(given(stay(), reablement(start))).match_id is not None) is came, start

    def test_a_leg_that_was_already_open_comes_by_its_first_contact(self) -> None:
        open_before = reablement("1 May")
        assert state(stay(), open_before) == "dropped"
        seen = (contact("before", "1 June 09:00", "visit"), contact("first", "3 June 09:00", "visit"))
        assert only(given(stay(), open_before, *seen)).match_id == "first"

    def test_a_contact_that_did_not_take_place_is_no_match_and_one_nobody_recorded_is_unknown(self) -> None:
        open_before = reablement("1 May")
        for attendance, expected in (("not_attended", "dropped"), ("cancelled", "dropped"), ("unknown", "cannot_tell")):
            assert state(stay(), open_before, contact("c", "3 June 09:00", "visit", attendance)) == expected

    def test_a_contact_that_belongs_to_no_leg_counts_as_one(self) -> None:
        assert only(given(stay(), contact("call", "3 June 09:00", None))).match_id == "call"

    def test_one_that_came_answers_one_trigger(self) -> None:
        stays = (stay(), stay("2 June 20:00", "2 June 18:00", name="second"))
        assert [join.state.value for join in given(*stays, reablement("3 June 09:00"))] == ["held", "dropped"]

    def test_another_kind_of_service_meets_nothing(self) -> None:
        assert state(stay(), leg("nurse", NURSES, "3 June 09:00")) == "dropped"

    def test_a_standard_may_be_met_by_an_end(self) -> None:
        paused = safe(met=replace(STANDARD.met, by=MetBy.ENDED), trigger=replace(STANDARD.trigger, moment="started"))
        assert state(stay(start="20 May 09:00"), reablement("1 May", end="21 May 10:00"), **paused) == "held"
        assert state(stay(start="20 May 09:00"), reablement("1 May"), **paused) == "dropped"

    def test_a_field_that_the_feed_never_fills_is_not_guessed(self) -> None:
        needy = safe(needs_fields=("contacts.contact",))
        lacking = place(feed(lacks=frozenset({"contacts.contact"})))
        assert state(stay(), reablement("3 June 09:00"), **needy) == "held"
        assert state(stay(), reablement("3 June 09:00"), at=lacking, **needy) == "cannot_tell"

    def test_nor_is_one_that_the_feed_of_the_ward_never_fills(self) -> None:
        needy = safe(needs_trigger_fields=("plans.due",))
        ward = feed(organisation_id="Hospital", service_kind=WARD, lacks=frozenset({"plans.due"}))
        assert state(stay(), reablement("3 June 09:00"), at=place(feed(), ward), **needy) == "cannot_tell"
        lacking = place(feed(lacks=frozenset({"plans.due"})))
        assert state(stay(), reablement("3 June 09:00"), at=lacking, **needy) == "held"


class TestState1Held:
    def test_somebody_came_by_the_last_second_of_the_day_it_was_due(self) -> None:
        assert state(stay(), reablement("4 June 23:59")) == "held"

    def test_a_date_on_that_day_is_in_time(self) -> None:
        assert state(stay(), reablement("4 June")) == "held"

    def test_on_the_day_of_discharge_a_date_counts_from_the_start_of_that_day(self) -> None:
        assert state(stay(), reablement("2 June")) == "held"
        assert state(stay("2 June"), reablement("2 June 09:00")) == "held"

    def test_a_date_that_may_be_before_or_after_it_was_due_cannot_tell(self) -> None:
        within_a_day = safe(due=Hours(24), late_until=Hours(72))
        assert state(stay(), reablement("3 June"), **within_a_day) == "cannot_tell"
        assert state(stay(), reablement("2 June"), **within_a_day) == "held"
        assert state(stay(), reablement("4 June"), **within_a_day) == "late"

    def test_a_date_that_may_be_in_the_window_or_after_it_cannot_tell(self) -> None:
        assert state(stay(), reablement("5 June"), **safe(due=Hours(24), late_until=Hours(72))) == "cannot_tell"

    def test_a_window_may_begin_before_the_trigger(self) -> None:
        assert state(stay(), reablement("1 June 18:00"), **safe(from_=Hours(-24))) == "held"


class TestState2HeldByChoice:
    def test_the_person_chose_not_to_have_it(self) -> None:
        for decision in ("declined", "postponed", "elsewhere"):
            assert state(stay(), choice("1 June", decision=decision)) == "held_by_choice"
        assert state(stay(), choice("1 June", decision="accepted")) == "dropped"

    def test_it_may_be_made_until_somebody_came_or_until_it_was_too_late(self) -> None:
        assert state(stay(), choice("11 June")) == "held_by_choice"
        assert state(stay(), choice("12 June")) == "dropped"
        assert state(stay(), choice("7 June"), reablement("6 June 09:00")) == "late"

    def test_a_match_may_still_follow(self) -> None:
        join = only(given(stay(), choice("5 June"), reablement("6 June 09:00")))
        assert (join.state, join.match_id) == (JoinState.HELD_BY_CHOICE, "visit")

    def test_taken_back_in_time_it_counts_no_more(self) -> None:
        assert state(stay(), choice("1 June", revoked="5 June")) == "dropped"
        assert state(stay(), choice("1 June"), choice("5 June", decision="accepted")) == "dropped"
        assert state(stay(), choice("1 June", revoked="20 June")) == "held_by_choice"

    def test_an_attorney_decides_within_scope(self) -> None:
        assert state(stay(), choice("1 June", "attorney", scope=Scope.HEALTH_AND_WELFARE)) == "held_by_choice"
        assert state(stay(), choice("1 June", "attorney", scope=Scope.PROPERTY_AND_AFFAIRS)) == "dropped"
        assert state(stay(), choice("1 June", "best_interests")) == "held_by_choice"

    def test_a_choice_made_that_day_before_or_after_the_match_cannot_tell(self) -> None:
        assert state(stay(), choice("6 June"), reablement("6 June 09:00")) == "cannot_tell"

    def test_refusing_what_is_safety_critical_stays_open_until_it_is_reviewed(self) -> None:
        join = only(given(stay(), choice("3 June"), **CRITICAL))
        assert (join.state, join.flags) == (JoinState.OPEN, {Flag.REFUSAL_UNREVIEWED})
        assert state(stay(), choice("3 June", capacity=CAPACITY), **CRITICAL) == "held_by_choice"

    def test_unless_a_match_follows(self) -> None:
        join = only(given(stay(), choice("3 June"), reablement("6 June 09:00"), **CRITICAL))
        assert (join.state, join.flags) == (JoinState.LATE, frozenset())

    def test_a_person_found_to_lack_capacity_for_it_has_not_refused(self) -> None:
        lacking = replace(CAPACITY, outcome=CapacityOutcome.NO)
        assert state(stay(), choice("3 June", capacity=lacking), **CRITICAL) == "open"
        assert state(stay(), choice("3 June", "best_interests", capacity=lacking), **CRITICAL) == "held_by_choice"


class TestState3Late:
    def test_somebody_came_after_it_was_due(self) -> None:
        assert state(stay(), reablement("5 June 00:00")) == "late"

    def test_a_hole_before_that_could_hide_an_earlier_one(self) -> None:
        late = reablement("6 June 09:00")
        assert state(stay(), late, at=place(feed("30 June", hole("3 June", "3 June")))) == "cannot_tell"
        assert state(stay(), late, at=place(feed("30 June", hole("7 June", "8 June")))) == "late"
        assert state(stay(), late, at=place(feed("30 June", hole("25 May", "1 June")))) == "late"

    def test_so_could_a_record_that_fits_two_people(self) -> None:
        rows = (stay(), reablement("6 June 09:00"), reablement("3 June 09:00", "whose"))
        assert state(*rows, doubtful=frozenset({"whose"})) == "cannot_tell"


class TestState4Declined:
    def test_the_one_who_was_asked_said_no(self) -> None:
        asked = referral("2 June 09:00", to_organisation_id="Council", rejected="3 June 09:00")
        assert state(stay(), asked) == "declined"

    def test_everybody_who_was_asked_must_have_said_no(self) -> None:
        no = referral("2 June 09:00", "a", to_organisation_id="Council", rejected="3 June 09:00")
        assert state(stay(), no, referral("3 June 10:00", "b", to_organisation_id="Council")) == "dropped"
        also_no = referral("3 June 10:00", "b", to_organisation_id="Council", rejected="4 June 09:00")
        assert state(stay(), no, also_no) == "declined"

    def test_accepted_later_and_never_started_goes_on_down_the_list(self) -> None:
        no = referral("2 June 09:00", "a", to_organisation_id="Council", rejected="3 June 09:00")
        for accepted, expected in (("5 June 09:00", "dropped"), ("13 June 09:00", "declined")):
            assert state(stay(), no, referral("3 June 10:00", "b", accepted=accepted)) == expected
            assert state(stay(), replace(no, accepted=moment(accepted))) == expected

    def test_where_nobody_is_named_a_no_is_everybodys_only_if_one_could_have_come(self) -> None:
        no = referral("2 June 09:00", rejected="3 June 09:00")
        assert state(stay(), no) == "declined"
        two = place(feed(), services=(SERVICE, replace(SERVICE, id="other team")))
        assert state(stay(), no, at=two) == "dropped"

    def test_until_the_records_are_complete_it_is_declined_so_far(self) -> None:
        no = referral("2 June 09:00", to_organisation_id="Council", rejected="3 June 09:00")
        join = only(given(stay(), no, at=place(feed("5 June"))))
        assert (join.state, join.reason) == (JoinState.DECLINED, "Everybody who could have come has said no so far")


class TestState5Ended:
    def test_death_a_move_or_the_needs_end_by_the_time_it_was_due(self) -> None:
        for kind in ("death", "moved_away", "care_home_admission"):
            assert state(stay(), event(kind, "4 June")) == "ended"
            assert state(stay(), event(kind, "1 June")) == "ended"
            assert state(stay(), event(kind, "5 June")) == "dropped"

    def test_only_the_end_of_this_need(self) -> None:
        assert state(stay(), event("need_ended", "3 June", NEED)) == "ended"
        assert state(stay(), event("need_ended", "3 June", "insulin")) == "dropped"

    def test_a_date_on_the_day_it_is_due_counts_even_where_it_is_due_at_a_time(self) -> None:
        assert state(stay(), event("death", "3 June"), **safe(due=Hours(24))) == "ended"

    def test_an_emergency_readmission_before_it_is_due(self) -> None:
        back = stay("", "3 June 08:00", name="back", admission_method="21")
        assert state(stay(), back) == "ended"
        assert state(stay(), back, **safe(ends=frozenset())) == "dropped"
        assert state(stay(), replace(back, admission_method="11")) == "dropped"

    def test_one_on_the_day_of_a_discharge_without_a_time_cannot_tell(self) -> None:
        assert state(stay("2 June"), stay("", "2 June", name="back", admission_method="21")) == "cannot_tell"

    def test_who_came_back_to_live_here_has_not_moved_away(self) -> None:
        assert state(stay(), event("moved_away", "1 March"), event("moved_in", "1 May")) == "dropped"


class TestState6CannotTell:
    def test_no_file_was_ever_received_from_somebody_who_could_have_come(self) -> None:
        assert state(stay(), at=place()) == "cannot_tell"
        assert state(stay(), at=place(feed(""))) == "cannot_tell"
        other = replace(SERVICE, id="other", organisation_id="Charity")
        assert state(stay(), at=place(feed(), services=(SERVICE, other))) == "cannot_tell"

    def test_a_referral_that_names_one_looks_at_that_one_alone(self) -> None:
        other = replace(SERVICE, id="other", organisation_id="Charity")
        two = place(feed(), services=(SERVICE, other))
        assert state(stay(), referral("2 June", to_organisation_id="Council"), at=two) == "dropped"
        assert state(stay(), referral("2 June", to_service_id="other"), at=two) == "cannot_tell"

    def test_nobody_is_known_who_could_have_come(self) -> None:
        assert state(stay(), at=place(feed(), services=())) == "cannot_tell"

    def test_a_hole_overlaps_the_window_at_all(self) -> None:
        for start, end, expected in (
            ("11 June 23:59", "20 June", "cannot_tell"), ("12 June 00:00", "20 June", "dropped"),
            ("25 May", "2 June 14:00", "cannot_tell"), ("25 May", "2 June 13:59", "dropped"),
        ):  # fmt: skip
            assert state(stay(), at=place(feed("30 June", hole(start, end)))) == expected, (start, end)

    def test_before_a_feed_begins_is_a_hole(self) -> None:
        assert state(stay(), at=place(feed(since="3 June"))) == "cannot_tell"
        assert state(stay(), at=place(feed(since="2 June"))) == "dropped"

    def test_a_record_points_to_something_no_feed_holds(self) -> None:
        assert state(stay(), PointsElsewhere(id="own", recorded=moment("5 June"))) == "cannot_tell"
        assert state(stay(), PointsElsewhere(id="own", recorded=moment("20 June"))) == "dropped"
        handed_on = referral("5 June", to=SERVICE.kind.OTHER, to_organisation_id="A firm")
        joins = given(stay(), handed_on)
        assert [join.state.value for join in joins] == ["cannot_tell", "not_judged"]

    def test_two_people_fit_the_record_equally(self) -> None:
        assert state(stay(), reablement("3 June 09:00"), doubtful=frozenset({"visit"})) == "cannot_tell"

    def test_a_choice_is_recorded_and_not_who_made_it(self) -> None:
        assert state(stay(), choice("3 June", "not_recorded")) == "cannot_tell"
        assert state(stay(), choice("3 June", "attorney")) == "cannot_tell"

    def test_a_clock_in_watched_hours_that_nobody_recorded(self) -> None:
        assert state(stay(), **safe(due=WatchedHours(8), late_until=WatchedHours(40))) == "cannot_tell"


class TestStates7And8Open:
    def test_it_is_not_yet_due_as_far_as_the_records_reach(self) -> None:
        assert state(stay(), at=place(feed("3 June"))) == "open"
        assert state(stay(), at=place(feed("4 June 23:58"))) == "open"

    def test_it_was_due_and_is_not_yet_too_late(self) -> None:
        for until in ("4 June", "10 June", "11 June 23:58"):
            assert state(stay(), at=place(feed(until))) == "open_overdue"

    def test_the_earliest_of_the_possible_receivers_counts(self) -> None:
        other = replace(SERVICE, id="other", organisation_id="Charity")
        feeds = (feed(), feed("3 June", organisation_id="Charity"))
        assert state(stay(), at=place(*feeds, services=(SERVICE, other))) == "open"

    def test_nothing_is_complete_beyond_the_moment_up_to_which_we_look(self) -> None:
        assert state(stay(), at=place(feed(), as_of="3 June")) == "open"


class TestState9Dropped:
    def test_it_was_due_nobody_came_and_the_records_would_have_shown_it(self) -> None:
        for until in ("11 June", "30 June"):
            join = only(given(stay(), at=place(feed(until))))
            assert join.state is JoinState.DROPPED
            assert join.reason == "It was due, nobody came, and the records would have shown it"

    def test_also_where_the_person_died_after_it_was_due(self) -> None:
        assert state(stay(), event("death", "6 June")) == "dropped"


class TestFlags:
    """What should be known whatever the state; `came after` is under matching, `refusal unreviewed` under choices."""

    def test_bounced_came_back_as_an_emergency_within_the_standards_window(self) -> None:
        bounce = safe(bounce=Days(28), ends=frozenset())
        visit = leg("visit to ED", EMERGENCY, "20 June 10:00", "20 June 14:00")
        admission = stay("", "20 June 14:00", name="back", admission_method="21")
        for back in (visit, admission):
            assert flags(stay(), back, **bounce) == {Flag.BOUNCED}
            assert flags(stay(), back) == set()
        assert flags(stay(), replace(visit, started=moment("1 July 10:00"), ended=None), **bounce) == set()
        assert flags(stay(), replace(visit, started=moment("1 June 10:00")), **bounce) == set()

    def test_told_twice_the_receiver_assessed_what_another_had_within_28_days(self) -> None:
        came = reablement("3 June 09:00")
        before, again = assessment("30 May", NURSES), assessment("3 June 10:00", REABLEMENT)
        assert flags(stay(), came, before, again) == {Flag.TOLD_TWICE}
        assert flags(stay(), came, assessment("5 May", NURSES), again) == set()
        assert flags(stay(), came, assessment("30 May", REABLEMENT), again) == set()
        assert flags(stay(), came, replace(before, domain="memory"), again) == set()
        ambulance = leg("999", SERVICE.kind.AMBULANCE, "2 June 20:00", "2 June 22:00")
        assert flags(stay(), came, before, again, ambulance) == set()

    def test_blind_the_receiver_began_without_what_the_standard_names(self) -> None:
        names = safe(information=("medicines", "mobility"))
        for went, expected in (
            (frozenset({"medicines"}), {Flag.BLIND}), (frozenset({"medicines", "mobility"}), set()),
            (frozenset(), {Flag.BLIND}), (UNKNOWN, set()),
        ):  # fmt: skip
            asked = referral("2 June 09:00", information_sent=went)
            assert flags(stay(), asked, reablement("3 June 09:00"), **names) == expected

    def test_contradicted_what_was_said_disagrees_with_the_records_of_that_day(self) -> None:
        came = reablement("3 June 09:00")
        assert flags(stay(), came, said("no", "5 June")) == {Flag.CONTRADICTED}
        assert flags(stay(), came, said("no", "2 June")) == set()
        assert flags(stay(), came, said("yes", "5 June")) == set()
        assert flags(stay(), said("yes", "5 June")) == {Flag.CONTRADICTED}
        assert flags(stay(), said("yes", "5 June", by="proxy")) == set()
        assert flags(stay(), said("yes", "5 June", about="another stay")) == set()
        assert flags(stay(), said("yes", "5 June"), event("death", "3 June")) == set()
        # Asked after the stay, about another referral that the stay set going: that one is meant.
        assert flags(stay(), came, replace(said("no", "5 June"), referral_id="another referral")) == set()


class TestTime:
    def test_a_plan_agreed_with_the_person_overrides_the_clock(self) -> None:
        join = only(given(stay(), plan("10 June"), reablement("9 June 09:00")))
        assert join.state is JoinState.HELD
        assert join.due is not None
        assert join.due.at == moment("10 June").until - ONE_SECOND
        assert state(stay(), plan("3 June"), reablement("4 June 09:00")) == "late"

    def test_a_plan_agreed_after_it_was_due_mends_nothing(self) -> None:
        assert state(stay(), plan("10 June", agreed="6 June"), reablement("9 June 09:00")) == "late"

    def test_a_next_clock_time(self) -> None:
        by_eight = safe(due=NextClock(time(8)), late_until=Days(9))
        assert state(stay(), reablement("3 June 08:00"), **by_eight) == "held"
        assert state(stay(), reablement("3 June 08:01"), **by_eight) == "late"

    def test_watched_hours_are_the_receivers_own(self) -> None:
        hours, _ = parse_watched_hours("Mon-Fri 09:00-17:00")
        assert hours is not None
        watched = place(feed(), services=(replace(SERVICE, watched=hours),))
        four = safe(due=WatchedHours(4), late_until=Days(9))
        assert state(stay(), reablement("3 June 10:00"), at=watched, **four) == "held"
        assert state(stay(), reablement("3 June 10:01"), at=watched, **four) == "late"


class TestShares:
    """The hold share stands beside its bounds, and a person's whole journey beside what is unknown."""

    def test_the_share_and_its_bounds(self) -> None:
        names = "held held_by_choice late dropped declined open open_overdue cannot_tell ended not_judged"
        share = hold_share([JoinState.HELD, *(JoinState(name) for name in names.split())])
        assert (share.share, share.lowest, share.highest) == (3 / 6, 3 / 9, 6 / 9)
        assert hold_share([JoinState.ENDED]).share is None

    def test_every_join_held_or_not_or_nobody_knows(self) -> None:
        held, dropped, unclear, ended = JoinState.HELD, JoinState.DROPPED, JoinState.CANNOT_TELL, JoinState.ENDED
        assert every_join_held([held, ended]) is True
        assert every_join_held([held, unclear]) is UNKNOWN
        assert every_join_held([dropped, unclear]) is False
        assert every_join_held([ended]) is None


def test_both_sides_are_named() -> None:
    """Which service had the person, and which came or was asked."""
    join: JudgedJoin = only(given(stay(service_id="ward 7"), reablement("3 June 09:00", service_id="team")))
    assert (join.from_organisation_id, join.from_service_id) == ("Hospital", "ward 7")
    assert (join.to_organisation_id, join.to_service_id) == ("Council", "team")
    nobody_came = only(given(stay()))
    assert (nobody_came.to_organisation_id, nobody_came.to_service_id) == ("Council", "team")
    assert join.crosses_organisations is True


def test_a_leg_of_the_kind_that_sets_it_going_is_not_its_own_answer() -> None:
    """A ward that may answer a ward is still another stay."""
    wards = replace(STANDARD, met=replace(STANDARD.met, kinds=(stay().service_kind,)), from_=Days(-30))
    everything = place(
        feed(organisation_id=None, service_kind=None), services=(replace(SERVICE, kind=stay().service_kind),)
    )
    assert stay().kind is LegKind.SPELL
    assert only(given(stay(), standard=wards, at=everything)).match_id is None
