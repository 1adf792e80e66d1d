"""Who gives care: FHIR Organization fills `organisations`; HealthcareService and Location fill `services`.

Each entry goes by its own id and has aliases: every text by which other resources may refer to it. A Location is
kept as a service since an Encounter names the place where care was given, and R4 has no place on it for the service.
Opening hours (HealthcareService.availableTime) are no watched hours and are left out. A type says too little to give
a kind of organisation or service; the project's own directory says it.
"""

from fishplate.records.references import ODS_SYSTEMS
from fishplate.records.shape import Shape
from fishplate.records.sources.fhir.parts import RECORD_ID, aliases, record_id, refers
from fishplate.settings.project import Field, TableMapping

ALIASES = aliases("identifiers", "record_id", "own_urn")


def named(resource_type: str) -> tuple[tuple[str, str], ...]:
    """The cells by which an entry of the directory is named."""
    return (
        record_id(resource_type),
        ("id", "id"),
        ("identifier", "identifier.value"),
        ("identifiers", "identifier.(system|value).join()"),
        ("own_urn", "id.format('urn:uuid:{}')"),
        ("name", "name"),
    )


ODS_CODES = tuple((f"ods_{n}", f"identifier.where(system='{s}').value") for n, s in enumerate(ODS_SYSTEMS, 1))

ORGANIZATION = Shape(
    name="Organization",
    when="Organization",
    cells=(*named("Organization"), *ODS_CODES),
    tables=(
        TableMapping(
            "organisations",
            (
                RECORD_ID,
                *ALIASES,
                Field("organisation_id", (*(cell for cell, _ in ODS_CODES), "identifier", "id")),
                Field("name", ("name",)),
            ),
        ),
    ),
)


def service(resource_type: str, organisation: str) -> Shape:
    """The shape of a resource that is an entry of `services`; `organisation` is the element of who runs it."""
    return Shape(
        name=resource_type,
        when=resource_type,
        cells=(
            *named(resource_type),
            ("organisation", f"{organisation}.refers_to(Organization?)"),
            ("description", "description"),
            ("phone", "telecom.where(system='phone').where(use!='old').value"),
        ),
        tables=(
            TableMapping(
                "services",
                (
                    RECORD_ID,
                    *ALIASES,
                    Field("service_id", ("identifier", "id")),
                    refers("organisation_id", "organisation"),
                    Field("name", ("name", "description")),
                    Field("phone", ("phone",)),
                ),
            ),
        ),
    )


HEALTHCARE_SERVICE = service("HealthcareService", "providedBy")
LOCATION = service("Location", "managingOrganization")
