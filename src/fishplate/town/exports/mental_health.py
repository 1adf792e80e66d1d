"""The mental health trust: Mental Health Services Data Set extracts for its memory service; tabs, Latin-1.

For a week of March 2025 nothing was recorded, since the trust changed its system.
"""

from collections.abc import Iterator
from datetime import date

from fishplate.town.calendar import END, at, clock, on
from fishplate.town.happenings import Referral, World
from fishplate.town.layouts import Export, Layout, Row
from fishplate.town.mistakes import Slips

SERVICE = "memory_service"
HOLE = (at(date(2025, 3, 1)), at(date(2025, 3, 8)))
"""The week without records."""

PEOPLE = Layout(
    "in/mental_health/MHS001MPI_{month}.txt",
    ("LocalPatientId", "NHSNumber", "PersonBirthDate", "Gender", "EthnicCategory", "LanguageCodePreferred"),
    delimiter="\t", encoding="iso-8859-1",
)  # fmt: skip
REFERRALS = Layout(
    "in/mental_health/MHS101Referral_{month}.txt",
    ("ServiceRequestId", "LocalPatientId", "ReferralRequestReceivedDate", "ReferralRequestReceivedTime",
     "ServTeamType", "PrimReasonReferralMH", "FirstAttendedContactDate", "ServDischDate", "ReferRejectionDate",
     "ReferRejectReason", "Outcome"),
    delimiter="\t", encoding="iso-8859-1",
    slips=Slips(date="ReferralRequestReceivedDate", code="Outcome"),
)  # fmt: skip
CONTACTS = Layout(
    "in/mental_health/MHS201CareContact_{month}.txt",
    ("CareContactId", "ServiceRequestId", "LocalPatientId", "CareContDate", "CareContTime",
     "ClinContDurOfCareCont", "ConsMechanismMH", "AttendStatus"),
    delimiter="\t", encoding="iso-8859-1",
)  # fmt: skip
ASSESSED = Layout(
    "in/mental_health/MHS202CareActivity_{month}.txt",
    ("CareActId", "LocalPatientId", "CareContDate", "AssessmentDomain"),
    delimiter="\t", encoding="iso-8859-1",
)  # fmt: skip


def local(place: int) -> str:
    """The trust's own number of a person."""
    return str(5_000_000 + place)


def mental_health(world: World) -> Export:
    """All that the trust sends."""
    own = [one for one in world.referrals if one.to == SERVICE and one.received]
    yield PEOPLE, people(world, own)
    yield REFERRALS, referrals(own)
    yield CONTACTS, contacts(world)
    yield ASSESSED, assessed(world)


def people(world: World, own: list[Referral]) -> Iterator[Row]:
    """Those who were referred."""
    first = {one.person: one.sent for one in reversed(own)}
    for place, moment in first.items():
        person = world.people[place]
        yield moment, (local(place), person.nhs_number, person.born.isoformat(), person.sex, person.ethnicity,
                       person.language)  # fmt: skip


def referrals(own: list[Referral]) -> Iterator[Row]:
    """Each referral, in the month in which it was received, as it stood at the end of the two years."""
    for one in own:
        started = one.started if one.started is not None and one.started < END else None
        ended = one.ended if started is not None and one.ended is not None and one.ended < END else None
        outcome = "REJECTED" if one.rejected else "SEEN" if started is not None else "WAITING"
        received = one.received or one.sent
        yield received, (one.number, local(one.person), on(received), clock(received), "A08", one.need, on(started),
                         on(ended), on(one.rejected), one.reason, outcome)  # fmt: skip


def contacts(world: World) -> Iterator[Row]:
    """Clinics and visits, less those of the week without records."""
    for one in world.contacts:
        if one.service == SERVICE and not HOLE[0] <= one.happened < HOLE[1]:
            yield one.happened, (one.number, one.referral, local(one.person), on(one.happened), clock(one.happened),
                                 str(one.minutes or ""), "01" if one.face_to_face else "02",
                                 "5" if one.attended else "3")  # fmt: skip


def assessed(world: World) -> Iterator[Row]:
    """What was assessed."""
    for one in world.assessments:
        if one.service == SERVICE and not HOLE[0] <= one.happened < HOLE[1]:
            yield one.happened, (one.number, local(one.person), on(one.happened), one.domain)
