"""The forms that the text of a FHIR reference takes, as expressions both interpreters use (FHIR R4 2.3).

The expressions must match the whole text. They keep to what Python's `re` and DuckDB's RE2 read alike: no dot, no
`\\s` or `\\w`, no `$` inside.
"""

TYPE = "[A-Z][A-Za-z]*"
ID = r"[A-Za-z0-9.\-]{1,64}"
BASE = "(?:[^#?|]*/)?"

LITERAL = rf"{BASE}({TYPE})/({ID})(?:/_history/{ID})?"
"""A relative or absolute address of a resource: its type and its id; the server and the version are left out."""

CONDITIONAL = rf"{BASE}({TYPE})[?](?:[^#]*&)?identifier=([^&#]+)"
"""A search by identifier: the type, and the identifier as it stands in the search."""

URN = r"urn:(?:uuid|oid):[A-Za-z0-9.\-]+"
"""An identifier that is its own address, as in a bundle."""

ESCAPES = (("%7C", "|"), ("%7c", "|"), ("%3A", ":"), ("%3a", ":"), ("%2F", "/"), ("%2f", "/"))
"""The escapes undone in a conditional reference: those of the characters that a system is written with."""

NAMED = ("Organization", "Location", "HealthcareService")
"""Contained resources that go by their name where they have no identifier."""
