"""Proposes a project file from a file's own columns: what may fill what, each guess marked as one.

Takes a header and some rows; gives TOML that reads without a fault. Rule of this file: no value of the file reaches
the proposal, only names of columns and, for a column of codes, codes that are short, few and often repeated.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from glob import escape
from pathlib import PurePath

from fishplate.care.people import nhs_number
from fishplate.settings.dates import Found, date_alone, find_clock, find_formats
from fishplate.settings.files import path_trouble
from fishplate.settings.formats import BORN_ON
from fishplate.settings.recognising import Guess, Sureness, kind_told_by, recognise, synonyms, time_column, words_of
from fishplate.settings.sniffing import USUAL, Writing
from fishplate.settings.vocabulary import FieldWord, TableWord, Vocabulary
from fishplate.settings.writing import commented_project, toml_text

PLACEHOLDER = "PUT_THE_COLUMN_HERE"
"""Stands where a field must be filled and no column looks like it; `fishplate check` then asks for it."""

_CODES_AT_MOST, _CODE_LENGTH, _ROWS_A_CODE = 12, 4, 3
_UNUSED_AT_MOST = 60


@dataclass(frozen=True, slots=True)
class Sample:
    """The columns of a file, and some of its rows."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    has_header: bool

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that can be named: each name once, and no blank one."""
        return tuple(dict.fromkeys(column for column in self.header if column.strip()))

    def cells(self, column: str) -> tuple[str, ...]:
        """The sampled cells of a column."""
        place = self.header.index(column)
        return tuple(row[place] for row in self.rows if place < len(row))


def propose(
    header: Sequence[str], sample_rows: Sequence[Sequence[str]], file_name: str, vocabulary: Vocabulary,
    *, writing: Writing = USUAL, name: str = "My project", place: str = "My place",
) -> str:  # fmt: skip
    """A project file with one source, for a file with these columns; every guess has a comment that says how sure."""
    sample = _sample(header, sample_rows)
    table, guesses = _best_table(sample, vocabulary)
    lines = [
        *_source_lines(sample, file_name, vocabulary, writing),
        *_table_lines(table, guesses, sample, file_name),
        *_people_lines(table, sample, vocabulary, file_name),
        *_unused_lines(sample, vocabulary, table),
    ]
    if not sample.has_header:
        lines = [line if line.startswith("#") or not line else f"#{line}" for line in lines]
    start = commented_project(name, place).partition("# --- Sources")[0]
    return (
        start
        + "# --- Sources: proposed from the columns of one file. Look at every line. ---\n\n"
        + "\n".join(lines)
        + "\n"
    )


def _sample(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Sample:
    """The sample, with made-up names where the first line looks like a record, since that may be a person's."""
    named = tuple(header)
    kept = tuple(tuple(row) for row in rows)
    if named and not any(_is_value(cell) for cell in named):
        return Sample(named, kept, has_header=True)
    width = max((len(row) for row in (named, *kept)), default=0)
    return Sample(tuple(f"column_{place + 1}" for place in range(width)), (named, *kept), has_header=False)


def _is_value(cell: str) -> bool:
    """Whether a cell of the first line is a number or a date, which no column is called."""
    text = cell.strip()
    return bool(text) and (re.fullmatch(r"[\d ./:+-]+", text) is not None or find_formats((text,)) is not None)


def _best_table(sample: Sample, vocabulary: Vocabulary) -> tuple[TableWord, tuple[Guess, ...]]:
    """The table that the columns fill best, legs where nothing is clear."""
    every = [(table, recognise(table, sample.names)) for table in vocabulary.tables]
    persons = [each for each in every if {guess.field for guess in each[1]}.intersection(*each[0].one_of[:1] or [()])]
    # Records that name a person are about that person, and no directory of organisations.
    scored = [each for each in every if each[0].one_of] if persons else every
    usual = next((each for each in scored if each[0].name == "legs"), scored[0])
    best = max(scored, key=lambda each: _score(*each))
    return best if _score(*best) > _score(*usual) else usual


def _score(table: TableWord, guesses: tuple[Guess, ...]) -> float:
    """How well the columns fit the table: names known for it count whole, a missing start or date counts against it."""
    found = {guess.field for guess in guesses}
    score = sum(guess.sureness if guess.own else 0.25 * guess.sureness for guess in guesses)
    missed = [
        f for f in table.fields if f.required and f.name not in found and f.name not in ("leg_kind", "service_kind")
    ]
    unlike_people = 5 if any(guess.own for guess in guesses) else 20
    return score - 6 * len(missed) - (unlike_people if table.name == "people" else 0)


