"""What can be wrong with a record under a mapping, and how its fields are read: shared by oracle and compiled SQL.

A `Reading` is a source's mapping of one table made ready: which cells it uses, which fields fill which columns, and the
list of checks in the order in which both the oracle (`records/parse.py`) and the SQL (`records/compile.py`) apply them.
A fault is the place of its check in that list.
"""

from dataclasses import dataclass
from functools import cached_property

from fishplate.records.moments import expected
from fishplate.records.reasons import Check, Reason
from fishplate.records.references import SCOPED
from fishplate.records.tables import ABOUT_A_PERSON, FILLABLE
from fishplate.settings.project import Condition, Field, Source, TableMapping
from fishplate.store.tables import Column, Kind, Table, logical_fields

YES = ("y", "yes", "true", "t", "1")
NO = ("n", "no", "false", "f", "0")
IDENTITY_TARGETS = ("local_id", "identity")


@dataclass(frozen=True)
class Reading:
    """One table's mapping of one source, made ready to be applied."""

    source: Source
    mapping: TableMapping
    project_zone: str

    @cached_property
    def table(self) -> Table:
        """The table that is filled."""
        return FILLABLE[self.mapping.table]

    @property
    def about_a_person(self) -> bool:
        """Whether each row is about a person and must name one."""
        return self.table in ABOUT_A_PERSON

    @cached_property
    def columns(self) -> tuple[tuple[Column, Field], ...]:
        """The logical columns that the mapping fills, each with its field, in the order of the table."""
        filled = ((column, self.mapping.field(column.name)) for column in logical_fields(self.table))
        return tuple((column, field) for column, field in filled if field is not None)

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """The cells the mapping looks at, each once, in order of first use."""
        used: dict[str, None] = {}
        for field in self.mapping.fields:
            used.update(dict.fromkeys((*field.cells, *((field.time_cell,) if field.time_cell else ()))))
        for condition in (*self.mapping.only, *self.source.leave_out):
            used[condition.cell] = None
        return tuple(used)

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """Everything that can be wrong with a record, in the order it is looked for."""
        found: list[Check] = []
        if self.about_a_person:
            nhs = self.mapping.field("nhs_number")
            if nhs:
                found.append(self.check(Reason.NHS_NUMBER_INVALID, nhs))
            born = self.mapping.field("born_on")
            if born:
                found += [self.check(reason, born) for reason in (Reason.DATE_UNREADABLE, Reason.DATE_IMPLAUSIBLE)]
            found.append(Check(Reason.NO_IDENTIFIER, self.table.name))
        for column, field in self.columns:
            found += self.column_checks(column, field)
        found += [
            Check(Reason.REQUIRED_MISSING, self.table.name, column.name)
            for column in logical_fields(self.table)
            if column.required and self.mapping.field(column.name) is None
        ]
        if self.has_period:
            found.append(self.check(Reason.PERIOD_REVERSED, self.mapping.field("ended") or Field("ended")))
        return tuple(found)

    @property
    def has_period(self) -> bool:
        """Whether the table's rows last from a start to an end that must come after it."""
        targets = {field.target for field in self.mapping.fields}
        return {"started", "ended"} <= targets

    def column_checks(self, column: Column, field: Field) -> list[Check]:
        """What can be wrong with one column."""
        found = []
        if column.kind in (Kind.DAY, Kind.MOMENT):
            found += [self.check(reason, field) for reason in (Reason.DATE_UNREADABLE, Reason.DATE_IMPLAUSIBLE)]
        elif column.kind in (Kind.WHOLE, Kind.NUMBER):
            what = "a whole number" if column.kind is Kind.WHOLE else "a number"
            found.append(self.check(Reason.NUMBER_UNREADABLE, field, what))
        elif column.kind is Kind.FLAG:
            found.append(self.check(Reason.FLAG_UNREADABLE, field, "yes, no, true, false, y, n, 1 or 0"))
        if column.codes or (field.codes and not field.other):
            known = ", ".join(sorted({code for code, _ in field.codes}) or column.codes)
            found.append(self.check(Reason.CODE_UNKNOWN, field, known))
        if column.required:
            found.append(self.check(Reason.REQUIRED_MISSING, field))
        return found

    def check(self, reason: Reason, field: Field, expectation: str = "") -> Check:
        """A check of one field."""
        cells = (*field.cells, *((field.time_cell,) if field.time_cell else ()))
        return Check(reason, self.table.name, field.target, ", ".join(cells), expectation or expected(field.formats))

    @cached_property
    def identity_fields(self) -> tuple[Field, ...]:
        """The fields, besides the NHS number, by which a record names its person."""
        return tuple(field for field in self.mapping.fields if field.target in IDENTITY_TARGETS)

    @cached_property
    def alias_cells(self) -> tuple[str, ...]:
        """The cells that hold texts by which other records refer to a directory entry."""
        return tuple(cell for field in self.mapping.fields if field.target == "aliases" for cell in field.cells)

    @property
    def refers(self) -> bool:
        """Whether the record names its person by references, which are composed by records/references.py."""
        return any(field.system == SCOPED for field in self.identity_fields)

    def zone(self, field: Field) -> str:
        """The zone of the field's times where they carry no offset."""
        return field.zone or self.source.zone

    def namespace(self, field: Field) -> str:
        """The namespace of a local identifier."""
        return field.system or self.source.organisation or self.source.name

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Which records the mapping is for."""
        return self.mapping.only
