"""Opens a finished build for the pages: which build is current, its tables over Parquet, its secret, and the workers.

Takes a project; gives what `place_app` and `hub_app` are handed. Here, at the edge, are the clock, chance and the
secrets: one for each build, from which the random keys of journeys are made, and one for each start, for cookies.
"""

import secrets
from datetime import UTC, datetime
from pathlib import Path

from fishplate.access.worker import SealedToken, Worker
from fishplate.errors import BuildStopped, NotAllowed
from fishplate.identity.tables import IDENTIFIED, LINKS
from fishplate.identity.tables import PUBLISHED as IDENTITY
from fishplate.journeys.build import Published, last_published
from fishplate.journeys.tables import PUBLISHED as JOURNEYS
from fishplate.measures.disclosure import POLICIES
from fishplate.records.tables import PUBLISHED as RECORDS
from fishplate.report.planning import Build
from fishplate.settings.project import Project
from fishplate.store.chain import ChainFile
from fishplate.store.duckdb import DuckDB
from fishplate.store.engine import Engine, name, parquet
from fishplate.store.tables import Table
from fishplate.wiring.care_pages import BuiltCareTables
from fishplate.wiring.join_standards import chosen
from fishplate.wiring.kept_rows import KeptRows
from fishplate.wiring.person_joins import JoinsOfPeople
from fishplate.wiring.planning_pages import BuiltPlanningTables

REVIEWERS = frozenset({"privacy officer", "caldicott guardian", "data protection officer"})
"""Roles that check the audit, as a project writes them in any case of letters."""

SECRET_BYTES = 32

PLANNING_TABLES: tuple[Table, ...] = (*RECORDS, *IDENTITY, *JOURNEYS)
PRIVATE_TABLES: tuple[Table, ...] = (IDENTIFIED, LINKS)


def published(project: Project) -> Published:
    """The project's current build. Raises BuildStopped where there is none yet."""
    found = last_published(project.build_folder)
    if found is None:
        raise BuildStopped("There is no finished build to show. Run `fishplate build` on this project, then serve it.")
    return found


def build_of(project: Project, found: Published, *, is_demo: bool = False) -> Build:
    """What the pages say of a build: its number, and when it was made."""
    at = datetime.fromisoformat(found.summary.built_at)
    return Build(str(found.number), project.name, project.place or project.name, at, is_demo)


def planning_tables(project: Project, *, is_demo: bool = False) -> BuiltPlanningTables:
    """The current build as planning pages may show it; what identifies people is not so much as opened."""
    found = published(project)
    secret = build_secret(project.build_folder, found.folder.name)
    engine = opened(found.folder, PLANNING_TABLES)
    build = build_of(project, found, is_demo=is_demo)
    return BuiltPlanningTables(engine, build, POLICIES[project.suppression], secret, dict(project.service_kinds))


def care_tables(project: Project, *, is_demo: bool = False) -> BuiltCareTables:
    """The current build as care pages show it. Raises NotAllowed where the project is not in care mode."""
    if project.mode != "care":
        raise NotAllowed('Care pages need a project in care mode: set mode = "care" in fishplate.toml and build again.')
    found = published(project)
    engine = opened(found.folder, PLANNING_TABLES)
    see(engine, found.private, PRIVATE_TABLES)
    build = build_of(project, found, is_demo=is_demo)
    standards = chosen(project.join_standards)
    built_at = datetime.fromisoformat(found.summary.built_at)
    joins = JoinsOfPeople(engine, standards, project.place, project.zone, built_at)
    return BuiltCareTables(engine, build, dict(project.service_kinds), KeptRows(project), joins)


def audit_of(project: Project) -> ChainFile:
    """The project's audit chain, kept beside its builds."""
    return ChainFile(project.build_folder / "audit")


def opened(folder: Path, tables: tuple[Table, ...], memory_limit: str = "1GB") -> DuckDB:
    """An engine that sees these tables of a build and no others."""
    engine = DuckDB(memory_limit=memory_limit)
    see(engine, folder, tables)
    return engine


def see(engine: Engine, folder: Path, tables: tuple[Table, ...]) -> None:
    """Let an engine see the tables of a folder; one that was not published is seen as empty."""
    for table in tables:
        engine.run(f"CREATE VIEW {name(table.name)} AS {relation(folder, table)}")


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
