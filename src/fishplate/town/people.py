"""The people of the town: who lives with whom, how old they are, what ails them, and what they are called.

Takes how many and a seed; gives `Person` values in order. A person comes out the same however many others there are.
NHS numbers are of the range 999, which is kept for tests; telephone numbers are those that Ofcom keeps for drama; the
postcode area ZZ does not exist.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Final, NamedTuple

from fishplate.care.people import check_digit
from fishplate.town.calendar import DAY, DAYS, END, FIRST_DAY
from fishplate.town.names import ETHNICITIES, GIVEN_NAMES, LANGUAGES, SURNAMES

PRACTICES: Final = ("Z99001", "Z99002")
NEVER: Final = 10 * END


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person as they are, whatever anybody recorded. `frailty` runs from 0 to 3."""

    place: int
    """Which person of the town this is, the first being 0."""
    nhs_number: str
    given: str
    family: str
    born: date
    sex: str
    ethnicity: str
    language: str
    phone: str
    postcode: str
    decile: int
    practice: str
    lives_alone: bool
    carer: str = ""
    """Who cares for the person unpaid (daughter, husband and so on); blank where nobody does."""
    frailty: int = 0
    diabetes: bool = False
    insulin: bool = False
    dementia: bool = False
    funder: str = ""
    home: str = "own_home"
    came: int = 0
    """When the person came to live in the town; 0 where they always did."""
    gone: int = NEVER
    """When the person died or moved away."""
    died: bool = False

    @property
    def name(self) -> str:
        """Given name and family name."""
        return f"{self.given} {self.family}"

    @property
    def conditions(self) -> str:
        """The long-term conditions, as a practice lists them."""
        had = (("diabetes", self.diabetes), ("dementia", self.dementia), ("frailty", self.frailty > 1))
        return ";".join(name for name, has in had if has)


class Home(NamedTuple):
    """What all who live together have in common."""

    family: str
    ethnicity: str
    language: str
    phone: str
    postcode: str
    decile: int
    practice: str
    lives_alone: bool


def nhs_numbers() -> Iterator[str]:
    """NHS numbers of the test range with right check digits, each once, in a scattered order."""
    for count in range(1_000_000):
        first_nine = f"999{count * 7919 % 1_000_000:06}"
        digit = check_digit(first_nine)
        if digit < 10:
            yield f"{first_nine}{digit}"


def make_people(count: int, seed: int) -> list[Person]:
    """So many people, household by household."""
    numbers = nhs_numbers()
    people: list[Person] = []
    household = 0
    while len(people) < count:
        dice = Random(f"{seed} household {household}")
        household += 1
        people += make_household(dice, len(people), household, numbers)
    return people[:count]


def make_household(dice: Random, place: int, household: int, numbers: Iterator[str]) -> list[Person]:
    """One household: its first person, and whoever lives with them."""
    size = dice.choices((1, 2, 3), (45, 40, 15))[0]
    family = dice.choice(SURNAMES)
    oldest = dice.choices((dice.randint(20, 59), dice.randint(60, 74), dice.randint(75, 96)), (30, 30, 40))[0]
    home = Home(
        family=family,
        ethnicity=dice.choices(*ETHNICITIES)[0],
        language=dice.choices(*LANGUAGES)[0],
        phone=f"01632 960{household % 1000:03}",
        postcode=f"ZZ{household // 400 % 9 + 1} {household % 9 + 1}{dice.choice('ABDEFGHJ')}{dice.choice('LNPQRSTU')}",
        decile=dice.randint(1, 10),
        practice=dice.choices(PRACTICES, (60, 40))[0],
        lives_alone=size == 1,
    )
    people = []
    for member in range(size):
        age = oldest if member == 0 else max(1, oldest - dice.choice((1, 3, 6, 26, 30)))
        people.append(make_person(dice, place + member, next(numbers), age, home))
    if size > 1 and needs_care(people[0]):
        people[0] = replace(people[0], carer=relation(people[1], people[0]))
    elif needs_care(people[0]) and dice.random() < 0.4:
        people[0] = replace(people[0], carer=dice.choice(("daughter", "son", "niece", "neighbour")))
    return people


def make_person(dice: Random, place: int, number: str, age: int, home: Home) -> Person:
    """One member of a household of that age."""
    sex = dice.choice("12")
    old = max(0, age - 60) / 35
    frailty = sum(dice.random() < old for _ in range(3))
    diabetes = dice.random() < (0.07 + 0.12 * old)
    gone = NEVER
    died = dice.random() < 0.015 + 0.09 * old * (1 + frailty) / 2
    if died or dice.random() < 0.04:
        gone = dice.randrange(60 * DAY, END)
    return Person(
        place=place,
        nhs_number=number,
        given=dice.choice(GIVEN_NAMES[sex]),
        born=FIRST_DAY - timedelta(days=age * 365 + dice.randrange(365)),
        sex=sex,
        frailty=frailty,
        diabetes=diabetes,
        insulin=diabetes and dice.random() < 0.35,
        dementia=dice.random() < 0.22 * old,
        funder=dice.choice(("council", "self", "mixed", "nhs")) if frailty > 1 else "",
        came=dice.randrange(DAYS) * DAY if dice.random() < 0.03 and gone == NEVER else 0,
        gone=gone,
        died=died,
        **home._asdict(),
    )


def needs_care(person: Person) -> bool:
    """Whether somebody would have to care for the person."""
    return person.frailty > 1 or person.dementia


def relation(carer: Person, person: Person) -> str:
    """Who the carer is to the person, by their ages."""
    if (carer.born - person.born).days > 20 * 365:
        return "daughter" if carer.sex == "2" else "son"
    return "wife" if carer.sex == "2" else "husband"
