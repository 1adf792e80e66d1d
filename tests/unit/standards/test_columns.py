"""A leg and a referral as rows: every column that a condition may name is there, and says what the record says."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from fishplate.care.legs import Leg, LegKind
from fishplate.care.organisations import ServiceKind
from fishplate.care.periods import Moment
from fishplate.care.referrals import Referral
from fishplate.care.words import UNKNOWN
from fishplate.expressions.judging import holds
from fishplate.expressions.parsing import parse
from fishplate.standards.columns import columns_of, leg_row, referral_row
from fishplate.standards.example_records import moment
from tests.unit.standards.paper import VOCABULARY

LONDON = ZoneInfo("Europe/London")
AT = Moment.timed(datetime(2025, 10, 3, 23, 30, tzinfo=LONDON), LONDON)
LEG = Leg(id="ward", person="p", kind=LegKind.SPELL, service_kind=ServiceKind.ACUTE_HOSPITAL, started=AT, ready=AT)
REFERRAL = Referral(
    id="asked", person="p", sent=AT, to_kind=ServiceKind.REABLEMENT, information_sent=frozenset({"reason", "medicines"})
)


def names(table: str) -> set[str]:
    return {column.name for column in columns_of(table, VOCABULARY)}


def test_a_row_has_every_column_that_a_condition_may_name() -> None:
    assert names("legs") == set(leg_row(LEG))
    assert names("referrals") == set(referral_row(REFERRAL))


@pytest.mark.parametrize("table", ["legs", "referrals", "told"])
def test_nobody_can_be_picked_out_by_a_condition(table: str) -> None:
    assert not names(table) & {"nhs_number", "local_id", "born_on", "name", "phone", "postcode"}


def test_a_condition_meets_the_record_it_describes() -> None:
    text = "service_kind = 'acute_hospital' and leg_kind = 'spell' and ready = 2025-10-03 and ended is unknown"
    predicate, troubles = parse(text, columns_of("legs", VOCABULARY))
    assert not troubles
    assert holds(predicate, leg_row(LEG))


def test_a_list_stands_in_the_order_of_its_letters_and_unknown_stays_unknown() -> None:
    row = referral_row(REFERRAL)
    assert row["information_sent"] == "medicines;reason"
    assert row["accepted"] is UNKNOWN
    assert row["need"] is UNKNOWN


def test_moments_of_an_example_are_of_the_clocks_of_the_place() -> None:
    assert moment("2025-07-01 09:00", LONDON).at.hour == 8
    assert moment("2025-07-01", LONDON).on == date(2025, 7, 1)
    assert moment("2025-07-01", LONDON).is_date
