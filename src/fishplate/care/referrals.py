"""What one service asked of another, and what it did: referrals, contacts and assessments.

Sent, received, accepted or rejected, and first contact are separate moments and are never merged (product rule 2):
a referral that reached an inbox was not accepted, and one that was accepted has not begun.
"""

from dataclasses import dataclass

from fishplate.care.organisations import ServiceKind
from fishplate.care.periods import Moment
from fishplate.care.words import UNKNOWN, Unknown, Word


class ReferralStage(Word):
    """How far a referral is known to have come."""

    SENT = "sent", "Sent; nothing shows that it arrived"
    RECEIVED = "received", "Stored by the receiver, and not yet answered"
    ACCEPTED = "accepted", "The receiver said yes"
    REJECTED = "rejected", "The receiver said no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """One request from one service to another to come in for a person (FHIR R4 ServiceRequest, Task).

    `information_sent` names what went with it, as the join standard names it; `UNKNOWN` means nobody recorded it,
    and an empty set that nothing went. `based_on` is the id of the leg or referral it came from. `rejected_reason` is
    the receiver's (NHS Data Dictionary: REFERRAL REJECTION REASON).
    """

    id: str
    person: str
    sent: Moment
    to_kind: ServiceKind
    from_kind: ServiceKind = ServiceKind.UNKNOWN
    from_organisation_id: str | Unknown = UNKNOWN
    to_organisation_id: str | Unknown = UNKNOWN
    to_service_id: str | Unknown = UNKNOWN
    need: str | Unknown = UNKNOWN
    priority: str | Unknown = UNKNOWN
    received: Moment | None = None
    accepted: Moment | None = None
    rejected: Moment | None = None
    rejected_reason: str | Unknown = UNKNOWN
    information_sent: frozenset[str] | Unknown = UNKNOWN
    based_on: str | None = None

    @property
    def stage(self) -> ReferralStage:
        """How far it has come; where both a yes and a no are recorded the later stands, and a tie is a yes."""
        if self.accepted and not (self.rejected and self.rejected.at > self.accepted.at):
            return ReferralStage.ACCEPTED
        if self.rejected:
            return ReferralStage.REJECTED
        return ReferralStage.RECEIVED if self.received else ReferralStage.SENT


class Attendance(Word):
    """Whether a contact took place (NHS Data Dictionary: ATTENDANCE STATUS, told in fewer words)."""

    ATTENDED = "attended", "It took place"
    NOT_ATTENDED = "not_attended", "It was arranged and did not take place"
    CANCELLED = "cancelled", "It was called off beforehand"
    UNKNOWN = "unknown", "Nobody recorded whether it took place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One contact of a service with a person, or one that was arranged (NHS Data Dictionary: CARE CONTACT).

    `mode` is how it happened (CONSULTATION MECHANISM). `staff_minutes` is the time of staff that it took.
    """

    id: str
    person: str
    service_kind: ServiceKind
    happened: Moment
    attendance: Attendance = Attendance.UNKNOWN
    leg_id: str | None = None
    organisation_id: str | Unknown = UNKNOWN
    service_id: str | Unknown = UNKNOWN
    mode: str | Unknown = UNKNOWN
    staff_minutes: int | Unknown = UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One assessment of a person in one domain, such as mobility or medicines (ISO 13940: health need assessment)."""

    id: str
    person: str
    domain: str
    assessed: Moment
    service_kind: ServiceKind = ServiceKind.UNKNOWN
    organisation_id: str | Unknown = UNKNOWN
