"""A build server that skips a test has failed; a person's machine that skips one says why and goes on."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tidy.sources import REPOSITORY

SKIPPING = (
    "import pytest\n\n\ndef test_needs_a_cat():\n    pytest.skip('there is no cat')\n\n\ndef test_holds():\n    pass\n"
)


def run(folder: Path, workers: int, no_skips: str) -> subprocess.CompletedProcess[str]:
    """Run a made-up suite of one skipped and one passing test under this repository's own conftest."""
    tests = folder / "tests"
    tests.mkdir()
    shutil.copy(REPOSITORY / "tests" / "conftest.py", tests)
    (tests / "test_made_up.py").write_text(SKIPPING)
    command = [sys.executable, "-m", "pytest", "-rs", "-n", str(workers), "-p", "no:cacheprovider", "tests"]
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    surroundings["FISHPLATE_NO_SKIPS"] = no_skips
    return subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("workers", [0, 2])
def test_a_skip_fails_the_run_where_none_is_allowed(tmp_path: Path, workers: int) -> None:
    said = run(tmp_path, workers, no_skips="1")
    assert said.returncode == 1, said.stdout + said.stderr
    assert "1 passed, 1 skipped" in said.stdout
    assert "test_needs_a_cat: Skipped: there is no cat" in said.stdout


def test_elsewhere_a_skip_is_printed_with_its_reason(tmp_path: Path) -> None:
    said = run(tmp_path, 0, no_skips="0")
    assert said.returncode == 0, said.stdout + said.stderr
    assert "there is no cat" in said.stdout
