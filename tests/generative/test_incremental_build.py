"""Building what is new gives what building everything gives: the same tables, row for row and column for column.

The same place is built again and again as its files change, then once more in full over the same person codes, then
anew from the files as they were received. Only the person codes of the last may be others, and only by their names.
"""

import tempfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings

from tests.generative.places import SmallPlace, Step, histories

# A build is some fifty statements on disk, so a tenth of the usual number of cases is made; each holds several builds.
EXAMPLES = max(20, settings().max_examples // 10)

OF_ITS_OWN_BUILD = {"changes"}
"""What a build says of the build before it, which is another one after each kind of build."""


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that every place of this module shares for the files it read."""
    return tmp_path_factory.mktemp("read")


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(history=histories)
def test_what_is_built_step_by_step_is_what_is_built_at_once(read: Path, history: list[list[Step]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = SmallPlace(Path(folder) / "place", read)
        place.folder.mkdir()
        for steps in history:
            for step in steps:
                place.take(step)
            step_by_step = place.build()
        by_steps = place.tables()

        in_full = place.build(full=True)
        assert_same(by_steps, place.tables())
        assert (in_full.figures, in_full.sources) == (step_by_step.figures, step_by_step.sources)
        assert in_full.figures_changed == 0

        anew = place.copied(Path(folder) / "anew")
        at_once = anew.build()
        assert_same_but_for_codes(by_steps, anew.tables())
        assert (at_once.figures, at_once.sources) == (step_by_step.figures, step_by_step.sources)


def assert_same(some: dict[str, pa.Table], others: dict[str, pa.Table]) -> None:
    """Every table has the same columns, of the same types, and the same rows in the same order."""
    assert some.keys() == others.keys()
    for name in sorted(some.keys() - OF_ITS_OWN_BUILD):
        assert columns(some[name]) == columns(others[name]), name
        assert some[name].to_pylist() == others[name].to_pylist(), name


def assert_same_but_for_codes(some: dict[str, pa.Table], others: dict[str, pa.Table]) -> None:
    """Every table says the same of the same people, once each code is turned into the other's."""
    codes = dict(one_to_one(some["links"], others["links"]))
    assert some.keys() == others.keys()
    for name in sorted(some.keys() - OF_ITS_OWN_BUILD - {"person_codes"}):
        rows = some[name].to_pylist()
        if "person_code" in some[name].column_names:
            rows = [{**row, "person_code": codes[row["person_code"]]} for row in rows]
            assert in_order(rows) == in_order(others[name].to_pylist()), name
        else:
            assert rows == others[name].to_pylist(), name


def one_to_one(links: pa.Table, others: pa.Table) -> set[tuple[int, int]]:
    """Which code of the one is which of the other; no code is two."""
    of_other = {row["identity"]: row["person_code"] for row in others.to_pylist()}
    pairs = {(row["person_code"], of_other[row["identity"]]) for row in links.to_pylist()}
    assert len(links) == len(others)
    assert len({one for one, _ in pairs}) == len({other for _, other in pairs}) == len(pairs)
    return pairs


def in_order(rows: list[dict[str, Any]]) -> list[str]:
    """Rows in an order of their own, since the order they are stored in goes by code."""
    return sorted(map(repr, rows))


def columns(table: pa.Table) -> list[tuple[str, pa.DataType]]:
    """The columns by name and type; whether a Parquet column may be empty is only a remark on the rows it holds."""
    return [(column.name, column.type) for column in table.schema]
