"""Why a record, or one of its values, could not be used: every reason, in words a person can act on.

The words never hold the value itself. `{field}`, `{column}` and `{expected}` are filled from the mapping, so the
same sentence serves the plain-Python oracle and the compiled SQL.
"""

from dataclasses import dataclass
from enum import Enum


class Reason(Enum):
    """A reason, with the sentence that says what is wrong, what was expected and what to do next."""

    FILE_EMPTY = "The file is empty. Expected at least a header line. Ask for the file again."
    FILE_CUT_OFF = (
        "The compressed file ends before its end; records up to here were read. Ask for the file again: "
        "the whole file replaces this one when it has the same name."
    )
    FILE_NOT_READ = (
        "The file could not be opened or unpacked. Check that it is complete and not in use, and send it again."
    )
    COLUMN_MISSING = (
        "The file has no column {column}, which the project maps to {field}. Expected it in the header line. {expected}"
    )
    LINE_TOO_LONG = (
        "The line is longer than the limit and was passed over. Expected {expected}. Often a missing line end or "
        "an unclosed quotation mark: correct the file and send it again."
    )
    NOT_TEXT = (
        "The line holds bytes that are not text in the encoding stated. Expected {expected}. State the right "
        "encoding in fishplate.toml, or correct the line and send it again."
    )
    CONTROL_CHARACTER = (
        "The line holds a control character. Expected plain text. Remove it where the file is made, and send it again."
    )
    QUOTE_UNCLOSED = (
        "A quotation mark on this line is not closed or closes in the middle of a value. Expected each quoted value to "
        "begin and end with the quotation mark. Correct the line and send it again."
    )
    COLUMN_COUNT = (
        "The line has a different number of values than the header. Expected {expected}. Often a separator inside a "
        "value: put quotation marks round it, and send it again."
    )
    JSON_INVALID = "The line is not one whole JSON object. Expected one FHIR resource a line. Ask for the export again."
    REQUIRED_MISSING = (
        "{field} is empty in column {column}, and the record means nothing without it. Fill it and send it again."
    )
    DATE_UNREADABLE = (
        "{field} in column {column} could not be read as a date or time. Expected {expected}. Correct it, or add its "
        "format in fishplate.toml."
    )
    DATE_IMPLAUSIBLE = (
        "{field} in column {column} lies outside the years 1900 to 2199. Correct the year and send it again."
    )
    NUMBER_UNREADABLE = "{field} in column {column} is not {expected}. The rest of the record is used without it."
    FLAG_UNREADABLE = (
        "{field} in column {column} is neither yes nor no. Expected {expected}. The rest of the record is used "
        "without it."
    )
    CODE_UNKNOWN = (
        "{field} in column {column} holds a code that the project does not map. Expected one of {expected}. Add the "
        "code to the mapping in fishplate.toml, or give `other`."
    )
    NHS_NUMBER_INVALID = (
        "{field} in column {column} is not a valid NHS number (ten digits whose last is the check digit). It was not "
        "used to link the record."
    )
    NO_IDENTIFIER = (
        "The record names no person: no valid NHS number and no local identifier. Expected at least one. Fill it and "
        "send it again."
    )
    PERIOD_REVERSED = (
        "The record ends before it starts. Expected {field} at or after the start. Correct the dates and send it again."
    )


WHOLE_FILE = frozenset({Reason.FILE_EMPTY, Reason.FILE_CUT_OFF, Reason.FILE_NOT_READ, Reason.COLUMN_MISSING})
"""Reasons that are about a file and not about one of its records."""

VALUE_ONLY = frozenset({Reason.NUMBER_UNREADABLE, Reason.FLAG_UNREADABLE, Reason.NHS_NUMBER_INVALID})
"""Reasons that leave one value unknown and let the rest of the record go on: none of these can change what happened."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that can be wrong with a record: the reason, and the field and column it is about."""

    reason: Reason
    table: str = ""
    field: str = ""
    column: str = ""
    expected: str = ""

    @property
    def what(self) -> str:
        """Whether the whole record is rejected, or only a value not used."""
        return "value" if self.reason in VALUE_ONLY or self.field == "born_on" else "record"

    @property
    def words(self) -> str:
        """The sentence a person acts on."""
        return self.reason.value.format(
            field=self.field, column=self.column or "(none)", expected=self.expected
        ).strip()
