"""Builds a project: from the files that stand to published tables, whole or not at all.

Takes a project, the ledger of received files and the last published build; gives the next one in a folder of its own,
with a manifest that says what went in. `build/current` names the build that is served and is replaced in one step, so a
build stopped half-way leaves the last good one as it was, and the next run goes on with every file already read.
"""

import hashlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

import orjson

from fishplate.errors import BuildStopped
from fishplate.identity.codes import CODES, LINKS, NO_CODES, give_codes
from fishplate.identity.linking import link
from fishplate.identity.people import identified_sql, people_sql
from fishplate.identity.tables import CODES as CODES_TABLE
from fishplate.identity.tables import IDENTIFIED
from fishplate.identity.tables import LINKS as LINKS_TABLE
from fishplate.identity.tables import PEOPLE as PUBLISHED_PEOPLE
from fishplate.identity.tables import PUBLISHED as IDENTITY_TABLES
from fishplate.journeys import cube, journey, pairs
from fishplate.journeys.figures import Figures, PairFigures, figures_of, publish_changes, publish_figures
from fishplate.journeys.legs import Carried, publish_rows, touch
from fishplate.journeys.order import order_faults
from fishplate.journeys.tables import PUBLISHED as JOURNEY_TABLES
from fishplate.records.directory import ALIASES, collect_aliases
from fishplate.records.publishing import (
    SourceCount,
    count_sources,
    publish_directory,
    publish_feeds,
    publish_files,
    publish_rejections,
)  # fmt: skip
from fishplate.records.received import Ledger, Received
from fishplate.records.staging import load
from fishplate.records.standing import StandingFile, count_repeats, current, once_each, rows
from fishplate.records.tables import DIRECTORY, PEOPLE
from fishplate.records.tables import PUBLISHED as RECORD_TABLES
from fishplate.settings.project import Project
from fishplate.store.engine import Engine, literal, parquet
from fishplate.store.files import move_whole, write_whole
from fishplate.store.writing import write, write_catalogue

VERSION = "2"
"""Raised when building changes what it gives for the same rows, so that everybody is made anew."""

CATALOGUE = "fishplate.duckdb"
PRIVATE = "identified"
"""The folder beside the published builds for what identifies people, by build; no planning page ever reads it, and
whoever hands on a published build hands on none of it."""

