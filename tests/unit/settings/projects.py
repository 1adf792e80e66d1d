"""A sound project file for the tests to spoil, and the faults that reading a spoilt one gives."""

from pathlib import Path

from fishplate.errors import Fault, ProjectFaults
from fishplate.settings.project import Project
from fishplate.settings.reading import project_of
from tests.unit.settings.words import VOCABULARY

FOLDER = Path("smalltown")

SOUND = """\
[project]
name = "Smalltown"
place = "Smalltown"

[service_kinds]
virtual_ward = "Hospital care at home"

[[organisations]]
id = "RXX"
kind = "acute"

[[services]]
id = "RXX-7"
organisation = "RXX"
service_kind = "virtual_ward"
watched_hours = "Mon-Fri 08:00-18:00"

[[workers]]
id = "worker-1"
name = "A. Worker"
role = "Nurse"
organisation = "RXX"

[[sources]]
name = "hospital_spells"
format = "csv"
path = "incoming/spells_*.csv"
organisation = "RXX"
service_kind = "acute_hospital"
complete_from = 2025-01-01
complete_until = 2025-12-31
holes = [{from = 2025-03-01, until = 2025-03-07, why = "new system"}]
leave_out = [{column = "SPEC", codes = ["360"]}]
[sources.tables.legs]
only = [{column = "TYPE", not_codes = ["T"]}]
nhs_number = "NHS_NO"
local_id = {column = "MRN", system = "rxx-mrn"}
leg_kind = {column = "K", codes = {I = "spell"}, other = "contact"}
started = {column = "ADM", format = "%d/%m/%Y %H:%M"}
ended = {date = "DIS", time = "DIS_T", format = "%d/%m/%Y", time_format = "%H:%M"}
ready = {columns = ["READY", "READY_EST"]}
"""


def read(text: str = SOUND) -> Project:
    return project_of(text, FOLDER, VOCABULARY)


def faults(text: str) -> tuple[Fault, ...]:
    """The faults of a text; none where it reads."""
    try:
        read(text)
    except ProjectFaults as refusal:
        return refusal.faults
    return ()


def spoilt(old: str, new: str) -> str:
    """The sound file with one thing changed, which must be in it."""
    assert old in SOUND
    return SOUND.replace(old, new, 1)
