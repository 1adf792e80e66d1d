"""The questions care pages ask of the published tables, as SQL for DuckDB, one person at a time."""

_FILE = "coalesce(f.name, {0}.file)"
# The same bytes may have come under several names, or twice under one; a row of theirs is still one row.
_NAMED = """LEFT JOIN (
    SELECT source, file, arg_max(name, (stands = 'current', received_as)) AS name FROM files GROUP BY source, file
) f ON f.file = {0}.file AND f.source = {0}.source"""

ORGANISATION_NAMES = """
SELECT organisation_id, any_value(name) FROM organisations WHERE coalesce(name, '') <> '' GROUP BY organisation_id
"""

BY_NHS_NUMBER = "SELECT DISTINCT person_code FROM identified WHERE nhs_number = ? LIMIT 2"

# A local identifier is a value below a namespace; the same value in two namespaces may be two people, so neither opens.
BY_LOCAL_ID = """
SELECT DISTINCT person_code FROM (
    SELECT person_code, unnest(string_split(identity, ?)) AS anchor FROM links
) WHERE substr(anchor, instr(anchor, '|') + 1) = ? AND NOT list_contains(?, split_part(anchor, '|', 1))
LIMIT 2
"""

# A referral makes a relationship for whoever was asked, until they say no.
INVOLVEMENTS = """
SELECT organisation_id, started_on, ended_on FROM legs WHERE person_code = ? AND coalesce(organisation_id, '') <> ''
UNION ALL
SELECT organisation_id, contact_on, contact_on FROM contacts
WHERE person_code = ? AND coalesce(organisation_id, '') <> ''
UNION ALL
SELECT to_organisation_id, sent_on, rejected_on FROM referrals
WHERE person_code = ? AND coalesce(to_organisation_id, '') <> ''
"""

PERSON = """
SELECT any_value(nullif(name, '')), any_value(nullif(nhs_number, '')),
       any_value(nullif(local_id, '')), any_value(born_on),
       any_value(nullif(phone, ''))
FROM identified WHERE person_code = ?
"""

LEGS = f"""
SELECT l.service_kind, l.leg_kind, l.organisation_id, coalesce(s.name, ''), l.need, l.told_by,
       l.started_at, l.started_on, l.started_is_date, l.ended_at, l.ended_on, l.ended_is_date,
       l.source, {_FILE.format("l")}, l.line
FROM legs l {_NAMED.format("l")}
LEFT JOIN (SELECT service_id, any_value(name) AS name FROM services GROUP BY service_id) s
    ON s.service_id = l.service_id
WHERE l.person_code = ?
ORDER BY l.started_at, l.ended_at NULLS LAST, l.organisation_id, l.leg_id
"""

REFERRALS = f"""
SELECT r.from_service_kind, r.from_organisation_id, r.to_service_kind, r.to_organisation_id, r.need, r.rejected_reason,
       r.sent_at, r.sent_on, r.sent_is_date, r.accepted_at, r.accepted_on, r.accepted_is_date,
       r.rejected_at, r.rejected_on, r.rejected_is_date, r.source, {_FILE.format("r")}, r.line
FROM referrals r {_NAMED.format("r")}
WHERE r.person_code = ?
ORDER BY r.sent_at, r.to_service_kind
"""

GOALS = """
SELECT goal_words, chosen_by, set_at, set_on, set_is_date FROM goals
WHERE person_code = ? AND coalesce(goal_words, '') <> ''
ORDER BY set_at
"""

DIED = "SELECT died_on FROM journeys WHERE person_code = ? AND died_on IS NOT NULL"

REJECTIONS = f"""
SELECT r.source, any_value(d.organisation_id), r.reason, r.reason_words, coalesce(r.field, ''), r.what, count(*),
       {_FILE.format("r")} AS file_name, list_sort(list(r.line))
FROM rejections r {_NAMED.format("r")}
LEFT JOIN (SELECT source, any_value(organisation_id) AS organisation_id FROM feeds GROUP BY source) d
    ON d.source = r.source
WHERE r.came_again_in IS NULL
GROUP BY r.source, r.reason, r.reason_words, 5, r.what, file_name
ORDER BY r.source, r.reason, r.reason_words, 5, file_name
"""

REJECTED_ROWS = f"""
SELECT r.file, {_FILE.format("r")}, r.line, coalesce(r.field, ''), r.reason_words
FROM rejections r {_NAMED.format("r")}
WHERE r.source = ? AND r.came_again_in IS NULL
ORDER BY 2, 1, r.line, 4
"""

ROWS_TO_RETURN = """
SELECT file, line, table_name, what, reason FROM rejections WHERE source = ? AND came_again_in IS NULL
ORDER BY file, line
"""
