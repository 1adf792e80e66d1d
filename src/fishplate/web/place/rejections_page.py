"""What could not be used, for planning: by source and reason, with what to do next and without any value."""

from fishplate.report.planning import Rejections
from fishplate.web.components.blocks import Page, Section, Table
from fishplate.web.reading import PlanningTables
from fishplate.web.words import figure

HEADINGS = ("Why, and what to do", "Field", "What was left out", "Rows", "First at")
LEFT_OUT = {"record": "The whole row", "value": "This value only"}


def rejections_page(tables: PlanningTables) -> Page:
    """The rows that could not be used, a table for each source."""
    found = tables.rejections()
    if not found:
        return Page(
            "Nothing is left to put right", ("Every row of every source could be used, or came again and was.",)
        )
    sources = sorted({one.source for one in found})
    return Page(
        title="Rows that could not be used",
        finding=(
            "The rows beside them were used. Put the rows right where they come from and send the file again; "
            "it is read as one correction.",
        ),
        sections=tuple(
            section(n, source, [one for one in found if one.source == source]) for n, source in enumerate(sources)
        ),
    )


def section(place: int, source: str, found: list[Rejections]) -> Section:
    """One source's rejections."""
    rows = tuple(
        (
            one.reason_words,
            one.field or "The row as a whole",
            LEFT_OUT.get(one.what, one.what),
            figure(one.records),
            f"{one.file}, line {one.line}",
        )
        for one in found
    )
    return Section(
        f"source-{place}", source, tables=(Table(f"Rejected from {source}", HEADINGS, rows, frozenset({3})),)
    )
