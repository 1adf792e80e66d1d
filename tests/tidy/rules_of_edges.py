"""The clock, chance, identity and the environment come in as arguments, so that a run can be repeated exactly.

Only the edges may ask for them: ``settings``, ``wiring`` and ``cli``. The town may roll dice that its seed decides.
"""

import ast
from collections.abc import Iterator

from tests.tidy.sources import Rule, TextFile, python_file

EDGES = {"settings", "settings.py", "wiring", "cli"}

# What is asked for, as (the last name before the dot, the name after it).
FORBIDDEN_ASKS = {
    **{("os", name): "the environment" for name in ("environ", "environb", "getenv")},
    **{(kind, "now"): "the clock" for kind in ("datetime", "Timestamp", "ibis")},
    **{(kind, "today"): "the clock" for kind in ("date", "datetime", "Timestamp", "ibis")},
    ("datetime", "utcnow"): "the clock",
    **{("time", name): "the clock" for name in ("time", "time_ns", "localtime", "gmtime")},
    **{("uuid", name): "a new identity" for name in ("uuid1", "uuid4")},
    **{("ibis", name): "chance" for name in ("random", "uuid")},
}
CHANCE_MODULES = {"random", "secrets"}
SEEDED_DICE = "Random"


def last_name(node: ast.expr) -> str:
    """The last word of a dotted name: ``datetime`` of ``dt.datetime``; nothing for any other expression."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def asks(tree: ast.Module) -> Iterator[tuple[int, str, str, str]]:
    """Each forbidden ask: its line, the two names, and what it asks for. A `from` import asks as a dotted name does."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            pairs = [(last_name(node.value), node.attr)]
        elif isinstance(node, ast.ImportFrom) and node.module:
            pairs = [(node.module, alias.name) for alias in node.names]
        else:
            continue
        for owner, name in pairs:
            if owner in CHANCE_MODULES:
                yield node.lineno, owner, name, "chance"
            elif (owner, name) in FORBIDDEN_ASKS:
                yield node.lineno, owner, name, FORBIDDEN_ASKS[owner, name]


def unseeded_dice(tree: ast.Module) -> set[int]:
    """The lines that make dice with no seed."""
    return {
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and last_name(node.func) == SEEDED_DICE and not node.args and not node.keywords
    }


def reach_outside(file: TextFile) -> Iterator[str]:
    """A module that asks for the time, for chance, for a new identity or for the environment, and is no edge."""
    room = file.room.parts[0]
    if room in EDGES:
        return
    unseeded = unseeded_dice(file.tree)
    for line, owner, name, thing in asks(file.tree):
        if room == "town" and name == SEEDED_DICE and line not in unseeded:
            continue
        yield f"{file.path}:{line}: {owner}.{name} asks for {thing}. Take it as an argument."


def planted(room: str, text: str) -> TextFile:
    """A made-up module in a room of the package."""
    return python_file(f"{room}/made_up.py", text)


RULES = tuple(
    Rule(name, reach_outside, planted(room, text), planted(innocent_room, innocent))
    for name, room, text, innocent_room, innocent in (
        ("environment", "store", "import os\nx = os.environ['X']\n", "settings", "import os\nx = os.environ['X']\n"),
        ("clock", "care", "import datetime as dt\nx = dt.datetime.now(dt.UTC)\n", "care", "x = nurse.now(1)\n"),
        ("calendar", "care", "from datetime import date\nx = date.today()\n", "cli", "x = date.today()\n"),
        ("identity", "access", "from uuid import uuid4\n", "access", "from uuid import UUID\n"),
        ("chance", "records", "import random\nx = random.random()\n", "records", "x = 'random.random()'\n"),
        (
            "unseeded-dice",
            "town",
            "import random\nx = random.Random()\n",
            "town",
            "import random\nx = random.Random(7)\n",
        ),
    )
)
