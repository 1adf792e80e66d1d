"""The questions planning pages ask of the published tables, as SQL for DuckDB; true counts, suppressed by the caller.

No question here reads a column that identifies, or free text. Rows come in an order that says nothing about a person.
"""

BETWEEN = " > "
"""What stands between the kinds of a shape; no service kind holds it."""

# A person asked twice counts once; somebody who answered once at least has answered.
ASKED = """
SELECT count(*), count(*) FILTER (answered)
FROM (SELECT person_code, bool_or(coalesce(answer, '') <> '') AS answered FROM answers GROUP BY person_code)
"""

# What a carer or a proxy said stands apart from what the person said. Silence counts where the same question was
# never answered by anybody.
SAID = """
WITH given AS (
    SELECT DISTINCT person_code, question, coalesce(respondent, 'not_recorded') AS respondent, answer
    FROM answers WHERE coalesce(answer, '') <> ''
), silent AS (
    SELECT DISTINCT person_code, question, 'not_answered' AS respondent, '' AS answer
    FROM answers a WHERE NOT EXISTS (
        SELECT 1 FROM given g WHERE g.person_code = a.person_code AND g.question = a.question)
)
SELECT question, respondent, answer, count(*)
FROM (SELECT * FROM given UNION ALL SELECT * FROM silent)
GROUP BY question, respondent, answer
ORDER BY question, (respondent = 'not_answered'), (respondent <> 'person'), respondent, answer
"""

WHOLE = """
SELECT count(*), count(*) FILTER (organisations > 1), median(legs), median(organisations) FROM journeys
"""

FLOWS = """
SELECT coalesce(from_service_kind, ''), coalesce(to_service_kind, ''), count(*) AS pairs,
       count(DISTINCT person_code) AS people
FROM adjacent_pairs
GROUP BY ALL
ORDER BY pairs DESC, 1, 2
"""

ORGANISATIONS = """
SELECT coalesce(any_value(nullif(o.name, '')), l.organisation_id) AS called, coalesce(any_value(o.kind), ''),
       count(DISTINCT l.person_code)
FROM legs l LEFT JOIN organisations o ON o.organisation_id = l.organisation_id
WHERE coalesce(l.organisation_id, '') <> ''
GROUP BY l.organisation_id
ORDER BY lower(called), l.organisation_id
"""

# The kinds in the order of the legs, repeats taken as one.
_SHAPED = f"""
steps AS (
    SELECT person_code, started_at, ended_at, organisation_id, leg_id, coalesce(service_kind, '') AS kind,
           lag(coalesce(service_kind, '')) OVER w AS before
    FROM legs
    WINDOW w AS (PARTITION BY person_code ORDER BY started_at, ended_at NULLS LAST, organisation_id, leg_id)
), shaped AS (
    SELECT person_code,
           string_agg(kind, '{BETWEEN}' ORDER BY started_at, ended_at NULLS LAST, organisation_id, leg_id) AS shape
    FROM steps WHERE before IS NULL OR before <> kind
    GROUP BY person_code
)
"""

SHAPES = f"WITH {_SHAPED} SELECT shape, count(*) AS people FROM shaped GROUP BY shape ORDER BY people DESC, shape"

# Parameters: the secret, how many of each, and the largest hidden count. Which ten, the secret decides.
SOME_OF_EACH_SHAPE = f"""
WITH {_SHAPED}, counted AS (
    SELECT shape, person_code, count(*) OVER (PARTITION BY shape) AS people,
           row_number() OVER (PARTITION BY shape ORDER BY sha256(? || person_code)) AS place
    FROM shaped
)
SELECT shape, person_code FROM counted WHERE place <= ? AND people > ? ORDER BY shape, place
"""

LEGS = """
SELECT service_kind, leg_kind, started_on, ended_on, told_by FROM legs WHERE person_code = ?
ORDER BY started_at, ended_at NULLS LAST, organisation_id, leg_id
"""

REFERRALS = """
SELECT from_service_kind, to_service_kind, sent_on, accepted_on, rejected_on FROM referrals WHERE person_code = ?
ORDER BY sent_at, to_service_kind
"""

REJECTIONS = """
SELECT r.source, r.reason, r.reason_words, coalesce(r.field, ''), r.what, count(*),
       arg_min(coalesce(f.name, r.file), r.line), min(r.line)
FROM rejections r LEFT JOIN (
    SELECT source, file, arg_max(name, (stands = 'current', received_as)) AS name FROM files GROUP BY source, file
) f ON f.file = r.file AND f.source = r.source
WHERE r.came_again_in IS NULL
GROUP BY ALL
ORDER BY r.source, r.reason, r.reason_words, 4
"""

FEEDS = """
SELECT source, complete_from_on, complete_until_on, hole_from_on, hole_until_on, hole_why FROM feeds
ORDER BY source, hole_from_on NULLS FIRST
"""


def count_between(figure: str, low: int | None, high: int | None) -> str:
    """The count of people whose figure is from `low` up to the next whole step after `high`; either may be open."""
    bounds = [f"{figure} >= {low}"] if low is not None else []
    bounds += [f"{figure} < {high + 1}"] if high is not None else []
    return f"count(*) FILTER ({' AND '.join(bounds) or 'true'})"
