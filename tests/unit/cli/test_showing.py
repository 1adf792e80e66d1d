"""A build's summary in words, and how its progress is told where there is no terminal."""

import io
from dataclasses import replace

from rich.console import Console

from fishplate.cli.showing import in_words, pairs_in_words, progress
from fishplate.journeys.build import Summary
from fishplate.journeys.figures import Figures, PairFigures
from fishplate.records.publishing import SourceCount

PAIRS = PairFigures(1202, 2, 623, 804, 6.99)
SUMMARY = Summary(
    build=1,
    built_at="2026-01-05T09:00:00+00:00",
    changed=True,
    rebuilt_people=13,
    sources=(SourceCount("ward", 1, 1500, 1400, 50, 30, 20, 0, 0),),
    figures=Figures(13, 43, 39, 5, 1215, PAIRS, replace(PAIRS, pairs=430), 0),
    figures_changed=0,
    why="",
)


def test_the_summary_says_how_many_of_what() -> None:
    words = in_words(SUMMARY)
    assert words.startswith("Build 1 is ready.\n13 people, 1,215 legs of care, 43 organisations (39 of them gave care)")
    assert (
        "Adjacent pairs: 1,202; 2 overlap, 623 follow within 7 days, 804 within 30; the middle gap is 6.99 days."
        in words
    )
    assert "Between two organisations: 430;" in words


def test_the_first_build_says_nothing_of_builds_before() -> None:
    words = in_words(SUMMARY)
    assert "anew" not in words
    assert "earlier figures" not in words


def test_a_later_build_says_whom_it_made_anew_and_why() -> None:
    words = in_words(replace(SUMMARY, build=2, rebuilt_people=3, figures_changed=4, why="a.csv came (ward)"))
    assert "3 people were made anew, because: a.csv came (ward)." in words
    assert "4 earlier figures of single months changed" in words


def test_a_build_that_changed_nothing_says_so() -> None:
    assert in_words(replace(SUMMARY, changed=False)).startswith("Nothing new: build 1 stands.\n")


def test_what_needs_somebody_to_act_is_said_only_where_it_does() -> None:
    assert "fishplate rejections" in in_words(SUMMARY)
    sound = replace(SUMMARY, sources=(replace(SUMMARY.sources[0], rejected=0),))
    assert "fishplate rejections" not in in_words(sound)
    unresolved = replace(SUMMARY, figures=replace(SUMMARY.figures, unresolved_references=7))
    assert "7 legs refer to an organisation that no file describes." in in_words(unresolved)
    assert "b.csv could not be opened" in in_words(replace(SUMMARY, unopened_files=("b.csv",)))


def test_the_columns_of_the_table_stand_under_their_names() -> None:
    *_, head, row, _ = in_words(SUMMARY).splitlines()
    for name, figure in (
        ("read", "1,500"),
        ("accepted", "1,400"),
        ("rejected", "50"),
        ("duplicate", "30"),
        ("corrected", "20"),
    ):
        end = head.index(name) + len(name)
        assert row[:end].endswith(figure)


def test_where_no_gap_is_known_none_is_made_up() -> None:
    assert pairs_in_words("Pairs", PairFigures(1, 1, 0, 0, None)).endswith("no gap is known.")


def test_without_a_terminal_progress_is_a_line_a_step() -> None:
    written = io.StringIO()
    with progress(Console(file=written, force_terminal=False)) as shown:
        shown.step("Linking people", 0)
        shown.done(10)
        shown.step("Figures", 0)
    assert written.getvalue() == "Linking people ...\nFigures ...\n"


def test_on_a_terminal_nothing_is_left_behind() -> None:
    written = io.StringIO()
    with progress(Console(file=written, force_terminal=True, width=100)) as shown:
        shown.done(1)
        shown.step("Reading a.csv", 100)
        shown.done(100)
    assert not written.getvalue().endswith("a.csv\n")
