"""The certain rules for everyone at once: which identities are one person, in SQL, however many there are.

Takes a relation with a column `identity`; gives the temporary table `linked`: `no` (the identity's place in the order
of the texts), `identity`, `cluster` (the `no` of the first identity of the same person) and `rule`. It says exactly
what `rules.py` says; the property tests hold it to that. Only numbers travel once the texts are read. A chain of any
length is joined in rounds that at least halve what is left every second time, so rounds grow with its logarithm.
"""

from fishplate.errors import BuildStopped
from fishplate.identity.rules import Rule
from fishplate.records.anchors import BORN, NHS
from fishplate.store.engine import Engine

LINKED = "linked"
"""The temporary table that `link` leaves behind."""

MAX_ROUNDS = 200
"""Far above two rounds for each doubling of any number of identities that fits on a disk."""

TWO_PEOPLE = "coalesce(min(number) <> max(number), false) OR coalesce(min(born) <> max(born), false)"
"""That a group of rows carries two NHS numbers or two dates of birth."""


def carried(namespace: str) -> str:
    """SQL for the value of an identity's first anchor in a namespace; NULL where it has none."""
    return f"nullif(regexp_extract(identity, '(?:^|\\x1f){namespace}\\|([^\\x1f]*)', 1), '')"


READ = f"""
    CREATE OR REPLACE TEMP TABLE identity_read AS
    SELECT row_number() OVER (ORDER BY identity) AS no, identity,
           {carried(NHS)} AS number, {carried(BORN)} AS born
    FROM (SELECT DISTINCT identity FROM {{identities}})
"""

# Rule 1: a number with two dates of birth breaks; an unbroken one lends its date of birth to those who have none.
NUMBERS = """
    CREATE OR REPLACE TEMP TABLE identity_number AS
    SELECT number, min(no) AS first_no, count(*) AS identities, min(born) AS born,
           coalesce(min(born) <> max(born), false) AS broken
    FROM identity_read WHERE number IS NOT NULL GROUP BY number
"""
OWN = """
    CREATE OR REPLACE TEMP TABLE identity_own AS
    SELECT r.no, if(n.broken, NULL, r.number) AS number, coalesce(r.born, if(n.broken, NULL, n.born)) AS born,
           coalesce(n.broken, false) AS number_broken,
           coalesce(NOT n.broken AND n.identities > 1, false) AS number_shared,
           if(n.broken, r.no, coalesce(n.first_no, r.no)) AS by_number
    FROM identity_read r LEFT JOIN identity_number n USING (number)
"""

# Rule 2: a local id under which records disagree breaks. One that stands in a single identity joins nothing.
LOCAL_ANCHORS = f"""
    CREATE OR REPLACE TEMP TABLE identity_local_anchor AS
    SELECT no, anchor FROM (SELECT no, unnest(string_split(identity, chr(31))) AS anchor FROM identity_read)
    WHERE NOT starts_with(anchor, '{NHS}|') AND NOT starts_with(anchor, '{BORN}|')
"""
LOCAL_IDS = """
    CREATE OR REPLACE TEMP TABLE identity_local_id AS
    SELECT row_number() OVER () AS local_no, anchor, min(number) AS number, min(born) AS born,
           coalesce(min(number) <> max(number), false) AS two_numbers,
           coalesce(min(born) <> max(born), false) AS two_births
    FROM identity_local_anchor JOIN identity_own USING (no) GROUP BY anchor HAVING count(*) > 1
"""
HELD = """
    CREATE OR REPLACE TEMP TABLE identity_held AS
    SELECT a.no, l.local_no, l.number, l.born, l.two_numbers, l.two_births
    FROM identity_local_anchor a JOIN identity_local_id l USING (anchor)
"""

# Rule 3: an identity whose sound local ids belong to two people is linked by none of them.
TORN = f"""
    CREATE OR REPLACE TEMP TABLE identity_torn AS
    SELECT no FROM identity_held WHERE NOT two_numbers AND NOT two_births GROUP BY no HAVING {TWO_PEOPLE}
"""

# Each sound local id becomes a star: its identities, already gathered by number, all point to the first of them.
EDGES = """
    CREATE OR REPLACE TEMP TABLE identity_edge AS
    SELECT DISTINCT here, there FROM (
        SELECT o.by_number AS here, min(o.by_number) OVER (PARTITION BY h.local_no) AS there
        FROM identity_held h JOIN identity_own o USING (no)
        WHERE NOT h.two_numbers AND NOT h.two_births AND h.no NOT IN (SELECT no FROM identity_torn)
    ) WHERE here <> there
"""

