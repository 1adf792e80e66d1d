"""The tables of a source: which of its columns fill which fields, read with every fault noted.

Takes the `tables` part of a source and its surroundings; gives `TableMapping` values. What a field's key may hold
depends on what the field is, and stands in `_SUITS`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from fishplate.settings.faults import did_you_mean, one_of, quoted
from fishplate.settings.files import namespace_trouble, zone_trouble
from fishplate.settings.formats import BORN_ON, Wrong, ambiguous, date_format_faults, joined, time_format_faults
from fishplate.settings.part import Part, kind_of
from fishplate.settings.project import Condition, Field, TableMapping
from fishplate.settings.values import plain, value_fault
from fishplate.settings.vocabulary import FieldWord, TableWord, Vocabulary

ISO_DATE = ("%Y-%m-%d",)
ISO_TIMES = ("%H:%M:%S", "%H:%M")
"""What a date and a time in two columns are taken to be written like, where the project does not say (ISO 8601)."""

_CODED = ("text", "whole", "number", "flag")
_SUITS: dict[str, tuple[str, ...]] = {
    "format": ("day", "moment"),
    "date": ("moment",),
    "time": ("moment",),
    "time_format": ("moment",),
    "zone": ("moment",),
    "codes": _CODED,
    "other": _CODED,
}
_WAYS = ("column", "columns", "value", "date")
_FIELD_FORM = 'a column\'s name, such as "NHS_NO", or a table, such as {column = "NHS_NO"}'


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the rest of the project says that a mapping depends on."""

    vocabulary: Vocabulary
    organisation: str
    service_kind: str
    zone: str
    service_kinds: tuple[str, ...]
    organisations: tuple[str, ...]
    """Known organisations; empty where a source may bring others, so that none can be called unknown."""

    def allowed(self, field: FieldWord) -> tuple[str, ...]:
        """The only texts a field may hold; empty where any will do."""
        if field.name.endswith("service_kind"):
            return self.service_kinds
        if field.name.endswith("organisation_id"):
            return self.organisations
        return field.codes


def read_tables(tables: Part, around: Surroundings) -> Iterator[TableMapping]:
    """The mapping of every table that a source fills."""
    for name in tables.values:
        part = tables.part(name)
        word = around.vocabulary.table(name)
        if word is None:
            known = tuple(table.name for table in around.vocabulary.tables)
            hint = did_you_mean(name, known)
            tables.fault(name, f"there is no table {quoted(name)} to fill", one_of(known, hint), hint)
        elif part.exists:
            yield _read_table(part, word, around)


def _read_table(part: Part, word: TableWord, around: Surroundings) -> TableMapping:
    conditions = tuple(read_conditions(part, "only"))
    fields = [_read_field(part, field, around) for field in word.fields if part.has(field.name)]
    for name, value in (("organisation_id", around.organisation), ("service_kind", around.service_kind)):
        if value and name in word.from_source and not part.has(name):
            fields.append(Field(name, value=value))
    part.close()
    _miss(part, word, {field.target for field in fields})
    return TableMapping(word.name, tuple(fields), conditions)


def _miss(part: Part, word: TableWord, filled: set[str]) -> None:
    """Note every field that must be filled and is not."""
    for field in word.fields:
        if field.required and field.name not in filled:
            hint = f"Or give the source a {field.name}." if field.name in word.from_source else ""
            part.fault(field.name, f"nothing fills it, and {word.name} mean nothing without it", _FIELD_FORM, hint)
    for group in word.one_of:
        if not filled.intersection(group):
            part.fault("", f"nothing says whose {word.name} these are", "a column for " + " or ".join(group))


def read_conditions(part: Part, key: str) -> Iterator[Condition]:
    """The conditions of a list such as `only` or `leave_out`: a column, with `codes` or `not_codes`."""
    for item in part.parts(key):
        column = item.text("column", required=True)
        negated = item.has("not_codes")
        codes = item.texts("not_codes" if negated else "codes")
        if negated and item.has("codes"):
            item.fault("not_codes", "codes and not_codes stand together", "one of them")
        elif not codes:
            item.fault("codes", "there are no codes", 'a list of codes, such as ["A", "B"]')
        item.close()
        yield Condition(column, tuple(code.strip() for code in codes), negated)


def _read_field(table: Part, word: FieldWord, around: Surroundings) -> Field:
    value = table.get(word.name)
    zone = around.zone if word.kind == "moment" else ""
    if isinstance(value, str):
        if not value.strip():
            table.fault(word.name, "it is blank", _FIELD_FORM)
        return Field(word.name, (value,), zone=zone)
    if not isinstance(value, dict):
        table.fault(word.name, f"it is {kind_of(value)}", _FIELD_FORM)
        return Field(word.name)
    part = table.part(word.name)
    _refuse_unsuited(part, word)
    cells, time_cell = _read_cells(part)
    codes, other = _read_codes(part, word, around)
    field = Field(
        word.name, cells, time_cell, _read_value(part, word, around), codes, other,
        _read_formats(part, bool(time_cell)), _read_zone(part, zone), _read_system(part, around),
    )  # fmt: skip
    if word.name == BORN_ON and any("%y" in text for text in field.formats):
        part.fault(
            "format",
            "a year of two digits does not say in which century somebody was born",
            "a format with %Y",
            "Ask for whole years, or leave born_on out.",
        )
    part.close()
    return field


