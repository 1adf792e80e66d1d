"""How files are cut into records: each thing that real files do, one by one."""

import codecs
import gzip
from pathlib import Path

import pytest

from fishplate.records.framing import MAX_RECORD_LINES, Dialect, FrameFault, frames
from fishplate.records.reasons import Reason

Records = list[tuple[object, ...]]


def cut(
    tmp_path: Path, content: bytes, dialect: Dialect | None = None, names: tuple[str, ...] = ()
) -> tuple[tuple[str, ...], Records, list[FrameFault]]:
    """The names, the records (line, then cells) and the faults of a file of these bytes."""
    path = tmp_path / "file"
    path.write_bytes(content)
    faults: list[FrameFault] = []
    named, batches = frames(path, dialect or Dialect(), names, faults.append)
    records = [tuple(row.values()) for batch in batches for row in batch.to_pylist()]
    return named, records, faults


@pytest.mark.parametrize(
    "content",
    [
        b"id,n\n1,a\n2,b\n",
        b"id,n\r\n1,a\r\n2,b\r\n",
        b"id,n\r1,a\r2,b\r",
        b"id,n\n1,a\n2,b",
        codecs.BOM_UTF8 + b"id,n\n1,a\n2,b\n",
        gzip.compress(b"id,n\n1,a\n") + gzip.compress(b"2,b\n"),
        b'"id","n"\n"1","a"\n"2","b"\n',
        b" id ,n\n 1 ,\ta\n2,\xc2\xa0b\n",
    ],
    ids=["LF", "CRLF", "CR", "no last line end", "BOM", "two gzip members", "quoted", "white space"],
)
def test_two_rows_are_two_rows_however_they_are_written(tmp_path: Path, content: bytes) -> None:
    assert cut(tmp_path, content) == (("id", "n"), [(2, "1", "a"), (3, "2", "b")], [])


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE])
@pytest.mark.parametrize("stated", ["utf-8", "utf-16", "cp1252"])
def test_a_byte_order_mark_says_more_than_the_project(tmp_path: Path, mark: bytes, stated: str) -> None:
    encoding = {2: "utf-16", 4: "utf-32"}[len(mark)] + ("-le" if mark.startswith(b"\xff") else "-be")
    content = mark + "id,n\n1,é\n".encode(encoding)
    assert cut(tmp_path, content, Dialect(encoding=stated)) == (("id", "n"), [(2, "1", "é")], [])


def test_utf_16_without_a_mark_is_read_as_windows_writes_it(tmp_path: Path) -> None:
    content = "id,n\n1,é\n".encode("utf-16-le")
    assert cut(tmp_path, content, Dialect(encoding="utf-16"))[1] == [(2, "1", "é")]


def test_a_quoted_value_may_run_over_lines_and_the_record_is_where_it_begins(tmp_path: Path) -> None:
    assert cut(tmp_path, b'id,n\r\n1,"a\r\nb"\r\n2,c\r\n')[1] == [(2, "1", "a\nb"), (4, "2", "c")]


def test_a_quoted_name_of_a_column_may_run_over_lines(tmp_path: Path) -> None:
    assert cut(tmp_path, b'\n"id\nold",n\n1,a\n') == (("id\nold", "n"), [(4, "1", "a")], [])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"1", Reason.COLUMN_COUNT),
        (b"1,a,b", Reason.COLUMN_COUNT),
        (b"1,\xff", Reason.NOT_TEXT),
        (b"1,\x00", Reason.CONTROL_CHARACTER),
        (b"1,a\rb", Reason.CONTROL_CHARACTER),
        (b'1,"a"b', Reason.QUOTE_UNCLOSED),
        (b'1,"a', Reason.QUOTE_UNCLOSED),
        (b'1,"a\x00', Reason.CONTROL_CHARACTER),
        (b"1," + b"a" * 40, Reason.LINE_TOO_LONG),
    ],
)
def test_a_line_that_is_no_record_costs_itself_alone(tmp_path: Path, line: bytes, reason: Reason) -> None:
    _, records, faults = cut(tmp_path, b"id,n\n1,a\n" + line + b"\n2,b\n3,c\n", Dialect(max_line_bytes=40))
    assert records == [(2, "1", "a"), (4, "2", "b"), (5, "3", "c")]
    assert faults == [FrameFault(3, reason)]


def test_an_unclosed_quotation_mark_is_given_up_after_so_many_lines(tmp_path: Path) -> None:
    rows = b"1,a\n" * (MAX_RECORD_LINES + 5)
    _, records, faults = cut(tmp_path, b'id,n\n1,"a\n' + rows)
    assert faults == [FrameFault(2, Reason.QUOTE_UNCLOSED)]
    assert [record[0] for record in records] == list(range(3, MAX_RECORD_LINES + 8))


@pytest.mark.parametrize("content", [b"", b"\n", b"\n \r\n\t\n", codecs.BOM_UTF8])
def test_a_file_of_nothing_is_empty(tmp_path: Path, content: bytes) -> None:
    assert cut(tmp_path, content) == ((), [], [FrameFault(1, Reason.FILE_EMPTY)])


def test_blank_lines_are_no_records(tmp_path: Path) -> None:
    content = b'\n{"a": 1}\n \n\t\n\xc2\xa0\n{"b": 2}\n'
    found = cut(tmp_path, content, Dialect(delimiter="", quote=""), ("c0",))
    assert found == (("c0",), [(2, '{"a": 1}'), (6, '{"b": 2}')], [])


def test_a_packed_file_without_its_end_gives_whole_records_only(tmp_path: Path) -> None:
    content = b"id,n\n1,a\n2,b\n" + b'3,"open\nand 4,c\n'
    packed = gzip.compress(content)[:-8]
    _, records, faults = cut(tmp_path, packed)
    assert records == [(2, "1", "a"), (3, "2", "b")]
    assert {fault.reason for fault in faults} == {Reason.FILE_CUT_OFF}
    assert min(fault.line for fault in faults) == 4


def test_a_mark_inside_the_file_stays_part_of_its_cell(tmp_path: Path) -> None:
    mark = codecs.BOM_UTF8
    assert cut(tmp_path, mark + b"id,n\n" + mark + b"1,a\n")[1] == [(2, "\ufeff1", "a")]


def test_a_delimiter_may_be_any_character(tmp_path: Path) -> None:
    assert cut(tmp_path, "id¦n\n1¦a\n2¦b\n".encode(), Dialect("¦"))[1] == [(2, "1", "a"), (3, "2", "b")]


def test_a_header_that_is_no_record_is_read_as_well_as_can_be(tmp_path: Path) -> None:
    assert cut(tmp_path, b'id,"n\n1,a\n')[0] == ("id", "n")
    assert cut(tmp_path, b"id\r,n\n1,a\n")[0] == ("id", "n")
