"""FHIR R4 bulk data (NDJSON, one resource a line): which cells each resource type gives, and what they fill.

Takes nothing and reads nothing: `SHAPES` holds one `Shape` for each resource type that is understood, by its name, and
lines of other types are no concern of the look back. Every record id is 'Type/id', so that an Encounter and an
EpisodeOfCare with one id stay two legs, and a Task finds its ServiceRequest. Source: HL7 FHIR R4 (4.0.1), with the UK
Core and US Core extensions named where they are used.

Three marks the mapping needs beyond a CSV file's:

- *Several fields* may fill `identity` and `aliases`: their texts, which may be joined already, are put together.
- `Field.system == SCOPED` marks texts that refer (`records/references.py`): one that is meaningful inside the source
  only is set apart by the source's name, one with a system is the same for all.
- `Condition(cell, ("",), negated=True)` means: only where the cell is not blank.
"""

from fishplate.records.framing import Dialect
from fishplate.records.shape import Shape
from fishplate.records.source import SourceFormat
from fishplate.records.sources.fhir.directory import HEALTHCARE_SERVICE, LOCATION, ORGANIZATION
from fishplate.records.sources.fhir.legs import ENCOUNTER, EPISODE_OF_CARE
from fishplate.records.sources.fhir.people import PATIENT
from fishplate.records.sources.fhir.referrals import SERVICE_REQUEST, TASK
from fishplate.settings.project import Source

SHAPES: dict[str, Shape] = {
    shape.when: shape
    for shape in (
        PATIENT, ENCOUNTER, EPISODE_OF_CARE, SERVICE_REQUEST, TASK, ORGANIZATION, LOCATION, HEALTHCARE_SERVICE,
    )
}  # fmt: skip
"""The shapes by resource type."""

MAX_LINE_BYTES = 16 << 20
"""A resource may carry a whole letter; one longer than this is no record of a leg."""


def dialect(source: Source) -> Dialect:
    """One resource a line, always UTF-8 (RFC 8259 section 8.1)."""
    return Dialect(delimiter="", quote="", encoding="utf-8", max_line_bytes=MAX_LINE_BYTES)


SOURCE = SourceFormat("fhir_ndjson", dialect, SHAPES)
