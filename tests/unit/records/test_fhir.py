"""What each FHIR resource gives, by the made examples and by a real bulk export."""

from pathlib import Path

import duckdb
import orjson
import pytest

from fishplate.records.anchors import SEPARATOR
from fishplate.records.paths import parse, sql, take
from fishplate.records.references import compose_identity, compose_references
from fishplate.records.sources.fhir import SHAPES
from fishplate.records.tables import ABOUT_A_PERSON, FILLABLE, PERSON_FIELDS
from fishplate.settings.project import Condition, TableMapping
from fishplate.store.tables import logical_fields

Row = dict[str, str | None]
SOURCE = "trust"


@pytest.fixture(scope="module")
def examples(repository: Path) -> dict[str, list[object]]:
    """The made records by resource type."""
    files = (repository / "tests" / "examples" / "fhir").glob("*.ndjson")
    return {file.stem: [orjson.loads(line) for line in file.read_text("utf-8").splitlines()] for file in files}


def rows(resource_type: str, records: list[object], table: str) -> dict[str, Row]:
    """The texts that fill a table, by record id; references composed, nothing yet read as a date."""
    shape = SHAPES[resource_type]
    mapping = next(mapping for mapping in shape.tables if mapping.table == table)
    cells = [{cell: take(path, record) for cell, path in shape.cells} for record in records]
    filled = [row(mapping, c) for c in cells if all(holds(condition, c) for condition in mapping.only)]
    return {r["record_id"] or "": r for r in filled}


def holds(condition: Condition, cells: Row) -> bool:
    return ((cells[condition.cell] or "") in condition.values) is not condition.negated


def row(mapping: TableMapping, cells: Row) -> Row:
    found: Row = {}
    for field in mapping.fields:
        text = next((cells[c] for c in field.cells if cells[c]), None)
        if field.codes and text:
            text = dict(field.codes).get(text, field.other)
        found[field.target] = text or field.value or None
        if field.system and field.target not in ("identity", "aliases"):
            found[field.target] = compose_references((text,), SOURCE)
    named = {
        t: tuple(cells[c] for f in mapping.fields if f.target == t for c in f.cells) for t in ("identity", "aliases")
    }
    if FILLABLE[mapping.table] in ABOUT_A_PERSON:
        return found | {"identity": compose_identity(named["identity"], SOURCE)}
    return found | {"aliases": compose_references(named["aliases"], SOURCE)}


@pytest.mark.parametrize("resource_type", SHAPES)
def test_a_shape_names_only_cells_and_fields_that_exist(resource_type: str) -> None:
    shape = SHAPES[resource_type]
    cells = dict(shape.cells)
    assert len(cells) == len(shape.cells)
    assert all(parse(path) for path in cells.values())
    for mapping in shape.tables:
        known = {column.name for column in logical_fields(FILLABLE[mapping.table])} | {"record_id"}
        about_a_person = FILLABLE[mapping.table] in ABOUT_A_PERSON
        known |= {"identity", *(column.name for column in PERSON_FIELDS)} if about_a_person else {"aliases"}
        assert {field.target for field in mapping.fields} <= known
        assert {cell for field in mapping.fields for cell in field.cells} <= set(cells)
        assert {condition.cell for condition in mapping.only} <= set(cells)


@pytest.mark.parametrize("resource_type", SHAPES)
def test_sql_takes_the_same_cells_from_the_examples(resource_type: str, examples: dict[str, list[object]]) -> None:
    shape, records = SHAPES[resource_type], examples[resource_type]
    columns = ", ".join(sql(path, "record") for _, path in shape.cells)
    written = [orjson.dumps(record).decode() for record in records]
    with duckdb.connect() as engine:
        found = engine.execute(f"SELECT {columns} FROM (SELECT unnest($1::VARCHAR[])::JSON AS record)", [written])
        assert found.fetchall() == [tuple(take(path, record) for _, path in shape.cells) for record in records]


def test_a_patient_is_known_by_every_name_in_use(examples: dict[str, list[object]]) -> None:
    people = rows("Patient", examples["Patient"], "people")
    joan = people["Patient/joan"]
    assert (joan["identity"] or "").split(SEPARATOR) == [
        "nhs|9434765919", "https://rxx.example/mrn|A2", "trust#|card-7", "trust#|Patient/joan", "trust#|urn:uuid:joan",
        "trust#|Patient/joan-old",
    ]  # fmt: skip
    assert (joan["name"], joan["phone"], joan["postcode"]) == ("Joan Mary Archer", "01632 960001", "ZZ99 3WZ")
    assert (joan["sex"], joan["ethnicity"], joan["language"]) == ("female", "A", "en")
    year_only = people["Patient/year-only"]
    assert year_only["born_on"] == "1940"
    assert year_only["identity"] == SEPARATOR.join(["trust#|Patient/year-only", "trust#|urn:uuid:year-only"])


def test_a_death_needs_its_moment(examples: dict[str, list[object]]) -> None:
    events = rows("Patient", examples["Patient"], "life_events")
    assert {key: event["happened"] for key, event in events.items()} == {"Patient/joan": "2024-04-01T03:10:22.5+01:00"}


