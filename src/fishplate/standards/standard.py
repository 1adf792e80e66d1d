"""What a good join is, as frozen values: what must follow what, by when, met by whom, and who says so.

`reading.py` makes these values from the text of one file. The rules that judge a join (journeys) take them, and so
does the node that carries a handover forward. A standard carries no code: its two predicates are boolean
expressions over the published columns, parsed beforehand.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from fishplate.care.clocks import Clock
from fishplate.care.joins import Flag, JoinState
from fishplate.care.organisations import ServiceKind
from fishplate.care.words import Word
from fishplate.expressions.predicate import Predicate

TriggerTable = Literal["legs", "referrals", "told"]
"""What can set a join going: a leg, a referral, or the person's, a carer's or a worker's word."""

TRIGGER_MOMENTS: Final[dict[str, tuple[str, ...]]] = {
    "legs": ("started", "ended", "ready"),
    "referrals": ("sent", "received", "accepted"),
    "told": ("told",),
}
"""The moments of each table from which a clock may run, by their logical names."""


class MetBy(Word):
    """What of a leg, or of a message, meets the need."""

    STARTED = "started", "A leg that starts in the window, or one open at the trigger by its first contact in it"
    ENDED = "ended", "A leg open at the trigger that ends in the window, such as home care paused by an admission"


class EndedBy(Word):
    """What ends the need at or before it is due, so that nobody failed (design/joins.md, State 5)."""

    DEATH = "death", "The person died"
    MOVED_AWAY = "moved_away", "The person went to live outside the place"
    CARE_HOME_ADMISSION = "care_home_admission", "The person went to live in a care home"
    NEED_ENDED = "need_ended", "The person no longer had the need"
    EMERGENCY_READMISSION = "emergency_readmission", "The person was admitted again as an emergency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """What sets a join going, and from which of its moments the clock runs.

    `where` says which rows start the clock. `owes` says for which of those the standard itself says that somebody
    must come (basis *owed*); for the others there is a join only where a referral or somebody's word asked for it.
    Unknown is not yes in either. `beside` names service kinds of which a leg must have been open when the
    trigger's own leg started; empty asks for none.
    """

    table: TriggerTable
    moment: str
    where: Predicate
    owes: Predicate
    beside: tuple[ServiceKind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Who can meet the need: these kinds of service, by what, and (over the columns of a leg) which of their legs."""

    kinds: tuple[ServiceKind, ...]
    by: MetBy
    where: Predicate


@dataclass(frozen=True, slots=True, kw_only=True)
class SayBack:
    """One safety-critical item that the receiver repeats on accepting, as a field and never as free text.

    `choices` lists the only answers to an item of kind *choice*; `unit` is the unit of a number.
    """

    name: str
    asks: str
    kind: Literal["text", "number", "moment", "choice", "yes_no"]
    unit: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the escalation ladder: how long after the trigger or the due moment, who is told, and to do what."""

    after: Clock
    counted_from: Literal["trigger", "due"]
    tell: str
    to_do: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where the standard comes from.

    `checked` is the day on which somebody read the source beside this file; None where it was recalled. `says` is
    what the source says, in our words; `ours` is what it does not say and the authors of this file chose.
    """

    text: str
    version: str
    checked: date | None
    says: str
    section: str = ""
    url: str = ""
    ours: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The share that the cited source names: a line on a chart, and no target of Fishplate's.

    `standing` says whether the source calls it a standard or an ambition.
    """

    share: float
    standing: Literal["standard", "ambition"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a worked example, as it is written: the cells by the logical names of the published columns.

    `table` is one of the published tables about a person, or `services`, `feeds`, `told` (somebody's word that a
    service should come), `elsewhere` (a record that points to what no feed holds) or `answers_to` (an explicit id: what
    came, and the referral or leg it answers). Moments are texts, and lists (a feed's `lacks`) are parted by semicolons.
    `key` is the row's own id where it has one.
    """

    table: str
    key: str
    cells: tuple[tuple[str, str], ...]

    def cell(self, column: str) -> str:
        """What stands in a column; empty where nothing does."""
        return dict(self.cells).get(column, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One join that the example must give: its trigger's row, its state, its flags, and what matched, if anything."""

    trigger: str
    state: JoinState
    flags: frozenset[Flag] = frozenset()
    match: str | None = None
    """The id of the leg or contact that met it; empty where none may, and None where the example does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One worked example: what one person's records say, what the feeds cover, and every join that follows.

    `expects` is complete: there is no other join under this standard. `holidays` are the place's bank holidays.
    """

    name: str
    words: str
    rows: tuple[Row, ...]
    expects: tuple[Expected, ...]
    holidays: frozenset[date] = frozenset()

    def table(self, name: str) -> tuple[Row, ...]:
        """The rows of one table, in the order in which they are written."""
        return tuple(row for row in self.rows if row.table == name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """One join standard. `from_`, `due` and `late_until` count from the trigger's moment (design/joins.md, *Time*).

    `need` is the word that referrals, choices and plans use for it. `needs_fields` are fields such as
    `contacts.contact` that the feed of every possible receiver must fill, or `legs.need = diagnosis_and_plan` where it
    must ever say just that (a file that never did can't show it), and `needs_trigger_fields` those that the
    feed of the trigger's own service must have; where one of them is lacking the state is *cannot tell*.
    `information` are the codes of what must go with the person; a receiver that began without them began blind.
    `read_from` is the file it was read from, and `replaces` the file whose standard of the same name it replaced.
    """

    name: str
    pack: str
    version: str
    question: str
    need: str
    trigger: Trigger
    met: Meeting
    from_: Clock
    due: Clock
    late_until: Clock
    safety_critical: bool
    source: Citation
    ends: frozenset[EndedBy]
    say_back: tuple[SayBack, ...] = ()
    needs_fields: tuple[str, ...] = ()
    needs_trigger_fields: tuple[str, ...] = ()
    information: tuple[str, ...] = ()
    bounce: Clock | None = None
    reference: Reference | None = None
    escalation: tuple[Step, ...] = ()
    examples: tuple[Example, ...] = ()
    read_from: str = ""
    replaces: str = ""

    @property
    def meets(self) -> tuple[ServiceKind, ...]:
        """The kinds of service that can meet the need."""
        return self.met.kinds
