"""Cuts a received file into records, each with the exact line it begins on, and says which lines are no records.

Takes the bytes of a file (plain or gzip), gives Arrow batches (`line`, then one text column a cell, trimmed, blank ones
null) and `FrameFault`s.
The rule is that of Python's strict `csv` reader over physical lines; `slow_frames` is that rule, line by line. A block
of lines takes the fast lane only where both must agree: it is valid text, has no quotation mark or reads whole by the
strict reader, and gives exactly one record a line. Memory is bounded by a block and the longest line allowed.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from fishplate.records.reasons import Reason
from fishplate.records.unpacking import pieces, raw_pieces

MAX_LINE_BYTES = 1 << 20
MAX_RECORD_LINES = 1000
"""A quoted value may run over this many lines; one that runs longer is an unclosed quotation mark."""

TRIMMED = " \t\u00a0"
"""What is taken off both ends of a cell; a cell that is then empty is given as nothing, and a line so is no record."""

NO_BREAK_SPACE = b"\xc2\xa0"
REPLACED = "\ufffd"
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
CONTROL_BYTES = bytes(byte for byte in range(32) if byte not in b"\t\n\r")

csv.field_size_limit(MAX_LINE_BYTES * 4)


@dataclass(frozen=True, slots=True)
class FrameFault:
    """A line that gave no record, and why."""

    line: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the lines of a file are written; an empty `delimiter` means one cell a line (NDJSON)."""

    delimiter: str = ","
    quote: str = '"'
    encoding: str = "utf-8"
    max_line_bytes: int = MAX_LINE_BYTES


Report = Callable[[FrameFault], None]
Numbers = npt.NDArray[np.int64]


def blocks(
    source: Iterator[bytes], max_line: int, report: Report, was_cut_off: Callable[[], bool]
) -> Iterator[tuple[int, bytes]]:
    """Blocks of whole lines with the number of their first line; a line over the limit is dropped and reported.

    Where the file was cut off, its last line may hold half a value, so it is not used.
    """
    line, held, skipping = 1, b"", False
    mac = False
    for number, piece in enumerate(source):
        if number == 0 and b"\n" not in piece and b"\r" in piece:
            mac = True
        if mac:
            piece = piece.replace(b"\r", b"\n")
        if skipping:
            end = piece.find(b"\n")
            if end < 0:
                continue
            piece, skipping, line = piece[end + 1 :], False, line + 1
        held += piece
        cut = held.rfind(b"\n") + 1
        if cut:
            yield from within(line, held[:cut], max_line, report)
            line += held.count(b"\n", 0, cut)
            held = held[cut:]
        if len(held) > max_line:
            report(FrameFault(line, Reason.LINE_TOO_LONG))
            held, skipping = b"", True
    if was_cut_off():
        report(FrameFault(line, Reason.FILE_CUT_OFF))
    elif held:
        yield from within(line, held + b"\n", max_line, report)


def within(line: int, block: bytes, max_line: int, report: Report) -> Iterator[tuple[int, bytes]]:
    """The block, less any line over the limit; few blocks have one, so only those are cut up."""
    if not has_long_line(block, max_line):
        yield line, block
        return
    lines = block.split(b"\n")[:-1]
    start = 0
    for number, text in enumerate(lines):
        if len(text) > max_line:
            report(FrameFault(line + number, Reason.LINE_TOO_LONG))
            if start < number:
                yield line + start, b"\n".join(lines[start:number]) + b"\n"
            start = number + 1
    if start < len(lines):
        yield line + start, b"\n".join(lines[start:]) + b"\n"


def has_long_line(block: bytes, max_line: int) -> bool:
    """Whether a line of the block is over the limit, found in jumps of the limit's length."""
    start = 0
    while len(block) - start > max_line:
        end = block.rfind(b"\n", start, start + max_line + 1)
        if end < start:
            return True
        start = end + 1
    return False