def test_each_form_of_reference_finds_person_and_organisation(examples: dict[str, list[object]]) -> None:
    legs = rows("Encounter", examples["Encounter"], "legs")
    assert {key.removeprefix("Encounter/"): (leg["identity"], leg["organisation_id"]) for key, leg in legs.items()} == {
        "literal": ("trust#|Patient/joan", "trust#|Organization/ward-trust"),
        "absolute": ("trust#|Patient/joan", "trust#|Organization/ward-trust"),
        "conditional": ("https://rxx.example/mrn|A2", "RXX"),
        "urn": ("trust#|urn:uuid:joan", "trust#|urn:uuid:ward-trust"),
        "contained": ("nhs|9434765919", "RXX"),
        "contained-name": ("trust#|Patient/joan", "trust#|St Elsewhere"),
        "logical": ("nhs|9434765919", "RXX"),
        "group": (None, None),
    }
    aliases = (rows("Organization", examples["Organization"], "organisations")["Organization/ward-trust"])["aliases"]
    assert (aliases or "").split(SEPARATOR) == [
        "https://trust.example/org|77", "RXX", "trust#|Organization/ward-trust", "trust#|urn:uuid:ward-trust",
    ]  # fmt: skip


def test_kinds_of_leg(examples: dict[str, list[object]]) -> None:
    legs = rows("Encounter", examples["Encounter"], "legs")
    kinds = {key: (legs[f"Encounter/{key}"]["service_kind"], legs[f"Encounter/{key}"]["leg_kind"]) for key in
             ("literal", "absolute", "conditional", "urn", "contained-name")}  # fmt: skip
    assert kinds == {
        "literal": ("acute_hospital", "spell"),
        "absolute": ("emergency_department", "contact"),
        "conditional": ("unknown", "contact"),
        "urn": ("other", "contact"),
        "contained-name": ("unknown", "contact"),
    }
    spell = legs["Encounter/literal"]
    assert (spell["admission_method"], spell["admission_source"], spell["discharge_destination"]) == ("21", "19", "54")
    episodes = rows("EpisodeOfCare", examples["EpisodeOfCare"], "legs")
    assert {key: leg["leg_kind"] for key, leg in episodes.items()} == {"EpisodeOfCare/literal": "episode"}


def test_referrals_and_what_happened_to_them(examples: dict[str, list[object]]) -> None:
    referrals = rows("ServiceRequest", examples["ServiceRequest"], "referrals")
    assert set(referrals) == {"ServiceRequest/insulin", "ServiceRequest/onward"}
    insulin, onward = referrals["ServiceRequest/insulin"], referrals["ServiceRequest/onward"]
    assert insulin["to_organisation_id"] == "trust#|Organization/community"
    assert insulin["to_service_id"] == "trust#|HealthcareService/nurses"
    assert (insulin["based_on"], onward["based_on"]) == ("Encounter/literal", "ServiceRequest/insulin")
    assert (onward["from_organisation_id"], onward["to_organisation_id"], onward["need"]) == ("RYY", None, "referral")
    events = rows("Task", examples["Task"], "referral_events")
    assert [(e["referral_record_id"], e["event"], e["happened"], e["reason"]) for e in events.values()] == [
        ("ServiceRequest/insulin", "received", "2024-03-05T17:00:00Z", None),
        ("ServiceRequest/insulin", "accepted", "2024-03-06T08:00:00Z", None),
        ("ServiceRequest/onward", "rejected", "2024-03-07T09:00:00Z", "out of area"),
    ]


def test_the_bulk_export_resolves_every_reference(shared: Path) -> None:
    """The published answer (oracles, Bulk FHIR): 13 people, 1,215 encounters, 43 organisations, 39 of them used."""
    folder = shared / "data" / "smart_bulk_10"
    with duckdb.connect() as engine:
        for resource_type in ("Patient", "Encounter", "Organization"):
            cells = ", ".join(f'{sql(path, "json")} AS "{cell}"' for cell, path in SHAPES[resource_type].cells)
            lines = f"read_json_objects('{folder}/{resource_type}.*.ndjson', format = 'newline_delimited')"
            engine.execute(f"CREATE TABLE {resource_type} AS SELECT {cells} FROM {lines}")
        for table, cells in (
            ("Patient", "identifiers, own, own_urn"),
            ("Organization", "identifiers, record_id, own_urn"),
        ):
            texts = f"string_split(concat_ws('{SEPARATOR}', {cells}), '{SEPARATOR}')"
            engine.execute(f"CREATE VIEW {table}_names AS SELECT record_id, unnest({texts}) AS text FROM {table}")
        found = engine.execute("""
            SELECT count(DISTINCT e.record_id), count(*), count(DISTINCT p.record_id), count(DISTINCT o.record_id),
                   count(*) FILTER (p.record_id IS NULL OR o.record_id IS NULL),
                   (SELECT count(*) FROM Patient), (SELECT count(*) FROM Organization)
            FROM Encounter e LEFT JOIN Patient_names p ON p.text = e.person
                             LEFT JOIN Organization_names o ON o.text = e.organisation
        """).fetchone()
    assert found == (1215, 1215, 13, 39, 0, 13, 43)
