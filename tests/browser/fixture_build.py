"""A small finished build, written as Parquet from the tables' own declarations, for the pages to show.

Takes a folder and writes the same hundred or so made-up people each time: five common journeys with unpaid care among
them, a few rare ones, and Joan, whose referral for insulin nobody answered. No chance and no clock is used.
"""

import itertools
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from fishplate.care.people import check_digit
from fishplate.identity.tables import IDENTIFIED, LINKS
from fishplate.identity.tables import PEOPLE as PUBLISHED_PEOPLE
from fishplate.journeys.tables import ADJACENT_PAIRS, JOURNEYS, LEGS, OTHERS
from fishplate.records.tables import FEEDS, FILES, ORGANISATIONS, REJECTIONS, SERVICES
from fishplate.store.tables import Kind, Table

TYPES = {
    Kind.TEXT: pa.string(), Kind.WHOLE: pa.int64(), Kind.SMALL: pa.int16(), Kind.NUMBER: pa.float64(),
    Kind.FLAG: pa.bool_(), Kind.DAY: pa.date32(), Kind.MOMENT: pa.timestamp("us"),
}  # fmt: skip
Row = dict[str, Any]

NAMES = {
    "RXA": ("Alder Vale Hospitals", "acute"),
    "RCB": ("Brook Community Health", "community"),
    "E99": ("Cobbler Lane Surgery", "general_practice"),
    "E42": ("Dovecote Practice", "general_practice"),
    "COU": ("Elm County Council", "council"),
    "HCF": ("Fern Home Care", "home_care_provider"),
    "RMH": ("Greenway Mental Health", "mental_health"),
    "RYD": ("Hill and Dale Ambulance Service", "ambulance"),
}
BEHIND = {
    "general_practice": "E99", "emergency_department": "RXA", "acute_hospital": "RXA", "reablement": "COU",
    "home_care": "HCF", "district_nursing": "RCB", "community_therapy": "RCB", "ambulance": "RYD", "memory_service": "RMH",
    "urgent_community_response": "RCB", "adult_social_care_assessment": "COU",
}  # fmt: skip
SORT = {"acute_hospital": "spell", "home_care": "care_package", "reablement": "care_package", "unpaid_care": "unpaid_care",
        "community_life": "community_life"}  # fmt: skip

# Each journey: how many people have it, and its legs as (kind, days after the leg before ended, how many days long).
COMMON: tuple[tuple[int, tuple[tuple[str, int, int | None], ...]], ...] = (
    (44, (("general_practice", 0, 0), ("emergency_department", 6, 0), ("acute_hospital", 0, 9), ("reablement", 2, 38),
          ("home_care", 1, None))),
    (27, (("acute_hospital", 0, 6), ("district_nursing", 1, 24), ("general_practice", 5, 0))),
    (16, (("acute_hospital", 0, 8), ("district_nursing", 9, 20), ("ambulance", 12, 0), ("emergency_department", 0, 0),
          ("acute_hospital", 0, 7), ("reablement", 4, 40))),
    (12, (("unpaid_care", 0, 160), ("general_practice", 4, 0), ("memory_service", 44, 90), ("community_life", 6, None))),
    (10, (("general_practice", 0, 0), ("community_therapy", 33, 60), ("adult_social_care_assessment", 12, 0),
          ("home_care", 25, 200))),
    (2, (("general_practice", 0, 0), ("urgent_community_response", 0, 2), ("community_life", 40, 30))),
    (1, (("ambulance", 0, 0), ("general_practice", 3, 0))),
)  # fmt: skip
FIRST_ON = date(2026, 1, 5)
JOAN = 1
JOAN_LOCAL = "AV-10081"
UNKNOWN_LOCAL = "AV-99999"


def nhs_number_of(code: int) -> str:
    """A number in the range kept for tests (999 000 0000 onwards) whose check digit is right."""
    first = 999_000_000 + code * 7
    while check_digit(str(first)) == 10:
        first += 1
    return f"{first}{check_digit(str(first))}"


