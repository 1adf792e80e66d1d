"""The audit chain on a real disk: many processes at once, kills in the middle, torn ends, and tampering."""

import json
import multiprocessing
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fishplate.access.audit import Act, AuditEntry, entry_of, seal, to_line, verify
from fishplate.access.purpose import Purpose
from fishplate.access.relationship import Involvement, decide
from fishplate.access.worker import SealedToken, Worker
from fishplate.errors import ChainBroken
from fishplate.store.chain import ChainFile

AT = datetime(2026, 5, 4, 13, 5, tzinfo=UTC)
NURSE = Worker("w-1", "Ada Poe", "District nurse", "org-1", SealedToken(bytes(16), bytes(32)))

APPEND_FOR_EVER = """
import sys
from pathlib import Path
from fishplate.access.audit import from_line
from fishplate.store.chain import ChainFile

entry = from_line(sys.argv[2]).entry
chain = ChainFile(Path(sys.argv[1]))
while True:
    sys.stdout.write(f"{chain.append(entry).hash}\\n")
    sys.stdout.flush()
"""


def entry(person_code: int) -> AuditEntry:
    decision = decide(NURSE, Purpose.DIRECT_CARE, [Involvement("org-1", date(2026, 1, 1))], AT.date())
    return entry_of(NURSE, Purpose.DIRECT_CARE, decision, Act.READ_PERSON_PAGE, "/person", AT, person_code)


def append_many(folder: Path, person_code: int, count: int) -> None:
    for _ in range(count):
        ChainFile(folder).append(entry(person_code))


def filled(folder: Path, count: int) -> ChainFile:
    chain = ChainFile(folder)
    for person_code in range(count):
        chain.append(entry(person_code))
    return chain


def test_a_new_chain_is_empty_and_whole(tmp_path: Path) -> None:
    chain = ChainFile(tmp_path / "audit")
    assert list(chain.read()) == chain.faults() == chain.set_aside() == []


def test_entries_come_back_in_order_and_verify(tmp_path: Path) -> None:
    chain = filled(tmp_path, 5)
    entries = list(ChainFile(tmp_path).read())
    assert [sealed.entry.person_code for sealed in entries] == [0, 1, 2, 3, 4]
    assert verify(entries, chain.head()) == chain.faults() == []


def test_several_processes_append_to_one_chain(tmp_path: Path) -> None:
    fresh = multiprocessing.get_context("spawn")
    appenders = [fresh.Process(target=append_many, args=(tmp_path, code, 40)) for code in range(4)]
    for appender in appenders:
        appender.start()
    # Reading while others write sees a whole chain each time, only a shorter one.
    while any(appender.is_alive() for appender in appenders):
        entries = list(ChainFile(tmp_path).read())
        assert verify(entries) == []
    for appender in appenders:
        appender.join()
        assert appender.exitcode == 0
    chain = ChainFile(tmp_path)
    codes = [sealed.entry.person_code for sealed in chain.read()]
    assert [codes.count(code) for code in range(4)] == [40, 40, 40, 40]
    assert chain.faults() == []


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a POSIX signal; this system is Windows")
def test_kills_in_the_middle_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    folder, acknowledged = tmp_path / "audit", []
    line = to_line(seal(ChainFile(folder).head(), entry(7)))
    for attempt in range(8):
        said = tmp_path / f"said-{attempt}"
        with said.open("wb") as output:
            appender = subprocess.Popen([sys.executable, "-c", APPEND_FOR_EVER, str(folder), line], stdout=output)
            deadline = time.monotonic() + 30
            while said.stat().st_size < 65 * 3 and time.monotonic() < deadline:
                time.sleep(0.001 * (attempt + 1))
            appender.send_signal(signal.SIGKILL)
            appender.wait()
        hashes = said.read_text().splitlines(keepends=True)
        acknowledged += [each.strip() for each in hashes if each.endswith("\n")]
    chain = ChainFile(folder)
    chain.append(entry(7))
    kept = [sealed.hash for sealed in chain.read()]
    assert len(acknowledged) >= 8 * 3
    assert [each for each in kept if each in set(acknowledged)] == acknowledged
    # At most one entry a kill was written and not yet acknowledged; the last is the one appended just now.
    assert len(kept) <= len(acknowledged) + 8 + 1
    assert chain.faults() == []


