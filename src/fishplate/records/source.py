"""What a source format is: how its files are cut into records, and which cells and mappings each record has.

A format is one module in `records/sources/` that exports `SOURCE`; it is found by walking that package, so that
adding one touches no other file. A tabular format's cells are the columns its files name, and its mapping comes from
the project; a format of trees brings shapes of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fishplate.records.framing import Dialect
from fishplate.records.shape import Shape
from fishplate.settings.project import Source


@dataclass(frozen=True, slots=True)
class SourceFormat:
    """One format: its name as projects write it, how a source's lines are written, and its shapes by resource type."""

    name: str
    dialect: Callable[[Source], Dialect]
    shapes: Mapping[str, Shape]

    @property
    def is_tabular(self) -> bool:
        """Whether a record is a row of named columns."""
        return not self.shapes
