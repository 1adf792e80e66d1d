"""Every command as a person meets it: its help, its exit code, and all that is wrong said at once."""

import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from fishplate import __version__
from fishplate.cli.app import COMMANDS
from fishplate.errors import BuildStopped, FishplateError, ProjectFaults
from fishplate.records.tables import LEGS
from tests.commands import environment, fishplate, started
from tests.generative.places import SmallPlace, table_text

USAGE = 2
"""The exit code of a command that was called wrongly (click's own)."""

SPELLS = "SPELL_ID,NHS_NO,MRN,ADMISSION DATE,DISCHARGE DATE\n1,9434765919,7,03/03/2025 10:00,05/03/2025 10:00\n"


@pytest.fixture
def place(tmp_path: Path) -> SmallPlace:
    """A sound project without files."""
    made = SmallPlace(tmp_path)
    made.write_project()
    return made


# --- Help ---


def test_help_names_every_command_and_loads_no_engine() -> None:
    code = (
        "import sys\nfrom fishplate.cli.app import main\n"
        "try:\n    main()\nfinally:\n"
        "    loaded = [name for name in ('duckdb', 'ibis', 'pyarrow', 'starlette', 'pyspark') if name in sys.modules]\n"
        "    print(loaded, file=sys.stderr)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, "--help"], capture_output=True, text=True, check=False, env=environment()
    )
    assert said.returncode == 0
    assert all(f"  {command} " in said.stdout for command in COMMANDS)
    assert said.stderr.strip() == "[]"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    said = fishplate(command, "--help")
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("Usage:")
    assert len(said.stdout.splitlines()) > 4


def test_the_version_is_that_of_the_package() -> None:
    assert fishplate("--version").stdout.strip().endswith(__version__)


def test_an_unknown_command_is_called_that() -> None:
    said = fishplate("biuld")
    assert said.returncode == USAGE
    assert "No such command" in said.stderr


# --- Exit codes ---


@pytest.mark.parametrize("command", ["check", "build", "serve", "rejections", "audit"])
def test_where_there_is_no_project_every_command_says_so(command: str, tmp_path: Path) -> None:
    said = fishplate(command, tmp_path)
    assert said.returncode == ProjectFaults.exit_code
    assert "fishplate.toml" in said.stderr
    assert "Traceback" not in said.stderr


def test_each_kind_of_refusal_has_an_exit_code_of_its_own() -> None:
    codes = [kind.exit_code for kind in (FishplateError, *FishplateError.__subclasses__())]
    assert len(set(codes)) == len(codes)
    assert 0 not in codes


def test_a_project_whose_build_folder_can_t_be_made_is_told_what_to_do(place: SmallPlace) -> None:
    (place.folder / "build").write_text("in the way", encoding="ascii")
    said = fishplate("build", place.folder)
    assert said.returncode == BuildStopped.exit_code
    assert "Traceback" not in said.stderr
    assert "build again" in said.stderr


# --- init ---


def test_init_writes_a_project_that_checks_without_fault(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    assert fishplate("init", folder, "--name", "Smalltown").returncode == 0
    assert 'name = "Smalltown"' in (folder / "fishplate.toml").read_text("utf-8")
    said = fishplate("check", folder)
    assert said.returncode == 0, said.stderr
    assert "No fault found" in said.stdout


def test_init_never_overwrites_a_project(place: SmallPlace) -> None:
    before = (place.folder / "fishplate.toml").read_bytes()
    said = fishplate("init", place.folder)
    assert said.returncode == 1
    assert "already there" in said.stderr
    assert (place.folder / "fishplate.toml").read_bytes() == before


def test_init_from_a_file_proposes_a_mapping_that_builds(tmp_path: Path) -> None:
    (tmp_path / "spells.csv").write_text(SPELLS, encoding="utf-8")
    said = fishplate("init", tmp_path, "--from", tmp_path / "spells.csv")
    assert said.returncode == 0, said.stderr
    text = (tmp_path / "fishplate.toml").read_text("utf-8")
    assert "9434765919" not in text
    assert fishplate("check", tmp_path).returncode == 0
    built = fishplate("build", tmp_path)
    assert built.returncode == 0, built.stderr
    assert "1 people, 1 legs" in built.stdout


def test_init_from_a_file_outside_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "spells.csv").write_text(SPELLS, encoding="utf-8")
    said = fishplate("init", tmp_path / "project", "--from", tmp_path / "spells.csv")
    assert said.returncode == 1
    assert "outside" in said.stderr
    assert not (tmp_path / "project").exists()


