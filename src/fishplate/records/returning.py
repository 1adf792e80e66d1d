"""Takes rows out of a received file just as they came, so that whoever sent them can correct them and send them again.

Takes a kept file, how its lines are written and the lines that records begin on; gives each record's own bytes, all
its lines where a quoted value runs over several, and the header line. The rule for what is a record is that of
`framing`. Other encodings than UTF-8 come out as UTF-8, which every source reads where the byte-order mark says so;
bytes that are no text come out as they are or as U+FFFD, and are rejected again until somebody puts them right.
"""

import csv
import io
from collections import deque
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path

from fishplate.records.framing import MAX_RECORD_LINES, Dialect, blocks, frames, record, texts_of
from fishplate.records.reasons import Reason
from fishplate.records.unpacking import pieces, raw_pieces

Line = tuple[int, bytes]


def lines_of(path: Path, dialect: Dialect) -> Iterator[Line]:
    """Every line of a file that is not too long, numbered from 1, as UTF-8 without its line feed."""
    cuts: list[bool] = []
    whole = pieces(raw_pieces(path, lambda: cuts.append(True)), dialect.encoding)
    for first, block in blocks(whole, dialect.max_line_bytes, lambda _fault: None, lambda: bool(cuts)):
        yield from enumerate(block.split(b"\n")[:-1], first)


def records_of(path: Path, dialect: Dialect, wanted: Collection[int]) -> Iterator[Line]:
    """The records that begin on the wanted lines, in their order, each as its own lines."""
    lines, ahead = lines_of(path, dialect), deque[Line]()
    quote = dialect.quote.encode() if dialect.delimiter else b""
    while ahead or (ahead := deque(islice(lines, 1))):
        number, line = ahead[0]
        if number in wanted:
            several = quote and quote in line
            if several:
                ahead.extend(islice(lines, MAX_RECORD_LINES - len(ahead)))
            together = [text for place, (at, text) in enumerate(ahead) if at == number + place] if several else [line]
            yield number, b"\n".join(together[: length(together, dialect)])
        ahead.popleft()


def length(lines: list[bytes], dialect: Dialect) -> int:
    """How many of the lines the record at their beginning takes; one where its quotation marks are wrong."""
    _, used, reason = record(texts_of(b"\n".join(lines) + b"\n"), 0, dialect)
    return 1 if reason is Reason.QUOTE_UNCLOSED else used


def header_of(path: Path, dialect: Dialect) -> bytes:
    """The header line of a file that has one, written anew in its dialect, as UTF-8."""
    names, batches = frames(path, dialect, (), lambda _fault: None)
    batches.close()
    if not dialect.quote:
        return dialect.delimiter.join(names).encode()
    written = io.StringIO()
    csv.writer(written, delimiter=dialect.delimiter, quotechar=dialect.quote, lineterminator="").writerow(names)
    return written.getvalue().encode()
