"""What the shapes have in common: how a field refers, and how a person or a record is named."""

from fishplate.records.references import SCOPED
from fishplate.settings.project import Field

RECORD_ID = Field("record_id", ("record_id",))

SECURITY = ("security", "meta.security.code")
"""The cell of the first security label, so that a project can leave out restricted records (FHIR R4 6.1.1)."""


def record_id(resource_type: str) -> tuple[str, str]:
    """The cell of the record's id, as 'Type/id'."""
    return ("record_id", f"id.format('{resource_type}/{{}}')")


def person(element: str) -> tuple[tuple[str, str], ...]:
    """The cells that say whom a resource is about: the reference, and the identifier that may stand beside it."""
    return (("person", f"{element}.refers_to(Patient?)"), ("person_identifier", f"{element}.identifier.(system|value)"))


def identity(*cells: str) -> tuple[Field, ...]:
    """The fields that together say whom the record is about."""
    return tuple(Field("identity", (cell,), system=SCOPED) for cell in cells)


IDENTITY = identity("person", "person_identifier")


def aliases(*cells: str) -> tuple[Field, ...]:
    """The fields that together say by which texts others refer to an entry of the directory."""
    return tuple(Field("aliases", (cell,), system=SCOPED) for cell in cells)


def refers(target: str, *cells: str) -> Field:
    """A field that refers to an entry of the directory."""
    return Field(target, cells, system=SCOPED)
