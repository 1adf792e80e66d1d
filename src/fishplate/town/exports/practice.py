"""The GP practices: an extract of encounters, referrals and the register, with the columns of OLIDS.

Encounters and referrals name a person by the practice's own id only; the register says which NHS number that is.
"""

from collections.abc import Iterator

from fishplate.town.calendar import clock, on, stamp
from fishplate.town.happenings import World
from fishplate.town.layouts import Export, Layout, Row
from fishplate.town.mistakes import Slips
from fishplate.town.organisations import RUN_BY

REGISTER = Layout(
    "in/gp/patient_{month}.csv",
    ("ID", "NHS_NUMBER", "NAME", "BIRTH_DATE", "GENDER_CODE", "ETHNIC_CATEGORY", "LANGUAGE", "PHONE", "POSTCODE",
     "IMD_DECILE", "LIVES_ALONE", "LONG_TERM_CONDITIONS", "HOME", "RECORD_OWNER_ORGANISATION_CODE"),
    line_end="\n",
    slips=Slips("NHS_NUMBER"),
)  # fmt: skip
ENCOUNTERS = Layout(
    "in/gp/encounter_{month}.csv",
    ("ID", "PATIENT_ID", "CLINICAL_EFFECTIVE_DATE", "END_DATE", "TYPE", "RECORD_OWNER_ORGANISATION_CODE"),
    line_end="\n",
    slips=Slips(date="CLINICAL_EFFECTIVE_DATE", impossible="2025-02-31T09:30:00"),
)
REFERRALS = Layout(
    "in/gp/referral_request_{month}.csv",
    ("ID", "UNIQUE_BOOKING_REFERENCE_NUMBER", "PATIENT_ID", "ENCOUNTER_ID", "CLINICAL_EFFECTIVE_DATE",
     "REQUESTER_ORGANISATION_ID", "RECIPIENT_ORGANISATION_ID", "REFERRAL_REQUEST_SPECIALTY",
     "REFERRAL_REQUEST_PRIORITY"),
    line_end="\n",
)  # fmt: skip


def own_id(place: int) -> str:
    """The practice system's own id of a person."""
    return f"{place * 2654435761 % 2**32:08x}-0000-4000-8000-{place:012}"


def practice(world: World) -> Export:
    """All that the practices send."""
    yield REGISTER, register(world)
    yield ENCOUNTERS, encounters(world)
    yield REFERRALS, referrals(world)


def register(world: World) -> Iterator[Row]:
    """Everybody, each in the month in which they joined the list; the first month has all who were on it."""
    for person in world.people:
        yield person.came, (
            own_id(person.place), person.nhs_number, person.name, person.born.isoformat(),
            {"1": "M", "2": "F"}[person.sex], person.ethnicity, person.language, person.phone, person.postcode,
            str(person.decile), "true" if person.lives_alone else "false", person.conditions, person.home,
            person.practice,
        )  # fmt: skip


def encounters(world: World) -> Iterator[Row]:
    """Surgeries, calls and home visits."""
    for one in world.surgeries:
        yield one.happened, (
            one.number, own_id(one.person), f"{stamp(one.happened, between='T')}:00",
            f"{on(one.happened)}T{clock(one.happened + one.minutes)}:00", one.kind, world.people[one.person].practice,
        )  # fmt: skip


def referrals(world: World) -> Iterator[Row]:
    """What the practices sent; they are not told what became of it."""
    for one in world.referrals:
        if one.by == "general_practice":
            yield one.sent, (
                f"rr-{one.number}", one.number, own_id(one.person), one.based_on, f"{stamp(one.sent, between='T')}:00",
                world.people[one.person].practice, RUN_BY[one.to], one.to, one.priority,
            )  # fmt: skip
