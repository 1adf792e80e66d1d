"""Smalltown Circle, a carers' charity: what people and carers told it, what they want, and whether it happened.

It also runs the link workers of social prescribing. It asks everybody for a first name and, if they like, their NHS
number; most give it.
"""

from collections.abc import Iterator

from fishplate.town.calendar import END, on, stamp
from fishplate.town.happenings import World
from fishplate.town.layouts import Export, Layout, Row

DATES = "%d %b %Y"
TOLD = Layout(
    "in/charity/told_us_{month}.csv",
    ("Id", "Member", "NHS number", "What", "Who told us", "Since", "Until", "Hours a week"),
    line_end="\n",
)
LINK = Layout(
    "in/charity/link_workers_{month}.csv",
    ("Referral", "Member", "NHS number", "First met", "Last met"),
    line_end="\n",
)
GOALS = Layout(
    "in/charity/goals_{month}.csv",
    ("Id", "Member", "NHS number", "In their words", "Chosen by", "Written down", "Looked at again", "How far"),
    line_end="\n",
)
ANSWERS = Layout(
    "in/charity/answers_{month}.csv",
    ("Id", "Member", "NHS number", "Question", "Asked", "Answered", "Answer", "By", "About stay", "About referral"),
    line_end="\n",
)


def member(place: int) -> str:
    """The charity's own number of a person."""
    return f"SC-{place:05}"


def charity(world: World) -> Export:
    """All that the charity sends."""
    yield TOLD, told(world)
    yield LINK, link_workers(world)
    yield GOALS, goals(world)
    yield ANSWERS, answers(world)


def who(world: World, place: int) -> tuple[str, str]:
    """The two cells that say whom a row is about."""
    return member(place), world.people[place].nhs_number


def told(world: World) -> Iterator[Row]:
    """Unpaid care and community life."""
    for one in world.told:
        what = "Caring" if one.what.startswith("care by") else one.what.replace("_", " ").capitalize()
        ended = on(one.ended, DATES) if one.ended is not None and one.ended < END else ""
        yield one.started, (one.number, *who(world, one.person), what, one.by.capitalize(), on(one.started, DATES),
                            ended, str(one.weekly_hours))  # fmt: skip


def link_workers(world: World) -> Iterator[Row]:
    """Those a link worker met."""
    for one in world.referrals:
        if one.to == "social_prescribing" and one.started is not None:
            ended = on(one.ended, DATES) if one.ended is not None and one.ended < END else ""
            yield one.started, (one.number, *who(world, one.person), on(one.started, DATES), ended)


def goals(world: World) -> Iterator[Row]:
    """What people want."""
    for one in world.goals:
        yield one.agreed, (one.number, *who(world, one.person), one.words, one.chosen_by, on(one.agreed, DATES),
                           on(one.reviewed, DATES), one.attainment)  # fmt: skip


def answers(world: World) -> Iterator[Row]:
    """The questions that were put, answered or not."""
    for one in world.answers:
        yield one.asked, (
            one.number, *who(world, one.person), one.question, stamp(one.asked, DATES), stamp(one.answered, DATES),
            one.answer, one.respondent, one.leg, one.referral,
        )  # fmt: skip
