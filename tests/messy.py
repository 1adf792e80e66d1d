"""A corpus of legs with every mistake that real files have, each planted where the returned ledger says.

`write_messy(folder, legs, seed)` writes a project (`fishplate.toml` and `in/`) and gives a `Ledger`: what was planted
in which file at which line, and which reasons (names of `records.reasons.Reason`) it must be given. Every other row is
good, so that a test can ask for exactly these faults and no others. The rows are made here by hand and by rule, with
none of Fishplate's own code; a million take a few seconds.
"""

import codecs
import gzip
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

COLUMNS = ("SPELL_ID", "NHS_NO", "MRN", "DOB", "SEX", "KIND", "ADM_DATE", "ADM_TIME", "DISCH_DATE", "DISCH_TIME",
           "ADM_METHOD", "DEST", "TFC", "NOTE")  # fmt: skip
SPELL, NHS, MRN, DOB, KIND, ADM_DATE, ADM_TIME, DISCH_DATE, NOTE = (
    COLUMNS.index(name)
    for name in ("SPELL_ID", "NHS_NO", "MRN", "DOB", "KIND", "ADM_DATE", "ADM_TIME", "DISCH_DATE", "NOTE")
)
HEADER = ",".join(COLUMNS)
ROWS_A_FILE = 250_000
LONG_LINE = 200 << 20

PROJECT = """
[project]
name = "A messy place"
place = "Nowhere"
mode = "care"

[[organisations]]
id = "RXX"
name = "A hospital"
kind = "acute"
"""
SOURCE = """
[[sources]]
name = "{name}"
format = "csv"
path = "{path}"
organisation = "RXX"
encoding = "{encoding}"
delimiter = "{delimiter}"
complete_from = 2022-01-01
complete_until = 2024-12-31
[sources.tables.legs]
record_id = "SPELL_ID"
nhs_number = "NHS_NO"
local_id = {{column = "MRN", system = "rxx-mrn"}}
born_on = {{column = "DOB", format = "%d/%m/%Y"}}
service_kind = {{column = "KIND", codes = {{A = "acute_hospital", E = "emergency_department", C = "district_nursing"}}}}
leg_kind = {{column = "KIND", codes = {{A = "spell", E = "contact", C = "episode"}}}}
started = {{date = "ADM_DATE", time = "ADM_TIME", format = ["%d/%m/%Y", "%Y-%m-%d"], time_format = "%H:%M"}}
ended = {{date = "DISCH_DATE", time = "DISCH_TIME", format = ["%d/%m/%Y", "%Y-%m-%d"], time_format = "%H:%M"}}
admission_method = "ADM_METHOD"
discharge_destination = "DEST"
treatment_function = "TFC"
"""

