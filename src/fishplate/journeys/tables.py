"""What the journeys stage publishes: what happened to each person, in order, and what followed what."""

from fishplate.identity.tables import PERSON_CODE
from fishplate.records.tables import ABOUT_A_PERSON, PEOPLE, PROVENANCE, RECORD_ID, REFERRAL_EVENTS
from fishplate.records.tables import LEGS as FILLED_LEGS
from fishplate.store.tables import Kind, Table, day, flag, number, text, whole


def of_person(table: Table) -> Table:
    """A filled table as it is published: by person code in place of identifiers, sorted by person."""
    return Table(
        table.name,
        table.row_is,
        (PERSON_CODE, RECORD_ID, *table.columns, *PROVENANCE),
        sorted_by=(
            "person_code",
            *tuple(c.name for c in table.columns if c.kind is Kind.MOMENT)[:1],
            "source",
            "record_id",
        ),
    )


LEG_ID = text("leg_id", "The leg, as source and record id", required=True)

LEGS = Table(
    "legs",
    FILLED_LEGS.row_is,
    (PERSON_CODE, LEG_ID, RECORD_ID, *FILLED_LEGS.columns, *PROVENANCE),
    sorted_by=("person_code", "started_at", "ended_at", "organisation_id", "leg_id"),
)

OTHERS: tuple[Table, ...] = tuple(
    of_person(t) for t in ABOUT_A_PERSON if t not in (PEOPLE, FILLED_LEGS, REFERRAL_EVENTS)
)

ADJACENT_PAIRS = Table(
    "adjacent_pairs",
    "Two consecutive legs of one person: evidence, not yet a join (design/joins.md)",
    (
        PERSON_CODE,
        text("from_leg_id", "The earlier leg", required=True),
        text("to_leg_id", "The later leg", required=True),
        text("from_organisation_id", "The organisation of the earlier leg"),
        text("to_organisation_id", "The organisation of the later leg"),
        text("from_service_kind", "Service kind of the earlier leg"),
        text("to_service_kind", "Service kind of the later leg"),
        day("from_ended_on", "Local date the earlier leg ended; empty while it is open"),
        day("to_started_on", "Local date the later leg started"),
        number("gap_days", "Days from the earlier leg's end to the later leg's start; below 0 they overlap; "
               "whole days where either is a date; empty where the earlier leg has no end"),
        number("uncovered_days", "Days from the latest end of any earlier leg to the later leg's start; "
               "empty where an earlier leg has no end"),
        flag("overlaps", "True where the later leg starts before the earlier one ends, or the earlier has no end"),
        flag("service_differs", "True where the two legs are of different service kinds"),
        flag("organisation_differs", "True where the two legs are of different organisations"),
    ),
    sorted_by=("person_code", "to_started_on", "to_leg_id"),
)  # fmt: skip

JOURNEYS = Table(
    "journeys",
    "One person's whole journey in figures",
    (
        PERSON_CODE,
        day("first_on", "Local date of the first start of a leg"),
        day("last_on", "Local date of the last end of a leg, or of its start where it is open"),
        whole("legs", "Legs"),
        whole("organisations", "Different organisations in touch"),
        whole("service_kinds", "Different service kinds in touch"),
        whole("pairs", "Adjacent pairs"),
        whole("pairs_between_organisations", "Adjacent pairs at different organisations"),
        whole("overlapping_pairs", "Adjacent pairs that overlap"),
        number("longest_uncovered_days", "The longest stretch between two legs that no leg covered"),
        flag("is_open", "Whether a leg of the person has no end"),
        day("died_on", "Local date of death, where one is recorded"),
    ),
    sorted_by=("person_code",),
)

PAIR_CUBE = Table(
    "pair_cube",
    "How many adjacent pairs had this gap: the mergeable histogram behind every gap figure",
    (
        text("place", "The place of the earlier leg's service, or the project's"),
        text("from_service_kind", "Service kind of the earlier leg"),
        text("to_service_kind", "Service kind of the later leg"),
        day("month_on", "First day of the month the later leg started in"),
        flag("organisation_differs", "True where the two legs are of different organisations"),
        whole("gap_from_days", "Lower edge of the gap: single days up to 400, then weeks; empty where the earlier "
              "leg has no end"),
        whole("pairs", "How many pairs"),
    ),
    sorted_by=("place", "from_service_kind", "to_service_kind", "month_on", "organisation_differs", "gap_from_days"),
)  # fmt: skip

FIGURES = Table(
    "figures",
    "One figure of the build's summary for one month, kept so that the next build can say what changed",
    (
        text("figure", "Name of the figure"),
        text("part", "The source or pair of service kinds it is about"),
        day("month_on", "First day of the month; empty for a figure of the whole"),
        number("value", "The figure"),
    ),
    sorted_by=("figure", "part", "month_on"),
)

CHANGES = Table(
    "changes",
    "One earlier figure that this build changed, and why",
    (
        text("figure", "Name of the figure"),
        text("part", "The source or pair of service kinds it is about"),
        day("month_on", "First day of the month"),
        number("before", "The figure in the build before"),
        number("after", "The figure now"),
        text("why", "The files that changed it, by name, and what happened to each"),
    ),
    sorted_by=("figure", "part", "month_on"),
)

PUBLISHED: tuple[Table, ...] = (LEGS, *OTHERS, ADJACENT_PAIRS, JOURNEYS, PAIR_CUBE, FIGURES, CHANGES)
