"""`fishplate build` over small places whose every figure can be counted by hand.

Running again does nothing, only those a change touches are made anew, what changed is said with the file that changed
it, every record is counted once, and what must stay out of a table stays out.
"""

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from fishplate.journeys.build import Summary, last_published
from fishplate.records.publishing import SourceCount
from tests.commands import fishplate
from tests.generative.places import BULK_TEXTS, HEADER, SmallPlace, table_text

NUMBERS = ("9434765919", "4010232137", "9000000009")


@pytest.fixture
def place(tmp_path: Path) -> SmallPlace:
    return SmallPlace(tmp_path)


def leg(record_id: str, number: str, started: str, ended: str = "", **told: str) -> tuple[str, ...]:
    """A record of the small place's files, by what matters."""
    said = {"ID": record_id, "NHS": number, "FROM": started, "UNTIL": ended, "TYPE": "1", "SECRET": "N", **told}
    return tuple(said.get(column, "") for column in HEADER)


def send(place: SmallPlace, source: str, name: str, *rows: tuple[str, ...]) -> None:
    place.write(source, name, table_text(source, rows))


def three_people(place: SmallPlace) -> Summary:
    """Three people with one spell in March and one home care package from the end of it."""
    send(
        place, "hospital", "a", *(leg(f"s{n}", number, "2025-03-03", "2025-03-10") for n, number in enumerate(NUMBERS))
    )
    send(place, "council", "a", *(leg(f"c{n}", number, "2025-03-12") for n, number in enumerate(NUMBERS)))
    return place.build()


def count_of(summary: Summary, source: str) -> SourceCount:
    return next(count for count in summary.sources if count.source == source)


