"""Puts the look back together: the only place that names its concrete parts, its clock and its engine.

Takes a project; gives a finished build. Files are received, then read, then built; each is told to `Progress`.
"""

import os
import secrets
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from fishplate.access.worker import seal_token
from fishplate.errors import BuildStopped
from fishplate.identity.tables import PUBLISHED as IDENTITY_TABLES
from fishplate.journeys.build import Build, Summary
from fishplate.journeys.tables import PUBLISHED as JOURNEY_TABLES
from fishplate.records.checking import Checked, check_files
from fishplate.records.received import Ledger, Received, forget, receive, standing
from fishplate.records.sources import formats
from fishplate.records.staging import Staging, load, staged_key
from fishplate.records.standing import StandingFile
from fishplate.records.tables import PUBLISHED as RECORD_TABLES
from fishplate.settings.project import Project, Source
from fishplate.store.duckdb import DuckDB
from fishplate.store.files import locked


@dataclass(frozen=True, slots=True)
class Progress:
    """What a long run tells whoever waits: the step it is at, and bytes done within it."""

    step: Callable[[str, int], None] = lambda _name, _bytes: None
    done: Callable[[int], None] = lambda _bytes: None


QUIET = Progress()
LARGE_BYTES = 16 << 20
SPILL = "spill"

__all__ = ["PUBLISHED", "Checked", "Progress", "Summary", "build", "check_files", "forget_file", "new_token"]

PUBLISHED = (*RECORD_TABLES, *IDENTITY_TABLES, *JOURNEY_TABLES)
"""Every published table, stage by stage."""


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def build(project: Project, progress: Progress = QUIET, *, full: bool = False) -> Summary:
    """Build the project: receive what is new, read what was not read yet, publish what changed."""
    try:
        return build_locked(project, progress, full=full)
    except OSError as fault:
        raise BuildStopped(
            f"A file of the build could not be written: {fault.strerror or fault}. Free disk space, see who may write "
            f"in {project.build_folder}, and build again; what is already read stays read."
        ) from fault


def build_locked(project: Project, progress: Progress, *, full: bool) -> Summary:
    """Build the project while nobody else builds it."""
    folder = project.build_folder
    # What is kept and read identifies people, also in planning mode: it is for this account alone.
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locked(folder / "build.lock"):
        # What a killed build spilled may identify people, and nobody else would remove it.
        shutil.rmtree(folder / SPILL, ignore_errors=True)
        (folder / SPILL).mkdir(exist_ok=True)
        ledger = Ledger(folder)
        progress.step("Receiving files", 0)
        unopened = receive(project, ledger, now(), progress.done)
        entries = standing(ledger.entries(), project.sources)
        read_all(project, ledger, entries, progress)
        files = [StandingFile(entry, load(staged_folder(project, entry))) for entry in entries]
        with engine(project) as whole:
            summary = Build(whole, project, ledger, files).run(now(), lambda name: progress.step(name, 0), full=full)
    return replace(summary, unopened_files=unopened)


def engine(project: Project, threads: int | None = None) -> DuckDB:
    """An engine within the project's memory limit, that spills into a folder of its own in the build folder.

    Two engines that share one would take each other's files for their own, and remove them.
    """
    spill = project.build_folder / SPILL / secrets.token_hex(8)
    return DuckDB(memory_limit=project.memory_limit, threads=threads or project.threads or None, spill=spill)


def read_all(project: Project, ledger: Ledger, entries: tuple[Received, ...], progress: Progress) -> None:
    """Read every file that was not read yet: large ones one by one with all threads, small ones side by side.

    Planning a small file's statement takes longer than running it, and is done by one thread; so a thread each.
    """
    unread = [entry for entry in entries if not (staged_folder(project, entry) / "counts.json").exists()]
    # The same bytes under two names are read once.
    once = list({staged_folder(project, entry): entry for entry in unread}.values())
    large = [entry for entry in once if entry.size_bytes >= LARGE_BYTES]
    small = [entry for entry in once if entry.size_bytes < LARGE_BYTES]
    if small:
        progress.step(f"Reading {len(small):,} files", sum(entry.size_bytes for entry in small))
    workers = min(len(small), project.threads or os.cpu_count() or 1)
    groups = [small[number::workers] for number in range(workers)]
    with ThreadPoolExecutor(max_workers=max(workers, 1)) as threads:
        list(threads.map(lambda group: read_group(project, ledger, group, progress, threads=1), groups))
    for entry in large:
        progress.step(f"Reading {entry.name}", entry.size_bytes)
        read_group(project, ledger, [entry], progress, threads=None)


def read_group(
    project: Project, ledger: Ledger, entries: list[Received], progress: Progress, *, threads: int | None
) -> None:
    """Read files one after another with an engine of their own."""
    with engine(project, threads) as own:
        if threads == 1:
            # For a small file, improving the plan costs as much as all the rest.
            own.run("PRAGMA disable_optimizer")
        for entry in entries:
            source = source_of(project, entry)
            reading = Staging(own, formats()[source.format], source, entry, project.zone)
            reading.read(ledger.kept(entry.sha256), staged_folder(project, entry), progress.done)


def source_of(project: Project, entry: Received) -> Source:
    """The source a file belongs to."""
    return next(source for source in project.sources if source.name == entry.source)


def staged_folder(project: Project, entry: Received) -> Path:
    """Where what reading the file gave is kept."""
    return project.build_folder / "staged" / staged_key(entry, source_of(project, entry), project.zone)


def forget_file(project: Project, source: str, name: str, why: str) -> bool:
    """Let a file no longer count from the next build on; false where no such file counts now."""
    with locked(project.build_folder / "build.lock"):
        return forget(Ledger(project.build_folder), source, name, why, now()) is not None


def new_token() -> tuple[str, str]:
    """A worker's new secret token, and the sealed text that a project keeps of it."""
    token = secrets.token_urlsafe(24)
    return token, str(seal_token(token, secrets.token_bytes(16)))
