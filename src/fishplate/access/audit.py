"""The audit of who read what: entries, each sealed to the one before by a hash, and the sentences shown to the person.

Takes entries and the head of a chain; gives sealed entries, the faults of a chain, and plain sentences. A changed,
removed or inserted entry shows as a fault at its place. What a bare hash chain can't show: somebody who rewrites
every later entry *and* the head. Against that, print the head's hash now and then, and keep it somewhere else.
Rule of this file: a person is only ever a person code, never a name or an identifier. Where storage is concerned this
file knows only the `AuditChain` it is handed.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from types import NoneType
from typing import Protocol

from fishplate.access.purpose import Purpose
from fishplate.access.relationship import LONG_NUMBER, Decision, Relationship
from fishplate.access.worker import Worker

LONGEST_TEXT = 500
"""Characters in any one text of an entry, so that a line has a limit."""

_NUMBER_LEFT_OUT = "[number left out]"


class Act(StrEnum):
    """What was done with the record; the value is what is stored."""

    READ_PERSON_PAGE = "read_person_page"
    READ_JOURNEY = "read_journey"
    READ_AUDIT = "read_audit"
    EXPORT_REJECTIONS = "export_rejections"
    EXPORT_RECORD = "export_record"
    CORRECT_RECORD = "correct_record"
    DELETE_RECORD = "delete_record"


class Outcome(StrEnum):
    """Whether the act was let through."""

    ALLOWED = "allowed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act by one worker at one moment: who, when, why, on what footing, on whose record, and whether allowed."""

    at: datetime
    worker_id: str
    role: str
    organisation_id: str
    purpose: Purpose
    relationship: Relationship
    why: str
    act: Act
    what: str
    """The page or file, without any search term: a route such as /person, or a file's name."""
    outcome: Outcome
    person_code: int | None = None

    def __post_init__(self) -> None:
        """Refuse what could not be compared or could identify somebody; the message leaves the value out."""
        if self.at.utcoffset() != timedelta(0):
            raise ValueError("The moment of an audit entry is in UTC.")
        for text in (self.worker_id, self.role, self.organisation_id, self.why, self.what):
            if len(text) > LONGEST_TEXT:
                raise ValueError(f"A text of an audit entry has at most {LONGEST_TEXT} characters.")
        if "?" in self.what or LONG_NUMBER.search(self.what) or LONG_NUMBER.search(self.why):
            raise ValueError("An audit entry holds no search term and no long number; `entry_of` leaves them out.")


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ends: the sequence of its last entry and that entry's hash, hexadecimal."""

    sequence: int
    hash: str


START = Head(0, "0" * 64)
"""The head of an empty chain; the first entry has sequence 1."""


@dataclass(frozen=True, slots=True)
class SealedEntry:
    """An entry in its place: its sequence, the hash of the entry before, and its own hash over both and all it says."""

    sequence: int
    entry: AuditEntry
    previous_hash: str
    hash: str

    @property
    def head(self) -> Head:
        """The head of a chain that ends here."""
        return Head(self.sequence, self.hash)


@dataclass(frozen=True, slots=True)
class ChainFault:
    """At which entry a chain is broken, and how; `sequence` is 0 for the chain as a whole."""

    sequence: int
    wrong: str


class AuditChain(Protocol):
    """The storage an audit needs: it only ever grows."""

    def append(self, entry: AuditEntry) -> SealedEntry:
        """Keep the entry for good, before the page it speaks of is shown."""

    def read(self) -> Iterator[SealedEntry]:
        """Every entry, oldest first."""


def entry_of(
    worker: Worker,
    purpose: Purpose,
    decision: Decision,
    act: Act,
    what: str,
    at: datetime,
    person_code: int | None = None,
) -> AuditEntry:
    """The entry for an act by a worker, allowed or refused as the decision says; long numbers and searches left out."""
    return AuditEntry(
        at=at,
        worker_id=worker.id,
        role=worker.role,
        organisation_id=worker.organisation_id,
        purpose=purpose,
        relationship=decision.relationship,
        why=LONG_NUMBER.sub(_NUMBER_LEFT_OUT, decision.why)[:LONGEST_TEXT],
        act=act,
        what=LONG_NUMBER.sub(_NUMBER_LEFT_OUT, what.partition("?")[0])[:LONGEST_TEXT],
        outcome=Outcome.ALLOWED if decision.allowed else Outcome.REFUSED,
        person_code=person_code,
    )


def seal(previous: Head, entry: AuditEntry) -> SealedEntry:
    """The entry as the next one after `previous`."""
    sealed = SealedEntry(previous.sequence + 1, entry, previous.hash, "")
    return replace(sealed, hash=_hash_of(sealed))


