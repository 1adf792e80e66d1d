"""The quick way of cutting a file into records gives what the strict rule gives, whatever the bytes.

The rule is `slow_frames`, Python's strict csv reader line by line. Files here are random bytes, and texts made of what
trips csv readers; they are cut with the quick way, without it, and with the borders of blocks in other places.
"""

import codecs
import csv
import gzip
import io
import tempfile
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, takewhile
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from fishplate.records import framing, unpacking
from fishplate.records.framing import Dialect, FrameFault, frames
from fishplate.records.reasons import Reason

BLANK = " \t\u00a0"
SEVERAL_LINES = frozenset({Reason.COLUMN_COUNT, Reason.NOT_TEXT, Reason.CONTROL_CHARACTER})
"""Faults of a record as a whole, which may be of several lines; any other costs one line."""

TRICKY = [
    *("a", "bb", "é", "\u00a0", " ", "\t", "\u2028", "\u0085", "x" * 9, "\ufeff", "\ufffd", "\x00", "\x1f", "\x0b"),
    *(",", ",", ",", ";", "|", '"', '"', '""', '","', "'", "\\", "\r", "\r\n", "\n", "\n", "\n\n", "1,2\n", '"a",b\n'),
    *('"a\nb",c\n', "{}\n", '{"a": "b"}\n', " \n"),
]
TEXTS = st.lists(st.sampled_from(TRICKY), max_size=40).map(lambda pieces: "".join(pieces).encode())
ROWS = st.lists(st.lists(st.text('ab,"\n é', max_size=3), min_size=2, max_size=2), max_size=12)


def written(rows: list[list[str]], quoting: int, end: str) -> bytes:
    """Rows as a program writes them."""
    out = io.StringIO(newline="")
    csv.writer(out, quoting=quoting, lineterminator=end).writerows(rows)
    return out.getvalue().encode()


SOUND = st.builds(written, ROWS, st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), st.sampled_from(["\n", "\r\n"]))
PIECES = st.lists(TEXTS | SOUND | st.binary(max_size=12), max_size=4).map(b"".join)
FILES = st.tuples(st.sampled_from([b"", b"", b"", codecs.BOM_UTF8]), PIECES).map(b"".join)
DIALECTS = st.builds(
    Dialect,
    delimiter=st.sampled_from([",", ",", ",", ";", "\t", "|", " ", "¦", ""]),
    quote=st.sampled_from(['"', '"', '"', "", "'", "“"]),
    encoding=st.sampled_from(["utf-8", "utf-8", "utf-8", "latin-1", "cp1252", "utf-16"]),
    max_line_bytes=st.sampled_from([8, 24, 1 << 20]),
)
NAMES = st.sampled_from([(), (), ("one",), ("one", "two"), ("one", "two", "three")])


@dataclass(frozen=True)
class Cut:
    """What a file gave: the names of its cells, its records by line, and its faults in the order of lines."""

    names: tuple[str, ...]
    records: list[tuple[int, tuple[str | None, ...]]]
    faults: list[tuple[int, Reason]]


