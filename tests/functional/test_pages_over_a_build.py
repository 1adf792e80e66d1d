"""The pages over a real build of the one-file example: its tables, its private part and the rows as received."""

import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from fishplate.cli.project import opened
from fishplate.errors import BuildStopped, NotAllowed
from fishplate.settings.project import Project
from fishplate.web.place.app import place_app
from fishplate.wiring.lookback import build
from fishplate.wiring.pages import care_tables, planning_tables


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    copied = tmp_path_factory.mktemp("example") / "one_csv"
    shutil.copytree(repository / "examples" / "one_csv", copied, ignore=shutil.ignore_patterns("build"))
    file = copied / "fishplate.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('mode = "planning"', 'mode = "care"'), encoding="utf-8")
    return copied


@pytest.fixture(scope="module")
def built(folder: Path) -> Project:
    project = opened(folder)
    build(project)
    return project


def test_before_a_build_it_is_said_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BuildStopped, match="fishplate build"):
        planning_tables(Project(tmp_path, "Nothing", "Nowhere"))


def test_care_pages_need_care_mode(tmp_path: Path) -> None:
    with pytest.raises(NotAllowed, match="care mode"):
        care_tables(Project(tmp_path, "Nothing", "Nowhere"))


def test_the_planning_pages_open_over_what_was_built(built: Project) -> None:
    tables = planning_tables(built)
    with TestClient(place_app(tables, hosts=("testserver",))) as client:
        for path in ("/", "/journeys", "/rejections", "/about"):
            assert client.get(path).status_code == 200
        assert "Build 1 of One file" in client.get("/").text
        assert "1 January 2025" in client.get("/about").text


def test_rejected_rows_come_back_as_they_were_received(built: Project, folder: Path) -> None:
    tables = care_tables(built)
    (sent,) = (folder / "in").glob("*.csv")
    lines = sent.read_text(encoding="utf-8").splitlines()
    rows = list(tables.rejected_rows("spells"))
    assert rows
    for row in rows:
        assert row.text == lines[row.provenance.line - 1]


def test_a_person_is_found_by_number_and_has_the_legs_of_the_file(built: Project) -> None:
    tables = care_tables(built)
    numbers = {row[0]: row[1] for row in tables._rows("SELECT person_code, nhs_number FROM identified")}
    for code, number in numbers.items():
        assert tables.find(number, "") == code
        journey = tables.journey(code)
        assert journey.legs
        assert {leg.provenance.file for leg in journey.legs} == {"in/spells.csv"}
        assert {i.organisation_id for i in tables.involvements(code)} <= {"RZ1", "RZ2"}
