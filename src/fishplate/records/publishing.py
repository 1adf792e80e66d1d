"""Publishes what the records stage knows by itself: files, feeds, rejections and the directory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fishplate.records.correcting import settled
from fishplate.records.directory import entries
from fishplate.records.received import Received, latest
from fishplate.records.standing import StandingFile
from fishplate.records.tables import FEEDS, FILES, ORGANISATIONS, REJECTIONS, SERVICES
from fishplate.settings.project import Project
from fishplate.store.engine import Engine, literal, parquet
from fishplate.store.tables import Table
from fishplate.store.writing import empty, write


@dataclass(frozen=True, slots=True)
class SourceCount:
    """How many records of a source became what: the six last figures add up to `read`."""

    source: str
    files: int
    read: int
    accepted: int
    rejected: int
    duplicate: int
    corrected: int
    left_out: int
    unused: int


def count_sources(
    project: Project, files: Sequence[StandingFile], repeats: dict[str, tuple[int, int]]
) -> tuple[SourceCount, ...]:
    """What became of each source's records, in the order the project names them."""
    counts = []
    for source in project.sources:
        own = [file for file in files if file.received.source == source.name]
        copies = [file.staged for file in own]
        first = {file.staged.folder: file.staged for file in own}
        copied = sum(staged.accepted for staged in copies) - sum(staged.accepted for staged in first.values())
        same, other = repeats.get(source.name, (0, 0))
        whole = {
            field: sum(getattr(s, field) for s in copies)
            for field in ("read", "accepted", "rejected", "left_out", "unused")
        }
        accepted = whole.pop("accepted") - copied - same - other
        counts.append(
            SourceCount(source.name, len(own), accepted=accepted, duplicate=same + copied, corrected=other, **whole)
        )
    return tuple(counts)


def values(table: Table, listed: Iterable[Sequence[object]]) -> str:
    """Rows as a relation of the table's columns."""
    texts = [
        "(" + ", ".join("NULL" if value is None or value == "" else literal(str(value)) for value in row) + ")"
        for row in listed
    ]
    columns = ", ".join(table.names)
    return f"(SELECT * FROM (VALUES {', '.join(texts)}) AS listed({columns}))" if texts else empty(table)


def publish_files(engine: Engine, ledger: Sequence[Received], files: Sequence[StandingFile], folder: Path) -> None:
    """Write the files received, each with what became of it."""
    read = {file.received.received_as: file.staged for file in files}
    last = latest(ledger)
    listed = []
    for entry in {entry.received_as: entry for entry in ledger}.values():
        stands = "current" if entry.received_as in read else "replaced"
        if last[entry.source, entry.name].forgotten_why:
            stands = "forgotten"
        counts = read.get(entry.received_as)
        figures = (counts.read, counts.accepted, counts.rejected, counts.left_out) if counts else (None,) * 4
        listed.append(
            (entry.file, entry.sha256, entry.source, entry.name, entry.received_as, entry.size_bytes, *figures, stands)
        )
    write(engine, FILES, values(FILES, listed), folder / "files.parquet", order="received_as")


def publish_feeds(engine: Engine, project: Project, folder: Path) -> None:
    """Write what each source says of its own completeness."""
    listed: list[tuple[object, ...]] = []
    for source in project.sources:
        whose = (source.name, source.organisation, source.service_kind)
        listed.append((*whose, source.complete_from_on, source.complete_until_on, None, None, None))
        listed += [(*whose, None, None, hole.from_on, hole.until_on, hole.why) for hole in source.holes]
    write(engine, FEEDS, values(FEEDS, listed), folder / "feeds.parquet", order="source, hole_from_on NULLS FIRST")


def publish_rejections(engine: Engine, files: Sequence[StandingFile], folder: Path) -> None:
    """Write every rejection of the files that stand, and whether its record came again since."""
    write(engine, REJECTIONS, settled(files) if files else empty(REJECTIONS), folder / "rejections.parquet")


def publish_directory(engine: Engine, files: Sequence[StandingFile], project: Project, folder: Path) -> None:
    """Write the organisations and services, those only seen in a leg among them; the legs are published before."""
    seen = parquet(folder / "legs.parquet")
    for table in (ORGANISATIONS, SERVICES):
        relation = entries(engine, table, files, project, seen)
        write(engine, table, relation, folder / f"{table.name}.parquet", order=table.columns[0].name)
