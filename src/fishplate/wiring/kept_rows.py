"""The text of rows as they were received, from the kept files, for those who sent them and must put them right.

Takes the short name of a file and line numbers; gives the record that begins on each, all its lines where it has
several. Nothing is cached, so that nothing outlives the request it was read for.
"""

from collections.abc import Collection, Mapping

from fishplate.records.received import Ledger
from fishplate.records.returning import records_of
from fishplate.records.sources import formats
from fishplate.settings.project import Project

LONGEST_TEXT = 64 * 1024
"""Characters. What is longer is cut: a row that long was not written by a person."""


class KeptRows:
    """The kept files of one project."""

    def __init__(self, project: Project) -> None:
        """Read from the project's ledger and kept files."""
        self._ledger = Ledger(project.build_folder)
        self._dialects = {source.name: formats()[source.format].dialect(source) for source in project.sources}

    def texts(self, file: str, lines: Collection[int]) -> Mapping[int, str]:
        """The rows of a file that begin on these lines; those that are no longer kept are left out."""
        entry = next((one for one in self._ledger.entries() if one.file == file), None)
        if entry is None or entry.source not in self._dialects or not self._ledger.kept(entry.sha256).exists():
            return {}
        found = records_of(self._ledger.kept(entry.sha256), self._dialects[entry.source], frozenset(lines))
        return {line: record.decode("utf-8", errors="replace").rstrip("\r")[:LONGEST_TEXT] for line, record in found}
