"""The words a repository keeps: file names that say something, nothing left to do, and no trace of one machine.

Who clones this knows nothing of the machine it was written on, so no path and no index address of it may stay behind.
A person is a *person*: other words for one stay in the formats and standards that are not ours to change.
"""

import ast
import re
from collections.abc import Iterator

from tests.tidy.sources import PACKAGE, Rule, TextFile, python_file

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "handler", "data", "info", "misc", "common"}
OTHER_WORDS_FOR_A_PERSON = {"patient", "patients", "client", "clients", "user", "users"}

# Here the word belongs to somebody else: a record format, a FHIR message, a published pack of join standards.
OTHERS_WORDS = ("records/sources", "handover/messages", "handover/protocol/messages")

# The brackets keep each pattern from matching itself.
REGISTRIES = re.compile(
    r"pypi[.]org|pythonhosted[.]org|npmjs[.](?:org|com)|deb[.]debian[.]org|golang[.]org|crates[.]io", re.IGNORECASE
)
MACHINE_PATHS = re.compile(r"(?<![\w.~/\]<-])/(?:work|tmp|root|opt|home|Users)/\w")
LEFT_TO_DO = re.compile(r"\b(?:TO[D]O|FIX[M]E|XX[X]|HA[C]K|W[I]P|TB[D])\b")
WRITTEN_BY_US = {".py", ".md", ".toml", ".html", ".jinja", ".css", ".js", ".yml", ".in", ".sh", ""}


def empty_name(file: TextFile) -> Iterator[str]:
    """A file or folder named for nothing in particular."""
    for part in file.path.parts:
        if part.split(".")[0] in EMPTY_NAMES and PACKAGE in file.path.parents:
            yield f"{file.path}: '{part}' says nothing. Name it by the field's noun."


def lines_with(file: TextFile, pattern: re.Pattern[str], why: str) -> Iterator[str]:
    """Each line of a file that a pattern finds."""
    for number, line in enumerate(file.text.splitlines(), start=1):
        found = pattern.search(line)
        if found:
            yield f"{file.path}:{number}: '{found[0]}' {why}"


def registry_host(file: TextFile) -> Iterator[str]:
    """The address of a package index."""
    return lines_with(file, REGISTRIES, "is a package index; who installs has their own.")


def machine_path(file: TextFile) -> Iterator[str]:
    """A path that is there on one machine only."""
    return lines_with(file, MACHINE_PATHS, "is a path of one machine.")


def left_to_do(file: TextFile) -> Iterator[str]:
    """Work left behind in the text."""
    if file.path.suffix in WRITTEN_BY_US:
        yield from lines_with(file, LEFT_TO_DO, "is work left behind. Do it, or say plainly what is not there.")


def defined_names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every name the module gives to something: classes, functions, arguments and assigned names, with their lines."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node.lineno, node.name
            case ast.arg():
                yield node.lineno, node.arg
            case ast.Name(ctx=ast.Store()):
                yield node.lineno, node.id
            case _:
                continue


def other_word_for_a_person(file: TextFile) -> Iterator[str]:
    """A name of ours that calls a person something else."""
    if str(file.room).startswith(OTHERS_WORDS):
        return
    for line, name in defined_names(file.tree):
        words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}
        for word in sorted(words & OTHER_WORDS_FOR_A_PERSON):
            yield f"{file.path}:{line}: {name}: a person is never a {word} in our own names."


MODULE_RULES = (
    Rule(
        "file-name",
        empty_name,
        planted=python_file("care/utils.py", ""),
        innocent=python_file("care/periods.py", ""),
    ),
    Rule(
        "person",
        other_word_for_a_person,
        planted=python_file("care/people.py", "def find(client_id): ...\n"),
        innocent=python_file("records/sources/fhir.py", "def read(patient): ...\n"),
    ),
)

TEXT_RULES = (
    Rule(
        "registry-host",
        registry_host,
        planted=python_file("care/legs.py", "# See https://" + "pypi" + ".org/simple\n"),
        innocent=python_file("care/legs.py", "# See https://hl7.org/fhir\n"),
    ),
    Rule(
        "machine-path",
        machine_path,
        planted=python_file("care/legs.py", "x = '/" + "work/main'\n"),
        innocent=python_file("care/legs.py", "# See ../work/main, or /person/work.\n"),
    ),
    Rule(
        "left-to-do",
        left_to_do,
        planted=python_file("care/legs.py", "# TO" + "DO: later\n"),
        innocent=python_file("care/legs.py", "# What is left to do is in the issues.\n"),
    ),
)
