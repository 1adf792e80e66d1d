"""Reads `fishplate.toml`: gives the whole `Project`, or refuses with every fault there is in it.

Takes the path of the file, or of its folder, and the words it may use (`Vocabulary`). `project_of` is the pure half:
text in, project out. Rule of this file: a fault never stops the reading, so that nobody mends one to meet the next.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from fishplate.care.hours import parse_watched_hours
from fishplate.errors import Fault, ProjectFaults
from fishplate.settings.faults import NAMED_BY, FaultsFound, KeyPath, quoted
from fishplate.settings.files import memory_trouble, namespace_trouble, zone_trouble
from fishplate.settings.part import Part
from fishplate.settings.project import OrganisationEntry, Project, ServiceEntry, WorkerEntry
from fishplate.settings.sources import Shared, checked, read_source
from fishplate.settings.vocabulary import Vocabulary

PROJECT_FILE = "fishplate.toml"
"""The one file that makes a folder a project."""

_DEFAULTS = Project(Path(), name="", place="")
"""What holds where the file is silent."""

_TOKEN_HASH = re.compile(r"scrypt:[0-9a-f]{32,}:[0-9a-f]{64}")
_KIND_CODE = re.compile(r"[a-z][a-z0-9_]*")
_AT = re.compile(r" \(at line (\d+), column (\d+)\)$")


def read_project(path: Path, vocabulary: Vocabulary) -> Project:
    """Read a project from its file or its folder. Raises `ProjectFaults` with every fault at once."""
    file = path / PROJECT_FILE if path.is_dir() else path
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        wrong = f"byte {fault.start + 1} is not UTF-8"
        raise _refusal(file.name, wrong, "a file saved as UTF-8", "Save it again as UTF-8 in your editor.") from None
    except (OSError, ValueError):
        wrong = "there is no such file, or it can't be opened"
        raise _refusal(file.name, wrong, "a project's file", "`fishplate init` writes one to start from.") from None
    return project_of(text, file.absolute().parent, vocabulary, file.name)


def project_of(text: str, folder: Path, vocabulary: Vocabulary, file: str = PROJECT_FILE) -> Project:
    """The project that a text of TOML describes. Raises `ProjectFaults` with every fault at once."""
    document = _document(text, file)
    faults = FaultsFound(file, text, document)
    project = _project(Part(document, (), faults), folder, vocabulary)
    faults.refuse()
    return project


def _refusal(file: str, wrong: str, expected: str, suggestion: str = "") -> ProjectFaults:
    return ProjectFaults((Fault(file, "the file", wrong, expected, suggestion),))


def _document(text: str, file: str) -> Mapping[str, object]:
    """The text as TOML; a fault of syntax is the one kind that hides all others."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        words = str(fault)
        if place := _AT.search(words):
            wrong = f"{words[: place.start()]} at column {place[2]}"
            raise _refusal(f"{file}:{place[1]}", wrong, "TOML", _syntax_hint(text, int(place[1]))) from None
        raise _refusal(file, words.removesuffix(" (at end of document)") + " at the end", "TOML") from None
    except (ValueError, RecursionError):
        raise _refusal(file, "it holds a number too long, or brackets too deep, to be read", "TOML") from None


def _syntax_hint(text: str, line: int) -> str:
    written = text.split("\n")[line - 1]
    if any(curly in written for curly in "“”‘’"):
        return "Use straight quotation marks."
    if '"' in written and "\\" in written:
        return "Write a backslash twice, or use single quotation marks."
    return "Texts need quotation marks; dates and numbers none."


