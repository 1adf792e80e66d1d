"""The two interpreters of paths, and the two forms of composed references, agree on any FHIR-like record."""

import duckdb
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fishplate.care.people import NHS_NUMBER_SYSTEM, nhs_number
from fishplate.records.anchors import SEPARATOR
from fishplate.records.paths import parse, sql, take
from fishplate.records.paths.grammar import Key, Pair, Reference, Text, Where, Words
from fishplate.records.references import (
    ODS_SYSTEMS,
    compose_identity,
    compose_references,
    identity_sql,
    references_sql,
)
from fishplate.records.sources.fhir import SHAPES

PATHS = sorted(
    {path for shape in SHAPES.values() for _, path in shape.cells}
    | {
        "subject.refers_to()",
        "subject.refers_to(Patient)",
        "subject.refers_to(Patient?).join()",
        "name.given",
        "name.given.join()",
        "contained.id.format('#{}!')",
        "identifier.where(type.coding.code!='MR').(system|value).join()",
        "where(status='x').subject.reference",
        "status",
    }
)

KEYS = [
    *(
        "identifier",
        "system",
        "value",
        "use",
        "type",
        "coding",
        "code",
        "subject",
        "reference",
        "contained",
        "id",
        "url",
    ),
    *(
        "resourceType",
        "name",
        "given",
        "family",
        "status",
        "period",
        "start",
        "extension",
        "performer",
        "link",
        "other",
    ),
    *("telecom", "location", "text", "serviceProvider", "requester", "focus", "providedBy"),
]
WORDS = st.sampled_from(
    [
        *(
            "",
            "x",
            " y ",
            "é\n",
            "1\x00",
            "a\u00a0",
            "a|b",
            f"a{SEPARATOR}b",
            "#",
            "#p",
            "p",
            "old",
            "official",
            "phone",
        ),
        *("MR", "replaces", "Patient", "Organization", "urn:x", NHS_NUMBER_SYSTEM, "9434765919", "943 476 5919"),
        *("Patient/1", "Patient/1\n", "/Patient/1", "Group/1", "Patient/" + "a" * 65, "urn:uuid:6-b", "urn:uuid:a|b"),
        *("https://h/f/Organization/o-1/_history/2", "https://h/ValueSet/v|4.0", "Patient?identifier=urn:x|7"),
        *("Organization?identifier=urn%3Ax%7C8&name=y", "Patient?identifier=|7", "Patient?name=a&identifier=9"),
        *("Patient?identifier=s|", "Patient?identifier=a|b|c"),
    ]
)
LEAVES = st.one_of(
    WORDS,
    st.text(st.characters(codec="utf-8"), max_size=4),
    st.booleans(),
    st.none(),
    st.integers(-9, 9),
    st.floats(allow_nan=False, allow_infinity=False, width=16),
)
IDENTIFIERS = st.fixed_dictionaries({}, optional={"system": WORDS, "value": WORDS, "use": WORDS})
REFERENCES = st.fixed_dictionaries({}, optional={"reference": WORDS, "type": WORDS, "identifier": IDENTIFIERS})
TREES = st.recursive(
    LEAVES | REFERENCES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=12,
)
CONTAINED = st.fixed_dictionaries(
    {"id": st.sampled_from(["p", "x"])},
    optional={
        "resourceType": st.sampled_from(["Organization", "Patient", "Location"]),
        "identifier": IDENTIFIERS | st.lists(IDENTIFIERS, max_size=2),
        "name": WORDS,
    },
)
RUBBISH = st.dictionaries(st.sampled_from(KEYS), TREES, max_size=8)


def fitting(path: str) -> st.SearchStrategy[object]:
    """Records in which that path mostly ends at something."""
    read = parse(path)
    match read.end:
        case Text():
            found: st.SearchStrategy[object] = LEAVES
        case Pair(first, second):
            found = st.fixed_dictionaries({second: WORDS}, optional={first: WORDS})
        case Words(names):
            found = st.fixed_dictionaries({}, optional={name: WORDS | st.lists(WORDS, max_size=3) for name in names})
        case Reference(kind):
            found = REFERENCES | st.fixed_dictionaries(
                {"reference": st.sampled_from([f"{kind}/1", "#p", "urn:oid:1.2"])}
            )
    for step in reversed(read.steps):
        found = before(step, found)
    return st.builds(
        lambda record, contained: record | {"contained": contained} if isinstance(record, dict) else record,
        found,
        st.lists(CONTAINED, max_size=2),
    )


