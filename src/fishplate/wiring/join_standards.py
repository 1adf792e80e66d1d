"""The join standards a project is judged by: those that Fishplate ships, or the ones of them that the project names.

Takes what `join_standards` of the project file says; gives the standards in the order of their files. A name is that
of a standard or of a pack. Raises ProjectFaults where it is neither, with what there is.
"""

from importlib.resources import files
from typing import Final

from fishplate.errors import Fault, ProjectFaults
from fishplate.records.vocabulary import vocabulary
from fishplate.standards.packs import read_packs
from fishplate.standards.reading import StandardText
from fishplate.standards.standard import Standard

FILE: Final = "fishplate.toml"
KEY: Final = "project.join_standards"


def shipped() -> tuple[Standard, ...]:
    """Every standard of every pack that Fishplate ships."""
    packs = sorted(files("fishplate.standards").joinpath("packs").iterdir(), key=lambda pack: pack.name)
    texts = [
        StandardText(f"{pack.name}/{file.name}", pack.name, file.read_text(encoding="utf-8"))
        for pack in packs
        if pack.is_dir()
        for file in sorted(pack.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".toml")
    ]
    return tuple(read_packs(texts, vocabulary()).values())


def chosen(named: tuple[str, ...]) -> tuple[Standard, ...]:
    """The standards, or packs of them, that a project names; all of them where it names none."""
    every = shipped()
    known = {each.name for each in every} | {each.pack for each in every}
    wrong = [each for each in named if each not in known]
    if wrong:
        expected = f"a standard or a pack: {', '.join(sorted(known))}"
        raise ProjectFaults(tuple(Fault(FILE, KEY, f"{each!r} is not known", expected) for each in wrong))
    return tuple(each for each in every if not named or {each.name, each.pack} & set(named))
