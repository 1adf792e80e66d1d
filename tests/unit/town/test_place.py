"""The made-up place: same seed, same bytes; a project file without a fault; Joan's story; the mistakes it promises."""

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from fishplate.access.worker import seal_token
from fishplate.care.people import nhs_number
from fishplate.records.vocabulary import vocabulary
from fishplate.settings.checking import column_faults
from fishplate.settings.project import Source
from fishplate.settings.reading import read_project
from fishplate.town.calendar import END, FRIDAY, clock, weekday
from fishplate.town.exports.ambulance import CALLS
from fishplate.town.happenings import World
from fishplate.town.joan import COMES_BACK, LEAVES, NAME
from fishplate.town.layouts import Layout
from fishplate.town.place import EXPORTS, make_place, make_world

PEOPLE = 250


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("place")
    token = str(seal_token("a token of a made-up nurse", bytes(16)))
    make_place(folder, people=PEOPLE, seed=3, worker_token_hash=token, reviewer_token_hash=token)
    return folder


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(PEOPLE, 3)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def columns(source: Source, path: Path) -> tuple[str, ...]:
    """The columns that a file of a source names."""
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode(source.encoding).removeprefix("\ufeff")
    return tuple(text.splitlines()[0].split(source.delimiter))


def test_the_same_seed_gives_the_same_bytes_and_another_seed_gives_others(tmp_path: Path) -> None:
    for name, seed in (("one", 3), ("same", 3), ("other", 4)):
        make_place(tmp_path / name, people=60, seed=seed)
    assert contents(tmp_path / "one") == contents(tmp_path / "same")
    assert contents(tmp_path / "one") != contents(tmp_path / "other")


def test_what_happens_to_a_person_does_not_hang_on_how_many_others_there_are(world: World) -> None:
    fewer = make_world(100, 3)
    assert fewer.people == world.people[:100]
    assert fewer.referrals[:-4] == [one for one in world.referrals[:-4] if one.person < 100]


def test_the_project_file_has_no_fault_and_names_columns_that_are_there(place: Path) -> None:
    project = read_project(place, vocabulary())
    assert [worker.role for worker in project.workers] == ["district nurse", "privacy officer"]
    for source in project.sources:
        paths = sorted(place.glob(source.path))
        assert paths, source.name
        if source.format == "csv":
            whole = next(path for path in paths if CALLS.cut_off not in path.name)
            assert column_faults(source, columns(source, whole), whole.name) == (), source.name


def test_without_a_token_nobody_may_open_care_pages(tmp_path: Path) -> None:
    make_place(tmp_path, people=5, seed=1)
    assert read_project(tmp_path, vocabulary()).workers == ()


def test_every_file_that_was_written_belongs_to_a_source(place: Path) -> None:
    project = read_project(place, vocabulary())
    read = Counter(path for source in project.sources for path in place.glob(source.path))
    assert read == Counter(path for path in (place / "in").rglob("*") if path.is_file())


def test_nhs_numbers_are_valid_and_of_the_range_kept_for_tests(world: World) -> None:
    numbers = [person.nhs_number for person in world.people]
    assert len(set(numbers)) == PEOPLE
    assert all(number.startswith("999") and nhs_number(number) == number for number in numbers)


def test_joan_goes_home_on_a_friday_and_nobody_picks_up_the_insulin(world: World) -> None:
    assert world.people[0].name == NAME
    assert (weekday(LEAVES), clock(LEAVES)) == (FRIDAY, "16:40")
    mine = [one for one in world.referrals if one.person == 0]
    insulin = next(one for one in mine if one.need == "insulin" and one.sent == LEAVES)
    assert (insulin.received, insulin.accepted, insulin.rejected, insulin.started) == (None, None, None, None)
    assert COMES_BACK // 1440 - LEAVES // 1440 == 6
    assert any(call.person == 0 and call.started == COMES_BACK for call in world.calls)


def test_joan_is_in_the_files_as_she_is_in_the_story(place: Path) -> None:
    log = (place / "in/hub/referrals_sent_2025-10.txt").read_bytes().decode("utf-16")
    line = next(line for line in log.splitlines() if line.startswith("RJOAN02"))
    assert line.split("\t")[4:11] == ["03/10/2025 16:40", "DN", "insulin", "Urgent", "", "", ""]


def test_nobody_is_cared_for_after_their_death(world: World) -> None:
    gone = {person.place: person.gone for person in world.people if person.died}
    assert gone
    for rows in (world.spells, world.contacts, world.surgeries, world.attendances, world.weeks, world.answers):
        for row in rows:
            moment = row.happened if hasattr(row, "happened") else row.asked if hasattr(row, "asked") else row.started
            assert moment <= gone.get(row.person, END * 10), row
    assert all(spell.ended <= gone.get(spell.person, END * 10) for spell in world.spells)


def test_periods_of_the_town_itself_never_run_backwards(world: World) -> None:
    for rows in (world.spells, world.attendances, world.calls, world.packages, world.told):
        assert all(row.ended is None or row.started <= row.ended for row in rows)
    for one in world.referrals:
        moments = [
            moment for moment in (one.sent, one.received, one.accepted, one.started, one.ended) if moment is not None
        ]
        assert moments == sorted(moments), one


def test_some_are_asked_and_do_not_answer(world: World) -> None:
    silent = [one for one in world.answers if one.respondent == "not_answered"]
    assert silent
    assert len(silent) < len(world.answers)
    assert all((one.answer == "") == (one.answered is None) for one in world.answers)


def test_the_packed_file_of_one_month_breaks_off_and_the_others_do_not(place: Path) -> None:
    for path in (place / "in/ambulance").iterdir():
        if CALLS.cut_off in path.name:
            with pytest.raises(EOFError):
                gzip.decompress(path.read_bytes())
        else:
            assert gzip.decompress(path.read_bytes()).startswith(b"CAD|")


def test_the_late_invoice_comes_under_a_later_name(place: Path) -> None:
    names = [path.name for path in sorted((place / "in/home_care").iterdir())]
    assert "invoice_2024-11.csv" not in names
    assert names.index("invoice_2025-01_late_2024-11.csv") > names.index("invoice_2025-01.csv")


def test_fhir_files_hold_one_resource_a_line_and_their_references_resolve(place: Path) -> None:
    lines = [line for path in (place / "in/next_town").iterdir() for line in path.read_text("utf-8").splitlines()]
    resources = [json.loads(line) for line in lines]
    known = {f"{resource['resourceType']}/{resource['id']}" for resource in resources}
    for resource in resources:
        if resource["resourceType"] == "Encounter":
            assert resource["subject"]["reference"] in known
            assert resource["serviceProvider"]["reference"] in known
        if resource["resourceType"] == "ServiceRequest":
            assert {resource["encounter"]["reference"], resource["performer"][0]["reference"]} <= known


def test_layouts_have_paths_and_columns_of_their_own(world: World) -> None:
    layouts: list[Layout] = [layout for export in EXPORTS for layout, _ in export(world)]
    assert len({layout.path for layout in layouts}) == len(layouts)
    for layout in layouts:
        assert len(set(layout.columns)) == len(layout.columns)