def _source_lines(sample: Sample, file_name: str, vocabulary: Vocabulary, writing: Writing) -> Iterator[str]:
    stem = re.sub(r"[^a-z0-9]+", "_", PurePath(file_name).stem.casefold()).strip("_")[:40] or "source"
    path = escape(PurePath(file_name).as_posix())
    kind = kind_told_by("service_kinds", sample.names, file_name, "unknown")
    yield "[[sources]]"
    yield f"name = {toml_text(stem if stem not in vocabulary.reserved_systems else 'source')}"
    yield 'format = "csv"'
    yield "# Where the file is, below this folder. Write * for what changes from month to month."
    yield f"path = {toml_text(path if path_trouble(path) is None else '*.csv')}"
    yield "# FILL IN: whose records these are. List the organisation above, then name it here."
    yield '#organisation = "RXX"'
    if kind in vocabulary.service_kinds:
        yield "# guess: what kind of service gave the care, for every record without a column for it."
        yield f"service_kind = {toml_text(kind)}"
    yield f"encoding = {toml_text(writing.encoding)}"
    yield f"delimiter = {toml_text(writing.delimiter)}"
    yield f"quote = {toml_text(writing.quote)}"
    if not sample.has_header:
        yield "# The first line looks like a record, not like names of columns. Give each column its name here,"
        yield "# then take the # away from this source."
        yield f"columns = [{', '.join(toml_text(column) for column in sample.names)}]"
    yield "# FILL IN: the first and the last day for which the source has every record."
    yield "#complete_from = 2025-01-01"
    yield "#complete_until = 2025-12-31"


def _table_lines(table: TableWord, guesses: tuple[Guess, ...], sample: Sample, file_name: str) -> Iterator[str]:
    by_field = {guess.field: guess for guess in guesses}
    if not set(by_field) & {"nhs_number", "local_id"}:
        by_field |= {guess.field: guess for guess in _found_by_content(table, sample, guesses)}
    yield ""
    yield f"# guess: the records fill {table.name}. {table.row_is}.".rstrip(". ") + "."
    yield f"[sources.tables.{table.name}]"
    owed = {group[-1] for group in table.one_of if not set(group) & set(by_field)}
    for field in table.fields:
        guess = by_field.get(field.name)
        lines = list(_field_lines(field, guess, sample)) if guess else []
        yield from lines
        if lines and not lines[-1].startswith("#"):
            continue
        if field.name == "leg_kind":
            kind = kind_told_by("leg_kinds", sample.names, file_name, "episode")
            yield "# guess: the same kind of leg for every record. One of " + ", ".join(field.codes) + "."
            yield f"leg_kind = {{value = {toml_text(kind)}}}"
        elif field.name in owed or (field.required and field.name not in table.from_source):
            yield f"# FILL IN: no column is ready to fill this, and it must be filled. {field.meaning}."
            yield f"{field.name} = {toml_text(PLACEHOLDER)}"


def _found_by_content(table: TableWord, sample: Sample, guesses: tuple[Guess, ...]) -> Iterator[Guess]:
    """The column of NHS numbers, known by their check digits."""
    free = [column for column in sample.names if column not in {guess.column for guess in guesses}]
    for column in free if table.field("nhs_number") else ():
        texts = [cell for cell in sample.cells(column) if cell.strip()]
        if texts and all(nhs_number(text) for text in texts):
            yield Guess("nhs_number", column, Sureness.LIKELY, own=False)
            return


def _field_lines(field: FieldWord, guess: Guess, sample: Sample) -> Iterator[str]:
    column = toml_text(guess.column)
    how = {Sureness.SURE: "sure: a known name", Sureness.LIKELY: "likely: holds a known name"}
    said = how.get(guess.sureness, "guess: a name nearly like it")
    if field.kind in ("day", "moment"):
        yield from _date_lines(field, guess, sample, said)
    elif field.has_system:
        yield f"# {said}. They are taken for the numbers of the organisation, or of this source where none is named."
        yield f"{field.name} = {column}"
    elif field.codes or field.name.endswith("service_kind"):
        yield from _code_lines(field, guess, sample, said)
    else:
        yield f"# {said}. {field.meaning}.".replace("\n", " ")
        yield f"{field.name} = {column}"


