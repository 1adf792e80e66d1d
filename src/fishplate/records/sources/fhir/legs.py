"""Stretches of care: FHIR Encounter and EpisodeOfCare fill `legs`.

The class of an Encounter says where care was given, which settles the kind of service only for a hospital bed and an
emergency department; a clinic, a home visit and a call could be anybody's, and *unknown* is a value. A visit that has
not happened is no leg. Codes of admission and discharge are kept as recorded.
"""

from fishplate.records.shape import Shape
from fishplate.records.sources.fhir.parts import IDENTITY, RECORD_ID, SECURITY, person, record_id, refers
from fishplate.records.sources.fhir.people import UK_CORE
from fishplate.settings.project import Condition, Field, TableMapping

CLASSES: tuple[tuple[str, str, str], ...] = (
    ("IMP", "acute_hospital", "spell"),
    ("ACUTE", "acute_hospital", "spell"),
    ("NONAC", "unknown", "spell"),
    ("OBSENC", "acute_hospital", "spell"),
    ("SS", "acute_hospital", "spell"),
    ("PRENC", "acute_hospital", "contact"),
    ("EMER", "emergency_department", "contact"),
    ("AMB", "unknown", "contact"),
    ("HH", "unknown", "contact"),
    ("VR", "unknown", "contact"),
    ("FLD", "other", "contact"),
)
"""Code of Encounter.class (HL7 v3 ActCode, ActEncounterCode), service kind, leg kind."""

ENCOUNTER = Shape(
    name="Encounter",
    when="Encounter",
    cells=(
        record_id("Encounter"),
        *person("subject"),
        SECURITY,
        ("status", "status"),
        ("class", "class.code"),
        ("type", "type.coding.code"),
        ("organisation", "serviceProvider.refers_to(Organization?)"),
        ("location", "location.location.refers_to(Location?)"),
        ("start", "period.start"),
        ("end", "period.end"),
        ("admission_method", f"hospitalization.extension.where(url='{UK_CORE}AdmissionMethod')"
                             ".valueCodeableConcept.coding.code"),
        ("admit_source", "hospitalization.admitSource.coding.code"),
        ("discharge_method", f"hospitalization.extension.where(url='{UK_CORE}DischargeMethod')"
                             ".valueCodeableConcept.coding.code"),
        ("discharge_disposition", "hospitalization.dischargeDisposition.coding.code"),
        ("reason", "reasonCode.coding.code"),
    ),
    tables=(
        TableMapping(
            "legs",
            (
                RECORD_ID,
                *IDENTITY,
                refers("organisation_id", "organisation"),
                refers("service_id", "location"),
                Field("service_kind", ("class",), value="unknown", codes=tuple((c, s) for c, s, _ in CLASSES),
                      other="other"),
                Field("leg_kind", ("class",), value="contact", codes=tuple((c, k) for c, _, k in CLASSES),
                      other="contact"),
                Field("started", ("start",)),
                Field("ended", ("end",)),
                Field("admission_method", ("admission_method",)),
                Field("admission_source", ("admit_source",)),
                Field("discharge_method", ("discharge_method",)),
                Field("discharge_destination", ("discharge_disposition",)),
                Field("need", ("reason",)),
            ),
            only=(Condition("status", ("planned", "cancelled", "entered-in-error"), negated=True),),
        ),
    ),
)  # fmt: skip

EPISODE_OF_CARE = Shape(
    name="EpisodeOfCare",
    when="EpisodeOfCare",
    cells=(
        record_id("EpisodeOfCare"),
        *person("patient"),
        SECURITY,
        ("status", "status"),
        ("organisation", "managingOrganization.refers_to(Organization?)"),
        ("start", "period.start"),
        ("end", "period.end"),
        ("type", "type.coding.code"),
    ),
    tables=(
        TableMapping(
            "legs",
            (
                RECORD_ID,
                *IDENTITY,
                refers("organisation_id", "organisation"),
                Field("service_kind", value="unknown"),
                Field("leg_kind", value="episode"),
                Field("started", ("start",)),
                Field("ended", ("end",)),
                Field("need", ("type",)),
            ),
            only=(Condition("status", ("planned", "waitlist", "cancelled", "entered-in-error"), negated=True),),
        ),
    ),
)
