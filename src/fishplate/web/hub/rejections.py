"""Rows that could not be used, for care: all of them by file and line, and an export of their text that is audited."""

import csv
import io

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from fishplate.access.audit import Act
from fishplate.access.purpose import Purpose
from fishplate.access.relationship import Decision, Relationship
from fishplate.access.worker import Worker
from fishplate.report.care import RejectedRow, RejectedRows
from fishplate.web.components.blocks import Page, Table
from fishplate.web.hub.opening import refused_page
from fishplate.web.hub.parts import Hub, care_page, form_of, signed_in, text
from fishplate.web.words import counted, number

HEADINGS = ("Why, and what to do", "Field", "Rows", "File and lines")
MOST_LINES = 12
SENT_BY_US = "The worker's organisation sent these rows and answers for putting them right."
SENT_BY_OTHERS = "These rows were sent by another organisation; only those who sent them may take them out."
EXPORT_HEADINGS = ("source", "file", "line", "field", "why", "row")
# A spreadsheet runs a cell that begins with one of these as a formula, and the rows come from outside.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def open_rejections(hub: Hub, request: Request) -> Response:
    """GET: every row that could not be used, without its values."""
    _, worker = signed_in(hub, request)
    found = hub.tables.rejections()
    rows = sum(one.records for one in found)
    page = Page(
        "Rows that could not be used" if found else "Nothing is left to put right",
        (
            f"{counted(rows, 'fault')} in what was received. The rows beside them were used."
            if found
            else "Every row of every source could be used.",
        ),
    )
    sources = [
        (
            source,
            table(source, [one for one in found if one.source == source]),
            may_export(worker, source, found).allowed,
        )
        for source in sorted({one.source for one in found})
    ]
    return care_page(hub, request, page, template="hub/rejections.html", sources=sources)


def table(source: str, found: list[RejectedRows]) -> Table:
    """One source's rejections."""
    rows = tuple(
        (one.reason_words, one.field or "The row as a whole", number(one.records), lines(one)) for one in found
    )
    return Table(f"Rejected from {source}", HEADINGS, rows, frozenset({2}))


def lines(one: RejectedRows) -> str:
    """The file and its lines; the first dozen where there are more."""
    first = ", ".join(map(str, one.lines[:MOST_LINES]))
    more = f" and {number(one.records - MOST_LINES)} more" if one.records > MOST_LINES else ""
    return f"{one.file}, {'line' if one.records == 1 else 'lines'} {first}{more}"


def may_export(worker: Worker, source: str, found: tuple[RejectedRows, ...]) -> Decision:
    """Only the organisation that sent a source may take its rows out: it has them already."""
    if any(
        one.source == source and one.organisation_id and one.organisation_id == worker.organisation_id for one in found
    ):
        return Decision(True, Relationship.ONCE, SENT_BY_US)
    return Decision(False, Relationship.NONE, SENT_BY_OTHERS)


async def export_rejections(hub: Hub, request: Request) -> Response:
    """POST: the rows of one source with their text as CSV; written down whether allowed or refused."""
    session, worker = signed_in(hub, request)
    form = await form_of(request, session)
    source, found = text(form, "source"), await run_in_threadpool(hub.tables.rejections)
    if source not in {one.source for one in found}:
        raise HTTPException(404)
    decision = may_export(worker, source, found)
    hub.write(worker, Purpose.RECORDS_CORRECTION, decision, Act.EXPORT_REJECTIONS, "/rejections/export")
    if not decision.allowed:
        return refused_page(hub, request, decision, what="This source")
    rows = await run_in_threadpool(lambda: [export_row(row) for row in hub.tables.rejected_rows(source)])
    return Response(
        as_csv(rows),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="rejected-rows.csv"'},
    )


def export_row(row: RejectedRow) -> tuple[str, ...]:
    """One row of the export."""
    where = row.provenance
    return where.source, where.file, str(where.line), row.field, row.reason_words, row.text


def as_csv(rows: list[tuple[str, ...]]) -> str:
    """The rows as CSV that no spreadsheet will run."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(EXPORT_HEADINGS)
    writer.writerows([f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell for cell in row] for row in rows)
    return written.getvalue()
