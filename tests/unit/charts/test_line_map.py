"""The line map: its order of stations, how thick a line is, and that it says in words what it draws."""

import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from fishplate.charts.line_map import NARROW, THICKEST, WIDE, Flow, describe, line_map, stations

KINDS = st.sampled_from(["General practice", "Acute hospital", "Reablement", "Home care", "Unpaid care", "A & <b>"])
FLOWS = st.lists(st.builds(lambda a, b, n: Flow(a, b, n, str(n)), KINDS, KINDS, st.integers(0, 10_000)), max_size=12)


def flow(start: str, end: str, pairs: int) -> Flow:
    return Flow(start, end, pairs, str(pairs))


def test_those_that_pass_on_more_than_they_take_come_first() -> None:
    order = stations([flow("Ward", "Home care", 10), flow("GP", "Ward", 12), flow("Home care", "Ward", 2)])
    assert order == ["GP", "Ward", "Home care"]


def test_equal_stations_stand_in_the_order_of_their_names() -> None:
    assert stations([flow("B", "A", 5), flow("A", "B", 5)]) == ["A", "B"]


def test_a_line_is_as_thick_as_its_share_of_the_thickest() -> None:
    chart = line_map([flow("A", "B", 100), flow("A", "C", 50)])
    assert chart is not None
    widths = [float(found) for found in re.findall(r'fill="none" stroke="[^"]+" stroke-width="([0-9.]+)"', chart.svg)]
    assert sorted(widths) == [THICKEST / 2, THICKEST]


def test_the_sentence_names_the_thickest_line_and_its_way_back() -> None:
    said = describe([flow("Ward", "Home care", 60), flow("Home care", "Ward", 5), flow("GP", "Ward", 20)])
    assert said == "The thickest line runs from ward to home care: 60 pairs. The other way round there are 5."


def test_there_is_no_map_of_one_station() -> None:
    assert line_map([flow("A", "A", 9)]) is None
    assert line_map([]) is None


@given(FLOWS, st.sampled_from([WIDE, NARROW]))
def test_any_map_is_well_formed_without_style_and_within_its_sheet(flows: list[Flow], sheet: object) -> None:
    chart = line_map(flows, WIDE if sheet is WIDE else NARROW)
    if chart is None:
        return
    root = ElementTree.fromstring(chart.svg)
    assert not any("style" in element.attrib for element in root.iter())
    width, height = (float(part) for part in root.attrib["viewBox"].split()[2:])
    for element in root.iter("rect"):
        left, top = float(element.attrib["x"]), float(element.attrib["y"])
        assert left >= 0
        assert left + float(element.attrib["width"]) <= width
        assert top + float(element.attrib["height"]) <= height
