"""Small places made up to be awkward, and what happens to their files from build to build.

Takes nothing; gives Hypothesis strategies of *histories* (files that come, come corrected, come again, are copied,
forgotten or read otherwise) and `SmallPlace`, the project folder they happen to. People are few and their numbers,
local ids and dates of birth collide, so that every file may merge two people, split one, or say of another person what
an earlier file said under the same record id.
"""

import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import strategies as st

from fishplate.identity.tables import PUBLISHED as IDENTITY_TABLES
from fishplate.journeys.build import Summary, last_published
from fishplate.journeys.tables import PUBLISHED as JOURNEY_TABLES
from fishplate.records.tables import PUBLISHED as RECORD_TABLES
from fishplate.records.vocabulary import vocabulary
from fishplate.settings.project import Project
from fishplate.settings.reading import project_of
from fishplate.wiring.lookback import build, forget_file

NUMBERS = ("9434765919", "4010232137", "9000000009", "")
LOCAL_IDS = ("1", "2", "3", "")
BIRTHS = ("1940-01-31", "1971-05-02", "", "", "")
ORGANISATIONS = ("RXA", "RXB", "")
FIRST_ON = date(2025, 3, 1)
NAMES = ("a", "b")

PROJECT = """\
[project]
name = "Smallplace"
place = "Smallplace"
mode = "{mode}"
memory_limit = "200MB"

[service_kinds]
virtual_ward = "Hospital care at home"

[[organisations]]
id = "RXA"
kind = "acute"

[[sources]]
name = "hospital"
format = "csv"
path = "incoming/hospital_*"
organisation = "RXA"
complete_from = 2025-03-01
complete_until = {complete_until}
leave_out = [{{column = "SECRET", codes = ["Y"]}}]
[sources.tables.legs]
record_id = "ID"
nhs_number = "NHS"
local_id = {{column = "MRN", system = "mrn"}}
born_on = "DOB"
organisation_id = "ORG"
service_kind = {{value = "{hospital_kind}"}}
leg_kind = {{value = "spell"}}
started = "FROM"
ended = "UNTIL"

[[sources]]
name = "council"
format = "csv"
path = "incoming/council_*"
delimiter = ";"
[sources.tables.people]
nhs_number = "NHS"
local_id = {{column = "MRN", system = "mrn"}}
born_on = "DOB"
sex = "WORD"
[sources.tables.legs]
only = [{{column = "TYPE", codes = ["1"]}}]
record_id = "ID"
nhs_number = "NHS"
local_id = {{column = "MRN", system = "mrn"}}
service_kind = {{value = "home_care"}}
leg_kind = {{value = "care_package"}}
{council_need}started = "FROM"
ended = "UNTIL"

[[sources]]
name = "diary"
format = "csv"
path = "incoming/diary_*"
[sources.tables.contacts]
only = [{{column = "TYPE", codes = ["1"]}}]
record_id = "ID"
nhs_number = "NHS"
local_id = {{column = "MRN", system = "mrn"}}
organisation_id = "ORG"
contact = "FROM"
[sources.tables.life_events]
only = [{{column = "TYPE", not_codes = ["1"]}}]
record_id = "ID"
nhs_number = "NHS"
local_id = {{column = "MRN", system = "mrn"}}
kind = {{value = "death"}}
happened = "FROM"

[[sources]]
name = "requests"
format = "csv"
path = "incoming/requests_*"
[sources.tables.referrals]
only = [{{column = "TYPE", codes = ["1"]}}]
record_id = "ID"
nhs_number = "NHS"
local_id = {{column = "MRN", system = "mrn"}}
to_organisation_id = "ORG"
sent = "FROM"
accepted = "UNTIL"
[sources.tables.referral_events]
only = [{{column = "TYPE", not_codes = ["1"]}}]
nhs_number = "NHS"
local_id = {{column = "MRN", system = "mrn"}}
referral_record_id = "ID"
event = {{column = "TYPE", codes = {{2 = "received", 3 = "accepted"}}, other = "rejected"}}
happened = "FROM"
reason = "WORD"

[[sources]]
name = "directory"
format = "csv"
path = "incoming/directory_*"
[sources.tables.organisations]
only = [{{column = "TYPE", codes = ["1"]}}]
organisation_id = "ORG"
name = "WORD"
[sources.tables.services]
only = [{{column = "TYPE", not_codes = ["1"]}}]
service_id = "ID"
organisation_id = "ORG"
name = "WORD"
place = "WORD"

[[sources]]
name = "clinic"
format = "fhir_ndjson"
path = "incoming/clinic_*"
"""

