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
    click.echo(f"No fault found: {len(opened.sources)} sources, {checked.files} files. Next: fishplate build {project}")
