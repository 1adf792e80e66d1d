"""Joan: 81, dementia and insulin, lives alone with a cat. Her daughter Sam has power of attorney and works shifts.

Written out by hand, since it is the story the demo tells. On a Friday at 16:40 the ward sends a referral for insulin
to an inbox that nobody looks at before Monday, and nobody on Monday picks it up; on day 6 an ambulance comes.
"""

from dataclasses import replace
from datetime import date
from typing import Final

from fishplate.town.calendar import DAY, FIRST_DAY, WEEK, at
from fishplate.town.happenings import (
    Answer,
    Assessment,
    Attendance,
    Call,
    Choice,
    Contact,
    Goal,
    Package,
    Plan,
    Referral,
    Spell,
    Surgery,
    Told,
    Week,
    World,
)
from fishplate.town.people import NEVER, Person

NAME: Final = "Joan Wardle"
LEAVES: Final = at(date(2025, 10, 3), 16, 40)
"""The Friday on which she goes home."""
COMES_BACK: Final = at(date(2025, 10, 9), 5, 50)
"""Day 6."""


def joan(person: Person) -> Person:
    """The first person of the town, turned into Joan."""
    return replace(
        person, given="Joan", family="Wardle", born=date(1944, 3, 12), sex="2", ethnicity="A", language="en",
        lives_alone=True, carer="daughter", frailty=3, diabetes=True, insulin=True, dementia=True, decile=3,
        funder="council", home="own_home", came=0, gone=NEVER, died=False, practice="Z99001",
        phone="01632 960081",
    )  # fmt: skip


def her_story(world: World, place: int) -> None:
    """Add Joan's two years to the world; `place` is hers among the people."""
    before(world, place)
    the_ward(world, place)
    the_friday(world, place)
    day_six(world, place)
    what_they_said(world, place)


def before(world: World, me: int) -> None:
    """Memory service, home care, Sam, and the lunch club."""
    referred = at(date(2024, 4, 9), 11, 15)
    seen = at(date(2024, 5, 28), 10, 0)
    closed = at(date(2024, 9, 17), 15, 0)
    world.surgeries += [
        Surgery(me, f"XJOAN{count}", at(date(2024, 1, 16), 9, 40) + count * 11 * WEEK, 15, "F2F") for count in range(8)
    ]
    world.referrals.append(
        Referral(me, "RJOAN01", "general_practice", "memory_service", "memory", "routine", referred, referred + 5,
                 referred + 2 * DAY, None, "", seen, closed, "reason;medicines", "XJOAN1")
    )  # fmt: skip
    for count, days in enumerate((0, 21, 49, 112)):
        world.contacts.append(
            Contact(me, f"CJOAN0{count}", "RJOAN01", "memory_service", seen + days * DAY, 60, True, True)
        )
    world.assessments.append(Assessment(me, "NJOAN01", "memory_service", "cognition", seen))
    assessed = at(date(2025, 3, 4), 10, 30)
    world.assessments.append(Assessment(me, "NJOAN02", "adult_social_care_assessment", "personal_care", assessed))
    began = at(date(2025, 3, 31), 8, 0)
    world.packages.append(Package(me, "KJOAN01", "Home Support", "Brightside Care", began, None, 7 * 1200))
    for count in range(39):
        week = began + count * WEEK
        visits = 0 if at(date(2025, 9, 22)) <= week <= COMES_BACK else 7
        world.weeks.append(Week(me, "KJOAN01", week - week % DAY, 7, visits, visits * 30, visits * 1200))
    world.told.append(Told(me, "FJOAN01", "care by daughter", "carer", at(date(2024, 2, 1)), None, 14.0))
    world.told.append(Told(me, "FJOAN02", "lunch_club", "person", at(FIRST_DAY, 12, 0), at(date(2025, 9, 18), 14), 2.0))
    world.goals.append(
        Goal(me, "GJOAN01", "To be at home with Tibbles, and not be a bother to Sam", "person", assessed,
             at(date(2025, 11, 4), 10), "-1")
    )  # fmt: skip


