"""What followed what for one person, in plain Python: the definition that every engine is held to.

Takes the legs of one person, in any order; gives their adjacent pairs, what can be said of each, and the journey as
one row of figures. It is design/joins.md to the letter, slow on purpose and meant to be read aloud. `pairs.py`,
`stream.py` and `journey.py` say the same for everyone at once, and the tests hold all of them to this file.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from fishplate.care.joins import AdjacentPair
from fishplate.care.legs import Leg
from fishplate.care.periods import latest

ONE_DAY: Final = timedelta(days=1)

DAILY_UNTIL: Final = 400
"""Gaps are counted by single days as far as this, either way; then by weeks, and below it in one bin."""

WEEK_DAYS: Final = 7


def in_order(legs: Iterable[Leg]) -> list[Leg]:
    """One person's legs as they followed each other: by start, end, organisation identifier, leg id.

    An open end comes last, a date counts at the first moment of its day, and no organisation comes before any.
    """
    return sorted(legs, key=lambda leg: leg.sort_key)


def adjacent_pairs(legs: Iterable[Leg]) -> list[AdjacentPair]:
    """Each leg of one person with the one that came next."""
    ordered = in_order(legs)
    return [
        AdjacentPair(earlier, later, latest(leg.ended for leg in ordered[: place + 1]))
        for place, (earlier, later) in enumerate(pairwise(ordered))
    ]


def overlaps(pair: AdjacentPair) -> bool:
    """Whether the later leg starts before the earlier one ends; so it does where the earlier one has no end."""
    return pair.gap is None or pair.gap < timedelta(0)


def days(length: timedelta | None) -> float | None:
    """A length in days, to the second; None stays None."""
    return None if length is None else length / ONE_DAY


def gap_bin(gap: timedelta | None) -> int | None:
    """The lower edge in days of the bin a gap is counted in; None where the earlier leg has no end.

    Single days from -400 to 400; then weeks from 401, 408, 415 and so on. The edge -401 stands for all below -400.
    """
    if gap is None:
        return None
    whole_days = gap // ONE_DAY
    if whole_days > DAILY_UNTIL:
        first = DAILY_UNTIL + 1
        return first + (whole_days - first) // WEEK_DAYS * WEEK_DAYS
    return max(whole_days, -DAILY_UNTIL - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """One person's whole journey in figures: a row of the `journeys` table, less the person."""

    first_on: date
    last_on: date
    legs: int
    organisations: int
    service_kinds: int
    pairs: int
    pairs_between_organisations: int
    overlapping_pairs: int
    longest_uncovered_days: float | None
    is_open: bool
    died_on: date | None


def journey(legs: Sequence[Leg], deaths: Iterable[date] = ()) -> Journey:
    """One person's legs, at least one, as a whole; of several recorded dates of death the first counts.

    Where legs left no stretch uncovered the longest is 0; it is None where no uncovered stretch can be stated.
    """
    pairs = adjacent_pairs(legs)
    stretches = [max(length, 0.0) for length in (days(pair.uncovered) for pair in pairs) if length is not None]
    return Journey(
        first_on=min(leg.started.on for leg in legs),
        last_on=max((leg.ended or leg.started).on for leg in legs),
        legs=len(legs),
        organisations=len({leg.organisation_id for leg in legs if leg.organisation_id}),
        service_kinds=len({leg.service_kind for leg in legs}),
        pairs=len(pairs),
        pairs_between_organisations=sum(pair.organisation_differs for pair in pairs),
        overlapping_pairs=sum(overlaps(pair) for pair in pairs),
        longest_uncovered_days=max(stretches, default=None),
        is_open=any(leg.ended is None for leg in legs),
        died_on=min(deaths, default=None),
    )
