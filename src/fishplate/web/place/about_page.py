"""About the figures: what they are made from, what can't be seen in them, and how small numbers are hidden."""

from fishplate.report.planning import Feed
from fishplate.web.components.blocks import Page, Section, Table
from fishplate.web.reading import PlanningTables
from fishplate.web.words import on

SMALL_NUMBERS = (
    "A count of one to seven is shown as *, other counts to the nearest five, and none stays none. Where a hidden "
    "count could be worked out from those beside it, the next smallest is hidden as well.",
    "A journey opens only by a random key made anew for each build, with days counted from its first, and only if at "
    "least eight people share its shape. Ten of each shape can be opened, no more.",
    "That hides who somebody is from whoever does not know them already. It is still about people: keep it inside the "
    "organisations that planned together, and do not publish journeys.",
)
NOT_DONE = (
    "They give no score, no league table and no forecast about a person. They can't say whether a service should have "
    "followed another. They link to no NHS system, and nobody has assured them clinically.",
)


def about_page(tables: PlanningTables) -> Page:
    """What the planning pages are made from and what they leave out."""
    rows = tuple((feed.source, complete_words(feed), hole_words(feed)) for feed in tables.feeds())
    complete = Section(
        "complete",
        "From when until when each source is complete",
        sentences=("Outside these days, nothing recorded may only mean that no file was received.",),
        tables=(Table("The sources and their holes", ("Source", "Complete", "Holes"), rows),) if rows else (),
    )
    return Page(
        title="About the figures",
        finding=("They come from the records that organisations already hold, and see no more than was written down.",),
        sections=(
            complete,
            Section("small", "How small numbers are hidden", sentences=SMALL_NUMBERS),
            Section("not", "What these pages do not do", sentences=NOT_DONE),
        ),
    )


def complete_words(feed: Feed) -> str:
    """Between which days a source is complete."""
    if feed.complete_from_on is None and feed.complete_until_on is None:
        return "Not stated"
    start = f"from {on(feed.complete_from_on)}" if feed.complete_from_on else "from a day not stated"
    return (
        f"{start} until {on(feed.complete_until_on)}"
        if feed.complete_until_on
        else f"{start}, until when is not stated"
    )


def hole_words(feed: Feed) -> str:
    """The holes in a source, and why."""
    said = (f"{on(hole.from_on)} to {on(hole.until_on)}{f': {hole.why}' if hole.why else ''}" for hole in feed.holes)
    return "; ".join(said) or "None stated"
