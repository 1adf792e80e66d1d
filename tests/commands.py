"""A command of `fishplate` in a process of its own, as a person runs it: its exit code and what it said where."""

import os
import subprocess
import sys

from tests.conftest import REPOSITORY

FISHPLATE = (sys.executable, "-c", "from fishplate.cli.app import main; main()")
"""The program, whether or not the package is installed."""


def environment(**more: str) -> dict[str, str]:
    """The environment of this process with the package within reach."""
    return {**os.environ, "PYTHONPATH": str(REPOSITORY / "src"), **more}


def fishplate(*words: object, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; further names are variables of its environment."""
    return subprocess.run(
        [*FISHPLATE, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
        env=environment(**more),
    )


def started(*words: object) -> subprocess.Popen[bytes]:
    """Start a command and do not wait for it."""
    return subprocess.Popen(
        [*FISHPLATE, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    )
