"""The audit chain on disk: one line an entry, only ever appended to, safe among several processes and after a crash.

Four files in one folder: `audit.jsonl` the chain; `audit.head` how far it goes (sequence, hash, bytes), so that a
cut-off end shows; `audit.torn` what a crash left half-written, kept but out of the chain; `audit.lock` held while
any of them changes. Takes entries, gives sealed entries. An entry is on disk before `append` returns.
Rule of this file: what lies beyond the head was never acknowledged. If it carries the chain on, it is taken in;
if not, it is set aside. What lies before the head is never changed, and if it is gone nothing more is appended.
"""

import base64
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from fishplate.access.audit import START, AuditEntry, ChainFault, Head, SealedEntry, from_line, seal, to_line, verify
from fishplate.errors import ChainBroken
from fishplate.store.files import locked, sync_folder

LONGEST_LINE_BYTES = 64 * 1024
"""An entry's texts are limited, so a longer line was not written by us."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """How far the chain goes for certain: its head, and the length of its file in bytes."""

    head: Head
    length_bytes: int


class ChainFile:
    """The audit chain of one project, in one folder; it keeps nothing in memory, so any number may be open at once."""

    def __init__(self, folder: Path) -> None:
        """Use the chain in `folder`; both are made at the first entry."""
        self._folder = folder
        self._chain = folder / "audit.jsonl"
        self._mark = folder / "audit.head"
        self._torn = folder / "audit.torn"
        self._lock = folder / "audit.lock"

    def append(self, entry: AuditEntry) -> SealedEntry:
        """Seal the entry to the chain and write it to disk; it is safe there once this returns.

        Raises `ChainBroken` if the chain no longer reaches its head, and `OSError` if the disk refuses.
        """
        with locked(self._lock):
            mark = self._settled()
            sealed = seal(mark.head, entry)
            line = to_line(sealed).encode("ascii") + b"\n"
            _append_bytes(self._chain, line)
            self._write_mark(_Mark(sealed.head, mark.length_bytes + len(line)))
        return sealed

    def read(self) -> Iterator[SealedEntry]:
        """Every entry up to now, oldest first, in a stream; `ChainBroken` at a line that is not an entry."""
        for number, sealed in self._lines(self._snapshot()):
            if sealed is None:
                raise self._broken(f"line {number} is not an audit entry")
            yield sealed

    def head(self) -> Head:
        """Where the chain ends now; worth printing and keeping somewhere else."""
        return self._snapshot().head

    def faults(self) -> list[ChainFault]:
        """Every place at which the chain is broken, cut-off end and unreadable lines included; none if whole."""
        unreadable: list[ChainFault] = []

        def readable(mark: _Mark) -> Iterator[SealedEntry]:
            for number, sealed in self._lines(mark):
                if sealed is None:
                    unreadable.append(ChainFault(number, f"line {number} of {self._chain.name} is not an audit entry"))
                else:
                    yield sealed

        try:
            mark = self._snapshot()
        except ChainBroken as broken:
            return [ChainFault(0, str(broken))]
        return sorted([*verify(readable(mark), mark.head), *unreadable], key=lambda fault: fault.sequence)

    def set_aside(self) -> list[bytes]:
        """What crashes left half-written, oldest first: never acknowledged or in the chain, never thrown away."""
        if not self._torn.exists():
            return []
        pieces = []
        for line in filter(None, self._torn.read_bytes().split(b"\n")):
            try:
                pieces.append(base64.b64decode(json.loads(line)["bytes"]))
            except (ValueError, KeyError, TypeError):
                # A second crash tore the note of the first; what it was a note of is still beyond the head.
                pieces.append(line)
        return pieces

    def _snapshot(self) -> _Mark:
        with locked(self._lock):
            return self._settled()

    def _settled(self) -> _Mark:
        """The mark after anything a crash left has been taken in or set aside; the lock is held."""
        mark = self._read_mark()
        if not self._chain.exists() and not mark.length_bytes:
            _append_bytes(self._chain, b"")
        if not self._chain.exists():
            raise self._broken("the file is missing")
        with self._chain.open("rb+") as chain:
            size_bytes = chain.seek(0, os.SEEK_END)
            if size_bytes < mark.length_bytes:
                raise self._broken(f"it has {size_bytes} bytes where its head says {mark.length_bytes}")
            if size_bytes == mark.length_bytes:
                return mark
            chain.seek(mark.length_bytes)
            mark = _taken_in(chain, mark)
            chain.seek(mark.length_bytes)
            if rest := chain.read():
                note = {"after_sequence": mark.head.sequence, "bytes": base64.b64encode(rest).decode("ascii")}
                _append_bytes(self._torn, b"\n" + json.dumps(note).encode("ascii") + b"\n")
                chain.truncate(mark.length_bytes)
            os.fsync(chain.fileno())
        self._write_mark(mark)
        return mark

    def _lines(self, mark: _Mark) -> Iterator[tuple[int, SealedEntry | None]]:
        """Each line before the mark with its number, as an entry where it is one; nothing there ever changes."""
        with self._chain.open("rb") as chain:
            number = 0
            while chain.tell() < mark.length_bytes and (line := chain.readline(LONGEST_LINE_BYTES)):
                number += 1
                yield number, _entry_in(line)

    def _read_mark(self) -> _Mark:
        if not self._mark.exists():
            if self._chain.exists() and self._chain.stat().st_size:
                raise self._broken(f"its head {self._mark.name} is missing")
            # The head comes before the first entry, so that a chain without one can only be a broken chain.
            mark = _Mark(START, 0)
            self._write_mark(mark)
            return mark
        try:
            fields = json.loads(self._mark.read_bytes())
            return _Mark(Head(int(fields["sequence"]), str(fields["hash"])), int(fields["length_bytes"]))
        except (ValueError, KeyError, TypeError):
            raise self._broken(f"its head {self._mark.name} can't be read") from None

    def _write_mark(self, mark: _Mark) -> None:
        fields = {"sequence": mark.head.sequence, "hash": mark.head.hash, "length_bytes": mark.length_bytes}
        fresh = self._mark.with_suffix(".new")
        with fresh.open("wb") as file:
            file.write(json.dumps(fields).encode("ascii"))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._mark)
        sync_folder(self._folder)

    def _broken(self, wrong: str) -> ChainBroken:
        return ChainBroken(
            f"The audit chain {self._chain} is broken: {wrong}. Nothing is read or written until somebody has looked. "
            "Tell whoever reviews the audit. Then move all files named audit.* away and keep them: "
            "put the last whole copy in their place, or let a new chain start."
        )


def _taken_in(chain: BinaryIO, mark: _Mark) -> _Mark:
    """The mark after the whole lines beyond it that carry the chain on: written, but the crash came before the head."""
    while line := chain.readline(LONGEST_LINE_BYTES):
        sealed = _entry_in(line)
        if sealed is None or seal(mark.head, sealed.entry) != sealed:
            break
        mark = _Mark(sealed.head, mark.length_bytes + len(line))
    return mark


def _entry_in(line: bytes) -> SealedEntry | None:
    if not line.endswith(b"\n"):
        return None
    try:
        return from_line(line[:-1].decode("ascii"))
    except ValueError:
        return None


def _append_bytes(path: Path, content: bytes) -> None:
    is_new = not path.exists()
    with path.open("ab") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        sync_folder(path.parent)
