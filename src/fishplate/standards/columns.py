"""The columns a standard's conditions may name, and one leg or referral as a row of them.

Takes the words of the published tables and gives their columns; takes a leg or a referral of one person and gives
its row, in which a moment stands as its local day. Rule of this file: what identifies a person is no column here.
"""

from collections.abc import Iterator
from typing import Final

from fishplate.care.legs import Leg
from fishplate.care.periods import Moment
from fishplate.care.referrals import Referral
from fishplate.care.words import UNKNOWN, Unknown
from fishplate.expressions.judging import Cell, Row
from fishplate.expressions.predicate import ColumnKind, ColumnWord
from fishplate.settings.vocabulary import Kind, Vocabulary

KINDS: Final[dict[Kind, ColumnKind]] = {
    "text": "text", "whole": "number", "number": "number", "flag": "flag", "day": "day", "moment": "day",
}  # fmt: skip
SERVICE_KINDS: Final = ("service_kind", "from_service_kind", "to_service_kind")


def columns_of(table: str, vocabulary: Vocabulary) -> Iterator[ColumnWord]:
    """The columns that a condition over a table may name; of somebody's word, which kind should come and the need."""
    if table == "told":
        yield ColumnWord("to_service_kind", "text", vocabulary.service_kinds)
        yield ColumnWord("need", "text")
    found = vocabulary.table(table)
    for field in found.fields if found else ():
        if not field.identifies:
            codes = field.codes or (vocabulary.service_kinds if field.name in SERVICE_KINDS else ())
            yield ColumnWord(field.name, KINDS[field.kind], codes)


def leg_row(leg: Leg) -> Row:
    """One leg by the columns of the published table of legs."""
    return {
        "record_id": leg.id,
        "organisation_id": leg.organisation_id,
        "service_id": leg.service_id,
        "service_kind": leg.service_kind,
        "leg_kind": leg.kind,
        "started": on(leg.started),
        "ended": on(leg.ended),
        "ready": on(leg.ready),
        "admission_method": leg.admission_method,
        "admission_source": leg.admission_source,
        "discharge_method": leg.discharge_method,
        "discharge_destination": leg.discharge_destination,
        "treatment_function": leg.treatment_function,
        "service_component": leg.service_component,
        "need": leg.need,
        "told_by": leg.told_by,
    }


def referral_row(referral: Referral) -> Row:
    """One referral by the columns of the published table of referrals."""
    sent = referral.information_sent
    return {
        "record_id": referral.id,
        "from_organisation_id": referral.from_organisation_id,
        "from_service_kind": referral.from_kind,
        "to_organisation_id": referral.to_organisation_id,
        "to_service_id": referral.to_service_id,
        "to_service_kind": referral.to_kind,
        "need": referral.need,
        "priority": referral.priority,
        "sent": on(referral.sent),
        "received": on(referral.received),
        "accepted": on(referral.accepted),
        "rejected": on(referral.rejected),
        "rejected_reason": referral.rejected_reason,
        "information_sent": sent if isinstance(sent, Unknown) else ";".join(sorted(sent)),
        "based_on": referral.based_on,
    }


def on(moment: Moment | Unknown | None) -> Cell:
    """The local day of a moment; unknown where there is none."""
    return moment.on if isinstance(moment, Moment) else UNKNOWN
