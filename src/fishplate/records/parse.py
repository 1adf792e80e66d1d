"""One record in, one row or its faults out: the plain-Python oracle that the compiled SQL is held to.

Takes the cells of one record by name and gives the staged row (`records.tables.staged`), the faults found (places in
`Reading.checks`) and whether the record is left out. Pure; slow; meant to be read.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from fishplate.care.people import nhs_number
from fishplate.records.anchors import BORN, NHS, SEPARATOR, anchor, join
from fishplate.records.framing import TRIMMED
from fishplate.records.mapping import NO, YES, Reading
from fishplate.records.moments import Read, read
from fishplate.records.reasons import Reason
from fishplate.records.references import SCOPED, compose_identity, compose_references
from fishplate.records.tables import staged
from fishplate.settings.project import Condition, Field
from fishplate.store.tables import Column, Kind, logical_fields

Cells = Mapping[str, str | None]


@dataclass(slots=True)
class Parsed:
    """What one record gave: the row, its faults in the order of the checks, and whether it was left out."""

    row: dict[str, object]
    faults: list[int] = dataclass_field(default_factory=list)
    rejected: bool = False
    left_out: bool = False


def parse_one(reading: Reading, cells: Cells, line: int, file: str, content: Sequence[str | None]) -> Parsed | None:
    """The staged row of one record, or nothing where the record is blank or not meant for the table.

    `content` is every cell of the record in the order of the file, from which the record id is made where the source
    has none.
    """
    written = {name: blank_to_none(cells.get(name)) for name in reading.cells}
    trimmed = {name: None if cell in reading.source.blank else cell for name, cell in written.items()}
    if all(blank_to_none(cell) is None for cell in content):
        return None
    if not all(holds(condition, trimmed) for condition in reading.conditions):
        return None
    if any(holds(condition, trimmed) for condition in reading.source.leave_out):
        return Parsed(dict.fromkeys(staged(reading.table).names) | {"line": line}, left_out=True)
    row: dict[str, object] = dict.fromkeys(staged(reading.table).names)
    found: set[tuple[Reason, str]] = set()
    record_id = reading.mapping.field("record_id")
    row["record_id"] = (text_of(record_id, trimmed) if record_id else None) or content_id(content)
    row |= {"source": reading.source.name, "file": file, "line": line}
    if reading.about_a_person:
        row["identity"] = identity_of(reading, trimmed, row, found)
    else:
        row["aliases"] = aliases_of(reading, trimmed)
    for column in logical_fields(reading.table):
        if column.name not in ("nhs_number", "local_id", "born_on"):
            fill(reading, column, trimmed, row, found)
    if reading.has_period and reversed_period(row):
        found.add((Reason.PERIOD_REVERSED, "ended"))
    faults = [n for n, check in enumerate(reading.checks) if (check.reason, check.field) in found]
    return Parsed(row, faults, rejected=any(reading.checks[n].what == "record" for n in faults))


def blank_to_none(cell: str | None) -> str | None:
    """The cell without white space at its ends, or nothing where that leaves nothing."""
    return (cell.strip(TRIMMED) or None) if cell is not None else None


def holds(condition: Condition, cells: Cells) -> bool:
    """Whether the record meets the condition; a blank cell holds none of the texts."""
    return ((cells[condition.cell] or "") in condition.values) != condition.negated


def text_of(field: Field, cells: Cells) -> str | None:
    """The field's text as the source wrote it: the first cell that is not blank, with the time behind a date."""
    text = next((cells[name] for name in field.cells if cells[name] is not None), None)
    time = cells[field.time_cell] if field.time_cell else None
    return f"{text} {time}" if text is not None and time is not None else text


