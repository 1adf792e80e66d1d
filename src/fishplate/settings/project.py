"""A project as frozen values: what `fishplate.toml` says, once it has been read and found without fault.

Nothing here reads a file. `settings/reading.py` makes these values from TOML text and collects every fault;
a source format that brings its own mapping (FHIR) makes the same `TableMapping` values in code.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Field:
    """How one field of a table is filled from the cells (columns or named paths) of a record.

    The first cell that is not blank wins; `value` stands where all are blank or none is named. `time_cell` is a
    second column that holds the time of a date. `codes` turns the source's codes into ours; a code outside the
    list becomes `other`, or is a fault of the record where `other` is empty. `formats` are tried in order
    (strptime directives); none means ISO 8601. `zone` is that of times written without an offset. `system` is the
    namespace of a local identifier.
    """

    target: str
    cells: tuple[str, ...] = ()
    time_cell: str = ""
    value: str = ""
    codes: tuple[tuple[str, str], ...] = ()
    other: str = ""
    formats: tuple[str, ...] = ()
    zone: str = ""
    system: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """That a cell holds one of these texts (after trimming); `negated` turns it round."""

    cell: str
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How the records of a source fill one table; `only` says which records do."""

    table: str
    fields: tuple[Field, ...]
    only: tuple[Condition, ...] = ()

    def field(self, target: str) -> Field | None:
        """The field that fills that target, if the mapping has one."""
        return next((f for f in self.fields if f.target == target), None)


@dataclass(frozen=True, slots=True)
class Hole:
    """A stretch of local days, both ends included, for which a source lacks records, and why."""

    from_on: date
    until_on: date
    why: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One source: where its files are, how they are written, when they are complete, how they fill tables."""

    name: str
    format: str
    path: str
    organisation: str = ""
    service_kind: str = ""
    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    columns: tuple[str, ...] = ()
    """Names of the columns, for a file without a header line."""
    zone: str = "Europe/London"
    blank: tuple[str, ...] = ()
    """Texts that mean "nothing is written here", such as `NULL` or `9999-12-31`."""
    complete_from_on: date | None = None
    complete_until_on: date | None = None
    holes: tuple[Hole, ...] = ()
    leave_out: tuple[Condition, ...] = ()
    """Sensitive records that are left out before linkage."""
    tables: tuple[TableMapping, ...] = ()


@dataclass(frozen=True, slots=True)
class OrganisationEntry:
    """An organisation as the project describes it."""

    organisation_id: str
    name: str = ""
    kind: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class ServiceEntry:
    """A service as the project describes it."""

    service_id: str
    organisation_id: str = ""
    name: str = ""
    service_kind: str = ""
    place: str = ""
    watched_hours: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class WorkerEntry:
    """A worker who may open care-mode pages; `token_hash` is all that is kept of the worker's token."""

    worker_id: str
    name: str
    role: str
    organisation_id: str
    token_hash: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """A whole project: the folder, what it is called, its mode and engine, and its sources."""

    folder: Path
    name: str
    place: str
    zone: str = "Europe/London"
    mode: str = "planning"
    """`planning` (de-identified) or `care` (identified pages too, for named workers)."""
    engine: str = "duckdb"
    suppression: str = "nhs_digital_sub_national"
    memory_limit: str = "2GB"
    threads: int = 0
    """Threads the engine may use, as this machine says; 0 leaves it to the engine."""
    service_kinds: tuple[tuple[str, str], ...] = ()
    """The project's service kinds beyond the standard ones: code and meaning."""
    join_standards: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    organisations: tuple[OrganisationEntry, ...] = ()
    services: tuple[ServiceEntry, ...] = ()
    workers: tuple[WorkerEntry, ...] = field(default=())

    @property
    def build_folder(self) -> Path:
        """Where everything built from the project's sources is kept."""
        return self.folder / "build"
