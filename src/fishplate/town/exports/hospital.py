"""The hospital: its register, its spells (Commissioning Data Set, APC) and what they cost; ISO dates, plain commas."""

from collections.abc import Iterator

from fishplate.town.calendar import clock, on
from fishplate.town.happenings import Attendance, Spell, World
from fishplate.town.layouts import Export, Layout, Row
from fishplate.town.mistakes import Slips

NUMBER = "spell.hospital_provider_spell_number"
NHS = "spell.patient.identity.nhs_number.value"
MRN = "spell.patient.identity.local_patient_identifier.value"
BORN = "spell.patient.identity.birth_date"

REGISTER = Layout(
    "in/hospital/register_{month}.csv",
    ("MRN", "NHS_NUMBER", "FULL_NAME", "DOB", "SEX", "ETHNIC_CATEGORY", "LANGUAGE", "PHONE", "POSTCODE"),
)
SPELLS = Layout(
    "in/hospital/apc_spells_{month}.csv",
    (NUMBER, NHS, MRN, BORN, "spell.admission.method", "spell.admission.source", "spell.admission.date",
     "spell.admission.time", "spell.discharge.ready_date", "spell.discharge.date", "spell.discharge.time",
     "spell.discharge.method", "spell.discharge.destination", "episode.treatment_function_code"),
    slips=Slips(NHS, "spell.admission.date", period=("spell.admission.date", "spell.discharge.date"),
                code="spell.admission.source"),
)  # fmt: skip
EMERGENCY = Layout(
    "in/hospital/ecds_{month}.csv",
    ("attendance.unique_identifier", "patient.nhs_number.value", "patient.local_patient_identifier.value",
     "attendance.arrival.date", "attendance.arrival.time", "attendance.arrival.arrival_mode.code",
     "attendance.departure.date", "attendance.departure.time", "clinical.chief_complaint.code",
     "attendance.discharge.destination.code"),
    slips=Slips("patient.nhs_number.value", "attendance.arrival.date"),
)  # fmt: skip
COSTS = Layout(
    "in/hospital/patient_level_costs_{month}.csv",
    ("Spell", "MRN", "Discharge date", "Total cost (pence)", "Nursing minutes"),
    line_end="\n",
)
ASSESSED = Layout(
    "in/hospital/ward_assessments_{month}.csv",
    ("ID", "MRN", "DOMAIN", "DATE", "TIME"),
)
ECDS_COMPLAINTS = {
    "fall": "161898004", "breathless": "267036007", "confusion": "40917007", "chest_pain": "29857009",
    "infection": "128045006", "abdominal_pain": "21522001", "high_blood_sugar": "80394007",
}  # fmt: skip
"""SNOMED CT codes of the chief complaint."""
PENCE_A_DAY = 38_500


def mrn(place: int) -> str:
    """The hospital's own number of a person."""
    return f"M{place + 100_000}"


def hospital(world: World) -> Export:
    """All that the hospital sends."""
    yield REGISTER, register(world)
    yield SPELLS, spells(world)
    yield EMERGENCY, attendances(world)
    yield COSTS, costs(world)
    yield ASSESSED, assessed(world)


def register(world: World) -> Iterator[Row]:
    """Those the hospital has seen, each in the month it first saw them."""
    first: dict[int, int] = {}
    stays: list[Spell | Attendance] = [*world.spells, *world.attendances]
    for stay in stays:
        if not stay.elsewhere:
            first[stay.person] = min(stay.started, first.get(stay.person, stay.started))
    for place, moment in first.items():
        person = world.people[place]
        yield moment, (mrn(place), person.nhs_number, person.name, person.born.isoformat(),
                       person.sex, person.ethnicity, person.language, person.phone, person.postcode)  # fmt: skip


def spells(world: World) -> Iterator[Row]:
    """Finished spells, in the month of discharge."""
    for spell in world.spells:
        if spell.elsewhere:
            continue
        person = world.people[spell.person]
        yield spell.ended, (
            spell.number, person.nhs_number, mrn(spell.person), person.born.isoformat(), spell.method,
            "19" if person.home == "own_home" else "56", on(spell.started), clock(spell.started), on(spell.ready),
            on(spell.ended), clock(spell.ended), spell.discharge_method, spell.destination, spell.function,
        )  # fmt: skip


def attendances(world: World) -> Iterator[Row]:
    """Emergency department attendances; one in eleven has no NHS number."""
    for visit in world.attendances:
        if not visit.elsewhere:
            number = "" if visit.started % 11 == 0 else world.people[visit.person].nhs_number
            yield visit.started, (
                visit.number, number, mrn(visit.person), on(visit.started), clock(visit.started),
                "1048031000000100" if visit.by_ambulance else "1048071000000103", on(visit.ended),
                clock(visit.ended), ECDS_COMPLAINTS[visit.complaint],
                "306706006" if visit.admitted else "306689006",
            )  # fmt: skip


def costs(world: World) -> Iterator[Row]:
    """What each spell cost, from the hospital's patient-level costing."""
    for spell in world.spells:
        if not spell.elsewhere:
            days = 1 + (spell.ended - spell.started) // 1440
            yield spell.ended, (spell.number, mrn(spell.person), on(spell.ended), str(PENCE_A_DAY * days),
                                str(190 * days))  # fmt: skip


def assessed(world: World) -> Iterator[Row]:
    """What the ward assessed."""
    for one in world.assessments:
        if one.service == "acute_hospital":
            yield one.happened, (one.number, mrn(one.person), one.domain, on(one.happened), clock(one.happened))