def verify(entries: Iterable[SealedEntry], head: Head | None = None) -> list[ChainFault]:
    """Every place at which the chain is broken, oldest first; none for a whole one.

    With `head`, known from elsewhere, an end that was cut off shows as well. Reads the entries once, in a stream.
    """
    faults: list[ChainFault] = []
    last = START
    for sealed in entries:
        if sealed.sequence != last.sequence + 1:
            faults.append(ChainFault(sealed.sequence, f"entry {last.sequence + 1} was expected here"))
        elif sealed.previous_hash != last.hash:
            faults.append(ChainFault(sealed.sequence, "it does not follow from the entry before it"))
        if sealed.hash != _hash_of(sealed):
            faults.append(ChainFault(sealed.sequence, "it was changed after it was written"))
        last = sealed.head
    if head is not None and head.sequence > last.sequence:
        faults.append(ChainFault(last.sequence + 1, f"the entries up to {head.sequence} are missing"))
    elif head is not None and head != last:
        faults.append(ChainFault(last.sequence, "the chain does not end where its head says it ends"))
    return faults


def to_line(sealed: SealedEntry) -> str:
    """The sealed entry as one line of canonical JSON: keys sorted, no spaces, ASCII only, no line end."""
    return _canonical({**_told(sealed), "hash": sealed.hash})


def from_line(line: str) -> SealedEntry:
    """The sealed entry that a line holds; `ValueError` if it is not one. Whether it is *true*, `verify` says."""
    try:
        fields = json.loads(line)
        place = {name: fields.pop(name) for name in ("sequence", "previous_hash", "hash")}
        entry = AuditEntry(
            **fields
            | {
                "at": datetime.fromisoformat(fields["at"]),
                "purpose": Purpose(fields["purpose"]),
                "relationship": Relationship(fields["relationship"]),
                "act": Act(fields["act"]),
                "outcome": Outcome(fields["outcome"]),
            }
        )
        sealed = SealedEntry(entry=entry, **place)
        if (
            type(sealed.sequence) is not int
            or type(entry.person_code) not in (int, NoneType)
            or to_line(sealed) != line
        ):
            raise ValueError("not as Fishplate writes it")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ValueError("The line is not an audit entry as Fishplate writes it.") from None
    return sealed


def for_person(
    entries: Iterable[SealedEntry],
    person_code: int,
    organisation_names: Mapping[str, str] | None = None,
    zone: tzinfo = UTC,
) -> Iterator[str]:
    """Plain sentences for the person: who asked to see their record, when, why, and whether they were let in."""
    names = organisation_names or {}
    for sealed in entries:
        if sealed.entry.person_code == person_code:
            yield _sentence(sealed.entry, names, zone)


def _sentence(entry: AuditEntry, names: Mapping[str, str], zone: tzinfo) -> str:
    at = entry.at.astimezone(zone)
    when = f"On {at.day} {at:%B %Y} at {at:%H:%M %Z}"
    who = f"worker {entry.worker_id} ({entry.role}, {names.get(entry.organisation_id, entry.organisation_id)})"
    if entry.outcome is Outcome.REFUSED:
        return f"{when}, {who} asked to {_ACTS[entry.act][0]}, {entry.purpose.sentence}, and was refused."
    done = f"{when}, {who} {_ACTS[entry.act][1]}, {entry.purpose.sentence}."
    if entry.relationship is Relationship.OVERRIDE:
        reason = entry.why.rstrip(".")
        return f"{done} No link with you was on record; the reason given was “{reason}”. This is to be reviewed."
    return f"{done} {entry.why}"


_ACTS = {
    Act.READ_PERSON_PAGE: ("read your page", "read your page"),
    Act.READ_JOURNEY: ("read your journey", "read your journey"),
    Act.READ_AUDIT: ("read who has seen your record", "read who has seen your record"),
    Act.EXPORT_REJECTIONS: ("take out unreadable rows about you", "took out unreadable rows about you"),
    Act.EXPORT_RECORD: ("take a copy of your record", "took a copy of your record"),
    Act.CORRECT_RECORD: ("correct your record", "corrected your record"),
    Act.DELETE_RECORD: ("delete something from your record", "deleted something from your record"),
}


def _told(sealed: SealedEntry) -> dict[str, object]:
    """All that the hash covers: the place in the chain and everything the entry says."""
    return {
        **asdict(sealed.entry),
        "at": sealed.entry.at.isoformat(timespec="microseconds"),
        "sequence": sealed.sequence,
        "previous_hash": sealed.previous_hash,
    }


def _hash_of(sealed: SealedEntry) -> str:
    return hashlib.sha256(_canonical(_told(sealed)).encode("ascii")).hexdigest()


def _canonical(fields: dict[str, object]) -> str:
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
