"""GLOSSARY.md and the code say the same: every public word of `care` stands in it, and all that it names exists.

That our own names call a person nothing but a person is held by ``rules_of_words.py``.
"""

import importlib
import inspect
import pkgutil
from dataclasses import dataclass
from pathlib import Path

import pytest

import fishplate.care

HEADINGS = ["Word", "Meaning", "Source", "In code"]
OUR_OWN_WORDS = {"join", "leg"}
NO_CODE = "–"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the glossary; `code` is a dotted name inside the package, or empty."""

    word: str
    meaning: str
    source: str
    code: str


def entries_of(text: str) -> list[Entry]:
    """The rows of the one table in a glossary's text. Raises ValueError on a row that has not four cells."""
    table = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")
    ]
    headings, _rule, *rows = table
    if headings != HEADINGS:
        raise ValueError(f"the table's headings are {headings}, and should be {HEADINGS}")
    return [
        Entry(word, meaning, source, code.strip("`").replace(NO_CODE, ""))
        for word, meaning, source, code in rows
    ]  # fmt: skip


def public_words() -> set[str]:
    """Every public class that a module of `care` defines, as ``care.joins.Join``."""
    found = set()
    for module_found in pkgutil.iter_modules(fishplate.care.__path__):
        module = importlib.import_module(f"fishplate.care.{module_found.name}")
        for name, member in inspect.getmembers(module, inspect.isclass):
            if member.__module__ == module.__name__ and not name.startswith("_"):
                found.add(f"care.{module_found.name}.{name}")
    return found


def is_there(dotted: str) -> bool:
    """Whether a dotted name inside the package leads to something."""
    module, _, name = dotted.rpartition(".")
    try:
        return hasattr(importlib.import_module(f"fishplate.{module}"), name)
    except ModuleNotFoundError:
        return False


@pytest.fixture(scope="module")
def entries(repository: Path) -> list[Entry]:
    return entries_of((repository / "GLOSSARY.md").read_text(encoding="utf-8"))


def test_every_public_word_of_care_is_explained(entries: list[Entry]) -> None:
    missing = public_words() - {entry.code for entry in entries}
    assert not missing, f"not in GLOSSARY.md: {sorted(missing)}"


def test_everything_the_glossary_names_exists(entries: list[Entry]) -> None:
    gone = [entry.code for entry in entries if entry.code and not is_there(entry.code)]
    assert not gone, f"named in GLOSSARY.md and not in the code: {gone}"


def test_a_name_that_is_gone_would_be_noticed() -> None:
    assert not is_there("care.joins.Weld")
    assert not is_there("care.rails.Join")


def test_only_leg_and_join_are_our_own_words(entries: list[Entry]) -> None:
    assert {entry.word for entry in entries if "ours" in entry.source.lower().split()} == OUR_OWN_WORDS


def test_every_word_has_one_sentence_and_a_source(entries: list[Entry]) -> None:
    unfinished = [e.word for e in entries if not e.source or not e.meaning.endswith(".") or ". " in e.meaning]
    assert not unfinished


def test_words_stand_once_and_in_order(entries: list[Entry]) -> None:
    words = [entry.word for entry in entries]
    assert words == sorted(set(words))