HEADER = ("ID", "NHS", "MRN", "DOB", "ORG", "FROM", "UNTIL", "TYPE", "WORD", "SECRET")
TABULAR = ("hospital", "council", "diary", "requests", "directory")
DELIMITERS = {"council": ";"}


@st.composite
def records(draw: st.DrawFn) -> tuple[str, ...]:
    """One record, of every column any source has; now and then it ends before it starts, or names nobody."""
    started = FIRST_ON + timedelta(days=draw(st.integers(0, 60)))
    ended = draw(st.sampled_from(("", *((started + timedelta(days=n)).isoformat() for n in (0, 0, 3, 20, -1)))))
    return (
        draw(st.sampled_from("pqrst")),
        draw(st.sampled_from(NUMBERS)),
        draw(st.sampled_from(LOCAL_IDS)),
        draw(st.sampled_from(BIRTHS)),
        draw(st.sampled_from(ORGANISATIONS)),
        started.isoformat(),
        ended,
        draw(st.sampled_from("1123")),
        draw(st.sampled_from(("", "one", "two"))),
        draw(st.sampled_from("NNNNNY")),
    )


def table_text(source: str, rows: Sequence[tuple[str, ...]]) -> str:
    """Records as the file of a tabular source."""
    between = DELIMITERS.get(source, ",")
    return "".join(between.join(row) + "\n" for row in (HEADER, *rows))


