"""Reads a condition from text: comparisons, `in`, `is known`, `and`, `or`, `not`, brackets, and literals.

Takes the text and the columns it may name; gives the `Predicate`, and every trouble found. Texts stand in single or
double quotation marks, dates as 2025-03-31. `and` binds closer than `or`, and `not` closest. A misspelt name is
given back with the names that were known, so that whoever reports it can say which was likely meant.
Rule of this file: a wrong name or value never stops the reading; only broken grammar does.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from fishplate.expressions.predicate import (
    ALWAYS,
    AllOf,
    Always,
    AnyOf,
    ColumnKind,
    ColumnWord,
    Comparison,
    Known,
    Membership,
    Not,
    Operator,
    Predicate,
    Term,
    Value,
)

LONGEST: Final = 2000
"""Characters of a condition; a longer one belongs in a column."""
DEEPEST: Final = 20
"""Brackets and *not*s inside one another."""

TOKEN: Final = re.compile(
    r"\s*(?:(?P<text>'[^']*'|\"[^\"]*\")|(?P<day>\d{4}-\d\d-\d\d)|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*)|(?P<sign>!=|<=|>=|=|<|>|\(|\)|,))"
)
SIGNS: Final[dict[str, Operator]] = {sign: sign for sign in ("=", "!=", "<", "<=", ">", ">=")}
KEYWORDS: Final = frozenset({"and", "or", "not", "in", "is", "known", "unknown", "true", "false"})
WRITTEN: Final[dict[ColumnKind, str]] = {
    "text": "a text in quotation marks",
    "number": "a number",
    "flag": "true or false",
    "day": "a date, such as 2025-03-31",
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing wrong with a condition: what, what was expected; and a misspelt word with those that were known."""

    wrong: str
    expected: str
    word: str = ""
    known: tuple[str, ...] = ()


