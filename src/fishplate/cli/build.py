"""`fishplate build`: from files to published tables, with a summary in words or as one JSON object."""

from dataclasses import asdict
from pathlib import Path

import click
import orjson
from rich.console import Console

from fishplate.cli import project as projects
from fishplate.cli.showing import in_words, progress
from fishplate.wiring.lookback import build


@click.command()
@projects.argument
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
@click.option("--full", is_flag=True, help="Make everybody anew, also where nothing changed.")
def command(project: Path, *, as_json: bool, full: bool) -> None:
    """Read what is new, link people, find what followed what, and publish tables.

    Running again reads nothing new and changes nothing. A build that is stopped leaves the last good one as it was.
    """
    opened = projects.opened(project)
    with progress(Console(stderr=True, highlight=False)) as shown:
        summary = build(opened, shown, full=full)
    click.echo(orjson.dumps(asdict(summary)).decode() if as_json else in_words(summary))
