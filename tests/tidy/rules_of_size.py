"""How long a module and a function may be: short enough to be read in one sitting.

Tables that only declare columns (``tables.py``) may be as long as what they declare.
"""

import ast
from collections.abc import Iterator

from tests.tidy.sources import Rule, TextFile, python_file

MODULE_LINES = 400
FUNCTION_LINES = 60


def long_module(file: TextFile) -> Iterator[str]:
    """A module of more lines than a reader holds in mind."""
    lines = len(file.text.splitlines())
    if file.path.name != "tables.py" and lines > MODULE_LINES:
        yield f"{file.path}: {lines} lines; a module has at most {MODULE_LINES}. Split it by what its parts are for."


def long_function(file: TextFile) -> Iterator[str]:
    """A function of more lines than fit on a screen, its docstring included."""
    for node in ast.walk(file.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            lines = node.end_lineno - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{file.path}:{node.lineno}: {node.name} has {lines} lines, and {FUNCTION_LINES} is the most."


def missing_docstring(file: TextFile) -> Iterator[str]:
    """A module that does not open by saying what it is for."""
    if not ast.get_docstring(file.tree):
        yield f"{file.path}: no docstring. Open with a paragraph: what it is for, what it takes, what it gives."


def function_of(lines: int) -> str:
    """The text of a function with exactly this many lines."""
    return "def f():\n" + "    pass\n" * (lines - 1)


RULES = (
    Rule(
        "module-length",
        long_module,
        planted=python_file("care/legs.py", "x = 1\n" * (MODULE_LINES + 1)),
        innocent=python_file("records/tables.py", "x = 1\n" * (MODULE_LINES + 1)),
    ),
    Rule(
        "function-length",
        long_function,
        planted=python_file("care/legs.py", function_of(FUNCTION_LINES + 1)),
        innocent=python_file("care/legs.py", function_of(FUNCTION_LINES)),
    ),
    Rule(
        "module-docstring",
        missing_docstring,
        planted=python_file("care/legs.py", "# A comment is no docstring.\nx = 1\n"),
        innocent=python_file("care/legs.py", '"""Legs."""\n'),
    ),
)
