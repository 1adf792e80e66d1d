"""FHIR R4 bulk data (NDJSON, one resource a line): which cells each resource type gives, and what they fill.

Takes nothing and reads nothing: `SHAPES` holds one `Shape` for each resource type that is understood, by its name, and
lines of other types are no concern of the look back. Every record id is 'Type/id', so that an Encounter and an
EpisodeOfCare with one id stay two legs, and a Task finds its ServiceRequest. Source: HL7 FHIR R4 (4.0.1), with the UK
Core and US Core extensions named where they are used.

Three marks the mapping needs beyond a CSV file's:

- *All cells count* in the targets `identity` and `aliases`: their texts are put together, not the first one taken.
- `Field.system == SCOPED` marks texts that refer (`records/references.py`): one that is meaningful inside the source
  only is set apart by the source's name, one with a system is the same for all.
- `Condition(cell, ("",), negated=True)` means: only where the cell is not blank.
"""

from fishplate.records.shape import Shape
from fishplate.records.sources.fhir.directory import HEALTHCARE_SERVICE, LOCATION, ORGANIZATION
from fishplate.records.sources.fhir.legs import ENCOUNTER, EPISODE_OF_CARE
from fishplate.records.sources.fhir.people import PATIENT
from fishplate.records.sources.fhir.referrals import SERVICE_REQUEST, TASK

SHAPES: dict[str, Shape] = {
    shape.when: shape
    for shape in (
        PATIENT, ENCOUNTER, EPISODE_OF_CARE, SERVICE_REQUEST, TASK, ORGANIZATION, LOCATION, HEALTHCARE_SERVICE,
    )
}  # fmt: skip
"""The shapes by resource type."""
