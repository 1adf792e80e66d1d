"""Each import contract of ``pyproject.toml`` breaks on what it forbids, tried on a made-up Fishplate of two files."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tidy.sources import REPOSITORY

LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"

PLANTED = {
    "a lower room imports a higher one": ("layers", "store/duckdb.py", "fishplate.web"),
    "two rooms side by side": ("layers", "charts/funnel.py", "fishplate.measures"),
    "a room with no place": ("layers", "cellar/coal.py", None),
    "the words read a file": ("pure-core", "care/legs.py", "pathlib"),
    "a standard reads the clock": ("pure-core", "standards/check.py", "time"),
    "a chart asks a database": ("pure-core", "charts/funnel.py", "duckdb"),
    "the protocol sends": ("pure-core", "handover/protocol/decide.py", "httpx"),
    "a node looks back": ("forward-knows-no-back", "handover/node.py", "fishplate.store.engine"),
    "the look back asks a node": ("back-knows-no-forward", "measures/calculate.py", "fishplate.ticket.merge"),
    "one format leans on another": (
        "formats-are-strangers",
        "records/sources/csv.py",
        "fishplate.records.sources.fhir",
    ),
}


def made_up_package(folder: Path, file: str, imported: str | None) -> None:
    """Lay out a package ``fishplate`` in a folder, with one file that imports one module."""
    shutil.copy(REPOSITORY / "pyproject.toml", folder)
    wanted = [Path("fishplate", file)]
    if imported and imported.startswith("fishplate."):
        wanted.append(Path(*imported.split("."), "made_up.py"))
    for path in wanted:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("")
        for package in path.parents[:-1]:
            (folder / package / "__init__.py").touch()
    if imported:
        (folder / "fishplate" / file).write_text(f"import {imported}{'.made_up' if len(wanted) == 2 else ''}\n")


def verdict(folder: Path, contract: str) -> subprocess.CompletedProcess[str]:
    """What the contract says of the package in a folder."""
    command = [sys.executable, "-c", LINT_IMPORTS, "--config", "pyproject.toml", "--contract", contract, "--no-cache"]
    surroundings = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("case", PLANTED)
def test_a_forbidden_import_breaks_its_contract(case: str, tmp_path: Path) -> None:
    contract, file, imported = PLANTED[case]
    made_up_package(tmp_path, file, imported)
    said = verdict(tmp_path, contract)
    assert said.returncode == 1, said.stdout + said.stderr
    assert "Contracts: 0 kept, 1 broken" in said.stdout, said.stdout + said.stderr


@pytest.mark.parametrize("contract", sorted({contract for contract, _, _ in PLANTED.values()}))
def test_an_allowed_import_keeps_it(contract: str, tmp_path: Path) -> None:
    made_up_package(tmp_path, "journeys/build.py", "fishplate.care.legs")
    said = verdict(tmp_path, contract)
    assert said.returncode == 0, said.stdout + said.stderr
