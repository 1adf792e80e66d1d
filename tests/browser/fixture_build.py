"""A small finished build, written as Parquet from the tables' own declarations, for the pages to show.

Takes a folder and writes the same hundred or so made-up people each time. No chance and no clock is used.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from fishplate.identity.tables import IDENTIFIED, LINKS
from fishplate.identity.tables import PEOPLE as PUBLISHED_PEOPLE
from fishplate.journeys.tables import ADJACENT_PAIRS, JOURNEYS, LEGS, OTHERS
from fishplate.records.tables import FEEDS, FILES, ORGANISATIONS, REJECTIONS, SERVICES
from fishplate.store.tables import Kind, Table
from tests.browser.fixture_people import JOAN, NAMES, SORT, Leg, all_legs, at, nhs_number_of

TYPES = {
    Kind.TEXT: pa.string(),
    Kind.WHOLE: pa.int64(),
    Kind.SMALL: pa.int16(),
    Kind.NUMBER: pa.float64(),
    Kind.FLAG: pa.bool_(),
    Kind.DAY: pa.date32(),
    Kind.MOMENT: pa.timestamp("us"),
}
Row = dict[str, Any]


def moment(name: str, at: datetime | None, is_date: bool = True) -> Row:
    """The four columns of a moment."""
    return {
        f"{name}_at": at,
        f"{name}_on": at.date() if at else None,
        f"{name}_is_date": None if at is None else is_date,
        f"{name}_offset_minutes": None if at is None else 0,
    }


def leg_rows(legs: list[Leg]) -> list[Row]:
    """The legs as published rows."""
    return [
        {
            "person_code": leg.person,
            "leg_id": f"town:{leg.person}-{leg.place}",
            "record_id": f"{leg.person}-{leg.place}",
            "organisation_id": leg.organisation,
            "service_kind": leg.kind,
            "leg_kind": SORT.get(leg.kind, "contact"),
            "told_by": "carer" if leg.kind == "unpaid_care" else "person" if leg.kind == "community_life" else None,
            **moment("started", leg.start, leg.is_date),
            **moment("ended", leg.end, leg.is_date),
            "source": "hospital" if leg.organisation == "RXA" else "community",
            "file": "a1b2c3d4e5f60718",
            "line": 2 + n,
        }
        for n, leg in enumerate(legs)
    ]


def pair_and_journey_rows(legs: list[Leg]) -> tuple[list[Row], list[Row]]:
    """The adjacent pairs and the journeys, by the plain rules of the design."""
    pairs: list[Row] = []
    journeys: list[Row] = []
    for person in sorted({leg.person for leg in legs}):
        own = [leg for leg in legs if leg.person == person]
        longest, covered = None, own[0].end
        for before, after in pairwise(own):
            uncovered = None if covered is None else (after.start - covered).days
            longest = max(longest or 0, uncovered) if uncovered is not None else longest
            pairs.append(
                {
                    "person_code": person,
                    "from_leg_id": f"town:{person}-{before.place}",
                    "to_leg_id": f"town:{person}-{after.place}",
                    "from_service_kind": before.kind,
                    "to_service_kind": after.kind,
                    "uncovered_days": uncovered,
                    "from_organisation_id": before.organisation,
                    "to_organisation_id": after.organisation,
                }
            )
            covered = None if covered is None or after.end is None else max(covered, after.end)
        journeys.append(
            {
                "person_code": person,
                "legs": len(own),
                "organisations": len({leg.organisation for leg in own} - {None}),
                "service_kinds": len({leg.kind for leg in own}),
                "longest_uncovered_days": longest,
            }
        )
    return pairs, journeys


def referral_rows(legs: list[Leg]) -> list[Row]:
    """Referrals to district nursing: answered for those who were seen soon, unanswered for Joan and others."""
    rows = []
    for leg in legs:
        after = next((n for n in legs if (n.person, n.place) == (leg.person, leg.place + 1)), None)
        if (
            leg.kind != "acute_hospital"
            or leg.end is None
            or (leg.person != JOAN and (not after or after.kind != "district_nursing"))
        ):
            continue
        sent = at(leg.end.date(), 16, 40)
        answered = after is not None and (after.start - leg.end).days <= 3
        rows.append(
            {
                "person_code": leg.person,
                "record_id": f"r{leg.person}-{leg.place}",
                "from_organisation_id": "RXA",
                "from_service_kind": "acute_hospital",
                "to_organisation_id": "RCB",
                "to_service_kind": "district_nursing",
                "need": "insulin" if leg.person == JOAN else "wound care",
                **moment("sent", sent, False),
                **moment("accepted", sent + timedelta(hours=18) if answered and leg.place != 2 else None, False),
                **moment("rejected", None),
                "source": "hospital",
                "file": "a1b2c3d4e5f60718",
                "line": 400 + leg.person,
            }
        )
    return rows


def answer_rows(people: int) -> list[Row]:
    """What was asked of every second person, and what those who answered said."""
    said = ("yes", "yes", "no", None, None)
    rows = []
    for code in range(2, people + 1, 2):
        for place, question in enumerate(("it_happened_when_they_said", "knew_who_to_call")):
            answer = said[(code // 2 + place * (code % 4)) % 5]
            who = "not_answered" if answer is None else "carer" if code % 14 == 0 else "person"
            rows.append(
                {
                    "person_code": code,
                    "record_id": f"q{code}-{place}",
                    "question": question,
                    "answer": answer,
                    "respondent": who,
                    **moment("asked", at(date(2026, 4, 1))),
                    **moment("answered", None if answer is None else at(date(2026, 4, 9))),
                    "source": "asked",
                    "file": "0918273645afbecd",
                    "line": 2 + 2 * code + place,
                }
            )
    return rows


def rejection_rows() -> list[Row]:
    """Rows that could not be used: many of one kind, few of another."""
    late = (
        "reversed_period",
        "The end is before the start. Check whether the two dates were swapped.",
        "ended",
        "record",
        range(31, 57),
    )
    never = (
        "not_a_date",
        "31 February is no date. Expected a day that exists, as DD/MM/YYYY.",
        "started",
        "record",
        range(90, 93),
    )
    code = (
        "unknown_code",
        "This code is not in the list of the project. Add it to `codes`, or put it right.",
        "sex",
        "value",
        range(5, 25),
    )
    found = []
    for source, (reason, words, field, what, lines) in (("hospital", late), ("hospital", never), ("community", code)):
        for line in lines:
            found.append(
                {
                    "source": source,
                    "file": "a1b2c3d4e5f60718",
                    "line": line,
                    "table_name": "legs",
                    "field": field,
                    "column_name": field,
                    "what": what,
                    "reason": reason,
                    "reason_words": words,
                }
            )
    return found


def write(folder: Path, table: Table, rows: list[Row]) -> None:
    """Write rows as the Parquet file of a table; a column a row lacks is empty, one the table lacks is an error."""
    schema = pa.schema([(column.name, TYPES[column.kind]) for column in table.columns])
    unknown = {name for row in rows for name in row} - set(table.names)
    if unknown:
        raise KeyError(f"{table.name} has no column {sorted(unknown)}")
    columns = {
        column.name: pa.array([row.get(column.name) for row in rows], TYPES[column.kind]) for column in table.columns
    }
    pq.write_table(pa.table(columns, schema), folder / f"{table.name}.parquet")


def person_rows(people: int) -> tuple[list[Row], list[Row], list[Row]]:
    """The people, who they are, and the identities they were linked by."""
    shown = [{"person_code": code, "birth_year": 1930 + code % 50, "sources": 2} for code in range(1, people + 1)]
    identified = [
        {
            "person_code": code,
            "name": "Joan Made-up" if code == JOAN else f"Person {code}",
            "nhs_number": nhs_number_of(code),
            "local_id": f"rxa-mrn|AV-{10080 + code}",
            "born_on": date(1944, 5, 17) if code == JOAN else date(1930 + code % 50, 3, 1),
            "phone": "01632 960 081",
        }
        for code in range(1, people + 1)
    ]
    links = [
        {"identity": f"nhs|{nhs_number_of(code)}\x1frxa-mrn|AV-{10080 + code}", "person_code": code, "rule": "only_one"}
        for code in range(1, people + 1)
    ]
    return shown, identified, links


def service_rows() -> list[Row]:
    """The directory: who could have come after a stay in hospital."""
    return [
        {"service_id": code, "organisation_id": organisation, "name": name, "service_kind": kind}
        for code, organisation, name, kind in (
            ("ward", "RXA", "The wards", "acute_hospital"),
            ("nurses", "RCB", "District nurses", "district_nursing"),
            ("reablement", "COU", "Reablement team", "reablement"),
            ("lane", "E99", "Cobbler Lane Surgery", "general_practice"),
            ("dovecote", "E42", "Dovecote Practice", "general_practice"),
        )
    ]


def write_build(folder: Path) -> None:
    """Write the whole build into a folder, its care-mode tables among them."""
    folder.mkdir(parents=True, exist_ok=True)
    legs = all_legs()
    people = max(leg.person for leg in legs)
    pairs, journeys = pair_and_journey_rows(legs)
    shown, identified, links = person_rows(people)
    goals = [
        {
            "person_code": JOAN,
            "record_id": "g1",
            "goal_words": "Back home with the cat, and my own front door key.",
            "chosen_by": "person",
            **moment("set", at(date(2026, 1, 14))),
            "source": "community",
            "file": "0918273645afbecd",
            "line": 2,
        }
    ]
    others = {"referrals": referral_rows(legs), "answers": answer_rows(people), "goals": goals}
    write(folder, LEGS, leg_rows(legs))
    for table in OTHERS:
        write(folder, table, others.get(table.name, []))
    write(folder, ADJACENT_PAIRS, pairs)
    write(folder, JOURNEYS, journeys)
    write(folder, PUBLISHED_PEOPLE, shown)
    write(folder, IDENTIFIED, identified)
    write(folder, LINKS, links)
    write(folder, REJECTIONS, rejection_rows())
    write(folder, SERVICES, service_rows())
    write(
        folder,
        ORGANISATIONS,
        [{"organisation_id": key, "name": name, "kind": kind} for key, (name, kind) in NAMES.items()],
    )
    write(
        folder,
        FILES,
        [
            {
                "file": "a1b2c3d4e5f60718",
                "sha256": "a1b2c3d4e5f60718" * 4,
                "source": source,
                "name": f"received/{source}-2026-03.csv",
            }
            for source in ("hospital", "community")
        ],
    )
    write(
        folder,
        FEEDS,
        [
            {
                "source": "community",
                "organisation_id": "RCB",
                "complete_from_on": date(2025, 4, 1),
                "complete_until_on": date(2026, 3, 31),
            },
            {
                "source": "community",
                "organisation_id": "RCB",
                "hole_from_on": date(2025, 8, 4),
                "hole_until_on": date(2025, 8, 17),
                "hole_why": "the system was changed",
            },
            {
                "source": "hospital",
                "organisation_id": "RXA",
                "complete_from_on": date(2025, 4, 1),
                "complete_until_on": date(2026, 3, 31),
            },
        ],
    )


PUBLISHED_AT = datetime(2026, 4, 12, 6, 30, tzinfo=UTC)
