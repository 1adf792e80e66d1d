"""Puts the look back together: the only place that names its concrete parts, its clock and its engine.

Takes a project; gives a finished build. Files are received, then read, then built; each is told to `Progress`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from fishplate.journeys.build import Build, Summary
from fishplate.records.received import Ledger, Received, receive, standing
from fishplate.records.sources import formats
from fishplate.records.standing import StandingFile
from fishplate.records.staging import Staged, Staging, load, staged_key
from fishplate.settings.project import Project
from fishplate.store.duckdb import DuckDB
from fishplate.store.files import locked


@dataclass(frozen=True, slots=True)
class Progress:
    """What a long run tells whoever waits: the step it is at, and bytes done within it."""

    step: Callable[[str, int], None] = lambda _name, _bytes: None
    done: Callable[[int], None] = lambda _bytes: None


QUIET = Progress()


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def build(project: Project, progress: Progress = QUIET, *, full: bool = False) -> Summary:
    """Build the project: receive what is new, read what was not read yet, publish what changed."""
    folder = project.build_folder
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder / "build.lock"):
        ledger = Ledger(folder)
        progress.step("Receiving files", 0)
        receive(project, ledger, now(), progress.done)
        files = standing(ledger.entries(), project.sources)
        spill = folder / "spill"
        with DuckDB(memory_limit=project.memory_limit, spill=spill) as engine:
            read = [StandingFile(entry, staged(engine, project, ledger, entry, progress)) for entry in files]
            building = Build(engine, project, ledger, read)
            return building.run(now(), lambda name: progress.step(name, 0), full=full)


def staged(engine: DuckDB, project: Project, ledger: Ledger, entry: Received, progress: Progress) -> Staged:
    """What reading the file gave, now or earlier."""
    source = next(source for source in project.sources if source.name == entry.source)
    folder = project.build_folder / "staged" / staged_key(entry, source, project.zone)
    if (folder / "counts.json").exists():
        return load(folder)
    progress.step(f"Reading {entry.name}", entry.size_bytes)
    reading = Staging(engine, formats()[source.format], source, entry, project.zone)
    return reading.read(ledger.kept(entry.sha256), folder, progress.done)
