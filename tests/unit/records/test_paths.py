"""What a path takes from one record, form by form."""

import pytest

from fishplate.records.anchors import SEPARATOR
from fishplate.records.paths import parse, take

RECORD = {
    "resourceType": "Encounter",
    "id": "e1",
    "period": {"start": "2024-03-01", "end": ""},
    "active": True,
    "count": 3,
    "identifier": [
        {"use": "old", "system": "urn:x", "value": "1"},
        {"system": "urn:x", "value": " 2 "},
        {"value": "3"},
        {"value": "a|b"},
        {"system": "urn:y"},
    ],
    "name": [{"use": "maiden", "family": "Brook"}, {"family": "Archer", "given": ["Joan", "Mary"]}],
    "subject": {"reference": "https://fhir.example.org/r4/Patient/joan/_history/3", "identifier": {"value": "9"}},
    "contained": [{"resourceType": "Organization", "id": "o", "name": "St Elsewhere"}, {"id": "p", "identifier": []}],
}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("period.start", "2024-03-01"),
        ("period.end", None),
        ("period", None),
        ("count", None),
        ("active", "true"),
        ("absent.key", None),
        ("identifier.value", "1"),
        ("identifier.where(use='old').value", "1"),
        ("identifier.where(use!='old').value", "2"),
        ("identifier.(system|value).join()", SEPARATOR.join(["urn:x|1", "urn:x|2", "3"])),
        ("name.where(use!='maiden').words(given,family)", "Joan Mary Archer"),
        ("name.given.join()", SEPARATOR.join(["Joan", "Mary"])),
        ("id.format('Encounter/{}')", "Encounter/e1"),
        ("subject.refers_to(Patient)", "Patient/joan"),
        ("subject.refers_to(Group?)", None),
    ],
)
def test_take(path: str, text: str | None) -> None:
    assert take(path, RECORD) == text


@pytest.mark.parametrize(
    ("reference", "text"),
    [
        ({"reference": "Organization/1"}, "Organization/1"),
        ({"reference": "Organization/1/_history/2"}, "Organization/1"),
        ({"reference": "Organization?identifier=urn:x|7"}, "urn:x|7"),
        ({"reference": "Organization?name=a&identifier=urn%3Ax%7C7"}, "urn:x|7"),
        ({"reference": "Organization?identifier=7"}, "7"),
        ({"reference": "Organization?identifier=urn:x|"}, None),
        ({"reference": "urn:uuid:6ba7"}, "urn:uuid:6ba7"),
        ({"reference": "#o"}, "St Elsewhere"),
        ({"reference": "#p"}, None),
        ({"reference": "#absent"}, None),
        ({"reference": "6ba7"}, None),
        ({"reference": "Patient/1"}, None),
        ({"identifier": {"system": "urn:x", "value": "7"}}, "urn:x|7"),
        ({"type": "Practitioner", "identifier": {"system": "urn:x", "value": "7"}}, None),
        ({"display": "St Elsewhere"}, None),
        ("Organization/1", None),
    ],
)
def test_what_a_reference_refers_to(reference: object, text: str | None) -> None:
    record = RECORD | {"serviceProvider": reference}
    assert take("serviceProvider.refers_to(Organization?)", record) == text


def test_a_type_that_must_be_said() -> None:
    unsaid = {"requester": {"reference": "urn:uuid:6ba7"}}
    said = {"requester": {"reference": "urn:uuid:6ba7", "type": "Organization"}}
    assert take("requester.refers_to(Organization)", unsaid) is None
    assert take("requester.refers_to(Organization)", said) == "urn:uuid:6ba7"


@pytest.mark.parametrize("record", [None, [], 7, "text", [[{"a": "b"}]], [{"a": "b"}], {"a": None}])
def test_take_finds_nothing_in_what_is_no_record(record: object) -> None:
    assert take("a", record) is None
    assert take("a.refers_to()", record) is None


@pytest.mark.parametrize("path", ["", ".", "a.", "a b", "a.where(b=c)", "a.(b|c).d", "a.join().b", "a.refers_to(1)"])
def test_a_path_that_cannot_be_read_says_where(path: str) -> None:
    with pytest.raises(ValueError, match="position"):
        parse(path)
