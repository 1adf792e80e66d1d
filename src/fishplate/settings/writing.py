"""Writes a commented `fishplate.toml` to start from, and texts as TOML writes them.

Takes the project's name and place; gives the text of the file. The words of the file stand in `template.toml`.
"""

import json
from importlib.resources import files
from string import Template

_TEMPLATE = Template((files(__package__) / "template.toml").read_text("utf-8"))


def commented_project(name: str, place: str) -> str:
    """A project file with every key explained, and examples of sources that are commented out."""
    return _TEMPLATE.substitute(name=toml_text(name), place=toml_text(place))


def toml_text(text: str) -> str:
    """A text as TOML writes it, in quotation marks and on one line (TOML 1.0, basic strings)."""
    sound = text.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(sound, ensure_ascii=False).replace("\x7f", "\\u007f")
