"""Real bulk FHIR files, from end to end: the figures that were published for them come out exactly.

`../shared/oracles/README.md`, *Bulk FHIR*, gives them. Its last four figures are about the 430 pairs between two
organisations; those of all 1,202 pairs are counted here a second time, from the files, in plain Python.
"""

import json
import shutil
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from fishplate.journeys.build import Summary
from fishplate.journeys.figures import PairFigures
from fishplate.records.vocabulary import vocabulary
from fishplate.settings.reading import project_of
from fishplate.wiring.lookback import build

PROJECT = """\
[project]
name = "Bulk"
place = "Bulk"
memory_limit = "500MB"

[[sources]]
name = "bulk"
format = "fhir_ndjson"
path = "incoming/*.ndjson"
"""


@pytest.fixture(scope="module")
def files(shared: Path) -> Path:
    return shared / "data" / "smart_bulk_10"


@pytest.fixture(scope="module")
def summary(files: Path, tmp_path_factory: pytest.TempPathFactory) -> Summary:
    folder = tmp_path_factory.mktemp("bulk")
    (folder / "incoming").mkdir()
    for file in files.glob("*.ndjson"):
        shutil.copyfile(file, folder / "incoming" / file.name)
    return build(project_of(PROJECT, folder, vocabulary()))


def test_people_legs_and_organisations_are_those_published(summary: Summary) -> None:
    figures = summary.figures
    assert (figures.people, figures.legs) == (13, 1215)
    assert (figures.organisations, figures.organisations_used, figures.unresolved_references) == (43, 39, 0)


def test_pairs_between_organisations_are_those_published(summary: Summary) -> None:
    assert summary.figures.pairs_between_organisations == PairFigures(430, 1, 119, 225, 27.96)


def test_all_pairs_are_those_counted_in_plain_python(summary: Summary, files: Path) -> None:
    assert summary.figures.adjacent_pairs == counted(files, between_organisations=False)
    assert summary.figures.pairs_between_organisations == counted(files, between_organisations=True)
    assert summary.figures.adjacent_pairs == PairFigures(1202, 2, 623, 804, 6.99)


def test_every_line_is_accepted_or_of_no_concern(summary: Summary, files: Path) -> None:
    lines = sum(len(path.read_bytes().splitlines()) for path in files.glob("*.ndjson"))
    (source,) = summary.sources
    assert source.read == lines == source.accepted + source.unused + source.duplicate + source.rejected
    # The log of the export is no resource, and says so line by line.
    log_lines = len((files / "log.ndjson").read_bytes().splitlines())
    assert source.rejected == log_lines


def counted(files: Path, *, between_organisations: bool) -> PairFigures:
    """The figures of adjacent pairs, from the Encounters themselves."""
    of_person: dict[str, list[tuple[datetime, datetime, str]]] = {}
    for line in (files / "Encounter.000.ndjson").read_text(encoding="utf-8").splitlines():
        visit: dict[str, Any] = json.loads(line)
        period = visit["period"]
        legs = of_person.setdefault(visit["subject"]["reference"], [])
        legs.append((moment(period["start"]), moment(period["end"]), visit["serviceProvider"]["reference"]))
    gaps = [
        later[0] - earlier[1]
        for legs in of_person.values()
        for earlier, later in pairwise(sorted(legs))
        if not between_organisations or earlier[2] != later[2]
    ]
    within = [sum(timedelta(0) <= gap <= timedelta(days) for gap in gaps) for days in (7, 30)]
    overlapping = sum(gap < timedelta(0) for gap in gaps)
    return PairFigures(len(gaps), overlapping, *within, round(median(gap / timedelta(days=1) for gap in gaps), 2))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