Cells = list[str]


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted mistake: the file's name inside the project, the line its record begins on, what sort, and the names
    of the reasons it must be given; none where the row is odd and yet good."""

    file: str
    line: int
    kind: str
    reasons: tuple[str, ...] = ()


@dataclass(slots=True)
class Ledger:
    """What was written: the plants, and for each file how many rows must be accepted and how many repeat another."""

    folder: Path
    planted: list[Planted] = field(default_factory=list)
    accepted: Counter[str] = field(default_factory=Counter)
    repeated: Counter[str] = field(default_factory=Counter)

    @property
    def faults(self) -> set[tuple[str, int, str]]:
        """Every (file, line, reason) that must be found, and nothing else may be."""
        return {(one.file, one.line, reason) for one in self.planted for reason in one.reasons}

    @property
    def kinds(self) -> set[str]:
        """The sorts of mistake that were planted."""
        return {one.kind for one in self.planted}


@dataclass(frozen=True, slots=True)
class Mistake:
    """A sort of mistake in one row: what it does to the cells, and how the row is then written."""

    kind: str
    change: Callable[[Cells], Cells | None]
    reasons: tuple[str, ...] = ()
    accepted: int = 1
    repeated: int = 0
    write: Callable[[Cells], list[str]] = lambda cells: [",".join(cells)]


def put(place: int, text: str) -> Callable[[Cells], Cells]:
    """A change that writes a text into one cell."""

    def change(cells: Cells) -> Cells:
        return [*cells[:place], text, *cells[place + 1 :]]

    return change


def puts(**changes: str) -> Callable[[Cells], Cells]:
    """A change that writes several cells, by the names of their columns."""

    def change(cells: Cells) -> Cells:
        return [changes.get(name, cell) for name, cell in zip(COLUMNS, cells, strict=True)]

    return change


def wrong_digit(cells: Cells) -> Cells:
    """The NHS number with its check digit one too high."""
    number = cells[NHS]
    return put(NHS, f"{number[:9]}{(int(number[9]) + 1) % 10}")(cells)


def spaced(cells: Cells) -> Cells:
    """The NHS number as it is printed on letters."""
    number = cells[NHS]
    return put(NHS, f" {number[:3]} {number[3:6]} {number[6:]} ")(cells)


def twice(cells: Cells) -> list[str]:
    """The row, and the same row again."""
    return [",".join(cells)] * 2


def corrected(cells: Cells) -> list[str]:
    """The row, and another under its id that says something else."""
    return [",".join(cells), ",".join(put(DISCH_DATE, "31/12/2024")(cells))]


def born_twice(cells: Cells) -> list[str]:
    """The row, and another stay of the same NHS number with another date of birth."""
    other = put(DOB, "30/06/1931" if cells[DOB] != "30/06/1931" else "01/07/1931")(cells)
    return [",".join(cells), ",".join(put(SPELL, f"{cells[SPELL]}B")(put(MRN, f"{cells[MRN]}B")(other)))]


FAULTS: tuple[Mistake, ...] = (
    Mistake("31_february", put(ADM_DATE, "31/02/2024"), ("DATE_UNREADABLE",), 0),
    Mistake("unlisted_date_format", put(ADM_DATE, "20.05.2024"), ("DATE_UNREADABLE",), 0),
    Mistake("impossible_time", put(ADM_TIME, "25:61"), ("DATE_UNREADABLE",), 0),
    Mistake("implausible_year", put(ADM_DATE, "20/05/0204"), ("DATE_IMPLAUSIBLE",), 0),
    Mistake("implausible_birth", put(DOB, "14/10/1066"), ("DATE_IMPLAUSIBLE",)),
    Mistake("reversed_period", puts(ADM_DATE="20/05/2024", DISCH_DATE="19/05/2024"), ("PERIOD_REVERSED",), 0),
    Mistake("unmapped_code", put(KIND, "ZZ"), ("CODE_UNKNOWN",), 0),
    Mistake("missing_required", puts(ADM_DATE="", ADM_TIME=""), ("REQUIRED_MISSING",), 0),
    Mistake("missing_identifiers", puts(NHS_NO="", MRN=" "), ("NO_IDENTIFIER",), 0),
    Mistake("wrong_check_digit", wrong_digit, ("NHS_NUMBER_INVALID",)),
    Mistake("wrong_check_digit_alone", lambda cells: put(MRN, "")(wrong_digit(cells)),
            ("NHS_NUMBER_INVALID", "NO_IDENTIFIER"), 0),
    Mistake("unclosed_quote", put(NOTE, '"never closed'), ("QUOTE_UNCLOSED",), 0),
    Mistake("text_behind_quote", put(NOTE, '"closed" too soon'), ("QUOTE_UNCLOSED",), 0),
    Mistake("separator_in_value", put(NOTE, "soup, bread"), ("COLUMN_COUNT",), 0),
    Mistake("too_few_columns", lambda cells: cells[:-1], ("COLUMN_COUNT",), 0),
    Mistake("nul_byte", put(NOTE, "nothing\0here"), ("CONTROL_CHARACTER",), 0),
    Mistake("bell", put(NOTE, "ring\x07"), ("CONTROL_CHARACTER",), 0),
    Mistake("lone_carriage_return", put(NOTE, "up\rdown"), ("CONTROL_CHARACTER",), 0),
    # A lone surrogate stands for a raw byte here and is written as that byte (PEP 383).
    Mistake("broken_encoding", put(NOTE, "caf\udce9"), ("NOT_TEXT",), 0),
)  # fmt: skip
ODD_AND_GOOD: tuple[Mistake, ...] = (
    Mistake("other_date_format", put(ADM_DATE, "2021-12-30")),
    Mistake("date_without_time", put(ADM_TIME, "")),
    Mistake("quoted_separator", put(NOTE, '"soup, bread"')),
    Mistake("quoted_line_end", put(NOTE, '"first line\nsecond line"')),
    Mistake("doubled_quote", put(NOTE, '"he said ""no"" twice"')),
    Mistake("quote_in_value", put(NOTE, 'a 5" tear')),
    Mistake("letters_beyond_ascii", put(NOTE, "Zoë’s naïve café 日本")),
    Mistake("spaced_number", spaced),
    Mistake("windows_line_end", lambda cells: cells, write=lambda cells: [",".join(cells) + "\r"]),
    Mistake("blank_line", lambda cells: cells, write=lambda cells: ["", ",".join(cells)]),
    Mistake("duplicate_row", lambda cells: cells, accepted=2, repeated=1, write=twice),
    Mistake("same_id_other_content", put(DISCH_DATE, "30/12/2024"), accepted=2, repeated=1, write=corrected),
    Mistake("two_births_one_number", lambda cells: cells, accepted=2, write=born_twice),
)
MISTAKES = (*FAULTS, *ODD_AND_GOOD)


def write_messy(folder: Path, legs: int, seed: int, *, each: int = 20, long_line: int = LONG_LINE) -> Ledger:
    """Write the project with at least so many legs in it. `each` is how often each sort of row is planted, and
    `long_line` how many bytes the too-long line has."""
    ledger = Ledger(folder)
    dice, rows = Random(seed), Rows(seed)
    (folder / "in" / "messy").mkdir(parents=True, exist_ok=True)
    (folder / "in" / "western").mkdir(parents=True, exist_ok=True)
    text = PROJECT + SOURCE.format(name="messy", path="in/messy/*", encoding="utf-8", delimiter=",")
    text += SOURCE.format(name="western", path="in/western/*.csv", encoding="cp1252", delimiter=";")
    (folder / "fishplate.toml").write_bytes(text.encode())
    left = legs
    shares = max(1, -(-legs // ROWS_A_FILE))
    for number in range(shares):
        size = min(left, ROWS_A_FILE)
        left -= size
        plants = [mistake for count, mistake in enumerate(MISTAKES * each) if count % shares == number]
        write_big(ledger, f"in/messy/spells_{number + 1:02}.csv", rows.make(size), plants, dice)
    write_small(ledger, rows, long_line)
    return ledger


def write_big(ledger: Ledger, name: str, good: list[str], plants: list[Mistake], dice: Random) -> None:
    """Write one large file, with the mistakes at lines chosen by the dice."""
    dice.shuffle(plants)
    plants = plants[: len(good)]
    places = sorted(dice.sample(range(len(good)), len(plants)))
    ledger.accepted[name] += len(good) - len(plants)
    pieces, done, line = [HEADER], 0, 2
    for place, mistake in zip(places, plants, strict=True):
        pieces += good[done:place]
        line += place - done
        done = place + 1
        cells = mistake.change(good[place].split(","))
        written = mistake.write(cells or [])
        # A blank line comes before the row it is planted with; the record to look for is the plant itself.
        ledger.planted.append(Planted(name, line, mistake.kind, mistake.reasons))
        ledger.accepted[name] += mistake.accepted
        ledger.repeated[name] += mistake.repeated
        pieces += written
        line += sum(text.count("\n") + 1 for text in written)
    pieces += good[done:]
    (ledger.folder / name).write_bytes(("\n".join(pieces) + "\n").encode("utf-8", "surrogateescape"))


def write_small(ledger: Ledger, rows: "Rows", long_line: int) -> None:
    """Write the files that are a mistake as a whole, with good rows where there can be any."""
    plain = [HEADER, *rows.make(50)]
    text = "\n".join(plain) + "\n"
    simple = (
        ("with_mark.csv", "byte_order_mark", codecs.BOM_UTF8 + text.encode()),
        ("wide.csv", "utf_16", codecs.BOM_UTF16_LE + renewed(rows, 50).encode("utf-16-le")),
        ("wide_other_end.csv", "utf_16_big_end", codecs.BOM_UTF16_BE + renewed(rows, 50).encode("utf-16-be")),
        ("all_windows.csv", "windows_line_ends", renewed(rows, 50).replace("\n", "\r\n").encode()),
        ("all_mac.csv", "old_mac_line_ends", renewed(rows, 50).replace("\n", "\r").encode()),
        ("no_last_line_end.csv", "no_last_line_end", renewed(rows, 50).rstrip("\n").encode()),
        ("packed.csv.gz", "packed", gzip.compress(renewed(rows, 50).encode(), mtime=0)),
    )
    for name, kind, written in simple:
        keep(ledger, f"in/messy/{name}", kind, written, 50)
    # The same bytes once more under another name: every row of it is a repeat.
    keep(ledger, "in/messy/with_mark (copy).csv", "same_file_again", simple[0][2], 50)
    ledger.repeated["in/messy/with_mark (copy).csv"] = 50
    keep(ledger, "in/messy/empty.csv", "empty_file", b"", 0, 1, "FILE_EMPTY")
    keep(ledger, "in/messy/header_only.csv", "header_only", f"{HEADER}\n".encode(), 0)
    half = codecs.BOM_UTF16_LE + renewed(rows, 50).encode("utf-16-le") + b"A"
    keep(ledger, "in/messy/wide_broken.csv", "half_a_character", half, 50, 52, "NOT_TEXT")
    write_cut_off(ledger, rows)
    write_long(ledger, rows, long_line)
    write_western(ledger, rows)


def renewed(rows: "Rows", count: int) -> str:
    """The text of a file of so many good rows that stand nowhere else."""
    return "\n".join([HEADER, *rows.make(count)]) + "\n"


def keep(ledger: Ledger, name: str, kind: str, written: bytes, accepted: int, line: int = 1, reason: str = "") -> None:
    """Write a small file and what it is in the ledger."""
    (ledger.folder / name).write_bytes(written)
    ledger.planted.append(Planted(name, line, kind, (reason,) if reason else ()))
    ledger.accepted[name] = accepted


def write_cut_off(ledger: Ledger, rows: "Rows") -> None:
    """A packed file that breaks off: whole lines up to there are good, the line cut in two is not used."""
    packed = gzip.compress(renewed(rows, 5000).encode(), mtime=0)
    cut = packed[: len(packed) * 2 // 3]
    unpack = zlib.decompressobj(wbits=31)
    whole_lines = (unpack.decompress(cut) + unpack.flush()).count(b"\n")
    keep(ledger, "in/messy/cut_off.csv.gz", "truncated_gzip", cut, whole_lines - 1, whole_lines + 1, "FILE_CUT_OFF")


def write_long(ledger: Ledger, rows: "Rows", long_line: int) -> None:
    """A file with one line far too long, and good rows before and after it."""
    name = "in/messy/long_line.csv"
    piece = b"x" * min(long_line, 4 << 20)
    with (ledger.folder / name).open("wb") as file:
        file.write(renewed(rows, 30).encode())
        for start in range(0, long_line, len(piece)):
            file.write(piece[: long_line - start])
        file.write(b"\n" + ("\n".join(rows.make(30)) + "\n").encode())
    ledger.planted.append(Planted(name, 32, "long_line", ("LINE_TOO_LONG",)))
    ledger.accepted[name] = 60


def write_western(ledger: Ledger, rows: "Rows") -> None:
    """Windows-1252 with semicolons: one row holds a byte that means nothing there, one a letter that does."""
    name = "in/western/spells.csv"
    lines = [line.replace(",", ";") for line in (HEADER, *rows.make(40))]
    raw = [line.encode("cp1252") for line in lines]
    raw[10] += b"\x81"
    raw[20] += "Renée, 5 €".encode("cp1252")
    (ledger.folder / name).write_bytes(b"\r\n".join(raw) + b"\r\n")
    ledger.planted += [
        Planted(name, 11, "byte_outside_encoding", ("NOT_TEXT",)),
        Planted(name, 21, "letters_of_encoding"),
    ]
    ledger.accepted[name] = 39


class Rows:
    """Good rows as lines of text, each with an id of its own; one person has about four."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.made = 0
        first = date(2022, 1, 1)
        self.days = pa.array([(first + timedelta(days=n)).strftime("%d/%m/%Y") for n in range(1060)])
        self.births = pa.array([(date(1920, 1, 1) + timedelta(days=n)).strftime("%d/%m/%Y") for n in range(30000)])
        self.times = pa.array([f"{n // 60:02}:{n % 60:02}" for n in range(1440)])

    def make(self, count: int) -> list[str]:
        """So many rows that were never made before."""
        random = self.random
        person = random.integers(0, max(1, count // 4), count) + self.made
        start = random.integers(0, 1000, count)
        took = random.integers(1, 50, count)
        columns = (
            self.spread(np.char.add("S", (np.arange(count) + self.made).astype(str))),
            self.spread(nhs_numbers(person)),
            self.spread(np.char.add("M", person.astype(str))),
            self.births.take(pa.array(person * 7919 % len(self.births))),
            self.chosen(("1", "2", "9", "X"), person % 4),
            self.chosen(("A", "E", "C"), random.integers(0, 3, count)),
            self.days.take(pa.array(start)),
            self.times.take(pa.array(random.integers(0, 1440, count))),
            self.days.take(pa.array(start + took)),
            self.times.take(pa.array(random.integers(0, 1440, count))),
            self.chosen(("21", "11", "22", "2A"), random.integers(0, 4, count)),
            self.chosen(("19", "56", "51", "79"), random.integers(0, 4, count)),
            self.chosen(("300", "430", "110", "320"), random.integers(0, 4, count)),
            pa.array([""] * count),
        )
        self.made += count
        return list(pc.binary_join_element_wise(*columns, ",").to_pylist())

    @staticmethod
    def spread(texts: "np.ndarray[tuple[int], np.dtype[np.str_]]") -> pa.Array:
        """A column of texts."""
        return pa.array(texts)

    @staticmethod
    def chosen(texts: tuple[str, ...], places: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> pa.Array:
        """A column of texts chosen by their places."""
        return pa.array(texts).take(pa.array(places))


def nhs_numbers(person: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> "np.ndarray[tuple[int], np.dtype[np.str_]]":
    """A valid NHS number for each person. Where the check digit would be 10 another first digit is taken: three more
    adds 30, which is 8 of 11, so that it is 10 no longer."""
    first_nine = 600_000_000 + person * 17 % 99_000_000
    first_nine = np.where(check_digits(first_nine) == 10, first_nine + 300_000_000, first_nine)
    return np.char.add(first_nine.astype(str), check_digits(first_nine).astype(str))


def check_digits(
    first_nine: "np.ndarray[tuple[int], np.dtype[np.int64]]",
) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """The Modulus 11 check digit of each number of nine digits."""
    total = sum((first_nine // 10 ** (9 - place) % 10) * (11 - place) for place in range(1, 10))
    return (11 - np.asarray(total) % 11) % 11
