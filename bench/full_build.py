"""A whole build of one CSV file, beside what DuckDB takes to scan that file: steps that `run.py` starts.

`write_project` of `make_csv.py` makes the file once, below the bench's folder. The scan reads every value of it, with
the types DuckDB finds; the build receives, reads, links and publishes all of it from nothing, and a second build of the
same folder shows what it costs to find nothing new.
"""

import argparse
import shutil
from pathlib import Path

import make_csv
from measured import measuring

from fishplate.cli.project import opened
from fishplate.store.duckdb import DuckDB
from fishplate.store.engine import literal
from fishplate.wiring.lookback import build


def project_folder(folder: Path) -> Path:
    """The project with its CSV, made where it is missing."""
    project = folder / "csv"
    if not (project / "fishplate.toml").exists():
        make_csv.write_project(project)
    return project


def scan_csv(folder: Path) -> object:
    """Read every value of the CSV, with the types DuckDB finds."""
    relation = f"read_csv({literal((project_folder(folder) / 'in' / 'legs.csv').as_posix())})"
    with DuckDB(memory_limit="2GB") as engine:
        columns = [row[0] for row in engine.rows(f"DESCRIBE SELECT * FROM {relation}")]
        return engine.rows(f"SELECT {', '.join(f'sum(hash({column}))' for column in columns)} FROM {relation}")


def build_csv(folder: Path) -> object:
    """Build the project from nothing."""
    project = project_folder(folder)
    shutil.rmtree(project / "build", ignore_errors=True)
    return build(opened(project)).figures


def build_again(folder: Path) -> object:
    """Build once more, with nothing new."""
    return build(opened(project_folder(folder))).changed


STEPS = {"scan_csv": scan_csv, "build_csv": build_csv, "build_again": build_again}


def main() -> None:
    """Run one step in this process; the CSV is made before it is measured."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--step", choices=sorted(STEPS), required=True)
    asked.add_argument("--folder", type=Path, required=True)
    said = asked.parse_args()
    project_folder(said.folder)
    with measuring() as told:
        told.append(STEPS[said.step](said.folder))


if __name__ == "__main__":
    main()
