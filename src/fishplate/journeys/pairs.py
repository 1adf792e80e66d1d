"""What followed what for everyone: the portable definition in Ibis, and the adjacent pairs published from it.

`adjacent_pairs` takes a table of legs in any order and gives `tables.ADJACENT_PAIRS`; it says the same as
`rules.py`, on every engine. It keeps to what DuckDB and Spark compute alike: window functions, no `asof_join`,
no ordered `collect`, no `hash`. `publish` writes the pairs as Parquet, by the streaming path (`stream.py`) where
the legs allow it, for that needs no sort.
"""

from pathlib import Path
from typing import Any

import ibis

from fishplate.journeys import stream
from fishplate.journeys.tables import ADJACENT_PAIRS
from fishplate.store.engine import Engine, literal, parquet

DAY_SECONDS = 86_400


def in_order(legs: Any) -> list[Any]:
    """The columns one person's legs are ordered by: an open end last, no organisation before any organisation."""
    return [
        legs.started_at,
        legs.ended_at.isnull(),
        legs.ended_at,
        ibis.coalesce(legs.organisation_id, ""),
        legs.leg_id,
    ]


def days_between(end: tuple[Any, Any, Any], start: tuple[Any, Any, Any]) -> Any:
    """Days from an end to a start, each given as instant, local date, and whether it is a date without a time.

    Elapsed time where both are timed, and the difference of the local dates where either is a date.
    """
    (ended_at, ended_on, ended_is_date), (started_at, started_on, started_is_date) = end, start
    elapsed = (started_at.epoch_seconds() - ended_at.epoch_seconds()).cast("float64") / float(DAY_SECONDS)
    whole_days = started_on.delta(ended_on, unit="day").cast("float64")
    return ibis.ifelse(ended_is_date | started_is_date, whole_days, elapsed)


def latest_end(legs: Any, so_far: Any) -> dict[str, Any]:
    """Of each leg and those before it: whether one is open, and how far the dated and the timed ends reach."""
    dated_on = ibis.ifelse(legs.ended_is_date, legs.ended_on, ibis.null("date"))
    timed_on = ibis.ifelse(legs.ended_is_date, ibis.null("date"), legs.ended_on)
    timed_at = ibis.ifelse(legs.ended_is_date, ibis.null("timestamp"), legs.ended_at)
    return {
        "one_is_open": legs.ended_at.isnull().cast("int8").max().over(so_far) == 1,
        "dated_until_on": dated_on.max().over(so_far),
        "timed_until_on": timed_on.max().over(so_far),
        "timed_until_at": timed_at.max().over(so_far),
    }


def stepped(legs: Any) -> Any:
    """Each leg with its successor's columns beside it (`next_*`), and the latest end so far; last legs left out."""
    person = {"group_by": legs.person_code, "order_by": in_order(legs)}
    onward = ibis.window(**person)
    so_far = ibis.window(preceding=None, following=0, **person)
    carried = ("leg_id", "organisation_id", "service_kind", "started_at", "started_on", "started_is_date")
    following = {f"next_{name}": legs[name].lead(1).over(onward) for name in carried}
    steps = legs.mutate(**following, **latest_end(legs, so_far))
    return steps.filter(steps.next_leg_id.notnull())


def uncovered_days(steps: Any) -> Any:
    """Days from the latest end so far to the next start; of a date and a time on one day the date reaches further."""
    start = (steps.next_started_at, steps.next_started_on, steps.next_started_is_date)
    by_date = steps.dated_until_on.notnull() & (
        steps.timed_until_on.isnull() | (steps.dated_until_on >= steps.timed_until_on)
    )
    since_date = steps.next_started_on.delta(steps.dated_until_on, unit="day").cast("float64")
    since_time = days_between((steps.timed_until_at, steps.timed_until_on, ibis.literal(False)), start)
    known = ibis.ifelse(by_date, since_date, since_time)
    return ibis.ifelse(steps.one_is_open, ibis.null("float64"), known)


def paired(legs: Any) -> Any:
    """The adjacent pairs, with the earlier leg's service beside them for those who need its place."""
    steps = stepped(legs)
    end = (steps.ended_at, steps.ended_on, steps.ended_is_date)
    start = (steps.next_started_at, steps.next_started_on, steps.next_started_is_date)
    gap_days = ibis.ifelse(steps.ended_at.isnull(), ibis.null("float64"), days_between(end, start))
    no_one = ibis.literal("")
    organisation, next_organisation = (
        ibis.coalesce(column, no_one) for column in (steps.organisation_id, steps.next_organisation_id)
    )
    return steps.select(
        person_code=steps.person_code,
        from_leg_id=steps.leg_id,
        to_leg_id=steps.next_leg_id,
        from_organisation_id=steps.organisation_id,
        to_organisation_id=steps.next_organisation_id,
        from_service_kind=steps.service_kind,
        to_service_kind=steps.next_service_kind,
        from_ended_on=steps.ended_on,
        to_started_on=steps.next_started_on,
        gap_days=gap_days,
        uncovered_days=uncovered_days(steps),
        overlaps=ibis.ifelse(steps.ended_at.isnull(), True, gap_days < 0),
        service_differs=steps.service_kind != steps.next_service_kind,
        organisation_differs=organisation != next_organisation,
        from_service_id=steps.service_id,
    )


def adjacent_pairs(legs: Any) -> Any:
    """Each leg with the one that came next for the same person: the columns of `tables.ADJACENT_PAIRS`."""
    return paired(legs).select(*ADJACENT_PAIRS.names)


def publish(engine: Engine, legs: Path, to: Path) -> None:
    """Write everyone's adjacent pairs as one Parquet file, from the published legs, in their order.

    The streaming path trusts the order of the file; see `order.order_faults`. It keeps one core busy whatever is
    done, and with more DuckDB holds back several hundred megabytes of rows to write; so it is given one.
    """
    target = f"{literal(to.as_posix())} (FORMAT parquet)"
    if not stream.fits(engine, parquet(legs)):
        backend = engine.ibis()
        pairs = backend.compile(adjacent_pairs(backend.read_parquet(legs.as_posix())))
        engine.run(f"COPY ({pairs} ORDER BY {', '.join(ADJACENT_PAIRS.sorted_by)}) TO {target}")
        return
    ((threads,),) = engine.rows("SELECT current_setting('threads')")
    engine.run("SET threads = 1")
    try:
        engine.run(f"COPY ({stream.adjacent_pairs(parquet(legs))}) TO {target}")
    finally:
        engine.run(f"SET threads = {threads}")
