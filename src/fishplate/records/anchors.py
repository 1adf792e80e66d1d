"""The identity of a record's person, as one text: its anchors, joined.

An anchor is a namespace and a value (`nhs|9434765919`, `rxx-mrn|A123`, `src#Patient|79a6`). A record names its
person by one or more of them; `born|1940-01-31` rides along to check that one number is one person. The text is
made alike by the plain-Python oracle and by the SQL compiled from a mapping: anchors in the order nhs, local ids as
declared, born, each once, joined by SEPARATOR. It stays in staged rows and care-mode stores only.
"""

SEPARATOR = "\x1f"
"""ASCII unit separator: it can't stand in an identifier, since readers turn control characters into a rejection."""

NHS = "nhs"
BORN = "born"


def anchor(namespace: str, value: str) -> str:
    """One anchor: a namespace and a value."""
    return f"{namespace}|{value}"


def join(anchors: tuple[str, ...]) -> str:
    """The identity text of a record that carries these anchors."""
    return SEPARATOR.join(anchors)


def split(identity: str) -> tuple[str, ...]:
    """The anchors of an identity text."""
    return tuple(identity.split(SEPARATOR))
