"""Unpacks a received file into UTF-8 bytes, a piece at a time: gzip known by its first bytes, byte-order marks obeyed.

Takes an open file and its stated encoding; gives pieces of bounded size, whatever the file unpacks to. What can be had
before a broken or missing end is given, and the end is told.
"""

import codecs
import zlib
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

BLOCK_BYTES = 4 << 20
MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
"""The byte-order marks, the longer before those they begin with."""
LONGEST_MARK = 4
UNMARKED = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}
"""What a file without a mark is, where its encoding leaves the order of bytes open: as Windows writes it."""


def raw_pieces(path: Path, cut_off: Callable[[], None]) -> Iterator[bytes]:
    """The file's bytes, unpacked where it is gzip (known by its first bytes, not by its name), a piece at a time.

    What can be unpacked before a broken or missing end is given; then `cut_off` is called.
    """
    with path.open("rb") as stream:
        piece = stream.read(BLOCK_BYTES)
        if piece.startswith(b"\x1f\x8b"):
            yield from unpacked(piece, stream, cut_off)
            return
        while piece:
            yield piece
            piece = stream.read(BLOCK_BYTES)


def unpacked(piece: bytes, stream: BinaryIO, cut_off: Callable[[], None]) -> Iterator[bytes]:
    """The bytes packed in a gzip stream of any number of members, of which the first piece has been read."""
    unpack = zlib.decompressobj(wbits=31)
    try:
        while piece:
            if out := unpack.decompress(piece, BLOCK_BYTES):
                yield out
            piece = unpack.unconsumed_tail
            if unpack.eof:
                piece = unpack.unused_data or stream.read(BLOCK_BYTES)
                if not piece:
                    return
                unpack = zlib.decompressobj(wbits=31)
            piece = piece or stream.read(BLOCK_BYTES)
        if out := unpack.flush():
            yield out
    except zlib.error:
        pass
    cut_off()


def pieces(raw: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """The file as UTF-8 bytes: byte-order marks obeyed and dropped, other encodings converted."""
    decoder = None
    start = next(raw, b"")
    while len(start) < LONGEST_MARK and (more := next(raw, b"")):
        start += more
    for number, piece in enumerate(chain((start,), raw)):
        if number == 0:
            mark, marked = next((found for found in MARKS if piece.startswith(found[0])), (b"", encoding))
            piece, called = piece[len(mark) :], codecs.lookup(marked).name
            if called not in ("utf-8", "ascii"):
                decoder = codecs.getincrementaldecoder(UNMARKED.get(called, called))(errors="replace")
        yield decoder.decode(piece).encode("utf-8", errors="replace") if decoder else piece
    if decoder and (rest := decoder.decode(b"", final=True)):
        yield rest.encode("utf-8", errors="replace")
