"""Everything Fishplate can say no with, drawn as one tree, with one table of exit codes.

    FishplateError
      ProjectFaults      the project file is wrong: every fault found, none left for the next run   exit 2
      SourceUnreadable   a file as a whole can't be read (its rows are reported, not raised)        exit 3
      BuildStopped       a build could not finish; the last good one stays                          exit 4
      NotAllowed         the purpose or the relationship does not allow it; the refusal is audited  exit 5
      ChainBroken        the audit chain does not verify                                            exit 6

A message says what is wrong, where, what was expected and what to do next, and never a value that could
identify a person.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in something a person wrote: where it is, what is wrong, what was expected, what to do next."""

    file: str
    key: str
    wrong: str
    expected: str
    suggestion: str = ""

    def __str__(self) -> str:
        """The fault in one line, as it is printed."""
        hint = f" {self.suggestion}" if self.suggestion else ""
        return f"{self.file}: {self.key}: {self.wrong}; expected {self.expected}.{hint}"


class FishplateError(Exception):
    """Something went wrong that a person can act on."""

    exit_code = 1


class ProjectFaults(FishplateError):
    """The project file is wrong; `faults` holds every fault that was found."""

    exit_code = 2

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class SourceUnreadable(FishplateError):
    """A file as a whole can't be read; the other files go on."""

    exit_code = 3


class BuildStopped(FishplateError):
    """A build could not finish; the last good build stays as it was."""

    exit_code = 4


class NotAllowed(FishplateError):
    """The purpose or the relationship does not allow what was asked; the refusal is in the audit."""

    exit_code = 5


class ChainBroken(FishplateError):
    """The audit chain does not verify: an entry was changed, removed or put in."""

    exit_code = 6