KEPT_BUILDS = 2
PAIR_FIGURES = ("adjacent_pairs", "pairs_between_organisations")
Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build says of itself; `changed` is false where there was nothing new."""

    build: int
    built_at: str
    changed: bool
    rebuilt_people: int
    sources: tuple[SourceCount, ...]
    figures: Figures
    figures_changed: int
    why: str
    unopened_files: tuple[str, ...] = ()
    """Files that stand in the folder and could not be opened; nothing of them counts yet."""


@dataclass(frozen=True, slots=True)
class Published:
    """A finished build: its number, its folder, and its manifest."""

    number: int
    folder: Path
    private: Path
    manifest: dict[str, object] = field(repr=False)

    @property
    def summary(self) -> Summary:
        """The summary it was finished with."""
        told = dict(self.manifest["summary"])  # type: ignore[call-overload]
        told["sources"] = tuple(SourceCount(**source) for source in told["sources"])
        pairs = {name: PairFigures(**told["figures"][name]) for name in PAIR_FIGURES}
        told["figures"] = Figures(**{**told["figures"], **pairs})
        return Summary(**told)


def last_published(build_folder: Path) -> Published | None:
    """The build that `current` names, if there is one. Raises BuildStopped where what it names is not there whole.

    To go on as if there were none would give everybody a new person code.
    """
    pointer = build_folder / "current"
    if not pointer.exists():
        return None
    folder = build_folder / "published" / pointer.read_text(encoding="ascii").strip()
    manifest = folder / "manifest.json"
    private = build_folder / PRIVATE / folder.name
    if not manifest.exists() or not (private / "person_codes.parquet").exists():
        raise BuildStopped(
            f"The file `current` names build {folder.name}, and a part of that build is gone. Put the build folder "
            "back from a copy; or, if no person code of it is used anywhere, remove `current` and build again."
        )
    return Published(int(folder.name), folder, private, orjson.loads(manifest.read_bytes()))


def signature(project: Project, files: Sequence[StandingFile]) -> str:
    """A text that is the same exactly where building again would change nothing."""
    told = (
        VERSION, project.name, project.place, project.zone, project.mode, project.organisations, project.services,
        [
            (s.name, s.organisation, s.service_kind, s.complete_from_on, s.complete_until_on, s.holes)
            for s in project.sources
        ],
        [(f.received.received_as, f.received.source, f.received.name, f.staged.folder.name) for f in files],
    )  # fmt: skip
    return hashlib.sha256(repr(told).encode()).hexdigest()


class Build:
    """One build, step by step."""

    def __init__(self, engine: Engine, project: Project, ledger: Ledger, files: Sequence[StandingFile]) -> None:
        self._engine = engine
        self._project = project
        self._ledger = ledger
        self._files = tuple(files)
        self._distinct = once_each(files)
        self._before = last_published(project.build_folder)

    def run(self, now: datetime, step: Step = lambda _: None, *, full: bool = False) -> Summary:
        """Build what is new, or everything with `full`; gives the summary, also where nothing had changed."""
        signed = signature(self._project, self._files)
        if self._before and self._before.manifest["signature"] == signed and not full:
            return _unchanged(self._before.summary)
        number = self._before.number + 1 if self._before else 1
        folder = self._project.build_folder / "published" / f"{number:06d}"
        private = self._project.build_folder / PRIVATE / folder.name
        part, private_part = (place.with_name(f"{place.name}.part") for place in (folder, private))
        for place in (part, private_part):
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir(parents=True)
        summary = self._publish(part, private_part, number, now, step, full=full)
        manifest = {
            "signature": signed,
            "version": VERSION,
            "zone": self._project.zone,
            "mode": self._project.mode,
            "files": [{"received": asdict(file.received), "staged": file.staged.folder.name} for file in self._files],
            "summary": asdict(summary),
        }
        write_whole(part / "manifest.json", orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
        move_whole(private_part, private)
        move_whole(part, folder)
        write_whole(self._project.build_folder / "current", folder.name.encode())
        self._retire(number)
        return summary

    def _publish(self, part: Path, private: Path, number: int, now: datetime, step: Step, *, full: bool) -> Summary:
        """Write every table of the build."""
        step("Linking people")
        links = self._link(private)
        step("Directory")
        collect_aliases(self._engine, self._distinct)
        self._keep_aliases(private)
        before = None if full else self._carried(private)
        rebuilt = -1
        if before and self._before:
            links_before = parquet(self._before.private / "links.parquet")
            rebuilt = touch(self._engine, self._distinct, before, links, links_before)
        step("Legs and all that happened")
        publish_rows(self._engine, self._distinct, links, part, before)
        publish_directory(self._engine, self._distinct, self._project, part)
        step("Adjacent pairs and journeys")
        self._derive(part)
        step("People, files and rejections")
        self._people(part, private, links)
        publish_files(self._engine, self._ledger.entries(), self._files, part)
        publish_feeds(self._engine, self._project, part)
        publish_rejections(self._engine, self._distinct, part)
        step("Figures")
        publish_figures(self._engine, part)
        why = self._why()
        changed = publish_changes(self._engine, part, self._before.folder if self._before else None, why)
        step("One file for analysts")
        tables = (*IDENTITY_TABLES, *RECORD_TABLES, *JOURNEY_TABLES)
        write_catalogue(self._engine, tables, part, part / CATALOGUE)
        figures = figures_of(self._engine, part)
        for table in DIRECTORY:
            current(self._engine, table, self._distinct)
        counts = count_sources(self._project, self._files, count_repeats(self._engine, self._distinct))
        return Summary(
            number, now.isoformat(timespec="seconds"), True, figures.people if rebuilt < 0 else rebuilt, counts,
            figures, changed, why,
        )  # fmt: skip

    def _link(self, private: Path) -> str:
        """Link identities to people; gives the relation of links."""
        listed = [file.staged.identities for file in self._distinct]
        known = NO_CODES
        if self._before:
            known = parquet(self._before.private / "person_codes.parquet")
        link(self._engine, parquet(*listed) if listed else "(SELECT CAST(NULL AS VARCHAR) AS identity WHERE false)")
        give_codes(self._engine, known)
        write(self._engine, LINKS_TABLE, LINKS, private / "links.parquet")
        write(self._engine, CODES_TABLE, CODES, private / "person_codes.parquet")
        return LINKS

    def _keep_aliases(self, private: Path) -> None:
        """Keep the aliases, so that the next build sees whether any reference would now resolve otherwise."""
        for alias in ALIASES.values():
            target = literal((private / f"{alias}.parquet").as_posix())
            self._engine.run(f"COPY (SELECT * FROM {alias} ORDER BY ALL) TO {target} (FORMAT parquet)")

    def _carried(self, private: Path) -> Carried | None:
        """The build to carry rows over from, or nothing where everybody must be made anew."""
        before = self._before
        if not before or (before.manifest["version"], before.manifest["zone"]) != (VERSION, self._project.zone):
            return None
        for alias in ALIASES.values():
            old, new = (parquet(folder / f"{alias}.parquet") for folder in (before.private, private))
            differ = f"(FROM {old} EXCEPT FROM {new}) UNION ALL (FROM {new} EXCEPT FROM {old})"
            if self._engine.rows(f"SELECT count(*) FROM ({differ})")[0][0]:
                return None
        staged = self._project.build_folder / "staged"
        files = []
        for entry in before.manifest["files"]:  # type: ignore[attr-defined]
            folder = staged / entry["staged"]
            if not (folder / "counts.json").exists():
                return None
            files.append(StandingFile(Received(**entry["received"]), load(folder)))
        return Carried(before.folder, tuple(once_each(files)))

    def _derive(self, part: Path) -> None:
        """Adjacent pairs, their cube and journeys, streamed from the sorted legs."""
        legs = part / "legs.parquet"
        if order_faults(self._engine, parquet(legs)):
            raise BuildStopped(
                "The published legs are not in their order. This is a fault of Fishplate: please report it."
            )
        services = self._engine.rows(
            f"SELECT service_id, place FROM {parquet(part / 'services.parquet')} WHERE place IS NOT NULL"
        )
        pairs.publish(self._engine, legs, part / "adjacent_pairs.parquet")
        cube.publish(self._engine, legs, part / "pair_cube.parquet", dict(services), self._project.place)
        life_events = part / "life_events.parquet"
        journey.publish(self._engine, legs, part / "adjacent_pairs.parquet", life_events, part / "journeys.parquet")

    def _people(self, part: Path, private: Path, links: str) -> None:
        """People, and in care mode their names and numbers beside them."""
        current(self._engine, PEOPLE, self._distinct)
        told = rows(PEOPLE, self._distinct)
        write(self._engine, PUBLISHED_PEOPLE, f"({people_sql(told, links)})", part / "people.parquet")
        if self._project.mode == "care":
            write(self._engine, IDENTIFIED, f"({identified_sql(told, links)})", private / "identified.parquet")

    def _why(self) -> str:
        """Which files came, were replaced or no longer count since the build before, in words."""
        if not self._before:
            return ""
        listed = self._before.manifest["files"]
        before = {(f["received"]["source"], f["received"]["name"]): f for f in listed}  # type: ignore[attr-defined]
        now = {(file.received.source, file.received.name): file for file in self._files}
        told = [f"{name} came ({source})" for source, name in now if (source, name) not in before]
        told += [f"{name} no longer counts ({source})" for source, name in before if (source, name) not in now]
        for key, file in now.items():
            old = before.get(key)
            if old and old["received"]["sha256"] != file.received.sha256:
                told.append(f"{key[1]} was replaced ({key[0]})")
            elif old and old["staged"] != file.staged.folder.name:
                told.append(f"{key[1]} is read by a changed mapping ({key[0]})")
        return "; ".join(sorted(told)) or "the project file changed"

    def _retire(self, number: int) -> None:
        """Remove builds older than the last ones kept, what stopped builds left, and names where none are to be."""
        for place in ("published", PRIVATE):
            for folder in sorted((self._project.build_folder / place).iterdir()):
                if folder.name.endswith(".part") or int(folder.name) <= number - KEPT_BUILDS:
                    shutil.rmtree(folder, ignore_errors=True)
                elif self._project.mode != "care":
                    (folder / "identified.parquet").unlink(missing_ok=True)


def _unchanged(summary: Summary) -> Summary:
    """The summary of a build that found nothing new."""
    told = {name: getattr(summary, name) for name in Summary.__slots__}
    return Summary(**{**told, "changed": False, "rebuilt_people": 0, "figures_changed": 0})