# Rule 4: whatever still holds two people falls back to what the NHS numbers alone say.
CHAINED = f"""
    CREATE OR REPLACE TEMP TABLE identity_chained AS
    SELECT coalesce(h.root, o.by_number) AS cluster
    FROM identity_own o LEFT JOIN identity_hook h ON h.vertex = o.by_number GROUP BY ALL HAVING {TWO_PEOPLE}
"""
CLUSTERS = """
    CREATE OR REPLACE TEMP TABLE identity_cluster AS
    SELECT o.no, if(c.cluster IS NULL, coalesce(h.root, o.by_number), o.by_number) AS cluster,
           c.cluster IS NOT NULL AS chained, o.number_broken, o.number_shared
    FROM identity_own o
    LEFT JOIN identity_hook h ON h.vertex = o.by_number
    LEFT JOIN identity_chained c ON c.cluster = coalesce(h.root, o.by_number)
"""
RULED = f"""
    CREATE OR REPLACE TEMP TABLE {LINKED} AS
    WITH in_all AS (SELECT cluster, count(*) AS identities FROM identity_cluster GROUP BY cluster),
         doubted AS (SELECT no, bool_or(two_numbers) AS two_numbers, bool_or(two_births) AS two_births
                     FROM identity_held WHERE two_numbers OR two_births GROUP BY no)
    SELECT no, identity, cluster,
           CASE WHEN identities > 1 AND number_shared THEN '{Rule.SAME_NHS_NUMBER}'
                WHEN identities > 1 THEN '{Rule.SAME_LOCAL_ID}'
                WHEN number_broken THEN '{Rule.NHS_NUMBER_WITH_TWO_BIRTH_DATES}'
                WHEN two_numbers THEN '{Rule.LOCAL_ID_WITH_TWO_NHS_NUMBERS}'
                WHEN two_births THEN '{Rule.LOCAL_ID_WITH_TWO_BIRTH_DATES}'
                WHEN no IN (SELECT no FROM identity_torn) THEN '{Rule.LOCAL_IDS_OF_TWO_PEOPLE}'
                WHEN chained THEN '{Rule.CHAIN_BETWEEN_TWO_PEOPLE}'
                ELSE '{Rule.ONLY_ONE}' END AS rule
    FROM identity_read JOIN identity_cluster USING (no) JOIN in_all USING (cluster) LEFT JOIN doubted USING (no)
"""
PASSING = (
    "identity_read", "identity_number", "identity_own", "identity_local_anchor", "identity_local_id", "identity_held",
    "identity_torn", "identity_edge", "identity_round", "identity_hook", "identity_chained", "identity_cluster",
)  # fmt: skip


def link(engine: Engine, identities: str) -> None:
    """Link every identity of a relation (SQL text with a column `identity`, repeats allowed) into `linked`."""
    engine.run(READ.format(identities=identities))
    for step in (NUMBERS, OWN, LOCAL_ANCHORS, LOCAL_IDS, HELD, TORN, EDGES):
        engine.run(step)
    join_edges(engine)
    for step in (CHAINED, CLUSTERS, RULED):
        engine.run(step)
    for table in PASSING:
        engine.run(f"DROP TABLE IF EXISTS {table}")


def join_edges(engine: Engine) -> None:
    """Find what hangs together: fill `identity_hook` (vertex, root) from `identity_edge` (here, there).

    Every vertex with a smaller neighbour hooks on to its smallest one; each tree that makes is one vertex of the
    next round. A vertex hooks once, and always on to a smaller one, so the root of a tree is its smallest vertex.
    """
    engine.run("CREATE OR REPLACE TEMP TABLE identity_hook (vertex BIGINT, root BIGINT)")
    for _ in range(MAX_ROUNDS):
        engine.run("""
            CREATE OR REPLACE TEMP TABLE identity_round AS
            SELECT here AS vertex, min(there) AS root
            FROM (FROM identity_edge UNION ALL SELECT there, here FROM identity_edge)
            GROUP BY here HAVING min(there) < here
        """)
        if not engine.rows("SELECT 1 FROM identity_round LIMIT 1"):
            point_to_roots(engine, "identity_hook")
            return
        point_to_roots(engine, "identity_round")
        engine.run("INSERT INTO identity_hook FROM identity_round")
        engine.run("""
            CREATE OR REPLACE TEMP TABLE identity_edge AS
            SELECT DISTINCT coalesce(h.root, here) AS here, coalesce(t.root, there) AS there
            FROM identity_edge
            LEFT JOIN identity_round h ON h.vertex = here
            LEFT JOIN identity_round t ON t.vertex = there
            WHERE coalesce(h.root, here) <> coalesce(t.root, there)
        """)
    raise no_end()


def point_to_roots(engine: Engine, hooks: str) -> None:
    """Make each vertex of a table of hooks point to the root of its tree, doubling the jump each time."""
    for _ in range(MAX_ROUNDS):
        if not engine.rows(f"SELECT 1 FROM {hooks} a JOIN {hooks} b ON a.root = b.vertex LIMIT 1"):
            return
        engine.run(f"""
            CREATE OR REPLACE TEMP TABLE {hooks} AS
            SELECT a.vertex, coalesce(b.root, a.root) AS root FROM {hooks} a LEFT JOIN {hooks} b ON a.root = b.vertex
        """)
    raise no_end()


def no_end() -> BuildStopped:
    """What is said if linking goes on without end, which would be a fault of ours."""
    return BuildStopped(
        f"Linking people did not come to an end in {MAX_ROUNDS} rounds. The last good build stands. "
        "This is a fault in Fishplate, not in the records; please report it with the number of identities."
    )
