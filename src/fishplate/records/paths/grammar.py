r"""What a path is, and how its text is read. The names follow FHIRPath where FHIRPath has one.

    period.start                                    a key of a key
    identifier.where(system='urn:x').value          only the elements with that text at that key
    name.where(use!='old').words(given,family)      not those with it; then texts of these keys, joined by spaces
    identifier.(system|value)                       'system|value', or the value alone where there is no system
    subject.refers_to(Patient?)                     what it refers to (below), if that is a Patient or nobody says
    id.format('Patient/{}')                         the text set into another
    identifier.(system|value).join()                every text, joined by anchors.SEPARATOR, in place of the first

*Lists.* Wherever a list stands, the path goes on into each of its elements (a list directly in a list is no element
of a record and yields nothing). Without `join()` the first text found is the answer.

*Texts.* A text is a JSON string, less the blanks at its ends, that is then not empty and does not hold SEPARATOR; or a
boolean, as 'true' or 'false'.
A number, object or null is no text and is passed over. Unlike FHIRPath, `where(use!='old')` keeps elements without
a use, since most identifiers have none. Of a key written twice in one object, which JSON leaves open (RFC 8259,
section 4), the two interpreters may read different values.

*What a Reference refers to* (FHIR R4 2.3, References between resources) is one text, alike for all who refer to it:

    Patient/1, https://host/fhir/Patient/1/_history/2  ->  Patient/1
    Patient?identifier=urn:x|7                         ->  urn:x|7      (%7C, %3A and %2F stand for | : /)
    urn:uuid:6ba7                                      ->  urn:uuid:6ba7
    #p with contained p                                ->  the first identifier of p as system|value; without one, the
                                                           name of a contained Organization, Location, HealthcareService
    else its identifier (a logical reference)          ->  system|value

The type is that which the reference text says (or `resourceType` of the contained one), else `Reference.type`.
`refers_to(Patient)` wants that type said, `refers_to(Patient?)` also takes a reference that says no type.

A text with a `|` names something alike in every source; one without is meaningful inside its source only. A system
that holds a `|`, and a value without a system that holds one, would blur that and yield nothing.
"""

import re
from dataclasses import dataclass
from functools import cache

BLANKS = " \t\r\n\u00a0"
"""What is taken off both ends of a text."""

NAME = r"[A-Za-z][A-Za-z0-9]*"
STEP = re.compile(
    rf"where\((?P<where>{NAME}(?:\.{NAME})*)(?P<sign>!?=)'(?P<value>[^']*)'\)"
    rf"|words\((?P<words>{NAME}(?:,{NAME})*)\)"
    rf"|refers_to\((?:(?P<type>{NAME})(?P<unsaid>\?)?)?\)(?P<refers>)"
    r"|format\('(?P<before>[^'{]*)\{\}(?P<after>[^']*)'\)"
    r"|(?P<join>join\(\))"
    rf"|\((?P<first>{NAME})\|(?P<second>{NAME})\)"
    rf"|(?P<key>{NAME})"
)


@dataclass(frozen=True, slots=True)
class Key:
    """Go into what stands at this key, and into each of its elements where it is a list."""

    name: str


@dataclass(frozen=True, slots=True)
class Where:
    """Go on only with objects that have this text at this path of keys (`negated`: that don't have it)."""

    names: tuple[str, ...]
    value: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """End: the text itself."""


@dataclass(frozen=True, slots=True)
class Pair:
    """End: two keys of an object as 'first|second'."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Words:
    """End: every text of these keys of an object, joined by spaces."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """End: what a Reference refers to; `kind` is the resource type wanted, empty for any."""

    kind: str = ""
    or_unsaid: bool = True


@dataclass(frozen=True, slots=True)
class Path:
    """A path that has been read: its steps, how it ends, what the text is set into, and whether all are joined."""

    steps: tuple[Key | Where, ...]
    end: Text | Pair | Words | Reference = Text()
    before: str = ""
    after: str = ""
    joined: bool = False


@cache
def parse(text: str) -> Path:
    """The path that the text says; ValueError with the place where it can't be read."""
    steps: list[Key | Where] = []
    end: Text | Pair | Words | Reference | None = None
    before = after = ""
    joined = False
    at = 0
    while True:
        step = STEP.match(text, at)
        if step is None or joined:
            raise ValueError(f"the path {text!r} can't be read from position {at}: {text[at:]!r}")
        if step["join"]:
            joined = True
        elif step["before"] is not None:
            before, after = step["before"], step["after"]
        elif end is not None or before or after:
            raise ValueError(f"the path {text!r} goes on after its end, at position {at}: {text[at:]!r}")
        elif step["key"] is not None:
            steps.append(Key(step["key"]))
        elif step["where"] is not None:
            steps.append(Where(tuple(step["where"].split(".")), step["value"], step["sign"] == "!="))
        else:
            end = _end(step)
        at = step.end()
        if at == len(text):
            return Path(tuple(steps), end or Text(), before, after, joined)
        if text[at] != ".":
            raise ValueError(f"the path {text!r} can't be read from position {at}: a dot was expected")
        at += 1


def _end(step: re.Match[str]) -> Pair | Words | Reference:
    """The end that a matched step stands for."""
    if step["words"] is not None:
        return Words(tuple(step["words"].split(",")))
    if step["refers"] is not None:
        kind = step["type"] or ""
        return Reference(kind, or_unsaid=not kind or step["unsaid"] is not None)
    return Pair(step["first"], step["second"])
