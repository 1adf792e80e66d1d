"""Puts the look back together: the only place that names its concrete parts, its clock and its engine.

Takes a project; gives a finished build. Files are received, then read, then built; each is told to `Progress`.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from fishplate.access.worker import seal_token
from fishplate.identity.tables import PUBLISHED as IDENTITY_TABLES
from fishplate.journeys.build import Build, Summary
from fishplate.journeys.tables import PUBLISHED as JOURNEY_TABLES
from fishplate.records.checking import Checked, check_files
from fishplate.records.received import Ledger, Received, forget, receive, standing
from fishplate.records.sources import formats
from fishplate.records.standing import StandingFile
from fishplate.records.staging import Staged, Staging, load, staged_key
from fishplate.records.tables import PUBLISHED as RECORD_TABLES
from fishplate.settings.project import Project
from fishplate.store.duckdb import DuckDB
from fishplate.store.files import locked


@dataclass(frozen=True, slots=True)
class Progress:
    """What a long run tells whoever waits: the step it is at, and bytes done within it."""

    step: Callable[[str, int], None] = lambda _name, _bytes: None
    done: Callable[[int], None] = lambda _bytes: None


QUIET = Progress()

__all__ = ["PUBLISHED", "Checked", "Progress", "Summary", "build", "check_files", "forget_file", "new_token"]

PUBLISHED = (*RECORD_TABLES, *IDENTITY_TABLES, *JOURNEY_TABLES)
"""Every published table, stage by stage."""


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


def forget_file(project: Project, source: str, name: str, why: str) -> bool:
    """Let a file no longer count from the next build on; false where no such file counts now."""
    with locked(project.build_folder / "build.lock"):
        return forget(Ledger(project.build_folder), source, name, why, now()) is not None


def new_token() -> tuple[str, str]:
    """A worker's new secret token, and the sealed text that a project keeps of it."""
    token = secrets.token_urlsafe(24)
    return token, str(seal_token(token, secrets.token_bytes(16)))
