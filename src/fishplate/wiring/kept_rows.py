"""The text of rows as they were received, from the kept files, for those who sent them and must put them right.

Takes the short name of a file and line numbers; gives the line each row begins on. A row that runs over several lines
is given by its first. Nothing is cached, so that nothing outlives the request it was read for.
"""

import gzip
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import BinaryIO

from fishplate.records.received import Ledger
from fishplate.settings.project import Project

LONGEST_TEXT_BYTES = 64 * 1024
"""What is longer is cut: a row that long was not written by a person."""

GZIP_STARTS = b"\x1f\x8b"


class KeptRows:
    """The kept files of one project."""

    def __init__(self, project: Project) -> None:
        """Read from the project's ledger and kept files."""
        self._ledger = Ledger(project.build_folder)
        self._encodings = {source.name: source.encoding for source in project.sources}

    def texts(self, file: str, lines: Collection[int]) -> Mapping[int, str]:
        """The rows of a file that begin on these lines; those that are no longer kept are left out."""
        entry = next((one for one in self._ledger.entries() if one.file == file), None)
        if entry is None or not lines:
            return {}
        path = self._ledger.kept(entry.sha256)
        if not path.exists():
            return {}
        with opened(path) as kept:
            return read_lines(kept, set(lines), self._encodings.get(entry.source, "utf-8"))


def opened(path: Path) -> BinaryIO:
    """The bytes of a kept file, unpacked where it is packed."""
    with path.open("rb") as kept:
        packed = kept.read(len(GZIP_STARTS)) == GZIP_STARTS
    return gzip.open(path, "rb") if packed else path.open("rb")  # type: ignore[return-value]


def read_lines(kept: BinaryIO, wanted: set[int], encoding: str) -> dict[int, str]:
    """The wanted lines of an open file, the first line being 1; a file that breaks off gives what came before."""
    found: dict[int, str] = {}
    number, begins, last = 1, True, max(wanted)
    try:
        while number <= last and (piece := kept.readline(LONGEST_TEXT_BYTES)):
            if begins and number in wanted:
                found[number] = piece.rstrip(b"\r\n").decode(encoding, errors="replace")
            begins = piece.endswith(b"\n")
            number += begins
    except (OSError, EOFError):
        pass
    return found
