"""The short code lists that sources use, each with its meaning and where it is published.

Takes a code as a source wrote it; gives its meaning, or None where the list does not have it. Lists that a place sets
itself (priorities, domains of assessment) are in its project, not here. `checked` is the day on which somebody read
the national codes beside a copy of their published source; where it is None the list was written in part from memory,
and the pages say so. Meanings are ours, in few words; old codes stay, because old records do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Code:
    """One code of one list: what is written, what it means, and which list says so."""

    code: str
    meaning: str
    source: str


@dataclass(frozen=True, slots=True)
class CodeList:
    """One published list of codes, by its name in the standard; `checked` is when somebody compared it, or None."""

    name: str
    source: str
    checked: date | None
    meanings: Mapping[str, str]

    def code(self, written: str) -> Code | None:
        """The code that was written, with its meaning; None where the list does not have it. Letters in any case."""
        wanted = written.strip().upper()
        return next((each for each in self.codes if each.code.upper() == wanted), None)

    @property
    def codes(self) -> tuple[Code, ...]:
        """Every code of the list, in the published order."""
        return tuple(Code(code, meaning, self.source) for code, meaning in self.meanings.items())


def data_dictionary(name: str, checked: date | None, meanings: dict[str, str]) -> CodeList:
    """A list of the NHS Data Dictionary, under the name it has there."""
    return CodeList(name, f"NHS Data Dictionary: {name}", checked, MappingProxyType(meanings))


def fhir(name: str, source: str, checked: date | None, meanings: dict[str, str]) -> CodeList:
    """A list that FHIR R4 binds, under the element that uses it."""
    return CodeList(name, source, checked, MappingProxyType(meanings))


READ_ON: Final = date(2026, 11, 22)

SEX: Final = data_dictionary(
    "PERSON PHENOTYPIC SEX",
    None,
    {"1": "Male", "2": "Female", "9": "Indeterminate", "X": "Not known"},
)
STATED_GENDER: Final = data_dictionary(
    "PERSON STATED GENDER CODE",
    READ_ON,
    {"1": "Male", "2": "Female", "9": "Neither male nor female, or could not be told", "X": "Not known"},
)
GENDER_IDENTITY: Final = data_dictionary(
    "GENDER IDENTITY CODE",
    READ_ON,
    {
        "1": "Male, trans men included",
        "2": "Female, trans women included",
        "3": "Non-binary",
        "4": "Another gender",
        "Z": "Asked, and preferred not to say",
        "X": "Not known",
    },
)
ADMINISTRATIVE_GENDER: Final = fhir(
    "administrative-gender",
    "FHIR R4 Patient.gender (http://hl7.org/fhir/administrative-gender)",
    None,
    {"male": "Male", "female": "Female", "other": "Other", "unknown": "Not known"},
)
ETHNIC_CATEGORY: Final = data_dictionary(
    "ETHNIC CATEGORY",
    READ_ON,
    {
        "A": "White: British",
        "B": "White: Irish",
        "C": "White: any other background",
        "D": "Mixed: White and Black Caribbean",
        "E": "Mixed: White and Black African",
        "F": "Mixed: White and Asian",
        "G": "Mixed: any other background",
        "H": "Asian or Asian British: Indian",
        "J": "Asian or Asian British: Pakistani",
        "K": "Asian or Asian British: Bangladeshi",
        "L": "Asian or Asian British: any other background",
        "M": "Black or Black British: Caribbean",
        "N": "Black or Black British: African",
        "P": "Black or Black British: any other background",
        "R": "Chinese",
        "S": "Any other ethnic group",
        "Z": "Asked, and preferred not to say",
        "99": "Not known",
    },
)
ADMISSION_METHOD: Final = data_dictionary(
    "METHOD OF ADMISSION",
    READ_ON,
    {
        "11": "Planned: from a waiting list",
        "12": "Planned: booked",
        "13": "Planned: on a date set in advance",
        "21": "Emergency: through this provider's emergency department",
        "22": "Emergency: asked for by a GP",
        "23": "Emergency: through a bed bureau",
        "24": "Emergency: from a consultant's clinic",
        "25": "Emergency: through a mental health crisis resolution team",
        "28": "Emergency: by other means (old code; now 2A to 2D)",
        "2A": "Emergency: through another provider's emergency department, not admitted there",
        "2B": "Emergency: transfer of somebody already admitted elsewhere",
        "2C": "Emergency: baby born at home as planned",
        "2D": "Emergency: by other means",
        "31": "Maternity: before the birth",
        "32": "Maternity: after the birth",
        "81": "Transfer of somebody already admitted elsewhere, not an emergency",
        "82": "Birth of a baby at this provider",
        "83": "Baby born elsewhere, except at home as planned",
        "98": "Does not apply",
        "99": "Not known",
    },
)
EMERGENCY_ADMISSIONS: Final = frozenset({"21", "22", "23", "24", "25", "28", "2A", "2B", "2C", "2D"})
"""The codes of ADMISSION_METHOD that the NHS Data Dictionary heads *Emergency Admission*."""

ADMISSION_SOURCE: Final = data_dictionary(
    "ADMISSION SOURCE",
    None,
    {
        "19": "Usual home, or no fixed home",
        "29": "Temporary home",
        "37": "Court",
        "39": "Prison, court or police station (old code)",
        "40": "Prison",
        "42": "Police station",
        "49": "High security psychiatric accommodation of another NHS provider",
        "50": "Medium secure unit of another NHS provider",
        "51": "General ward or emergency department of another NHS provider",
        "52": "Maternity or newborn ward of another NHS provider",
        "53": "Mental health or learning disability ward of another NHS provider",
        "54": "Care home run by the NHS (old code)",
        "55": "Care home with nursing",
        "56": "Care home without nursing",
        "65": "Residential accommodation of a council (old code)",
        "66": "Foster care of a council",
        "79": "Born in hospital, or on the way",
        "85": "Care home not run by the NHS or a council (old code)",
        "87": "Hospital of an independent provider",
        "88": "Hospice",
        "98": "Does not apply",
        "99": "Not known",
    },
)
DISCHARGE_METHOD: Final = data_dictionary(
    "METHOD OF DISCHARGE",
    READ_ON,
    {
        "1": "On clinical advice or with clinical consent",
        "2": "By their own decision, or that of a relative or advocate",
        "3": "By a tribunal, the Home Secretary or a court",
        "4": "Died",
        "5": "Stillbirth",
        "6": "By their own decision (Mental Health Services Data Set only)",
        "7": "By a relative or advocate (Mental Health Services Data Set only)",
        "8": "Does not apply: not yet discharged",
        "9": "Not known",
    },
)
DISCHARGE_DESTINATION: Final = data_dictionary(
    "DESTINATION OF DISCHARGE",
    READ_ON,
    {
        "19": "Usual home, or no fixed home",
        "29": "Temporary home",
        "30": "Return from high security psychiatric accommodation",
        "37": "Court",
        "38": "Prison or police station (old code)",
        "40": "Prison",
        "42": "Police station",
        "48": "High security psychiatric hospital, Scotland",
        "49": "High security psychiatric accommodation of another NHS provider",
        "50": "Medium secure unit of another NHS provider",
        "51": "General ward of another NHS provider",
        "52": "Maternity or newborn ward of another NHS provider",
        "53": "Mental health or learning disability ward of another NHS provider",
        "54": "Care home run by the NHS (old code)",
        "55": "Care home with nursing",
        "56": "Care home without nursing",
        "65": "Residential accommodation of a council (old code)",
        "66": "Foster care of a council",
        "79": "Died, or stillbirth",
        "84": "Medium secure unit of an independent provider",
        "85": "Care home not run by the NHS or a council (old code)",
        "87": "Hospital of an independent provider",
        "88": "Hospice",
        "89": "Organisation responsible for forced repatriation",
        "98": "Does not apply: not yet discharged",
        "99": "Not known",
    },
)
ENCOUNTER_CLASS: Final = fhir(
    "ActEncounterCode",
    "FHIR R4 Encounter.class (http://terminology.hl7.org/CodeSystem/v3-ActCode)",
    None,
    {
        "AMB": "A visit to a clinic or surgery",
        "EMER": "Emergency care",
        "FLD": "Care in the field, such as by an ambulance",
        "HH": "Care at the person's home",
        "IMP": "A stay in hospital",
        "ACUTE": "A stay in hospital, acute",
        "NONAC": "A stay in hospital, not acute",
        "OBSENC": "A stay for observation",
        "PRENC": "Before an admission",
        "SS": "A stay of less than a day",
        "VR": "By phone, video or message",
    },
)
SOCIAL_CARE_SERVICE: Final = CodeList(
    "Service Type",
    "Adult Social Care Client Level Data: Service Type",
    None,
    MappingProxyType(
        {
            "Short Term Support: ST-Max": "Short-term support to regain independence, reablement included",
            "Short Term Support: Ongoing Low Level": "Ongoing low-level support",
            "Short Term Support: Other Short Term": "Other short-term support",
            "Long Term Support: Community": "Long-term support at home",
            "Long Term Support: Residential Care": "Living in a care home without nursing",
            "Long Term Support: Nursing Care": "Living in a care home with nursing",
            "Long Term Support: Prison": "Long-term support in prison",
        }
    ),
)

CODE_LISTS: Final = (
    SEX, STATED_GENDER, GENDER_IDENTITY, ADMINISTRATIVE_GENDER, ETHNIC_CATEGORY, ADMISSION_METHOD, ADMISSION_SOURCE,
    DISCHARGE_METHOD, DISCHARGE_DESTINATION, ENCOUNTER_CLASS, SOCIAL_CARE_SERVICE,
)  # fmt: skip
