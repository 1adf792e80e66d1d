"""Who gives care: organisations, the services they run, and the kinds of each.

A join is between two services; which organisation runs them is an attribute, so that merging or splitting
organisation codes changes no person-level figure (design/joins.md). The kinds are a standard list, wide enough for one
town and for the join standards; what fits none of them is `other`, and what nobody recorded is `unknown`.
"""

from dataclasses import dataclass

from fishplate.care.hours import WatchedHours
from fishplate.care.words import UNKNOWN, Unknown, Word


class OrganisationKind(Word):
    """What sort of organisation it is (NHS Data Dictionary: ORGANISATION TYPE, told in fewer words)."""

    ACUTE = "acute", "A trust that runs general hospitals"
    COMMUNITY = "community", "A trust or company that runs community health services"
    MENTAL_HEALTH = "mental_health", "A trust that runs mental health services"
    AMBULANCE = "ambulance", "A trust that runs ambulances"
    GENERAL_PRACTICE = "general_practice", "A GP practice"
    COUNCIL = "council", "A council with adult social services responsibilities"
    HOME_CARE_PROVIDER = "home_care_provider", "A firm that provides care in people's homes"
    CARE_HOME_PROVIDER = "care_home_provider", "A firm, charity or council that runs care homes"
    HOSPICE = "hospice", "A hospice"
    PHARMACY = "pharmacy", "A community pharmacy"
    CHARITY = "charity", "A charity, social enterprise or community group"
    CIRCLE = "circle", "No organisation: the person's own household, family and friends"
    OTHER = "other", "Some other sort of organisation"
    UNKNOWN = "unknown", "Nobody recorded what sort it is"


class ServiceKind(Word):
    """What sort of care a service gives; a join is owed by one kind and met by another (FHIR HealthcareService.type).

    A place that needs a finer kind maps it to one of these; a standard names these and no others.
    """

    ACUTE_HOSPITAL = "acute_hospital", "Inpatient care in a general hospital"
    EMERGENCY_DEPARTMENT = "emergency_department", "Emergency care in a hospital, whoever then admits"
    HOSPITAL_OUTPATIENTS = "hospital_outpatients", "Clinics of a hospital that a person visits and leaves"
    TRANSFER_OF_CARE_HUB = "transfer_of_care_hub", "The team that arranges what follows a stay in hospital"
    AMBULANCE = "ambulance", "Ambulance call, attendance or conveyance"
    GENERAL_PRACTICE = "general_practice", "Care by a GP practice"
    PHARMACY = "pharmacy", "Medicines and advice from a community pharmacy"
    DISTRICT_NURSING = "district_nursing", "Nursing in the person's home"
    COMMUNITY_THERAPY = "community_therapy", "Physiotherapy, occupational or speech therapy outside hospital"
    URGENT_COMMUNITY_RESPONSE = "urgent_community_response", "Crisis care at home, within two hours where needed"
    COMMUNITY_FALLS = "community_falls", "Assessment and prevention of falls"
    PODIATRY_FOOT_PROTECTION = "podiatry_foot_protection", "The foot protection service for people with diabetes"
    DIABETES = "diabetes", "Specialist diabetes care outside the ward"
    REABLEMENT = "reablement", "Short-term support to do everyday things again after illness or a stay in hospital"
    ADULT_SOCIAL_CARE_ASSESSMENT = "adult_social_care_assessment", "Assessment and review under the Care Act 2014"
    HOME_CARE = "home_care", "Personal care in the person's own home"
    CARE_HOME_RESIDENTIAL = "care_home_residential", "A home with personal care and no nursing"
    CARE_HOME_NURSING = "care_home_nursing", "A home with nursing"
    CARER_SUPPORT = "carer_support", "Assessment, advice and breaks for unpaid carers"
    MENTAL_HEALTH_INPATIENT = "mental_health_inpatient", "Inpatient care in a mental health hospital"
    COMMUNITY_MENTAL_HEALTH = "community_mental_health", "Mental health care outside hospital, crisis teams included"
    MEMORY_SERVICE = "memory_service", "Assessment, diagnosis and support after diagnosis in dementia"
    SOCIAL_PRESCRIBING = "social_prescribing", "Link workers, charities and groups a person is introduced to"
    HOSPICE = "hospice", "Palliative care, in a hospice or at home"
    UNPAID_CARE = "unpaid_care", "Care by family and friends, told by the person or the carer"
    COMMUNITY_LIFE = "community_life", "Work, faith, clubs, neighbours: the life that care is for"
    OTHER = "other", "Some other sort of service"
    UNKNOWN = "unknown", "Nobody recorded what sort it is"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """One organisation that gives, arranges or pays for care (FHIR Organization; ORGANISATION IDENTIFIER)."""

    id: str
    name: str
    kind: OrganisationKind = OrganisationKind.UNKNOWN
    place: str | Unknown = UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service of one organisation: the directory entry that says who could receive a person, and when.

    Source: FHIR R4 HealthcareService. `watched` is when somebody looks at its inbox, which is not always when it
    sees people. `phone` is the number for other services to ring.
    """

    id: str
    organisation_id: str
    name: str
    kind: ServiceKind
    place: str | Unknown = UNKNOWN
    watched: WatchedHours | Unknown = UNKNOWN
    phone: str | Unknown = UNKNOWN