def _date_lines(field: FieldWord, guess: Guess, sample: Sample, said: str) -> Iterator[str]:
    column, time = guess.column, time_column(guess.column, sample.names) if field.kind == "moment" else ""
    alone = date_alone(sample.cells(column)) if time else None
    found = alone or find_formats(sample.cells(column))
    yield f"# {said}. {_date_words(found)}"
    format_ = _listed(found.formats) if found else ""
    if field.name == BORN_ON and "%y" in format_:
        yield f"# FILL IN: {column} has years of two digits, which do not say in which century somebody was born."
        return
    if time and (alone or found is None):
        clock = find_clock(sample.cells(time))
        keys = [f"date = {toml_text(column)}", f"time = {toml_text(time)}"]
        keys += [f"format = {format_}"] * bool(format_) + [f"time_format = {toml_text(clock)}"] * bool(clock)
        yield f"{field.name} = {{{', '.join(keys)}}}"
    elif format_:
        yield f"{field.name} = {{column = {toml_text(column)}, format = {format_}}}"
    else:
        yield f"{field.name} = {toml_text(column)}"


def _date_words(found: Found | None) -> str:
    if found is None:
        return "FILL IN: the sample does not show how its dates are written; give a format."
    words = "Dates are ISO 8601." if not found.formats else "The format is that of the sample."
    if found.either_way:
        words += " LOOK: the sample could be read month first as well; day first is taken."
    if len(found.formats) > 1:
        words += " More than one form is mixed."
    return words + (f" {found.unread} of the sampled texts fit no form." if found.unread else "")


def _listed(formats: tuple[str, ...]) -> str:
    texts = [toml_text(text) for text in formats]
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]" if texts else ""


def _code_lines(field: FieldWord, guess: Guess, sample: Sample, said: str) -> Iterator[str]:
    """A column of codes, active where all that the sample shows is known, else an example to finish."""
    codes = few_codes(sample.cells(guess.column))
    known = synonyms()["codes"].get(field.name, {})
    pairs = [f"{toml_text(code)} = {toml_text(known[code])}" for code in codes if known.get(code) in field.codes]
    unknown = [toml_text(code) for code in codes if code not in known and code not in field.codes]
    ours = ", ".join(field.codes) or "the service kinds"
    written = f"{{column = {toml_text(guess.column)}, codes = {{{', '.join(pairs)}}}}}"
    yield f"# {said}. Each code must become one of {ours}."
    if unknown or not codes:
        yield f"# FILL IN: say in codes = {{...}} what these become: {', '.join(unknown) or 'the codes of the column'}."
    if pairs:
        yield f"{field.name} = {written}"
    else:
        ready = codes and not unknown
        yield f"{'' if ready else '#'}{field.name} = {toml_text(guess.column) if ready else written}"


def few_codes(cells: Sequence[str]) -> tuple[str, ...]:
    """The codes of a column that is one of codes: few, short, and each time after time; none for any other column."""
    counts = Counter(cell.strip() for cell in cells if cell.strip())
    fits = (
        0 < len(counts) <= _CODES_AT_MOST
        and all(len(code) <= _CODE_LENGTH and code.isalnum() for code in counts)
        and min(counts.values()) >= _ROWS_A_CODE
    )
    return tuple(sorted(counts)) if fits else ()


def _people_lines(table: TableWord, sample: Sample, vocabulary: Vocabulary, file_name: str) -> Iterator[str]:
    """A second table, where the same records say who the person is as well."""
    people = vocabulary.table("people")
    if people is None or people is table or not table.one_of:
        return
    guesses = recognise(people, sample.names)
    if any(guess.own for guess in guesses):
        kept = tuple(guess for guess in guesses if guess.field != "record_id")
        yield from _table_lines(people, kept, sample, file_name)


def _unused_lines(sample: Sample, vocabulary: Vocabulary, table: TableWord) -> Iterator[str]:
    """The columns that nothing was proposed for; named only where the header is surely one."""
    guesses = [*recognise(table, sample.names)]
    if (people := vocabulary.table("people")) is not None:
        guesses += recognise(people, sample.names)
    if not sample.has_header or not any(guess.sureness is Sureness.SURE for guess in guesses):
        return
    used = {guess.column for guess in guesses} | {time_column(guess.column, sample.names) for guess in guesses}
    unused = [column for column in sample.names if column not in used and words_of(column)]
    if unused:
        yield ""
        yield "# Columns that nothing was proposed for:"
        yield from (f"#   {toml_text(column)}" for column in unused[:_UNUSED_AT_MOST])
