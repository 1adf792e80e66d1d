"""Two years of one person's life: the surgery, care at home, family, memory, diabetes, and now and then a crisis.

Takes the people and a seed; adds to the `World`. Each person has dice of their own, so that what
happens to one does not hang on how many others there are.
"""

from collections.abc import Callable
from random import Random

from fishplate.town.calendar import DAY, END, HOUR, WEEK, weekday
from fishplate.town.crises import ask, crisis
from fishplate.town.happenings import (
    Assessment,
    Contact,
    Life,
    LifeEvent,
    Package,
    Referral,
    Surgery,
    Told,
    Week,
    World,
)
from fishplate.town.names import CAFE
from fishplate.town.people import Person
from fishplate.town.voices import goal

PROVIDERS = ("Brightside Care", "Homeward Care")
VISIT_EVERY = {"district_nursing": 3, "reablement": 2, "community_therapy": 9, "memory_service": 28}
"""Days between the contacts of a service; 14 where it is not named."""


def live(people: list[Person], seed: int, world: World, progress: Callable[[int, int], None] | None = None) -> None:
    """These people's two years. `progress` is told how many have lived and how many there are."""
    for person in people:
        one_life(Life(person, Random(f"{seed} person {person.place}"), world))
        if progress and person.place % 500 == 0:
            progress(person.place, len(world.people))


def one_life(life: Life) -> None:
    """All that happens to one person."""
    come_and_go(life)
    surgeries(life)
    diabetes_care(life)
    memory(life)
    emergencies(life)
    care_at_home(life)
    told(life)
    first = len(life.world.referrals)
    while first and life.world.referrals[first - 1].person == life.person.place:
        first -= 1
    for referral in life.world.referrals[first:]:
        contacts(life, referral)


def come_and_go(life: Life) -> None:
    """A death, or a move in or out."""
    person, events = life.person, life.world.life_events
    if person.came:
        events.append(LifeEvent(person.place, life.number("L"), "moved_in", person.came, "Smalltown"))
    if person.gone < END:
        kind = "death" if person.died else "moved_away"
        to = "" if person.died else life.dice.choice(("Northmoor", "Elsewhere"))
        events.append(LifeEvent(person.place, life.number("L"), kind, person.gone, to))


def surgeries(life: Life) -> None:
    """Encounters with the practice."""
    person = life.person
    a_year = 2 + 2 * person.frailty + 2 * person.diabetes + person.dementia
    for _ in range(round(life.dice.expovariate(1 / (2 * a_year)))):
        moment = life.by_day(life.dice.randrange(END - 5 * DAY))
        if life.is_here(moment):
            kind = life.dice.choices(("F2F", "TEL", "HV"), (60, 34, 6))[0]
            minutes = life.dice.choice((8, 10, 12, 15, 20))
            life.world.surgeries.append(Surgery(person.place, life.number("X"), moment, minutes, kind))


def diabetes_care(life: Life) -> None:
    """The practice refers a foot at risk; those who take insulin may be seen by the nurse."""
    if life.person.diabetes and life.chance(0.3):
        moment = life.by_day(life.dice.randrange(END))
        if life.is_here(moment):
            ask(life, moment, "general_practice", "podiatry_foot_protection", "foot_problem", "urgent")


def memory(life: Life) -> None:
    """Dementia: the practice refers to the memory service."""
    if life.person.dementia and life.chance(0.6):
        moment = life.by_day(life.dice.randrange(END))
        if life.is_here(moment):
            ask(life, moment, "general_practice", "memory_service", "memory", "routine")


def emergencies(life: Life) -> None:
    """Crises, more of them the frailer somebody is."""
    a_year = 0.08 + 0.45 * life.person.frailty + 0.3 * life.person.insulin
    moment = int(life.dice.expovariate(a_year) * 365 * DAY)
    while moment < END and moment < life.person.gone:
        home = crisis(life, moment) if life.is_here(moment) else moment
        moment = home + DAY + int(life.dice.expovariate(a_year) * 365 * DAY)


def care_at_home(life: Life) -> None:
    """The council assesses, and somebody comes in every day."""
    person, dice = life.person, life.dice
    if person.frailty < 2 or not life.chance(0.45):
        return
    assessed = life.by_day(dice.randrange(END * 2 // 3))
    began = life.by_day(assessed, 14)
    if not life.is_here(began):
        return
    for domain in ("personal_care", "home"):
        life.world.assessments.append(
            Assessment(person.place, life.number("N"), "adult_social_care_assessment", domain, assessed)
        )
    provider = dice.choice(PROVIDERS)
    visits = dice.choice((7, 14, 14, 21))
    ended = person.gone if person.gone < END else None
    package = Package(person.place, life.number("K"), "Home Support", provider, began, ended, visits * 1200)
    life.world.packages.append(package)
    goal(life, began)
    if provider == PROVIDERS[0]:
        weeks(life, package, visits)


def weeks(life: Life, package: Package, visits: int) -> None:
    """The firm's weeks: visits planned and done, and what they cost."""
    monday = package.started - package.started % DAY + (7 - weekday(package.started)) % 7 * DAY
    while monday + WEEK <= min(END, life.person.gone):
        done = visits - (life.dice.randrange(4) if life.chance(0.3) else 0)
        world_week = Week(package.person, package.number, monday, visits, done, done * 30, done * 1200)
        life.world.weeks.append(world_week)
        monday += WEEK


def told(life: Life) -> None:
    """What the charity hears: who cares, and what life is like beside care."""
    person, dice = life.person, life.dice
    ended = person.gone if person.gone < END else None
    if person.carer and life.chance(0.6):
        began = dice.randrange(END // 2)
        if life.is_here(began):
            hours = dice.choice((6.0, 14.0, 28.0, 35.0, 60.0))
            by = "carer" if life.chance(0.7) else "person"
            number = life.number("F")
            life.world.told.append(Told(person.place, number, f"care by {person.carer}", by, began, ended, hours))
    if person.frailty and life.chance(0.2):
        began = dice.randrange(END // 2) // DAY * DAY + 12 * HOUR
        if life.is_here(began):
            life.world.told.append(Told(person.place, life.number("F"), dice.choice(CAFE), "person", began, ended, 2.0))


def contacts(life: Life, referral: Referral) -> None:
    """The contacts of a service that took a referral up, the first one at its start."""
    if referral.started is None or referral.ended is None:
        return
    every = VISIT_EVERY.get(referral.to, 14)
    moment = referral.started
    while moment <= min(referral.ended, END - 1) and life.is_here(moment):
        attended = moment == referral.started or life.chance(0.93)
        minutes = life.dice.choice((15, 20, 30, 45)) if attended else 0
        life.world.contacts.append(
            Contact(referral.person, life.number("C"), referral.number, referral.to, moment, minutes, attended,
                    life.chance(0.85))
        )  # fmt: skip
        moment = life.by_day(moment, every)
    if life.chance(0.6):
        domain = {"memory_service": "cognition", "district_nursing": "medicines"}.get(referral.to, "mobility")
        life.world.assessments.append(
            Assessment(referral.person, life.number("N"), referral.to, domain, referral.started)
        )
