"""One row a person: which of several values stands, told by example."""

from datetime import date
from typing import Any

from fishplate.identity.people import identified, people
from fishplate.identity.tables import IDENTIFIED, PEOPLE
from fishplate.records.anchors import SEPARATOR
from fishplate.records.tables import PEOPLE as FILLED
from fishplate.records.tables import staged

ANN = f"nhs|9434765919{SEPARATOR}ward|A1{SEPARATOR}born|1940-01-31"


def row(received_as: int, line: int = 1, **told: Any) -> dict[str, Any]:
    """A people row of Ann's that says only what is told."""
    blank = dict.fromkeys(staged(FILLED).names)
    return blank | {"identity": ANN, "source": "hospital", "line": line, "received_as": received_as} | told


def published(*rows: dict[str, Any]) -> dict[str, Any]:
    """What is published of Ann."""
    (only,) = people(rows, {ANN: 1})
    return dict(zip(PEOPLE.names, only, strict=True))


def test_the_value_received_last_wins() -> None:
    assert published(row(2, language="pa"), row(1, language="en"))["language"] == "pa"


def test_in_one_file_the_later_line_wins() -> None:
    assert published(row(1, 9, language="pa"), row(1, 10, language="en"))["language"] == "en"


def test_a_blank_never_wins_and_unknown_does() -> None:
    ann = published(row(1, language="pa", sex="female"), row(2, language="", sex="unknown"))
    assert (ann["language"], ann["sex"]) == ("pa", "unknown")


def test_each_column_is_decided_by_itself_and_sources_are_counted_once() -> None:
    ann = published(row(1, lives_alone=True), row(2, source="council", funder="self"), row(3, source="council"))
    assert (ann["lives_alone"], ann["funder"], ann["sources"]) == (True, "self", 2)


def test_the_birth_year_comes_from_the_identity_where_no_row_tells_it() -> None:
    assert published(row(1))["birth_year"] == 1940
    assert published(row(1, born_on=date(1941, 1, 31)))["birth_year"] == 1941


def test_a_person_without_a_people_row_is_published_all_the_same() -> None:
    assert published() == dict.fromkeys(PEOPLE.names) | {"person_code": 1, "birth_year": 1940, "sources": 0}


def test_care_mode_shows_the_number_and_every_local_id() -> None:
    (only,) = identified([row(1, name="Ann")], {ANN: 1, "ward|A1": 1, "council|7": 1})
    ann = dict(zip(IDENTIFIED.names, only, strict=True))
    assert (ann["name"], ann["nhs_number"], ann["local_id"]) == ("Ann", "9434765919", "council|7; ward|A1")
    assert ann["born_on"] == date(1940, 1, 31)


def test_a_number_that_stands_with_two_people_is_shown_with_neither() -> None:
    rows = identified([], {ANN: 1, f"nhs|9434765919{SEPARATOR}born|1971-05-02": 2})
    assert [dict(zip(IDENTIFIED.names, one, strict=True))["nhs_number"] for one in rows] == [None, None]
