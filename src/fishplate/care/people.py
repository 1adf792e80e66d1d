"""The person, the people round them, and the numbers they are known by.

Takes what sources recorded; gives `Person`, `CircleMember` and `LifeEvent` values, and `nhs_number`, which says whether
some text is an NHS number. What could identify somebody is left out of every printed form, so that no log or
error shows it. A fact that nobody recorded is `UNKNOWN`, which is a value and never a guess.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from fishplate.care.periods import Moment
from fishplate.care.words import UNKNOWN, Unknown, Word

NHS_NUMBER_SYSTEM: Final = "https://fhir.nhs.uk/Id/nhs-number"
"""The identifier system of NHS numbers (FHIR UK Core Patient.identifier:nhsNumber)."""

NHS_NUMBER_DIGITS: Final = 10
SPACES_AND_DASHES: Final = frozenset(" \t\u00a0\u2009\u202f-\u2010\u2011\u2012\u2013\u2014\u2212")


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number or code that one system knows a person by (FHIR R4 Identifier); the value is never printed."""

    system: str
    value: str = field(repr=False)


def nhs_number(text: str) -> str | None:
    """The NHS number written here, as ten digits without spaces; None where it is not one.

    Spaces, hyphens and dashes between digits are left out. Of ten digits the last must be the Modulus 11 check digit
    of the others, and a check digit of 10 makes the number invalid (NHS Data Dictionary: NHS NUMBER, steps 1 to 5).
    Our choice beyond that rule: one digit ten times over is refused. Such numbers pass the check and are keyed in as
    placeholders; taking one for true would make one person of many, while refusing one only leaves its holder to be
    linked by other means.
    """
    digits = "".join(character for character in text if character not in SPACES_AND_DASHES)
    if len(digits) != NHS_NUMBER_DIGITS or not (digits.isascii() and digits.isdecimal()):
        return None
    if len(set(digits)) == 1:
        return None
    return digits if int(digits[-1]) == check_digit(digits[:-1]) else None


def check_digit(first_nine: str) -> int:
    """The Modulus 11 check digit of nine digits, from 0 to 10; 10 means no number begins like this."""
    weighted = sum(int(digit) * weight for digit, weight in zip(first_nine, range(10, 1, -1), strict=True))
    return (11 - weighted % 11) % 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who is cared for, with what fairness needs; unknown is a value.

    `id` is Fishplate's own and means nothing outside the project. `sex`, `gender` and `ethnic_category` are codes of
    `codes.py`. `deprivation_decile` is that of the Index of Multiple Deprivation at home, 1 the most deprived.
    Source: FHIR R4 Patient; NHS Data Dictionary, Personal and Demographic.
    """

    id: str
    identifiers: frozenset[Identifier] = frozenset()
    name: str | Unknown = field(default=UNKNOWN, repr=False)
    born_on: date | Unknown = field(default=UNKNOWN, repr=False)
    postcode: str | Unknown = field(default=UNKNOWN, repr=False)
    phone: str | Unknown = field(default=UNKNOWN, repr=False)
    sex: str | Unknown = UNKNOWN
    gender: str | Unknown = UNKNOWN
    ethnic_category: str | Unknown = UNKNOWN
    language: str | Unknown = UNKNOWN
    deprivation_decile: int | Unknown = UNKNOWN
    lives_alone: bool | Unknown = UNKNOWN
    funder: str | Unknown = UNKNOWN
    conditions: frozenset[str] | Unknown = UNKNOWN


class CircleRole(Word):
    """What somebody is to a person, where it changes who may decide, be told or be asked (PRSB About Me; MCA 2005)."""

    CARER = "carer", "Gives unpaid care (Care Act 2014, section 10)"
    NEXT_OF_KIN = "next_of_kin", "Named by the person as next of kin, which by itself gives no right to decide"
    EMERGENCY_CONTACT = "emergency_contact", "To be rung first"
    ATTORNEY_HEALTH = "attorney_health", "Lasting power of attorney for health and welfare (MCA 2005, section 9)"
    ATTORNEY_PROPERTY = "attorney_property", "Lasting power of attorney for property and affairs (MCA 2005, section 9)"
    DEPUTY = "deputy", "Appointed by the Court of Protection (MCA 2005, section 16)"
    ADVOCATE = "advocate", "Speaks with or for the person"
    FRIEND_OR_NEIGHBOUR = "friend_or_neighbour", "Somebody else the person counts on"


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleMember:
    """One person in somebody's circle of support, and what they said they can do (FHIR R4 RelatedPerson).

    A carer is asked whether they are able, whether they are willing, and until when; `UNKNOWN` means nobody asked.
    """

    id: str
    person: str
    roles: frozenset[CircleRole]
    name: str | Unknown = field(default=UNKNOWN, repr=False)
    phone: str | Unknown = field(default=UNKNOWN, repr=False)
    able: bool | Unknown = UNKNOWN
    willing: bool | Unknown = UNKNOWN
    until: Moment | Unknown = UNKNOWN
    limits: str | Unknown = field(default=UNKNOWN, repr=False)


class LifeEventKind(Word):
    """What happened in a life that ends or changes what the person needs (design/joins.md, *Ended*)."""

    DEATH = "death", "The person died"
    MOVED_IN = "moved_in", "The person came to live in the place"
    MOVED_AWAY = "moved_away", "The person went to live outside the place"
    CARE_HOME_ADMISSION = "care_home_admission", "The person went to live in a care home"
    NEED_ENDED = "need_ended", "The person no longer had the need"
    OTHER = "other", "Something else"


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeEvent:
    """One such event, and when (FHIR R4 Patient.deceased and Patient.address.period are two sources of it)."""

    person: str
    kind: LifeEventKind
    happened: Moment
    need: str | None = None
    to_place: str | Unknown = UNKNOWN
