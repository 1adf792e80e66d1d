"""What should have followed, in words: each state by its own meaning, and what is no failure apart from what is."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from fishplate.care.joins import FAILING, Basis, Flag, JoinState
from fishplate.care.organisations import ServiceKind
from fishplate.report.care import CareJoin, CareJoins, JoinSide, JoinStandard, When
from fishplate.web.hub.join_words import GROUPS, HEADING, followed

LONDON = ZoneInfo("Europe/London")
STANDARD = JoinStandard("insulin_at_home", "Did a nurse come?", "NICE NG28", "section 1", "2015", date(2026, 11, 22))
JOIN = CareJoin(
    standard=STANDARD,
    state=JoinState.DROPPED,
    reason="Nobody came until it was too late; the right service started after that",
    flags=(Flag.CAME_AFTER,),
    basis=(Basis.REFERRED, Basis.OWED),
    set_going="ended",
    triggered=When(date(2025, 10, 3), datetime(2025, 10, 3, 15, 40, tzinfo=UTC)),
    came_from=JoinSide(ServiceKind.ACUTE_HOSPITAL, "The wards", "Smalltown General"),
    goes_to=JoinSide(ServiceKind.DISTRICT_NURSING, "", "Smalltown Community"),
    due=When(date(2025, 10, 4), datetime(2025, 10, 4, 7, tzinfo=UTC)),
    matched=None,
)


def section(*joins: CareJoin, not_judged: int = 0) -> tuple[list[str], dict[str, list[str]]]:
    """The sentences, and the lines of every step below its group's heading."""
    made = followed(CareJoins(joins, not_judged, 1, When(date(2025, 12, 31))), {}, LONDON)
    assert made.heading == HEADING
    groups = {
        group.heading: [line for step in group.steps for line in (step.when, step.what, *step.more, step.origin)]
        for group in made.groups
    }
    return list(made.sentences), groups


def lines(join: CareJoin) -> list[str]:
    """Every line of the only join."""
    (found,) = section(join)[1].values()
    return found


def test_a_join_says_what_set_it_going_the_answer_and_why_between_whom_by_when_and_how_we_know() -> None:
    assert lines(JOIN) == [
        "Care ended on Friday 3 October 2025, 16:40",
        "Did a nurse come?",
        "Dropped: it was due, nobody came, and the records would have shown it.",
        "Nobody came until it was too late; the right service started after that.",
        "From The wards, Smalltown General to district nursing, Smalltown Community.",
        "Due by Saturday 4 October 2025, 08:00.",
        "The right service did start, after it was too late.",
        "Why it should have come: a referral or onward referral asked for it and a join standard says it must follow.",
        "Standard insulin_at_home, from NICE NG28, section 1, 2015. Read on 22 November 2026.",
    ]


@pytest.mark.parametrize("state", [state for state in JoinState if state is not JoinState.NOT_JUDGED])
def test_each_state_is_said_with_its_own_meaning_and_stands_in_one_group(state: JoinState) -> None:
    (found,) = section(replace(JOIN, state=state))[1].values()
    assert any(line.endswith(f": {state.meaning[0].lower()}{state.meaning[1:]}.") for line in found)
    assert sum(state in states for _, states in GROUPS) == 1


def test_what_is_no_failure_never_stands_among_failures() -> None:
    (mixed,) = [states for _, states in GROUPS if states & FAILING]
    assert mixed == {JoinState.HELD, *FAILING}


def test_an_unread_source_says_so() -> None:
    recalled = replace(JOIN, standard=replace(STANDARD, checked_on=None))
    assert lines(recalled)[-1].endswith("Not checked: nobody read the source beside it.")


def test_the_end_of_a_day_is_said_as_one_on_either_side_of_the_clock_change() -> None:
    for end in (datetime(2025, 10, 4, 22, 59, 59, tzinfo=UTC), datetime(2025, 12, 4, 23, 59, 59, tzinfo=UTC)):
        due = When(end.date(), end)
        assert f"Due by the end of {due.on:%A} 4 {due.on:%B} 2025." in lines(replace(JOIN, due=due))
    assert "Due by the end of Saturday 4 October 2025." in lines(replace(JOIN, due=When(date(2025, 10, 4))))


def test_where_neither_organisation_is_named_the_kinds_are() -> None:
    bare = replace(
        JOIN,
        came_from=JoinSide(ServiceKind.ACUTE_HOSPITAL, "", ""),
        goes_to=JoinSide(ServiceKind.GENERAL_PRACTICE, "", ""),
    )
    assert "From acute hospital to general practice." in lines(bare)


def test_a_join_within_one_service_names_it_once() -> None:
    ward = JoinSide(ServiceKind.ACUTE_HOSPITAL, "The wards", "Smalltown General")
    assert "Within The wards, Smalltown General." in lines(replace(JOIN, came_from=ward, goes_to=ward))


def test_when_it_came_stands_beside_when_it_was_due() -> None:
    came = replace(JOIN, matched=When(date(2025, 10, 4)))
    assert "Due by Saturday 4 October 2025, 08:00. Came on Saturday 4 October 2025." in lines(came)


def test_what_no_standard_judges_is_one_line() -> None:
    assert section(JOIN, not_judged=1)[0][1].startswith("One more join was asked for or coded")
    assert section(JOIN, not_judged=2)[0][1].startswith("Two more joins were asked for or coded")
    assert len(section(JOIN)[0]) == 1
    assert section()[0] == ["Nothing recorded for this person is judged by a join standard."]
    assert section()[1] == {}
