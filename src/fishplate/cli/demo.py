"""`fishplate demo`: a small made-up place, made, built and served, with nothing to set up."""

from collections.abc import Callable
from pathlib import Path

import click
from rich.console import Console

from fishplate.cli import project as projects
from fishplate.cli.serve import told
from fishplate.cli.serving import serve
from fishplate.cli.showing import in_words, progress
from fishplate.settings.environment import read_environment
from fishplate.settings.reading import PROJECT_FILE
from fishplate.town.people import nhs_numbers
from fishplate.town.place import make_place
from fishplate.wiring.lookback import build, new_token

TOKEN_FILE = "demo-token.txt"
REVIEWER_TOKEN_FILE = "demo-privacy-officer-token.txt"


@click.command()
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default="demo",
    show_default=True,
    help="Where the place is made; used again where it is there already.",
)
@click.option("--people", type=click.IntRange(1, 20_000), default=2000, show_default=True, help="How many people.")
@click.option("--seed", type=int, default=1, show_default=True, help="Same seed, same place.")
@click.option(
    "--port", type=click.IntRange(1, 65534), default=None, help="Port of the planning pages; 8480 unless set."
)
@click.option("--serve/--no-serve", "serving", default=True, help="Serve the pages, or stop once it is built.")
def command(folder: Path, people: int, seed: int, port: int | None, *, serving: bool) -> None:
    """Make a small made-up place, build it and serve it.

    Nobody in it is real. It has a project file to learn from, and organisations that make mistakes.
    """
    console = Console(stderr=True, highlight=False)
    if not (folder / PROJECT_FILE).exists():
        sealed = {file: new_kept_token(folder / file) for file in (TOKEN_FILE, REVIEWER_TOKEN_FILE)}
        console.print(f"Making a place of {people} people in {folder} ...")
        make_place(
            folder, people=people, seed=seed, worker_token_hash=sealed[TOKEN_FILE],
            reviewer_token_hash=sealed[REVIEWER_TOKEN_FILE],
        )  # fmt: skip
    project = projects.opened(folder)
    with progress(console) as shown:
        summary = build(project, shown)
    click.echo(in_words(summary))
    if serving:
        environment = read_environment()
        click.echo("")
        serve(
            project,
            environment.host,
            port or environment.port,
            told_all(folder, [worker.worker_id for worker in project.workers]),
            is_demo=True,
        )


def new_kept_token(file: Path) -> str:
    """A new token, kept in a file for this account alone; gives its sealed form."""
    token, sealed = new_token()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text(token, encoding="ascii")
    return sealed


def told_all(folder: Path, workers: list[str]) -> Callable[[str, str], None]:
    """Say where pages are, and how to sign in where that is needed."""

    number = next(nhs_numbers())
    joan = f"{number[:3]} {number[3:6]} {number[6:]}"

    def say(name: str, address: str) -> None:
        told(name, address)
        if name == "Care pages":
            click.echo(f"  Sign in as {workers[0]} with the token in {folder / TOKEN_FILE}, and look for Joan: {joan}")
            if len(workers) > 1:
                click.echo(f"  To check who looked, sign in as {workers[1]}, with {folder / REVIEWER_TOKEN_FILE}")
            click.echo("Stop with Ctrl+C.")

    return say
