"""Brightside Care, a home care firm: what its spreadsheet saves for invoices; semicolons, Windows-1252, dd/mm/yy.

The invoice of November 2024 came two months late.
"""

from collections.abc import Iterator

from fishplate.town.calendar import on
from fishplate.town.happenings import World
from fishplate.town.layouts import Export, Layout, Row
from fishplate.town.mistakes import Slips

INVOICES = Layout(
    "in/home_care/invoice_{month}.csv",
    ("Ref", "Surname", "First name", "NHS no.", "Born", "Week beginning", "Visits planned", "Visits done", "Minutes",
     "Amount (p)", "Paid by"),
    delimiter=";", encoding="cp1252",
    slips=Slips("NHS no.", "Week beginning", "31/02/25"),
    late=("2024-11", "2025-01_late_2024-11"),
)  # fmt: skip


def home_care(world: World) -> Export:
    """All that the firm sends."""
    yield INVOICES, invoices(world)


def invoices(world: World) -> Iterator[Row]:
    """One row for each person and week."""
    for one in world.weeks:
        person = world.people[one.person]
        yield one.started, (
            f"BC{one.package}", person.family, person.given, person.nhs_number, person.born.strftime("%d/%m/%Y"),
            on(one.started, "%d/%m/%y"), str(one.planned), str(one.delivered), str(one.minutes), str(one.pence),
            {"self": "SELF", "nhs": "CHC"}.get(person.funder, "COUNCIL"),
        )  # fmt: skip
