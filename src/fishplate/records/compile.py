"""Compiles a mapping into one SQL statement that does to every record what `records/parse.py` does to one.

The statement is built in layers, each a subquery over the one below: trimmed cells, the text of each field, wall-clock
times, values, faults. A record with a fault carries the places of its checks (`Reading.checks`) in `faults`; one that
is left out carries nothing but its line. The SQL is DuckDB's; the oracle is its meaning, and tests hold them together.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from fishplate.records.anchors import BORN, NHS, anchor
from fishplate.records.mapping import NO, YES, Reading
from fishplate.records.moments import FIRST_YEAR, LAST_YEAR, OFFSET, Format, formats, repeated_hours
from fishplate.records.reasons import Reason
from fishplate.records.references import SCOPED, identity_sql, references_sql
from fishplate.records.tables import staged
from fishplate.settings.project import Condition, Field
from fishplate.store.engine import literal, name
from fishplate.store.tables import Column, Kind, logical_fields

SEPARATOR_SQL = "chr(31)"
OFFSET_AT_END = rf"\s?{OFFSET}$"
DASHES_SQL = " || ".join(f"chr({code})" for code in (32, 9, 160, 0x2009, 0x202F, 45, *range(0x2010, 0x2015), 0x2212))


@dataclass(slots=True)
class Layers:
    """The pieces of the statement: expressions by name, one list a layer, and the faults in the order of the checks."""

    texts: list[str] = dataclass_field(default_factory=list)
    walls: list[str] = dataclass_field(default_factory=list)
    values: list[str] = dataclass_field(default_factory=list)
    faults: dict[tuple[Reason, str], str] = dataclass_field(default_factory=dict)
    columns: dict[str, str] = dataclass_field(default_factory=dict)


def statement(reading: Reading, raw: str, cell_sql: Callable[[str], str], content: tuple[str, ...], file: str) -> str:
    """The SQL that gives the staged rows of a file.

    `raw` is the relation of framed records (`line` and text columns, trimmed, blank ones null), `cell_sql` the
    expression for a named cell over it, `content` those of all its cells, from which record ids are made where the
    source has none. Gives the columns of `staged(table)`, then `faults` (a list of whole numbers, or null), `rejected`
    and `left_out`.
    """
    layers = Layers()
    reads_record_id(reading, layers)
    if reading.about_a_person:
        reads_identity(reading, layers)
    else:
        reads_aliases(reading, layers)
    for column in logical_fields(reading.table):
        reads_column(reading, column, layers)
    told = {cell: written(cell_sql(cell), reading.source.blank) for cell in reading.cells}
    cells = ", ".join(f"{sql} AS {cell_name(cell)}" for cell, sql in told.items())
    blank = f"coalesce({', '.join(content)}) IS NULL"
    only = " AND ".join(["true", *(holds(condition) for condition in reading.conditions)])
    left_out = " OR ".join(["false", *(holds(condition) for condition in reading.source.leave_out)])
    return f"""
SELECT {final_columns(reading, layers, file)}
FROM (SELECT *, {fault_list(reading, layers)} AS faults
FROM (SELECT *, {joined(layers.values)}
FROM (SELECT *, {joined(layers.walls)}
FROM (SELECT *, {joined(layers.texts)}
FROM (SELECT *, ({left_out}) AS left_out
FROM (SELECT line, {own_id(reading, told, content)} AS content_id, {cells or "1 AS no_cells"} FROM {raw}
WHERE NOT ({blank}))
WHERE {only})))))"""


def written(cell: str, blank: tuple[str, ...]) -> str:
    """A cell, null where it holds a text by which its source says that nothing is written."""
    return f"CASE WHEN {cell} NOT IN ({', '.join(map(literal, blank))}) THEN {cell} END" if blank else cell


def joined(expressions: list[str]) -> str:
    """The expressions of a layer; a layer without any still needs one."""
    return ", ".join(expressions) or "1"


def cell_name(cell: str) -> str:
    """The name of a trimmed cell inside the statement; capitals are marked, since SQL takes `Id` and `id` for one."""
    return name("cell " + re.sub(r"[A-Z^]", r"^\g<0>", cell))


def holds(condition: Condition) -> str:
    """The condition as SQL; a blank cell holds none of the texts."""
    listed = ", ".join(literal(value) for value in condition.values)
    return f"coalesce({cell_name(condition.cell)}, '') {'NOT ' if condition.negated else ''}IN ({listed})"


def text_sql(field: Field) -> str:
    """The field's text as the source wrote it."""
    cells = [cell_name(cell) for cell in field.cells]
    text = f"coalesce({', '.join(cells)})" if len(cells) > 1 else (cells[0] if cells else "CAST(NULL AS VARCHAR)")
    if not field.time_cell:
        return text
    time = cell_name(field.time_cell)
    return f"CASE WHEN {text} IS NOT NULL AND {time} IS NOT NULL THEN {text} || ' ' || {time} ELSE {text} END"


