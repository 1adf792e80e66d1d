"""The share of joins that held, always with what is not known: its bounds, and how many are open, ended or unclear.

Takes the states of some joins; gives their hold share. The interval that belongs beside it resamples people and is
made by `measures`. Source: design/joins.md, *Shares*.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from fishplate.care.joins import FAILING, HOLDING, UNDECIDED, JoinState
from fishplate.care.words import UNKNOWN, Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldShare:
    """How many joins held, failed, are not decided, and ended before anybody was due; joins not judged are in none."""

    held: int
    failed: int
    undecided: int
    ended: int

    @property
    def share(self) -> float | None:
        """Of those decided, the share that held; None where none is decided."""
        return share_of(self.held, self.held + self.failed)

    @property
    def lowest(self) -> float | None:
        """What the share would be if all that is not decided failed."""
        return share_of(self.held, self.held + self.failed + self.undecided)

    @property
    def highest(self) -> float | None:
        """What the share would be if all that is not decided held."""
        return share_of(self.held + self.undecided, self.held + self.failed + self.undecided)


def share_of(part: int, whole: int) -> float | None:
    """A share; None of nothing."""
    return part / whole if whole else None


def hold_share(states: Iterable[JoinState]) -> HoldShare:
    """The hold share of these joins."""
    counted = Counter(states)
    return HoldShare(
        held=sum(counted[state] for state in HOLDING),
        failed=sum(counted[state] for state in FAILING),
        undecided=sum(counted[state] for state in UNDECIDED),
        ended=counted[JoinState.ENDED],
    )


def every_join_held(states: Iterable[JoinState]) -> bool | Unknown | None:
    """Whether every join of one person held: any failure makes it no, else any unknown makes it unknown.

    Joins that ended or are not judged say nothing; None where there are no others.
    """
    said = set(states) - {JoinState.ENDED, JoinState.NOT_JUDGED}
    if said & FAILING:
        return False
    if said & UNDECIDED:
        return UNKNOWN
    return True if said else None
