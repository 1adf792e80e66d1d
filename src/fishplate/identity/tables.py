"""What the identity stage publishes: who the people are, by code.

The person code is a whole number that means nothing outside the project, is given once and never used again
(the table of codes survives a full rebuild). Names and numbers live in `IDENTIFIED`, written only in care mode.
"""

from fishplate.records.tables import PEOPLE as FILLED
from fishplate.records.tables import PERSON_FIELDS
from fishplate.store.tables import Table, text, whole

PERSON_CODE = whole("person_code", "The person, by a code that is never used for anybody else", required=True)

PEOPLE = Table(
    "people",
    "One person, with what fairness needs; empty means not known",
    (
        PERSON_CODE,
        whole("birth_year", "Year of birth"),
        *(column for column in FILLED.columns if not column.identifies),
        whole("sources", "How many sources hold a record of the person"),
    ),
    sorted_by=("person_code",),
)

IDENTIFIED = Table(
    "identified",
    "One person's name and numbers, for care mode only",
    (PERSON_CODE, *(column for column in FILLED.columns if column.identifies), *PERSON_FIELDS),
    sorted_by=("person_code",),
)

LINKS = Table(
    "links",
    "One identity that a source used, the person it was linked to, and by which rule; never published",
    (
        text("identity", "The identifiers the source used"),
        PERSON_CODE,
        text("rule", "The rule that linked it: only_one, same_nhs_number, same_local_id, or why it stands alone"),
    ),
    sorted_by=("person_code", "identity"),
)

CODES = Table(
    "person_codes",
    "One person code, and the identity it was first given to; rows are added and never changed",
    (text("identity", "The identity that founded the code", required=True), PERSON_CODE),
    sorted_by=("person_code",),
)

PUBLISHED: tuple[Table, ...] = (PEOPLE,)
