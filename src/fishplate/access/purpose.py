"""Why somebody opens a person's record: the closed list of purposes, each with a sentence the person can read.

A worker states one purpose before a person page opens; there is no default and no "other". Each carries the code
of HL7 v3 PurposeOfUse (code system v3-ActReason), so that the audit can be read by other systems, and says how
near the worker's organisation must be to the person (Caldicott principles 1 and 4: justify the purpose; access
on a strict need-to-know basis).
"""

from enum import Enum, StrEnum


class Nearness(Enum):
    """How near a worker's organisation must be to the person for a purpose."""

    RECENT = "it is caring for the person now, or was until recently"
    EVER = "it cares, or once cared, for the person, and so answers for the records"
    NO_RECORD = "no record of care is opened at all, only the audit of who read it"


class Purpose(StrEnum):
    """What the record is opened for; the value is what is stored."""

    DIRECT_CARE = "direct_care"
    CARE_COORDINATION = "care_coordination"
    SAFEGUARDING = "safeguarding"
    RECORDS_CORRECTION = "records_correction"
    SUBJECT_ACCESS = "subject_access"
    AUDIT_REVIEW = "audit_review"

    @property
    def sentence(self) -> str:
        """The purpose in words for the person whose record it is; starts with "to", ends without a stop."""
        return _SENTENCES[self]

    @property
    def hl7_code(self) -> str:
        """The code of HL7 v3 PurposeOfUse nearest to this purpose."""
        return _HL7_CODES[self]

    @property
    def nearness(self) -> Nearness:
        """How near the worker's organisation must be to the person."""
        return _NEARNESS[self]

    @property
    def may_be_overridden(self) -> bool:
        """Whether a worker with a stated reason may go ahead where no relationship is recorded."""
        return self.nearness is Nearness.RECENT


_SENTENCES = {
    Purpose.DIRECT_CARE: "to give you care or treatment",
    Purpose.CARE_COORDINATION: "to arrange your care between services",
    Purpose.SAFEGUARDING: "to protect you or somebody else from harm",
    Purpose.RECORDS_CORRECTION: "to put right something recorded about you",
    Purpose.SUBJECT_ACCESS: "to answer your own request to see what is held about you",
    Purpose.AUDIT_REVIEW: "to check who has read your record, and whether they should have",
}

# HL7 has no code for safeguarding; THREAT is its purpose for people who may be the target of violence or harm.
_HL7_CODES = {
    Purpose.DIRECT_CARE: "TREAT",
    Purpose.CARE_COORDINATION: "COC",
    Purpose.SAFEGUARDING: "THREAT",
    Purpose.RECORDS_CORRECTION: "RECORDMGT",
    Purpose.SUBJECT_ACCESS: "PATRQT",
    Purpose.AUDIT_REVIEW: "HCOMPL",
}

# The rights to see and to correct (UK GDPR articles 15 and 16) do not lapse when care ends; direct care does.
_NEARNESS = {
    Purpose.DIRECT_CARE: Nearness.RECENT,
    Purpose.CARE_COORDINATION: Nearness.RECENT,
    Purpose.SAFEGUARDING: Nearness.RECENT,
    Purpose.RECORDS_CORRECTION: Nearness.EVER,
    Purpose.SUBJECT_ACCESS: Nearness.EVER,
    Purpose.AUDIT_REVIEW: Nearness.NO_RECORD,
}
