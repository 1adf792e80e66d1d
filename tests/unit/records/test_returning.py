"""A record is given back as it came, however its file is written, on however many lines it stands."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from fishplate.records.framing import Dialect
from fishplate.records.returning import header_of, records_of

TEXT = 'id,note\n1,plain\n2,"two\nlines, and ""more"""\n\n3,Renée\n4,"never closed\n5,a,b\n6,"closed"\n7,last'
RECORDS = {
    2: "1,plain", 3: '2,"two\nlines, and ""more"""', 6: "3,Renée", 7: '4,"never closed', 8: "5,a,b", 9: '6,"closed"',
    10: "7,last",
}  # fmt: skip
"""Each record of the text, by the line it begins on; an unclosed quotation mark costs its own line only."""


def plain(content: bytes) -> bytes:
    return content


@pytest.mark.parametrize(
    ("encoding", "written"),
    [
        ("utf-8", plain),
        ("utf-16", plain),
        ("cp1252", plain),
        ("utf-8", lambda content: b"\xef\xbb\xbf" + content),
        ("cp1252", lambda content: b"\xef\xbb\xbf" + content.decode("cp1252").encode()),
        ("utf-8", lambda content: content.replace(b"\n", b"\r")),
        ("utf-8", gzip.compress),
    ],
    ids=["plain", "utf-16", "cp1252", "marked", "marked otherwise than stated", "old mac line ends", "packed"],
)
def test_records_come_as_they_are(encoding: str, written: Callable[[bytes], bytes], tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(written(TEXT.encode(encoding)))
    dialect = Dialect(encoding=encoding)
    assert {line: record.decode() for line, record in records_of(file, dialect, set(RECORDS))} == RECORDS
    for line, record in RECORDS.items():
        assert list(records_of(file, dialect, {line})) == [(line, record.encode())]
    assert header_of(file, dialect) == b"id,note"


def test_bytes_that_are_no_text_and_windows_line_ends_stay(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"id;note\r\n1;caf\xe9\r\n2;b\r\n")
    dialect = Dialect(";")
    assert list(records_of(tmp_path / "file", dialect, {2, 3})) == [(2, b"1;caf\xe9\r"), (3, b"2;b\r")]
    assert header_of(tmp_path / "file", dialect) == b"id;note"


def test_a_resource_is_one_line_whatever_quotation_marks_it_has(tmp_path: Path) -> None:
    lines = [b'{"resourceType": "Patient"', b'{"id": 1}', b""]
    (tmp_path / "file").write_bytes(b"\n".join(lines))
    assert list(records_of(tmp_path / "file", Dialect(""), {1, 2})) == [(1, lines[0]), (2, lines[1])]


def test_a_line_far_too_long_and_one_cut_off_are_not_given(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"id\n" + b"x" * 500 + b"\nlast\n")
    assert list(records_of(tmp_path / "file", Dialect(max_line_bytes=100), {2, 3})) == [(3, b"last")]
    (tmp_path / "packed").write_bytes(gzip.compress(bytes(range(48, 58)) * 40 + b"\nnext", mtime=0)[:-9])
    assert list(records_of(tmp_path / "packed", Dialect(), {2})) == []
