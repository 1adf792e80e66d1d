"""Legs, joins, referrals, choices and codes: what their values say about themselves."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest

from fishplate.care import joins, legs, organisations, people, plans, referrals
from fishplate.care.codes import ADMISSION_METHOD, CODE_LISTS, DISCHARGE_DESTINATION, EMERGENCY_ADMISSIONS
from fishplate.care.joins import FAILING, HOLDING, UNDECIDED, AdjacentPair, Basis, Join, JoinState, TriggerKind
from fishplate.care.legs import Leg, LegKind
from fishplate.care.organisations import ServiceKind
from fishplate.care.periods import Moment
from fishplate.care.plans import CapacityOutcome, CapacityRecord, Choice, Decider, Decision, Goal, Scope
from fishplate.care.referrals import Referral, ReferralStage
from fishplate.care.words import UNKNOWN, Unknown, Word

VOCABULARIES = [
    member
    for module in (joins, legs, organisations, people, plans, referrals)
    for member in vars(module).values()
    if isinstance(member, type) and issubclass(member, Word) and member is not Word
]


def noon(day: int) -> Moment:
    return Moment.timed(datetime(2025, 6, day, 12, tzinfo=UTC), UTC)


def leg(leg_id: str, start: Moment, end: Moment | None, organisation_id: str = "A") -> Leg:
    return Leg(
        id=leg_id,
        person="7",
        kind=LegKind.CONTACT,
        service_kind=ServiceKind.OTHER,
        started=start,
        ended=end,
        organisation_id=organisation_id,
    )


def choice(decider: Decider, scope: Scope | Unknown = UNKNOWN, capacity: CapacityRecord | None = None) -> Choice:
    return Choice(
        id="c",
        person="7",
        need="insulin",
        decision=Decision.DECLINED,
        decider=decider,
        decided=noon(1),
        scope=scope,
        capacity=capacity,
    )


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda each: each.__name__)
def test_every_word_is_stored_as_its_own_name_and_means_something(vocabulary: type[Word]) -> None:
    for word in vocabulary:
        assert word.value == word.name.lower() == str(word)
        assert vocabulary(word.value) is word
        assert word.meaning
        assert not word.meaning.endswith(".")


def test_every_vocabulary_was_found() -> None:
    assert {JoinState, ServiceKind, Decider, ReferralStage} <= set(VOCABULARIES)


class TestLegs:
    def test_legs_sort_by_start_then_end_then_organisation_then_id(self) -> None:
        in_order = [
            leg("z", Moment.dated(date(2025, 6, 1), UTC), noon(9)),
            leg("y", noon(1), noon(2), "B"),
            leg("b", noon(1), noon(3), "A"),
            leg("a", noon(1), noon(3), "B"),
            leg("c", noon(1), noon(3), "B"),
            leg("x", noon(1), None, "A"),
            leg("w", noon(2), noon(2)),
        ]
        shuffled = [in_order[at] for at in (3, 6, 0, 5, 1, 4, 2)]
        assert sorted(shuffled, key=lambda each: each.sort_key) == in_order


class TestJoins:
    def test_no_state_counts_twice_and_ended_and_not_judged_count_in_no_share(self) -> None:
        groups = (HOLDING, FAILING, UNDECIDED)
        assert not any(one & other for one, other in combinations(groups, 2))
        assert set(JoinState) - set().union(*groups) == {JoinState.ENDED, JoinState.NOT_JUDGED}

    def test_crossing_an_organisation_is_unknown_while_either_is(self) -> None:
        def join(one: str | Unknown, other: str | Unknown) -> Join:
            return Join(
                person="7",
                trigger_kind=TriggerKind.LEG,
                trigger_id="l",
                triggered=noon(1),
                to_kind=ServiceKind.DISTRICT_NURSING,
                need="insulin",
                basis=frozenset({Basis.OWED, Basis.REFERRED}),
                state=JoinState.NOT_JUDGED,
                reason="No standard applies.",
                from_organisation_id=one,
                to_organisation_id=other,
            )

        assert join("A", "B").crosses_organisations is True
        assert join("A", "A").crosses_organisations is False
        assert join("A", UNKNOWN).crosses_organisations is UNKNOWN

    def test_a_pair_knows_its_gap_and_what_nobody_covered(self) -> None:
        pair = AdjacentPair(leg("a", noon(1), noon(2)), leg("b", noon(5), noon(6), "B"), reached=noon(4))
        assert pair.gap == timedelta(days=3)
        assert pair.uncovered == timedelta(days=1)
        assert (pair.service_differs, pair.organisation_differs) == (False, True)

    def test_a_pair_after_an_open_leg_has_no_gap_and_nothing_uncovered(self) -> None:
        pair = AdjacentPair(leg("a", noon(1), None), leg("b", noon(5), noon(6)), reached=None)
        assert pair.gap is None
        assert pair.uncovered is None


class TestReferrals:
    @pytest.mark.parametrize(
        ("received", "accepted", "rejected", "stage"),
        [
            (None, None, None, ReferralStage.SENT),
            (2, None, None, ReferralStage.RECEIVED),
            (2, 3, None, ReferralStage.ACCEPTED),
            (None, None, 3, ReferralStage.REJECTED),
            (2, 3, 4, ReferralStage.REJECTED),
            (2, 4, 3, ReferralStage.ACCEPTED),
            (2, 3, 3, ReferralStage.ACCEPTED),
        ],
    )
    def test_stage(
        self, received: int | None, accepted: int | None, rejected: int | None, stage: ReferralStage
    ) -> None:
        when = [noon(day) if day else None for day in (received, accepted, rejected)]
        referral = Referral(
            id="r",
            person="7",
            sent=noon(1),
            to_kind=ServiceKind.DISTRICT_NURSING,
            received=when[0],
            accepted=when[1],
            rejected=when[2],
        )
        assert referral.stage is stage


class TestChoices:
    @pytest.mark.parametrize(
        ("decider", "scope", "theirs"),
        [
            (Decider.PERSON, UNKNOWN, True),
            (Decider.BEST_INTERESTS, UNKNOWN, True),
            (Decider.ATTORNEY, Scope.HEALTH_AND_WELFARE, True),
            (Decider.ATTORNEY, Scope.THIS_DECISION, True),
            (Decider.ATTORNEY, Scope.PROPERTY_AND_AFFAIRS, False),
            (Decider.ATTORNEY, UNKNOWN, UNKNOWN),
            (Decider.NOT_RECORDED, Scope.HEALTH_AND_WELFARE, UNKNOWN),
        ],
    )
    def test_whose_choice_it_is(self, decider: Decider, scope: Scope | Unknown, theirs: bool | Unknown) -> None:
        assert choice(decider, scope).is_the_persons is theirs

    def test_a_refusal_is_reviewed_only_by_a_whole_capacity_record(self) -> None:
        whole = CapacityRecord(
            recorded_by="Ward sister", outcome=CapacityOutcome.YES, risk_explained=True, alternative="Clinic visit"
        )
        lacking = [
            CapacityRecord(recorded_by="", outcome=CapacityOutcome.YES, risk_explained=True, alternative="Clinic"),
            CapacityRecord(
                recorded_by="N", outcome=CapacityOutcome.NOT_ASSESSED, risk_explained=True, alternative="Clinic"
            ),
            CapacityRecord(recorded_by="N", outcome=CapacityOutcome.YES, alternative="Clinic"),
            CapacityRecord(recorded_by="N", outcome=CapacityOutcome.YES, risk_explained=True),
        ]
        assert choice(Decider.PERSON, capacity=whole).is_reviewed
        assert not choice(Decider.PERSON).is_reviewed
        assert not any(choice(Decider.PERSON, capacity=record).is_reviewed for record in lacking)

    def test_goal_attainment_outside_its_scale_is_refused(self) -> None:
        with pytest.raises(ValueError, match="-2"):
            Goal(id="g", person="7", words="See my sister", agreed=noon(1), attainment=3)
        assert Goal(id="g", person="7", words="See my sister", agreed=noon(1), attainment=2).attainment == 2


class TestCodes:
    def test_a_code_is_found_in_any_case_and_says_where_it_is_published(self) -> None:
        found = ADMISSION_METHOD.code(" 2b ")
        assert found is not None
        assert (found.code, found.source) == ("2B", "NHS Data Dictionary: METHOD OF ADMISSION")

    def test_a_code_that_is_not_listed_is_none_and_never_the_nearest(self) -> None:
        assert DISCHARGE_DESTINATION.code("20") is None
        assert DISCHARGE_DESTINATION.code("") is None

    def test_emergency_admissions_are_the_codes_whose_meaning_says_so(self) -> None:
        emergencies = {code.code for code in ADMISSION_METHOD.codes if code.meaning.startswith("Emergency")}
        assert emergencies == EMERGENCY_ADMISSIONS

    def test_no_list_has_two_codes_that_differ_only_in_case(self) -> None:
        for code_list in CODE_LISTS:
            written = [code.code.upper() for code in code_list.codes]
            assert len(written) == len(set(written))
            assert code_list.source
