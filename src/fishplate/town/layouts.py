"""How an organisation writes its files: one a month, with its own columns, separator, encoding and line ends.

Takes rows with their moments and writes them below a folder, sorted by time as real extracts are. Same rows, same
bytes: nothing here reads a clock.
"""

import codecs
import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from random import Random

from fishplate.town.calendar import END, month
from fishplate.town.mistakes import NO_SLIPS, Slips, slipped

Row = tuple[int, tuple[str, ...]]
"""The moment that decides in which month's file a row stands, and its cells."""

Export = Iterator[tuple["Layout", Iterable[Row]]]
"""What an organisation sends: each of its layouts with the rows."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of file. `path` has `{month}` where the month goes; `cut_off` is a month whose packed file breaks off,
    and `late` one that is sent again two months later, under a name of its own."""

    path: str
    columns: tuple[str, ...]
    delimiter: str = ","
    encoding: str = "utf-8"
    mark: bytes = b""
    line_end: str = "\r\n"
    packed: bool = False
    slips: Slips = NO_SLIPS
    cut_off: str = ""
    late: tuple[str, str] = ("", "")
    """A month whose file came late, and what stands in the name instead of the month."""


def write_months(folder: Path, layout: Layout, rows: Iterable[Row], seed: int) -> None:
    """Write the rows of a layout, one file for each month that has any."""
    months: defaultdict[str, list[Row]] = defaultdict(list)
    for row in slipped(rows, layout.columns, layout.slips, Random(f"{seed} {layout.path}")):
        if 0 <= row[0] < END:
            months[month(row[0])].append(row)
    for name, found in sorted(months.items()):
        found.sort(key=itemgetter(0))
        shown = layout.late[1] if name == layout.late[0] else name
        path = folder / layout.path.format(month=shown)
        path.parent.mkdir(parents=True, exist_ok=True)
        written = encoded(layout, found)
        path.write_bytes(written[: len(written) * 3 // 4] if name == layout.cut_off else written)


def encoded(layout: Layout, rows: list[Row]) -> bytes:
    """The bytes of one file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=layout.delimiter, lineterminator=layout.line_end)
    writer.writerow(layout.columns)
    writer.writerows(map(itemgetter(1), rows))
    written = layout.mark + text.getvalue().encode(layout.encoding)
    return gzip.compress(written, compresslevel=6, mtime=0) if layout.packed else written


UTF8_MARK = codecs.BOM_UTF8
UTF16_MARK = codecs.BOM_UTF16_LE