# --- check ---


def test_check_lists_every_fault_of_the_project_file_at_once(place: SmallPlace) -> None:
    toml = place.folder / "fishplate.toml"
    text = toml.read_text("utf-8")
    for sound, broken in (("mode =", "mood ="), ('leg_kind = {value = "spell"}', 'leg_kind = {value = "spel"}'),
                          ("complete_from = 2025-03-01", "complete_from = 2026-03-01")):  # fmt: skip
        assert sound in text
        text = text.replace(sound, broken, 1)
    toml.write_text(text, encoding="utf-8")
    said = fishplate("check", place.folder)
    assert said.returncode == ProjectFaults.exit_code
    faults = said.stderr.strip().splitlines()
    assert len(faults) >= 3
    assert all(line.startswith("fishplate.toml:") for line in faults)
    for part in ("project.mood", "leg_kind", "complete"):
        assert part in said.stderr
    assert "Did you mean" in said.stderr or "did you mean" in said.stderr


def test_check_lists_every_column_that_a_file_lacks(place: SmallPlace) -> None:
    place.write("hospital", "a", "ID,NHS\n")
    place.write("diary", "a", "ID,NHS,MRN\n")
    said = fishplate("check", place.folder)
    assert said.returncode == ProjectFaults.exit_code
    for part in ("incoming/hospital_a", "incoming/diary_a", "MRN", "DOB", "FROM", "TYPE"):
        assert part in said.stderr


def test_check_says_which_sources_have_no_file_yet(place: SmallPlace) -> None:
    place.write("hospital", "a", table_text("hospital", []))
    said = fishplate("check", place.folder)
    assert said.returncode == 0, said.stderr
    assert "council: no file" in said.stdout
    assert "hospital: no file" not in said.stdout
    assert not place.project.build_folder.exists()


# --- forget, token, tables ---


def test_forget_says_when_there_is_nothing_to_forget(place: SmallPlace) -> None:
    said = fishplate("forget", place.folder, "--source", "hospital", "--file", "incoming/hospital_a", "--why", "error")
    assert said.returncode == USAGE
    assert "counts now" in said.stderr


def test_forget_wants_a_reason(place: SmallPlace) -> None:
    assert (
        fishplate("forget", place.folder, "--source", "hospital", "--file", "incoming/hospital_a").returncode == USAGE
    )


def test_a_token_is_new_each_time_and_its_seal_does_not_hold_it() -> None:
    first, second = (fishplate("token").stdout for _ in range(2))
    token = first.splitlines()[1].strip()
    assert len(token) >= 24
    assert token not in second
    assert "token_hash = " in first
    assert token not in first.split("token_hash")[1]


def test_tables_prints_every_column_of_a_table_with_its_meaning() -> None:
    said = fishplate("tables", "legs").stdout
    assert all(f"  {column.name} " in said and column.meaning in said for column in LEGS.columns)


def test_a_table_that_is_not_there_is_answered_with_those_that_are() -> None:
    said = fishplate("tables", "leg")
    assert said.returncode == USAGE
    assert "adjacent_pairs" in said.stderr


# --- Serve ---


def free_port() -> int:
    """A port with a free one above it, which the care pages take."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_pages_are_served_until_stopped_and_the_address_is_said_once_they_answer(place: SmallPlace) -> None:
    assert fishplate("build", place.folder).returncode == 0
    port = free_port()
    running = started("serve", place.folder, "--port", port)
    assert running.stdout is not None
    said = running.stdout.readline().decode()
    assert said == f"Planning pages: http://127.0.0.1:{port}/\n"
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
        assert answer.status == 200
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=60)
    assert running.returncode == 0, told
    assert b"Traceback" not in told


def test_an_address_that_is_taken_is_named_and_nothing_is_served(place: SmallPlace) -> None:
    assert fishplate("build", place.folder).returncode == 0
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = fishplate("serve", place.folder, "--port", port)
    assert said.returncode == FishplateError.exit_code
    assert f"127.0.0.1:{port} can't be used" in said.stderr
    assert "Traceback" not in said.stderr