def content_id(content: Sequence[str | None]) -> str:
    """An id made from all that the record says."""
    text = SEPARATOR.join((blank_to_none(cell) or "") for cell in content)
    return "#" + hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def identity_of(reading: Reading, cells: Cells, row: dict[str, object], found: set[tuple[Reason, str]]) -> str | None:
    """The anchors by which the record names its person (records/anchors.py)."""
    number, born_on = None, None
    field = reading.mapping.field("nhs_number")
    if field and (text := text_of(field, cells)) is not None:
        number = nhs_number(text)
        if number is None:
            found.add((Reason.NHS_NUMBER_INVALID, field.target))
    field = reading.mapping.field("born_on")
    if field and (text := text_of(field, cells) or field.value):
        born = read(text, field.formats, reading.zone(field), reading.project_zone)
        if isinstance(born, Reason):
            found.add((born, field.target))
        else:
            born_on = born.on.isoformat()
            if "born_on" in row:
                row["born_on"] = born.on
    if reading.refers:
        told = tuple(cells[name] for field in reading.identity_fields for name in field.cells)
        identity = compose_identity(told, reading.source.name, number, born_on)
    else:
        anchors = [anchor(NHS, number)] if number else []
        for field in reading.identity_fields:
            if (text := text_of(field, cells)) is not None:
                anchors.append(anchor(reading.namespace(field), text))
        identity = join((*anchors, *((anchor(BORN, born_on),) if born_on else ()))) if anchors else None
    if identity is None:
        found.add((Reason.NO_IDENTIFIER, ""))
    return identity


def aliases_of(reading: Reading, cells: Cells) -> str | None:
    """Every text by which other records may refer to a directory entry."""
    return compose_references(tuple(cells[name] for name in reading.alias_cells), reading.source.name)


def fill(
    reading: Reading, column: Column, cells: Cells, row: dict[str, object], found: set[tuple[Reason, str]]
) -> None:
    """Fill one logical column of the row, and note what is wrong with it."""
    field = reading.mapping.field(column.name)
    written = text_of(field, cells) if field else None
    text = written if written is not None or field is None else (field.value or None)
    if field and field.codes and written is not None:
        text = dict(field.codes).get(written, field.other) or None
        if not field.other and written not in dict(field.codes):
            found.add((Reason.CODE_UNKNOWN, column.name))
    if field and field.system == SCOPED:
        text = compose_references((text,), reading.source.name)
    value: object = text
    if text is not None and column.kind is not Kind.TEXT:
        value = valued(reading, column, field or Field(column.name), text)
        if isinstance(value, Reason):
            found.add((value, column.name))
            value = None
    elif text is not None and column.codes and text not in column.codes:
        found.add((Reason.CODE_UNKNOWN, column.name))
        value = None
    if column.required and value is None and not any(name == column.name for _, name in found):
        found.add((Reason.REQUIRED_MISSING, column.name))
    if column.kind is Kind.MOMENT:
        row |= moment_row(column.name, value if isinstance(value, Read) else None)
    else:
        row[column.name] = value


def valued(reading: Reading, column: Column, field: Field, text: str) -> object | Reason:
    """The value a text states for a column that is not text, or why it states none."""
    if column.kind in (Kind.MOMENT, Kind.DAY):
        moment = read(text, field.formats, reading.zone(field), reading.project_zone)
        return moment.on if column.kind is Kind.DAY and isinstance(moment, Read) else moment
    if column.kind is Kind.FLAG:
        lowered = text.lower()
        return True if lowered in YES else False if lowered in NO else Reason.FLAG_UNREADABLE
    if column.kind is Kind.WHOLE:
        return int(text) if re.fullmatch(r"[+-]?\d{1,17}", text, re.ASCII) else Reason.NUMBER_UNREADABLE
    return float(text) if re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,9})?", text, re.ASCII) else Reason.NUMBER_UNREADABLE


def moment_row(name: str, moment: Read | None) -> dict[str, object]:
    """The four physical columns of a moment."""
    return {
        f"{name}_at": moment.at if moment else None,
        f"{name}_on": moment.on if moment else None,
        f"{name}_is_date": moment.is_date if moment else None,
        f"{name}_offset_minutes": moment.offset_minutes if moment else None,
    }


def reversed_period(row: Mapping[str, object]) -> bool:
    """Whether the row ends before it starts; where either is a date, by dates."""
    if row["started_at"] is None or row["ended_at"] is None:
        return False
    by_date = row["started_is_date"] or row["ended_is_date"]
    start, end = ("started_on", "ended_on") if by_date else ("started_at", "ended_at")
    return bool(row[end] < row[start])  # type: ignore[operator]