JOAN_NUMBER = nhs_number_of(JOAN)


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg before it is a row."""

    person: int
    place: int
    kind: str
    start: datetime
    end: datetime | None
    is_date: bool = False

    @property
    def organisation(self) -> str | None:
        """Who gave it; two surgeries take turns."""
        if self.kind == "general_practice" and self.person % 3 == 0:
            return "E42"
        return BEHIND.get(self.kind)


def moment(name: str, at: datetime | None, is_date: bool = True) -> Row:
    """The four columns of a moment."""
    return {
        f"{name}_at": at, f"{name}_on": at.date() if at else None,
        f"{name}_is_date": None if at is None else is_date, f"{name}_offset_minutes": None if at is None else 0,
    }  # fmt: skip


def at(on: date, hour: int = 0, minute: int = 0) -> datetime:
    """A moment of a winter day, where local time and UTC are the same."""
    return datetime.combine(on, time(hour, minute))


def joans_legs() -> list[Leg]:
    """Joan's line, with the hole in it after Friday the 16th of January."""
    line = (
        ("unpaid_care", date(2025, 11, 3), date(2026, 1, 16)),
        ("community_life", date(2025, 11, 10), date(2026, 1, 9)),
        ("acute_hospital", date(2026, 1, 10), date(2026, 1, 16)),
        ("ambulance", date(2026, 1, 22), date(2026, 1, 22)),
        ("emergency_department", date(2026, 1, 22), date(2026, 1, 22)),
        ("acute_hospital", date(2026, 1, 22), date(2026, 2, 2)),
        ("district_nursing", date(2026, 2, 3), None),
        ("reablement", date(2026, 2, 5), date(2026, 3, 12)),
        ("home_care", date(2026, 3, 13), None),
    )
    return [
        Leg(JOAN, n, kind, at(start, 7 + n, 30), None if end is None else at(end, 16))
        for n, (kind, start, end) in enumerate(line)
    ]


def all_legs() -> list[Leg]:
    """Everybody's legs, in each person's order."""
    legs, person = joans_legs(), JOAN
    for people, line in COMMON:
        for _ in range(people):
            person += 1
            day = FIRST_ON + timedelta(days=person % 60)
            for place, (kind, wait, long) in enumerate(line):
                start = day + timedelta(days=wait + (person % 4 if wait > 3 else 0))
                end = None if long is None else start + timedelta(days=long + (person % 5 if long > 2 else 0))
                legs.append(
                    Leg(person, place, kind, at(start, 7 + 2 * place), None if end is None else at(end, 8 + 2 * place))
                )
                day = end or start
    return legs


def leg_rows(legs: list[Leg]) -> list[Row]:
    """The legs as published rows."""
    return [
        {
            "person_code": leg.person, "leg_id": f"town:{leg.person}-{leg.place}", "record_id": f"{leg.person}-{leg.place}",
            "organisation_id": leg.organisation, "service_kind": leg.kind, "leg_kind": SORT.get(leg.kind, "contact"),
            "told_by": "carer" if leg.kind == "unpaid_care" else "person" if leg.kind == "community_life" else None,
            **moment("started", leg.start, leg.is_date), **moment("ended", leg.end, leg.is_date),
            "source": "hospital" if leg.organisation == "RXA" else "community", "file": "a1b2c3d4e5f60718", "line": 2 + n,
        }
        for n, leg in enumerate(legs)
    ]  # fmt: skip


def pair_and_journey_rows(legs: list[Leg]) -> tuple[list[Row], list[Row]]:
    """The adjacent pairs and the journeys, by the plain rules of the design."""
    pairs: list[Row] = []
    journeys: list[Row] = []
    for person in sorted({leg.person for leg in legs}):
        own = [leg for leg in legs if leg.person == person]
        longest, covered = None, own[0].end
        for before, after in itertools.pairwise(own):
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
        journeys.append({
            "person_code": person, "legs": len(own), "organisations": len({leg.organisation for leg in own} - {None}),
            "service_kinds": len({leg.kind for leg in own}), "longest_uncovered_days": longest,
        })  # fmt: skip
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
        rows.append({
            "person_code": leg.person, "record_id": f"r{leg.person}-{leg.place}", "from_organisation_id": "RXA",
            "from_service_kind": "acute_hospital", "to_organisation_id": "RCB", "to_service_kind": "district_nursing",
            "need": "insulin" if leg.person == JOAN else "wound care", **moment("sent", sent, False),
            **moment("accepted", sent + timedelta(hours=18) if answered and leg.place != 2 else None, False),
            **moment("rejected", None), "source": "hospital", "file": "a1b2c3d4e5f60718", "line": 400 + leg.person,
        })  # fmt: skip
    return rows