def the_ward(world: World, me: int) -> None:
    """She is found confused on a Monday morning and is in hospital for eleven days."""
    called = at(date(2025, 9, 22), 7, 35)
    arrives, admitted = called + 75, called + 460
    world.calls.append(Call(me, "AJOAN01", called, arrives, True))
    world.attendances.append(Attendance(me, "EJOAN01", arrives, admitted, True, "confusion", True, False))
    ready = at(date(2025, 10, 1), 11, 0)
    world.spells.append(Spell(me, "SJOAN01", admitted, LEAVES, ready, "21", "1", "19", "430", False))
    for count, domain in enumerate(("mobility", "medicines", "home")):
        world.assessments.append(Assessment(me, f"NJOAN1{count}", "acute_hospital", domain, ready))
    world.plans.append(
        Plan(me, "PJOAN01", "discharge_plan", "insulin", at(date(2025, 10, 2), 15), at(date(2025, 10, 4), 8), "RZ1")
    )


def the_friday(world: World, me: int) -> None:
    """Three referrals leave the ward with her. Two are taken up."""
    world.referrals.append(
        Referral(me, "RJOAN02", "acute_hospital", "district_nursing", "insulin", "urgent", LEAVES,
                 information="reason;medicines", based_on="SJOAN01")
    )  # fmt: skip
    sent, starts = LEAVES - 2 * DAY, at(date(2025, 10, 4), 9, 30)
    world.referrals.append(
        Referral(me, "RJOAN03", "acute_hospital", "reablement", "everyday_tasks", "urgent", sent, sent + 5,
                 sent + 200, None, "", starts, COMES_BACK, "reason", "SJOAN01")
    )  # fmt: skip
    for count in range(5):
        world.contacts.append(
            Contact(me, f"CJOAN1{count}", "RJOAN03", "reablement", starts + count * DAY, 45, True, True)
        )
    world.assessments.append(Assessment(me, "NJOAN20", "reablement", "mobility", starts))
    world.choices.append(
        Choice(me, "HJOAN01", "everyday_tasks", "accepted", "attorney", "health_and_welfare", sent + 60,
               "ward doctor", "no", "Y", "a short stay in a care home")
    )  # fmt: skip


def day_six(world: World, me: int) -> None:
    """Six days without insulin. This time the nurses are rung, and come."""
    arrives, admitted = COMES_BACK + 80, COMES_BACK + 330
    home = at(date(2025, 10, 20), 11, 30)
    world.calls.append(Call(me, "AJOAN02", COMES_BACK, arrives, True))
    world.attendances.append(Attendance(me, "EJOAN02", arrives, admitted, True, "high_blood_sugar", True, False))
    ready = home - DAY
    world.spells.append(Spell(me, "SJOAN02", admitted, home, ready, "21", "1", "19", "430", False))
    sent, starts = home - DAY, at(date(2025, 10, 20), 17, 30)
    world.referrals.append(
        Referral(me, "RJOAN04", "acute_hospital", "district_nursing", "insulin", "urgent", sent, sent + 5,
                 sent + 90, None, "", starts, at(date(2026, 3, 1)), "reason;medicines;what_matters;contacts",
                 "SJOAN02")
    )  # fmt: skip
    world.contacts += [
        Contact(me, f"CJOAN3{count:03}", "RJOAN04", "district_nursing", starts + count * DAY, 20, True, True)
        for count in range(72)
    ]


def what_they_said(world: World, me: int) -> None:
    """Sam answers for both of them after the Friday; Joan answers for herself in November."""
    asked, answered = at(date(2025, 10, 17), 10), at(date(2025, 10, 17), 22, 10)
    said = {
        "knew_what_would_happen_next": "no",
        "did_not_have_to_repeat_my_story": "no",
        "knew_who_to_call": "no",
        "it_happened_when_they_said": "no",
        "it_was_what_i_wanted": "partly",
    }
    for count, (question, answer) in enumerate(said.items()):
        number = f"QJOAN0{count}"
        world.answers.append(Answer(me, number, question, asked, answered, answer, "carer", "SJOAN01", "RJOAN02"))
    asked = at(date(2025, 11, 4), 10)
    world.answers.append(
        Answer(me, "QJOAN10", "it_happened_when_they_said", asked, asked + 20, "yes", "person", "SJOAN02", "RJOAN04")
    )
    # Nobody asked Joan's second question of anybody else, so one more stays without an answer.
    world.answers.append(
        Answer(me, "QJOAN11", "knew_who_to_call", asked, None, "", "not_answered", "SJOAN02", "RJOAN04")
    )
