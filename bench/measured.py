"""What a step took: seconds, processor seconds and the most memory of its own process, told as one line of JSON."""

import json
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of a step: seconds by the clock and of the processor, and the most memory of its process."""

    seconds: float
    processor_seconds: float
    peak_megabytes: int
    answer: str


def peak_megabytes() -> int:
    """The most memory this process has held. Linux counts a parent's peak as the child's own everywhere but here."""
    status = Path("/proc/self/status")
    if status.exists():
        kilobytes = next(line.split()[1] for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM"))
        return int(kilobytes) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@contextmanager
def measuring() -> Iterator[list[object]]:
    """Measure what is done inside, and print what it took; the step's answer is appended to the list given."""
    told: list[object] = []
    began, began_processor = time.perf_counter(), time.process_time()
    yield told
    took = Measured(
        seconds=time.perf_counter() - began,
        processor_seconds=time.process_time() - began_processor,
        peak_megabytes=peak_megabytes(),
        answer=str(told[-1])[:200],
    )
    print(json.dumps(asdict(took)))