def answer_rows(people: int) -> list[Row]:
    """What was asked of every second person, and what those who answered said."""
    said = ("yes", "yes", "no", None, None)
    rows = []
    for code in range(2, people + 1, 2):
        for place, question in enumerate(("it_happened_when_they_said", "knew_who_to_call")):
            answer = said[(code // 2 + place * (code % 4)) % 5]
            who = "not_answered" if answer is None else "carer" if code % 14 == 0 else "person"
            rows.append({
                "person_code": code, "record_id": f"q{code}-{place}", "question": question, "answer": answer, "respondent": who,
                **moment("asked", at(date(2026, 4, 1))), **moment("answered", None if answer is None else at(date(2026, 4, 9))),
                "source": "asked", "file": "0918273645afbecd", "line": 2 + 2 * code + place,
            })  # fmt: skip
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
            found.append({"source": source, "file": "a1b2c3d4e5f60718", "line": line, "table_name": "legs", "field": field,
                          "column_name": field, "what": what, "reason": reason, "reason_words": words})  # fmt: skip
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
        {"person_code": code, "name": "Joan Made-up" if code == JOAN else f"Person {code}", "nhs_number": nhs_number_of(code),
         "local_id": f"AV-{10080 + code}", "born_on": date(1944, 5, 17) if code == JOAN else date(1930 + code % 50, 3, 1),
         "phone": "01632 960 081"}
        for code in range(1, people + 1)
    ]  # fmt: skip
    links = [
        {"identity": f"nhs|{nhs_number_of(code)}\x1frxa-mrn|AV-{10080 + code}", "person_code": code, "rule": "only_one"}
        for code in range(1, people + 1)
    ]
    return shown, identified, links


def write_build(folder: Path) -> None:
    """Write the whole build into a folder, its care-mode tables among them."""
    folder.mkdir(parents=True, exist_ok=True)
    legs = all_legs()
    people = max(leg.person for leg in legs)
    pairs, journeys = pair_and_journey_rows(legs)
    shown, identified, links = person_rows(people)
    goals = [{"person_code": JOAN, "record_id": "g1", "goal_words": "Back home with the cat, and my own front door key.",
              "chosen_by": "person", **moment("set", at(date(2026, 1, 14))), "source": "community", "file": "0918273645afbecd",
              "line": 2}]  # fmt: skip
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
    write(folder, SERVICES, [])
    write(
        folder,
        ORGANISATIONS,
        [{"organisation_id": key, "name": name, "kind": kind} for key, (name, kind) in NAMES.items()],
    )
    write(folder, FILES, [
        {"file": "a1b2c3d4e5f60718", "sha256": "a1b2c3d4e5f60718" * 4, "source": source, "name": f"received/{source}-2026-03.csv"}
        for source in ("hospital", "community")
    ])  # fmt: skip
    write(folder, FEEDS, [
        {"source": "community", "organisation_id": "RCB", "complete_from_on": date(2025, 4, 1), "complete_until_on": date(2026, 3, 31)},
        {"source": "community", "organisation_id": "RCB", "hole_from_on": date(2025, 8, 4), "hole_until_on": date(2025, 8, 17),
         "hole_why": "the system was changed"},
        {"source": "hospital", "organisation_id": "RXA", "complete_from_on": date(2025, 4, 1), "complete_until_on": date(2026, 3, 31)},
    ])  # fmt: skip


PUBLISHED_AT = datetime(2026, 4, 12, 6, 30, tzinfo=UTC)