def content_id(content: tuple[str, ...]) -> str:
    """An id made from all that the record says."""
    cells = ", ".join(f"coalesce({cell}, '')" for cell in content)
    return f"'#' || md5(concat_ws({SEPARATOR_SQL}, {cells}))"


def own_id(reading: Reading, told: dict[str, str], content: tuple[str, ...]) -> str:
    """The id made from content, only for the records that have none of their own: it is costly."""
    field = reading.mapping.field("record_id")
    if field is None or not field.cells:
        return content_id(content)
    blank = " AND ".join(f"{told[cell]} IS NULL" for cell in field.cells)
    return f"CASE WHEN {blank} THEN {content_id(content)} END"


def reads_record_id(reading: Reading, layers: Layers) -> None:
    """The record's own id, or one made from its content."""
    field = reading.mapping.field("record_id")
    text = text_sql(field) if field else "NULL"
    layers.texts.append(f"coalesce({text}, content_id) AS record_id_text")
    layers.columns["record_id"] = "record_id_text"


def reads_identity(reading: Reading, layers: Layers) -> None:
    """The anchors by which the record names its person, and what is wrong with them."""
    number, born_on = "CAST(NULL AS VARCHAR)", "CAST(NULL AS VARCHAR)"
    field = reading.mapping.field("nhs_number")
    if field:
        layers.texts.append(f"{text_sql(field)} AS nhs_text, {nhs_digits(text_sql(field))} AS nhs_digits")
        layers.walls.append(f"CASE WHEN {nhs_valid('nhs_digits')} THEN nhs_digits END AS nhs_valid")
        layers.faults[Reason.NHS_NUMBER_INVALID, field.target] = "nhs_text IS NOT NULL AND nhs_valid IS NULL"
        number = "nhs_valid"
    field = reading.mapping.field("born_on")
    if field:
        reads_wall(reading, field, "born", layers)
        layers.faults[Reason.DATE_UNREADABLE, field.target] = "born_text IS NOT NULL AND born_wall IS NULL"
        layers.faults[Reason.DATE_IMPLAUSIBLE, field.target] = f"born_wall IS NOT NULL AND NOT {plausible('born')}"
        layers.values.append(f"CASE WHEN {plausible('born')} THEN {local_date(reading, field, 'born')} END AS born_on")
        layers.columns["born_on"] = "born_on"
        born_on = "CAST(born_on AS VARCHAR)"
    if reading.refers:
        told = tuple(cell_name(cell) for field in reading.identity_fields for cell in field.cells)
        identity = identity_sql(told, reading.source.name, nhs_number_of, number, born_on)
    else:
        anchors = [f"{literal(anchor(NHS, ''))} || {number}"]
        for place, field in enumerate(reading.identity_fields):
            layers.texts.append(f"{text_sql(field)} AS anchor_{place}")
            anchors.append(f"{literal(anchor(reading.namespace(field), ''))} || anchor_{place}")
        born = f"{literal(anchor(BORN, ''))} || {born_on}"
        some = f"coalesce({', '.join(anchors)}) IS NOT NULL"
        identity = f"CASE WHEN {some} THEN concat_ws({SEPARATOR_SQL}, {', '.join((*anchors, born))}) END"
    layers.values.append(f"{identity} AS identity_value")
    layers.faults[Reason.NO_IDENTIFIER, ""] = "identity_value IS NULL"
    layers.columns["identity"] = "identity_value"


def nhs_number_of(text: str) -> str:
    """The ten digits of the NHS number that a text is; null where it is none."""
    return f"CASE WHEN {nhs_valid(nhs_digits(text))} THEN {nhs_digits(text)} END"


def nhs_digits(text: str) -> str:
    """The text less the spaces and dashes people write NHS numbers with; taking them out is slow, and rarely needed."""
    return f"CASE WHEN regexp_full_match({text}, '[0-9]*') THEN {text} ELSE translate({text}, {DASHES_SQL}, '') END"


