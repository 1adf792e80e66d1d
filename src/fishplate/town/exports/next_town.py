"""Northmoor, the hospital of the next town: FHIR R4 bulk export, one resource a line, times with their offset.

Encounters and requests come month by month, people and organisations in one file each.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from fishplate.care.people import NHS_NUMBER_SYSTEM
from fishplate.town.calendar import END, month, zoned
from fishplate.town.happenings import Attendance, Referral, Spell, World
from fishplate.town.organisations import NEXT_TOWN, RUN_BY
from fishplate.town.people import Person

ODS = "https://fhir.nhs.uk/Id/ods-organization-code"
UK_CORE = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-"
ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
Resource = dict[str, object]


def write_next_town(folder: Path, world: World) -> None:
    """Write the export below a folder."""
    into = folder / "in" / "next_town"
    into.mkdir(parents=True, exist_ok=True)
    everywhere: list[Spell | Attendance] = [*world.spells, *world.attendances]
    stays = [stay for stay in everywhere if stay.elsewhere and stay.ended < END]
    sent_from = {stay.number for stay in stays}
    requests = [one for one in world.referrals if one.based_on in sent_from and one.sent < END]
    known = sorted({stay.person for stay in stays})
    write(into / "Organization.ndjson", organisations())
    write(into / "Patient.ndjson", (person(world.people[place]) for place in known))
    months: defaultdict[str, list[Resource]] = defaultdict(list)
    for stay in sorted(stays, key=lambda stay: (stay.started, stay.number)):
        months[f"Encounter_{month(stay.ended)}"].append(encounter(stay))
    for one in sorted(requests, key=lambda one: (one.sent, one.number)):
        months[f"ServiceRequest_{month(one.sent)}"].append(request(one))
        for status, moment in (("received", one.received), ("accepted", one.accepted), ("rejected", one.rejected)):
            if moment is not None and moment < END:
                months[f"Task_{month(moment)}"].append(task(one, status, moment))
    for name, resources in sorted(months.items()):
        write(into / f"{name}.ndjson", resources)


def write(path: Path, resources: Iterator[Resource] | list[Resource]) -> None:
    """Write one file, one resource a line."""
    lines = (json.dumps(resource, ensure_ascii=False, separators=(",", ":")) for resource in resources)
    path.write_bytes("".join(f"{line}\n" for line in lines).encode())


def organisations() -> list[Resource]:
    """The organisations that the export refers to."""
    names = {NEXT_TOWN: "Northmoor General Hospital", "RZ2": "Smalltown Community Health", "Z999": "Smalltown Council",
             "CIRCLE": "Smalltown Circle"}  # fmt: skip
    return [
        {
            "resourceType": "Organization",
            "id": code.lower(),
            "identifier": [{"system": ODS, "value": code}],
            "name": name,
        }
        for code, name in names.items()
    ]


def person(one: Person) -> Resource:
    """A person, as FHIR calls one: Patient."""
    return {
        "resourceType": "Patient",
        "id": f"nm-{one.place}",
        "identifier": [{"system": NHS_NUMBER_SYSTEM, "value": one.nhs_number}],
        "name": [{"use": "official", "family": one.family, "given": [one.given]}],
        "gender": {"1": "male", "2": "female"}[one.sex],
        "birthDate": one.born.isoformat(),
    }


def encounter(stay: Spell | Attendance) -> Resource:
    """A stay, or a visit to the emergency department."""
    spell = isinstance(stay, Spell)
    resource: Resource = {
        "resourceType": "Encounter",
        "id": stay.number,
        "status": "finished",
        "class": {"system": ACT, "code": "IMP" if spell else "EMER"},
        "subject": {"reference": f"Patient/nm-{stay.person}"},
        "period": {"start": zoned(stay.started), "end": zoned(stay.ended)},
        "serviceProvider": {"reference": f"Organization/{NEXT_TOWN.lower()}"},
    }
    if isinstance(stay, Spell):
        resource["hospitalization"] = {
            "extension": [coded("AdmissionMethod", stay.method), coded("DischargeMethod", stay.discharge_method)],
            "dischargeDisposition": {"coding": [{"code": stay.destination}]},
        }
    return resource


def coded(name: str, code: str) -> Resource:
    """An extension of UK Core that holds one code."""
    return {"url": f"{UK_CORE}{name}", "valueCodeableConcept": {"coding": [{"code": code}]}}


def request(one: Referral) -> Resource:
    """A referral."""
    return {
        "resourceType": "ServiceRequest",
        "id": one.number,
        "status": "active",
        "intent": "order",
        "priority": one.priority,
        "code": {"coding": [{"code": one.need}]},
        "subject": {"reference": f"Patient/nm-{one.person}"},
        "encounter": {"reference": f"Encounter/{one.based_on}"},
        "authoredOn": zoned(one.sent),
        "requester": {"reference": f"Organization/{NEXT_TOWN.lower()}"},
        "performer": [{"reference": f"Organization/{RUN_BY[one.to].lower()}"}],
    }


def task(one: Referral, status: str, moment: int) -> Resource:
    """What the receiver did with a referral."""
    return {
        "resourceType": "Task",
        "id": f"{one.number}-{status}",
        "status": status,
        "intent": "order",
        "focus": {"reference": f"ServiceRequest/{one.number}"},
        "for": {"reference": f"Patient/nm-{one.person}"},
        "lastModified": zoned(moment),
    }
