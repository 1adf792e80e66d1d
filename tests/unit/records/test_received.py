"""Files are received once, kept by their hash, replaced and forgotten, and a torn ledger loses nothing."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import pytest

from fishplate.records.received import Ledger, Received, forget, receive, standing
from fishplate.settings.project import Project, Source

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SOURCES = (Source("ward", "csv", "in/ward*.csv"), Source("council", "csv", "in/**/council*.csv"))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    return Project(tmp_path, "Smalltown", "Smalltown", sources=SOURCES)


def put(project: Project, name: str, content: bytes, changed: int = 1) -> None:
    """A file in the project's folder, changed at that second."""
    path = project.folder / "in" / name
    path.write_bytes(content)
    os.utime(path, (changed, changed))


def counted(project: Project) -> list[tuple[int, str, bytes]]:
    """Receive, and say which files count now: their place, name and kept bytes."""
    ledger = Ledger(project.build_folder)
    assert receive(project, ledger, NOW) == ()
    found = standing(ledger.entries(), project.sources)
    return [(entry.received_as, entry.name, ledger.kept(entry.sha256).read_bytes()) for entry in found]


def test_a_file_is_received_once_and_kept_by_its_hash(project: Project) -> None:
    put(project, "ward1.csv", b"a")
    put(project, "deep/council.csv", b"b")
    put(project, ".ward.csv", b"hidden")
    once = counted(project)
    assert once == [(1, "in/ward1.csv", b"a"), (2, "in/deep/council.csv", b"b")]
    assert counted(project) == once
    entry = Ledger(project.build_folder).entries()[0]
    assert (entry.size_bytes, entry.received_at, entry.file) == (1, "2026-01-02T03:04:05+00:00", entry.sha256[:16])


def test_a_file_touched_and_not_changed_is_not_received_again(project: Project) -> None:
    put(project, "ward1.csv", b"a")
    once = counted(project)
    put(project, "ward1.csv", b"a", changed=2)
    assert counted(project) == once


def test_other_bytes_under_the_same_name_replace_and_the_old_stay_kept(project: Project) -> None:
    put(project, "ward1.csv", b"old")
    counted(project)
    put(project, "ward1.csv", b"new", changed=2)
    assert counted(project) == [(2, "in/ward1.csv", b"new")]
    ledger = Ledger(project.build_folder)
    assert [ledger.kept(entry.sha256).read_bytes() for entry in ledger.entries()] == [b"old", b"new"]


def test_a_file_that_is_gone_still_counts_and_one_that_is_back_as_it_was_counts_as_it_was(project: Project) -> None:
    put(project, "ward1.csv", b"old")
    counted(project)
    (project.folder / "in" / "ward1.csv").unlink()
    assert counted(project) == [(1, "in/ward1.csv", b"old")]
    put(project, "ward1.csv", b"new", changed=2)
    put(project, "ward1.csv", b"old", changed=3)
    assert counted(project) == [(1, "in/ward1.csv", b"old")]


def test_the_same_bytes_under_two_names_are_two_files_kept_once(project: Project) -> None:
    put(project, "ward1.csv", b"a")
    put(project, "ward2.csv", b"a")
    assert [name for _, name, _ in counted(project)] == ["in/ward1.csv", "in/ward2.csv"]
    assert len([path for path in (project.build_folder / "kept").rglob("*") if path.is_file()]) == 1


def test_a_forgotten_file_counts_no_more_until_it_comes_with_other_bytes(project: Project) -> None:
    put(project, "ward1.csv", b"a")
    counted(project)
    ledger = Ledger(project.build_folder)
    assert forget(ledger, "ward", "in/ward1.csv", "sent in error", NOW) is not None
    assert forget(ledger, "ward", "in/ward1.csv", "twice", NOW) is None
    assert forget(ledger, "ward", "in/none.csv", "never came", NOW) is None
    put(project, "ward1.csv", b"a", changed=2)
    assert counted(project) == []
    put(project, "ward1.csv", b"b", changed=3)
    assert counted(project) == [(3, "in/ward1.csv", b"b")]
    # The third line tells the forgotten receipt again, with the time at which the same bytes were written anew.
    assert [entry.forgotten_why for entry in ledger.entries()] == ["", "sent in error", "sent in error", ""]


def refuses(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """From now on the file of that name can't be opened."""
    opens = Path.open

    def opened(path: Path, *how: str) -> IO[bytes]:
        if path.name == name:
            raise PermissionError(13, "Permission denied")
        return opens(path, *how)  # type: ignore[return-value]

    monkeypatch.setattr(Path, "open", opened)


def test_a_file_that_can_not_be_opened_is_named_and_stops_nothing(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(project, "ward1.csv", b"a")
    put(project, "ward2.csv", b"b")
    refuses(monkeypatch, "ward1.csv")
    assert receive(project, Ledger(project.build_folder), NOW) == ("in/ward1.csv",)
    monkeypatch.undo()
    assert [name for _, name, _ in counted(project)] == ["in/ward2.csv", "in/ward1.csv"]


def test_a_place_that_can_not_be_written_to_stops_it(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    put(project, "ward1.csv", b"a")
    refuses(monkeypatch, "arriving.part")
    with pytest.raises(PermissionError):
        receive(project, Ledger(project.build_folder), NOW)
    assert Ledger(project.build_folder).entries() == []


@pytest.mark.parametrize("torn", [1, 20, 200])
def test_a_line_torn_by_a_crash_counts_for_nothing_and_its_file_comes_anew(project: Project, torn: int) -> None:
    put(project, "ward1.csv", b"a")
    put(project, "ward2.csv", b"b")
    whole = counted(project)
    path = project.build_folder / "received.jsonl"
    path.write_bytes(path.read_bytes()[:-torn])
    assert counted(project) == whole
    assert counted(project) == whole


@pytest.mark.parametrize("rubbish", [b"\n", b"null\n", b"[1]\n", b"{}\n", b"\xff\xfe\n", b'{"received_as": 1}\n', b"{"])
def test_a_line_that_is_none_of_ours_is_passed_over(project: Project, rubbish: bytes) -> None:
    put(project, "ward1.csv", b"a")
    whole = counted(project)
    path = project.build_folder / "received.jsonl"
    path.write_bytes(rubbish + (b"" if rubbish.endswith(b"\n") else b"\n") + path.read_bytes() + rubbish)
    assert counted(project) == whole
    ledger = Ledger(project.build_folder)
    ledger.add((Received(9, "ward", "in/ward9.csv", "0" * 64, 0, 0, ""),))
    assert [entry.received_as for entry in ledger.entries()] == [1, 9]


def test_a_copy_half_made_by_a_crash_is_made_anew_and_leaves_nothing(project: Project) -> None:
    project.build_folder.mkdir()
    (project.build_folder / "arriving.part").write_bytes(b"half")
    put(project, "ward1.csv", b"whole")
    assert counted(project) == [(1, "in/ward1.csv", b"whole")]
    assert not list(project.build_folder.glob("*.part"))
