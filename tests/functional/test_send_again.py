"""Rows that were rejected are corrected and sent again, in each way a person would: nothing is lost, nothing doubled.

A file is sent in which every sort of faulty row stands once among good ones; the correction of each is the row it was
made from. After each way of sending it again the legs are those of a place that was sent the right rows at once.
"""

import gzip
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from fishplate.access.audit import Act, Outcome
from fishplate.access.worker import seal_token
from fishplate.cli.project import opened
from fishplate.cli.rejections import command as rejections
from fishplate.errors import NotAllowed
from fishplate.journeys.build import Summary
from fishplate.wiring.lookback import build
from fishplate.wiring.pages import audit_of, care_tables
from fishplate.wiring.rejections import rejection_counts
from tests.messy import ADM_DATE, FAULTS, HEADER, NHS, NOTE, PROJECT, SOURCE, Rows, put

TOKEN = "made-up-token-of-a-test"
ANOTHER = """
[[organisations]]
id = "RYY"
name = "Another hospital"
kind = "acute"
"""
WORKER = """
[[workers]]
id = "{id}"
name = "A worker"
role = "Records clerk"
organisation = "{organisation}"
token_hash = "{sealed}"
"""
SENT = "in/messy/sent.csv"
WITHOUT_ID = {"quote_unclosed", "column_count", "control_character", "not_text"}
"""Reasons of a line that could not be cut into values, so that nobody knows which record it is."""
MARK = b"\xef\xbb\xbf"