def everything_in(folder: Path) -> dict[str, tuple[int, bytes]]:
    """When each file below a folder last changed, and its bytes."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*") if path.is_file()
    }  # fmt: skip


# --- Running again ---


def test_running_again_reads_nothing_and_changes_nothing(place: SmallPlace) -> None:
    first = three_people(place)
    before = everything_in(place.folder)
    second = place.build()
    assert everything_in(place.folder) == before
    assert first.changed
    assert not second.changed
    assert (second.build, second.figures, second.sources) == (first.build, first.figures, first.sources)
    assert (second.rebuilt_people, second.figures_changed) == (0, 0)


def test_only_the_last_builds_are_kept_and_nothing_half_made(place: SmallPlace) -> None:
    three_people(place)
    for _ in range(3):
        place.build(full=True)
    published = place.project.build_folder / "published"
    assert sorted(folder.name for folder in published.iterdir()) == ["000003", "000004"]


# --- Only the people a change touches ---


def test_a_new_record_touches_its_person_alone(place: SmallPlace) -> None:
    assert three_people(place).rebuilt_people == 3
    send(place, "diary", "a", leg("v1", NUMBERS[1], "2025-03-20"))
    assert place.build().rebuilt_people == 1


def test_a_file_that_brings_nobody_touches_nobody(place: SmallPlace) -> None:
    three_people(place)
    send(place, "diary", "a")
    place.settings["complete_until"] = "2025-04-30"
    summary = place.build()
    assert summary.changed
    assert summary.rebuilt_people == 0


def test_a_record_that_moves_to_another_person_touches_both(place: SmallPlace) -> None:
    three_people(place)
    send(place, "hospital", "b", leg("s0", NUMBERS[1], "2025-03-03", "2025-03-10"))
    summary = place.build()
    assert summary.rebuilt_people == 2
    assert count_of(summary, "hospital").corrected == 1


def test_two_people_who_prove_to_be_one_are_one_person_made_anew(place: SmallPlace) -> None:
    send(place, "hospital", "a", leg("s0", NUMBERS[0], "2025-03-03"), leg("s1", "", "2025-03-04", MRN="7"),
         leg("s2", NUMBERS[2], "2025-03-04"))  # fmt: skip
    assert place.build().figures.people == 3
    send(place, "diary", "a", leg("v1", NUMBERS[0], "2025-03-20", MRN="7"))
    summary = place.build()
    assert (summary.figures.people, summary.rebuilt_people) == (2, 1)


def test_a_forgotten_file_takes_its_people_with_it(place: SmallPlace) -> None:
    three_people(place)
    send(place, "diary", "a", leg("v1", NUMBERS[1], "2025-03-20"))
    send(place, "hospital", "b", leg("x", "", "2025-03-20", MRN="9"))
    assert place.build().figures.people == 4
    for source, name in (("diary", "incoming/diary_a"), ("hospital", "incoming/hospital_b")):
        said = run(place, "forget", place.folder, "--source", source, "--file", name, "--why", "sent in error")
        assert said.returncode == 0, said.stderr
    summary = place.build()
    assert (summary.figures.people, summary.rebuilt_people) == (3, 1)
    assert summary.why == "incoming/diary_a no longer counts (diary); incoming/hospital_b no longer counts (hospital)"


def test_a_copy_that_comes_later_says_the_last_word(place: SmallPlace) -> None:
    send(place, "hospital", "a", leg("s0", NUMBERS[0], "2025-03-03", "2025-03-10"))
    send(place, "hospital", "b", leg("s0", NUMBERS[0], "2025-03-03", "2025-03-11"))
    place.build()
    send(place, "hospital", "c", leg("s0", NUMBERS[0], "2025-03-03", "2025-03-10"))
    place.build()
    (row,) = place.tables()["legs"].to_pylist()
    assert row["ended_on"].isoformat() == "2025-03-10"


# --- What changed, and why ---


def changes(place: SmallPlace) -> list[tuple[str, str, str, float, float]]:
    rows = place.tables()["changes"].to_pylist()
    return [(r["figure"], r["part"], r["month_on"].isoformat(), r["before"], r["after"]) for r in rows]


def test_a_corrected_file_of_march_changes_figures_of_march_and_is_named(place: SmallPlace) -> None:
    three_people(place)
    send(place, "hospital", "a", leg("s0", NUMBERS[0], "2025-03-03", "2025-03-04"), leg("s1", NUMBERS[1], "2025-03-03"))
    summary = place.build()
    pair = "acute_hospital to home_care"
    assert changes(place) == [
        ("adjacent_pairs", pair, "2025-03-01", 3, 2),
        ("legs", "hospital", "2025-03-01", 3, 2),
        ("overlapping_pairs", pair, "2025-03-01", 0, 1),
        ("pairs_within_30_days", pair, "2025-03-01", 3, 1),
        ("pairs_within_7_days", pair, "2025-03-01", 3, 0),
    ]
    assert summary.figures_changed == len(changes(place))
    assert summary.why == "incoming/hospital_a was replaced (hospital)"
    assert {row["why"] for row in place.tables()["changes"].to_pylist()} == {summary.why}


def test_a_new_file_of_april_changes_no_figure_of_march(place: SmallPlace) -> None:
    three_people(place)
    send(place, "hospital", "april", leg("t0", NUMBERS[0], "2025-04-20", "2025-04-21"))
    summary = place.build()
    assert summary.why == "incoming/hospital_april came (hospital)"
    assert (summary.figures_changed, changes(place)) == (0, [])


def test_a_figure_that_was_zero_in_a_month_told_before_is_a_change(place: SmallPlace) -> None:
    three_people(place)
    send(place, "council", "late", leg("d0", NUMBERS[0], "2025-03-11", "2025-03-11"))
    place.build()
    assert ("adjacent_pairs", "home_care to home_care", "2025-03-01", 0, 1) in changes(place)


# --- Every record is counted once ---


def adds_up(count: SourceCount) -> bool:
    parts = (count.accepted, count.rejected, count.duplicate, count.corrected, count.left_out, count.unused)
    return count.read == sum(parts) and min(parts) >= 0


def test_duplicates_and_corrections_are_counted_and_all_adds_up(place: SmallPlace) -> None:
    same, first, second = (
        leg(i, NUMBERS[0], day) for i, day in (("s0", "2025-03-03"), ("s1", "2025-03-04"), ("s1", "2025-03-05"))
    )
    reversed_period = leg("s2", NUMBERS[0], "2025-03-09", "2025-03-01")
    send(place, "hospital", "a", same, same, first, reversed_period, leg("s3", NUMBERS[1], "2025-03-09", SECRET="Y"))
    send(place, "hospital", "b", second)
    count = count_of(place.build(), "hospital")
    assert count == SourceCount(
        "hospital", files=2, read=6, accepted=2, rejected=1, duplicate=1, corrected=1, left_out=1, unused=0
    )


def test_every_record_of_a_copy_is_a_duplicate(place: SmallPlace) -> None:
    rows = (leg("s0", NUMBERS[0], "2025-03-03"), leg("s2", NUMBERS[0], "2025-03-09", "2025-03-01"))
    send(place, "hospital", "a", *rows)
    send(place, "hospital", "b", *rows)
    count = count_of(place.build(), "hospital")
    assert (count.read, count.accepted, count.rejected, count.duplicate) == (4, 1, 2, 1)
    assert adds_up(count)


def test_a_record_that_fills_two_tables_is_a_duplicate_only_where_neither_row_counts(place: SmallPlace) -> None:
    lasting = leg("c0", NUMBERS[0], "2025-03-03", WORD="one")
    again = leg("c0", NUMBERS[0], "2025-03-03", WORD="one")
    only_person = leg("c1", NUMBERS[0], "2025-03-03", WORD="one", TYPE="2")
    send(place, "council", "a", lasting, again, only_person)
    count = count_of(place.build(), "council")
    assert (count.read, count.accepted, count.duplicate, count.corrected) == (3, 2, 1, 0)


def test_a_record_rejected_for_one_table_is_not_a_duplicate_for_the_other(place: SmallPlace) -> None:
    reversed_period = leg("c0", NUMBERS[0], "2025-03-09", "2025-03-01", WORD="one")
    send(place, "council", "a", reversed_period)
    send(place, "council", "b", reversed_period, leg("c1", NUMBERS[0], "2025-03-09"))
    count = count_of(place.build(), "council")
    assert (count.read, count.accepted, count.rejected, count.duplicate, count.corrected) == (3, 1, 2, 0, 0)


def test_lines_that_no_table_asks_for_are_not_used(place: SmallPlace) -> None:
    place.write("clinic", "a", BULK_TEXTS[0] + '{"resourceType": "Device", "id": "d"}\n')
    count = count_of(place.build(), "clinic")
    assert (count.read, count.accepted, count.unused) == (3, 2, 1)


# --- The command ---


def run(place: SmallPlace, *words: object) -> subprocess.CompletedProcess[str]:
    """A command on the place's project."""
    place.write_project()
    return fishplate(*words)