def resources(number: str, local_id: str, organisation: str, started: str, ended: str) -> list[dict[str, Any]]:
    """A person, a visit, a request with what became of it and an organisation, as FHIR says it."""
    nhs = [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": number}] if number else []
    person = {"reference": f"Patient/{local_id or 'none'}"}
    provider = {"reference": f"Organization/{organisation.lower()}"}
    own = {"system": "mrn", "value": local_id}
    return [
        {"resourceType": "Patient", "id": local_id or "none", "identifier": [own, *nhs]},
        {
            "resourceType": "Encounter", "id": f"visit-{local_id}", "status": "finished", "class": {"code": "AMB"},
            "subject": person, "serviceProvider": provider,
            "period": {"start": started, **({"end": ended} if ended else {})},
        },
        {
            "resourceType": "ServiceRequest", "id": f"ask-{local_id}", "status": "active", "intent": "order",
            "subject": person, "authoredOn": started, "performer": [provider],
        },
        {
            "resourceType": "Task", "id": f"task-{local_id}", "status": "accepted", "for": person,
            "focus": {"reference": f"ServiceRequest/ask-{local_id}"}, "lastModified": ended or started,
        },
        {
            "resourceType": "Organization", "id": organisation.lower() or "other", "name": organisation,
            "identifier": [{"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": organisation or "RXZ"}],
        },
    ]  # fmt: skip


def bulk_text(kinds: str, number: str, local_id: str, organisation: str, started: str, ended: str) -> str:
    """A bulk file of the resources of these kinds."""
    every = resources(number, local_id, organisation, started, ended)
    return "".join(json.dumps(resource) + "\n" for resource in every if resource["resourceType"] in kinds.split())


BULK_TEXTS = (
    bulk_text("Patient Encounter", NUMBERS[0], "1", "RXA", "2025-03-04", "2025-03-20"),
    bulk_text("Patient Encounter", NUMBERS[1], "1", "RXA", "2025-03-04", ""),
    bulk_text("Patient Encounter Organization", NUMBERS[0], "2", "RXB", "2025-04-02", "2025-04-02"),
    bulk_text("Patient ServiceRequest", NUMBERS[2], "1", "RXB", "2025-03-09", ""),
    bulk_text("Task", "", "1", "RXB", "2025-03-09", "2025-03-10"),
    bulk_text("Organization", "", "3", "RXA", "2025-03-09", ""),
)
"""Bulk files are of these few, since planning the statements that read one takes longer than all the rest."""


@dataclass(frozen=True, slots=True)
class Put:
    """A file comes, new or in place of another."""

    source: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Again:
    """Bytes that the source sent before come under this name."""

    source: str
    name: str
    nth: int


@dataclass(frozen=True, slots=True)
class Forget:
    """A person lets a file no longer count."""

    source: str
    name: str


@dataclass(frozen=True, slots=True)
class Remove:
    """A file goes from the folder, which changes nothing: it was received."""

    source: str
    name: str


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the project file changes, to one of its two forms."""

    setting: str
    nth: int


Step = Put | Again | Forget | Remove | Change

SETTINGS = {
    "hospital_kind": ("acute_hospital", "virtual_ward"),
    "council_need": ("", 'need = "WORD"\n'),
    "complete_until": ("2025-03-31", "2025-04-30"),
    "mode": ("care", "planning"),
}


@st.composite
def puts(draw: st.DrawFn) -> Put:
    source = draw(st.sampled_from((*TABULAR, "hospital", "council", "clinic")))
    name = draw(st.sampled_from(NAMES))
    if source == "clinic":
        return Put(source, name, draw(st.sampled_from(BULK_TEXTS)))
    return Put(source, name, table_text(source, draw(st.lists(records(), max_size=5))))


WHERE = (st.sampled_from((*TABULAR, "clinic")), st.sampled_from(NAMES))
LATER = st.one_of(
    puts(), puts(), puts(),
    st.builds(Again, *WHERE, st.integers(0, 3)),
    st.builds(Forget, *WHERE),
    st.builds(Remove, *WHERE),
    st.builds(Change, st.sampled_from(sorted(SETTINGS)), st.integers(0, 1)),
)  # fmt: skip
histories = st.builds(
    lambda first, later: [first, *later],
    st.lists(puts(), min_size=2, max_size=5),
    st.lists(st.lists(LATER, min_size=1, max_size=3), min_size=1, max_size=2),
)
"""What happens before each build: some files, then some changes, then some more."""


@dataclass
class SmallPlace:
    """A project's folder, and all that happens to its files.

    `read` is a folder that several places share for what reading a file gave, since that depends on the file and its
    mapping alone.
    """

    folder: Path
    read: Path | None = None
    sent: dict[str, list[str]] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=lambda: {name: forms[0] for name, forms in SETTINGS.items()})
    more: str = ""
    """Further lines of the project file."""

    def path(self, source: str, name: str) -> Path:
        return self.folder / "incoming" / f"{source}_{name}"

    @property
    def text(self) -> str:
        """The project file as it stands."""
        return PROJECT.format(**self.settings) + self.more

    @property
    def project(self) -> Project:
        return project_of(self.text, self.folder, vocabulary())

    def write_project(self) -> None:
        """Put the project file into the folder, for who reads it there."""
        (self.folder / "fishplate.toml").write_text(self.text, encoding="utf-8")

    def take(self, step: Step) -> None:
        """Let it happen; what can't happen, such as forgetting a file that never came, does not."""
        match step:
            case Put(source, name, text):
                self.write(source, name, text)
            case Again(source, name, nth) if source in self.sent:
                self.write(source, name, self.sent[source][nth % len(self.sent[source])])
            case Forget(source, name):
                forget_file(self.project, source, f"incoming/{source}_{name}", "sent in error")
            case Remove(source, name):
                self.path(source, name).unlink(missing_ok=True)
            case Change(setting, nth):
                self.settings[setting] = SETTINGS[setting][nth]
            case _:
                pass

    def write(self, source: str, name: str, text: str) -> None:
        """Write a file. Its time is always another, since two writes may come within one tick of the disk's clock."""
        self.sent.setdefault(source, []).append(text)
        path = self.path(source, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        moment = 1_750_000_000 + sum(map(len, self.sent.values()))
        os.utime(path, (moment, moment))

    def build(self, *, full: bool = False) -> Summary:
        staged = self.project.build_folder / "staged"
        if self.read and not staged.exists():
            staged.parent.mkdir(parents=True, exist_ok=True)
            staged.symlink_to(self.read, target_is_directory=True)
        return build(self.project, full=full)

    def copied(self, to: Path) -> "SmallPlace":
        """The same place with all that was received and nothing that was built."""
        shutil.copytree(
            self.folder, to, ignore=shutil.ignore_patterns("staged", "published", "identified", "current", "spill")
        )
        return SmallPlace(to, self.read, self.sent, self.settings)

    def tables(self) -> dict[str, pa.Table]:
        """Every table of the last build by name, the private ones among them."""
        published = last_published(self.project.build_folder)
        assert published is not None
        files = [*published.folder.glob("*.parquet"), *published.private.glob("*.parquet")]
        found = {path.stem: pq.read_table(path) for path in sorted(files)}
        declared = {table.name for table in (*RECORD_TABLES, *IDENTITY_TABLES, *JOURNEY_TABLES)}
        assert declared <= set(found)
        return found
