"""What happened: a leg is a stretch of care by one service, or of unpaid care or community life.

A leg is one of our own two words (the other is *join*). It takes in what the field calls a spell, an episode, a
contact or a care package, and beside them what no service records: care by family and friends, and ordinary life, as
told by the person or carer. All stand on one line, so that a journey can be read from end to end.
"""

from dataclasses import dataclass

from fishplate.care.organisations import ServiceKind
from fishplate.care.periods import Moment, Period, order
from fishplate.care.words import UNKNOWN, Unknown, Word


class LegKind(Word):
    """What sort of stretch it is."""

    SPELL = "spell", "A stay in hospital from admission to discharge (NHS Data Dictionary: HOSPITAL PROVIDER SPELL)"
    EPISODE = "episode", "Care under one team (FHIR EpisodeOfCare; CONSULTANT EPISODE (HOSPITAL PROVIDER))"
    CONTACT = "contact", "One meeting with a service, or one visit (FHIR Encounter; CARE CONTACT)"
    CARE_PACKAGE = "care_package", "Social care arranged for a time (Client Level Data: Service event)"
    UNPAID_CARE = "unpaid_care", "Care by family or friends, told by the person or carer (Care Act 2014, section 10)"
    COMMUNITY_LIFE = (
        "community_life",
        "Time well spent outside services, told by the person or carer (TLAP, I statements)",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One stretch of one person's journey, with one service or with nobody but their own circle.

    `ended` is None while the leg is open. `admission_method`, `admission_source`, `discharge_method` and
    `discharge_destination` are codes of `codes.py`; `treatment_function` is a TREATMENT FUNCTION CODE and
    `service_component` that of Client Level Data. `ready` is the DISCHARGE READY DATE. `organisation_id` is empty
    for unpaid care and community life. `told_by` says who told us, where no organisation recorded it.
    """

    id: str
    person: str
    kind: LegKind
    service_kind: ServiceKind
    started: Moment
    ended: Moment | None = None
    organisation_id: str = ""
    service_id: str | Unknown = UNKNOWN
    need: str | Unknown = UNKNOWN
    admission_method: str | Unknown = UNKNOWN
    admission_source: str | Unknown = UNKNOWN
    discharge_method: str | Unknown = UNKNOWN
    discharge_destination: str | Unknown = UNKNOWN
    treatment_function: str | Unknown = UNKNOWN
    service_component: str | Unknown = UNKNOWN
    ready: Moment | Unknown = UNKNOWN
    told_by: str | Unknown = UNKNOWN

    @property
    def period(self) -> Period:
        """The stretch of time it took. Raises ValueError where it ends before it starts."""
        return Period(self.started, self.ended)

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Where the leg stands in its person's journey: by start, end, organisation identifier, leg id."""
        return (*order(self.started), *order(self.ended), self.organisation_id, self.id)
