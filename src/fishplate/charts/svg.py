"""SVG as text: elements with their attributes escaped, and the few colours every chart shares.

Takes names, attributes and children; gives text that may stand in an HTML page as it is. No style attribute is ever
written, so that a strict Content-Security-Policy holds; colours are presentation attributes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

INK = "#22303c"
SOFT_INK = "#52606b"
HAIRLINE = "#d5d2c8"
PAPER = "#ffffff"
ONWARD = "#1d6a64"
BACK = "#8a5a83"
CARE = "#3c7f78"
UNPAID = "#b8682a"
COMMUNITY = "#7d7a2c"
GAP = "#a8323a"

SMALL_TEXT = 13
TEXT = 15

Attributes = Mapping[str, str | float | int]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing and its sentence: the SVG text, and what it shows in words for whoever can't see it."""

    svg: str
    sentence: str


def tag(name: str, attributes: Attributes, *children: str) -> str:
    """One element; children are markup already. An underscore in an attribute's name stands for a hyphen."""
    written = "".join(f' {key.replace("_", "-")}="{_value(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def words(text: str, x: float, y: float, **attributes: str | float) -> str:
    """A line of text at a point; its font is the page's own."""
    return tag("text", {"x": x, "y": y, "fill": INK, "font_size": TEXT, **attributes}, escape(text))


def drawing(width: float, height: float, sentence: str, *children: str, kind: str) -> str:
    """A whole drawing that scales to its column; `kind` is its class in the style sheet."""
    attributes = {
        "viewBox": f"0 0 {_value(width)} {_value(height)}",
        "role": "img",
        "class": f"chart {kind}",
        "aria-label": sentence,
        "preserveAspectRatio": "xMidYMin meet",
        "focusable": "false",
    }
    return tag("svg", attributes, *children)


def wrapped(text: str, letters: int) -> list[str]:
    """The text in lines of about that many letters, broken between words."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def _value(value: str | float | int) -> str:
    if isinstance(value, str):
        return escape(value, quote=True)
    return f"{value:.1f}".rstrip("0").rstrip(".")
