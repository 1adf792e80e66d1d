"""Requests to come in: FHIR ServiceRequest fills `referrals`, and a Task on one fills `referral_events`.

A draft has not been sent; what was revoked or entered in error is no referral. Of a Task, work in progress and work
done mean that the receiver had accepted; the moment is that of the first action (executionPeriod.start) where it is
given, since the last change of a finished Task comes long after its acceptance. Each status of a Task is a record of
its own, so that a later file's *accepted* does not erase an earlier file's *received*. A Task without a person
(Task.for) can't be placed, and one that names its ServiceRequest by anything but 'ServiceRequest/id' finds none.
"""

from fishplate.records.references import ODS_SYSTEMS
from fishplate.records.shape import Shape
from fishplate.records.sources.fhir.parts import IDENTITY, RECORD_ID, SECURITY, person, record_id, refers
from fishplate.settings.project import Condition, Field, TableMapping

EVENTS: tuple[tuple[str, str], ...] = (
    ("received", "received"),
    ("accepted", "accepted"),
    ("in-progress", "accepted"),
    ("completed", "accepted"),
    ("rejected", "rejected"),
)
"""Status of a Task (FHIR R4 task-status), and the event it shows."""


def ods(cell: str, element: str) -> tuple[tuple[str, str], ...]:
    """The cells of an organisation that is named by its ODS code without saying that it is an organisation."""
    return tuple(
        (f"{cell}_{n}", f"{element}.identifier.where(system='{system}').(system|value)")
        for n, system in enumerate(ODS_SYSTEMS, 1)
    )


REQUESTER_ODS = ods("requester_ods", "requester")
PERFORMER_ODS = ods("performer_ods", "performer")

SERVICE_REQUEST = Shape(
    name="ServiceRequest",
    when="ServiceRequest",
    cells=(
        record_id("ServiceRequest"),
        *person("subject"),
        SECURITY,
        ("status", "status"),
        ("intent", "intent"),
        ("requester", "requester.refers_to(Organization)"),
        *REQUESTER_ODS,
        ("performer", "performer.refers_to(Organization)"),
        *PERFORMER_ODS,
        ("service", "performer.refers_to(HealthcareService)"),
        ("location", "locationReference.refers_to(Location?)"),
        ("code", "code.coding.code"),
        ("category", "category.coding.code"),
        ("priority", "priority"),
        ("authored", "authoredOn"),
        ("based_on", "basedOn.refers_to(ServiceRequest)"),
        ("encounter", "encounter.refers_to(Encounter)"),
    ),
    tables=(
        TableMapping(
            "referrals",
            (
                RECORD_ID,
                *IDENTITY,
                refers("from_organisation_id", "requester", *(cell for cell, _ in REQUESTER_ODS)),
                refers("to_organisation_id", "performer", *(cell for cell, _ in PERFORMER_ODS)),
                refers("to_service_id", "service", "location"),
                Field("need", ("code", "category")),
                Field("priority", ("priority",)),
                Field("sent", ("authored",)),
                Field("based_on", ("based_on", "encounter")),
            ),
            only=(
                Condition("intent", ("order", "plan", "proposal")),
                Condition("status", ("draft", "revoked", "entered-in-error"), negated=True),
            ),
        ),
    ),
)

TASK = Shape(
    name="Task",
    when="Task",
    cells=(
        ("record_id", "words(id,status).format('Task/{}')"),
        *person("for"),
        SECURITY,
        ("status", "status"),
        ("focus", "focus.refers_to(ServiceRequest)"),
        ("based_on", "basedOn.refers_to(ServiceRequest)"),
        ("first_action", "executionPeriod.start"),
        ("changed", "lastModified"),
        ("reason", "statusReason.coding.code"),
        ("reason_text", "statusReason.text"),
    ),
    tables=(
        TableMapping(
            "referral_events",
            (
                RECORD_ID,
                *IDENTITY,
                Field("referral_record_id", ("focus", "based_on")),
                Field("event", ("status",), codes=EVENTS),
                Field("happened", ("first_action", "changed")),
                Field("reason", ("reason", "reason_text")),
            ),
            only=(Condition("status", tuple(status for status, _ in EVENTS)),),
        ),
    ),
)
