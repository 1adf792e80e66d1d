"""The words that the tests' project files may use, made from the tables that sources really fill."""

from fishplate.care.organisations import OrganisationKind, ServiceKind
from fishplate.records.tables import ABOUT_A_PERSON, FILLABLE, PERSON_FIELDS, RECORD_ID
from fishplate.settings.vocabulary import FieldWord, FormatWord, Kind, TableWord, Vocabulary
from fishplate.store.tables import Column, Table, logical_fields
from fishplate.store.tables import Kind as Stored

KINDS: dict[Stored, Kind] = {
    Stored.TEXT: "text", Stored.WHOLE: "whole", Stored.SMALL: "whole", Stored.NUMBER: "number",
    Stored.FLAG: "flag", Stored.DAY: "day", Stored.MOMENT: "moment",
}  # fmt: skip


def field_word(column: Column) -> FieldWord:
    return FieldWord(
        column.name, KINDS[column.kind], column.required, column.codes,
        identifies=column.identifies, has_system=column.name == "local_id", meaning=column.meaning,
    )  # fmt: skip


def table_word(table: Table) -> TableWord:
    personal = table in ABOUT_A_PERSON
    front = (RECORD_ID, *PERSON_FIELDS) if personal else (RECORD_ID,)
    fields = tuple(field_word(column) for column in (*front, *logical_fields(table)))
    own = {"organisation_id", "service_kind"} if table.name != "organisations" else set()
    return TableWord(
        table.name, fields, (("nhs_number", "local_id"),) if personal else (),
        tuple(field.name for field in fields if field.name in own), table.row_is,
    )  # fmt: skip


VOCABULARY = Vocabulary(
    tables=tuple(table_word(table) for table in FILLABLE.values()),
    formats=(FormatWord("csv"), FormatWord("fhir_ndjson", brings_tables=True)),
    service_kinds=tuple(ServiceKind),
    organisation_kinds=tuple(OrganisationKind),
)
