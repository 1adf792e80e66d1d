"""Every fault of one project file, gathered while it is read, each with the line it stands on.

Takes key paths such as ("sources", 0, "tables", "legs") and gives `errors.Fault` values in the order of the file.
Rule of this file: nothing here decides what a fault is; it only says where and how.
"""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from fishplate.errors import Fault, ProjectFaults

KeyPath = tuple[str | int, ...]

NAMED_BY = {"sources": "name", "organisations": "id", "services": "id", "workers": "id"}
"""The key by which each member of a list is known; a fault is shown by that name and not by its place."""

LISTED_AT_MOST = 12
"""Words listed beside a hint."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_PART = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_DOTTED = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_DOTTED})\s*\]")
_KEY = re.compile(rf"\s*({_DOTTED})\s*=")


class FaultsFound:
    """The faults found so far in one file."""

    def __init__(self, file: str, text: str = "", document: Mapping[str, object] | None = None) -> None:
        self._file = file
        self._lines = key_lines(text)
        self._document = document or {}
        self._found: list[tuple[int, Fault]] = []

    def add(self, at: KeyPath, wrong: str, expected: str, suggestion: str = "") -> None:
        """Note one fault at a key; a key that is not there has the line of the nearest thing around it."""
        line = self._line(at)
        file = f"{self._file}:{line}" if line else self._file
        self._found.append((line, Fault(file, shown(at, self._document), wrong, expected, suggestion)))

    def all(self) -> tuple[Fault, ...]:
        """Every fault, in the order of the file, each once."""
        return tuple(dict.fromkeys(fault for _, fault in sorted(self._found, key=lambda found: found[0])))

    def refuse(self) -> None:
        """Raise `ProjectFaults` with every fault, if there is any."""
        if self._found:
            raise ProjectFaults(self.all())

    def _line(self, at: KeyPath) -> int:
        while at and at not in self._lines:
            at = at[:-1]
        return self._lines.get(at, 0)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The known word that was likely meant, as a sentence; empty where none is near."""
    by_lower = {name.casefold(): name for name in known}
    near = get_close_matches(word.casefold()[:100], by_lower, n=1, cutoff=0.6)
    return f"Did you mean {quoted(by_lower[near[0]])}?" if near else ""


def quoted(text: object) -> str:
    """What a person wrote, in quotation marks and on one line, cut short where it is long."""
    short = str(text)
    return repr(short if len(short) <= 60 else short[:57] + "...")


def one_of(words: Iterable[str], hint: str = "") -> str:
    """What was expected, where it is one of a list; a long list is left out where a hint names the likely word."""
    listed = list(words)
    if not listed:
        return "one that the project lists (it lists none)"
    if hint and len(listed) > LISTED_AT_MOST:
        return f"one of {len(listed)} words"
    return listed[0] if len(listed) == 1 else "one of " + ", ".join(listed)


def shown(at: KeyPath, document: Mapping[str, object]) -> str:
    """A key path as it is printed: `sources.hospital_spells.tables.legs`, or `sources[2]` (counted from 1)."""
    text = ""
    here: object = document
    for depth, part in enumerate(at):
        here = _inside(here, part)
        if isinstance(part, str):
            text += ("." if text else "") + (part if _BARE.fullmatch(part) else quoted(part))
        else:
            name = _inside(here, NAMED_BY.get(str(at[0]), "")) if depth == 1 else None
            text += f".{name}" if isinstance(name, str) and _BARE.fullmatch(name) else f"[{part + 1}]"
    return text or "the file"


def _inside(value: object, part: str | int) -> object:
    if isinstance(value, Mapping):
        return value.get(part)
    if isinstance(value, list) and isinstance(part, int) and part < len(value):
        return value[part]
    return None


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line each key of a TOML text stands on, the first being 1.

    A light reading of the text, good enough to point at a line: keys inside inline tables are not found, and
    take the line of the key they are under.
    """
    lines: dict[KeyPath, int] = {}
    items: dict[KeyPath, int] = {}
    here: KeyPath = ()
    for number, line in enumerate(text.split("\n"), start=1):
        if header := _HEADER.match(line):
            here = _placed(_parts(header[2]), items, new_item=header[1] == "[[")
            lines.setdefault(here, number)
        elif key := _KEY.match(line):
            path = here
            for part in _parts(key[1]):
                path = (*path, part)
                lines.setdefault(path, number)
    return lines


def _parts(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(_PART, dotted)]


def _placed(parts: list[str], items: dict[KeyPath, int], *, new_item: bool) -> KeyPath:
    """The full path of a header: the names, with the place of the newest member of each list on the way."""
    path: KeyPath = ()
    for depth, part in enumerate(parts):
        path = (*path, part)
        if new_item and depth == len(parts) - 1:
            items[path] = items.get(path, -1) + 1
        if path in items:
            path = (*path, items[path])
    return path
