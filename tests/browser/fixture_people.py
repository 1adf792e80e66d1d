"""The made-up people of the fixture build: who they are by number, and what care they had, in order of time.

Five common journeys with unpaid care among them, a few rare ones, and Joan, whose referral for insulin nobody answered.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from fishplate.care.people import check_digit

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
    "general_practice": "E99",
    "emergency_department": "RXA",
    "acute_hospital": "RXA",
    "reablement": "COU",
    "home_care": "HCF",
    "district_nursing": "RCB",
    "community_therapy": "RCB",
    "ambulance": "RYD",
    "memory_service": "RMH",
    "urgent_community_response": "RCB",
    "adult_social_care_assessment": "COU",
}
SORT = {
    "acute_hospital": "spell",
    "home_care": "care_package",
    "reablement": "care_package",
    "unpaid_care": "unpaid_care",
    "community_life": "community_life",
}

# Each journey: how many people have it, and its legs as (kind, days after the leg before ended, how many days long).
COMMON: tuple[tuple[int, tuple[tuple[str, int, int | None], ...]], ...] = (
    (
        44,
        (
            ("general_practice", 0, 0),
            ("emergency_department", 6, 0),
            ("acute_hospital", 0, 9),
            ("reablement", 2, 38),
            ("home_care", 1, None),
        ),
    ),
    (27, (("acute_hospital", 0, 6), ("district_nursing", 1, 24), ("general_practice", 5, 0))),
    (
        16,
        (
            ("acute_hospital", 0, 8),
            ("district_nursing", 9, 20),
            ("ambulance", 12, 0),
            ("emergency_department", 0, 0),
            ("acute_hospital", 0, 7),
            ("reablement", 4, 40),
        ),
    ),
    (
        12,
        (("unpaid_care", 0, 160), ("general_practice", 4, 0), ("memory_service", 44, 90), ("community_life", 6, None)),
    ),
    (
        10,
        (
            ("general_practice", 0, 0),
            ("community_therapy", 33, 60),
            ("adult_social_care_assessment", 12, 0),
            ("home_care", 25, 200),
        ),
    ),
    (2, (("general_practice", 0, 0), ("urgent_community_response", 0, 2), ("community_life", 40, 30))),
    (1, (("ambulance", 0, 0), ("general_practice", 3, 0))),
)
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