def nhs_valid(digits: str) -> str:
    """Whether ten digits end in their Modulus 11 check digit (NHS Data Dictionary: NHS NUMBER), and are not all one."""
    number = f"TRY_CAST({digits} AS BIGINT)"
    weighted = " + ".join(f"({number} // {10 ** (place - 1)}) % 10 * {place}" for place in range(10, 1, -1))
    return (
        f"regexp_full_match({digits}, '[0-9]{{10}}') AND {digits} <> repeat(left({digits}, 1), 10) "
        f"AND (11 - ({weighted}) % 11) % 11 = {number} % 10"
    )


def reads_aliases(reading: Reading, layers: Layers) -> None:
    """Every text by which other records may refer to a directory entry."""
    if reading.alias_cells:
        cells = tuple(cell_name(cell) for cell in reading.alias_cells)
        layers.columns["aliases"] = references_sql(cells, reading.source.name)


def reads_column(reading: Reading, column: Column, layers: Layers) -> None:
    """One logical column of the table: its text, its value and what is wrong with it."""
    field = reading.mapping.field(column.name)
    if field is None or column.name == "born_on":
        return
    stem = f"f {column.name}"
    text = name(f"{stem} text")
    if column.kind in (Kind.MOMENT, Kind.DAY):
        reads_moment(reading, column, field, layers)
        value = name(f"{stem} value")
    else:
        value = text
        layers.texts.append(f"{text_sql(field)} AS {name(stem)}")
        told = coded(field, name(stem))
        told = references_sql((told,), reading.source.name) if field.system == SCOPED else told
        layers.walls.append(f"{told} AS {text}")
    if column.kind is Kind.TEXT:
        reads_code(column, field, stem, layers)
    elif column.kind in (Kind.WHOLE, Kind.NUMBER, Kind.FLAG):
        value = name(f"{stem} value")
        layers.values.append(f"{typed(column, text)} AS {value}")
        reason = Reason.FLAG_UNREADABLE if column.kind is Kind.FLAG else Reason.NUMBER_UNREADABLE
        layers.faults[reason, column.name] = f"{text} IS NOT NULL AND {value} IS NULL"
        layers.columns[column.name] = value
        if field.codes and not field.other:
            layers.faults[Reason.CODE_UNKNOWN, column.name] = not_mapped(field, name(stem))
    if column.required:
        before = [sql for (_, target), sql in layers.faults.items() if target == column.name]
        none_before = f" AND NOT ({' OR '.join(f'coalesce({sql}, false)' for sql in before)})" if before else ""
        layers.faults[Reason.REQUIRED_MISSING, column.name] = f"{value} IS NULL{none_before}"


def coded(field: Field, written: str) -> str:
    """The written text turned by the field's codes, or the field's own value where nothing is written."""
    value = literal(field.value) if field.value else "NULL"
    if not field.codes:
        return f"coalesce({written}, {value})" if field.value else written
    other = literal(field.other) if field.other else "NULL"
    turned = {literal(code): literal(ours) if ours else "NULL" for code, ours in field.codes}
    cases = " ".join(f"WHEN {code} THEN {ours}" for code, ours in turned.items())
    return f"CASE WHEN {written} IS NULL THEN {value} ELSE CASE {written} {cases} ELSE {other} END END"


def reads_code(column: Column, field: Field, stem: str, layers: Layers) -> None:
    """A text column: as it is, or one of its list of codes."""
    text, written = name(f"{stem} text"), name(stem)
    if column.codes:
        listed = ", ".join(literal(code) for code in column.codes)
        layers.columns[column.name] = f"CASE WHEN {text} IN ({listed}) THEN {text} END"
        unknown = f"{text} IS NOT NULL AND {text} NOT IN ({listed})"
    else:
        layers.columns[column.name] = text
        unknown = "false"
    if field.codes and not field.other:
        unknown = f"({unknown}) OR ({not_mapped(field, written)})"
    if column.codes or (field.codes and not field.other):
        layers.faults[Reason.CODE_UNKNOWN, column.name] = unknown


def not_mapped(field: Field, written: str) -> str:
    """Whether the written text is none of the field's codes."""
    return f"{written} NOT IN ({', '.join(literal(code) for code, _ in field.codes)})"


def typed(column: Column, text: str) -> str:
    """A text as a whole number, a number or a flag; null where it is none."""
    if column.kind is Kind.FLAG:
        yes, no = (", ".join(literal(word) for word in words) for words in (YES, NO))
        return f"CASE WHEN lower({text}) IN ({yes}) THEN true WHEN lower({text}) IN ({no}) THEN false END"
    shape = r"[+-]?[0-9]{1,17}" if column.kind is Kind.WHOLE else r"[+-]?[0-9]{1,15}(\.[0-9]{1,9})?"
    return f"CASE WHEN regexp_full_match({text}, {literal(shape)}) THEN CAST({text} AS {column.kind.value}) END"


