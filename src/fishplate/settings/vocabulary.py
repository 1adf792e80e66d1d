"""The words a project file may use: tables and fields to fill, service kinds, formats, modes and so on.

Made by the caller, since what can be filled is declared in `records` and this package may not know it. Takes
nothing from outside and gives frozen values. Rule of this file: it names no table, field or code of its own.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "whole", "number", "flag", "day", "moment"]
"""What a field holds: text, a whole number, a number, yes or no, a local day, or a day with its time."""


@dataclass(frozen=True, slots=True)
class FieldWord:
    """A field that a column of a file may fill."""

    name: str
    kind: Kind = "text"
    required: bool = False
    codes: tuple[str, ...] = ()
    """The only texts allowed; empty where any will do."""
    identifies: bool = False
    """True for what can identify a person by itself."""
    has_system: bool = False
    """True for an identifier that means something only within a namespace."""
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class TableWord:
    """A table that the records of a source may fill."""

    name: str
    fields: tuple[FieldWord, ...]
    one_of: tuple[tuple[str, ...], ...] = ()
    """Groups of fields of which at least one must be filled, such as (("nhs_number", "local_id"),)."""
    from_source: tuple[str, ...] = ()
    """Fields that take the source's own `organisation` or `service_kind` where no column is named for them."""
    row_is: str = ""

    def field(self, name: str) -> FieldWord | None:
        """The field of that name, if the table has it."""
        return next((field for field in self.fields if field.name == name), None)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields, in order."""
        return tuple(field.name for field in self.fields)


@dataclass(frozen=True, slots=True)
class FormatWord:
    """A format of files; `brings_tables` where the format itself says what fills which table (FHIR)."""

    name: str
    brings_tables: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every word a project file may use where it is not free to choose its own."""

    tables: tuple[TableWord, ...]
    formats: tuple[FormatWord, ...]
    service_kinds: tuple[str, ...]
    """The standard service kinds; a project may add its own."""
    organisation_kinds: tuple[str, ...]
    modes: tuple[str, ...] = ("planning", "care")
    engines: tuple[str, ...] = ("duckdb",)
    suppressions: tuple[str, ...] = ("nhs_digital_sub_national",)
    """Disclosure policies, by name."""
    reserved_systems: tuple[str, ...] = ("nhs", "born")
    """Namespaces that a local identifier may not claim, since other anchors have them."""

    def table(self, name: str) -> TableWord | None:
        """The table of that name, if there is one."""
        return next((table for table in self.tables if table.name == name), None)

    def format(self, name: str) -> FormatWord | None:
        """The format of that name, if there is one."""
        return next((each for each in self.formats if each.name == name), None)
