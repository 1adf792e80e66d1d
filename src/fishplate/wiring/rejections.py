"""What a build could not read, by source, file and reason, as the analyst who owns the files sees it: no values."""

from fishplate.records.tables import PUBLISHED as RECORD_TABLES
from fishplate.report.care import RejectedRows
from fishplate.settings.project import Project
from fishplate.wiring import care_queries as queries
from fishplate.wiring.pages import opened, published


def rejection_counts(project: Project) -> tuple[RejectedRows, ...]:
    """The rejections of the current build. Raises BuildStopped where there is none yet."""
    with opened(published(project).folder, RECORD_TABLES) as engine:
        return tuple(
            RejectedRows(source, organisation or "", reason, words, field, what, count, file, tuple(lines))
            for source, organisation, reason, words, field, what, count, file, lines in engine.rows(queries.REJECTIONS)
        )
