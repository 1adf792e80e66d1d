"""The ambulance service: one packed file a month, bars between values, dates without punctuation.

One call in nine names nobody that could be linked. The file of August 2024 breaks off before its end.
"""

from collections.abc import Iterator

from fishplate.town.calendar import stamp
from fishplate.town.happenings import World
from fishplate.town.layouts import Export, Layout, Row
from fishplate.town.mistakes import Slips

DATES = "%Y%m%d"
CALLS = Layout(
    "in/ambulance/calls_{month}.csv.gz",
    ("CAD", "NHS", "DOB", "ON_SCENE", "CLEAR", "OUTCOME"),
    delimiter="|", line_end="\n", packed=True,
    slips=Slips("NHS", "ON_SCENE", "20250231 0410"),
    cut_off="2024-08",
)  # fmt: skip


def ambulance(world: World) -> Export:
    """All that the service sends."""
    yield CALLS, calls(world)


def calls(world: World) -> Iterator[Row]:
    """Every call to which an ambulance came."""
    for place, one in enumerate(world.calls):
        person = world.people[one.person]
        known = bool(place % 9) or "JOAN" in one.number
        yield one.started, (
            one.number, person.nhs_number if known else "", person.born.strftime(DATES) if known else "",
            stamp(one.started, DATES).replace(":", ""), stamp(one.ended, DATES).replace(":", ""),
            "CONVEYED" if one.conveyed else "SEE_AND_TREAT",
        )  # fmt: skip