def frames(
    path: Path, dialect: Dialect, names: tuple[str, ...], report: Report
) -> tuple[tuple[str, ...], Generator[pa.RecordBatch]]:
    """The cells' names and the file's records as Arrow batches.

    `names` are the columns where the file has no header line (or the one cell of NDJSON); empty means that the first
    line names them. Batches have `line` (int64) and `c0`, `c1`, ... (text, in the order of the names).
    """
    cuts: list[bool] = []
    raw = raw_pieces(path, lambda: cuts.append(True))
    source = blocks(pieces(raw, dialect.encoding), dialect.max_line_bytes, report, lambda: bool(cuts))
    first = next(source, None)
    if not names:
        names, first = header(first, source, dialect)
    if first is None:
        report(FrameFault(1, Reason.FILE_EMPTY))

    def batches() -> Generator[pa.RecordBatch]:
        pending: tuple[int, bytes] | None = first
        held_line, held = 0, b""
        while pending is not None:
            line, block = pending
            if held and held_line + held.count(b"\n") == line:
                line, block = held_line, held + block
            elif held:
                yield from framed(held_line, held, dialect, len(names), report, last=True)[0]
            ready, (held_line, held) = framed(line, block, dialect, len(names), report, last=False)
            yield from ready
            pending = next(source, None)
        if held and cuts:
            report(FrameFault(held_line, Reason.FILE_CUT_OFF))
        elif held:
            yield from framed(held_line, held, dialect, len(names), report, last=True)[0]

    return names, batches()


def header(
    first: tuple[int, bytes] | None, more: Iterator[tuple[int, bytes]], dialect: Dialect
) -> tuple[tuple[str, ...], tuple[int, bytes] | None]:
    """The names in the first record that is not blank, and what is left of its block; nothing where all is blank.

    A header that is no record by the strict rule is its one line, read as well as can be.
    """
    while first is not None:
        line, block = first
        texts = texts_of(block)
        index = next((place for place, text in enumerate(texts) if text.strip(TRIMMED)), None)
        if index is not None:
            row, used, reason = record(texts, index, dialect)
            if reason is not None:
                plain = texts[index].replace("\r", " ")
                row, used = next(csv.reader([plain], **reading(dialect, strict=False)), []), 1  # type: ignore[arg-type]
            behind = index + used
            return tuple(cell.strip(TRIMMED) for cell in row), (line + behind, block.split(b"\n", behind)[behind])
        first = next(more, None)
    return (), None


def texts_of(block: bytes) -> list[str]:
    """The lines of a block as text, without their ends; what is no text becomes REPLACED."""
    return [piece.decode("utf-8", errors="replace").removesuffix("\r") for piece in block.split(b"\n")[:-1]]


def reading(dialect: Dialect, *, strict: bool = True) -> dict[str, object]:
    """The dialect as Python's csv reader takes it."""
    if not dialect.quote:
        return {"delimiter": dialect.delimiter or "\x1f", "quoting": csv.QUOTE_NONE, "strict": strict}
    return {"delimiter": dialect.delimiter or "\x1f", "quotechar": dialect.quote, "doublequote": True, "strict": strict}


def framed(
    line: int, block: bytes, dialect: Dialect, width: int, report: Report, *, last: bool
) -> tuple[list[pa.RecordBatch], tuple[int, bytes]]:
    """The records of a block of whole lines, and what belongs to the next block (a quoted value still open)."""
    if not block:
        return [], (line, b"")
    batch = fast(line, block, dialect, width)
    if batch is not None:
        return [batch], (0, b"")
    rows, rest = slow_frames(line, block, dialect, width, report, last=last)
    return ([as_batch(rows, width)] if rows else []), rest


def fast(line: int, block: bytes, dialect: Dialect, width: int) -> pa.RecordBatch | None:
    """The block's records by the fast lane, or nothing where the slow lane must decide."""
    lines = block.count(b"\n")
    if (b"\r" in block and block.count(b"\r") != block.count(b"\r\n")) or len(
        block.translate(None, CONTROL_BYTES)
    ) != len(block):
        return None
    if REPLACED.encode() in block or block.startswith(codecs.BOM_UTF8):
        return None
    try:
        text = block.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if (width == 1 or dialect.delimiter in TRIMMED) and not all(map(str.strip, text.split("\n")[:-1])):
        return None  # a blank line would look like a record here
    if dialect.delimiter.isascii() and not (dialect.delimiter and dialect.quote and dialect.quote in text):
        return by_arrow(line, lines, block, dialect, width)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), **reading(dialect)))  # type: ignore[arg-type]
    except csv.Error:
        return None
    if len(rows) != lines or set(map(len, rows)) != {width}:
        return None
    columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
    return batch_of(np.arange(line, line + lines), trimmed(columns))


