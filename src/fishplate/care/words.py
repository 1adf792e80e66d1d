"""What the other files here are made of: a word with its meaning, and the value for what nobody knows.

`Word` is an enumeration whose members are stored as plain text and carry their meaning as one sentence, so that the
reference pages and the code cannot disagree. `UNKNOWN` stands where a fact could have been recorded and was not;
None is kept for what is not there at all, such as the end of a leg that is still open.
"""

from enum import Enum, StrEnum
from typing import Final, Literal, Self


class Word(StrEnum):
    """One word of a fixed list: the text it is stored as, and what it means in a sentence (`meaning`)."""

    _value_: str
    meaning: str

    def __new__(cls, text: str, meaning: str = "") -> Self:
        """Make a member whose value is the text alone. Only looking a word up by its text leaves the meaning out."""
        word = str.__new__(cls, text)
        word._value_ = text
        word.meaning = meaning
        return word


class Unknown(Enum):
    """Nobody recorded it: neither yes nor no, neither a failure nor a success (product rule 4)."""

    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        """Refuse to pass for true or false; ask `is UNKNOWN` first. Raises TypeError, always."""
        raise TypeError("unknown is neither true nor false; compare with `is UNKNOWN` before you ask for a yes or no")


UNKNOWN: Final[Literal[Unknown.UNKNOWN]] = Unknown.UNKNOWN
"""The one value of `Unknown`. A type checker narrows `bool | Unknown` on `is UNKNOWN`."""
