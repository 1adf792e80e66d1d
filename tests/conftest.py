"""What every test may ask for, and the rule that a build server skips nothing.

A test asks for ``shared``, ``chromium`` or ``java`` by naming it as a parameter. Where the thing is absent the test is
skipped with the reason in words, and pytest prints each. With ``FISHPLATE_NO_SKIPS=1``, as ``.ci/run`` sets it, a skip
fails the run, so that a missing browser can't pass for a tested page. The folder a test lies in is its kind, and its
mark: ``pytest -m spec``.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

TESTS = Path(__file__).parent
REPOSITORY = TESTS.parent
KINDS = {"spec", "contract", "generative", "simulation", "unit", "functional", "browser", "tidy"}

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SPARK_NEEDS_JAVA = 17

# Made-up cases may need a first, slow start of an engine, so no single case has a deadline of its own.
settings.register_profile("quick", max_examples=30, deadline=None)
# A build server tries the same cases each time, so that a change is blamed for what it did; new ones are looked for on
# a developer's machine, and by `make prove` in numbers.
settings.register_profile("ci", max_examples=100, deadline=None, print_blob=True, derandomize=True)
settings.register_profile(
    "prove", max_examples=3000, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") else "quick")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test with the folder it lies in."""
    for item in items:
        if TESTS in item.path.parents:
            kind = item.path.relative_to(TESTS).parts[0]
            if kind in KINDS:
                item.add_marker(kind)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that skipped anything, if skipping is not allowed here."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("FISHPLATE_NO_SKIPS") != "1" or reporter is None:
        return
    skipped = reporter.stats.get("skipped", [])
    if skipped and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in words that the skips are the failure."""
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped and os.environ.get("FISHPLATE_NO_SKIPS") == "1":
        terminalreporter.write_line(f"FAILED: {len(skipped)} skipped, and FISHPLATE_NO_SKIPS=1 allows none.", red=True)
        for report in skipped:
            terminalreporter.write_line(f"  {report.nodeid}: {skip_reason(report)}")


def skip_reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Why a test was skipped, as its author put it."""
    where = report.longrepr
    return where[2] if isinstance(where, tuple) else str(where)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder that holds this repository's work tree."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real files and published answers that may lie beside this repository."""
    folder = REPOSITORY.parent / "shared"
    if not folder.is_dir():
        pytest.skip("../shared is not beside this repository; it holds the real files and published answers")
    return folder


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The program file of an installed Chromium, for a page seen as a person sees it."""
    for name in CHROMIUM_NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    pytest.skip("Chromium is not installed (on Debian: apt-get install chromium)")


@pytest.fixture(scope="session")
def java() -> Path:
    """The program file of a Java recent enough for Spark."""
    found = shutil.which("java")
    if not found:
        pytest.skip("Java is not installed; Spark needs it (on Debian: apt-get install openjdk-17-jre-headless)")
    said = subprocess.run([found, "-version"], capture_output=True, text=True, check=False)
    version = re.search(r'version "(\d+)', said.stderr + said.stdout)
    if said.returncode != 0 or version is None:
        pytest.skip("Java is installed but does not start, and Spark needs it")
    if int(version[1]) < SPARK_NEEDS_JAVA:
        pytest.skip(f"Java {version[1]} is installed; Spark needs Java {SPARK_NEEDS_JAVA} or later")
    return Path(found)
