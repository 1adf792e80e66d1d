"""The timeline: where nothing is recorded, held to a count day by day, and what is drawn of it."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from fishplate.charts.timeline import MOST_ROWS, SHORTEST_GAP_DAYS, Gap, Point, Stretch, gaps, legend, timeline


@st.composite
def stretch(draw: st.DrawFn) -> Stretch:
    start = draw(st.integers(0, 60))
    end = draw(st.one_of(st.none(), st.integers(start, 70)))
    return Stretch(draw(st.sampled_from("abc")), draw(st.sampled_from(["spell", "unpaid_care"])), start, end)


def holes_day_by_day(stretches: list[Stretch]) -> list[Gap]:
    """The same rule said another way: mark each day, then read off the runs that are not marked."""
    last = 80
    marked = {day for s in stretches for day in range(s.from_day, (last if s.until_day is None else s.until_day) + 1)}
    first, found, day = min(marked), [], 0
    final = max(s.from_day for s in stretches)
    for day in range(first, final):
        if day in marked and day + 1 not in marked:
            found.append(Gap(day, next(later for later in range(day + 1, last) if later in marked)))
    return [gap for gap in found if gap.days >= SHORTEST_GAP_DAYS]


@given(st.lists(stretch(), min_size=1, max_size=8))
def test_gaps_are_those_found_day_by_day(stretches: list[Stretch]) -> None:
    assert gaps(stretches) == holes_day_by_day(stretches)


def test_the_next_day_is_no_gap_and_an_open_leg_leaves_none_after_it() -> None:
    assert gaps([Stretch("a", "spell", 0, 3), Stretch("b", "contact", 4, 4)]) == []
    assert gaps([Stretch("a", "spell", 0, 3), Stretch("b", "contact", 5, 5)]) == [Gap(3, 5)]
    assert gaps([Stretch("a", "unpaid_care", 0, None), Stretch("b", "contact", 90, 90)]) == []


def test_unpaid_care_stands_on_the_same_line_and_closes_a_gap() -> None:
    services = [Stretch("Ward", "spell", 0, 3), Stretch("Nursing", "contact", 9, 9)]
    assert gaps([*services, Stretch("Unpaid care", "unpaid_care", 3, 9)]) == []


def test_the_legend_names_only_what_is_drawn() -> None:
    stretches = [Stretch("Ward", "spell", 0, 3), Stretch("Nursing", "contact", 9, 9)]
    assert [sign for sign, _ in legend(stretches, [Point("Nursing", 3, False)])] == ["care", "unheard", "gap"]


@given(
    st.lists(stretch(), min_size=1, max_size=8),
    st.lists(st.builds(Point, st.text(), st.integers(0, 70), st.booleans())),
)
def test_any_timeline_is_well_formed_and_within_its_sheet(stretches: list[Stretch], points: list[Point]) -> None:
    points = [Point("row", point.day, point.answered) for point in points]
    chart = timeline(stretches, points, 70, "It says so.", lambda day: f"Day {day}")
    assert chart is not None
    root = ElementTree.fromstring(chart.svg)
    assert root.attrib["aria-label"] == "It says so."
    assert not any("style" in element.attrib for element in root.iter())
    width = float(root.attrib["viewBox"].split()[2])
    assert all(float(e.attrib["x"]) + float(e.attrib["width"]) <= width for e in root.iter("rect"))


def test_more_services_than_rows_share_the_last() -> None:
    many = [Stretch(f"Service {n}", "contact", n, n) for n in range(MOST_ROWS + 5)]
    chart = timeline(many, [], MOST_ROWS + 5, "", str)
    assert chart is not None
    assert "All others" in chart.svg
    assert f"Service {MOST_ROWS}" not in chart.svg


def test_no_leg_is_no_picture() -> None:
    assert timeline([], [], 0, "", str) is None