def before(step: Key | Where, found: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """What may stand before a step so that it leads to what is found."""
    match step:
        case Key(name):
            return st.one_of(found, st.lists(found | TREES, max_size=3)).map(lambda value: {name: value})
        case Where(names, text):
            keys = tuple(Key(name) for name in names)
            condition: st.SearchStrategy[object] = st.just(text) | WORDS
            for key in reversed(keys):
                condition = before(key, condition)
            return st.builds(
                lambda value, held: value | held if isinstance(value, dict) and isinstance(held, dict) else value,
                found,
                condition,
            )


NUMBERS = ("943 476 5919", "9434765918", "4010232137")
TEXTS = st.lists(
    st.sampled_from(
        [
            *("Patient/1", "urn:uuid:1", "urn:x|7", "nhs|9434765919", "born|1940-01-31", "a", "x||y", "'", "|"),
            *(f"{NHS_NUMBER_SYSTEM}|{number}" for number in NUMBERS),
            *(f"{system}|RXX" for system in ODS_SYSTEMS),
        ]
    ),
    max_size=4,
).map(lambda texts: SEPARATOR.join(texts) or None)


@pytest.fixture(scope="module")
def engine() -> duckdb.DuckDBPyConnection:
    """A connection with a table of records, and every path over it prepared once as `path_0`, `path_1` and so on."""
    connection = duckdb.connect(config={"threads": 1})
    connection.execute("CREATE TABLE records (record JSON)")
    for number, path in enumerate(PATHS):
        connection.execute(f"PREPARE path_{number} AS SELECT {sql(path, 'record')} FROM records ORDER BY rowid")
    return connection


@st.composite
def cases(draw: st.DrawFn) -> tuple[int, list[object]]:
    """The place of a path, and records: most made for it, some rubbish."""
    number = draw(st.integers(0, len(PATHS) - 1))
    return number, draw(st.lists(fitting(PATHS[number]) | RUBBISH, min_size=1, max_size=12))


@given(case=cases())
def test_a_path_takes_the_same_text_in_python_and_in_sql(
    case: tuple[int, list[object]], engine: duckdb.DuckDBPyConnection
) -> None:
    number, records = case
    written = [orjson.dumps(record).decode() for record in records]
    engine.execute("DELETE FROM records")
    engine.execute("INSERT INTO records SELECT unnest($1::VARCHAR[])::JSON", [written])
    found = [text for (text,) in engine.execute(f"EXECUTE path_{number}").fetchall()]
    assert found == [take(PATHS[number], orjson.loads(text)) for text in written]


def number_of(text: str) -> str:
    """The SQL of the NHS number that one of NUMBERS is, or NULL."""
    cases = (f"WHEN '{written}' THEN '{number}'" for written in NUMBERS if (number := nhs_number(written)))
    return f"CASE {text} {' '.join(cases)} END"


@given(
    cells=st.tuples(TEXTS, TEXTS, TEXTS),
    number=st.sampled_from([None, "9434765919", "4010232137"]),
    born_on=st.sampled_from([None, "1940-01-31"]),
)
def test_references_are_composed_alike_in_python_and_in_sql(
    cells: tuple[str | None, ...], number: str | None, born_on: str | None, engine: duckdb.DuckDBPyConnection
) -> None:
    source = "o'brien"
    identity = identity_sql(("a", "b", "c"), source, number_of, "n", "d")
    row = engine.execute(
        f"SELECT {identity}, {references_sql(('a', 'b', 'c'), source)} "
        "FROM (SELECT $1::VARCHAR AS a, $2::VARCHAR AS b, $3::VARCHAR AS c, $4::VARCHAR AS n, $5::VARCHAR AS d)",
        [*cells, number, born_on],
    ).fetchone()
    assert row == (compose_identity(cells, source, number, born_on), compose_references(cells, source))
