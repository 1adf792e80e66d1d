"""What sets a join going, for one person under one standard: a leg, a referral, or somebody's word.

Takes one person's records and a standard; gives the triggers in order of their moment, then of their id. A row is a
trigger where the standard's condition surely holds and the moment that the clock runs from is known.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from fishplate.care.clocks import no_later
from fishplate.care.joins import TriggerKind
from fishplate.care.legs import Leg
from fishplate.care.organisations import ServiceKind
from fishplate.care.periods import Moment
from fishplate.care.referrals import Referral
from fishplate.care.words import UNKNOWN, Unknown
from fishplate.expressions.judging import Row, holds
from fishplate.journeys.evidence import Place, Records, Told
from fishplate.standards.columns import leg_row, referral_row
from fishplate.standards.standard import Standard

CODED_KINDS: Final[Mapping[str, frozenset[ServiceKind]]] = MappingProxyType({
    **dict.fromkeys(("51", "52", "87"), frozenset({ServiceKind.ACUTE_HOSPITAL})),
    **dict.fromkeys(("30", "48", "49", "50", "53", "84"), frozenset({ServiceKind.MENTAL_HEALTH_INPATIENT})),
    **dict.fromkeys(("54", "85"), frozenset({ServiceKind.CARE_HOME_NURSING, ServiceKind.CARE_HOME_RESIDENTIAL})),
    "55": frozenset({ServiceKind.CARE_HOME_NURSING}),
    **dict.fromkeys(("56", "65"), frozenset({ServiceKind.CARE_HOME_RESIDENTIAL})),
    "88": frozenset({ServiceKind.HOSPICE}),
})  # fmt: skip
"""The kinds of service that a discharge destination names (NHS Data Dictionary: DESTINATION OF DISCHARGE).

After an emergency department the ward codes are the decision to admit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """One trigger: its record, the moment its clock runs from, and whether the standard itself owes what follows."""

    record: Leg | Referral | Told
    at: Moment
    owed: bool

    @property
    def id(self) -> str:
        """The id of the record."""
        return self.record.id

    @property
    def kind(self) -> TriggerKind:
        """What sort of trigger it is."""
        return kind_of(self.record)


def kind_of(record: Leg | Referral | Told) -> TriggerKind:
    """What sort of trigger a record is."""
    if isinstance(record, Leg):
        return TriggerKind.LEG
    return TriggerKind.REFERRAL if isinstance(record, Referral) else TriggerKind.WORD


def triggers_of(records: Records, standard: Standard, place: Place) -> list[Started]:
    """Every trigger of this person under the standard that has been, in order."""
    found = []
    for record, row in rows_of(records, standard):
        at = moment_named(record, standard.trigger.moment)
        beside = not isinstance(record, Leg) or was_beside(record, records, standard)
        if at is not None and place.has_been(at) and beside and holds(standard.trigger.where, row):
            found.append(Started(record=record, at=at, owed=holds(standard.trigger.owes, row)))
    return sorted(found, key=lambda each: (each.at.at, each.id))


def rows_of(records: Records, standard: Standard) -> Iterator[tuple[Leg | Referral | Told, Row]]:
    """Each record of the table that the standard looks at, beside its columns."""
    if standard.trigger.table == "legs":
        yield from ((leg, leg_row(leg)) for leg in records.legs)
    elif standard.trigger.table == "referrals":
        yield from ((referral, referral_row(referral)) for referral in records.referrals)
    else:
        yield from ((told, told_row(told)) for told in records.told)


def told_row(told: Told) -> Row:
    """Somebody's word by the columns that a condition over it may name."""
    return {"to_service_kind": told.to_kind, "need": told.need}


def moment_named(record: Leg | Referral | Told, name: str) -> Moment | None:
    """The moment of the record that the clock runs from; None where it has not been, or nobody recorded it."""
    moment = getattr(record, name)
    return moment if isinstance(moment, Moment) else None


def was_beside(leg: Leg, records: Records, standard: Standard) -> bool:
    """Whether a leg of a kind that the standard asks for was open when this one started, if it asks for any."""
    return not standard.trigger.beside or any(
        other.id != leg.id
        and other.service_kind in standard.trigger.beside
        and no_later(other.started, leg.started) is not False
        and (other.ended is None or no_later(leg.started, other.ended) is not False)
        for other in records.legs
    )


def coded_kinds(leg: Leg) -> frozenset[ServiceKind]:
    """The kinds of service that the leg's discharge was coded to; none where the code names none."""
    code = leg.discharge_destination
    return frozenset() if code is UNKNOWN else CODED_KINDS.get(code, frozenset())


def sides_from(record: Leg | Referral | Told) -> tuple[ServiceKind, str | Unknown, str | Unknown]:
    """The kind, organisation and service that had the person when the join was set going."""
    if isinstance(record, Leg):
        return record.service_kind, record.organisation_id or UNKNOWN, record.service_id
    if isinstance(record, Referral):
        return record.from_kind, record.from_organisation_id, UNKNOWN
    return ServiceKind.UNKNOWN, UNKNOWN, UNKNOWN
