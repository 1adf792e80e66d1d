"""The council: Adult Social Care Client Level Data, one file with requests, assessments and services in one table.

Dates are written dd/mm/yyyy, and the file opens with a byte-order mark, as spreadsheets leave one. Reablement is the
council's own service; long-term care is bought from firms, which stand in the row by name.
"""

from collections.abc import Iterator

from fishplate.town.calendar import END, on
from fishplate.town.happenings import World
from fishplate.town.layouts import UTF8_MARK, Export, Layout, Row
from fishplate.town.mistakes import Slips
from fishplate.town.people import Person

DATES = "%d/%m/%Y"
EVENTS = Layout(
    "in/council/cld_{month}.csv",
    ("LA Code", "NHS Number", "LA Person Unique Identifier", "GP Practice Code", "Gender", "Ethnicity",
     "Date of Birth", "Accommodation Status", "Has Unpaid Carer", "Dementia", "Client Funding Status", "Event Type",
     "Event Reference", "Event Start Date", "Event End Date", "Event Description", "Assessment Type", "Service Type",
     "Service Component", "Provider CQC Location Name", "Unit Cost", "Cost Frequency (Unit Type)"),
    mark=UTF8_MARK,
    slips=Slips("NHS Number", "Event Start Date", "31/02/2025", ("Event Start Date", "Event End Date"),
                "Service Component"),
)  # fmt: skip
LIFE = Layout(
    "in/council/deaths_and_moves_{month}.csv", ("Ref", "NHS Number", "What", "When", "Where to"), mark=UTF8_MARK
)
OWN_TEAM = "Smalltown Council Reablement Team"


def own_id(place: int) -> str:
    """The council's own number of a person."""
    return f"LAS{place * 3 + 40_000}"


def council(world: World) -> Export:
    """All that the council sends."""
    yield EVENTS, events(world)
    yield LIFE, life(world)


def events(world: World) -> Iterator[Row]:
    """Assessments, reablement and long-term services."""
    for one in world.assessments:
        if one.service in ("adult_social_care_assessment", "reablement"):
            kind = "Long Term Assessment" if one.service == "adult_social_care_assessment" else "Short Term Assessment"
            day = on(one.happened, DATES)
            event = ("Assessment", one.number, day, day, one.domain, kind, "", "", "", "", "")
            yield one.happened, row(world.people[one.person], event)
    for referral in world.referrals:
        if referral.to == "reablement" and referral.started is not None and referral.ended is not None:
            ended = on(referral.ended, DATES) if referral.ended < END else ""
            event = ("Service", referral.number, on(referral.started, DATES), ended, referral.need, "",
                     "Short Term Support: ST-Max", "Reablement", OWN_TEAM, "210.50", "Weekly")  # fmt: skip
            yield referral.started, row(world.people[referral.person], event)
    for package in world.packages:
        cost = f"{package.weekly_pence / 100:.2f}"
        event = ("Service", package.number, on(package.started, DATES), on(package.ended, DATES), "personal_care", "",
                 "Long Term Support: Community", package.component, package.provider, cost, "Weekly")  # fmt: skip
        yield package.started, row(world.people[package.person], event)


def row(person: Person, event: tuple[str, ...]) -> tuple[str, ...]:
    """One row of the table: the person, then the event."""
    known = "" if person.place % 17 == 0 and person.place else person.nhs_number
    return (
        "999", known, own_id(person.place), person.practice, {"1": "Male", "2": "Female"}[person.sex],
        person.ethnicity, person.born.strftime(DATES), "Owner occupier or shared ownership scheme",
        "Yes" if person.carer else "No", "Y" if person.dementia else "N", person.funder.title(), *event,
    )  # fmt: skip


def life(world: World) -> Iterator[Row]:
    """Deaths as registered, and moves as the council hears of them."""
    for one in world.life_events:
        yield one.happened, (one.number, world.people[one.person].nhs_number, one.kind, on(one.happened, DATES),
                             one.to_place)  # fmt: skip
