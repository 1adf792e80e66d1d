"""`fishplate check`: every fault of a project at once, in its file and in the columns of its sources' files."""

from pathlib import Path

import click

from fishplate.cli import project as projects
from fishplate.errors import ProjectFaults
from fishplate.wiring.lookback import check_files


@click.command()
@projects.argument
def command(project: Path) -> None:
    """Find every fault in a project at once: keys, columns, dates, files. Nothing is built."""
    opened = projects.opened(project)
    checked = check_files(opened)
    for note in checked.notes:
        click.echo(note)
    if checked.faults:
        raise ProjectFaults(checked.faults)
    sources, files = counted(len(opened.sources), "source"), counted(checked.files, "file")
    click.echo(f"No fault found: {sources}, {files}. Next: fishplate build {project}")


def counted(number: int, thing: str) -> str:
    """How many of a thing, as it is said."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
