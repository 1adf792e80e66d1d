"""Many standards together: those that Fishplate ships, and a place's own after them.

Takes the texts of their files in order; gives the standards by name, or refuses with every fault of every file at
once. A later file whose standard has the name of an earlier one replaces it, and says which file it replaced; so a
place changes a standard without touching Fishplate.
"""

from collections.abc import Iterable
from dataclasses import replace

from fishplate.errors import Fault, ProjectFaults
from fishplate.settings.vocabulary import Vocabulary
from fishplate.standards.reading import StandardText, read_standard
from fishplate.standards.standard import Standard


def read_packs(texts: Iterable[StandardText], vocabulary: Vocabulary) -> dict[str, Standard]:
    """Every standard by its name, in the order of the files. Raises `ProjectFaults` with every fault at once.

    Two files of one pack may not bear the same name: the second would replace the first by accident.
    """
    standards: dict[str, Standard] = {}
    faults: list[Fault] = []
    for given in texts:
        standard, found = read_standard(given, vocabulary)
        faults += found
        if standard is None:
            continue
        earlier = standards.get(standard.name)
        if earlier and earlier.pack == standard.pack:
            faults.append(
                Fault(given.file, "name", f"{standard.name!r} is that of {earlier.read_from}", "another name")
            )
        standards[standard.name] = replace(standard, replaces=earlier.read_from) if earlier else standard
    if faults:
        raise ProjectFaults(tuple(faults))
    return standards
