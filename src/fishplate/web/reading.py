"""What the pages need to be handed: one protocol for planning, one for care, and one for the audit.

Takes nothing and reads nothing. Rule of this file: a planning page is handed `PlanningTables` and can't so much as
name what `CareTables` holds. The implementations are in `wiring/`.
"""

from collections.abc import Iterable, Mapping
from typing import Protocol

from fishplate.access.audit import AuditChain, ChainFault, Head
from fishplate.access.relationship import Involvement
from fishplate.report.care import CareJoins, CareJourney, IdentifiedPerson, RejectedRow, RejectedRows
from fishplate.report.planning import (
    Answers,
    Build,
    Feed,
    Journey,
    LineMap,
    OrganisationCount,
    Rejections,
    Shape,
    Shapes,
    WholeJourneys,
)


class PlanningTables(Protocol):
    """The de-identified tables of one build, as they may be shown: suppressed, merged, by random key."""

    def build(self) -> Build:
        """Which build this is."""

    def kind_words(self) -> Mapping[str, str]:
        """The project's own names of service kinds, by code."""

    def answers(self) -> Answers | None:
        """What people said; None where nobody was asked."""

    def whole_journeys(self) -> WholeJourneys:
        """Everybody's whole journey in figures."""

    def line_map(self) -> LineMap:
        """What followed what, small flows merged."""

    def organisations(self) -> tuple[OrganisationCount, ...]:
        """The organisations by name, never by a figure."""

    def shapes(self) -> Shapes:
        """The shapes of journey that enough people share, most people first."""

    def journeys_of(self, shape_key: str) -> tuple[Shape, tuple[Journey, ...]] | None:
        """A shape and ten journeys of it; None where no such shape may be opened."""

    def journey(self, key: str) -> Journey | None:
        """The journey with that key; None where there is none that may be opened."""

    def rejections(self) -> tuple[Rejections, ...]:
        """What could not be used, by source and reason."""

    def feeds(self) -> tuple[Feed, ...]:
        """Between which days each source is complete, and its holes."""


class CareTables(Protocol):
    """The identified tables of one build, for a worker who has been let in."""

    def build(self) -> Build:
        """Which build this is."""

    def kind_words(self) -> Mapping[str, str]:
        """The project's own names of service kinds, by code."""

    def organisation_names(self) -> Mapping[str, str]:
        """Names of organisations by identifier."""

    def find(self, nhs_number: str, local_id: str) -> int | None:
        """The person code of the one person known by that number, or by that local identifier; else None."""

    def involvements(self, person_code: int) -> tuple[Involvement, ...]:
        """Which organisations have had to do with the person, and when."""

    def person(self, person_code: int) -> IdentifiedPerson:
        """Who the person is."""

    def journey(self, person_code: int) -> CareJourney:
        """What happened to the person, with names, dates and provenance."""

    def joins(self, person_code: int) -> CareJoins:
        """What should have followed for the person, and whether it did."""

    def rejections(self) -> tuple[RejectedRows, ...]:
        """What could not be used, by source, reason and file."""

    def rejected_rows(self, source: str) -> Iterable[RejectedRow]:
        """Every row of a source that could not be used."""


class AuditBook(AuditChain, Protocol):
    """The audit chain, and whether it is whole."""

    def faults(self) -> list[ChainFault]:
        """Every place at which the chain is broken; none for a whole one."""

    def head(self) -> Head:
        """Where the chain ends now."""
