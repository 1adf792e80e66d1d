"""Writes the reference pages of the documentation from the declarations of the product itself.

Takes nothing; gives the text of each page of `docs/reference`, by its name: the published tables and their columns,
the project file, the commands, the settings of a machine, and the reasons for which something is not used. Nothing is
said here that the product does not say: to change a sentence, change it where it is declared.

    python tools/reference.py        writes the pages
"""

import ast
import importlib
import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from textwrap import fill

import click

from fishplate.care.organisations import OrganisationKind, ServiceKind
from fishplate.care.words import Word
from fishplate.cli.app import COMMANDS
from fishplate.cli.project import words
from fishplate.errors import FishplateError
from fishplate.identity.tables import CODES, IDENTIFIED, LINKS
from fishplate.identity.tables import PUBLISHED as IDENTITY_TABLES
from fishplate.journeys.tables import PUBLISHED as JOURNEY_TABLES
from fishplate.records.reasons import VALUE_ONLY, WHOLE_FILE, Reason
from fishplate.records.tables import PUBLISHED as RECORD_TABLES
from fishplate.settings import environment, project
from fishplate.settings.vocabulary import FieldWord, TableWord
from fishplate.settings.writing import commented_project
from fishplate.store.tables import Column, Table

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
WIDTH = 118
NOTE = "<!-- Written by tools/reference.py from the code. Change the code, then write it again. -->\n"

STAGES: tuple[tuple[str, tuple[Table, ...]], ...] = (
    ("What was received, and who gives care", RECORD_TABLES),
    ("Who the people are", IDENTITY_TABLES),
    ("What happened, and what followed what", JOURNEY_TABLES),
    ("Kept apart, in `build/identified`", (IDENTIFIED, LINKS, CODES)),
)
KINDS = {"whole": "whole number", "flag": "yes or no", "day": "date", "moment": "date, or date and time"}


def pages() -> dict[str, str]:
    """Every reference page, by the name of its file."""
    made: dict[str, Callable[[], Iterator[str]]] = {
        "tables.md": tables, "project-file.md": project_file, "commands.md": commands, "settings.md": settings,
        "reasons.md": reasons,
    }  # fmt: skip
    return {name: NOTE + "\n" + "\n".join(page()).rstrip("\n") + "\n" for name, page in made.items()}


