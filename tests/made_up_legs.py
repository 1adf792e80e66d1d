"""Legs made up to be awkward: for tests that hold the fast paths to the plain rules.

Takes nothing and gives Hypothesis strategies of people's legs, and the same legs written as the published Parquet
file. They crowd into a few days around the nights the clocks change, so that ties, overlaps, dates beside times,
open ends, the same instant at two organisations and equal legs with different ids are common, with now and then
a gap of years.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import strategies as st

from fishplate.care.legs import Leg, LegKind
from fishplate.care.organisations import ServiceKind
from fishplate.care.periods import Moment
from fishplate.care.words import UNKNOWN
from fishplate.journeys import rules

LONDON = ZoneInfo("Europe/London")

# The clocks of Europe/London went forward at 01:00 UTC on the first of these, and back on the second.
CROWDED_DAYS = (date(2024, 3, 31), date(2024, 10, 27), date(2024, 2, 29), date(2023, 12, 31))
FAR_DAYS = (date(1926, 5, 3), date(1999, 12, 31), date(2051, 7, 1))
CLOCK_SECONDS = (0, 1, 3599, 3600, 5400, 7199, 43_200, 86_398, 86_399)

KINDS = (ServiceKind.GENERAL_PRACTICE, ServiceKind.ACUTE_HOSPITAL, ServiceKind.HOME_CARE, ServiceKind.UNPAID_CARE)
ORGANISATIONS = ("", "A", "a", "B10", "B9", "É")
SERVICES = ("S1", "S2", "S3")


def timed(on: date, second: int) -> Moment:
    """A moment so many seconds after UTC midnight; near the ends of a day its local date may be another."""
    return Moment.timed(datetime.combine(on, datetime.min.time(), UTC) + timedelta(seconds=second), LONDON)


@st.composite
def moments(draw: st.DrawFn) -> Moment:
    """A time or a date, mostly near others."""
    near = st.builds(lambda day, days: day + timedelta(days), st.sampled_from(CROWDED_DAYS), st.integers(-1, 2))
    on = draw(st.one_of(near, near, near, st.sampled_from(FAR_DAYS)))
    if draw(st.integers(0, 2)) == 0:
        return Moment.dated(on, LONDON)
    return timed(on, draw(st.one_of(st.sampled_from(CLOCK_SECONDS), st.integers(0, 86_399))))


@st.composite
def lives(draw: st.DrawFn, person: int, most_legs: int = 7) -> list[Leg]:
    """One person's legs, at least one, in no order."""
    instants = draw(st.lists(moments(), min_size=1, max_size=4))
    legs = []
    for nth in range(draw(st.integers(1, most_legs))):
        first, second = (draw(st.one_of(st.sampled_from(instants), moments())) for _ in range(2))
        started, ended = sorted((first, second), key=lambda moment: (moment.on, not moment.is_date, moment.at))
        kind = draw(st.sampled_from(KINDS))
        legs.append(
            Leg(
                id=f"made_up:{draw(st.sampled_from('zZ1é'))}{nth}",
                person=str(person),
                kind=LegKind.CONTACT,
                service_kind=kind,
                started=started,
                ended=draw(st.sampled_from((ended, ended, ended, None))),
                organisation_id=draw(st.sampled_from(ORGANISATIONS)),
                service_id=draw(st.sampled_from((*SERVICES, UNKNOWN))),
            )
        )
    return legs


@st.composite
def peoples(draw: st.DrawFn, most_people: int = 6) -> dict[int, list[Leg]]:
    """A few people's legs by person code; codes have holes, and one may be as large as packing allows."""
    codes = st.one_of(st.integers(0, 9), st.sampled_from((2**26 - 1, 2**26 - 2, 2**20)))
    chosen = draw(st.sets(codes, min_size=1, max_size=most_people))
    return {code: draw(lives(code)) for code in sorted(chosen)}


def row(person_code: int, leg: Leg) -> dict[str, Any]:
    """A leg as a row of the published `legs` table, in the columns that adjacent pairs need."""
    return {
        "person_code": person_code,
        "leg_id": leg.id,
        "organisation_id": leg.organisation_id or None,
        "service_id": None if leg.service_id is UNKNOWN else leg.service_id,
        "service_kind": str(leg.service_kind),
        **moment_columns("started", leg.started),
        **moment_columns("ended", leg.ended),
    }


def moment_columns(name: str, moment: Moment | None) -> dict[str, Any]:
    """A moment as three of the columns that store it."""
    return {
        f"{name}_at": moment.at.replace(tzinfo=None) if moment else None,
        f"{name}_on": moment.on if moment else None,
        f"{name}_is_date": moment.is_date if moment else None,
    }


SCHEMA = pa.schema(
    [
        ("person_code", pa.int64()),
        ("leg_id", pa.string()),
        ("organisation_id", pa.string()),
        ("service_id", pa.string()),
        ("service_kind", pa.string()),
        *(
            (f"{name}_{part}", kind)
            for name in ("started", "ended")
            for part, kind in (("at", pa.timestamp("us")), ("on", pa.date32()), ("is_date", pa.bool_()))
        ),
    ]
)


def write(people: dict[int, Iterable[Leg]], to: Path, *, in_order: bool = True) -> Path:
    """Write everyone's legs as the published file is written: by person, then in their order."""
    rows = [
        row(code, leg)
        for code in sorted(people)
        for leg in (rules.in_order(people[code]) if in_order else people[code])
    ]
    return write_rows(rows, to)


def write_rows(rows: Sequence[dict[str, Any]], to: Path) -> Path:
    """Write rows of legs in the order given, a few to a row group, so that pairs cross row groups."""
    pq.write_table(pa.Table.from_pylist(list(rows), schema=SCHEMA), to, row_group_size=5)
    return to
