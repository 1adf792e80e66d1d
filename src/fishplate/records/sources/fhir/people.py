"""The person: FHIR Patient fills `people`, and `life_events` where the moment of death is recorded.

A person is known by every identifier that is not marked as old, by the two texts other resources refer to the Patient
by, and by the Patients that this one replaces or is replaced by (Patient.link). `deceasedBoolean` says that somebody
died and not when; without a moment there is no life event.
"""

from fishplate.care.people import NHS_NUMBER_SYSTEM
from fishplate.records.shape import Shape
from fishplate.records.sources.fhir.parts import RECORD_ID, SECURITY, identity, record_id
from fishplate.settings.project import Condition, Field, TableMapping

UK_CORE = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-"
US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-"

PERSON = (
    Field("nhs_number", ("nhs_number",)),
    *identity("identifiers", "own", "own_urn", "replaces", "replaced_by"),
    Field("born_on", ("birth_date",)),
)

PATIENT = Shape(
    name="Patient",
    when="Patient",
    cells=(
        record_id("Patient"),
        SECURITY,
        ("nhs_number", f"identifier.where(system='{NHS_NUMBER_SYSTEM}').where(use!='old').value"),
        ("identifiers", "identifier.where(use!='old').(system|value).join()"),
        ("own", "id.format('Patient/{}')"),
        ("own_urn", "id.format('urn:uuid:{}')"),
        ("replaces", "link.where(type='replaces').other.refers_to(Patient?).join()"),
        ("replaced_by", "link.where(type='replaced-by').other.refers_to(Patient?).join()"),
        ("birth_date", "birthDate"),
        ("name_text", "name.where(use!='old').where(use!='maiden').text"),
        ("name", "name.where(use!='old').where(use!='maiden').words(given,family)"),
        ("phone", "telecom.where(system='phone').where(use!='old').value"),
        ("postcode", "address.where(use!='old').postalCode"),
        ("gender", "gender"),
        ("ethnic_category", f"extension.where(url='{UK_CORE}EthnicCategory').valueCodeableConcept.coding.code"),
        ("us_ethnicity", f"extension.where(url='{US_CORE}ethnicity').extension.where(url='text').valueString"),
        ("preferred_language", "communication.where(preferred='true').language.coding.code"),
        ("language", "communication.language.coding.code"),
        ("deceased", "deceasedDateTime"),
    ),
    tables=(
        TableMapping(
            "people",
            (
                RECORD_ID,
                *PERSON,
                Field("name", ("name_text", "name")),
                Field("phone", ("phone",)),
                Field("postcode", ("postcode",)),
                Field("sex", ("gender",)),
                Field("ethnicity", ("ethnic_category", "us_ethnicity")),
                Field("language", ("preferred_language", "language")),
            ),
        ),
        TableMapping(
            "life_events",
            (RECORD_ID, *PERSON, Field("kind", value="death"), Field("happened", ("deceased",))),
            only=(Condition("deceased", ("",), negated=True),),
        ),
    ),
)
