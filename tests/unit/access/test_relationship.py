"""Who may open a record: the rules by example, and that a refusal tells nothing about the person."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fishplate.access.purpose import Nearness, Purpose
from fishplate.access.relationship import RECENT_DAYS, Involvement, Override, Relationship, decide
from fishplate.access.worker import Worker, seal_token

TODAY = date(2026, 5, 4)
TOKEN = seal_token("a-token-made-by-a-machine", bytes(16))
NURSE = Worker("w-1", "Ada Poe", "District nurse", "org-community", TOKEN)
GUARDIAN = Worker("w-2", "Bo Lee", "Caldicott Guardian", "org-community", TOKEN, reviews_audit=True)
REASON = Override("She is on the ward floor and we have no drug list.")


def days_ago(count: int) -> date:
    return TODAY - timedelta(days=count)


def test_open_care_allows_for_as_long_as_it_lasts() -> None:
    decision = decide(NURSE, Purpose.DIRECT_CARE, [Involvement("org-community", days_ago(400))], TODAY)
    assert (decision.allowed, decision.relationship, decision.until) == (True, Relationship.OPEN, None)


def test_care_that_ended_allows_to_the_last_day_and_not_one_more() -> None:
    legs = [Involvement("org-community", days_ago(300), days_ago(RECENT_DAYS))]
    on_the_last_day = decide(NURSE, Purpose.CARE_COORDINATION, legs, TODAY)
    assert (on_the_last_day.allowed, on_the_last_day.until) == (True, TODAY)
    assert not decide(NURSE, Purpose.CARE_COORDINATION, legs, TODAY + timedelta(days=1)).allowed


def test_the_latest_of_several_ends_counts() -> None:
    legs = [
        Involvement("org-community", days_ago(900), days_ago(800)),
        Involvement("org-community", days_ago(9), days_ago(5)),
    ]
    assert decide(NURSE, Purpose.DIRECT_CARE, legs, TODAY).until == days_ago(5) + timedelta(days=RECENT_DAYS)


@pytest.mark.parametrize(
    "involvements",
    [
        [],
        [Involvement("org-hospital", days_ago(3))],
        [Involvement("org-community", days_ago(900), days_ago(800))],
        [Involvement("org-community", TODAY + timedelta(days=1))],
    ],
    ids=["unknown person", "another organisation", "long ago", "not yet begun"],
)
def test_every_refusal_reads_the_same(involvements: list[Involvement]) -> None:
    refusal = decide(NURSE, Purpose.DIRECT_CARE, involvements, TODAY)
    assert refusal == decide(NURSE, Purpose.DIRECT_CARE, [], TODAY)
    assert not refusal.allowed


@pytest.mark.parametrize("purpose", [p for p in Purpose if p.nearness is Nearness.EVER])
def test_rights_to_see_and_correct_outlast_the_care(purpose: Purpose) -> None:
    long_ago = [Involvement("org-community", days_ago(4000), days_ago(3000))]
    assert decide(NURSE, purpose, long_ago, TODAY).relationship is Relationship.ONCE
    assert not decide(NURSE, purpose, [], TODAY, REASON).allowed


def test_a_stated_reason_opens_for_one_day_and_is_to_be_reviewed() -> None:
    decision = decide(NURSE, Purpose.SAFEGUARDING, [], TODAY, REASON)
    assert decision.allowed
    assert decision.to_be_reviewed
    assert decision.until == TODAY
    assert decision.why == REASON.reason


def test_a_reason_is_not_an_override_where_a_relationship_is_recorded() -> None:
    assert not decide(NURSE, Purpose.DIRECT_CARE, [Involvement("org-community", TODAY)], TODAY, REASON).to_be_reviewed


@pytest.mark.parametrize(
    "reason", ["", "  urgent ", "x" * 501, "needed for 943 476 5919 at once", "ring 01234567890 please"]
)
def test_a_reason_must_be_one_and_identify_nobody(reason: str) -> None:
    refusal = decide(NURSE, Purpose.DIRECT_CARE, [], TODAY, Override(reason))
    assert not refusal.allowed
    assert "943" not in refusal.why


def test_only_an_appointed_reviewer_opens_the_audit() -> None:
    with_care = [Involvement("org-community", days_ago(3))]
    assert not decide(NURSE, Purpose.AUDIT_REVIEW, with_care, TODAY, REASON).allowed
    assert decide(GUARDIAN, Purpose.AUDIT_REVIEW, [], TODAY).relationship is Relationship.REVIEWER
    assert not decide(GUARDIAN, Purpose.DIRECT_CARE, [], TODAY).allowed


@given(
    st.sampled_from(Purpose),
    st.lists(st.builds(Involvement, st.sampled_from(["org-hospital", "org-gp"]), st.dates(), st.none() | st.dates())),
    st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)),
)
def test_no_care_elsewhere_ever_opens_a_record(purpose: Purpose, involvements: list[Involvement], today: date) -> None:
    assert not decide(NURSE, purpose, involvements, today).allowed


def test_every_purpose_says_what_it_is_for() -> None:
    assert all(purpose.sentence.startswith("to ") for purpose in Purpose)
    assert len({purpose.hl7_code for purpose in Purpose}) == len(Purpose)
