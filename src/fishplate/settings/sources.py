"""The sources of a project, read with every fault noted: where the files are, how they are written, when complete.

Takes one part of the file for each source; gives `Source` values. What fills which field is read in `mapping.py`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from fishplate.settings.checking import column_trouble, missing_columns
from fishplate.settings.faults import quoted
from fishplate.settings.files import (
    Trouble,
    delimiter_trouble,
    encoding_trouble,
    name_trouble,
    path_trouble,
    quote_trouble,
    zone_trouble,
)
from fishplate.settings.mapping import Surroundings, read_conditions, read_tables
from fishplate.settings.part import Part
from fishplate.settings.project import Hole, Source
from fishplate.settings.vocabulary import FormatWord, Vocabulary

_COLUMNED = ("delimiter", "quote", "columns", "tables")
"""Keys for files that have columns; a format that brings its own tables can't have them."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What the rest of the project says that its sources depend on."""

    vocabulary: Vocabulary
    zone: str
    service_kinds: tuple[str, ...]
    organisations: tuple[str, ...]
    """Those the project lists."""
    more_organisations: bool
    """True where a source may bring organisations that the project does not list."""


def read_source(part: Part, shared: Shared) -> Source:
    """One source, and every fault in it."""
    form = _read_format(part, shared.vocabulary)
    name = checked(part, "name", name_trouble, required=True)
    if name in shared.vocabulary.reserved_systems:
        part.fault("name", f"{quoted(name)} is kept for identifiers", "another name")
    around = _read_surroundings(part, shared)
    from_on, until_on = _read_complete(part)
    delimiter = checked(part, "delimiter", delimiter_trouble, ",")
    source = Source(
        name=name,
        format=form.name if form else "",
        path=checked(part, "path", path_trouble, required=True),
        organisation=around.organisation,
        service_kind=around.service_kind,
        encoding=checked(part, "encoding", encoding_trouble, "utf-8"),
        blank=part.texts("blank"),
        delimiter=delimiter,
        quote=checked(part, "quote", lambda quote: quote_trouble(quote, delimiter), '"'),
        columns=_read_columns(part),
        zone=around.zone,
        complete_from_on=from_on,
        complete_until_on=until_on,
        holes=tuple(_read_holes(part, from_on, until_on)),
        leave_out=tuple(read_conditions(part, "leave_out")),
        tables=tuple(read_tables(part.part("tables"), around)),
    )
    _suit(part, source, form)
    part.close()
    return source


def checked(
    part: Part, key: str, trouble: Callable[[str], Trouble | None], default: str = "", *, required: bool = False
) -> str:
    """The text at a key, having noted what is wrong with it."""
    value = part.text(key, default, required=required)
    given = isinstance(part.get(key), str) and not (required and not value.strip())
    if given and (found := trouble(value)):
        part.fault(key, *found)
    return value


def _read_format(part: Part, vocabulary: Vocabulary) -> FormatWord | None:
    return vocabulary.format(part.word("format", [each.name for each in vocabulary.formats], required=True))


def _read_surroundings(part: Part, shared: Shared) -> Surroundings:
    return Surroundings(
        vocabulary=shared.vocabulary,
        organisation=part.word("organisation", shared.organisations),
        service_kind=part.word("service_kind", shared.service_kinds),
        zone=checked(part, "zone", zone_trouble, shared.zone),
        service_kinds=shared.service_kinds,
        organisations=() if shared.more_organisations else shared.organisations,
    )


def _read_columns(part: Part) -> tuple[str, ...]:
    columns = part.texts("columns")
    for column in sorted({column for column in columns if columns.count(column) > 1}):
        part.fault("columns", f"{quoted(column)} stands twice", "each column's name once")
    return columns


def _read_complete(part: Part) -> tuple[date | None, date | None]:
    """The first and the last day the source is complete for."""
    from_on, until_on = part.day("complete_from"), part.day("complete_until")
    if from_on and until_on and until_on < from_on:
        part.fault("complete_until", f"{until_on} is before complete_from", f"{from_on} or a later day")
    return from_on, until_on


def _read_holes(part: Part, from_on: date | None, until_on: date | None) -> Iterator[Hole]:
    """Each hole in what the source is complete for, in order of time."""
    holes: list[tuple[Hole, Part]] = []
    for item in part.parts("holes"):
        first, last, why = item.day("from", required=True), item.day("until", required=True), item.text("why")
        item.close()
        if not first or not last:
            continue
        if last < first:
            item.fault("until", f"{last} is before {first}", f"{first} or a later day")
        if (from_on and first < from_on) or (until_on and last > until_on):
            wrong = f"{first} to {last} lies outside the days the source is complete for"
            item.fault("", wrong, f"days from {from_on or 'the start'} to {until_on or 'the end'}")
        holes.append((Hole(first, last, why), item))
    holes.sort(key=lambda hole: (hole[0].from_on, hole[0].until_on))
    for (one, _), (other, item) in pairwise(holes):
        if other.from_on <= one.until_on:
            item.fault("", f"it overlaps the hole from {one.from_on} to {one.until_on}", "each missing day once")
    yield from (hole for hole, _ in holes)


def _suit(part: Part, source: Source, form: FormatWord | None) -> None:
    """Note what does not go with the format, and columns the source names that it says its files lack."""
    if form and form.brings_tables:
        for key in _COLUMNED:
            if part.has(key):
                part.fault(key, f"{form.name} says by itself what fills what", f"no {key} here", "Leave it out.")
    elif form and not part.values.get("tables"):
        part.fault("tables", "it fills no table", "a part such as [sources.tables.legs] below the source")
    for missing in missing_columns(source, source.columns) if source.columns else ():
        part.faults.add((*part.at, *missing.key), *column_trouble(missing.column, source.columns))
