"""Pages that show commands and what they say are followed as their reader would, and must say what really happens."""

from pathlib import Path

import pytest

from tools.walkthrough import REPOSITORY, walk

PAGES = sorted(path for path in (REPOSITORY / "docs").rglob("*.md") if "<!-- session -->" in path.read_text("utf-8"))
SESSION = '<!-- session -->\n\n```console\n$ python -c "print(6 * 7)"\n{said}\n```\n'


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_what_a_page_shows_is_what_happens(page: Path, tmp_path: Path) -> None:
    written = page.read_text("utf-8")
    assert walk(written, tmp_path) == written, "python tools/walkthrough.py PAGE writes it anew"


def test_the_first_afternoon_is_among_the_pages() -> None:
    assert "first-afternoon" in {page.stem for page in PAGES}


def test_an_output_that_is_not_the_real_one_is_found(tmp_path: Path) -> None:
    assert walk(SESSION.format(said="43"), tmp_path) == SESSION.format(said="42")


def test_files_are_saved_and_mended_as_the_page_says(tmp_path: Path) -> None:
    page = "<!-- file: a/b.txt -->\n\n```\nold rail\n```\n<!-- mend: a/b.txt | old | new -->\n"
    assert walk(page, tmp_path) == page
    assert (tmp_path / "a" / "b.txt").read_text("utf-8") == "new rail\n"


@pytest.mark.parametrize(
    "page",
    [
        "<!-- file: a -->\n\n```\nrail\n```\n<!-- part of: a -->\n\n```\nsleeper\n```\n",
        "<!-- file: a -->\n\n```\nrail\n```\n<!-- mend: a | sleeper | tie -->\n",
        "<!-- session -->\n\n```console\n$ rm x\n```\n",
        '<!-- session -->\n\n```console\n$ python -c "1 / 0"\n```\n',
    ],
    ids=["a part that is not in its file", "nothing to mend", "a command nobody may type", "a command that breaks"],
)
def test_a_page_that_can_not_be_followed_is_refused(page: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"does not hold|holds|can't have|broke"):
        walk(page, tmp_path)
