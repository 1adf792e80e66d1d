"""A corpus with every mistake real files have, built as a person would build it: each found where it is, and no other.

The ordinary run builds 30,000 legs and a line of 8 MB. With Hypothesis's profile `prove` (`make prove`) it is a million
legs and a line of 200 MB, under the same assertions.
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import duckdb
import orjson
import pytest
from hypothesis import settings

from tests.messy import HEADER, MISTAKES, Ledger, write_messy

pytestmark = pytest.mark.generative

SEED = 20240607
ORDINARY = (30_000, 8 << 20)
WHOLE = (1_000_000, 200 << 20)
FISHPLATE = "from fishplate.cli.app import main; main()"
WATCHER = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:]).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(code, used.ru_maxrss, used.ru_utime + used.ru_stime)
"""
"""Stands between, since a process counts among its own peak what whoever started it had (Linux, exec)."""
MEMORY_LIMIT_MB = 512
"""What the engine may use (FISHPLATE_MEMORY_LIMIT)."""
BESIDE_THE_ENGINE_MB = 500
"""What Python, Arrow and the blocks of the files being read may take besides."""

SHORT = 4
"""A value of fewer characters may stand in a sentence by chance, so it is looked for as a word of its own."""
CODES = frozenset({"A", "E", "C"})
"""The codes that the project maps: a sentence that says which are expected names them."""


@dataclass(frozen=True, slots=True)
class Built:
    """The corpus, what building it said, and what it took."""

    ledger: Ledger
    exit_code: int
    said: dict[str, object]
    progress: str
    peak_mb: float
    cpu_seconds: float
    wall_seconds: float

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """What the one file for analysts answers."""
        current = self.ledger.folder / "build" / "current"
        published = self.ledger.folder / "build" / "published" / current.read_text("ascii")
        with duckdb.connect(str(published / "fishplate.duckdb"), read_only=True) as connection:
            return connection.sql(sql).fetchall()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Built:
    legs, long_line = WHOLE if settings.get_current_profile_name() == "prove" else ORDINARY
    ledger = write_messy(tmp_path_factory.mktemp("messy"), legs, SEED, long_line=long_line)
    command = [sys.executable, "-c", FISHPLATE, "build", str(ledger.folder), "--json"]
    watched = [sys.executable, "-c", WATCHER, *command]
    environment = {
        **os.environ, "PYTHONPATH": str(repository / "src"), "FISHPLATE_MEMORY_LIMIT": f"{MEMORY_LIMIT_MB}MB"
    }  # fmt: skip
    began = monotonic()
    done = subprocess.run(watched, env=environment, capture_output=True, text=True, check=True)
    took = monotonic() - began
    *said, used = done.stdout.splitlines()
    code, peak, processors = used.split()
    # macOS gives the peak in bytes, Linux in kibibytes.
    peak_mb = int(peak) / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return Built(ledger, int(code), orjson.loads("".join(said) or "{}"), done.stderr, peak_mb, float(processors), took)


def test_every_sort_of_mistake_is_planted(built: Built) -> None:
    assert {mistake.kind for mistake in MISTAKES} < built.ledger.kinds


def test_the_build_ends_well_and_shows_no_traceback(built: Built) -> None:
    assert built.exit_code == 0, built.progress
    assert "Traceback" not in built.progress


def test_each_mistake_is_found_at_its_file_and_line_for_its_reason_and_nothing_else_is(built: Built) -> None:
    found = built.rows("SELECT name, line, upper(reason), field FROM rejections JOIN files USING (source, file)")
    assert len(found) == len(set(found))
    assert {fault[:3] for fault in found} == built.ledger.faults


def test_each_file_gives_as_many_good_rows_as_it_has(built: Built) -> None:
    accepted = dict(built.rows("SELECT name, accepted FROM files"))
    assert accepted == dict(built.ledger.accepted)


def test_each_good_record_is_one_leg(built: Built) -> None:
    once = sum(built.ledger.accepted.values()) - sum(built.ledger.repeated.values())
    assert built.rows("SELECT count(*), count(DISTINCT leg_id) FROM legs") == [(once, once)]
    sources = built.said["sources"]
    assert isinstance(sources, list)
    repeated = sum(source["duplicate"] + source["corrected"] for source in sources)
    assert repeated == sum(built.ledger.repeated.values())
    for source in sources:
        became = ("accepted", "rejected", "duplicate", "corrected", "left_out", "unused")
        assert source["read"] == sum(source[one] for one in became)


def test_no_sentence_holds_a_value(built: Built) -> None:
    sentences = " ".join(str(words) for (words,) in built.rows("SELECT DISTINCT reason_words FROM rejections")).lower()
    words = {word.strip(".,") for word in re.findall(r"[\w:/.,-]+", sentences)}
    rejected = values(built.ledger)
    assert len(rejected) > len(built.ledger.faults)
    assert not {value for value in rejected if value.lower() in (words if len(value) < SHORT else sentences)}


def values(ledger: Ledger) -> set[str]:
    """Every value on the line of a planted mistake: numbers, ids, births and what is wrong. Left out are the codes
    that the project names itself."""
    wanted: dict[str, set[int]] = {}
    for one in ledger.planted:
        if one.reasons and one.kind not in ("long_line", "truncated_gzip"):
            wanted.setdefault(one.file, set()).add(one.line)
    found: set[str] = set()
    for file, lines in wanted.items():
        with (ledger.folder / file).open("rb") as stream:
            for number, line in enumerate(stream, 1):
                if number in lines:
                    found |= {cell.strip(' "') for cell in re.split("[,;]", line.decode("latin-1").rstrip("\r\n"))}
    return found - CODES - set(HEADER.split(",")) - {""}


def test_memory_is_bounded_whatever_the_files_are(built: Built) -> None:
    took = f"{built.peak_mb:.0f} MB, {built.wall_seconds:.1f} s, {built.cpu_seconds:.1f} s of processors"
    assert built.peak_mb < MEMORY_LIMIT_MB + BESIDE_THE_ENGINE_MB, took
