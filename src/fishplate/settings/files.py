"""Whether the settings that say where a source's files are, and how they are written, make sense.

Takes one text each; gives what is wrong, what was expected and what to do, or nothing. Nothing is opened here.
"""

import re
from functools import cache
from pathlib import PurePosixPath, PureWindowsPath
from zoneinfo import available_timezones

from fishplate.settings.faults import did_you_mean, quoted

Trouble = tuple[str, str, str]
"""What is wrong, what was expected, and what to do about it."""

BUILD_FOLDER = "build"
"""Everything built is kept here, below the project's folder; no source may lie in it."""

_USUAL_ENCODINGS = ("utf-8", "utf-16", "cp1252", "latin-1", "ascii", "iso-8859-15", "cp850", "mac-roman")
_NICKNAMES = {"ansi": "cp1252", "windows": "cp1252", "excel": "cp1252", "unicode": "utf-16", "utf8mb4": "utf-8"}


def path_trouble(path: str) -> Trouble | None:
    """A path is a glob below the project's folder, with forward slashes."""
    expected = "a path below the project's folder, such as incoming/spells_*.csv"
    parts = PurePosixPath(path).parts
    if not path.strip():
        return "it is blank", expected, ""
    if "\\" in path:
        return f"{quoted(path)} has backslashes", expected, "Write forward slashes, on Windows too."
    if PurePosixPath(path).is_absolute() or PureWindowsPath(path).drive or path.startswith("~"):
        return f"{quoted(path)} does not start in the project's folder", expected, "Copy or link the files into it."
    if ".." in parts:
        return f"{quoted(path)} leaves the project's folder", expected, "Copy or link the files into it."
    if any("**" in part and part != "**" for part in parts):
        return f"{quoted(path)} has ** beside other letters", "** as a whole folder name, such as incoming/**/*.csv", ""
    if parts and parts[0] == BUILD_FOLDER:
        return f"{quoted(path)} lies where the results are built", expected, "Put the files into a folder of their own."
    if not parts or any(ord(letter) < 32 for letter in path):
        return f"{quoted(path)} names no file", expected, ""
    return None


def encoding_trouble(encoding: str) -> Trouble | None:
    """An encoding is one that Python can read text by."""
    plain = "id,name\n"
    try:
        readable = plain.encode(encoding).decode(encoding) == plain
    except (LookupError, ValueError, TypeError):
        readable = False
    if readable:
        return None
    nickname = _NICKNAMES.get(encoding.casefold())
    hint = f"Did you mean {quoted(nickname)}?" if nickname else did_you_mean(encoding, _USUAL_ENCODINGS)
    return f"{quoted(encoding)} is no encoding of text", "an encoding such as utf-8, cp1252 or utf-16", hint


def delimiter_trouble(delimiter: str) -> Trouble | None:
    """A delimiter is one character that can't be part of a word."""
    expected = "one character, such as a comma, a semicolon, a bar or a tab"
    if delimiter in ("\\t", "tab", "TAB"):
        return f"{quoted(delimiter)} is not a tab", expected, r'Write "\t" in double quotation marks.'
    if len(delimiter) != 1:
        return f"it is {len(delimiter)} characters long", expected, ""
    if delimiter.isalnum() or delimiter in "\r\n\0\ufeff":
        return f"{quoted(delimiter)} can't part one column from the next", expected, ""
    return None


def quote_trouble(quote: str, delimiter: str) -> Trouble | None:
    """A quote is one character other than the delimiter, or empty where the file quotes nothing."""
    expected = 'one character such as ", or an empty text where the file has none'
    if len(quote) > 1:
        return f"it is {len(quote)} characters long", expected, ""
    if quote and (quote == delimiter or quote.isalnum() or quote in "\r\n\0"):
        return f"{quoted(quote)} can't be a quotation mark here", expected, ""
    return None


def zone_trouble(zone: str) -> Trouble | None:
    """A time zone is a name of the IANA Time Zone Database."""
    if zone in zones():
        return None
    return f"{quoted(zone)} is no known time zone", "a zone such as Europe/London or UTC", did_you_mean(zone, zones())


@cache
def zones() -> frozenset[str]:
    """The names of all time zones that this machine knows."""
    return frozenset(available_timezones())


def name_trouble(name: str) -> Trouble | None:
    """A source's name becomes a folder and a part of addresses, so it is kept plain."""
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", name):
        return None
    return f"{quoted(name)} can't name a folder", "letters, digits, _ and -, at most 64 of them", ""


def memory_trouble(limit: str) -> Trouble | None:
    """A memory limit is a number and a unit of bytes."""
    if re.fullmatch(r"[1-9]\d*(\.\d+)? ?[KMGT]i?B", limit):
        return None
    return f"{quoted(limit)} is no amount of memory", "a number and a unit, such as 2GB or 512MB", ""


def namespace_trouble(system: str, reserved: tuple[str, ...]) -> Trouble | None:
    """The namespace of local identifiers stands before each of them and a bar, so it holds neither bar nor space."""
    if system in reserved:
        return f"{quoted(system)} is kept for other identifiers", "a namespace of the organisation's own", ""
    if any(letter.isspace() or letter == "|" or not letter.isprintable() for letter in system):
        return "it has a space, a bar or a control character", "a plain name, such as rxx-mrn", ""
    return None
