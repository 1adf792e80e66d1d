"""`fishplate rejections`: what could not be read and why, without values; with --export, the rows themselves."""

from pathlib import Path

import click
from rich.console import Console

from fishplate.access.audit import Act, entry_of
from fishplate.access.purpose import Purpose
from fishplate.access.worker import Worker
from fishplate.cli import project as projects
from fishplate.errors import NotAllowed
from fishplate.settings.project import Project
from fishplate.web.hub.rejections import as_csv, export_row, may_export
from fishplate.wiring.lookback import now
from fishplate.wiring.pages import audit_of, care_tables, workers_of
from fishplate.wiring.rejections import rejection_counts

SHOWN_LINES = 5


@click.command()
@projects.argument
@click.option(
    "--export", "source", default="", help="Export the rejected rows of this source, with their text (care mode)."
)
@click.option("--worker", "worker_id", default="", help="Who exports: a worker of the project; the token is asked for.")
@click.option(
    "--to", "target", type=click.Path(path_type=Path, dir_okay=False), default=None, help="File to write them to."
)
def command(project: Path, source: str, worker_id: str, target: Path | None) -> None:
    """Show what could not be read and why; export the rows as an audited act of care mode.

    Only the organisation that sent a source may take its rows out. Corrected rows can be sent again: put the corrected
    file under the same name, or the rows alone in a file of their own, and build.
    """
    opened = projects.opened(project)
    if source:
        if target is None:
            raise click.BadParameter("--export needs --to FILE, where the rows are written")
        export(opened, source, signed_in(opened, worker_id), target)
        return
    found = rejection_counts(opened)
    if not found:
        click.echo("Nothing was rejected.")
    for one in found:
        click.echo(f"\n{one.source}, {one.file}: {one.records:,} {'record' if one.records == 1 else 'records'}"
                   f"{'' if one.what == 'record' else ' used without one value'}")  # fmt: skip
        more = " and more" if one.records > SHOWN_LINES else ""
        click.echo(f"  line {', '.join(map(str, one.lines[:SHOWN_LINES]))}{more}: {one.reason_words}")


def signed_in(project: Project, worker_id: str) -> Worker:
    """The worker who is at the keyboard, by their token."""
    worker = next((each for each in workers_of(project) if each.id == worker_id), None)
    token = click.prompt("Token", hide_input=True)
    if worker is None or not worker.holds(token):
        raise NotAllowed("No worker of this project has that id and that token. Nothing was exported.")
    return worker


def export(project: Project, source: str, worker: Worker, target: Path) -> None:
    """Write the rows of a source, where the worker may have them; written down whether allowed or refused."""
    tables = care_tables(project)
    found = tables.rejections()
    if source not in {one.source for one in found}:
        raise click.BadParameter("nothing of a source of that name was rejected")
    decision = may_export(worker, source, found)
    entry = entry_of(worker, Purpose.RECORDS_CORRECTION, decision, Act.EXPORT_REJECTIONS, "fishplate rejections", now())
    audit_of(project).append(entry)
    if not decision.allowed:
        raise NotAllowed(decision.why)
    rows = [export_row(row) for row in tables.rejected_rows(source)]
    target.write_text(as_csv(rows), encoding="utf-8", newline="")
    Console(stderr=True).print(f"{len(rows):,} rows written to {target}. They identify people: keep them accordingly.")
