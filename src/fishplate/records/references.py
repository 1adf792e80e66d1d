"""How texts that refer are put together: whom a record is about, and which entry of the directory it names.

Takes the texts that paths give (`records.paths`), already one for each reference and joined by SEPARATOR where a cell
holds several; gives the identity text of `records/anchors.py`, or the texts that are looked up among the aliases of
organisations and services. Each rule stands twice, in plain Python (the oracle) and as DuckDB SQL, and is held
together by a differential test.

One text is composed in this way (`anchor_of`, `reference_of`):

1. `https://fhir.nhs.uk/Id/nhs-number|N` becomes `nhs|<ten digits>`; where N is no NHS number it is left out, since a
   wrong number must not make one person of two. (`anchor_of` only.)
2. `https://fhir.nhs.uk/Id/ods-organization-code|X` becomes `X`, as CSV files and projects write the code.
   (`reference_of` only.)
3. Another text with a `|` is 'system|value', the same for all sources, and stays. The systems `nhs` and `born` are
   ours, so that a text beginning with them goes by rule 4.
4. Any other text (`Patient/1`, `urn:uuid:...`, an identifier without a system) is meaningful inside its source only
   and becomes `<source>#|<text>`.

An identity is: the NHS number the record's own field gives, NHS numbers among the anchors, the other anchors in
their order, then `born|<YYYY-MM-DD>`; each once, joined by SEPARATOR. A date of birth alone names nobody.
"""

from collections.abc import Callable

from fishplate.care.people import NHS_NUMBER_SYSTEM, nhs_number
from fishplate.records.anchors import BORN, NHS, SEPARATOR, anchor, join
from fishplate.records.paths.literals import quoted

SCOPED = "{source}"
"""Stands as `Field.system` where a field's texts are references, composed as this file says."""

ODS_SYSTEMS = ("https://fhir.nhs.uk/Id/ods-organization-code", "https://fhir.nhs.uk/id/ods-organization-code")
"""The identifier system of ODS codes, and the spelling that NHS England's own booking and referral examples use."""


def anchor_of(text: str, source: str) -> str | None:
    """One text as an anchor of a person; None where it is an NHS number that can't be one."""
    system, bar, value = text.partition("|")
    if bar and system == NHS_NUMBER_SYSTEM:
        number = nhs_number(value)
        return anchor(NHS, number) if number else None
    return text if bar and system not in (NHS, BORN) else anchor(f"{source}#", text)


def reference_of(text: str, source: str) -> str:
    """One text as it is looked up among the aliases of the directory."""
    system, bar, value = text.partition("|")
    if bar and system in ODS_SYSTEMS:
        return value
    return text if bar and system not in (NHS, BORN) else anchor(f"{source}#", text)


def compose_identity(
    cells: tuple[str | None, ...], source: str, number: str | None = None, born_on: str | None = None
) -> str | None:
    """The identity text of a record; None where it names nobody.

    `cells` hold texts joined by SEPARATOR. `number` is an NHS number that has been checked (ten digits), `born_on` a
    date as YYYY-MM-DD.
    """
    anchors = [found for text in _texts(cells) if (found := anchor_of(text, source))]
    own = [anchor(NHS, number)] if number else []
    mark = anchor(NHS, "")
    ordered = [*own, *(a for a in anchors if a.startswith(mark)), *(a for a in anchors if not a.startswith(mark))]
    if not ordered:
        return None
    return join(tuple(dict.fromkeys([*ordered, *([anchor(BORN, born_on)] if born_on else [])])))


def compose_references(cells: tuple[str | None, ...], source: str) -> str | None:
    """The aliases of an entry of the directory, each once, joined by SEPARATOR; or one reference to such an entry."""
    return SEPARATOR.join(dict.fromkeys(reference_of(text, source) for text in _texts(cells))) or None


def _texts(cells: tuple[str | None, ...]) -> list[str]:
    """Every text of the cells."""
    return [text for cell in cells if cell for text in cell.split(SEPARATOR) if text]


def identity_sql(
    cells: tuple[str, ...],
    source: str,
    number_of: Callable[[str], str],
    number: str = "NULL",
    born_on: str = "NULL",
) -> str:
    """`compose_identity` as a DuckDB expression over expressions of the cells, the NHS number and the date of birth.

    `source` is the source's name (a text, not SQL). `number_of` gives, for an SQL text, the expression for the ten
    digits of the NHS number it is, or NULL; `number` is such an expression for the record's own field. `born_on` is
    of type VARCHAR, as YYYY-MM-DD.
    """
    ours, born_mark = quoted(anchor(NHS, "")), quoted(anchor(BORN, ""))
    value = f"substr(t, {len(NHS_NUMBER_SYSTEM) + 2})"
    stated = f"WHEN starts_with(t, {quoted(NHS_NUMBER_SYSTEM + '|')}) THEN {ours} || {number_of(value)}"
    found = f"list_prepend({ours} || {number}, {_each(cells, f'CASE {stated} {_scoped(source)} END')})"
    numbers = f"list_filter(f, lambda t: starts_with(t, {ours}))"
    others = f"list_filter(f, lambda t: NOT starts_with(t, {ours}))"
    in_order = f"list_transform([{found}], lambda f: list_concat({numbers}, {others}))[1]"
    with_born = f"CASE WHEN len(a) > 0 THEN list_append(a, {born_mark} || {born_on}) END"
    return _once(f"list_transform([{in_order}], lambda a: {with_born})[1]")


def references_sql(cells: tuple[str, ...], source: str) -> str:
    """`compose_references` as a DuckDB expression over expressions of the cells."""
    systems = " OR ".join(f"starts_with(t, {quoted(system + '|')})" for system in ODS_SYSTEMS)
    bare = f"substr(t, {len(ODS_SYSTEMS[0]) + 2})"
    return _once(_each(cells, f"CASE WHEN {systems} THEN {bare} {_scoped(source)} END"))


def _each(cells: tuple[str, ...], body: str) -> str:
    """The list of what `body` makes of every text `t` of the cells."""
    joined = f"concat_ws({quoted(SEPARATOR)}, {', '.join(cells)})" if cells else "''"
    texts = f"list_filter(string_split({joined}, {quoted(SEPARATOR)}), lambda t: t <> '')"
    return f"list_transform({texts}, lambda t: {body})"


def _scoped(source: str) -> str:
    """The branches of rules 3 and 4 for the text `t`."""
    ours = " OR ".join(f"starts_with(t, {quoted(anchor(system, ''))})" for system in (NHS, BORN))
    return f"WHEN contains(t, '|') AND NOT ({ours}) THEN t ELSE {quoted(anchor(source + '#', ''))} || t"


def _once(texts: str) -> str:
    """A list of texts, each once in the order of its first place, joined; NULL where there is none."""
    unique = "list_filter(l, lambda t, place: t IS NOT NULL AND list_position(l, t) = place)"
    return f"list_transform([{texts}], lambda l: nullif(array_to_string({unique}, {quoted(SEPARATOR)}), ''))[1]"
