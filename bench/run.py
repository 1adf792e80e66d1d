"""What this machine can do and what Fishplate takes, side by side: `make bench`.

Makes ten million legs once, then runs each step of `steps.py` in a process of its own, several times in turn, and
prints wall-clock seconds (the least of the runs, without the start of Python), processor seconds, the most memory of
the whole process, and the ratio to its limit. The figures are also written to `bench/results/<date>.json`. A whole
build against DuckDB's own scan of the same CSV is measured by `full_build.py`.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import made_legs
import steps
from measured import Measured, measuring

from fishplate.store.duckdb import DuckDB

HERE = Path(__file__).parent
AIM_TIMES_SCAN, AIM_MEGABYTES, AIM_BUILD_TIMES_SCAN = 2.0, 300, 6.0


def do(step_name: str, folder: Path) -> None:
    """Run one step in this process, and print what it took as JSON."""
    step = steps.STEPS[step_name]
    if step.run is None:
        raise SystemExit(f"The step {step_name} is run by full_build.py.")
    with measuring() as told, DuckDB(memory_limit=step.memory_limit, spill=folder / "spill") as engine:
        told.append(step.run(engine, folder))


def measured(step_name: str, folder: Path) -> Measured:
    """Run one step in a process of its own."""
    script = "run.py" if steps.STEPS[step_name].run else "full_build.py"
    command = [sys.executable, str(HERE / script), "--step", step_name, "--folder", str(folder)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    if said.returncode:
        raise SystemExit(f"The step {step_name} failed:\n{said.stderr}")
    return Measured(**json.loads(said.stdout.splitlines()[-1]))


def best(runs: list[Measured]) -> Measured:
    """The quickest of several runs, with the most memory of any."""
    quickest = min(runs, key=lambda run: run.seconds)
    most = max(run.peak_megabytes for run in runs)
    return Measured(quickest.seconds, min(r.processor_seconds for r in runs), most, quickest.answer)


def table(results: dict[str, Measured]) -> str:
    """The results as lines of text."""
    lines = [f"{'':46}{'seconds':>9}{'processor':>11}{'peak MB':>9}  ratio"]
    for step_name, took in results.items():
        step = steps.STEPS[step_name]
        ratio = f"{took.seconds / results[step.against].seconds:5.1f} x {step.against}" if step.against else ""
        lines.append(f"{step.says:46}{took.seconds:9.2f}{took.processor_seconds:11.2f}{took.peak_megabytes:9}  {ratio}")
    return "\n".join(lines)


def verdict(results: dict[str, Measured]) -> str:
    """Whether the streaming path meets its aim, in words."""
    ours, limit = results["streamed_cube"], results["scan"]
    times = ours.seconds / limit.seconds
    build_times = results["build_csv"].seconds / results["scan_csv"].seconds
    kept = times <= AIM_TIMES_SCAN and ours.peak_megabytes < AIM_MEGABYTES
    return (
        f"The streaming path takes {times:.1f} times the scan (aim: at most {AIM_TIMES_SCAN:.0f}) and "
        f"{ours.peak_megabytes} MB (aim: under {AIM_MEGABYTES}): the aim is {'met' if kept else 'not met'}.\n"
        f"The full build takes {build_times:.1f} times the scan of its CSV (aim: at most {AIM_BUILD_TIMES_SCAN:.0f}): "
        f"the aim is {'met' if build_times <= AIM_BUILD_TIMES_SCAN else 'not met'}."
    )


def bench(folder: Path, times: int) -> None:
    """Make the legs if the folder has none, measure every step in turn, print, and keep the figures."""
    if not (folder / "unsorted.parquet").exists():
        print("Making the legs ...", flush=True)
        made_legs.make(folder)
    runs: dict[str, list[Measured]] = {name: [] for name in steps.STEPS}
    for _ in range(times):
        for step_name in steps.STEPS:
            print(f"  {steps.STEPS[step_name].says}", flush=True)
            runs[step_name].append(measured(step_name, folder))
    results = {step_name: best(took) for step_name, took in runs.items()}
    print(f"\n{table(results)}\n\n{verdict(results)}")
    keep(results, times)


def keep(results: dict[str, Measured], times: int) -> None:
    """Write the figures beside those of other days."""
    now = datetime.now(UTC)
    machine = {"system": platform.platform(), "python": platform.python_version(), "cores": os.cpu_count()}
    figures = {"measured_at": now.isoformat(timespec="seconds"), "runs_each": times, "machine": machine}
    figures["steps"] = {step_name: asdict(took) for step_name, took in results.items()}
    to = HERE / "results" / f"{now.date().isoformat()}.json"
    to.parent.mkdir(exist_ok=True)
    to.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(f"Written to bench/results/{to.name}.")


def main() -> None:
    """Read the command line, and measure."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--folder", type=Path, help="where the made-up legs are kept; otherwise they are thrown away")
    asked.add_argument("--times", type=int, default=3, help="how often each step is run")
    asked.add_argument("--step", choices=sorted(steps.STEPS), help="run one step in this process")
    said = asked.parse_args()
    if said.step:
        do(said.step, said.folder)
    elif said.folder:
        said.folder.mkdir(parents=True, exist_ok=True)
        bench(said.folder, said.times)
    else:
        with tempfile.TemporaryDirectory(prefix="fishplate-bench-") as folder:
            bench(Path(folder), said.times)


if __name__ == "__main__":
    main()
