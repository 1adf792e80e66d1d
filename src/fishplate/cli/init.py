"""`fishplate init`: a project file to start from, empty and commented, or proposed from a file's own columns."""

from pathlib import Path

import click

from fishplate.cli import project as projects
from fishplate.settings.proposing import propose
from fishplate.settings.reading import PROJECT_FILE
from fishplate.settings.sniffing import rows, sniff
from fishplate.settings.writing import commented_project

SAMPLE_BYTES = 1 << 20
SAMPLE_ROWS = 500


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A CSV file inside the folder, whose columns are to be mapped.",
)
@click.option("--name", default="", help="What the project is called; the folder's name unless given.")
@click.option("--place", default="", help="The place it covers.")
def command(folder: Path, source: Path | None, name: str, place: str) -> None:
    """Write a commented fishplate.toml in FOLDER to start from, or propose one from a CSV file's own columns.

    Nothing a file says of a person is written down: only its columns, and short codes that many rows share.
    """
    target = folder / PROJECT_FILE
    if target.exists():
        raise click.ClickException(f"{target} is already there, and is left as it is. Move it away to start again.")
    name = name or folder.resolve().name
    place = place or name
    text = commented_project(name, place) if source is None else proposed(folder, source, name, place)
    folder.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    click.echo(f"Wrote {target}. Look at every line marked with a comment, then: fishplate check {folder}")


def proposed(folder: Path, source: Path, name: str, place: str) -> str:
    """The proposal for one file."""
    try:
        path = source.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        raise click.ClickException(
            f"{source.name} is outside {folder}. A project's files lie inside its folder: copy or link it there first."
        ) from None
    with source.open("rb") as file:
        start = file.read(SAMPLE_BYTES)
    writing = sniff(start)
    sample = list(rows(start, writing, SAMPLE_ROWS))
    if not sample:
        raise click.ClickException(f"{source.name} has no lines to look at.")
    return propose(sample[0], sample[1:], path, projects.words(), writing=writing, name=name, place=place)
