"""`fishplate forget`: a file received no longer counts, by a person's act and for a reason."""

from pathlib import Path

import click

from fishplate.cli import project as projects
from fishplate.wiring.lookback import forget_file


@click.command()
@projects.argument
@click.option("--source", required=True, help="The source, as the project names it.")
@click.option("--file", "name", required=True, help="The file's name inside the project folder.")
@click.option("--why", required=True, help="Why: it is kept in the ledger of files received.")
def command(project: Path, source: str, name: str, why: str) -> None:
    """Let a file received no longer count, by your act and for a reason.

    The kept copy stays. The file counts again when other content comes under the same name.
    """
    if forget_file(projects.opened(project), source, name, why):
        click.echo(f"{name} no longer counts from the next build on.")
    else:
        raise click.BadParameter(
            "no file of that source and name counts now; `fishplate tables files` says where to look"
        )
