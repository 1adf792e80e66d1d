"""How a file of columns is written, guessed from its first bytes: encoding, delimiter and quotation mark.

Takes bytes, which may end in the middle of a letter or a line; gives a `Writing`. Pure, and it never raises.
"""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

DELIMITERS = (",", "\t", ";", "|")
_LINES = 50
_LONGEST_LINE = 100_000

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Writing(NamedTuple):
    """How a file is written."""

    encoding: str
    delimiter: str
    quote: str


USUAL = Writing("utf-8", ",", '"')
"""How most files are written."""


def sniff(start: bytes) -> Writing:
    """The likely encoding, delimiter and quotation mark of a file that starts so."""
    encoding = _encoding(start)
    lines = decoded(start, encoding).splitlines()[:_LINES]
    quote = "'" if _quoted_by(lines, "'") and not _quoted_by(lines, '"') else '"'
    delimiter = max(DELIMITERS, key=lambda each: _evenness(lines, each, quote))
    return Writing(encoding, delimiter, quote)


def decoded(start: bytes, encoding: str) -> str:
    """The text of bytes that may end in the middle of a letter; what can't be read becomes a question mark."""
    return codecs.getincrementaldecoder(encoding)(errors="replace").decode(start)


def rows(start: bytes, writing: Writing, at_most: int) -> Iterator[tuple[str, ...]]:
    """The first whole rows of a file that starts so, the header among them; a last, cut line is left out."""
    text = decoded(start, writing.encoding)
    lines = text.splitlines(keepends=True)
    yield from islice(_parsed(lines, writing.delimiter, writing.quote), at_most)


def _encoding(start: bytes) -> str:
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    if start and (unmarked := _utf16_without_mark(start)):
        return unmarked
    for encoding in ("utf-8", "cp1252"):
        try:
            codecs.getincrementaldecoder(encoding)().decode(start)
        except UnicodeDecodeError:
            continue
        return encoding
    return "latin-1"


def _utf16_without_mark(start: bytes) -> str:
    """Plain letters in UTF-16 have a zero for every second byte; no other text has many zeros."""
    half = max(len(start) // 2, 1)
    if start[1::2].count(0) > half * 0.6:
        return "utf-16-le"
    return "utf-16-be" if start[0::2].count(0) > half * 0.6 else ""


def _quoted_by(lines: list[str], quote: str) -> bool:
    """Whether some cell begins and ends with the mark."""
    edge = re.escape("".join(DELIMITERS))
    return any(re.search(rf"(?:^|[{edge}]){quote}[^{quote}]*{quote}(?:[{edge}]|$)", line) for line in lines)


def _evenness(lines: list[str], delimiter: str, quote: str) -> tuple[float, int]:
    """How alike in width the rows are by this delimiter, and how wide; one column says nothing."""
    widths = Counter(len(row) for row in _parsed(lines, delimiter, quote) if row)
    if not widths:
        return 0.0, 0
    width, rows_of_it = widths.most_common(1)[0]
    return (rows_of_it / widths.total(), width) if width > 1 else (0.0, 0)


def _parsed(lines: list[str], delimiter: str, quote: str) -> Iterator[tuple[str, ...]]:
    try:
        for row in csv.reader((line[:_LONGEST_LINE] for line in lines), delimiter=delimiter, quotechar=quote):
            yield tuple(row)
    except csv.Error:
        return