def _refuse_unsuited(part: Part, word: FieldWord) -> None:
    """Note every key that has no meaning for a field of this kind."""
    for key, kinds in _SUITS.items():
        if part.has(key) and word.kind not in kinds:
            part.fault(key, f"{word.name} is {_A[word.kind]} and can't have it", f"no {key} here")
    if part.has("system") and not word.has_system:
        part.fault("system", f"{word.name} has no namespaces", "no system here")


_A = {"text": "a text", "whole": "a whole number", "number": "a number", "flag": "a yes or no", "day": "a date",
      "moment": "a moment"}  # fmt: skip


def _read_cells(part: Part) -> tuple[tuple[str, ...], str]:
    """The columns that fill the field, in the order they are tried, and the column of the time."""
    ways = [key for key in _WAYS if part.has(key)]
    if not ways:
        part.fault("", "nothing says what fills it", one_of(_WAYS))
    elif len(ways) > 1:
        part.fault(ways[1], f"{' and '.join(ways)} stand together", f"one of {', '.join(ways)}")
    column, columns, day = part.text("column"), part.texts("columns"), part.text("date")
    for key, given in (("column", column), ("columns", columns), ("date", day)):
        if part.has(key) and not given:
            part.fault(key, "it names no column", "a column of the file")
    time = part.text("time", required=part.has("time"))
    if part.has("time") and not part.has("date"):
        part.fault("time", "there is a column for the time and none for the date", 'date = "..." beside it')
    if part.has("time_format") and not part.has("time"):
        part.fault("time_format", "there is no column for the time", 'time = "..." beside it')
    return tuple(cell for cell in (column, *columns, day) if cell), time if day else ""


def _read_value(part: Part, word: FieldWord, around: Surroundings) -> str:
    if not part.has("value"):
        return ""
    value = plain(part.get("value"))
    if value is None:
        part.fault("value", f"it is {kind_of(part.get('value'))}", "a text or a number")
        return ""
    if not value and word.required:
        part.fault("value", f"it is blank, and {word.name} must be filled", "a value")
    elif value:
        _check_value(part, ("value",), value, word, around)
    return value


def _read_codes(part: Part, word: FieldWord, around: Surroundings) -> tuple[tuple[tuple[str, str], ...], str]:
    codes = part.part("codes")
    pairs: list[tuple[str, str]] = []
    for code, meant in codes.values.items():
        ours = plain(codes.get(code))
        if ours is None:
            codes.fault(code, f"it is {kind_of(meant)}", "a text or a number")
        elif not code.strip():
            codes.fault(code, "a blank cell has no code", "a code; blank cells stay blank")
        else:
            _check_value(part, ("codes", code), ours, word, around)
            pairs.append((code.strip(), ours))
    if codes.exists and not codes.values:
        part.fault("codes", "it holds no codes", 'the file\'s codes and ours, such as {I = "spell"}')
    if part.has("codes") and part.has("value"):
        part.fault("codes", "value and codes stand together", "codes beside a column, or a value by itself")
    other = part.text("other", required=part.has("other"))
    if part.has("other") and not part.has("codes"):
        part.fault("other", "there are no codes for it to stand beside", "codes = {...} beside it")
    elif other:
        _check_value(part, ("other",), other, word, around)
    return tuple(pairs), other


def _check_value(part: Part, at: tuple[str, ...], value: str, word: FieldWord, around: Surroundings) -> None:
    if wrong := value_fault(value, word.kind, around.allowed(word)):
        part.faults.add((*part.at, *at), *wrong)


def _read_formats(part: Part, has_time: bool) -> tuple[str, ...]:
    formats = _listed(part, "format")
    for text in formats:
        _note(part, "format", date_format_faults(text))
    if pair := ambiguous(formats):
        wrong = f"{quoted(pair[0])} and {quoted(pair[1])} can both read one date, as different days"
        part.fault("format", wrong, "formats that no date fits twice", "Find out which one the source writes.")
    times = _listed(part, "time_format")
    for text in times:
        _note(part, "time_format", time_format_faults(text))
    return joined(formats or ISO_DATE, times or ISO_TIMES) if has_time else formats


def _listed(part: Part, key: str) -> tuple[str, ...]:
    """One format or a list of them, each once, in the order they are tried."""
    if not part.has(key):
        return ()
    given = part.texts(key) if isinstance(part.get(key), list) else (part.text(key, required=True),)
    if not given:
        part.fault(key, "the list is empty", 'a format, such as "%d/%m/%Y"')
    return tuple(dict.fromkeys(text for text in given if text.strip()))


def _note(part: Part, key: str, faults: Iterator[Wrong]) -> None:
    for wrong, expected in faults:
        part.fault(key, wrong, expected)


def _read_zone(part: Part, zone: str) -> str:
    given = part.text("zone", required=part.has("zone"))
    if given and (trouble := zone_trouble(given)):
        part.fault("zone", *trouble)
    return given or zone


def _read_system(part: Part, around: Surroundings) -> str:
    system = part.text("system", required=part.has("system"))
    if system and (trouble := namespace_trouble(system, around.vocabulary.reserved_systems)):
        part.fault("system", *trouble)
    return system