def reads_wall(reading: Reading, field: Field, stem: str, layers: Layers) -> None:
    """The wall-clock time a text states, whether it has a time, and its own offset, as columns of a layer."""
    text, written = name(f"{stem}_text"), text_sql(field)
    value = coded(field, written)
    layers.texts.append(f"{value} AS {text}")
    known = formats(field.formats)
    walls = [f"CASE WHEN regexp_full_match({text}, {literal(fmt.shape)}) THEN {parsed(text, fmt)} END" for fmt in known]
    wall = f"coalesce({', '.join(walls)})" if len(walls) > 1 else walls[0]
    layers.walls.append(f"{wall} AS {name(f'{stem}_wall')}")
    timed = [f"WHEN {wall} IS NOT NULL THEN {str(fmt.timed).lower()}" for wall, fmt in zip(walls, known, strict=True)]
    if len({fmt.timed for fmt in known}) == 1:
        layers.walls.append(f"{str(known[0].timed).lower()} AS {name(f'{stem}_timed')}")
    else:
        layers.walls.append(f"CASE {' '.join(timed)} END AS {name(f'{stem}_timed')}")
    if any(fmt.zoned for fmt in known):
        zoned = " OR ".join(f"({wall} IS NOT NULL)" for wall, fmt in zip(walls, known, strict=True) if fmt.zoned)
        extract = f"nullif(regexp_extract({text}, {literal(f'({OFFSET})$')}, 1), '')"
        layers.walls.append(f"CASE WHEN {zoned} THEN {extract} END AS {name(f'{stem}_offset')}")
    else:
        layers.walls.append(f"CAST(NULL AS VARCHAR) AS {name(f'{stem}_offset')}")


def parsed(text: str, fmt: Format) -> str:
    """A text of the format's shape as a wall-clock time to the second; null where it is no day of the calendar."""
    body = text
    if fmt.take:
        body = f"replace(left({text}, {fmt.take}), 'T', ' ')" if fmt.timed else f"left({text}, {fmt.take})"
    elif fmt.zoned:
        body = f"regexp_replace({text}, {literal(OFFSET_AT_END)}, '')"
    wall = f"try_strptime({body}, {literal(fmt.pattern)})"
    return f"date_trunc('second', {wall})" if "%f" in fmt.pattern else wall


def plausible(stem: str) -> str:
    """Whether the wall-clock time lies in the years a record can be about."""
    return f"coalesce(year({name(f'{stem}_wall')}) BETWEEN {FIRST_YEAR} AND {LAST_YEAR}, false)"


def offset_minutes(offset: str) -> str:
    """An offset such as `+01:00`, `-0400` or `Z`, in minutes ahead of UTC."""
    digits = f"replace({offset}, ':', '')"
    size = f"CAST(substr({digits}, 2, 2) AS INTEGER) * 60 + CAST(substr({digits}, 4, 2) AS INTEGER)"
    return f"CASE {offset} WHEN 'Z' THEN 0 ELSE ({size}) * (CASE WHEN left({offset}, 1) = '-' THEN -1 ELSE 1 END) END"


def instant(reading: Reading, field: Field, stem: str) -> str:
    """The UTC instant of the wall-clock time."""
    wall, offset = name(f"{stem}_wall"), name(f"{stem}_offset")
    in_zone = zoned(wall, reading.zone(field))
    if not any(fmt.zoned for fmt in formats(field.formats)):
        return in_zone
    shifted = f"{wall} - to_minutes(CAST({offset_minutes(offset)} AS INTEGER))"
    return f"CASE WHEN {offset} IS NULL THEN {in_zone} ELSE {shifted} END"


def zoned(wall: str, zone: str) -> str:
    """UTC of a wall-clock time. DuckDB takes the second coming of a time that comes twice; we mean the first."""
    second = f"CAST(timezone({literal(zone)}, {wall}) AS TIMESTAMP)"
    first = f"{second} - INTERVAL 1 HOUR"
    came_twice = f"timezone({literal(zone)}, timezone('UTC', {first})) = {wall}"
    hours = ", ".join(map(str, repeated_hours(zone))) or "NULL"
    return f"CASE WHEN hour({wall}) IN ({hours}) AND {came_twice} THEN {first} ELSE {second} END"


