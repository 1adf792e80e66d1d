"""The shape of one kind of record of a format: which named cells it gives, and how they fill the tables.

A format whose records are trees (FHIR) says for each kind of record where its cells stand, as paths
(`records.paths`); from the cells on, its records are mapped exactly like the rows of a CSV file. This file reads
nothing.
"""

from dataclasses import dataclass

from fishplate.settings.project import TableMapping


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of record: its name, the `resourceType` by which it is known, its cells, and the tables it fills.

    `cells` are pairs of a cell's name and the path that gives its text, the text being empty where the path finds
    nothing. Every cell that a mapping of `tables` names is among them.
    """

    name: str
    when: str
    cells: tuple[tuple[str, str], ...]
    tables: tuple[TableMapping, ...]

    def path(self, cell: str) -> str:
        """The path of that cell, as a rejection names it; KeyError where the shape has no such cell."""
        return dict(self.cells)[cell]