def by_arrow(line: int, lines: int, block: bytes, dialect: Dialect, width: int) -> pa.RecordBatch | None:
    """The block's records by Arrow's reader, for lines without quotation marks."""
    names = [f"c{n}" for n in range(width)]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(block),
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=len(block) + 1),
            parse_options=arrow_csv.ParseOptions(
                delimiter=dialect.delimiter or "\x1f", quote_char=False, newlines_in_values=False
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
                check_utf8=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    if table.num_rows != lines:
        return None
    columns = [column.combine_chunks() for column in table.columns]
    if b" " in block or b"\t" in block or NO_BREAK_SPACE in block:
        columns = trimmed(columns)
    return batch_of(np.arange(line, line + lines), columns)


def slow_frames(
    line: int, block: bytes, dialect: Dialect, width: int, report: Report, *, last: bool
) -> tuple[list[tuple[int, list[str]]], tuple[int, bytes]]:
    """The rule itself: records line by line, faults reported, and the lines left over for the next block."""
    texts = texts_of(block)
    rows: list[tuple[int, list[str]]] = []
    index = 0
    while index < len(texts):
        row, used, reason = record(texts, index, dialect)
        if reason is Reason.QUOTE_UNCLOSED and index + used >= len(texts) and used < MAX_RECORD_LINES and not last:
            return rows, (line + index, block.split(b"\n", index)[index])
        if reason is None and row and len(row) != width:
            reason = Reason.COLUMN_COUNT
        if reason is not None:
            report(FrameFault(line + index, line_fault(texts[index]) or reason))
        elif row:
            rows.append((line + index, row))
        index += 1 if reason is Reason.QUOTE_UNCLOSED else used
    return rows, (0, b"")


def record(texts: list[str], index: int, dialect: Dialect) -> tuple[list[str], int, Reason | None]:
    """One record from the lines at `index`: its cells, how many lines it took, and why it is none.

    A blank line is an empty record. An unclosed or misplaced quotation mark costs its first line only.
    """
    if not texts[index].strip(TRIMMED):
        return [], 1, None
    if dialect.delimiter == "":
        return [texts[index]], 1, line_fault(texts[index])
    used = 0

    def feed() -> Iterator[str]:
        nonlocal used
        for text in texts[index : index + MAX_RECORD_LINES]:
            used += 1
            yield text + "\n"

    try:
        row = next(csv.reader(feed(), **reading(dialect)), [])  # type: ignore[arg-type]
    except csv.Error:
        return [], used, Reason.QUOTE_UNCLOSED
    for text in texts[index : index + used]:
        if fault := line_fault(text):
            return [], used, fault
    return row, used, None


def line_fault(text: str) -> Reason | None:
    """Why a line can't be used as text, if it can't."""
    if REPLACED in text:
        return Reason.NOT_TEXT
    if "\r" in text or CONTROL.search(text):
        return Reason.CONTROL_CHARACTER
    return None


def as_batch(rows: list[tuple[int, list[str]]], width: int) -> pa.RecordBatch:
    """Records of the slow lane as an Arrow batch."""
    lines = np.array([line for line, _ in rows], np.int64)
    columns = [pa.array([cells[n] for _, cells in rows], pa.string()) for n in range(width)]
    return batch_of(lines, trimmed(columns))


def trimmed(columns: list[pa.Array]) -> list[pa.Array]:
    """The cells without white space at their ends, nothing in place of a blank one."""
    columns = [pc.utf8_trim(column, TRIMMED) for column in columns]
    return [pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column) for column in columns]


def batch_of(lines: Numbers, columns: list[pa.Array]) -> pa.RecordBatch:
    """A batch of `line` and the cells."""
    return pa.record_batch(
        [pa.array(lines, pa.int64()), *columns], names=["line", *(f"c{n}" for n in range(len(columns)))]
    )


def schema(width: int) -> pa.Schema:
    """The schema of every batch of that many cells."""
    return pa.schema([("line", pa.int64()), *((f"c{n}", pa.string()) for n in range(width))])