Legs = list[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Place:
    """A project that sends files and is built."""

    folder: Path

    def send(self, name: str, content: bytes) -> Summary:
        """Put a file in its place and build."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return build(opened(self.folder))

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """What the one file for analysts answers."""
        published = self.folder / "build" / "published" / (self.folder / "build" / "current").read_text("ascii")
        with duckdb.connect(str(published / "fishplate.duckdb"), read_only=True) as connection:
            return connection.sql(sql).fetchall()

    def legs(self) -> Legs:
        """The legs, without where they stand and the codes of their people."""
        return self.rows("SELECT * EXCLUDE (person_code, file, line) FROM legs ORDER BY ALL")

    def still_open(self) -> set[tuple[object, ...]]:
        """Faults still to be put right."""
        return set(self.rows("SELECT file, line, reason FROM rejections WHERE came_again_in IS NULL"))

    def export(self, target: Path, *more: str, worker: str = "clerk", token: str = TOKEN) -> Result:
        """Take the rejected rows out at the command line."""
        words = [str(self.folder), "--export", "messy", "--worker", worker, "--to", str(target), *more]
        return CliRunner().invoke(rejections, words, input=f"{token}\n")

    def acts(self) -> list[tuple[str, Act, Outcome, str]]:
        """Who did what, from the audit."""
        chain = audit_of(opened(self.folder)).read()
        return [(one.entry.worker_id, one.entry.act, one.entry.outcome, one.entry.what) for one in chain]


def place(folder: Path, *, mode: str = "care", encoding: str = "utf-8", record_id: bool = True) -> Place:
    text = PROJECT.replace('mode = "care"', f'mode = "{mode}"') + ANOTHER
    text += SOURCE.format(name="messy", path="in/messy/*", encoding=encoding, delimiter=",")
    sealed = seal_token(TOKEN, b"salt of sixteen!")
    for worker, organisation in (("clerk", "RXX"), ("stranger", "RYY")):
        text += WORKER.format(id=worker, organisation=organisation, sealed=sealed)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "fishplate.toml").write_text(text if record_id else text.replace('record_id = "SPELL_ID"\n', ""), "utf-8")
    return Place(folder)


def changed(row: str, place: int, text: str) -> str:
    """The row with another text in one cell."""
    return ",".join(put(place, text)(row.split(",")))


SPOILT = {3 * number + 1: fault for number, fault in enumerate(FAULTS)}
"""Each third row is spoilt in a way of its own, so that good ones stand between."""
LATE = 3 * len(FAULTS) + 1
"""One more, whose note runs over two lines; so does that of the first row, a good one."""
RIGHT = [
    changed(row, NOTE, '"first line\n""second"", line"') if at in (0, LATE) else row
    for at, row in enumerate(Rows(7).make(LATE + 4))
]
"""The rows as they should have been sent."""
WRONG = [
    changed(row, ADM_DATE, "31/02/2024") if at == LATE
    else ",".join(SPOILT[at].change(row.split(",")) or []) if at in SPOILT else row
    for at, row in enumerate(RIGHT)
]  # fmt: skip
"""The rows as they were sent."""
CORRECTED = [RIGHT[at] for at in (*SPOILT, LATE)]


def file_of(rows: list[str], header: str = HEADER) -> bytes:
    return ("\n".join([header, *rows]) + "\n").encode("utf-8", "surrogateescape")


def corrected(exported: bytes) -> bytes:
    """What a person makes of an export: each row put right, the header line and the order left alone."""
    head, *rows = exported.decode("utf-8", "surrogateescape").removeprefix("\ufeff").split("\n")
    assert head == HEADER
    ids = {row.split(",")[0] for row in rows if row.startswith("S")}
    assert ids == {row.split(",")[0] for row in CORRECTED}
    return MARK + file_of([row for row in RIGHT if row.split(",")[0] in ids])


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> Legs:
    """The legs of a place that was sent the right rows at once."""
    clean = place(tmp_path_factory.mktemp("right"))
    clean.send(SENT, file_of(RIGHT))
    assert clean.still_open() == set()
    assert len(clean.legs()) == len(RIGHT)
    return clean.legs()


@pytest.fixture
def sent(tmp_path: Path, right: Legs) -> Place:
    """A place that was sent the wrong rows."""
    wrong = place(tmp_path / "project")
    wrong.send(SENT, file_of(WRONG))
    reasons = {reason.lower() for fault in FAULTS for reason in fault.reasons}
    assert {reason for _, _, reason in wrong.still_open()} == reasons
    assert len(wrong.legs()) == len(RIGHT) - 1 - sum(fault.accepted == 0 for fault in FAULTS)
    assert wrong.legs() != right
    return wrong


def test_the_whole_file_corrected_under_its_own_name(sent: Place, right: Legs) -> None:
    summary = sent.send(SENT, file_of(RIGHT))
    assert sent.legs() == right
    assert sent.rows("SELECT * FROM rejections") == []
    assert rejection_counts(opened(sent.folder)) == ()
    source = summary.sources[0]
    assert (source.read, source.accepted, source.rejected) == (len(RIGHT), len(RIGHT), 0)
    assert sent.rows("SELECT name, stands FROM files ORDER BY received_as") == [(SENT, "replaced"), (SENT, "current")]


def test_the_corrected_rows_alone_in_a_new_file(sent: Place, right: Legs) -> None:
    before = sent.still_open()
    summary = sent.send("in/messy/corrected.csv", file_of(CORRECTED))
    assert sent.legs() == right
    # What was wrong in the old file stays on record there; it is told that the record came again, where it had an id.
    ((new,),) = sent.rows("SELECT file FROM files WHERE name = 'in/messy/corrected.csv'")
    assert sent.still_open() == {one for one in before if one[2] in WITHOUT_ID}
    settled = set(sent.rows("SELECT came_again_in FROM rejections WHERE came_again_in IS NOT NULL"))
    assert settled == {(new,)}
    assert {one.reason for one in rejection_counts(opened(sent.folder))} == WITHOUT_ID
    source = summary.sources[0]
    used_before = sum(fault.accepted for fault in FAULTS)
    assert (source.read, source.accepted) == (len(RIGHT) + len(CORRECTED), len(RIGHT))
    assert (source.rejected, source.corrected, source.duplicate) == (len(CORRECTED) - used_before, used_before, 0)


def test_the_exported_rows_corrected_and_put_back(sent: Place, right: Legs, tmp_path: Path) -> None:
    target = tmp_path / "rejected.csv"
    done = sent.export(target, "--rows")
    assert done.exit_code == 0, done.output
    assert target.read_bytes() == MARK + file_of([WRONG[at] for at in (*SPOILT, LATE)])
    assert sent.acts() == [("clerk", Act.EXPORT_REJECTIONS, Outcome.ALLOWED, "fishplate rejections --rows")]
    sent.send("in/messy/put_back.csv", corrected(target.read_bytes()))
    assert sent.legs() == right
    assert {reason for _, _, reason in sent.still_open()} == WITHOUT_ID
    # Once more changes nothing, whether it is the corrected rows or the whole file.
    sent.send("in/messy/put_back_again.csv", corrected(target.read_bytes()))
    assert sent.legs() == right
    sent.send(SENT, file_of(RIGHT))
    assert sent.legs() == right
    assert sent.still_open() == set()


def test_put_back_as_they_were_they_are_rejected_for_the_same_reasons_once(sent: Place, tmp_path: Path) -> None:
    legs, before = sent.legs(), sent.still_open()
    sent.export(tmp_path / "rejected.csv", "--rows")
    sent.send("in/messy/put_back.csv", (tmp_path / "rejected.csv").read_bytes())
    assert sent.legs() == legs
    with_id = [one for one in sent.still_open() if one[2] not in WITHOUT_ID]
    assert sorted(reason for _, _, reason in with_id) == sorted(r for _, _, r in before if r not in WITHOUT_ID)
    assert {file for file, _, _ in with_id} == set(
        *zip(*sent.rows("SELECT file FROM files WHERE name = 'in/messy/put_back.csv'"), strict=True)
    )


def test_from_a_file_in_another_encoding_rows_come_as_text_that_is_read_again(tmp_path: Path) -> None:
    sent = place(tmp_path / "project", encoding="utf-16")
    rows = [changed(row, NOTE, "Renée") for row in RIGHT[2:5]]
    wrong = [rows[0], changed(rows[1], ADM_DATE, "31/02/2024"), rows[2]]
    sent.send(SENT, file_of(wrong).decode("utf-8").encode("utf-16"))
    (told,) = care_tables(opened(sent.folder)).rejected_rows("messy")
    assert told.text == wrong[1]
    assert sent.export(tmp_path / "rejected.csv", "--rows").exit_code == 0
    assert (tmp_path / "rejected.csv").read_bytes() == MARK + file_of([wrong[1]])
    sent.send("in/messy/put_back.csv", MARK + file_of([rows[1]]))
    assert len(sent.legs()) == len(rows)
    assert sent.still_open() == set()


def test_files_with_other_header_lines_give_their_rows_into_files_of_their_own(tmp_path: Path) -> None:
    sent = place(tmp_path / "project")
    turned = [",".join(reversed(line.split(","))) for line in (HEADER, WRONG[1])]
    sent.send("in/messy/turned.csv", file_of(turned[1:], turned[0]))
    sent.send(SENT, file_of([WRONG[1].replace("S", "T")]))
    done = sent.export(tmp_path / "rejected.csv", "--rows")
    assert "rejected-2.csv" in done.output
    assert {(tmp_path / name).read_bytes() for name in ("rejected.csv", "rejected-2.csv")} == {
        MARK + file_of(turned[1:], turned[0]), MARK + file_of([WRONG[1].replace("S", "T")])
    }  # fmt: skip


def test_where_rows_have_no_ids_only_those_come_of_which_nothing_was_used(tmp_path: Path) -> None:
    sent = place(tmp_path / "project", record_id=False)
    number = changed(RIGHT[3], NHS, "1234567890")
    sent.send(SENT, file_of([number, WRONG[1]]))
    done = sent.export(tmp_path / "rejected.csv", "--rows")
    assert (tmp_path / "rejected.csv").read_bytes() == MARK + file_of([WRONG[1]])
    assert "send those files whole" in done.output


def test_what_is_wrong_with_a_file_as_a_whole_is_no_row_to_correct(tmp_path: Path) -> None:
    sent = place(tmp_path / "project")
    sent.send("in/messy/cut_off.csv.gz", gzip.compress(file_of(RIGHT))[:-40])
    done = sent.export(tmp_path / "rejected.csv", "--rows")
    assert done.exit_code == 0
    assert "send those files whole" in done.output
    assert not (tmp_path / "rejected.csv").exists()


def test_others_do_not_get_the_rows_and_the_refusal_is_written_down(sent: Place, tmp_path: Path) -> None:
    target = tmp_path / "rejected.csv"
    assert isinstance(sent.export(target, "--rows", worker="stranger").exception, NotAllowed)
    assert isinstance(sent.export(target, "--rows", token="another token altogether").exception, NotAllowed)
    assert not target.exists()
    assert sent.acts() == [("stranger", Act.EXPORT_REJECTIONS, Outcome.REFUSED, "fishplate rejections --rows")]


def test_outside_care_mode_nobody_gets_the_rows(tmp_path: Path) -> None:
    sent = place(tmp_path / "project", mode="planning")
    sent.send(SENT, file_of(WRONG))
    assert isinstance(sent.export(tmp_path / "rejected.csv", "--rows").exception, NotAllowed)
    assert not (tmp_path / "rejected.csv").exists()


def test_a_file_that_came_back_is_told_once(sent: Place) -> None:
    faults = sum(one.records for one in rejection_counts(opened(sent.folder)))
    sent.send(SENT, file_of(RIGHT))
    sent.send(SENT, file_of(WRONG))
    assert sum(one.records for one in rejection_counts(opened(sent.folder))) == faults
    tables = care_tables(opened(sent.folder))
    person = tables.find(RIGHT[0].split(",")[NHS], "")
    assert person is not None
    ((legs,),) = sent.rows(f"SELECT count(*) FROM legs WHERE person_code = {person}")
    assert len(tables.journey(person).legs) == legs