def local_date(reading: Reading, field: Field, stem: str) -> str:
    """The local date of the moment in the project's zone; of a date without a time, that date."""
    wall = name(f"{stem}_wall")
    same = reading.zone(field) == reading.project_zone
    if same and not any(fmt.zoned for fmt in formats(field.formats)):
        return f"CAST({wall} AS DATE)"
    zone = literal(reading.project_zone)
    shifted = f"CAST(timezone({zone}, timezone('UTC', {instant(reading, field, stem)})) AS DATE)"
    plain = f"NOT {name(f'{stem}_timed')}" + (f" OR {name(f'{stem}_offset')} IS NULL" if same else "")
    return f"CASE WHEN {plain} THEN CAST({wall} AS DATE) ELSE {shifted} END"


def reads_moment(reading: Reading, column: Column, field: Field, layers: Layers) -> None:
    """A moment's four columns, or a day's one."""
    stem = f"f {column.name}"
    reads_wall(reading, field, stem, layers)
    wall, value, text = name(f"{stem}_wall"), name(f"{stem} value"), name(f"{stem}_text")
    layers.values.append(f"CASE WHEN {plausible(stem)} THEN {wall} END AS {value}")
    layers.faults[Reason.DATE_UNREADABLE, column.name] = f"{text} IS NOT NULL AND {wall} IS NULL"
    layers.faults[Reason.DATE_IMPLAUSIBLE, column.name] = f"{wall} IS NOT NULL AND NOT {plausible(stem)}"
    on = f"CASE WHEN {plausible(stem)} THEN {local_date(reading, field, stem)} END"
    if column.kind is Kind.DAY:
        layers.columns[column.name] = on
        return
    at, on_name, is_date = (name(f"{stem}_{part}") for part in ("at", "on", "is_date"))
    layers.values += [
        f"CASE WHEN {plausible(stem)} THEN {instant(reading, field, stem)} END AS {at}",
        f"{on} AS {on_name}",
        f"CASE WHEN {plausible(stem)} THEN NOT {name(f'{stem}_timed')} END AS {is_date}",
    ]
    layers.columns[f"{column.name}_at"] = at
    layers.columns[f"{column.name}_on"] = on_name
    layers.columns[f"{column.name}_is_date"] = is_date
    layers.columns[f"{column.name}_offset_minutes"] = f"CAST(date_diff('minute', {at}, {wall}) AS SMALLINT)"


def fault_list(reading: Reading, layers: Layers) -> str:
    """The places of the checks that found something, or null; the list is made for faulty records only."""
    if reading.has_period:
        layers.faults[Reason.PERIOD_REVERSED, "ended"] = reversed_period()
    conditions = [layers.faults.get((check.reason, check.field), "true") for check in reading.checks]
    sure = [f"coalesce({condition}, false)" for condition in conditions]
    listed = ", ".join(f"CASE WHEN {condition} THEN {place} END" for place, condition in enumerate(sure))
    return f"CASE WHEN {' OR '.join(sure) or 'false'} THEN list_filter([{listed}], lambda x: x IS NOT NULL) END"


def reversed_period() -> str:
    """Whether the row ends before it starts; where either is a date, by dates."""
    start, end = "f started", "f ended"
    by_date = f"{name(start + '_is_date')} OR {name(end + '_is_date')}"
    return (
        f"CASE WHEN {by_date} THEN {name(end + '_on')} < {name(start + '_on')} "
        f"ELSE {name(end + '_at')} < {name(start + '_at')} END"
    )


def final_columns(reading: Reading, layers: Layers, file: str) -> str:
    """The staged columns, typed, in order, then the faults; a record left out keeps only its line."""
    layers.columns |= {"source": literal(reading.source.name), "file": literal(file), "line": "line"}
    leaves_out = bool(reading.source.leave_out)
    columns = []
    for column in staged(reading.table).columns:
        sql = layers.columns.get(column.name, "NULL")
        if leaves_out and column.name != "line":
            sql = f"CASE WHEN left_out THEN NULL ELSE {sql} END"
        columns.append(f"CAST({sql} AS {column.kind.value}) AS {name(column.name)}")
    record_faults = [place for place, check in enumerate(reading.checks) if check.what == "record"]
    faults = "CASE WHEN left_out THEN NULL ELSE faults END" if leaves_out else "faults"
    columns.append(f"{faults} AS faults")
    columns.append(f"coalesce(list_has_any({faults}, {record_faults}), false) AS rejected")
    columns.append("left_out")
    return ", ".join(columns)