class Broken(Exception):
    """The grammar breaks here, so that nothing after it can be read."""

    def __init__(self, wrong: str, expected: str) -> None:
        super().__init__(wrong)
        self.trouble = Trouble(wrong, expected)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, literal or sign of a condition; an empty one stands at the end."""

    kind: str
    text: str


@dataclass(slots=True)
class Reader:
    """The condition while it is being read: what is left of it, and what is wrong so far."""

    tokens: list[Token]
    columns: dict[str, ColumnWord]
    troubles: list[Trouble] = field(default_factory=list)
    place: int = 0

    @property
    def next(self) -> Token:
        """The token that comes next."""
        return self.tokens[self.place]

    def take(self) -> Token:
        """The next token, which is then behind us."""
        token = self.next
        self.place += bool(token.kind)
        return token

    def took(self, text: str) -> bool:
        """Whether the next token is this word or sign; if so it is taken."""
        here = self.next.kind in ("word", "sign") and self.next.text == text
        self.place += here
        return here

    def need(self, text: str) -> None:
        """Take this word or sign, or break off."""
        if not self.took(text):
            raise Broken(f"{shown(self.next)} stands where it can't", f"{text!r}")


def parse(text: str, columns: Iterable[ColumnWord]) -> tuple[Predicate, tuple[Trouble, ...]]:
    """The condition that a text says, and all that is wrong with it; with any trouble it means nothing yet."""
    reader = Reader([], {column.name: column for column in columns})
    try:
        reader.tokens = tokens_of(text)
        term = any_of(reader, 0)
        if reader.next.kind:
            raise Broken(f"{shown(reader.next)} stands where it can't", "and, or, or the end")
    except Broken as broken:
        return ALWAYS, tuple(dict.fromkeys((*reader.troubles, broken.trouble)))
    return Predicate(text.strip(), term), tuple(dict.fromkeys(reader.troubles))


def tokens_of(text: str) -> list[Token]:
    """The words, literals and signs of a condition, and an empty token at its end."""
    if len(text) > LONGEST:
        raise Broken(f"it is {len(text)} characters long", f"at most {LONGEST}; let a column say it")
    tokens, place, end = [], 0, len(text.rstrip())
    while place < end:
        found = TOKEN.match(text, place)
        if not found or not found.lastgroup:
            raise Broken(f"{text[place:].strip()[:20]!r} can't be read", "a column, a literal or a sign")
        tokens.append(Token(found.lastgroup, found[found.lastgroup]))
        place = found.end()
    return [*tokens, Token("", "")]


def any_of(reader: Reader, depth: int) -> Term:
    """Parts joined by *or*."""
    terms = [all_of(reader, depth)]
    while reader.took("or"):
        terms.append(all_of(reader, depth))
    return terms[0] if len(terms) == 1 else AnyOf(tuple(terms))


def all_of(reader: Reader, depth: int) -> Term:
    """Parts joined by *and*."""
    terms = [part(reader, depth)]
    while reader.took("and"):
        terms.append(part(reader, depth))
    return terms[0] if len(terms) == 1 else AllOf(tuple(terms))


def part(reader: Reader, depth: int) -> Term:
    """One part: a bracket, the opposite of a part, a constant, or what is said of a column."""
    if depth > DEEPEST:
        raise Broken("it is bracketed too deep", f"at most {DEEPEST} brackets inside one another")
    if reader.took("not"):
        return Not(part(reader, depth + 1))
    if reader.took("("):
        term = any_of(reader, depth + 1)
        reader.need(")")
        return term
    if reader.next.text in ("true", "false") and reader.next.kind == "word":
        return Always(reader.take().text == "true")
    return said_of(reader, column(reader))


def column(reader: Reader) -> ColumnWord:
    """The column named next; where there is none of that name, the trouble is noted and it may hold anything."""
    token = reader.take()
    if token.kind != "word" or token.text in KEYWORDS:
        raise Broken(f"{shown(token)} stands where it can't", "the name of a column")
    if token.text not in reader.columns:
        wrong = f"there is no column {token.text!r}"
        reader.troubles.append(Trouble(wrong, "a column that is there", token.text, tuple(reader.columns)))
        return ColumnWord("", "text")
    return reader.columns[token.text]


def said_of(reader: Reader, of: ColumnWord) -> Term:
    """What is said of a column: that it is known or unknown, one of a list, or how it compares with a literal."""
    if reader.took("is"):
        if reader.took("unknown"):
            return Not(Known(of.name))
        reader.need("known")
        return Known(of.name)
    turned = reader.took("not")
    if turned or reader.next.text == "in":
        reader.need("in")
        found = Membership(of.name, listed(reader, of))
        return Not(found) if turned else found
    sign = SIGNS.get(reader.take().text)
    if sign is None:
        raise Broken(f"nothing can be made of {of.name or 'it'} here", "=, !=, <, <=, >, >=, in, or is known")
    if sign not in ("=", "!=") and of.kind in ("text", "flag"):
        reader.troubles.append(Trouble(f"{of.name or 'it'} has no order", "= or != for a text or a flag"))
    return Comparison(of.name, sign, literal(reader, of))


def listed(reader: Reader, of: ColumnWord) -> tuple[Value, ...]:
    """A list of literals in brackets."""
    reader.need("(")
    values = [literal(reader, of)]
    while reader.took(","):
        values.append(literal(reader, of))
    reader.need(")")
    return tuple(values)


def literal(reader: Reader, of: ColumnWord) -> Value:
    """A literal of the kind that the column holds; another kind, or a code it can't hold, is noted."""
    token = reader.take()
    kind, value = read_literal(token)
    if of.name and kind != of.kind:
        reader.troubles.append(Trouble(f"{of.name} can't be {shown(token)}", WRITTEN[of.kind]))
    elif of.codes and isinstance(value, str) and value not in of.codes:
        wrong = f"{of.name} is never {value!r}"
        reader.troubles.append(Trouble(wrong, "one of its codes", value, of.codes))
    return value


def read_literal(token: Token) -> tuple[ColumnKind, Value]:
    """What kind of literal it is, and its value."""
    match token.kind:
        case "text":
            return "text", token.text[1:-1]
        case "number":
            return "number", float(token.text) if "." in token.text else int(token.text)
        case "day":
            try:
                return "day", date.fromisoformat(token.text)
            except ValueError:
                raise Broken(f"there is no day {token.text}", WRITTEN["day"]) from None
        case "word" if token.text in ("true", "false"):
            return "flag", token.text == "true"
    raise Broken(f"{shown(token)} is no literal", "a text in quotation marks, a number, a date, true or false")


def shown(token: Token) -> str:
    """A token as it is told to a person."""
    return repr(token.text) if token.kind else "the end"
