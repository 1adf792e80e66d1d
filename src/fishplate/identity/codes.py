"""Person codes: whole numbers that are given once, never changed and never used for anybody else.

Takes the table of codes so far (`identity.tables.CODES`) and the identities as `linking.py` left them; gives `links`
(`identity.tables.LINKS`) and the table of codes with the new ones added. Codes are a pure function of these two: a
person has the smallest code that any of their identities founded; who has none gets the next number, founded on their
smallest identity text, in the order of that text's SHA-256, so that codes do not follow NHS numbers. So where two
people prove to be one the smaller code wins and the other rests, and where one proves to be two each part keeps what
its own identities founded.
"""

import hashlib
from collections.abc import Iterable, Mapping

from fishplate.identity.linking import LINKED
from fishplate.identity.rules import Linked
from fishplate.store.engine import Engine

LINKS = "links"
CODES = "person_codes"
"""The temporary tables that `give_codes` leaves behind; columns as in identity/tables.py."""

NO_CODES = "(SELECT NULL::VARCHAR AS identity, NULL::BIGINT AS person_code WHERE false)"
"""The table of codes of a project that never gave one."""

PERSONS = f"""
    CREATE OR REPLACE TEMP TABLE identity_person AS
    WITH coded AS (
        SELECT cluster, min(person_code) AS person_code
        FROM {LINKED} JOIN {{known}} AS known USING (identity) GROUP BY cluster
    )
    SELECT cluster, person_code, NULL::VARCHAR AS founded_on FROM coded
    UNION ALL
    SELECT cluster,
           (SELECT coalesce(max(person_code), 0) FROM {{known}} AS known)
               + row_number() OVER (ORDER BY sha256(identity)),
           identity
    FROM {LINKED} WHERE no = cluster AND cluster NOT IN (SELECT cluster FROM coded)
"""


def give_codes(engine: Engine, known: str = NO_CODES) -> None:
    """Turn `linked` into `links` and `person_codes`, from the codes known so far (SQL text of a relation)."""
    engine.run(PERSONS.format(known=known))
    engine.run(f"""
        CREATE OR REPLACE TEMP TABLE {CODES} AS
        SELECT identity, person_code FROM {known} AS known
        UNION ALL
        SELECT founded_on, person_code FROM identity_person WHERE founded_on IS NOT NULL
        ORDER BY person_code
    """)
    engine.run(f"""
        CREATE OR REPLACE TEMP TABLE {LINKS} AS
        SELECT l.identity, p.person_code, l.rule FROM {LINKED} l JOIN identity_person p USING (cluster)
        ORDER BY p.person_code, l.identity
    """)
    engine.run("DROP TABLE identity_person")
    engine.run(f"DROP TABLE {LINKED}")


def codes(known: Mapping[str, int], linked: Iterable[Linked]) -> tuple[dict[str, int], dict[str, int]]:
    """The same in plain Python: the code of each identity, and the table of codes (founding identity to code)."""
    links = list(linked)
    of_person: dict[str, int] = {}
    for one in links:
        if one.identity in known:
            of_person[one.first] = min(known[one.identity], of_person.get(one.first, known[one.identity]))
    table = dict(known)
    without = sorted({one.first for one in links} - set(of_person), key=mixed)
    for code, first in enumerate(without, start=max(known.values(), default=0) + 1):
        of_person[first] = table[first] = code
    return {one.identity: of_person[one.first] for one in links}, table


def mixed(identity: str) -> str:
    """What new codes are ordered by."""
    return hashlib.sha256(identity.encode()).hexdigest()
