"""The files the tidy rules read: each module of the product with its syntax tree, and each text file of the repository.

A rule is a plain function from one file to the offences in it, so that a test can hand it a planted file. Nothing here
decides what an offence is.
"""

import ast
import functools
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

REPOSITORY = Path(__file__).parents[2]
PACKAGE = PurePosixPath("src/fishplate")


@dataclass(frozen=True, slots=True)
class TextFile:
    """One text file of the repository: where it lies, counted from the repository's root, and its text."""

    path: PurePosixPath
    text: str

    @property
    def room(self) -> PurePosixPath:
        """The path inside the package: ``care/joins.py`` for ``src/fishplate/care/joins.py``."""
        return self.path.relative_to(PACKAGE)

    @property
    def tree(self) -> ast.Module:
        """The syntax tree of a Python file."""
        return parsed(self.text, str(self.path))


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the house: how to find what breaks it, a file that does, and one that only looks alike."""

    name: str
    find: Callable[[TextFile], Iterator[str]]
    planted: TextFile
    innocent: TextFile

    def __str__(self) -> str:
        return self.name


@functools.cache
def parsed(text: str, path: str) -> ast.Module:
    """The syntax tree of a Python text, parsed once for all rules."""
    return ast.parse(text, path)


@functools.cache
def repository_paths() -> tuple[PurePosixPath, ...]:
    """Every file that is, or is about to be, under version control. Raises if this is no work tree of git."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        check=True,
    )
    paths = sorted({PurePosixPath(name) for name in listed.stdout.decode().split("\0") if name})
    return tuple(path for path in paths if (REPOSITORY / path).is_file())


@functools.cache
def text_files() -> tuple[TextFile, ...]:
    """Every file of the repository that is text; pictures, archives and broken encodings are left out."""
    found = []
    for path in repository_paths():
        content = (REPOSITORY / path).read_bytes()
        try:
            found.append(TextFile(path, content.decode()))
        except UnicodeDecodeError:
            continue
    return tuple(found)


@functools.cache
def product_modules() -> tuple[TextFile, ...]:
    """Every Python module of the product itself."""
    return tuple(file for file in text_files() if file.path.suffix == ".py" and PACKAGE in file.path.parents)


def python_file(path: str, text: str) -> TextFile:
    """A made-up module of the product, at a path inside the package."""
    return TextFile(PACKAGE / path, text)
