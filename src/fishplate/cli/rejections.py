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
from fishplate.wiring.care_pages import BuiltCareTables
from fishplate.wiring.lookback import now
from fishplate.wiring.pages import audit_of, care_tables, workers_of
from fishplate.wiring.rejections import rejection_counts, return_rows

SHOWN_LINES = 5
KEEP = "They identify people: keep them accordingly."


@click.command()
@projects.argument
@click.option("--export", "source", default="", help="Export the rejected rows of this source, with text (care mode).")
@click.option("--worker", "worker_id", default="", help="Who exports: a worker of the project; the token is asked for.")
@click.option("--to", "target", type=click.Path(path_type=Path, dir_okay=False), help="File to write them to.")
@click.option("--rows", "as_sent", is_flag=True, help="Only the rows, as they were sent: to correct and send again.")
def command(project: Path, source: str, worker_id: str, target: Path | None, *, as_sent: bool) -> None:
    """Show what could not be read and why; export the rows as an audited act of care mode.

    Only the organisation that sent a source may take its rows out. Corrected rows can be sent again: put the corrected
    file under the same name, or the rows alone in a file of their own, and build. With --rows the export is such a
    file: correct it, and put it where the source's files are.
    """
    opened = projects.opened(project)
    if source:
        if target is None:
            raise click.BadParameter("--export needs --to FILE, where the rows are written")
        export(opened, source, signed_in(opened, worker_id), target, as_sent=as_sent)
        return
    found = rejection_counts(opened)
    if not found:
        click.echo("Nothing that was rejected is still to be put right.")
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


def export(project: Project, source: str, worker: Worker, target: Path, *, as_sent: bool) -> None:
    """Write the rows of a source, where the worker may have them; written down whether allowed or refused."""
    tables = care_tables(project)
    found = tables.rejections()
    if source not in {one.source for one in found}:
        raise click.BadParameter("nothing of a source of that name was rejected and is still to be put right")
    decision = may_export(worker, source, found)
    what = "fishplate rejections --rows" if as_sent else "fishplate rejections"
    entry = entry_of(worker, Purpose.RECORDS_CORRECTION, decision, Act.EXPORT_REJECTIONS, what, now())
    audit_of(project).append(entry)
    if not decision.allowed:
        raise NotAllowed(decision.why)
    told = rows_as_sent(project, source, target) if as_sent else rows_with_reasons(tables, source, target)
    Console(stderr=True, soft_wrap=True, highlight=False).print(told, markup=False)


def rows_with_reasons(tables: BuiltCareTables, source: str, target: Path) -> str:
    """Write where each fault is, why, and the row it is in; gives what to say of it."""
    rows = [export_row(row) for row in tables.rejected_rows(source)]
    target.write_text(as_csv(rows), encoding="utf-8", newline="")
    return f"{len(rows):,} rows written to {target}. {KEEP}"


def rows_as_sent(project: Project, name: str, target: Path) -> str:
    """Write the rows as the source sends them; gives what to say of it, and what to do next."""
    source = next(each for each in project.sources if each.name == name)
    returned = return_rows(project, source, target)
    told = [f"{rows:,} rows written to {file}. {KEEP}" for file, rows in returned.files.items()]
    if told:
        told.append(
            f"Correct them in a text editor, put the file under a new name where {source.path} finds it, and build."
        )
    if returned.by_file_only:
        told.append(f"{returned.by_file_only:,} faults are not of rows that can be sent alone: send those files whole.")
    return "\n".join(told)
