"""Looks at the files of a project's sources before anything is built: are they there, have they the columns named?

Takes a project; gives every fault at once. Only the first block of each file is read.
"""

from dataclasses import dataclass

from fishplate.errors import Fault
from fishplate.records.framing import frames
from fishplate.records.received import files_of
from fishplate.records.sources import formats
from fishplate.settings.checking import column_faults
from fishplate.settings.project import Project, Source


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found: the faults, notes that stop nothing, and how many files were looked at."""

    faults: tuple[Fault, ...]
    notes: tuple[str, ...]
    files: int


def check_files(project: Project) -> Checked:
    """Every fault of the files of a project's sources."""
    faults: list[Fault] = []
    notes: list[str] = []
    count = 0
    for source in project.sources:
        files = files_of(project, source)
        count += len(files)
        if not files:
            notes.append(f"{source.name}: no file is at {source.path} yet.")
        for path in files:
            name = path.relative_to(project.folder).as_posix()
            header = () if formats()[source.format].shapes else columns(project, source, name)
            if header is None:
                notes.append(f"{source.name}: {name} is empty.")
            elif formats()[source.format].is_tabular:
                faults += column_faults(source, header, name)
    return Checked(tuple(faults), tuple(notes), count)


def columns(project: Project, source: Source, name: str) -> tuple[str, ...] | None:
    """The columns of a file, or nothing where it is empty."""
    found, batches = frames(
        project.folder / name, formats()[source.format].dialect(source), source.columns, lambda _fault: None
    )
    batches.close()
    return found or None
