"""What the join rules need to know of the place: its directory, its feeds, its calendar, and how far we look.

Takes an engine over the published tables; gives `Place`. The rules of this file, none of which may turn silence into a
failure:

* A source is a feed of an organisation's kind of service once a leg or contact of it came from that source, or where
  the project says that these are its records and legs or contacts of somebody came from it.
* It is complete as far as the project says. One that says nothing of it can prove nothing.
* A feed lacks a field that a standard needs where no row from that organisation and kind ever filled it, or ever with
  the value needed.
* We look up to the end of the latest day to which any feed is complete, and never beyond the moment of the build.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from fishplate.care.bank_holidays import ENGLAND_AND_WALES
from fishplate.care.clocks import Calendar
from fishplate.care.hours import parse_watched_hours
from fishplate.care.organisations import Service, ServiceKind
from fishplate.care.periods import Moment, Period
from fishplate.care.words import UNKNOWN
from fishplate.journeys.evidence import Feed, Place
from fishplate.journeys.tables import PUBLISHED
from fishplate.standards.standard import Standard
from fishplate.store.engine import Engine, literal, name
from fishplate.store.tables import Table
from fishplate.wiring.person_records import service_kind, text

LONDON: Final = "Europe/London"
TABLES: Final = {table.name: table for table in PUBLISHED}

SHOWN: Final = """
SELECT DISTINCT source, organisation_id, service_kind FROM legs WHERE coalesce(organisation_id, '') <> ''
UNION
SELECT DISTINCT source, organisation_id, service_kind FROM contacts WHERE coalesce(organisation_id, '') <> ''
"""
STATED: Final = """
SELECT source, organisation_id, service_kind, complete_from_on, complete_until_on FROM feeds WHERE hole_from_on IS NULL
"""
HOLES: Final = "SELECT source, hole_from_on, hole_until_on FROM feeds WHERE hole_from_on IS NOT NULL ORDER BY ALL"
SERVICES: Final = """
SELECT service_id, organisation_id, name, service_kind, place, watched_hours, phone FROM services ORDER BY service_id
"""

Whose = tuple[str, str]
"""An organisation, and one kind of its services by code."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What the project says of a source: whose records they are, and from when until when they are complete."""

    source: str
    whose: Whose
    complete_from_on: date | None
    complete_until_on: date | None


def place_of(engine: Engine, standards: Iterable[Standard], named: str, zone: str, built_at: datetime) -> Place:
    """The place as this build knows it; `named` is what its people call it, empty where nobody said."""
    clocks = ZoneInfo(zone)
    calendar = Calendar(zone=clocks, holidays=ENGLAND_AND_WALES if zone == LONDON else frozenset())
    needed = {field for each in standards for field in (*each.needs_fields, *each.needs_trigger_fields)}
    feeds = tuple(feeds_of(engine, needed, clocks))
    ends = [calendar.last_second(feed.complete_until.on) for feed in feeds if feed.complete_until]
    return Place(
        calendar=calendar,
        as_of=min(built_at, max(ends, default=built_at)),
        name=text(named),
        services=tuple(services_of(engine)),
        feeds=feeds,
    )


def services_of(engine: Engine) -> Iterator[Service]:
    """The directory. Hours that can't be read are unknown, as if nobody had written them."""
    for code, organisation, called, kind, place, watched, phone in engine.rows(SERVICES):
        yield Service(
            id=code,
            organisation_id=organisation or "",
            name=called or code,
            kind=service_kind(kind),
            place=text(place),
            watched=parse_watched_hours(watched)[0] or UNKNOWN if watched else UNKNOWN,
            phone=text(phone),
        )


def feeds_of(engine: Engine, needed: Collection[str], zone: ZoneInfo) -> Iterator[Feed]:
    """Each source as a feed of everybody whose legs or contacts it showed."""
    holes: dict[str, list[Period]] = {}
    for source, begins, ends in engine.rows(HOLES):
        until = Moment.dated(ends, zone) if ends else None
        holes.setdefault(source, []).append(Period(Moment.dated(begins, zone), until))
    filled = {field: tuple(filled_by(engine, field)) for field in sorted(needed)}
    shown: dict[str, set[Whose]] = {}
    for source, organisation, kind in engine.rows(SHOWN):
        shown.setdefault(source, set()).add((organisation, kind or ""))
    for row in engine.rows(STATED):
        stated = Stated(row[0], (row[1] or "", row[2] or ""), row[3], row[4])
        covered = shown.get(stated.source, set())
        if covered and all(stated.whose):
            covered = covered | {stated.whose}
        for whose in sorted(covered):
            lacks = frozenset(field for field, by in filled.items() if not any(is_of(each, whose) for each in by))
            yield feed(stated, whose, tuple(holes.get(stated.source, ())), lacks, zone)


def feed(stated: Stated, whose: Whose, holes: tuple[Period, ...], lacks: frozenset[str], zone: ZoneInfo) -> Feed:
    """One source as the feed of one organisation's services of one kind."""
    begins, ends = stated.complete_from_on, stated.complete_until_on
    return Feed(
        source=stated.source,
        organisation_id=whose[0],
        service_kind=service_kind(whose[1]),
        complete_from=Moment.dated(begins, zone) if begins else None,
        complete_until=Moment.dated(ends, zone) if ends else None,
        holes=holes,
        lacks=lacks,
    )


def filled_by(engine: Engine, field: str) -> Iterator[Whose]:
    """Whose rows ever filled a field, written as `table.field` or `table.field = value`; a blank kind is every kind."""
    written, _, value = field.partition(" = ")
    table_name, _, logical = written.partition(".")
    table = TABLES[table_name]
    column = f"{logical}_at" if f"{logical}_at" in table.names else logical
    kind = "t.service_kind" if "service_kind" in table.names else "NULL"
    for organisation, of_kind in engine.rows(
        f"SELECT DISTINCT {organisation_of(table)}, {kind} FROM {name(table_name)} t "
        "LEFT JOIN (SELECT source, any_value(organisation_id) AS organisation_id FROM feeds GROUP BY source) f "
        f"USING (source) WHERE t.{name(column)} {f'= {literal(value)}' if value else 'IS NOT NULL'}"
    ):
        if organisation:
            yield organisation, of_kind or ""


def organisation_of(table: Table) -> str:
    """Whose row it is, as SQL: the organisation it names, or else the one whose source it came from."""
    own = "nullif(t.organisation_id, ''), " if "organisation_id" in table.names else ""
    return f"coalesce({own}f.organisation_id)"


def is_of(filler: Whose, whose: Whose) -> bool:
    """Whether what filled a field is of this organisation, and of this kind of service or of all of its kinds."""
    return filler[0] == whose[0] and filler[1] in ("", whose[1])


def kinds_of(place: Place) -> frozenset[ServiceKind]:
    """The kinds of service that the place's directory has."""
    return frozenset(service.kind for service in place.services)
