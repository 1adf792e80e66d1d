"""Where an import may stand and who may name which library.

An import at the top of a file is seen by a reader and by the import contracts; one inside a function by neither. The
lazy command table of ``cli/app.py`` is the one exception. A library that may be swapped is named in one place.
"""

import ast
from collections.abc import Iterator

from tests.tidy.sources import Rule, TextFile, python_file

LAZY_TABLE = "cli/app.py"

# Each library here is an engine or a store that Fishplate must be able to do without.
NAMED_ONCE = {
    "duckdb": "store/duckdb.py",
    "pyspark": "store/spark.py",
    "splink": "identity/link.py",
    "psycopg": "handover/logs/postgres.py",
}

Import = ast.Import | ast.ImportFrom


def imported_roots(node: Import) -> set[str]:
    """The top-level names an import statement brings in: ``{"os"}`` for ``from os.path import join``."""
    if isinstance(node, ast.Import):
        return {alias.name.split(".")[0] for alias in node.names}
    return {node.module.split(".")[0]} if node.module and not node.level else set()


def hidden_import(file: TextFile) -> Iterator[str]:
    """An import inside a function."""
    if str(file.room) == LAZY_TABLE:
        return
    for function in ast.walk(file.tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, Import):
                    yield f"{file.path}:{node.lineno}: an import inside {function.name}. Move it to the top."


def typing_import(file: TextFile) -> Iterator[str]:
    """An import that only the type checker sees, which hides a cycle."""
    for node in ast.walk(file.tree):
        match node:
            case ast.Name(id="TYPE_CHECKING", lineno=line) | ast.Attribute(attr="TYPE_CHECKING", lineno=line):
                yield f"{file.path}:{line}: TYPE_CHECKING. Import it plainly; if that is a cycle, move the word down."
            case _:
                continue


def relative_import(file: TextFile) -> Iterator[str]:
    """An import that says where from only to one who knows where it stands."""
    for node in ast.walk(file.tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield f"{file.path}:{node.lineno}: a relative import. Write `from fishplate...`."


def spread_library(file: TextFile) -> Iterator[str]:
    """A library named outside the one place that may know it."""
    for node in ast.walk(file.tree):
        if isinstance(node, Import):
            for library in imported_roots(node) & NAMED_ONCE.keys():
                if str(file.room) != NAMED_ONCE[library]:
                    yield f"{file.path}:{node.lineno}: {library} is named only in {NAMED_ONCE[library]}."


RULES = (
    Rule(
        "import-in-function",
        hidden_import,
        planted=python_file("care/legs.py", "def f():\n    if True:\n        import json\n"),
        innocent=python_file(LAZY_TABLE, "def f():\n    import json\n"),
    ),
    Rule(
        "type-checking-import",
        typing_import,
        planted=python_file("care/legs.py", "import typing\nif typing.TYPE_CHECKING:\n    import json\n"),
        innocent=python_file("care/legs.py", "from typing import Protocol\n"),
    ),
    Rule(
        "relative-import",
        relative_import,
        planted=python_file("care/legs.py", "from . import joins\n"),
        innocent=python_file("care/legs.py", "from fishplate.care import joins\n"),
    ),
    Rule(
        "library-named-once",
        spread_library,
        planted=python_file("journeys/build.py", "from duckdb import connect\n"),
        innocent=python_file("journeys/build.py", "from fishplate.store.duckdb import connect\n"),
    ),
)
