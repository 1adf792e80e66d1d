"""Journeys without names or dates: the shapes that enough people share, ten journeys of each, and one journey.

Takes journeys by random key and by day offset; gives pages. The rule of what may be opened is that of the tables
(docs/adr/0003-pages.md); these pages say it in words.
"""

from collections.abc import Callable, Mapping

from fishplate.charts.timeline import Gap, Point, Stretch, gaps, legend, timeline
from fishplate.report.planning import Journey, Leg, Shape
from fishplate.web.components.blocks import Link, Page, Section, Step, Table
from fishplate.web.reading import PlanningTables
from fishplate.web.words import LEG_KIND_WORDS, capital, counted, days, figure, gap, kind, offset, people, small

TO_JOURNEYS = "Journeys"


def shapes_page(tables: PlanningTables, link: Callable[..., str]) -> Page:
    """The shapes of journey to choose from."""
    found, own = tables.shapes(), tables.kind_words()
    rows = tuple(
        (Link(shape_words(shape, own), link("shape", shape_key=shape.key)), figure(shape.people))
        for shape in found.shapes
    )
    return Page(
        title="Journeys by their shape",
        finding=(
            "A shape is the kinds of service in the order in which they came, repeats taken as one. A shape opens only "
            "if at least eight people share it; a rarer one could give somebody away.",
        ),
        sections=(
            Section(
                "shapes",
                f"{capital(counted(len(rows), 'shape'))} may be opened",
                sentences=(f"Not shown: {people(found.not_shown)} whose journey has a rarer shape.",),
                tables=(Table("Shapes, the most shared first", ("Shape", "People"), rows, frozenset({1})),)
                if rows
                else (),
            ),
        ),
    )


def shape_page(tables: PlanningTables, key: str, link: Callable[..., str]) -> Page | None:
    """Ten journeys of one shape; None where no such shape may be opened."""
    found = tables.journeys_of(key)
    if found is None:
        return None
    shape, journeys = found
    rows = tuple(
        (
            Link(f"Journey {number}", link("journey", key=journey.key)),
            str(len(journey.legs)),
            capital(days(last_day(journey))),
            longest_words(journey),
        )
        for number, journey in enumerate(journeys, 1)
    )
    return Page(
        title=shape_words(shape, tables.kind_words()),
        above="Journeys of one shape",
        back=Link(TO_JOURNEYS, link("shapes")),
        finding=(f"Shared by {people(shape.people)}. Here are {len(rows)} of them, picked by chance.",),
        sections=(
            Section(
                "ten",
                f"{capital(counted(len(rows), 'journey'))} to look at",
                tables=(
                    Table(
                        "Journeys of this shape",
                        ("Journey", "Legs", "From first to last", "Longest gap"),
                        rows,
                        frozenset({1}),
                    ),
                ),
            ),
        ),
    )


def journey_page(tables: PlanningTables, key: str, link: Callable[..., str]) -> Page | None:
    """One journey as a timeline and as the same in an ordered list; None where it may not be opened."""
    journey = tables.journey(key)
    if journey is None:
        return None
    own = tables.kind_words()
    stretches = [
        Stretch(kind(leg.service_kind, own), leg.leg_kind, leg.from_day, leg.until_day) for leg in journey.legs
    ]
    points = [
        Point(kind(r.to_kind, own), r.sent_day, r.accepted_day is not None or r.rejected_day is not None)
        for r in journey.referrals
    ]
    found = gaps(stretches)
    sentence = journey_words(journey, found)
    chart = timeline(stretches, points, last_day(journey), sentence, lambda day: capital(offset(day)))
    return Page(
        title=f"A journey of {days(last_day(journey))}",
        above="Without name or date",
        back=Link("Journeys of this shape", link("shape", shape_key=journey.shape_key)),
        finding=(sentence,),
        sections=(
            Section(
                "line",
                "The journey in a picture",
                charts=(chart,) if chart else (),
                legend=legend(stretches, points),
                tone="picture",
            ),
            Section("list", "The same, in order", steps=steps(journey, found, own)),
        ),
    )


def shape_words(shape: Shape, own: Mapping[str, str]) -> str:
    """A shape as it is read: the kinds with an arrow between."""
    return " → ".join(kind(code, own) for code in shape.kinds)


def last_day(journey: Journey) -> int:
    """The last day of a journey of which anything is known."""
    ends = [leg.from_day if leg.until_day is None else leg.until_day for leg in journey.legs]
    return max([0, *ends, *(r.sent_day for r in journey.referrals)])


def longest_words(journey: Journey) -> str:
    """The longest gap of a journey."""
    found = gaps([Stretch(leg.service_kind, leg.leg_kind, leg.from_day, leg.until_day) for leg in journey.legs])
    return capital(days(max(one.days for one in found))) if found else "None"


def journey_words(journey: Journey, found: list[Gap]) -> str:
    """The whole journey in two sentences: how much there was of it, and its longest gap."""
    kinds = len({leg.service_kind for leg in journey.legs})
    said = f"{capital(counted(len(journey.legs), 'leg'))} by {counted(kinds, 'kind of service', 'kinds of service')}."
    unheard = sum(r.accepted_day is None and r.rejected_day is None for r in journey.referrals)
    if unheard:
        said += f" {capital(counted(unheard, 'referral'))} without a recorded answer."
    if not found:
        return f"{said} No gap in what is recorded."
    longest = max(found, key=lambda one: one.days)
    where = f"in the longest, from {offset(longest.from_day)}, nothing is recorded for {days(longest.days)}"
    return f"{said} {capital(counted(len(found), 'gap'))}; {where}."


def steps(journey: Journey, found: list[Gap], own: Mapping[str, str]) -> tuple[Step, ...]:
    """Legs, referrals and gaps as one list in order."""
    entries = [
        *((leg.from_day, 2, leg_step(leg, own)) for leg in journey.legs),
        *(
            (one.from_day, 3, Step(f"{capital(offset(one.from_day))} to {one.until_day}", gap(one.days), tone="gap"))
            for one in found
        ),
    ]
    for r in journey.referrals:
        answer = (
            f"Accepted on {offset(r.accepted_day)}."
            if r.accepted_day is not None
            else f"Refused on {offset(r.rejected_day)}."
            if r.rejected_day is not None
            else "No answer is recorded."
        )
        asked = f"{kind(r.from_kind, own)} asked {small(kind(r.to_kind, own))} to come in"
        tone = "unheard" if answer.startswith("No") else "asked"
        entries.append((r.sent_day, 1, Step(capital(offset(r.sent_day)), asked, (answer,), tone)))
    return tuple(step for _, _, step in sorted(entries, key=lambda entry: entry[:2]))


def leg_step(leg: Leg, own: Mapping[str, str]) -> Step:
    """One leg as an entry of the list."""
    when = capital(offset(leg.from_day))
    if leg.until_day is None:
        when += ", still open"
    elif leg.until_day > leg.from_day:
        when += f" to {leg.until_day}"
    told = (f"Told by the {leg.told_by}.",) if leg.told_by else ()
    tone = leg.leg_kind if leg.leg_kind in ("unpaid_care", "community_life") else "care"
    title = kind(leg.service_kind, own)
    sort = LEG_KIND_WORDS.get(leg.leg_kind, "")
    return Step(when, title if sort in ("", small(title)) else f"{title}: {sort}", told, tone)
