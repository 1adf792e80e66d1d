"""The care tables of one build: one person's record with names, dates and where each row stands.

Takes an engine over the published tables, the identified one among them, and what still holds the files received;
gives the rows of `report/care.py`. Nothing here is suppressed, so nothing here is ever handed to a planning page.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from functools import cached_property
from itertools import groupby
from threading import RLock
from typing import Protocol

from fishplate.access.relationship import Involvement
from fishplate.identity.people import BETWEEN_LOCAL_IDS
from fishplate.records.anchors import BORN, NHS, SEPARATOR
from fishplate.report.care import (
    CareJoins,
    CareJourney,
    CareLeg,
    CareReferral,
    Goal,
    IdentifiedPerson,
    Provenance,
    RejectedRow,
    RejectedRows,
    When,
)
from fishplate.report.planning import Build
from fishplate.store.engine import Engine, Row
from fishplate.wiring import care_queries as queries
from fishplate.wiring.person_joins import JoinsOfPeople

MOST_LINES = 1000
INNER = "#"
"""Stands in the namespace of an identifier that only means something inside one source's files."""


class RowTexts(Protocol):
    """What still holds the files received, so that a rejected row can be shown to those who sent it."""

    def texts(self, file: str, lines: Collection[int]) -> Mapping[int, str]:
        """The rows of a file (by its short hash) that begin on these lines, as far as they are kept."""


class BuiltCareTables:
    """The identified tables of one finished build; nothing in it changes while it is open."""

    def __init__(
        self, engine: Engine, build: Build, kinds: Mapping[str, str], texts: RowTexts, joins: JoinsOfPeople
    ) -> None:
        """Read with `engine`, as `joins` does; `kinds` are the project's words, `texts` the rows as received."""
        self._engine, self._build, self._kinds, self._texts, self._joins = engine, build, kinds, texts, joins
        # One connection answers one question at a time, while pages are made in several threads.
        self._lock = RLock()

    def build(self) -> Build:
        """Which build this is."""
        return self._build

    def kind_words(self) -> Mapping[str, str]:
        """The project's own names of service kinds, by code."""
        return self._kinds

    def organisation_names(self) -> Mapping[str, str]:
        """Names of organisations by identifier."""
        return self._names

    @cached_property
    def _names(self) -> dict[str, str]:
        return {row[0]: row[1] for row in self._rows(queries.ORGANISATION_NAMES)}

    def find(self, nhs_number: str, local_id: str) -> int | None:
        """The person code of the one person known by that number or local identifier; None for none, or for several."""
        if nhs_number:
            found = self._rows(queries.BY_NHS_NUMBER, (nhs_number,))
        else:
            found = self._rows(queries.BY_LOCAL_ID, (SEPARATOR, local_id, [NHS, BORN]))
        return int(found[0][0]) if len(found) == 1 else None

    def involvements(self, person_code: int) -> tuple[Involvement, ...]:
        """Which organisations have had to do with the person, and when: legs, contacts and referrals received."""
        rows = self._rows(queries.INVOLVEMENTS, (person_code, person_code, person_code))
        return tuple(Involvement(organisation, started_on, ended_on) for organisation, started_on, ended_on in rows)

    def person(self, person_code: int) -> IdentifiedPerson:
        """Who the person is, as far as any source says."""
        ((name, number, anchors, born_on, phone),) = self._rows(queries.PERSON, (person_code,))
        return IdentifiedPerson(
            person_code, name or "", number or "", local_ids_in(anchors or ""), born_on, phone or ""
        )

    def journey(self, person_code: int) -> CareJourney:
        """What happened to the person, with names, dates and provenance."""
        died = self._rows(queries.DIED, (person_code,))
        return CareJourney(
            goals=tuple(
                Goal(words, chosen_by or "", moment(row))
                for words, chosen_by, *row in self._rows(queries.GOALS, (person_code,))
            ),
            legs=tuple(self._leg(row) for row in self._rows(queries.LEGS, (person_code,))),
            referrals=tuple(self._referral(row) for row in self._rows(queries.REFERRALS, (person_code,))),
            died_on=died[0][0] if died else None,
        )

    def joins(self, person_code: int) -> CareJoins:
        """What should have followed for the person, and whether it did."""
        with self._lock:
            return self._joins.of_person(person_code, self._names)

    def rejections(self) -> tuple[RejectedRows, ...]:
        """What could not be used, by source, reason and file."""
        return tuple(
            RejectedRows(source, organisation or "", reason, words, field, what, count, file, tuple(lines[:MOST_LINES]))
            for source, organisation, reason, words, field, what, count, file, lines in self._rows(queries.REJECTIONS)
        )

    def rejected_rows(self, source: str) -> Iterable[RejectedRow]:
        """Every row of a source that could not be used, with its text where that is still kept."""
        rows = self._rows(queries.REJECTED_ROWS, (source,))
        for file, group in groupby(rows, key=lambda row: row[0]):
            of_file = list(group)
            kept = self._texts.texts(file, [row[2] for row in of_file])
            for _, name, line, field, words in of_file:
                yield RejectedRow(Provenance(source, name, line), field, words, kept.get(line, ""))

    def _leg(self, row: Row) -> CareLeg:
        kind, leg_kind, organisation, service, need, told_by = (text or "" for text in row[:6])
        return CareLeg(
            kind,
            leg_kind,
            self._named(organisation),
            service,
            moment(row[6:9]),
            ended(row[9:12]),
            need,
            told_by,
            Provenance(row[12], row[13], row[14]),
        )

    def _referral(self, row: Row) -> CareReferral:
        from_kind, from_organisation, to_kind, to_organisation, need, why = (text or "" for text in row[:6])
        return CareReferral(
            from_kind,
            self._named(from_organisation),
            to_kind,
            self._named(to_organisation),
            need,
            moment(row[6:9]),
            ended(row[9:12]),
            ended(row[12:15]),
            why,
            Provenance(row[15], row[16], row[17]),
        )

    def _named(self, organisation_id: str) -> str:
        return self._names.get(organisation_id, organisation_id)

    def _rows(self, sql: str, params: tuple[object, ...] = ()) -> list[Row]:
        with self._lock:
            return self._engine.rows(sql, params)


def local_ids_in(anchors: str) -> tuple[str, ...]:
    """The local identifiers a person is known by, each once; a source's inner references are left out."""
    parts = (anchor.partition("|") for anchor in anchors.split(BETWEEN_LOCAL_IDS))
    return tuple(dict.fromkeys(value for namespace, _, value in parts if value and INNER not in namespace))


def moment(row: Row | list[object]) -> When:
    """A moment from its columns: the instant, the local date, and whether only a date was given."""
    found = ended(row)
    if found is None:
        raise ValueError("A published row lacks its start; build again, and report this if it comes back.")
    return found


def ended(row: Row | list[object]) -> When | None:
    """The same for a moment that may be empty."""
    at, on, is_date = row
    if not isinstance(at, datetime):
        return None
    local_on = on or at.date()
    return When(local_on, None if is_date else at.replace(tzinfo=UTC))  # type: ignore[arg-type]
