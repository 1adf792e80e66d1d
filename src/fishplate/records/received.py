"""Every file we were sent, kept with its hash, and the order in which they came.

Takes a project's sources and the files that stand in its folder; keeps a copy of each under its SHA-256 and adds a line
to the ledger. The ledger is only ever added to: a file that comes again with other content under the same name
*replaces* the earlier one, which stays kept; one that is gone from the folder still counts; one that is *forgotten* by
a person's act no longer does.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

import orjson

from fishplate.errors import SourceUnreadable
from fishplate.settings.project import Project, Source

SHORT = 16
"""Characters of a SHA-256 that name a file in published tables."""
PIECE_BYTES = 4 << 20
NEW = 0
"""The place in the order of receipt of a file that has none yet."""


@dataclass(frozen=True, slots=True)
class Received:
    """One line of the ledger: a file of a source, as it came; `forgotten_why` marks one that was forgotten."""

    received_as: int
    source: str
    name: str
    sha256: str
    size_bytes: int
    changed_ns: int
    received_at: str
    forgotten_why: str = ""

    @property
    def file(self) -> str:
        """The short name of the file in published tables."""
        return self.sha256[:SHORT]


class Ledger:
    """The files received, in a folder: the ledger and the kept copies."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "received.jsonl"

    def entries(self) -> list[Received]:
        """All lines of the ledger in order; a line torn by a crash counts for nothing and its file is received anew."""
        if not self._path.exists():
            return []
        found = []
        for line in self._path.read_bytes().split(b"\n"):
            try:
                found.append(Received(**orjson.loads(line)))
            except (orjson.JSONDecodeError, TypeError):
                continue
        return found

    def kept(self, sha256: str) -> Path:
        """Where the bytes with that hash are kept."""
        return self._folder / "kept" / sha256[:2] / sha256

    def add(self, entries: Iterable[Received]) -> None:
        """Add lines, and see them on disk."""
        self._folder.mkdir(parents=True, exist_ok=True)
        text = b"".join(orjson.dumps(asdict(entry)) + b"\n" for entry in entries)
        torn = self._path.exists() and self._path.read_bytes()[-1:] not in (b"", b"\n")
        with self._path.open("ab") as ledger:
            ledger.write((b"\n" if torn else b"") + text)
            ledger.flush()
            os.fsync(ledger.fileno())

    def keep(self, path: Path, progress: Callable[[int], None]) -> str:
        """Keep a copy of the file and give its SHA-256; a copy that is there already is not written twice."""
        self._folder.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        # One name for all, since only the holder of the build's lock receives: what a stopped one left is written over.
        part = self._folder / "arriving.part"
        with part.open("wb") as copy:
            for piece in pieces(path):
                digest.update(piece)
                copy.write(piece)
                progress(len(piece))
            copy.flush()
            os.fsync(copy.fileno())
        sha256 = digest.hexdigest()
        target = self.kept(sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        part.replace(target)
        return sha256


def pieces(path: Path) -> Iterator[bytes]:
    """The bytes of a file that was sent, piece by piece. Raises SourceUnreadable, so that a full disk is told apart."""
    try:
        with path.open("rb") as source:
            while piece := source.read(PIECE_BYTES):
                yield piece
    except OSError as fault:
        raise SourceUnreadable(f"{path.name} could not be opened or read to its end.") from fault


def files_of(project: Project, source: Source) -> list[Path]:
    """The files of a source that stand in the project's folder, by name; folders and hidden files are passed over."""
    found = (path for path in project.folder.glob(source.path) if path.is_file() and not path.name.startswith("."))
    return sorted(found, key=lambda path: path.relative_to(project.folder).as_posix())


def receive(
    project: Project, ledger: Ledger, now: datetime, progress: Callable[[int], None] = lambda _: None
) -> tuple[str, ...]:
    """Receive every file that is new or has changed since it was received.

    Gives the names of files that could not be opened; they stop nothing, and are tried again at the next run.
    """
    known = latest(ledger.entries())
    number = max((entry.received_as for entry in ledger.entries()), default=0)
    unopened: list[str] = []
    for source in project.sources:
        for path in files_of(project, source):
            name = path.relative_to(project.folder).as_posix()
            try:
                entry = arrived(path, source, name, known.get((source.name, name)), ledger, now, progress)
            except SourceUnreadable:
                unopened.append(name)
                continue
            if entry:
                number += entry.received_as == NEW
                ledger.add((replace(entry, received_as=number) if entry.received_as == NEW else entry,))
    return tuple(unopened)


def arrived(
    path: Path, source: Source, name: str, before: Received | None, ledger: Ledger, now: datetime,
    progress: Callable[[int], None],
) -> Received | None:  # fmt: skip
    """The file as a line of the ledger, its bytes kept; nothing where it is the one received before.

    The same bytes with another time of change are the same receipt: its line is only told again, with the new time.
    """
    try:
        status = path.stat()
    except OSError as fault:
        raise SourceUnreadable(f"{path.name} could not be looked at.") from fault
    if before and (before.size_bytes, before.changed_ns) == (status.st_size, status.st_mtime_ns):
        return None
    sha256 = ledger.keep(path, progress)
    if before and before.sha256 == sha256:
        return replace(before, changed_ns=status.st_mtime_ns)
    at = now.isoformat(timespec="seconds")
    return Received(NEW, source.name, name, sha256, status.st_size, status.st_mtime_ns, at)


def forget(ledger: Ledger, source: str, name: str, why: str, now: datetime) -> Received | None:
    """Let a file's rows no longer count, by a person's act and for a reason; the kept copy stays."""
    entry = latest(ledger.entries()).get((source, name))
    if entry is None or entry.forgotten_why:
        return None
    number = max(entry.received_as for entry in ledger.entries()) + 1
    forgotten = replace(entry, received_as=number, received_at=now.isoformat(timespec="seconds"), forgotten_why=why)
    ledger.add((forgotten,))
    return forgotten


def latest(entries: Iterable[Received]) -> dict[tuple[str, str], Received]:
    """The last line of the ledger for each source and name."""
    return {(entry.source, entry.name): entry for entry in entries}


def standing(entries: Iterable[Received], sources: Iterable[Source]) -> tuple[Received, ...]:
    """The files whose rows count, in the order they came: the latest under each name that was not forgotten."""
    named = {source.name for source in sources}
    found = (entry for entry in latest(entries).values() if entry.source in named and not entry.forgotten_why)
    return tuple(sorted(found, key=lambda entry: entry.received_as))
