"""What this machine says about how Fishplate runs, and nothing about what it computes: the only reader of os.environ.

Takes the variables whose names begin with FISHPLATE_ and gives one frozen `Environment`. Refuses a misspelt variable,
with the one that was likely meant, since a setting that is silently ignored is worse than none.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from fishplate.settings.faults import FaultsFound, did_you_mean, one_of, quoted
from fishplate.settings.files import memory_trouble

PREFIX = "FISHPLATE_"
WHERE = "the environment"

_OF_THE_TESTS = ("FISHPLATE_NO_SKIPS",)
"""Variables that the tests read; they mean nothing here and are no mistake."""


@dataclass(frozen=True, slots=True)
class Environment:
    """How Fishplate runs on this machine."""

    host: str = "127.0.0.1"
    """Address the pages are served on (FISHPLATE_HOST)."""
    port: int = 8480
    """Port the pages are served on (FISHPLATE_PORT)."""
    threads: int = 0
    """Threads the engine may use; 0 leaves it to the engine (FISHPLATE_THREADS)."""
    memory_limit: str = ""
    """Memory the engine may use instead of what the project says (FISHPLATE_MEMORY_LIMIT)."""


def read_environment(variables: Mapping[str, str] | None = None) -> Environment:
    """The environment of this process, or of the variables given. Raises `ProjectFaults` with every fault at once."""
    given = os.environ if variables is None else variables
    faults = FaultsFound(WHERE)
    known = tuple(PREFIX + name for name in ("HOST", "PORT", "THREADS", "MEMORY_LIMIT"))
    for name in given:
        if name.startswith(PREFIX) and name not in (*known, *_OF_THE_TESTS):
            faults.add((name,), "there is no such variable", one_of(known), did_you_mean(name, known))
    usual = Environment()
    environment = Environment(
        host=given.get(f"{PREFIX}HOST", "") or usual.host,
        port=_whole(given, f"{PREFIX}PORT", usual.port, range(1, 65536), faults),
        threads=_whole(given, f"{PREFIX}THREADS", usual.threads, range(1025), faults),
        memory_limit=_memory(given, f"{PREFIX}MEMORY_LIMIT", faults),
    )
    faults.refuse()
    return environment


def _whole(given: Mapping[str, str], name: str, usual: int, allowed: range, faults: FaultsFound) -> int:
    text = given.get(name, "").strip()
    if not text:
        return usual
    if text.isascii() and text.isdigit() and len(text) <= 9 and int(text) in allowed:
        return int(text)
    faults.add((name,), f"{quoted(text)} can't be used", f"a whole number from {allowed[0]} to {allowed[-1]}")
    return usual


def _memory(given: Mapping[str, str], name: str, faults: FaultsFound) -> str:
    text = given.get(name, "").strip()
    if text and (trouble := memory_trouble(text)):
        faults.add((name,), *trouble)
    return text
