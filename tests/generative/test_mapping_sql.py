"""The compiled statement makes of any record what the oracle makes of it: any mapping, any table, any cells."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fishplate.care.people import NHS_NUMBER_SYSTEM
from fishplate.records.anchors import SEPARATOR
from fishplate.records.mapping import Reading
from fishplate.records.references import SCOPED
from fishplate.records.tables import ABOUT_A_PERSON, FILLABLE, PERSON_FIELDS
from fishplate.settings.formats import ambiguous, joined
from fishplate.settings.project import Condition, Field, Source, TableMapping
from fishplate.store.duckdb import DuckDB
from fishplate.store.tables import Column, Kind, Table, logical_fields
from tests.generative.mapped import Row, by_oracle, by_sql

COLUMNS = ("NHS_NO", "id", "Id", "^Id", "a b", 'say "x"', "it's", "é", "D1", "T1")
"""Names of columns that differ by case alone, or hold what SQL quotes with."""

FORMATS: tuple[tuple[str, ...], ...] = (
    (), (), ("%d/%m/%Y",), ("%d/%m/%y",), ("%d-%b-%Y", "%d/%m/%Y"), ("%d %B %Y %I:%M %p",), ("%Y%m%d", "%Y%m%d%H%M"),
    ("%d%m%Y",), ("%d/%m/%Y %H:%M:%S.%f",), ("%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d"), ("%d.%m.%Y %H:%M %z",),
    ("%I%p on %d %b %y",), ("%m/%d/%Y %H:%M", "%Y-%m-%d"),
)  # fmt: skip
CLOCKS = (("%H:%M:%S", "%H:%M"), ("%H%M",), ("%I:%M %p",))
# ruff: noqa: DTZ001, RUF001 - clocks on a wall have no zone, and letters of other alphabets are the point.
TIMES = [
    *(datetime(2024, 3, 31, hour, minute) for hour in (0, 1, 2) for minute in (0, 30, 59)),
    *(datetime(2024, 10, 27, hour, minute) for hour in (0, 1, 2) for minute in (0, 30, 59)),
    *(datetime(2024, 3, 10, hour, 30) for hour in (1, 2, 3)),
    *(datetime(2024, 11, 3, hour, 30) for hour in (0, 1, 2)),
    *(datetime(1899, 12, 31, 23, 59), datetime(1900, 1, 1), datetime(2199, 12, 31, 23, 59), datetime(2200, 1, 1)),
    *(
        datetime(1968, 10, 27),
        datetime(1970, 6, 1, 12),
        datetime(1940, 2, 29),
        datetime(1969, 1, 1),
        datetime(2068, 1, 1),
    ),
]
DAYS = st.datetimes(datetime(1890, 1, 1), datetime(2210, 1, 1)) | st.sampled_from(TIMES)
TEXTS = [
    *("", " ", "\t", "\u00a0", "a", "A", " a ", "\u00a0b\t", "a b", "a\nb", "it's", "{}", "{field}", "%d", '"', "\\n"),
    *("ß", "İ"),
    *("9434765919", "943 476 5919", "943-476-5919", "943\u2013476\u20135919", "9434765918", "1111111111", "0000000000"),
    *("94347659190", "943476591", "٩٤٣٤٧٦٥٩١٩", "4010232137", " 9434765919\u00a0", "943\n4765919"),
    *("y", "YES", "True", "t", "1", "n", "No", "FALSE", "f", "0", "ja", "ＹＥＳ", "yes\n", "maybe"),
    *("+5", "-0", "007", "1.5", "-1.25", "1,5", "1e5", "9" * 17, "1" + "0" * 17, "٣", "1.", ".5", "+", "5\n"),
    *("123456789012345.123456789", "1234567890123456", "0.1234567890", "Inf", "NaN", "1_000", "0x1F"),
    *("00:00", "0130", "01:30", "1:30 am", "12:00 PM", "24:00", "12:60"),
    *("I", "E", "spell", "contact", "accepted"),
    *("Patient/1", "urn:x|7", f"{NHS_NUMBER_SYSTEM}|9434765919", "nhs|9434765919", f"a{SEPARATOR}b"),
    *("2024-02-30", "0000-01-01", "0001-01-01", "9999-12-31", "2024-01-01T24:00"),
    "2024-03-31T01:30:00.999999999+01:00",
    *("2024-10-27 01:30", "2024-10-27T01:30:59Z", "2024-01-01T00:30+23:59", "2024-01-01T00:30-24:00", "2024-1-1"),
    *("2024-01-01T10:00:60", "2024-01-01t10:00", "31/12/1899", "1/2/24", "29/02/1900", "1122024"),
    *("2024112", "٠١/٠٢/٢٠٢٤"),
]  # fmt: skip
ZONES = st.sampled_from(["Europe/London", "America/New_York", "UTC"])
CODED = ("I", "E", "a", "A", "it's", "1")


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDB]:
    """One connection for all cases."""
    with DuckDB(threads=1) as connection:
        yield connection


def cells(most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=most, unique=True).map(tuple)


@st.composite
def fields(draw: st.DrawFn, column: Column) -> Field:
    """A field that a project may write for the column."""
    found = draw(cells())
    if column.name in ("nhs_number", "record_id"):
        return Field(column.name, found)
    if column.name in ("local_id", "identity"):
        return Field(column.name, found, system=draw(st.sampled_from(["", "rxx-mrn"])))
    if column.kind in (Kind.DAY, Kind.MOMENT):
        return draw(dates(column, found))
    ours = {
        Kind.TEXT: column.codes or ("x", "it's", ""), Kind.FLAG: ("true", "no", "ja"), Kind.WHOLE: ("5", "x"),
        Kind.NUMBER: ("-1.5", "x"),
    }[column.kind]  # fmt: skip
    value, other = draw(st.sampled_from(["", *ours])), draw(st.sampled_from(["", *ours]))
    match draw(st.sampled_from(["plain", "value", "coded", "fixed"])):
        case "value":
            return Field(column.name, found, value=value)
        case "coded":
            pairs = st.tuples(st.sampled_from(CODED), st.sampled_from(ours))
            return Field(column.name, found, codes=tuple(draw(st.lists(pairs, min_size=1, max_size=4))), other=other)
        case "fixed":
            return Field(column.name, value=value)
    return Field(column.name, found)


@st.composite
def dates(draw: st.DrawFn, column: Column, found: tuple[str, ...]) -> Field:
    """A field of a day or a moment, from one column or from two."""
    formats = draw(st.sampled_from(FORMATS))
    zone = draw(ZONES) if column.kind is Kind.MOMENT else ""
    plain = tuple(each for each in formats if not any(clock in each for clock in ("%H", "%I")))
    if column.kind is Kind.MOMENT and draw(st.booleans()):
        formats = joined(plain or ("%Y-%m-%d",), draw(st.sampled_from(CLOCKS)))
        return Field(column.name, found[:1], draw(st.sampled_from(COLUMNS)), formats=formats, zone=zone)
    assume(ambiguous(formats) is None)
    value = draw(st.sampled_from(["", "2024-01-01", "2024-01-01T10:00:00Z"]))
    return Field(column.name, found, value=value, formats=formats, zone=zone)


def fillable(table: Table) -> tuple[Column, ...]:
    """Every field that a mapping may fill."""
    identity = Column("identity", Kind.TEXT, "")
    who = (*PERSON_FIELDS, identity) if table in ABOUT_A_PERSON else ()
    return (Column("record_id", Kind.TEXT, ""), *who, *logical_fields(table))


CONDITIONS = st.lists(
    st.builds(
        Condition,
        st.sampled_from(COLUMNS),
        st.lists(st.sampled_from(["", *CODED]), min_size=1, max_size=4, unique=True).map(tuple),
        st.booleans(),
    ),
    max_size=2,
).map(tuple)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """A mapping of a source: most fields of a table filled in some way."""
    table = draw(st.sampled_from(list(FILLABLE.values())))
    filled = [draw(fields(column)) for column in fillable(table) if draw(st.integers(0, 3))]
    scoped = draw(st.booleans())
    if table in ABOUT_A_PERSON and scoped:
        filled = [each for each in filled if each.target not in ("local_id", "identity")]
        filled.append(Field("identity", draw(cells(3)), system=SCOPED))
    elif scoped:
        filled.append(Field("aliases", draw(cells(3)), system=SCOPED))
    only, left_out = draw(CONDITIONS), draw(CONDITIONS)
    mapping = TableMapping(table.name, tuple(filled), only if draw(st.booleans()) else ())
    organisation, zone = draw(st.sampled_from(["", "RXX"])), draw(ZONES)
    source = Source(
        "trust", "csv", "*.csv", organisation, zone=zone, blank=draw(st.sampled_from([(), (), ("a", "it's", "0")])),
        leave_out=left_out if draw(st.booleans()) else (), tables=(mapping,),
    )  # fmt: skip
    return Reading(source, mapping, draw(ZONES))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Reading, list[Row]]:
    """A mapping, and rows whose cells are often what it looks for."""
    reading = draw(readings())
    patterns = sorted({pattern for field in reading.mapping.fields for pattern in field.formats} | {"%Y-%m-%d"})
    written = st.builds(
        lambda day, pattern: day.strftime(pattern.replace("%z", "+0100")), DAYS, st.sampled_from(patterns)
    )
    texts = st.sampled_from(TEXTS)
    cell = st.none() | texts | texts | written | written | st.text(max_size=4)
    return reading, draw(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, cell)), min_size=1, max_size=12))


@given(case=cases())
def test_sql_makes_of_a_record_what_the_oracle_makes_of_it(case: tuple[Reading, list[Row]], engine: DuckDB) -> None:
    reading, rows = case
    assert by_sql(engine, reading, COLUMNS, rows) == by_oracle(reading, COLUMNS, rows)


ENDS = st.sampled_from(TIMES[:9]).flatmap(
    lambda day: st.sampled_from([f"{day:%Y-%m-%d}", f"{day:%Y-%m-%dT%H:%M}", f"{day:%Y-%m-%dT%H:%M}-05:00", "", "soon"])
)
LEG = TableMapping(
    "legs",
    (
        Field("local_id", ("id",)),
        Field("service_kind", value="ward"),
        Field("leg_kind", value="spell"),
        Field("started", ("D1",)),
        Field("ended", ("T1",), zone="America/New_York"),
    ),
)


@given(ends=st.lists(st.tuples(ENDS, ENDS), min_size=1, max_size=40), zone=ZONES)
def test_a_start_and_an_end_close_together_are_compared_alike(
    ends: list[tuple[str, str]], zone: str, engine: DuckDB
) -> None:
    rows: list[Row] = [dict.fromkeys(COLUMNS) | {"id": "1", "D1": start, "T1": end} for start, end in ends]
    reading = Reading(Source("trust", "csv", "*", tables=(LEG,)), LEG, zone)
    assert by_sql(engine, reading, COLUMNS, rows) == by_oracle(reading, COLUMNS, rows)
