"""The pages say what the product says: reference pages, commands, settings, decisions, and links that lead somewhere.

Each check is a plain function from text to what is wrong with it, and each is shown to find a planted fault.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

import pytest

from fishplate.cli.app import COMMANDS
from fishplate.settings.writing import commented_project
from tests.tidy.sources import PACKAGE, REPOSITORY, TextFile, product_modules, text_files
from tools.reference import FOLDER, STAGES, pages

LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCED = re.compile(r"^ *```[^\n]*\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
TYPED = re.compile(r"^ *(?:\$ |\S*/)?fishplate ([a-z][a-z-]*)|`fishplate ([a-z][a-z-]*)", re.MULTILINE)
READERS = ("settings/reading.py", "settings/sources.py", "settings/mapping.py")
GETTERS = {"text", "texts", "word", "day", "part", "parts"}
INNER_KEYS = {"service_kinds", "tables", "codes"}
"""Parts whose own keys are the project's to choose."""


def markdown() -> list[TextFile]:
    """Every page of the repository."""
    return [file for file in text_files() if file.path.suffix == ".md"]


def anchors(text: str) -> set[str]:
    """The places in a page a link can lead to: its headings, as a repository's web page names them."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def dead_links(page: TextFile) -> Iterator[str]:
    """Links of a page that lead to no file of the repository, or to no heading of it."""
    for target in LINK.findall(FENCED.sub("", page.text)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        leads_to = REPOSITORY / page.path.parent / path if path else REPOSITORY / page.path
        if not leads_to.exists():
            yield f"{page.path}: {target} is not there"
        elif anchor and anchor not in anchors(leads_to.read_text(encoding="utf-8")):
            yield f"{page.path}: {target} has no such heading"


def typed_commands(text: str) -> set[str]:
    """The commands of Fishplate that a page tells its reader to type."""
    blocks = "\n".join(FENCED.findall(text))
    in_line = (second for _, second in TYPED.findall(FENCED.sub("", text)))
    return {name for name in (*(first for first, _ in TYPED.findall(blocks)), *in_line) if name}


def keys_read(text: str) -> set[str]:
    """The keys of a project file that a module reads: texts given to a getter of a part, or to a reader of one."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Call(func=ast.Attribute(attr=attr), args=[ast.Constant(value=str(key)), *_]) if attr in GETTERS:
                found.add(key)
            case ast.Call(func=ast.Name(), args=[ast.Name(id="part"), ast.Constant(value=str(key)), *_]):
                found.add(key)
            case _:
                continue
    return found


def unexplained(keys: Iterable[str], page: str) -> set[str]:
    """The keys that no example of a project file shows."""
    return {key for key in keys if not re.search(rf"(?<![\w.]){re.escape(key)}(?: =|\]|\.)", page)}


def unlisted(names: Iterable[str], page: str) -> set[str]:
    """The files that a list of them does not link to."""
    return {name for name in names if f"]({name})" not in page}


@pytest.mark.parametrize("name", sorted(pages()))
def test_the_reference_says_what_the_code_says(name: str) -> None:
    written = (FOLDER / name).read_text(encoding="utf-8")
    assert written == pages()[name], f"docs/reference/{name} is out of date: python tools/reference.py writes it anew"


def test_the_reference_has_no_other_pages() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(pages())


def test_every_command_table_and_column_is_documented() -> None:
    written = pages()
    assert all(f"## fishplate {name}\n" in written["commands.md"] for name in COMMANDS)
    listed = [table for _, tables in STAGES for table in tables]
    assert all(f"### {table.name}\n" in written["tables.md"] for table in listed)
    assert all(f"`{column}`" in written["tables.md"] for table in listed for column in table.names)


def test_every_published_table_stands_in_a_stage() -> None:
    declared = set()
    for module in product_modules():
        if module.path.name == "tables.py" and module.path.parent.parent == PACKAGE:
            declared |= set(re.findall(r'^\w+ = Table\(\n    "(\w+)"', module.text, re.MULTILINE))
    listed = {table.name for _, tables in STAGES for table in tables}
    # What a referral's later events said is folded into the referral, so that table is filled and never published.
    assert declared - listed == {"referral_events"}
    assert "legs" in declared


def test_every_key_of_a_project_file_is_explained() -> None:
    read = set().union(*(keys_read(module.text) for module in product_modules() if str(module.room) in READERS))
    assert {"complete_from", "watched_hours", "time_format", "leave_out"} <= read
    how_to = [page.text for page in markdown() if page.path.parent == PurePosixPath("docs/how-to")]
    assert not unexplained(read - INNER_KEYS, "\n".join((commented_project("a", "b"), *how_to)))


def test_a_key_nobody_explained_would_be_noticed() -> None:
    assert keys_read('part.text("colour")\nchecked(part, "shade", f)\npart.fault("other")\n') == {"colour", "shade"}
    assert unexplained({"colour", "zone"}, '#zone = "UTC"\n') == {"colour"}
    assert unexplained({"zone"}, '#time_zone = "UTC"\n') == {"zone"}


def test_every_decision_is_listed() -> None:
    folder = REPOSITORY / "docs" / "adr"
    names = {path.name for path in folder.glob("[0-9]*.md")}
    page = (folder / "README.md").read_text(encoding="utf-8")
    assert names
    assert not unlisted(names, page)
    assert unlisted({"0000-nothing.md"}, page) == {"0000-nothing.md"}


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(path.name[:4]) for path in (REPOSITORY / "docs" / "adr").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_command_a_page_names_is_there() -> None:
    named = {(str(page.path), name) for page in markdown() for name in typed_commands(page.text)}
    assert not {(path, name) for path, name in named if name not in COMMANDS}
    assert {"demo"} <= typed_commands((REPOSITORY / "README.md").read_text(encoding="utf-8"))


def test_commands_are_read_from_pages_as_a_person_reads_them() -> None:
    page = "Type `fishplate weld x`; fishplate is a bar.\n```console\n$ fishplate build a\n  bin/fishplate demo\n```\n"
    assert typed_commands(page) == {"weld", "build", "demo"}


def test_every_link_leads_somewhere() -> None:
    pages_read = markdown()
    assert len(pages_read) > 10
    assert not [fault for page in pages_read for fault in dead_links(page)]


def test_a_dead_link_is_found() -> None:
    text = (
        "[a](LICENSE) [b](gone.md) [c](GLOSSARY.md#gone) [d](GLOSSARY.md#the-words-of-fishplate) [e](https://x.org)\n"
    )
    assert list(dead_links(TextFile(PurePosixPath("page.md"), text))) == [
        "page.md: gone.md is not there",
        "page.md: GLOSSARY.md#gone has no such heading",
    ]
    assert not list(dead_links(TextFile(PurePosixPath("page.md"), "```\n[a](gone.md)\n```\n")))
