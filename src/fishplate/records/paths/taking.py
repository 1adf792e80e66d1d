"""A path read in plain Python over one decoded record: the oracle of `querying.py`.

Takes what `orjson.loads` gives (dicts, lists, strings, numbers, booleans, None) and gives the text or None; it never
raises on any record. What a path means is in `grammar.py`.
"""

import re
from collections.abc import Iterator

from fishplate.records.anchors import SEPARATOR
from fishplate.records.paths.grammar import BLANKS, Key, Pair, Path, Reference, Text, Where, Words, parse
from fishplate.records.paths.reference_text import CONDITIONAL, ESCAPES, LITERAL, NAMED, URN

_LITERAL = re.compile(LITERAL)
_CONDITIONAL = re.compile(CONDITIONAL)
_URN = re.compile(URN)


def take(path: str, record: object) -> str | None:
    """The text that stands at that path of the record, or None where there is none.

    `path` is a path text (grammar.py; ValueError where it can't be read), `record` a decoded JSON value.
    """
    read = parse(path)
    texts = (f"{read.before}{text}{read.after}" for text in _ends(read, record))
    return (SEPARATOR.join(texts) or None) if read.joined else next(texts, None)


def _ends(path: Path, record: object) -> Iterator[str]:
    """Every text the path ends at, in the order of the record."""
    for element in _elements(path.steps, record):
        match path.end:
            case Text():
                found = _text(element)
            case Pair(first, second):
                found = _pair(_first(element, first), _first(element, second))
            case Words(names):
                found = " ".join(text for name in names for text in _texts(element, name)) or None
            case Reference():
                found = _reference(path.end, element, record)
        if found is not None:
            yield found


def _elements(steps: tuple[Key | Where, ...], record: object) -> list[object]:
    """Every element that the steps lead to."""
    found = [record]
    for step in steps:
        match step:
            case Key(name):
                found = [e for value in found if isinstance(value, dict) for e in _spread(value.get(name))]
            case Where(names, text, negated):
                keys = tuple(Key(name) for name in names)
                found = [
                    value
                    for value in found
                    if isinstance(value, dict) and (text in map(_text, _elements(keys, value))) is not negated
                ]
    return found


def _spread(value: object) -> list[object]:
    """The elements of a list, or the one value."""
    return value if isinstance(value, list) else [value]


def _text(value: object) -> str | None:
    """The text that a JSON value is, if it is one."""
    if isinstance(value, bool):
        return "true" if value else "false"
    trimmed = value.strip(BLANKS) if isinstance(value, str) else ""
    return trimmed if trimmed and SEPARATOR not in trimmed else None


def _texts(value: object, name: str) -> Iterator[str]:
    """Every text at that key of an object."""
    found = _spread(value.get(name)) if isinstance(value, dict) else []
    return (text for text in map(_text, found) if text is not None)


def _first(value: object, name: str) -> str | None:
    """The first text at that key of an object."""
    return next(_texts(value, name), None)


def _pair(first: str | None, second: str | None) -> str | None:
    """Both as 'first|second', or the second alone; None where a bar would blur which is which."""
    if second is None or "|" in (second if first is None else first):
        return None
    return second if first is None else f"{first}|{second}"


def _identifier(value: object) -> str | None:
    """The first identifier of an object that can be written as 'system|value'."""
    found = (_pair(_first(i, "system"), _first(i, "value")) for i in _elements((Key("identifier"),), value))
    return next((text for text in found if text is not None), None)


def _reference(end: Reference, value: object, record: object) -> str | None:
    """What the Reference refers to, if it is of the type that is wanted."""
    kind, text = _referred(_first(value, "reference") or "", record)
    kind = kind or _first(value, "type")
    if end.kind and (kind != end.kind if kind else not end.or_unsaid):
        return None
    return text or _identifier(value)


def _referred(reference: str, record: object) -> tuple[str | None, str | None]:
    """The type and the one text of what a reference text refers to, as far as it says them."""
    if literal := _LITERAL.fullmatch(reference):
        return literal[1], f"{literal[1]}/{literal[2]}"
    if conditional := _CONDITIONAL.fullmatch(reference):
        return conditional[1], _searched(conditional[2])
    if _URN.fullmatch(reference):
        return None, reference
    if reference.startswith("#"):
        return _contained(reference[1:], record)
    return None, None


def _searched(token: str) -> str | None:
    """The 'system|value' of an identifier as a search is written (FHIR R4 3.1.1.4.10, token)."""
    for escape, meant in ESCAPES:
        token = token.replace(escape, meant)
    system, bar, value = token.partition("|")
    return _pair(system or None, value or None) if bar else token


def _contained(local: str, record: object) -> tuple[str | None, str | None]:
    """The type and the text of a contained resource."""
    steps = (Key("contained"), Where(("id",), local))
    found = next(iter(_elements(steps, record)), None) if local else None
    kind = _first(found, "resourceType")
    return kind, _identifier(found) or (_pair(None, _first(found, "name")) if kind in NAMED else None)
