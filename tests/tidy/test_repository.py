"""What a person finds on opening the repository is there and holds: licence, locks, make targets, and the build script.

The checks are plain functions over text, so that each is also shown to fail on a planted fault.
"""

import hashlib
import os
import re
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.tidy.sources import PACKAGE, REPOSITORY, repository_paths, text_files

# The licence exactly as the Apache Software Foundation publishes it.
APACHE_2_0_SHA256 = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"
LOCKS = ("build", "run", "dev")
PINNED = re.compile(r"^[a-z0-9][a-z0-9.-]*==\S+( ; [^\\]+)?( \\)?$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def lock_faults(text: str) -> Iterator[str]:
    """What in a lock is no exact version, no hash of one, or a version with no hash. A lock names no address."""
    lines = [*text.splitlines(), ""]
    for line, after in pairwise(lines):
        if PINNED.match(line):
            if not HASH.match(after):
                yield f"{line}: no hash"
        elif line and not HASH.match(line):
            yield f"{line}: neither an exact version nor a hash"


def make_targets(makefile: str) -> set[str]:
    """The targets a Makefile offers."""
    return set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))


def named_targets(page: str) -> set[str]:
    """The targets a page tells its reader to make: in a code block, or between backticks."""
    blocks = "\n".join(re.findall(r"^```.*?^```", page, re.MULTILINE | re.DOTALL))
    in_blocks = re.findall(r"^\s*(?:\$ )?make ([a-z][a-z-]*)", blocks, re.MULTILINE)
    return {*in_blocks, *re.findall(r"`make ([a-z][a-z-]*)", page)}


def unplaced_rooms(layers: list[str], rooms: set[str]) -> set[str]:
    """The rooms of the package that the layers contract doesn't place."""
    placed = {name.strip(" ()") for layer in layers for name in layer.split("|")}
    return rooms - placed


def test_the_licence_is_apache_2_0_word_for_word() -> None:
    assert hashlib.sha256((REPOSITORY / "LICENSE").read_bytes()).hexdigest() == APACHE_2_0_SHA256


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_exact_versions_with_hashes_and_nothing_else(name: str) -> None:
    text = (REPOSITORY / "requirements" / f"{name}.txt").read_text()
    assert "==" in text
    assert not list(lock_faults(text))


@pytest.mark.parametrize(
    "planted",
    [
        "typer>=1.0 \\\n    --hash=sha256:" + "0" * 64,
        "typer==1.0",
        "--index-url https://example.org/simple",
        "-e file:///somewhere",
        "typer==1.0 \\\n    --hash=md5:" + "0" * 32,
    ],
)
def test_a_lock_with_a_fault_is_caught(planted: str) -> None:
    assert list(lock_faults(planted))


def test_the_locks_for_running_and_testing_agree() -> None:
    locks = [(REPOSITORY / "requirements" / f"{name}.txt").read_text() for name in ("run", "dev")]
    run, dev = (set(re.findall(r"^[a-z0-9].*?==\S+(?: ; [^\\\n]+)?", lock, re.MULTILINE)) for lock in locks)
    assert run <= dev


def test_every_library_pyproject_asks_for_is_locked() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    names = {re.split(r"[\[<>=~! ]", line)[0] for line in asked} - {project["name"]}
    locked = set(re.findall(r"^([a-z0-9.-]+)==", (REPOSITORY / "requirements" / "dev.txt").read_text(), re.MULTILINE))
    assert names <= locked


def test_every_make_target_a_page_names_is_there() -> None:
    targets = make_targets((REPOSITORY / "Makefile").read_text())
    pages = [file for file in text_files() if file.path.suffix == ".md"]
    missing = {f"{page.path}: make {name}" for page in pages for name in named_targets(page.text) - targets}
    assert not missing


def test_the_readme_names_the_first_commands() -> None:
    assert {"demo", "test", "check"} <= named_targets((REPOSITORY / "README.md").read_text())


def test_targets_are_read_from_pages_as_a_person_reads_them() -> None:
    page = "Type `make demo`, and make sure of it.\n```\nmake test\n```\nmake haste\n"
    assert named_targets(page) == {"demo", "test"}
    assert make_targets("demo: x\n\techo\nVENV := a\n") == {"demo"}


def test_every_room_of_the_package_has_a_place_in_the_layers() -> None:
    contracts = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "layers")
    inside = {path.relative_to(PACKAGE) for path in repository_paths() if PACKAGE in path.parents}
    rooms = {path.parts[0].removesuffix(".py") for path in inside if path.suffix == ".py"}
    assert rooms
    assert not unplaced_rooms(layers, rooms - {"__init__", "__main__"})
    assert unplaced_rooms(layers, {"cellar"}) == {"cellar"}


def test_the_build_script_can_be_run() -> None:
    assert os.access(REPOSITORY / ".ci" / "run", os.X_OK)


def test_types_are_published_with_the_package() -> None:
    assert (REPOSITORY / Path(PACKAGE) / "py.typed").is_file()