def _project(top: Part, folder: Path, vocabulary: Vocabulary) -> Project:
    part = top.part("project")
    if not part.exists and not top.values.get("project"):
        top.fault("project", "it is missing", "a part that begins with [project]")
    zone = checked(part, "zone", zone_trouble, _DEFAULTS.zone)
    own_kinds = _read_service_kinds(top.part("service_kinds"), vocabulary)
    kinds = (*vocabulary.service_kinds, *(code for code, _ in own_kinds))
    organisations = tuple(_read_organisation(each, vocabulary) for each in top.parts("organisations"))
    known = tuple(each.organisation_id for each in organisations if each.organisation_id)
    shared = Shared(vocabulary, zone, kinds, known, _brings_organisations(top, vocabulary))
    project = Project(
        folder=folder,
        name=part.text("name", required=part.exists),
        place=part.text("place", required=part.exists),
        zone=zone,
        mode=part.word("mode", vocabulary.modes, _DEFAULTS.mode),
        engine=part.word("engine", vocabulary.engines, _DEFAULTS.engine),
        suppression=part.word("suppression", vocabulary.suppressions, _DEFAULTS.suppression),
        memory_limit=checked(part, "memory_limit", memory_trouble, _DEFAULTS.memory_limit),
        service_kinds=own_kinds,
        join_standards=part.texts("join_standards"),
        sources=tuple(read_source(each, shared) for each in top.parts("sources")),
        organisations=organisations,
        services=tuple(_read_service(each, shared) for each in top.parts("services")),
        workers=tuple(_read_worker(each, known) for each in top.parts("workers")),
    )
    part.close()
    top.close()
    _refuse_twins(top)
    return project


def _read_service_kinds(part: Part, vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    kinds = tuple((code, part.text(code, required=True)) for code in part.values)
    for code, _ in kinds:
        if code in vocabulary.service_kinds:
            part.fault(code, f"{quoted(code)} is a standard service kind already", "a code of the project's own")
        elif not _KIND_CODE.fullmatch(code):
            part.fault(code, f"{quoted(code)} can't be a code", "small letters, digits and _, a letter first")
    return kinds


def _brings_organisations(top: Part, vocabulary: Vocabulary) -> bool:
    """Whether a source may bring organisations that the project does not list."""
    sources = top.get("sources")
    for source in sources if isinstance(sources, list) else []:
        if not isinstance(source, dict):
            continue
        form = vocabulary.format(str(source.get("format")))
        tables = source.get("tables")
        if (form and form.brings_tables) or (isinstance(tables, dict) and "organisations" in tables):
            return True
    return False


def _read_organisation(part: Part, vocabulary: Vocabulary) -> OrganisationEntry:
    entry = OrganisationEntry(
        organisation_id=checked(
            part, "id", lambda id_: namespace_trouble(id_, vocabulary.reserved_systems), required=True
        ),
        name=part.text("name"),
        kind=part.word("kind", vocabulary.organisation_kinds),
        place=part.text("place"),
    )
    part.close()
    return entry


def _read_service(part: Part, shared: Shared) -> ServiceEntry:
    entry = ServiceEntry(
        service_id=part.text("id", required=True),
        organisation_id=part.word("organisation", shared.organisations),
        name=part.text("name"),
        service_kind=part.word("service_kind", shared.service_kinds),
        place=part.text("place"),
        watched_hours=part.text("watched_hours"),
        phone=part.text("phone"),
    )
    if entry.watched_hours:
        for wrong in parse_watched_hours(entry.watched_hours)[1]:
            part.fault("watched_hours", wrong, "hours such as 'Mon-Fri 08:00-18:00'")
    part.close()
    return entry


def _read_worker(part: Part, organisations: tuple[str, ...]) -> WorkerEntry:
    entry = WorkerEntry(
        worker_id=part.text("id", required=True),
        name=part.text("name", required=True),
        role=part.text("role", required=True),
        organisation_id=part.word("organisation", organisations, required=True),
        token_hash=part.text("token_hash"),
    )
    if entry.token_hash and not _TOKEN_HASH.fullmatch(entry.token_hash):
        hint = "If it is the token itself, make a new one: it has been written down."
        part.fault("token_hash", "it is not a sealed token", "one line, scrypt:SALT:DIGEST, in hexadecimal", hint)
    part.close()
    return entry


def _refuse_twins(top: Part) -> None:
    """Note every name that two members of a list share; case is no difference, since some disks see none."""
    for key, named_by in NAMED_BY.items():
        seen: dict[str, KeyPath] = {}
        for item in top.parts(key):
            name = item.values.get(named_by)
            if isinstance(name, str) and name.strip():
                first = seen.setdefault(name.casefold(), item.at)
                if first != item.at:
                    item.fault(named_by, f"{quoted(name)} is taken by {key}[{int(first[-1]) + 1}]", "a name of its own")
