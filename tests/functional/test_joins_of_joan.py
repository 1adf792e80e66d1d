"""Joan's page over a build of the made-up place: what should have followed her stay, and whether it did.

Worked out by hand from her story (`fishplate.town.joan`) and the standards, rule by rule of design/joins.md.
"""

from dataclasses import replace
from datetime import date

import pytest
from starlette.testclient import TestClient

from fishplate.access.worker import seal_token
from fishplate.care.joins import Basis, Flag, JoinState
from fishplate.care.organisations import ServiceKind
from fishplate.cli.project import opened
from fishplate.cli.serving import care_app, planning_app
from fishplate.errors import ProjectFaults
from fishplate.report.care import CareJoin, CareJoins
from fishplate.settings.project import Project
from fishplate.town.people import nhs_numbers
from fishplate.town.place import make_place
from fishplate.wiring.lookback import build
from fishplate.wiring.pages import care_tables
from tests.functional.test_pages_of_care import ask, search, sign_in

TOKEN = "token-of-ruth-of-thirty-two-letters"
JOAN_NUMBER = next(nhs_numbers())
QUESTION = "After a stay in hospital, did a nurse come before the next insulin dose was due?"
HEADING = "What should have followed, and whether it did"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("town")
    make_place(folder, people=60, worker_token_hash=str(seal_token(TOKEN, b"s" * 16)))
    found = opened(folder)
    build(found)
    return found


@pytest.fixture(scope="module")
def joins(project: Project) -> CareJoins:
    tables = care_tables(project)
    code = tables.find(JOAN_NUMBER, "")
    assert code is not None
    return tables.joins(code)


def the(joins: CareJoins, standard: str, triggered_on: date) -> CareJoin:
    (found,) = [join for join in joins.joins if (join.standard.name, join.triggered.on) == (standard, triggered_on)]
    return found


def test_the_nurse_of_the_friday_never_came(joins: CareJoins) -> None:
    """The stay ends on Friday 3 October at 16:40 and a referral for insulin goes out that minute (basis *referred*).

    The ward's plan, agreed the day before, says the next dose is on Saturday at 08:00, which is due. Too late is
    the end of 5 October. No nurse's leg begins before 20 October, nobody chose, nobody said no, and no ending came by
    Saturday; the nurses' records have visits in them and are complete to the end of December. So rule 9: dropped.
    She is in the emergency department on 9 October, within the seven days of the standard: bounced. Sam's answer that
    it did not happen when they said agrees with the records: not contradicted.
    """
    join = the(joins, "insulin_at_home_after_discharge", date(2025, 10, 3))
    assert (join.state, join.flags, join.basis) == (JoinState.DROPPED, (Flag.BOUNCED,), (Basis.REFERRED,))
    assert join.due is not None
    assert (join.due.on, join.due.at and join.due.at.hour) == (date(2025, 10, 4), 7)
    assert (join.came_from.service, join.came_from.organisation) == ("The wards", "Smalltown General Hospital")
    assert (join.goes_to.service, join.goes_to.organisation) == ("District nursing", "Smalltown Community Health")


def test_reablement_came_the_next_day(joins: CareJoins) -> None:
    """Asked for on 1 October for everyday tasks, it is due by the end of Sunday 5 October; the council has it from
    Saturday. It assessed how she moves, three days after the ward had (told twice), and the referral held the reason
    and not what matters to her (blind)."""
    join = the(joins, "discharge_to_reablement", date(2025, 10, 3))
    assert join.state is JoinState.HELD
    assert {Flag.TOLD_TWICE, Flag.BLIND} <= set(join.flags)
    assert join.matched is not None
    assert (join.matched.on, join.matched.at) == (date(2025, 10, 4), None)


def test_the_second_time_the_nurse_came_that_evening(joins: CareJoins) -> None:
    """Home on 20 October at 11:30, the nurse at 17:30; without a plan the dose of the next 08:00 is due."""
    assert the(joins, "insulin_at_home_after_discharge", date(2025, 10, 20)).state is JoinState.HELD


def test_what_the_practice_never_records_can_not_be_told(joins: CareJoins) -> None:
    """No encounter in the practices' file says what it was for, so that nobody can see a summary being read."""
    assert the(joins, "discharge_summary_to_gp", date(2025, 10, 3)).state is JoinState.CANNOT_TELL


def test_both_organisations_are_named_or_neither(joins: CareJoins) -> None:
    assert joins.joins
    for join in joins.joins:
        assert bool(join.came_from.organisation) is bool(join.goes_to.organisation)
        assert join.came_from.organisation or not (join.came_from.service or join.goes_to.service)


def test_whoever_came_is_said_by_the_kind_that_came(joins: CareJoins) -> None:
    """The first kind that can meet this standard is home care; on 4 October it was reablement that came."""
    join = the(joins, "discharge_restarts_home_care", date(2025, 10, 3))
    assert (join.goes_to.kind, join.goes_to.organisation) == (ServiceKind.REABLEMENT, "Smalltown Council")


def test_we_look_no_further_than_the_records(joins: CareJoins) -> None:
    assert joins.as_of.on == date(2025, 12, 31)
    assert all(join.triggered.on <= joins.as_of.on for join in joins.joins)


def test_her_page_says_it_in_words_and_no_planning_page_does(project: Project) -> None:
    with TestClient(care_app(project)) as browser:
        # The application answers to this machine's own names only.
        browser.base_url = browser.base_url.copy_with(host="127.0.0.1")
        sign_in(browser, "ruth", TOKEN)
        page = ask(browser, search(browser, nhs_number=JOAN_NUMBER))[2]
    assert HEADING in page
    said = page.index(QUESTION)
    assert page.index(HEADING) < said < page.index("The journey in order")
    words = page[said : said + 1500]
    for expected in (
        "Dropped: it was due, nobody came, and the records would have shown it.",
        "From The wards, Smalltown General Hospital to District nursing, Smalltown Community Health.",
        "Due by Saturday 4 October 2025, 08:00.",
        "Not checked: nobody read the source beside it.",
    ):
        assert expected in words
    assert page.index(">Where the records cannot tell<") > page.index(">Where the records show what came of it<")
    with TestClient(planning_app(project)) as browser:
        browser.base_url = browser.base_url.copy_with(host="127.0.0.1")
        for path in ("/", "/journeys", "/rejections", "/about"):
            assert HEADING not in browser.get(path).text


def test_a_project_is_judged_by_the_standards_it_names(project: Project, joins: CareJoins) -> None:
    tables = care_tables(replace(project, join_standards=("discharge_to_reablement",)))
    code = tables.find(JOAN_NUMBER, "")
    assert code is not None
    few = tables.joins(code)
    assert {join.standard.name for join in few.joins} == {"discharge_to_reablement"}
    # The requests to the nurses, twice, and to the memory service are now judged by no standard.
    assert (joins.not_judged, few.not_judged) == (0, 3)


def test_a_standard_that_is_not_there_is_said_with_those_that_are(project: Project) -> None:
    with pytest.raises(ProjectFaults, match=r"'discharge_to_reable' is not known.*discharge_to_reablement"):
        care_tables(replace(project, join_standards=("discharge_to_reable",)))
