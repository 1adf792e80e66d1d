"""A path as one DuckDB SQL expression over a column of JSON: the fast twin of `taking.py`.

Takes a path and the name of a JSON column whose values are valid JSON; gives the text of an expression of type
VARCHAR. Each function here has its twin in `taking.py`, under the same name, and is held to it by a differential
test. An SQL value that is written twice is bound to a name first, since an expression is evaluated where it stands.
"""

from collections.abc import Callable
from itertools import count

from fishplate.records.anchors import SEPARATOR
from fishplate.records.paths.grammar import BLANKS, Key, Pair, Path, Reference, Text, Where, Words, parse
from fishplate.records.paths.literals import quoted
from fishplate.records.paths.reference_text import CONDITIONAL, ESCAPES, LITERAL, NAMED, URN

type_of = "json_type({})".format


def sql(path: str, column: str) -> str:
    """The DuckDB expression for the text at that path of the JSON in `column`; NULL where there is none.

    `column` is the SQL name of a column of type JSON (or VARCHAR holding valid JSON; DuckDB refuses the whole query
    over one that is not, so keep those rows out). ValueError where the path can't be read.
    """
    return _Expressions(column).ends(parse(path))


class _Expressions:
    """The expressions over one column; it holds the column's name and gives each bound name once."""

    def __init__(self, column: str) -> None:
        self.record = column
        self.numbers = count(1)

    def each(self, values: str, body: Callable[[str], str]) -> str:
        """The list of what `body` makes of each value of a list."""
        name = f"v{next(self.numbers)}"
        return f"list_transform({values}, lambda {name}: {body(name)})"

    def kept(self, values: str, condition: Callable[[str], str]) -> str:
        """The values of a list that meet a condition."""
        name = f"v{next(self.numbers)}"
        return f"list_filter({values}, lambda {name}: {condition(name)})"

    def bound(self, value: str, body: Callable[[str], str]) -> str:
        """What `body` makes of one value, which is evaluated once."""
        return f"{self.each(f'[{value}]', body)}[1]"

    def ends(self, path: Path) -> str:
        """The answer of the path: the first text it ends at, or all of them joined."""
        texts = self.present(self.each(self.elements(path.steps, self.record), lambda v: self.end(path, v)))
        if path.before or path.after:
            texts = self.each(texts, lambda t: f"{quoted(path.before)} || {t} || {quoted(path.after)}")
        return f"nullif(array_to_string({texts}, {quoted(SEPARATOR)}), '')" if path.joined else f"({texts})[1]"

    def end(self, path: Path, value: str) -> str:
        """The text of one element that the path ends at."""
        match path.end:
            case Text():
                return self.text(value)
            case Pair(first, second):
                return self.pair(self.first(value, first), self.first(value, second))
            case Words(names):
                words = ", ".join(self.texts(value, (name,)) for name in names)
                return f"nullif(array_to_string(flatten([{words}]), ' '), '')"
            case Reference(kind, or_unsaid):
                return self.reference(kind, or_unsaid, value)

    def elements(self, steps: tuple[Key | Where, ...], record: str) -> str:
        """The list of every element that the steps lead to."""
        found = f"[{record}]"
        for step in steps:
            found = self.step(step, found)
        return found

    def step(self, step: Key | Where, found: str) -> str:
        """The list of the elements that one step leads to from a list of elements."""
        match step:
            case Key(name):
                return f"flatten({self.each(found, lambda v: self.spread(at(v, name)))})"
            case Where(names, text, negated):
                sign = "NOT " if negated else ""
                return self.kept(
                    found,
                    lambda v: (
                        f"{type_of(v)} = 'OBJECT' AND {sign}list_contains({self.texts(v, names)}, {quoted(text)})"
                    ),
                )

    def spread(self, value: str) -> str:
        """The elements of a JSON array, or the one value, as a list."""
        return self.bound(
            value, lambda v: f"CASE {type_of(v)} WHEN 'ARRAY' THEN json_extract({v}, '$[*]') ELSE [{v}] END"
        )

    def text(self, value: str) -> str:
        """The text that a JSON value is, if it is one."""
        string = f"trim(json_extract_string({value}, '$'), {quoted(BLANKS)})"
        whole = self.bound(
            string, lambda t: f"CASE WHEN {t} <> '' AND NOT contains({t}, {quoted(SEPARATOR)}) THEN {t} END"
        )
        return f"CASE {type_of(value)} WHEN 'VARCHAR' THEN {whole} WHEN 'BOOLEAN' THEN {string} END"

    def present(self, values: str) -> str:
        """The values of a list that are not NULL."""
        return self.kept(values, lambda v: f"{v} IS NOT NULL")

    def texts(self, value: str, names: tuple[str, ...]) -> str:
        """The list of every text at that path of keys of an object."""
        return self.present(self.each(self.elements(tuple(map(Key, names)), value), self.text))

    def first(self, value: str, name: str) -> str:
        """The first text at that key of an object."""
        return f"({self.texts(value, (name,))})[1]"

    def pair(self, first: str, second: str) -> str:
        """Both as 'first|second', or the second alone; NULL where a bar would blur which is which."""
        return self.bound(
            f"{{'first': {first}, 'second': {second}}}",
            lambda p: (
                f"CASE WHEN contains(coalesce({p}.first, {p}.second), '|') THEN NULL "
                f"ELSE coalesce({p}.first || '|', '') || {p}.second END"
            ),
        )

    def identifier(self, value: str) -> str:
        """The first identifier of an object that can be written as 'system|value'."""
        identifiers = self.elements((Key("identifier"),), value)
        pairs = self.each(identifiers, lambda i: self.pair(self.first(i, "system"), self.first(i, "value")))
        return f"({self.present(pairs)})[1]"

    def reference(self, kind: str, or_unsaid: bool, value: str) -> str:
        """What the Reference refers to, if it is of the type that is wanted."""
        if not kind:
            return self.bound(
                self.referred(self.first(value, "reference")),
                lambda r: f"coalesce({r}.text, {self.identifier(value)})",
            )
        return self.bound(
            self.referred(self.first(value, "reference")),
            lambda r: (
                f"CASE WHEN coalesce({r}.kind, {self.first(value, 'type')}, {quoted(kind if or_unsaid else '')}) "
                f"= {quoted(kind)} THEN coalesce({r}.text, {self.identifier(value)}) END"
            ),
        )

    def referred(self, reference: str) -> str:
        """The type and the one text of what a reference text refers to, as far as it says them."""
        found = "{{'kind': {}, 'text': {}}}".format
        return self.bound(
            reference,
            lambda r: (
                f"CASE WHEN {matches(r, LITERAL)} THEN {found(part(r, LITERAL, 1), address(r))} "
                f"WHEN {matches(r, CONDITIONAL)} "
                f"THEN {found(part(r, CONDITIONAL, 1), self.searched(part(r, CONDITIONAL, 2)))} "
                f"WHEN {matches(r, URN)} THEN {found('CAST(NULL AS VARCHAR)', r)} "
                f"WHEN starts_with({r}, '#') THEN {self.contained(f'substr({r}, 2)')} END"
            ),
        )

    def searched(self, token: str) -> str:
        """The 'system|value' of an identifier as a search is written."""
        for escape, meant in ESCAPES:
            token = f"replace({token}, {quoted(escape)}, {quoted(meant)})"
        return self.bound(
            token,
            lambda t: self.bound(
                f"instr({t}, '|')",
                lambda bar: (
                    f"CASE {bar} WHEN 0 THEN {t} ELSE "
                    + self.pair(f"nullif(left({t}, {bar} - 1), '')", f"nullif(substr({t}, {bar} + 1), '')")
                    + " END"
                ),
            ),
        )

    def contained(self, local: str) -> str:
        """The type and the text of a contained resource."""
        named = ", ".join(map(quoted, NAMED))
        found = self.kept(
            self.elements((Key("contained"),), self.record),
            lambda c: f"{type_of(c)} = 'OBJECT' AND list_contains({self.texts(c, ('id',))}, {local})",
        )
        return self.bound(
            f"({found})[1]",
            lambda c: self.bound(
                self.first(c, "resourceType"),
                lambda kind: (
                    f"{{'kind': {kind}, 'text': coalesce({self.identifier(c)}, CASE WHEN {kind} IN ({named}) "
                    f"THEN {self.pair('CAST(NULL AS VARCHAR)', self.first(c, 'name'))} END)}}"
                ),
            ),
        )


def at(value: str, name: str) -> str:
    """What stands at a key of a JSON object; NULL where it is no object or has no such key."""
    path = quoted(f'$."{name}"')
    return f"json_extract({value}, {path})"


def matches(text: str, pattern: str) -> str:
    """Whether the whole text matches the expression."""
    return f"regexp_full_match({text}, {quoted(pattern)})"


def part(text: str, pattern: str, group: int) -> str:
    """One group of the expression, which matches the whole text."""
    return f"regexp_extract({text}, {quoted(f'^(?:{pattern})$')}, {group})"


def address(reference: str) -> str:
    """The 'Type/id' of a literal reference."""
    return f"{part(reference, LITERAL, 1)} || '/' || {part(reference, LITERAL, 2)}"
