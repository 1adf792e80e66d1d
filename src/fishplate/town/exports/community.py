"""The community trust: Community Services Data Set extracts, one table a file, with the column names of the standard.

A referral is sent again, with more in it, in the month in which the service discharged the person.
"""

from collections.abc import Iterator

from fishplate.town.calendar import END, clock, month, on
from fishplate.town.happenings import Referral, World
from fishplate.town.layouts import Export, Layout, Row
from fishplate.town.mistakes import Slips
from fishplate.town.organisations import COMMUNITY, HOSPITAL, RUN_BY

LOCAL = "LOCAL PATIENT IDENTIFIER (EXTENDED)"
SERVICES = {"district_nursing": "12", "community_therapy": "27", "podiatry_foot_protection": "32"}
"""SERVICE OR TEAM TYPE REFERRED TO (COMMUNITY CARE), as this trust uses it."""

PEOPLE = Layout(
    "in/community/CYP001_{month}.csv",
    (LOCAL, "NHS NUMBER", "PERSON BIRTH DATE", "PERSON STATED GENDER CODE", "ETHNIC CATEGORY",
     "LANGUAGE CODE (PREFERRED)", "PERSON RELATIONSHIP (MAIN CARER)"),
    line_end="\n",
)  # fmt: skip
REFERRALS = Layout(
    "in/community/CYP101_{month}.csv",
    ("SERVICE REQUEST IDENTIFIER", LOCAL, "REFERRAL REQUEST RECEIVED DATE", "REFERRAL REQUEST RECEIVED TIME",
     "ORGANISATION IDENTIFIER (REFERRING)", "SERVICE OR TEAM TYPE REFERRED TO (COMMUNITY CARE)",
     "PRIMARY REASON FOR REFERRAL (COMMUNITY CARE)", "PRIORITY TYPE CODE", "FIRST CARE CONTACT DATE",
     "FIRST CARE CONTACT TIME", "SERVICE DISCHARGE DATE", "REFERRAL STATUS"),
    line_end="\n",
    slips=Slips(date="FIRST CARE CONTACT DATE", period=("FIRST CARE CONTACT DATE", "SERVICE DISCHARGE DATE"),
                code="SERVICE OR TEAM TYPE REFERRED TO (COMMUNITY CARE)"),
)  # fmt: skip
CONTACTS = Layout(
    "in/community/CYP201_{month}.csv",
    ("CARE CONTACT IDENTIFIER", "SERVICE REQUEST IDENTIFIER", LOCAL, "CARE CONTACT DATE", "CARE CONTACT TIME",
     "SERVICE OR TEAM TYPE REFERRED TO (COMMUNITY CARE)", "CLINICAL CONTACT DURATION OF CARE CONTACT",
     "CONSULTATION MECHANISM (COMMUNITY CARE)", "ATTENDANCE STATUS"),
    line_end="\n",
    slips=Slips(date="CARE CONTACT DATE"),
)  # fmt: skip
ASSESSED = Layout(
    "in/community/CYP202_{month}.csv",
    ("CARE ACTIVITY IDENTIFIER", LOCAL, "SERVICE OR TEAM TYPE REFERRED TO (COMMUNITY CARE)", "ASSESSMENT DOMAIN",
     "CARE CONTACT DATE"),
    line_end="\n",
)  # fmt: skip


def local(place: int) -> str:
    """The trust's own number of a person."""
    return f"CH{place:07}"


def community(world: World) -> Export:
    """All that the trust sends."""
    own = [one for one in world.referrals if RUN_BY[one.to] == COMMUNITY and one.received and one.accepted]
    yield PEOPLE, people(world, own)
    yield REFERRALS, referrals(own)
    yield CONTACTS, contacts(world)
    yield ASSESSED, assessed(world)


def people(world: World, own: list[Referral]) -> Iterator[Row]:
    """Those the trust knows, each in the month it first heard of them."""
    first: dict[int, int] = {}
    for one in own:
        first[one.person] = min(one.sent, first.get(one.person, one.sent))
    for place, moment in first.items():
        person = world.people[place]
        yield moment, (local(place), person.nhs_number, person.born.isoformat(), person.sex, person.ethnicity,
                       person.language, person.carer)  # fmt: skip


def referrals(own: list[Referral]) -> Iterator[Row]:
    """Each referral that was taken up: first while it is open, and once more when it is closed."""
    for one in own:
        opened = one.received or one.sent
        if one.ended and one.ended < END and month(one.ended) != month(opened):
            seen = one.started if one.started and month(one.started) == month(opened) else None
            yield opened, referral(one, opened, seen, None)
        yield min(one.ended or opened, END - 1), referral(one, opened, one.started, one.ended)


def referral(one: Referral, opened: int, started: int | None, ended: int | None) -> tuple[str, ...]:
    """One referral as it stands in a month."""
    if started is not None and started >= END:
        started = None
    if ended is not None and ended >= END:
        ended = None
    return (
        one.number, local(one.person), on(opened), clock(opened), HOSPITAL if one.by == "acute_hospital" else "",
        SERVICES[one.to], one.need, {"urgent": "2", "routine": "1"}[one.priority], on(started), clock(started),
        on(ended), "WAITING" if started is None else "OPEN" if ended is None else "CLOSED",
    )  # fmt: skip


def contacts(world: World) -> Iterator[Row]:
    """Visits and clinics."""
    for one in world.contacts:
        if one.service in SERVICES:
            yield one.happened, (
                one.number, one.referral, local(one.person), on(one.happened), clock(one.happened),
                SERVICES[one.service], str(one.minutes or ""), "01" if one.face_to_face else "02",
                "5" if one.attended else "3",
            )  # fmt: skip


def assessed(world: World) -> Iterator[Row]:
    """What was assessed at a contact."""
    for one in world.assessments:
        if one.service in SERVICES:
            yield one.happened, (one.number, local(one.person), SERVICES[one.service], one.domain, on(one.happened))
