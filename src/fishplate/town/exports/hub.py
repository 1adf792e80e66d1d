"""The hospital's transfer of care hub: a spreadsheet of what was sent to whom, saved as Unicode text (UTF-16, tabs).

What nobody answered has blank cells here. That is all anybody at the hospital can see of it.
"""

from collections.abc import Iterator

from fishplate.town.calendar import stamp
from fishplate.town.exports.hospital import mrn
from fishplate.town.happenings import World
from fishplate.town.layouts import UTF16_MARK, Export, Layout, Row
from fishplate.town.mistakes import Slips

DATES = "%d/%m/%Y"
TEAMS = {
    "district_nursing": "DN",
    "reablement": "REAB",
    "community_therapy": "THERAPY",
    "podiatry_foot_protection": "FOOT",
    "social_prescribing": "SP LINK",
}
SENT = Layout(
    "in/hub/referrals_sent_{month}.txt",
    ("Ref", "NHS No", "Hosp No", "Spell", "Sent", "Team", "Need", "Priority", "Received", "Accepted", "Rejected",
     "Why rejected", "Info sent"),
    delimiter="\t", encoding="utf-16-le", mark=UTF16_MARK,
    slips=Slips("NHS No", "Sent", "31/02/2025 10:15", code="Team"),
)  # fmt: skip
CHOICES = Layout(
    "in/hub/choices_{month}.txt",
    ("Ref", "Hosp No", "NHS No", "Need", "Decision", "Decided by", "Scope", "When", "Capacity recorded by",
     "Had capacity", "Risk explained", "Alternative"),
    delimiter="\t", encoding="utf-16-le", mark=UTF16_MARK,
)  # fmt: skip
PLANS = Layout(
    "in/hub/plans_{month}.txt",
    ("Ref", "Hosp No", "Plan", "Need", "Agreed", "Next thing due", "Seen by"),
    delimiter="\t", encoding="utf-16-le", mark=UTF16_MARK,
)  # fmt: skip


def hub(world: World) -> Export:
    """All that the hub sends."""
    yield SENT, sent(world)
    yield CHOICES, choices(world)
    yield PLANS, plans(world)


def sent(world: World) -> Iterator[Row]:
    """The log of referrals sent from the wards."""
    away = {spell.number for spell in world.spells if spell.elsewhere}
    for one in world.referrals:
        if one.by == "acute_hospital" and one.based_on not in away:
            yield one.sent, (
                one.number, world.people[one.person].nhs_number, mrn(one.person), one.based_on,
                stamp(one.sent, DATES), TEAMS[one.to], one.need, one.priority.title(), stamp(one.received, DATES),
                stamp(one.accepted, DATES), stamp(one.rejected, DATES), one.reason, one.information,
            )  # fmt: skip


def choices(world: World) -> Iterator[Row]:
    """What was chosen, and who decided."""
    for one in world.choices:
        yield one.decided, (
            one.number, mrn(one.person), world.people[one.person].nhs_number, one.need, one.decision.title(),
            one.decider, one.scope, stamp(one.decided, DATES), one.capacity_by, one.capacity, one.risk,
            one.alternative,
        )  # fmt: skip


def plans(world: World) -> Iterator[Row]:
    """What was agreed to happen next."""
    for one in world.plans:
        yield one.agreed, (one.number, mrn(one.person), one.kind, one.need, stamp(one.agreed, DATES),
                           stamp(one.due, DATES), one.seen_by)  # fmt: skip