@contextmanager
def patched(**values: object) -> Iterator[None]:
    """Other values of the module's names for a while."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in values.items():
            patch.setattr(unpacking if name == "BLOCK_BYTES" else framing, name, value)
        yield


def cut(content: bytes, dialect: Dialect, names: tuple[str, ...] = (), **values: object) -> Cut:
    """The file with these bytes, cut into records."""
    faults: list[FrameFault] = []
    with tempfile.TemporaryDirectory() as folder, patched(**values):
        path = Path(folder) / "file"
        path.write_bytes(content)
        named, batches = frames(path, dialect, names, faults.append)
        records = list(chain.from_iterable(rows(batch.to_pydict()) for batch in batches))
    return Cut(named, records, sorted(((f.line, f.reason) for f in faults), key=str))


def rows(columns: dict[str, list[object]]) -> list[tuple[int, tuple[str | None, ...]]]:
    """A batch as its records."""
    lines = columns.pop("line")
    cells = zip(*columns.values(), strict=True) if columns else [()] * len(lines)
    return list(zip(lines, cells, strict=True))  # type: ignore[arg-type]


def never(*_: object) -> None:
    """In the place of the quick way: the strict rule decides everywhere."""


def names_for(dialect: Dialect, names: tuple[str, ...]) -> tuple[str, ...]:
    """Names that go with the dialect: lines of JSON have one cell."""
    return names if dialect.delimiter else ("c0",)


@given(content=FILES, dialect=DIALECTS, names=NAMES, block=st.integers(4, 80))
def test_the_quick_way_agrees_with_the_strict_rule(
    content: bytes, dialect: Dialect, names: tuple[str, ...], block: int
) -> None:
    named = names_for(dialect, names)
    quick = cut(content, dialect, named, BLOCK_BYTES=block)
    assert quick == cut(content, dialect, named, BLOCK_BYTES=block, fast=never)


@given(content=FILES, dialect=DIALECTS, names=NAMES.filter(bool), block=st.integers(4, 80))
@example(b'a,b\r\n"1\r\n2",3\r\n', Dialect(), ("one", "two"), 6)
def test_where_a_block_ends_makes_no_difference(
    content: bytes, dialect: Dialect, names: tuple[str, ...], block: int
) -> None:
    # Whether a lone CR ends lines is decided by the first block alone, so here it must have an LF or the file no CR.
    assume(b"\r" not in content or (b"\n" in content[:block] and dialect.encoding != "utf-16"))
    named = names_for(dialect, names)
    assert cut(content, dialect, named, BLOCK_BYTES=block) == cut(content, dialect, named)


@given(content=FILES, delimiter=st.sampled_from([",", ";"]), limit=st.sampled_from([8, 24, 1 << 20]))
def test_every_line_is_in_one_record_or_in_one_fault_or_blank(content: bytes, delimiter: str, limit: int) -> None:
    dialect = Dialect(delimiter, max_line_bytes=limit)
    found = cut(content, dialect, ("one", "two"))
    if found.faults == [(1, Reason.FILE_EMPTY)]:
        assert content in (b"", codecs.BOM_UTF8)
        return
    lines = lines_of(content)
    told: dict[int, int] = dict.fromkeys(range(1, len(lines) + 1), 0)
    for line, cells in found.records:
        row, used = strictly(lines, line, dialect)
        assert [cell.strip(BLANK) or None for cell in row or []] == list(cells)
        told.update({place: told[place] + 1 for place in range(line, line + used)})
    for line, reason in found.faults:
        if reason is not Reason.FILE_EMPTY:
            used = strictly(lines, line, dialect)[1] if reason in SEVERAL_LINES else 1
            told.update({place: told[place] + 1 for place in range(line, line + used)})
    assert all(count == 1 or is_blank(lines[line - 1]) for line, count in told.items())
    assert max(told.values(), default=1) <= 1


def is_blank(line: bytes) -> bool:
    return not line.decode(errors="replace").strip(BLANK + "\r")


def lines_of(content: bytes) -> list[bytes]:
    """The physical lines of a file in UTF-8, as an editor numbers them."""
    plain = content.removeprefix(codecs.BOM_UTF8)
    if b"\n" not in plain:
        plain = plain.replace(b"\r", b"\n")
    return plain.removesuffix(b"\n").split(b"\n") if plain else []


def strictly(lines: list[bytes], line: int, dialect: Dialect) -> tuple[list[str] | None, int]:
    """The strict csv record at a line and how many lines it takes; a line over the limit ends what can be read."""
    ahead = takewhile(lambda each: len(each) <= dialect.max_line_bytes, lines[line - 1 :])
    texts = (each.decode(errors="replace").removesuffix("\r") + "\n" for each in ahead)
    reader = csv.reader(texts, delimiter=dialect.delimiter, strict=True)
    try:
        return next(reader), reader.line_num
    except csv.Error:
        return None, 1


@given(content=FILES, members=st.integers(1, 4), block=st.integers(20, 80))
def test_a_packed_file_gives_what_the_plain_one_gives(content: bytes, members: int, block: int) -> None:
    assume(not content.startswith(b"\x1f\x8b") and b"\r" not in content)
    step = len(content) // members + 4
    packed = [gzip.compress(content[at : at + step]) for at in range(0, len(content) or 1, step)]
    found = cut(b"".join(packed), Dialect(), ("one", "two"), BLOCK_BYTES=block)
    assert found == cut(content, Dialect(), ("one", "two"))


@given(content=SOUND, keep=st.floats(0, 1, exclude_max=True))
def test_a_packed_file_without_its_end_says_so_and_gives_no_half_record(content: bytes, keep: float) -> None:
    packed = gzip.compress(content)
    cut_at = max(2, int(len(packed) * keep))
    whole, torn = (cut(each, Dialect(), ("one", "two")) for each in (content, packed[:cut_at]))
    assert Reason.FILE_CUT_OFF in {reason for _, reason in torn.faults}
    assert whole.records[: len(torn.records)] == torn.records


@given(content=st.binary(max_size=200), dialect=DIALECTS, packed=st.booleans())
def test_no_bytes_raise(content: bytes, dialect: Dialect, packed: bool) -> None:
    cut(b"\x1f\x8b" * packed + content, dialect, names_for(dialect, ()))


@pytest.mark.parametrize("packed", [False, True])
def test_a_line_of_any_length_is_passed_over_in_little_memory(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / "long"
    piece = b"x" * (1 << 20)
    with gzip.open(path, "wb", compresslevel=1) if packed else path.open("wb") as file:
        file.write(b"a,b\n1,2\n")
        for _ in range(100):
            file.write(piece)
        file.write(b'"\n3,4\n')
    faults: list[FrameFault] = []
    tracemalloc.start()
    _, batches = frames(path, Dialect(), (), faults.append)
    records = [record for batch in batches for record in rows(batch.to_pydict())]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert records == [(2, ("1", "2")), (4, ("3", "4"))]
    assert faults == [FrameFault(3, Reason.LINE_TOO_LONG)]
    assert peak < 6 * unpacking.BLOCK_BYTES
