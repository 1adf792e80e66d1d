"""Whether a value that a project states for a field can stand in it.

Takes the value as text, the kind of field and the codes allowed; gives what is wrong, or nothing. Pure.
"""

import math
from datetime import date, datetime

from fishplate.settings.faults import did_you_mean, one_of, quoted
from fishplate.settings.files import Trouble
from fishplate.settings.vocabulary import Kind

FLAGS = ("true", "false", "yes", "no")
"""How yes and no are stated in a project file."""

LARGEST = 2**63
"""Whole numbers below this fit both engines (BIGINT)."""


def plain(value: object) -> str | None:
    """A TOML value as text; None for what has no plain text, such as a list or a number of thousands of digits."""
    match value:
        case str():
            return value.strip()
        case bool():
            return "true" if value else "false"
        case int():
            return str(value) if abs(value) < LARGEST else None
        case float():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case _:
            return None


def value_fault(value: str, kind: Kind, allowed: tuple[str, ...]) -> Trouble | None:
    """What is wrong with a stated value, what was expected, and what was likely meant."""
    if allowed and value not in allowed:
        hint = did_you_mean(value, allowed)
        return f"{quoted(value)} is not in its list", one_of(allowed, hint), hint
    expected = {"whole": "a whole number", "number": "a number", "flag": one_of(FLAGS),
                "day": "a date, such as 2025-03-31", "moment": "a date, or a date and a time (ISO 8601)"}  # fmt: skip
    if kind != "text" and not _fits(value, kind):
        return f"{quoted(value)} can't stand here", expected[kind], ""
    return None


def _fits(value: str, kind: Kind) -> bool:
    try:
        match kind:
            case "whole":
                return abs(int(value)) < LARGEST
            case "number":
                return math.isfinite(float(value))
            case "flag":
                return value in FLAGS
            case "day":
                date.fromisoformat(value)
            case "moment":
                datetime.fromisoformat(value)
            case "text":
                return True
    except ValueError:
        return False
    return True
