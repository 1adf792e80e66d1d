"""What happened to each person, as published: legs and every other table about a person, by person code, sorted.

Takes the staged rows that count, the links from identities to person codes, and, where an earlier build stands, its
tables and the people who are *touched*; gives one Parquet file a table. Only touched people are made anew, everybody
else's rows are carried over, and the result is that of a full rebuild, to the byte of every row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fishplate.journeys.order import ORDER
from fishplate.journeys.tables import LEGS, OTHERS
from fishplate.records.directory import referred
from fishplate.records.standing import KEY, StandingFile, current, rows
from fishplate.records.tables import ABOUT_A_PERSON, FILLABLE, REFERRAL_EVENTS
from fishplate.store.engine import Engine, name, parquet
from fishplate.store.tables import Table
from fishplate.store.writing import empty_columns, write

TOUCHED = "touched"
"""The temporary table of the person codes that are made anew."""

EVENTS = ("received", "accepted", "rejected")
MOMENT_PARTS = ("at", "on", "is_date", "offset_minutes")


@dataclass(frozen=True, slots=True)
class Carried:
    """The earlier build that rows are carried over from: its folder and the files that stood in it."""

    folder: Path
    files: tuple[StandingFile, ...]


def touch(engine: Engine, files: Sequence[StandingFile], before: Carried, links: str, links_before: str) -> int:
    """Find the people a change of files touches; gives how many.

    A person is touched who has a record in a file that came, went or took another place in the order of receipt, or a
    record of the same id as one in such a file, or an identity that is now linked otherwise. Those who are no longer
    anybody, since all that was known of them went or proved to be somebody else's, are not counted.
    """
    places = {(file.staged.folder, file.received.received_as) for file in files}
    places_before = {(file.staged.folder, file.received.received_as) for file in before.files}
    every = {file.staged.folder: file for file in (*before.files, *files)}
    changed = [every[folder] for folder in sorted({folder for folder, _ in places ^ places_before})]
    touched = []
    for table in ABOUT_A_PERSON:
        if any(file.staged.files(table.name) for file in changed):
            keys = f"SELECT {KEY} FROM {rows(table, changed)}"
            touched.append(f"SELECT DISTINCT identity FROM {rows(table, list(every.values()))} WHERE {KEY} IN ({keys})")
    identities = " UNION ".join(touched) or "SELECT NULL AS identity WHERE false"
    engine.run(f"CREATE OR REPLACE TEMP TABLE touched_identity AS {identities}")
    engine.run(
        f"CREATE OR REPLACE TEMP TABLE {TOUCHED} AS "
        f"SELECT person_code FROM {links} WHERE identity IN (FROM touched_identity) UNION "
        f"SELECT person_code FROM {links_before} WHERE identity IN (FROM touched_identity) UNION "
        f"SELECT unnest([l.person_code, b.person_code]) FROM {links} l JOIN {links_before} b USING (identity) "
        "WHERE l.person_code <> b.person_code"
    )
    known = f"SELECT count(DISTINCT person_code) FROM {links} WHERE person_code IN (FROM {TOUCHED})"
    return int(engine.rows(known)[0][0])


def of_people(engine: Engine, table: Table, files: Sequence[StandingFile], links: str, *, only_touched: bool) -> str:
    """The table's rows that count, by person code, references to the directory resolved."""
    only = "true"
    if only_touched:
        only = f"identity IN (SELECT identity FROM {links} WHERE person_code IN (FROM {TOUCHED}))"
    filled = FILLABLE[table.name]
    told = referred(engine, current(engine, filled, files, only), filled.names)
    return f"(SELECT l.person_code, told.* FROM {told} AS told JOIN {links} AS l USING (identity))"


def publish_rows(
    engine: Engine, files: Sequence[StandingFile], links: str, folder: Path, before: Carried | None
) -> None:
    """Write every table about a person; with `before`, the untouched people's rows are carried over from it."""
    for table in (LEGS, *OTHERS):
        made = of_people(engine, table, files, links, only_touched=before is not None)
        if table is LEGS:
            made = f"(SELECT *, source || ':' || record_id AS leg_id FROM {made})"
        if table.name == "referrals":
            made = with_events(engine, table, made, files, links, only_touched=before is not None)
        columns = ", ".join(name(column) for column in table.names)
        relation = f"(SELECT {columns} FROM {made})"
        if before is not None:
            old = parquet(before.folder / f"{table.name}.parquet")
            carried = f"SELECT {columns} FROM {old} WHERE person_code NOT IN (FROM {TOUCHED})"
            relation = f"(SELECT {columns} FROM {made} UNION ALL {carried})"
        write(
            engine, table, relation, folder / f"{table.name}.parquet", order=ORDER if table is LEGS else "",
            empty_columns=nowhere_filled(engine, table, files, before),
        )  # fmt: skip


def nowhere_filled(engine: Engine, table: Table, files: Sequence[StandingFile], before: Carried | None) -> set[str]:
    """The columns that no file fills, so that the sort need not carry them."""
    paths = [path for file in files for path in file.staged.files(table.name)]
    paths += [before.folder / f"{table.name}.parquet"] if before else []
    told = {f"{event}_{part}" for event in EVENTS for part in MOMENT_PARTS} | {"rejected_reason"}
    made_here = {"person_code", "leg_id"} | (told if table.name == "referrals" else set())
    return empty_columns(engine, table, paths) - made_here


def with_events(
    engine: Engine, table: Table, made: str, files: Sequence[StandingFile], links: str, *, only_touched: bool
) -> str:
    """Referrals with what sources told of them in records of their own; what the referral itself says wins.

    The receiver may tell of a referral under the sender's number (design/joins.md, *Matching*, rule 1), so the source
    need not be the same; the person must.
    """
    if not any(file.staged.files(REFERRAL_EVENTS.name) for file in files):
        current(engine, REFERRAL_EVENTS, files)
        return made
    events = of_people(engine, REFERRAL_EVENTS, files, links, only_touched=only_touched)
    first = ", ".join(
        f"arg_min(happened_{part}, (happened_at, source, record_id)) FILTER (WHERE event = '{event}') AS {event}_{part}"
        for event in EVENTS
        for part in MOMENT_PARTS
    )
    reason = "arg_min(reason, (happened_at, source, record_id)) FILTER (WHERE event = 'rejected') AS rejected_reason"
    folded = f"(SELECT person_code, referral_record_id AS record_id, {first}, {reason} FROM {events} GROUP BY ALL)"
    told = {f"{event}_{part}": event for event in EVENTS for part in MOMENT_PARTS}
    columns = []
    for column in table.names:
        if column in told:
            # The four columns of a moment are taken together, so that no half of one moment meets half of another.
            own = f"r.{told[column]}_at IS NOT NULL"
            columns.append(f"CASE WHEN {own} THEN r.{column} ELSE e.{column} END AS {column}")
        elif column == "rejected_reason":
            columns.append("coalesce(r.rejected_reason, e.rejected_reason) AS rejected_reason")
        else:
            columns.append(f"r.{name(column)}")
    return f"(SELECT {', '.join(columns)} FROM {made} r LEFT JOIN {folded} e USING (person_code, record_id))"
