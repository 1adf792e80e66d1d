"""Reads the worked examples of a standard: what one person's records say, and every join that must follow.

Takes the `[[example]]` parts of the file and the words of the published tables; gives `Example` values, and notes every
fault: a column that is not there, a moment that is none, a code that is not in its list. Rule of this file: an
example names nobody, so a column that identifies a person is unknown here.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final

from fishplate.care.hours import parse_watched_hours
from fishplate.care.joins import Flag, JoinState
from fishplate.settings.faults import did_you_mean, one_of, quoted
from fishplate.settings.part import Part
from fishplate.settings.vocabulary import FieldWord, Vocabulary
from fishplate.standards.standard import Example, Expected, Row

TABLES: Final = (
    "legs", "contacts", "referrals", "choices", "plans", "life_events", "assessments", "answers", "services",
)  # fmt: skip
"""The tables whose rows an example may have; each row's `id` is the source's id of the record."""

OWN_TABLES: Final = {
    name: {field.name: field for field in fields}
    for name, fields in {
        "told": (FieldWord("told", "moment", True), FieldWord("to_service_kind", required=True), FieldWord("need")),
        "elsewhere": (FieldWord("recorded", "moment", True), FieldWord("need")),
        "answers_to": (FieldWord("came", required=True), FieldWord("answers", required=True)),
        "feeds": (
            FieldWord("service_kind"), FieldWord("organisation_id"), FieldWord("complete_from", "moment"),
            FieldWord("complete_until", "moment"), FieldWord("hole_from", "moment"), FieldWord("hole_until", "moment"),
            FieldWord("lacks"),
        ),
    }.items()
}  # fmt: skip
"""What an example says besides, that no published table holds in this form (`standard.Row`)."""

OPTIONAL: Final = frozenset({"leg_kind", "service_id"})
"""Columns a published row must have and an example may leave out: a leg is then an episode, a service its `id`."""


def read_examples(top: Part, vocabulary: Vocabulary) -> tuple[Example, ...]:
    """Every worked example; a standard without any has nothing that shows what it means."""
    examples = []
    for part in top.parts("example"):
        rows = tuple(read_rows(part, vocabulary))
        ids = {row.key for row in rows if row.key}
        expects = tuple(read_expected(each, ids) for each in part.parts("expects"))
        name, words = part.text("name", required=True), part.text("words", required=True)
        holidays = read_holidays(part)
        examples.append(Example(name=name, words=words, rows=rows, expects=expects, holidays=holidays))
        part.close()
    if not examples and not top.has("example"):
        top.fault("example", "there is none", "at least one [[example]], which shows what the standard means")
    refuse_twins(top, examples)
    return tuple(examples)


def read_holidays(part: Part) -> frozenset[date]:
    """The bank holidays that the example's place keeps."""
    value = part.get("holidays")
    given = value if isinstance(value, list) else []
    if any(type(day) is not date for day in given) or (value is not None and not isinstance(value, list)):
        part.fault("holidays", "it is no list of dates", "a list of dates, such as [2025-08-25]")
    return frozenset(day for day in given if type(day) is date)


def refuse_twins(top: Part, examples: list[Example]) -> None:
    """Note every example whose name another has already."""
    names = [example.name for example in examples]
    for place, name in enumerate(names):
        if name and name in names[:place]:
            top.faults.add((*top.at, "example", place, "name"), f"{quoted(name)} stands twice", "a name of its own")


def read_rows(part: Part, vocabulary: Vocabulary) -> Iterator[Row]:
    """Every row of an example, table by table."""
    seen: set[str] = set()
    for table in (*TABLES, *OWN_TABLES):
        for item in part.parts(table):
            row = read_row(item, table, fields_of(table, vocabulary), vocabulary)
            if row.key in seen:
                item.fault("id", f"{quoted(row.key)} stands twice in the example", "an id of its own")
            seen |= {row.key} - {""}
            yield row


def fields_of(table: str, vocabulary: Vocabulary) -> Mapping[str, FieldWord]:
    """The columns that a row of an example may have; the record's id is the row's `id`, and nobody is identified."""
    if table in OWN_TABLES:
        return OWN_TABLES[table]
    word = vocabulary.table(table)
    fields = {field.name: field for field in word.fields if not field.identifies} if word else {}
    fields.pop("record_id", None)
    return fields


def read_row(part: Part, table: str, fields: Mapping[str, FieldWord], vocabulary: Vocabulary) -> Row:
    """One row, every cell checked against its column."""
    key = part.text("id")
    cells = []
    for name in part.values:
        if name == "id":
            continue
        if name not in fields:
            hint = did_you_mean(name, fields)
            part.fault(name, f"{table} has no column {quoted(name)}", one_of(sorted(fields), hint), hint)
            part.get(name)
            continue
        cells.append((name, read_cell(part, fields[name], vocabulary)))
    for field in fields.values():
        if field.required and field.name not in part.values and field.name not in OPTIONAL:
            part.fault(field.name, "it is missing", "a text")
    part.close()
    return Row(table=table, key=key, cells=tuple(cells))


def read_cell(part: Part, field: FieldWord, vocabulary: Vocabulary) -> str:
    """One cell as text, once it is a value that its column can hold."""
    text = part.text(field.name)
    codes = field.codes or (vocabulary.service_kinds if field.name.endswith("service_kind") else ())
    if codes and text and text not in codes:
        hint = did_you_mean(text, codes)
        part.fault(field.name, f"{quoted(text)} is not known", one_of(codes, hint), hint)
    if field.name == "watched_hours" and text:
        for wrong in parse_watched_hours(text)[1]:
            part.fault(field.name, wrong, "hours such as 'Mon-Fri 08:00-18:00'")
    expected = {
        "moment": "a date, or a date and a time, such as 2025-10-03 16:40", "day": "a date, such as 2025-10-03",
        "whole": "a whole number", "number": "a number", "flag": "yes or no",
    }.get(field.kind, "")  # fmt: skip
    if expected and text and not fits(text, field.kind):
        part.fault(field.name, f"{quoted(text)} can't stand here", expected)
    return text


def fits(text: str, kind: str) -> bool:
    """Whether a text can stand in a column of this kind. A moment's zone is always the place's, and never written."""
    try:
        match kind:
            case "moment":
                return datetime.fromisoformat(text).tzinfo is None
            case "day":
                date.fromisoformat(text)
            case "whole":
                int(text)
            case "number":
                float(text)
            case "flag":
                return text in ("yes", "no")
    except ValueError:
        return False
    return True


def read_expected(part: Part, ids: set[str]) -> Expected:
    """One join that the example must give."""
    state = part.word("state", JoinState, required=True)
    flags = part.texts("flags")
    for flag in flags:
        if flag not in tuple(Flag):
            hint = did_you_mean(flag, Flag)
            part.fault("flags", f"{quoted(flag)} is not known", one_of(Flag, hint), hint)
    expected = Expected(
        trigger=part.word("trigger", sorted(ids), required=True),
        state=JoinState(state) if state in tuple(JoinState) else JoinState.NOT_JUDGED,
        flags=frozenset(Flag(flag) for flag in flags if flag in tuple(Flag)),
        match=part.word("match", sorted(ids)) if part.has("match") else None,
    )
    part.close()
    return expected
