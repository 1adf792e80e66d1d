"""A build that is killed at any moment leaves the last good one served, and the next run goes on where it stopped.

Real processes on real files: a place with a finished build gets a new file and a corrected one, its build is killed
once or twice at moments that Hypothesis draws, and then it is let finish. The moments are real time, so that one seed
does not replay one interleaving; what is asserted holds at every moment.
"""

import json
import random
import resource
import shutil
import subprocess
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fishplate.errors import BuildStopped
from fishplate.journeys.build import last_published
from fishplate.records.publishing import SourceCount
from tests.commands import FISHPLATE, environment, fishplate, started
from tests.generative.places import HEADER, SmallPlace, table_text

EXAMPLES = max(5, settings().max_examples // 30)
"""Each example runs three or more builds in processes of their own."""

LEGS = 20_000
PEOPLE = 4_000
SECONDS_OF_A_BUILD = 3.0


def rows(first: int, count: int, month: date, dice: random.Random) -> list[tuple[str, ...]]:
    """So many records of the small place's files, about people by local id."""
    made = []
    for n in range(first, first + count):
        started_on = month + timedelta(days=dice.randrange(28))
        said = {
            "ID": f"r{n}", "MRN": str(dice.randrange(PEOPLE)), "ORG": dice.choice(("RXA", "RXB")), "TYPE": "1",
            "SECRET": "N", "FROM": started_on.isoformat(),
            "UNTIL": (started_on + timedelta(days=dice.randrange(9))).isoformat(),
        }  # fmt: skip
        made.append(tuple(said.get(column, "") for column in HEADER))
    return made


def arrive(place: SmallPlace) -> None:
    """A file of April comes, and the file of March comes corrected."""
    dice = random.Random(2)
    place.write("hospital", "b", table_text("hospital", rows(LEGS, LEGS // 4, date(2025, 4, 1), dice)))
    place.write("council", "a", table_text("council", rows(0, LEGS // 2, date(2025, 3, 1), dice)))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> SmallPlace:
    """A place with one finished build."""
    place = SmallPlace(tmp_path_factory.mktemp("built"))
    dice = random.Random(1)
    place.write("hospital", "a", table_text("hospital", rows(0, LEGS // 2, date(2025, 3, 1), dice)))
    place.write("council", "a", table_text("council", rows(0, LEGS // 2, date(2025, 3, 1), dice)))
    place.write_project()
    place.build()
    return place


@pytest.fixture(scope="module")
def undisturbed(built: SmallPlace, tmp_path_factory: pytest.TempPathFactory) -> dict[str, pa.Table]:
    """The tables that the next build gives when nothing stops it."""
    place = copied(built, tmp_path_factory.mktemp("undisturbed") / "place")
    arrive(place)
    place.build()
    return place.tables()


@pytest.fixture
def place(built: SmallPlace, tmp_path: Path) -> SmallPlace:
    """A copy of the built place, with files that have just come."""
    place = copied(built, tmp_path / "place")
    arrive(place)
    return place


def copied(place: SmallPlace, to: Path) -> SmallPlace:
    """The place with all that was built; only moments of files may tell the copy from it."""
    shutil.copytree(place.folder, to)
    return SmallPlace(to, sent={source: list(texts) for source, texts in place.sent.items()}, settings=place.settings)


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(moments=st.lists(st.floats(0.05, 1), min_size=1, max_size=2))
def test_a_killed_build_leaves_the_last_one_and_the_next_run_goes_on(
    built: SmallPlace, undisturbed: dict[str, pa.Table], moments: list[float]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = copied(built, Path(folder) / "place")
        arrive(place)
        for moment in moments:
            process = started("build", place.folder)
            time.sleep(moment * SECONDS_OF_A_BUILD)
            process.kill()
            process.communicate()
            assert_served(place)
        read = files_read(place)
        said = fishplate("build", place.folder, "--json")
        assert said.returncode == 0, said.stderr
        assert files_read(place).items() >= read.items()
        assert_tables(place.tables(), undisturbed)
        assert_nothing_left(place)


def assert_served(place: SmallPlace) -> None:
    """The build that is named is whole: its manifest reads, its DuckDB file opens, and they tell of the same legs."""
    published = last_published(place.project.build_folder)
    assert published is not None
    with duckdb.connect(str(published.folder / "fishplate.duckdb"), read_only=True) as catalogue:
        assert catalogue.execute("SELECT count(*) FROM legs").fetchone() == (published.summary.figures.legs,)
    assert len(place.tables()["legs"]) == published.summary.figures.legs


def files_read(place: SmallPlace) -> dict[str, int]:
    """When each file that was read to its end was read."""
    return {
        counts.parent.name: counts.stat().st_mtime_ns
        for counts in (place.project.build_folder / "staged").glob("*/counts.json")
        if not counts.parent.name.endswith(".part")
    }


def assert_tables(some: dict[str, pa.Table], others: dict[str, pa.Table]) -> None:
    assert some.keys() == others.keys()
    for name in some:
        assert some[name].to_pylist() == others[name].to_pylist(), name


def assert_nothing_left(place: SmallPlace) -> None:
    """Nothing half-made stays behind, for it may hold what identifies people."""
    assert [path.name for path in place.project.build_folder.rglob("*.part")] == []


def test_two_builds_at_once_wait_for_each_other(place: SmallPlace, undisturbed: dict[str, pa.Table]) -> None:
    processes = [started("build", place.folder, "--json") for _ in range(2)]
    said = [json.loads(process.communicate(timeout=240)[0]) for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert sorted((summary["build"], summary["changed"]) for summary in said) == [(2, False), (2, True)]
    assert_tables(place.tables(), undisturbed)


@pytest.fixture(params=[20_000, 200_000, 1_000_000], ids="a file may have {} bytes".format)
def full_disk(request: pytest.FixtureRequest, place: SmallPlace) -> subprocess.CompletedProcess[str]:
    """A build that can write no file beyond a size, as on a disk that fills up."""
    limit = request.param
    return subprocess.run(
        [*FISHPLATE, "build", str(place.folder)], capture_output=True, text=True, check=False, timeout=240,
        env=environment(), preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip


def test_a_full_disk_stops_the_build_with_words_and_the_next_run_goes_on(
    full_disk: subprocess.CompletedProcess[str], place: SmallPlace, undisturbed: dict[str, pa.Table]
) -> None:
    assert full_disk.returncode == BuildStopped.exit_code, full_disk.stderr
    assert "Traceback" not in full_disk.stderr
    assert_served(place)
    assert fishplate("build", place.folder).returncode == 0
    assert_tables(place.tables(), undisturbed)


def test_the_place_is_as_large_as_it_says(built: SmallPlace) -> None:
    published = last_published(built.project.build_folder)
    assert published is not None
    assert published.summary.figures.legs == LEGS
    assert published.summary.sources[0] == SourceCount("hospital", 1, LEGS // 2, LEGS // 2, 0, 0, 0, 0, 0)
