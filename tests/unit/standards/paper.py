"""A whole join standard as text, for tests that spoil it in one place."""

from fishplate.errors import Fault
from fishplate.records.vocabulary import vocabulary
from fishplate.standards.reading import StandardText, read_standard
from fishplate.standards.standard import Standard

VOCABULARY = vocabulary()

SOUND = """\
name = "ward_to_reablement"
version = "3"
question = "Did reablement come in two days?"
need = "everyday_tasks"
safety_critical = true
information = ["reason"]
ends = ["death", "moved_away"]
needs_fields = ["contacts.contact"]
needs_trigger_fields = ["legs.need"]

[trigger]
table = "legs"
moment = "ended"
where = "service_kind = 'acute_hospital'"
owes = "need = 'everyday_tasks'"
beside = ["home_care"]

[meets]
service_kinds = ["reablement", "home_care"]
by = "started"
where = "need is known"

[clock]
from = "-1 day"
due = "2 days"
late_until = "14 days"
bounce = "30 days"

[[say_back]]
name = "dose"
asks = "How many units?"
kind = "number"
unit = "units"

[[say_back]]
name = "who"
asks = "Who gives it?"
kind = "choice"
choices = ["the nurse", "the person"]

[[escalation]]
after = "4 watched hours"
counted_from = "trigger"
tell = "the hub"
to_do = "Ring."

[source]
text = "NICE NG74"
section = "1.3"
version = "2017"
url = "https://www.nice.org.uk/guidance/ng74"
checked = 2026-11-22
says = "Two days."
ours = "Fourteen days."

[reference]
share = 0.8
standing = "ambition"

[[example]]
name = "in time"
words = "Somebody came."
holidays = [2025-08-25]
services = [{id = "team", organisation_id = "C1", service_kind = "reablement", watched_hours = "Mon-Fri 08:00-18:00"}]
feeds = [{service_kind = "reablement", complete_until = "2025-11-30", lacks = "legs.need"}]
legs = [
  {id = "ward", service_kind = "acute_hospital", leg_kind = "spell", started = "2025-10-01 09:00", ended = "2025-10-07"}
]
contacts = [{id = "visit", service_kind = "reablement", contact = "2025-10-08 10:00", staff_minutes = "30"}]
choices = [{id = "no", need = "everyday_tasks", decision = "declined", decided = "2025-10-08", risk_explained = "yes"}]
told = [{id = "word", told = "2025-10-06", to_service_kind = "reablement"}]
answers_to = [{came = "visit", answers = "ward"}]
expects = [{trigger = "ward", state = "held", flags = ["bounced"], match = "visit"}]
"""


def read(text: str = SOUND) -> tuple[Standard | None, tuple[Fault, ...]]:
    """The standard that a text says, or its faults."""
    return read_standard(StandardText("ward.toml", "own", text), VOCABULARY)


def faults(text: str) -> tuple[Fault, ...]:
    """The faults of a text that is no standard."""
    standard, found = read(text)
    assert standard is None
    return found


def spoilt(old: str, new: str) -> str:
    """The sound text with one thing changed."""
    assert SOUND.count(old) >= 1
    return SOUND.replace(old, new, 1)