def grid(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A table as Markdown writes it."""
    listed = tuple(headings)
    yield f"| {' | '.join(listed)} |"
    yield f"|{'---|' * len(listed)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|').replace(chr(10), ' ') for cell in row)} |"
    yield ""


def prose(*sentences: str) -> str:
    """A paragraph."""
    return fill(" ".join(sentences), WIDTH, break_long_words=False, break_on_hyphens=False) + "\n"


def code(text: object) -> str:
    """A text as code, or nothing."""
    return f"`{text}`" if str(text) else ""


def first_line(documented: object) -> str:
    """The first line of what something says of itself."""
    return (inspect.getdoc(documented) or "").split("\n")[0]


# --- Tables ---


def tables() -> Iterator[str]:
    """The published tables, stage by stage."""
    yield "# Published tables\n"
    yield prose(
        "Every build holds these as Parquet (`build/published/<number>/<table>.parquet`) and, but for those kept",
        "apart, in one DuckDB file (`fishplate.duckdb` beside them). `build/current` names the number.",
        "`fishplate tables` prints the same.",
    )
    yield prose(
        "A moment is four columns: the UTC instant, the local date, whether only a date was given, and the minutes",
        "that the clock it was written by was ahead of UTC.",
        "An empty cell means *not known*, unless its sentence says otherwise.",
    )
    for heading, listed in STAGES:
        yield f"## {heading}\n"
        for table in listed:
            yield f"### {table.name}\n"
            yield f"{table.row_is}.\n"
            yield from grid(("Column", "Type", "Meaning"), columns(table))
            if table.sorted_by:
                yield f"Sorted by {', '.join(map(code, table.sorted_by))}.\n"


def columns(table: Table) -> Iterator[tuple[str, str, str]]:
    """The columns of a table; the four of a moment stand in one row."""
    for column in table.columns:
        parts = [part for part in table.columns if part.moment_of and part.moment_of == column.moment_of]
        if not parts:
            yield code(column.name), code(column.kind.value), meaning(column)
        elif column is parts[0]:
            yield "<br>".join(code(part.name) for part in parts), "moment", meaning(column)


def meaning(column: Column) -> str:
    """What a column means, and what must be known about it."""
    said = [f"{column.meaning}."]
    if column.codes:
        said.append(f"One of {', '.join(map(code, column.codes))}.")
    if column.identifies:
        said.append("**Identifies a person.**")
    if column.free_text:
        said.append("Free text.")
    return " ".join(said)


# --- The project file ---


def project_file() -> Iterator[str]:
    """The project file: an example with every key explained, what holds without it, and the words it may use."""
    vocabulary = words()
    yield "# The project file\n"
    yield prose(
        "A project is a folder with a `fishplate.toml`.",
        "`fishplate init` writes this one to start from:",
    )
    yield f"```toml\n{commented_project('smalltown', 'Smalltown')}```\n"
    yield prose(
        "`fishplate check` finds every fault in a project file at once. How a file of columns is mapped is told in",
        "[Map a CSV file](../how-to/map-a-csv.md), and how workers get their tokens in",
        "[Care mode](../how-to/care-mode.md).",
    )
    yield "## What holds where nothing is said\n"
    for heading, declared in (("[project]", project.Project), ("[[sources]]", project.Source)):
        yield f"In `{heading}`:\n"
        yield from grid(("Key", "Holds"), usual(declared))
    yield "## Words to choose from\n"
    yield from grid(
        ("Key", "One of"),
        [
            ("`mode`", listed(vocabulary.modes)),
            ("`engine`", listed(vocabulary.engines)),
            ("`suppression`", listed(vocabulary.suppressions)),
            ("`format` of a source", listed(each.name for each in vocabulary.formats)),
        ],
    )
    for heading, kinds in (("Kinds of service", ServiceKind), ("Kinds of organisation", OrganisationKind)):
        yield f"### {heading}\n"
        yield from grid(("Code", "Meaning"), described(kinds))
    yield "## What a source can fill\n"
    yield "Each table is a part `[sources.tables.<table>]` below its source. A field in **bold** must be filled.\n"
    for table in vocabulary.tables:
        yield f"### {table.name}\n"
        yield f"{table.row_is}.\n"
        yield from grid(("Field", "Holds", "Meaning"), (field_row(field, table) for field in table.fields))
        for group in table.one_of:
            yield f"At least one of {', '.join(map(code, group))} must be filled.\n"


def listed(names: Iterable[str]) -> str:
    """Names as code, in a row."""
    return ", ".join(map(code, names))


def described(kinds: type[Word]) -> Iterator[tuple[str, str]]:
    """The words of a fixed list, each with its meaning."""
    return ((code(kind.value), f"{kind.meaning}.") for kind in kinds)


def usual(declared: type[project.Project] | type[project.Source]) -> Iterator[tuple[str, str]]:
    """The keys of a declared part that hold something by themselves; lists start empty and are left out."""
    for field in fields(declared):
        if isinstance(field.default, str) and field.default:
            yield code(field.name), code(field.default)


def field_row(field: FieldWord, table: TableWord) -> tuple[str, str, str]:
    """One field that a source can fill."""
    said = [f"{field.meaning}."]
    if field.codes:
        said.append(f"One of {listed(field.codes)}.")
    if field.name in table.from_source:
        said.append("The source's own where no column is named.")
    name = code(field.name)
    return f"**{name}**" if field.required else name, KINDS.get(field.kind, field.kind), " ".join(said)


# --- Commands ---


def commands() -> Iterator[str]:
    """The commands, each with what it takes, and the exit codes."""
    yield "# Commands\n"
    yield "PROJECT is the project's folder, or its `fishplate.toml`; the folder you are in where none is named.\n"
    contents = ((f"[`{name}`](#fishplate-{name})", said) for name, said in COMMANDS.items())
    yield from grid(("Command", "What it does"), contents)
    for name in COMMANDS:
        command = importlib.import_module(f"fishplate.cli.{name}").command
        context = click.Context(command, info_name=f"fishplate {name}")
        yield f"## fishplate {name}\n"
        yield f"```console\n{command.get_usage(context).removeprefix('Usage: ')}\n```\n"
        yield f"{inspect.cleandoc(command.help)}\n"
        records = (each.get_help_record(context) for each in command.params)
        options = [record for record in records if record and record[1]]
        if options:
            yield from grid(("Option", "Meaning"), ((code(option), said) for option, said in options))
    yield "## Exit codes\n"
    yield prose(
        "0 means done. 130 means that you stopped it.",
        "A command that was typed wrongly ends with 2, as a faulty project does.",
    )
    yield from grid(("Code", "Error", "Meaning"), exit_codes())


def exit_codes() -> Iterator[tuple[str, str, str]]:
    """Each error with the code a command ends with."""
    errors: tuple[type[FishplateError], ...] = (FishplateError, *FishplateError.__subclasses__())
    for error in errors:
        yield str(error.exit_code), code(error.__name__), first_line(error)


# --- Settings ---


def settings() -> Iterator[str]:
    """The variables of the environment that are read."""
    yield "# Settings of this machine\n"
    yield prose(
        "What a project is stands in its [project file](project-file.md). How Fishplate runs on this machine is said",
        "by these variables of the environment. They change nothing of what it computes.",
        f"A variable whose name begins with `{environment.PREFIX}` and that is not listed here is refused.",
    )
    sentences = attribute_sentences(environment.Environment)
    # Each sentence names its variable at its end, in brackets; here the variable stands beside it.
    said = {name: sentence.split(" (")[0] for name, sentence in sentences.items()}
    rows = (
        (code(environment.PREFIX + field.name.upper()), code(field.default) or "not set", f"{said[field.name]}.")
        for field in fields(environment.Environment)
    )
    yield from grid(("Variable", "Usual", "Meaning"), rows)


def attribute_sentences(declared: type) -> dict[str, str]:
    """What stands below each attribute of a class, as one line."""
    body = ast.parse(inspect.getsource(declared)).body[0]
    assert isinstance(body, ast.ClassDef)
    found = {}
    for attribute, below in zip(body.body, body.body[1:], strict=False):
        match attribute, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                found[name] = " ".join(text.split())
            case _:
                continue
    return found


# --- Reasons ---


def reasons() -> Iterator[str]:
    """Why something is not used."""
    yield "# Reasons\n"
    yield prose(
        "Why a file, a record or a value could not be used, as the table `rejections` has it.",
        "`{field}`, `{column}` and `{expected}` are filled from the project's mapping.",
        "No reason ever holds the value itself.",
    )
    for heading, of_these in (
        ("The file", WHOLE_FILE),
        ("The record", frozenset(Reason) - WHOLE_FILE - VALUE_ONLY),
        ("One value: the rest of the record is used", VALUE_ONLY),
    ):
        yield f"## {heading}\n"
        rows = ((code(reason.name.lower()), reason.value) for reason in Reason if reason in of_these)
        yield from grid(("Code", "In words"), rows)
    yield "A date of birth that can't be read is not used, and costs nothing else of its record.\n"


def main() -> None:
    """Write the pages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