def test_a_line_torn_at_any_byte_is_kept_aside_and_the_chain_goes_on(tmp_path: Path) -> None:
    whole = filled(tmp_path / "whole", 3)
    marks = json.loads((tmp_path / "whole/audit.head").read_bytes())
    line = (to_line(seal(whole.head(), entry(99))) + "\n").encode()
    before = (tmp_path / "whole/audit.jsonl").read_bytes()
    for cut in [*range(1, len(line), 37), len(line) - 1]:
        folder = tmp_path / str(cut)
        folder.mkdir()
        (folder / "audit.head").write_text(json.dumps(marks))
        (folder / "audit.jsonl").write_bytes(before + line[:cut])
        chain = ChainFile(folder)
        chain.append(entry(4))
        assert [sealed.entry.person_code for sealed in chain.read()] == [0, 1, 2, 4]
        assert chain.set_aside() == [line[:cut]]
        assert chain.faults() == []


def test_a_whole_line_written_before_the_crash_is_taken_in(tmp_path: Path) -> None:
    chain = filled(tmp_path, 2)
    older_head = (tmp_path / "audit.head").read_bytes()
    chain.append(entry(2))
    (tmp_path / "audit.head").write_bytes(older_head)
    assert [sealed.entry.person_code for sealed in chain.read()] == [0, 1, 2]
    assert chain.set_aside() == []


def test_a_whole_line_that_does_not_carry_the_chain_on_is_not_taken_in(tmp_path: Path) -> None:
    chain = filled(tmp_path, 2)
    first_line = (tmp_path / "audit.jsonl").read_bytes().splitlines(keepends=True)[0]
    with (tmp_path / "audit.jsonl").open("ab") as file:
        file.write(first_line)
    assert chain.head().sequence == 2
    assert chain.set_aside() == [first_line]


def test_a_cut_off_end_shows_and_stops_the_chain(tmp_path: Path) -> None:
    chain = filled(tmp_path, 4)
    lines = (tmp_path / "audit.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "audit.jsonl").write_bytes(b"".join(lines[:3]))
    assert [fault.sequence for fault in chain.faults()] == [0]
    with pytest.raises(ChainBroken, match="where its head says"):
        chain.append(entry(4))


@pytest.mark.parametrize("gone", ["audit.jsonl", "audit.head"])
def test_a_missing_file_shows_and_stops_the_chain(tmp_path: Path, gone: str) -> None:
    chain = filled(tmp_path, 2)
    (tmp_path / gone).unlink()
    assert "missing" in chain.faults()[0].wrong
    with pytest.raises(ChainBroken, match="missing"):
        chain.append(entry(2))


def test_a_changed_entry_and_a_spoilt_line_show_at_their_places(tmp_path: Path) -> None:
    chain = filled(tmp_path, 6)
    lines = (tmp_path / "audit.jsonl").read_bytes().splitlines(keepends=True)
    lines[1] = lines[1].replace(b'"person_code":1', b'"person_code":7')
    lines[4] = b"#" * (len(lines[4]) - 1) + b"\n"
    (tmp_path / "audit.jsonl").write_bytes(b"".join(lines))
    assert [fault.sequence for fault in chain.faults()] == [2, 5, 6]
    with pytest.raises(ChainBroken, match="line 5"):
        list(chain.read())


def test_a_head_that_cannot_be_written_loses_no_entry_and_breaks_nothing(tmp_path: Path) -> None:
    chain = filled(tmp_path, 2)
    # A folder where the fresh head would go makes the second of the two writes fail, after the line is on disk.
    (tmp_path / "audit.new").mkdir()
    with pytest.raises(OSError, match="audit"):
        chain.append(entry(2))
    (tmp_path / "audit.new").rmdir()
    assert [sealed.entry.person_code for sealed in chain.read()] == [0, 1, 2]
    assert chain.faults() == []
