"""One row a person, merged from what several sources say of them.

Takes staged `people` rows (columns of `records.tables.staged(PEOPLE)` and `received_as`, the file's place in the
order of receipt) and the `links`; gives the rows of `identity.tables.PEOPLE` and, for care mode, of `IDENTIFIED`:
one for each person code that a link names, also where no source sent a people row. In each column the value received
last wins, a blank never; *unknown* is a value. A date of birth nobody sent in a people row is taken from the
identities. The SQL is given as text, to be written out by whoever publishes; `people` and `identified` are the same
in plain Python, the oracle it is held to.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from fishplate.identity.linking import carried
from fishplate.identity.rules import read
from fishplate.identity.tables import IDENTIFIED, PEOPLE
from fishplate.records.anchors import BORN, NHS
from fishplate.records.tables import PEOPLE as FILLED
from fishplate.store.tables import Kind

BORN_ON = "born_on"
MERGED = (*FILLED.names, BORN_ON)
"""The columns in which the value received last wins."""

TEXTS = {column.name for column in FILLED.columns if column.kind is Kind.TEXT}
BETWEEN_LOCAL_IDS = "; "

Row = Mapping[str, Any]


def last_received(column: str) -> str:
    """SQL for the value of a column that was received last; of two on one line, the greater, so that it is decided."""
    blank = f" AND r.{column} <> ''" if column in TEXTS else ""
    packed = f"max({{'received_as': r.received_as, 'line': r.line, 'told': r.{column}}})"
    return f"({packed} FILTER (WHERE r.{column} IS NOT NULL{blank})).told"


def merged_sql(rows: str, links: str, columns: Iterable[str]) -> str:
    """SQL for what people rows say of each person: the columns asked for and the number of sources."""
    told = ", ".join(f"{last_received(column)} AS {column}" for column in columns)
    return f"""
        SELECT l.person_code, {told}, count(DISTINCT r.source) AS sources
        FROM {rows} AS r JOIN {links} AS l USING (identity) GROUP BY l.person_code
    """


def persons_sql(links: str) -> str:
    """SQL for every person a link names, with the one date of birth their identities can carry."""
    return f"""
        SELECT person_code, CAST(min({carried(BORN)}) AS DATE) AS born_on FROM {links} GROUP BY person_code
    """


def people_sql(rows: str, links: str) -> str:
    """SQL for `PEOPLE`, sorted; `rows` and `links` are SQL texts of relations."""
    columns = [name for name in PEOPLE.names if name in MERGED]
    told = ", ".join(f"m.{column}" for column in columns)
    return f"""
        SELECT p.person_code, year(coalesce(m.born_on, p.born_on)) AS birth_year, {told},
               coalesce(m.sources, 0) AS sources
        FROM ({persons_sql(links)}) p LEFT JOIN ({merged_sql(rows, links, [*columns, BORN_ON])}) m USING (person_code)
        ORDER BY p.person_code
    """


def identified_sql(rows: str, links: str) -> str:
    """SQL for `IDENTIFIED`, sorted. A number that stands with two people is shown with neither of them."""
    columns = [name for name in IDENTIFIED.names if name in FILLED.names]
    told = ", ".join(f"m.{column}" for column in columns)
    return f"""
        WITH anchors AS (
            SELECT DISTINCT person_code, unnest(string_split(identity, chr(31))) AS anchor FROM {links}
        ), numbers AS (
            SELECT substr(anchor, {len(NHS) + 2}) AS nhs_number, min(person_code) AS person_code FROM anchors
            WHERE starts_with(anchor, '{NHS}|') GROUP BY anchor HAVING count(*) = 1
        ), local_ids AS (
            SELECT person_code, string_agg(anchor, '{BETWEEN_LOCAL_IDS}' ORDER BY anchor) AS local_id FROM anchors
            WHERE NOT starts_with(anchor, '{NHS}|') AND NOT starts_with(anchor, '{BORN}|') GROUP BY person_code
        )
        SELECT p.person_code, {told}, n.nhs_number, i.local_id, coalesce(m.born_on, p.born_on) AS born_on
        FROM ({persons_sql(links)}) p
        LEFT JOIN ({merged_sql(rows, links, [*columns, BORN_ON])}) m USING (person_code)
        LEFT JOIN numbers n USING (person_code)
        LEFT JOIN local_ids i USING (person_code)
        ORDER BY p.person_code
    """


def merged(rows: Sequence[Row], codes: Mapping[str, int]) -> dict[int, dict[str, Any]]:
    """What is known of each person, in plain Python; `codes` gives the person code of each identity linked."""
    known: dict[int, dict[str, Any]] = {code: {"sources": set()} for code in codes.values()}
    for identity, code in codes.items():
        born = read(identity).born
        if born:
            known[code][BORN_ON] = date.fromisoformat(born)
    for column in MERGED:
        # Only values that say something are put in order, so a blank never meets a value to be compared with.
        told = [row for row in rows if row["identity"] in codes and row[column] not in (None, "")]
        for row in sorted(told, key=lambda row: (row["received_as"], row["line"], row[column])):
            known[codes[row["identity"]]][column] = row[column]
    for row in rows:
        if row["identity"] in codes:
            known[codes[row["identity"]]]["sources"].add(row["source"])
    return known


def people(rows: Iterable[Row], codes: Mapping[str, int]) -> list[tuple[Any, ...]]:
    """The rows of `PEOPLE`, sorted, in plain Python."""
    published = []
    for code, known in sorted(merged(list(rows), codes).items()):
        born_on = known.get(BORN_ON)
        shown = {
            **known,
            "person_code": code,
            "birth_year": born_on.year if born_on else None,
            "sources": len(known["sources"]),
        }
        published.append(tuple(shown.get(name) for name in PEOPLE.names))
    return published


def identified(rows: Iterable[Row], codes: Mapping[str, int]) -> list[tuple[Any, ...]]:
    """The rows of `IDENTIFIED`, sorted, in plain Python."""
    holders: dict[str, set[int]] = defaultdict(set)
    local_ids: dict[int, set[str]] = defaultdict(set)
    for identity, code in codes.items():
        holders[read(identity).number].add(code)
        local_ids[code].update(read(identity).local_ids)
    numbers = {code: number for number, held_by in holders.items() if number and len(held_by) == 1 for code in held_by}
    published = []
    for code, known in sorted(merged(list(rows), codes).items()):
        shown = {
            **known,
            "person_code": code,
            "nhs_number": numbers.get(code),
            "local_id": BETWEEN_LOCAL_IDS.join(sorted(local_ids[code])) or None,
        }
        published.append(tuple(shown.get(name) for name in IDENTIFIED.names))
    return published
