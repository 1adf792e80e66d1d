"""Who gives care: organisations and services, and every text by which records refer to them.

Takes the project's own entries, which win, and the directory rows of sources; gives the published `organisations` and
`services`, and the temporary tables `organisation_alias` and `service_alias` (`alias`, `id`), through which a record's
reference becomes the one identifier its organisation is published under.
"""

from collections.abc import Sequence
from dataclasses import astuple

from fishplate.records.standing import StandingFile, rows
from fishplate.records.tables import ORGANISATIONS, SERVICES
from fishplate.settings.project import Project
from fishplate.store.engine import Engine, literal, name
from fishplate.store.tables import Table

ALIASES = {"organisations": "organisation_alias", "services": "service_alias"}
REFERS = {
    "organisation_id": "organisation_alias", "from_organisation_id": "organisation_alias",
    "to_organisation_id": "organisation_alias", "service_id": "service_alias", "to_service_id": "service_alias",
}  # fmt: skip
"""The columns that refer to an entry of the directory, and the aliases they are looked up in."""


def collect_aliases(engine: Engine, files: Sequence[StandingFile]) -> None:
    """Make the two tables of aliases; of two entries that claim one alias the smaller identifier has it."""
    for table in (ORGANISATIONS, SERVICES):
        own = table.columns[0].name
        whole = rows(table, files)
        engine.run(
            f"CREATE OR REPLACE TEMP TABLE {ALIASES[table.name]} AS SELECT alias, min(id) AS id FROM ("
            f"SELECT unnest(string_split(aliases, chr(31))) AS alias, {own} AS id FROM {whole}) "
            "WHERE alias <> id GROUP BY alias"
        )


def referred(engine: Engine, relation: str, columns: Sequence[str]) -> str:
    """The relation with every reference to the directory turned into the identifier it is published under."""
    joins, replaced = "", []
    for number, column in enumerate(column for column in columns if column in REFERS):
        alias = REFERS[column]
        if engine.rows(f"SELECT count(*) FROM {alias}")[0][0]:
            joins += f" LEFT JOIN {alias} AS a{number} ON a{number}.alias = told.{name(column)}"
            replaced.append(f"coalesce(a{number}.id, told.{name(column)}) AS {name(column)}")
    if not joins:
        return relation
    return f"(SELECT told.* REPLACE ({', '.join(replaced)}) FROM {relation} AS told{joins})"


def entries(engine: Engine, table: Table, files: Sequence[StandingFile], project: Project, seen: str) -> str:
    """The directory's rows: the project's words first, then the source received last; `seen` adds bare identifiers."""
    own, others = table.columns[0].name, [column.name for column in table.columns[1:]]
    stated = project.organisations if table is ORGANISATIONS else project.services
    values = [", ".join(literal(value) if value else "NULL" for value in astuple(entry)) for entry in stated]
    columns = ", ".join(name(column.name) for column in table.columns)
    said = [f"SELECT {columns}, received_as, line FROM {referred(engine, rows(table, files), table.names[1:])}"]
    if values:
        listed = ", ".join(f"({value})" for value in values)
        said.append(f"SELECT *, {1 << 60}, 0 FROM (VALUES {listed}) AS p({columns})")
    nulls = ", ".join(f"NULL AS {name(column)}" for column in others)
    said.append(f"SELECT DISTINCT {name(own)}, {nulls}, -1, 0 FROM {seen} WHERE {name(own)} IS NOT NULL")
    last = ", ".join(
        f"arg_max({name(column)}, (received_as, line)) FILTER (WHERE {name(column)} IS NOT NULL) AS {name(column)}"
        for column in others
    )
    return f"(SELECT {name(own)}, {last} FROM ({' UNION ALL '.join(said)}) GROUP BY {name(own)})"
