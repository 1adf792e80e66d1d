"""How long work and its result are shown: a progress bar a step, and the summary in words."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.progress import (
    Progress as Bars,
)

from fishplate.journeys.build import Summary
from fishplate.journeys.figures import PairFigures
from fishplate.wiring.lookback import Progress


@contextmanager
def progress(console: Console) -> Iterator[Progress]:
    """Bars that follow a build, on a terminal that shows them; elsewhere one line a step."""
    if not console.is_terminal:
        yield Progress(step=lambda name, _: console.print(f"{name} ..."))
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Bars(*columns, console=console, transient=True) as bars:
        now: list[TaskID] = []

        def step(name: str, size: int) -> None:
            for task in now:
                bars.remove_task(task)
            now[:] = [bars.add_task(name, total=size or None)]

        yield Progress(step, lambda done: bars.advance(now[0], done) if now else None)


def in_words(summary: Summary) -> str:
    """A build's summary as sentences and a small table."""
    figures = summary.figures
    head = f"Build {summary.build} is ready." if summary.changed else f"Nothing new: build {summary.build} stands."
    lines = [
        head,
        f"{figures.people:,} people, {figures.legs:,} legs of care, {figures.organisations:,} organisations "
        f"({figures.organisations_used:,} of them gave care) and {figures.services:,} services.",
        pairs_in_words("Adjacent pairs", figures.adjacent_pairs),
        pairs_in_words("Between two organisations", figures.pairs_between_organisations),
    ]
    lines += [
        f"{file} could not be opened: close it elsewhere, or see who may read it." for file in summary.unopened_files
    ]
    if figures.unresolved_references:
        lines.append(f"{figures.unresolved_references:,} legs refer to an organisation that no file describes.")
    if summary.changed and summary.build > 1:
        lines.append(f"{summary.rebuilt_people:,} people were made anew, because: {summary.why}.")
    if summary.figures_changed:
        lines.append(f"{summary.figures_changed:,} earlier figures of single months changed: see the table `changes`.")
    lines += ["", f"{'source':<28}{'read':>12}{'accepted':>12}{'rejected':>10}{'duplicate':>11}{'corrected':>11}"
              f"{'left out':>10}{'not used':>10}"]  # fmt: skip
    lines += [
        f"{s.source:<28}{s.read:>12,}{s.accepted:>12,}{s.rejected:>10,}{s.duplicate:>11,}{s.corrected:>11,}"
        f"{s.left_out:>10,}{s.unused:>10,}"
        for s in summary.sources
    ]
    if any(s.rejected for s in summary.sources):
        lines.append("What was rejected, and what to do about it: fishplate rejections")
    return "\n".join(lines)


def pairs_in_words(of: str, figures: PairFigures) -> str:
    """The figures of adjacent pairs as one sentence."""
    median = (
        "no gap is known" if figures.median_gap_days is None else f"the middle gap is {figures.median_gap_days:g} days"
    )
    return (
        f"{of}: {figures.pairs:,}; {figures.overlapping:,} overlap, {figures.within_7_days:,} follow within 7 days, "
        f"{figures.within_30_days:,} within 30; {median}."
    )
