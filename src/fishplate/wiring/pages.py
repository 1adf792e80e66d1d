"""Opens a finished build for the pages: which build is current, its tables over Parquet, its secret, and the workers.

Takes a project; gives what `place_app` and `hub_app` are handed. Here, at the edge, are the clock, chance and the
secrets: one for each build, from which the random keys of journeys are made, and one for each start, for cookies.
"""

import secrets
from datetime import UTC, datetime
from pathlib import Path

from fishplate.access.worker import SealedToken, Worker
from fishplate.errors import BuildStopped
from fishplate.identity.tables import IDENTIFIED, LINKS
from fishplate.identity.tables import PUBLISHED as IDENTITY
from fishplate.journeys.tables import PUBLISHED as JOURNEYS
from fishplate.records.tables import PUBLISHED as RECORDS
from fishplate.report.planning import Build
from fishplate.settings.project import Project
from fishplate.store.duckdb import DuckDB
from fishplate.store.engine import name, parquet
from fishplate.store.tables import Table

REVIEWERS = frozenset({"privacy officer", "caldicott guardian", "data protection officer"})
"""Roles that check the audit, as a project writes them in any case of letters."""

SECRET_BYTES = 32

PLANNING_TABLES: tuple[Table, ...] = (*RECORDS, *IDENTITY, *JOURNEYS)
CARE_TABLES: tuple[Table, ...] = (*PLANNING_TABLES, IDENTIFIED, LINKS)


def current_folder(build_folder: Path) -> Path:
    """The folder of the current build's tables. Raises BuildStopped where there is none yet."""
    marker = build_folder / "current"
    if marker.exists():
        folder = build_folder / "published" / marker.read_text(encoding="utf-8").strip()
        if folder.is_dir():
            return folder
    raise BuildStopped(
        "There is no finished build to show. Run `fishplate build` on this project first, then serve it."
    )


def build_of(project: Project, folder: Path, *, is_demo: bool = False) -> Build:
    """Which build a folder holds, and when it was published."""
    at = datetime.fromtimestamp(folder.stat().st_mtime, UTC)
    return Build(folder.name, project.name, project.place or project.name, at, is_demo)


def opened(folder: Path, tables: tuple[Table, ...], memory_limit: str = "1GB") -> DuckDB:
    """An engine that sees these tables of a build and no others; one that was not published is seen as empty."""
    engine = DuckDB(memory_limit=memory_limit)
    for table in tables:
        engine.run(f"CREATE VIEW {name(table.name)} AS {relation(folder, table)}")
    return engine


def relation(folder: Path, table: Table) -> str:
    """The rows of a table as SQL, with every declared column, whether or not the build has it."""
    file = folder / f"{table.name}.parquet"
    if file.exists():
        return f"SELECT * FROM {parquet(file)}"
    empty = ", ".join(f"CAST(NULL AS {column.kind.value}) AS {name(column.name)}" for column in table.columns)
    return f"SELECT {empty} WHERE false"


def build_secret(build_folder: Path, number: str) -> bytes:
    """The secret of a build, made at the first opening and kept beside the builds, for this account alone."""
    folder = build_folder / "secrets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / number
    try:
        with file.open("xb") as fresh:
            file.chmod(0o600)
            fresh.write(secrets.token_bytes(SECRET_BYTES))
    except FileExistsError:
        pass
    return file.read_bytes()


def start_secret() -> bytes:
    """A secret for the cookies of this start; the next start has another, and everybody signs in again."""
    return secrets.token_bytes(SECRET_BYTES)


def fresh_text() -> str:
    """An unguessable text that may stand in an address."""
    return secrets.token_urlsafe(24)


def now_utc() -> datetime:
    """The moment."""
    return datetime.now(UTC)


def workers_of(project: Project) -> tuple[Worker, ...]:
    """The workers a project names who have a token; the role says whether one checks the audit."""
    return tuple(
        Worker(
            entry.worker_id,
            entry.name,
            entry.role,
            entry.organisation_id,
            SealedToken.parse(entry.token_hash),
            reviews_audit=entry.role.casefold() in REVIEWERS,
        )
        for entry in project.workers
        if entry.token_hash
    )


def kind_words(project: Project) -> dict[str, str]:
    """The project's own words for service kinds, by code."""
    return dict(project.service_kinds)
