"""The words a project file may use, taken from the tables, formats and lists that declare them.

Gives the `Vocabulary` that `settings/reading.py` is handed. Nothing is listed twice: a new table, field, format,
service kind or policy is in a project's reach as soon as it is declared.
"""

from collections.abc import Iterable

from fishplate.care.organisations import OrganisationKind, ServiceKind
from fishplate.records.sources import formats
from fishplate.records.tables import ABOUT_A_PERSON, DIRECTORY, PERSON_FIELDS, RECORD_ID
from fishplate.settings.vocabulary import FieldWord, FormatWord, TableWord, Vocabulary
from fishplate.store.tables import Column, Kind, Table, logical_fields

KINDS = {
    Kind.TEXT: "text", Kind.WHOLE: "whole", Kind.SMALL: "whole", Kind.NUMBER: "number", Kind.FLAG: "flag",
    Kind.DAY: "day", Kind.MOMENT: "moment",
}  # fmt: skip
FROM_SOURCE = ("organisation_id", "service_kind")


def vocabulary(suppressions: Iterable[str] = ("nhs_digital_sub_national",)) -> Vocabulary:
    """Every word a project file may use; the names of disclosure policies are handed in."""
    return Vocabulary(
        tables=tuple(table_word(table) for table in (*ABOUT_A_PERSON, *DIRECTORY)),
        formats=tuple(FormatWord(form.name, brings_tables=not form.is_tabular) for form in formats().values()),
        service_kinds=tuple(ServiceKind),
        organisation_kinds=tuple(OrganisationKind),
        engines=("duckdb",),
        suppressions=tuple(suppressions),
    )


def table_word(table: Table) -> TableWord:
    """A table as a project file may fill it."""
    is_of_person = table in ABOUT_A_PERSON
    columns = (RECORD_ID, *(PERSON_FIELDS if is_of_person else ()), *logical_fields(table))
    return TableWord(
        table.name,
        tuple(field_word(column) for column in columns),
        one_of=(("nhs_number", "local_id"),) if is_of_person else (),
        from_source=tuple(name for name in FROM_SOURCE if is_of_person and any(c.name == name for c in columns)),
        row_is=table.row_is,
    )


def field_word(column: Column) -> FieldWord:
    """A field as a project file may fill it."""
    return FieldWord(
        column.name,
        KINDS[column.kind],  # type: ignore[arg-type]
        column.required,
        column.codes,
        column.identifies,
        has_system=column.name == "local_id",
        meaning=column.meaning,
    )
