"""Dates and times are read alike in Python and in SQL, in every format that a project may state."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fishplate.records.mapping import Reading
from fishplate.settings.formats import ambiguous, date_format_faults
from fishplate.settings.project import Field, Source, TableMapping
from fishplate.store.duckdb import DuckDB
from tests.generative.mapped import by_oracle, by_sql

# ruff: noqa: DTZ001 - a clock on a wall has no zone.
GAPS = st.sampled_from(["", "", "-", "/", " ", ".", ":", "T", "  ", " on ", "é", "'", "(", "\\", "_", "0", "+"])
DAYS = st.sampled_from(["%d", "%d", "%d"])
MONTHS = st.sampled_from(["%m", "%m", "%b", "%B"])
YEARS = st.sampled_from(["%Y", "%Y", "%y"])
CLOCKS = st.sampled_from(
    [(), (), ("%H",), ("%H", "%M"), ("%H", "%M", "%S"), ("%H", "%M", "%S", "%f"), ("%I", "%p"), ("%I", "%M", "%p")]
)
ZONES = st.sampled_from(["Europe/London", "America/New_York", "UTC", "Asia/Kolkata", "Australia/Sydney"])
CHANGES = [
    datetime(1968, 2, 18, 2), datetime(1971, 10, 31, 2), datetime(1947, 4, 13, 2), datetime(2024, 3, 31, 1),
    datetime(2024, 10, 27, 1), datetime(2024, 3, 10, 2), datetime(2024, 11, 3, 1), datetime(2007, 3, 11, 2),
    datetime(2038, 1, 19, 3), datetime(2060, 10, 31, 1), datetime(1900, 1, 1), datetime(2199, 12, 31, 23),
]  # fmt: skip
"""Hours round which some clock changed, or the years that can be read end."""
MOMENTS = st.datetimes(datetime(1890, 1, 1), datetime(2210, 1, 1)) | st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes), st.sampled_from(CHANGES), st.integers(-200, 200)
)
OFFSETS = st.sampled_from(
    ["Z", "+00:00", "-00:00", "+0100", "-05:00", "+05:30", "+14:00", "+23:59", "-2400", "+1:00", "z"]
)


@st.composite
def patterns(draw: st.DrawFn) -> str:
    """A format of a date, with or without a time, such as a project may state."""
    date = draw(st.permutations([draw(DAYS), draw(MONTHS), draw(YEARS)]))
    clock = draw(CLOCKS)
    pieces = [*clock, *date] if draw(st.booleans()) else [*date, *clock]
    text = pieces[0] + "".join(draw(GAPS) + piece for piece in pieces[1:])
    zoned = clock and draw(st.booleans())
    found = text + draw(st.sampled_from(["", " "])) + "%z" if zoned else text
    assume(not list(date_format_faults(found)))
    return found


@st.composite
def texts(draw: st.DrawFn, stated: tuple[str, ...]) -> str:
    """A text that is of one of the formats, or nearly."""
    pattern = draw(
        st.sampled_from(stated or ("%Y-%m-%d", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S.%f%z"))
    )
    text = draw(MOMENTS).strftime(pattern.replace("%z", draw(OFFSETS)))
    match draw(st.sampled_from(["as it is", "as it is", "short", "case", "digit"])):
        case "short":
            return text.replace("0", "", 1)
        case "case":
            return draw(st.sampled_from([text.upper(), text.lower(), text.swapcase()]))
        case "digit":
            place = draw(st.integers(0, len(text) - 1))
            return text[:place] + draw(st.sampled_from("0123456789 :x\n")) + text[place + 1 :]
    return text


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDB]:
    """One connection for all cases."""
    with DuckDB(threads=1) as connection:
        yield connection


def reading_of(stated: tuple[str, ...], zone: str, project_zone: str) -> Reading:
    """A mapping whose only date is written like that."""
    happened = Field("happened", ("WHEN",), formats=stated, zone=zone)
    mapping = TableMapping("life_events", (Field("local_id", ("ID",)), Field("kind", value="death"), happened))
    return Reading(Source("trust", "csv", "*", tables=(mapping,)), mapping, project_zone)


@given(data=st.data(), zone=ZONES, project_zone=ZONES)
def test_a_moment_is_read_alike_in_python_and_in_sql(
    data: st.DataObject, zone: str, project_zone: str, engine: DuckDB
) -> None:
    stated = tuple(data.draw(st.lists(patterns(), max_size=2, unique=True)))
    assume(ambiguous(stated) is None)
    rows = [{"ID": "1", "WHEN": text} for text in data.draw(st.lists(texts(stated), min_size=1, max_size=30))]
    reading = reading_of(stated, zone, project_zone)
    assert by_sql(engine, reading, ("ID", "WHEN"), rows) == by_oracle(reading, ("ID", "WHEN"), rows)


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Europe/Dublin", "Pacific/Auckland"])
@pytest.mark.parametrize("year", [1972, 2024, 2100])
def test_every_quarter_of_an_hour_of_a_year_is_placed_alike(zone: str, year: int, engine: DuckDB) -> None:
    start = datetime(year, 1, 1)
    walls = (start + timedelta(minutes=15 * quarter) for quarter in range(4 * 24 * 365))
    rows = [{"ID": "1", "WHEN": wall.isoformat(sep=" ")} for wall in walls if wall.hour < 4]
    reading = reading_of((), zone, "Europe/London")
    assert by_sql(engine, reading, ("ID", "WHEN"), rows) == by_oracle(reading, ("ID", "WHEN"), rows)
