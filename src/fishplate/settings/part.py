"""One table of a project file while it is being read: typed getters that note a fault and go on.

Takes the values tomllib gives; gives texts, days and further parts, with a harmless default where a value is wrong,
so that one reading finds every fault. The keys that were asked for are the keys that are known: `close` calls
every other key unknown, and says which known one was likely meant.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from fishplate.settings.faults import FaultsFound, KeyPath, did_you_mean, one_of, quoted


@dataclass(slots=True)
class Part:
    """One table of the file, where it stands, and where its faults go."""

    values: Mapping[str, object]
    at: KeyPath
    faults: FaultsFound
    exists: bool = True
    """False where there is no such table, or no table at all, and this is an empty one in its place."""
    _asked: set[str] = field(default_factory=set)

    def fault(self, key: str, wrong: str, expected: str, suggestion: str = "") -> None:
        """Note a fault at a key of this part."""
        self.faults.add((*self.at, key) if key else self.at, wrong, expected, suggestion)

    def has(self, key: str) -> bool:
        """Whether the key is there; asking makes it a known one."""
        self._asked.add(key)
        return key in self.values

    def get(self, key: str) -> object:
        """Whatever stands at the key, or None."""
        self._asked.add(key)
        return self.values.get(key)

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        """The text at the key; `required` makes a missing or a blank one a fault."""
        value = self.get(key)
        if value is None:
            if required:
                self.fault(key, "it is missing", "a text")
            return default
        if not isinstance(value, str):
            self.fault(key, f"it is {kind_of(value)}", "a text in quotation marks")
            return default
        if required and not value.strip():
            self.fault(key, "it is blank", "a text")
        return value

    def word(self, key: str, allowed: Iterable[str], default: str = "", *, required: bool = False) -> str:
        """The text at the key, which must be one of a list."""
        words = tuple(allowed)
        value = self.text(key, default, required=required)
        if value != default and value not in words:
            hint = did_you_mean(value, words)
            self.fault(key, f"{quoted(value)} is not known", one_of(words, hint), hint)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of texts at the key, each not blank."""
        value = self.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.fault(key, f"it is {kind_of(value)}", 'a list of texts, such as ["one", "two"]')
            return ()
        for place, item in enumerate(value):
            if not isinstance(item, str) or not item.strip():
                wrong = "it is blank" if isinstance(item, str) else f"it is {kind_of(item)}"
                self.faults.add((*self.at, key, place), wrong, "a text in quotation marks")
        return tuple(item for item in value if isinstance(item, str))

    def day(self, key: str, *, required: bool = False) -> date | None:
        """The date at the key."""
        value = self.get(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if value is not None:
            hint = "Write it without quotation marks." if isinstance(value, str) else ""
            self.fault(key, f"it is {kind_of(value)}", "a date, such as 2025-03-31", hint)
        elif required:
            self.fault(key, "it is missing", "a date, such as 2025-03-31")
        return None

    def part(self, key: str) -> "Part":
        """The table at the key; an empty one where there is none."""
        value = self.get(key)
        if value is not None and not isinstance(value, dict):
            self.fault(key, f"it is {kind_of(value)}", f"a table, begun with [{key}] or written in curly brackets")
        exists = isinstance(value, dict)
        return Part(value if isinstance(value, dict) else {}, (*self.at, key), self.faults, exists)

    def parts(self, key: str) -> Iterator["Part"]:
        """The tables of the list at the key."""
        value = self.get(key)
        if value is not None and not isinstance(value, list):
            doubled = f"Write [[{key}]] with two brackets." if isinstance(value, dict) and not self.at else ""
            self.fault(key, f"it is {kind_of(value)}", "a list of tables", doubled)
        for place, item in enumerate(value if isinstance(value, list) else []):
            at = (*self.at, key, place)
            if isinstance(item, dict):
                yield Part(item, at, self.faults)
            else:
                self.faults.add(at, f"it is {kind_of(item)}", "a table in curly brackets")

    def close(self) -> None:
        """Call every key that nobody asked for unknown."""
        for key in self.values:
            if key not in self._asked:
                hint = did_you_mean(key, self._asked - set(self.values)) or did_you_mean(key, self._asked)
                self.fault(key, "there is no such key here", one_of(sorted(self._asked), hint), hint)


def kind_of(value: object) -> str:
    """What sort of TOML value it is, in words."""
    kinds: tuple[tuple[type, str], ...] = (
        (bool, "true or false"),
        (str, "a text"),
        (int, "a whole number"),
        (float, "a number"),
        (datetime, "a date with a time"),
        (date, "a date"),
        (list, "a list"),
        (dict, "a table"),
    )
    return next((words for kind, words in kinds if isinstance(value, kind)), "a time of day")
