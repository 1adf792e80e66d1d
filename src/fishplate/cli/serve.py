"""`fishplate serve`: a built project's pages on this machine."""

from pathlib import Path

import click

from fishplate.cli import project as projects
from fishplate.cli.serving import serve
from fishplate.settings.environment import read_environment


@click.command()
@projects.argument
@click.option(
    "--port", type=click.IntRange(1, 65534), default=None, help="Port of the planning pages; 8480 unless set."
)
def command(project: Path, port: int | None) -> None:
    """Show a built project on this machine: planning pages, and care pages (the next port) for named workers."""
    environment = read_environment()
    serve(projects.opened(project), environment.host, port or environment.port, told)


def told(name: str, address: str) -> None:
    """Say where pages are."""
    click.echo(f"{name}: {address}")