def test_json_is_one_object_on_standard_output_and_progress_is_elsewhere(place: SmallPlace) -> None:
    send(place, "hospital", "a", leg("s0", NUMBERS[0], "2025-03-03"))
    said = run(place, "build", place.folder, "--json")
    assert said.returncode == 0, said.stderr
    summary = json.loads(said.stdout)
    assert said.stdout.count("\n") == 1
    assert "Linking people" in said.stderr
    assert (summary["build"], summary["changed"], summary["figures"]["legs"]) == (1, True, 1)
    assert summary["sources"][0]["source"] == "hospital"


def test_the_duckdb_file_holds_what_the_parquet_files_hold_and_says_what_it_means(place: SmallPlace) -> None:
    three_people(place)
    published = last_published(place.project.build_folder)
    assert published is not None
    with duckdb.connect(str(published.folder / "fishplate.duckdb"), read_only=True) as catalogue:
        names = {row[0] for row in catalogue.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        assert names == {path.stem for path in published.folder.glob("*.parquet")}
        for name in names:
            assert catalogue.table(name).fetchall() == [
                tuple(row.values()) for row in pq.read_table(published.folder / f"{name}.parquet").to_pylist()
            ]
        (unexplained,) = catalogue.execute(
            "SELECT count(*) FROM duckdb_columns() WHERE comment IS NULL AND NOT internal"
        ).fetchall()
        assert unexplained == (0,)


# --- What stays out ---

SENSITIVE = "1932-02-29"


def every_text(folder: Path) -> set[str]:
    """Every value of every Parquet file below a folder, as text."""
    found: set[str] = set()
    for path in folder.rglob("*.parquet"):
        for row in pq.read_table(path).to_pylist():
            found.update(str(value) for value in row.values() if value is not None)
    return found


def test_sensitive_records_are_left_out_before_linkage_and_only_counted(place: SmallPlace) -> None:
    three_people(place)
    secret = leg("hush-hush", "9728103061", "2025-03-23", "2025-03-24", MRN="secret-mrn", DOB=SENSITIVE, SECRET="Y")
    send(place, "hospital", "b", secret)
    summary = place.build()
    assert count_of(summary, "hospital").left_out == 1
    assert (summary.figures.people, summary.rebuilt_people) == (3, 0)
    texts = every_text(place.project.build_folder)
    assert NUMBERS[0] in " ".join(texts)
    for hidden in ("hush-hush", "9728103061", "secret-mrn", SENSITIVE, "2025-03-23"):
        assert not [text for text in texts if hidden in text]


IDENTIFYING = {
    "Ms Zebedee Quill", "01632960777", "ZZ99 3VZ", NUMBERS[0], "local-77", "1940-01-31",
}  # fmt: skip
"""What the source below says that can identify a person."""

WITH_NAMES = """

[[sources]]
name = "register"
format = "csv"
path = "incoming/register_*"
[sources.tables.people]
nhs_number = "NHS"
local_id = "MRN"
born_on = "DOB"
name = "NAME"
phone = "PHONE"
postcode = "POSTCODE"
"""


@pytest.mark.parametrize("mode", ["planning", "care"])
def test_what_identifies_people_is_in_no_published_table(place: SmallPlace, mode: str) -> None:
    place.settings["mode"] = mode
    place.more = WITH_NAMES
    number, local_id, born_on = NUMBERS[0], "local-77", "1940-01-31"
    send(place, "hospital", "a", leg("s0", number, "2025-03-03", DOB=born_on))
    place.write("register", "a", "NHS,MRN,DOB,NAME,PHONE,POSTCODE\n"
                f"{number},{local_id},{born_on},Ms Zebedee Quill,01632960777,ZZ99 3VZ\n")  # fmt: skip
    place.build()
    published = last_published(place.project.build_folder)
    assert published is not None
    texts = every_text(published.folder)
    with duckdb.connect(str(published.folder / "fishplate.duckdb"), read_only=True) as catalogue:
        for (name,) in catalogue.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            texts.update(str(value) for row in catalogue.table(name).fetchall() for value in row)
    assert "1940" in texts
    assert not [text for text in texts for hidden in IDENTIFYING if hidden in text]
    identified = published.private / "identified.parquet"
    assert identified.exists() == (mode == "care")
    if mode == "care":
        (person,) = pq.read_table(identified).to_pylist()
        assert {str(value) for value in person.values()} >= {"Ms Zebedee Quill", "01632960777", "ZZ99 3VZ", number}


def test_a_project_that_leaves_care_mode_keeps_no_names_of_earlier_builds(place: SmallPlace) -> None:
    place.settings["mode"] = "care"
    three_people(place)
    place.settings["mode"] = "planning"
    place.build()
    assert list((place.project.build_folder / "identified").rglob("identified.parquet")) == []


def test_a_build_whose_codes_are_gone_is_not_taken_for_none_at_all(place: SmallPlace) -> None:
    three_people(place)
    found = last_published(place.project.build_folder)
    assert found is not None
    (found.private / "person_codes.parquet").unlink()
    done = run(place, "build", place.folder)
    assert done.returncode == 4
    assert "Put the build folder back" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps permissions otherwise")
def test_what_is_built_is_for_this_account_alone(place: SmallPlace) -> None:
    three_people(place)
    assert place.project.build_folder.stat().st_mode & 0o077 == 0
