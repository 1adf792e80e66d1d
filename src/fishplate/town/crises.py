"""What happens when something goes wrong: ambulance, emergency department, ward, discharge, and what should follow.

Takes a `Life` and a moment; adds to the world and gives the moment at which the person is home again. A referral to
district nursing that is sent when nobody watches its inbox is often never picked up, and then trouble comes back.
"""

from typing import Final

from fishplate.town.calendar import DAY, FRIDAY, HOUR, next_at, weekday
from fishplate.town.happenings import Assessment, Attendance, Call, Choice, Life, Plan, Referral, Spell
from fishplate.town.voices import after_discharge, after_referral

WATCHED: Final = (8 * HOUR, 16 * HOUR + 30)
"""The hours in which somebody looks at the inbox of district nursing, Monday to Friday."""
WARD_DOMAINS: Final = ("mobility", "medicines", "continence", "cognition", "home")
COMPLAINTS: Final = ("fall", "breathless", "confusion", "chest_pain", "infection", "abdominal_pain")
DESTINATIONS: Final = {"own_home": "19", "care_home": "56"}


def crisis(life: Life, moment: int, *, again: int = 0, complaint: str = "") -> int:
    """One emergency, with all that follows from it; `again` counts how often trouble has come back already."""
    person = life.person
    complaint = complaint or life.dice.choice(COMPLAINTS)
    elsewhere = life.chance(0.06)
    by_ambulance = life.chance(0.35 + 0.15 * person.frailty)
    if by_ambulance:
        cleared = life.later(moment, 0.7, 3)
        stays = life.chance(0.25) or not life.is_here(cleared)
        life.world.calls.append(Call(person.place, life.number("A"), moment, cleared, not stays))
        if stays:
            return cleared
        moment = cleared - 10
    left = min(life.later(moment, 1.5, 11), person.gone)
    admitted = left < person.gone and life.chance(0.25 + 0.12 * person.frailty + 0.2 * (again > 0))
    attendance = Attendance(person.place, life.number("E"), moment, left, by_ambulance, complaint, admitted, elsewhere)
    life.world.attendances.append(attendance)
    if not admitted:
        return left
    spell = stay(life, left, elsewhere)
    life.world.spells.append(spell)
    if spell.discharge_method == "1" and life.is_here(spell.ended):
        follow(life, spell, again)
    return spell.ended


def stay(life: Life, moment: int, elsewhere: bool) -> Spell:
    """The stay that begins at that moment, and how it ends."""
    dice, person = life.dice, life.person
    ready = life.by_day(moment, 1.5 + dice.expovariate(1 / (3 + 3 * person.frailty)))
    delay = dice.choice((0, 0, 0, 1, 2, 3, 6)) if person.frailty else 0
    ended = ready + delay * DAY + dice.randrange(60, 300)
    dies = not life.is_here(ended) and person.died
    if dies:
        ended = max(moment + HOUR, min(ended, person.gone))
    return Spell(
        person=person.place,
        number=life.number("S"),
        started=moment,
        ended=ended,
        ready=None if dies else ready,
        method="21",
        discharge_method="4" if dies else dice.choices("12", (97, 3))[0],
        destination="79" if dies else DESTINATIONS[person.home],
        function=dice.choice(("300", "300", "430", "110", "340", "320", "360") if person.frailty < 3 else ("430",)),
        elsewhere=elsewhere,
    )


def follow(life: Life, spell: Spell, again: int) -> None:
    """What goes before a discharge and what should follow it: a referral for each need."""
    if not spell.elsewhere:
        before_discharge(life, spell)
    after_discharge(life, spell)
    for service, need, priority in needs(life):
        referral = ask(life, spell.ended - life.dice.randrange(0, 40, 5), "acute_hospital", service, need, priority,
                       based_on=spell.number)  # fmt: skip
        lost = referral.accepted is None and referral.rejected is None
        if lost and need == "insulin" and again < 2 and life.chance(0.7):
            crisis(life, life.later(spell.ended, 70, 150), again=again + 1, complaint="high_blood_sugar")


def before_discharge(life: Life, spell: Spell) -> None:
    """What the ward writes down before somebody goes home: what it assessed, and a plan."""
    person, world = life.person, life.world
    for domain in life.dice.sample(WARD_DOMAINS, 1 + person.frailty // 2):
        assessed = spell.ready or spell.started
        world.assessments.append(Assessment(person.place, life.number("N"), "acute_hospital", domain, assessed))
    if person.frailty:
        seen = "RZ1;RZ2" if life.chance(0.5) else "RZ1"
        due = spell.ended + 2 * DAY
        world.plans.append(Plan(person.place, life.number("P"), "discharge_plan", "going_home", spell.ended, due, seen))


def needs(life: Life) -> list[tuple[str, str, str]]:
    """The service, need and priority of each referral that this person's discharge asks for."""
    person = life.person
    found = []
    if person.insulin:
        found.append(("district_nursing", "insulin", "urgent"))
    elif person.frailty and life.chance(0.4):
        found.append(("district_nursing", "wound_care", "routine"))
    if person.frailty > 1 or (person.frailty and life.chance(0.5)):
        found.append(("reablement", "everyday_tasks", "urgent"))
    if person.frailty and life.chance(0.3):
        found.append(("community_therapy", "mobility", "routine"))
    if person.diabetes and life.chance(0.15):
        found.append(("podiatry_foot_protection", "foot_problem", "urgent"))
    if person.lives_alone and life.chance(0.25):
        found.append(("social_prescribing", "company", "routine"))
    return found


def ask(life: Life, sent: int, by: str, to: str, need: str, priority: str, based_on: str = "") -> Referral:
    """One service asks another. Somebody says yes and comes, or says no, or it is never picked up."""
    place, number, dice = life.person.place, life.number("R"), life.dice
    information = ";".join(what for what in ("reason", "medicines", "what_matters", "contacts") if dice.random() < 0.7)
    referral = Referral(place, number, by, to, need, priority, sent, information=information, based_on=based_on)
    roll = dice.random()
    lost = 0.45 if to == "district_nursing" and not is_watched(sent) else 0.05
    if roll < lost:
        referral = referral._replace(received=sent + 5 if dice.random() < 0.5 else None)
    elif roll < lost + 0.05:
        no = next_at(sent + 3 * HOUR, 10, working=True)
        reason = dice.choice(("02", "03", "04"))
        referral = referral._replace(received=sent + 5, rejected=no, reason=reason)
    elif roll < lost + 0.10:
        referral = referral._replace(received=sent + 5, accepted=next_at(sent, 9, working=True))
        life.world.choices.append(decline(life, need, sent + dice.randrange(DAY)))
    else:
        referral = taken_up(life, referral)
    life.world.referrals.append(referral)
    after_referral(life, referral)
    return referral


def taken_up(life: Life, referral: Referral) -> Referral:
    """The referral with a yes and a first contact, if the person is still there for it."""
    sent = referral.sent
    accepted = sent + life.dice.randrange(20, 240) if is_watched(sent) else next_at(sent, 9, working=True)
    days = {"urgent": 0.8, "routine": 9.0}[referral.priority]
    started = max(accepted + HOUR, life.by_day(accepted, days))
    if not life.is_here(started):
        return referral._replace(received=sent + 5, accepted=accepted)
    ended = min(life.by_day(started, life.dice.uniform(7, 70)), life.person.gone)
    return referral._replace(received=sent + 5, accepted=accepted, started=started, ended=ended)


def is_watched(moment: int) -> bool:
    """Whether somebody looks at the inbox of district nursing at that moment."""
    return weekday(moment) <= FRIDAY and WATCHED[0] <= moment % DAY < WATCHED[1]


def decline(life: Life, need: str, moment: int) -> Choice:
    """The person, or somebody who may decide for them, would rather not, or not yet, or from somebody else."""
    dice, person = life.dice, life.person
    decision = dice.choice(("declined", "declined", "postponed", "elsewhere"))
    decider, scope = "person", "this_decision"
    if person.dementia:
        decider, scope = dice.choice((("attorney", "health_and_welfare"), ("best_interests", "this_decision")))
    choice = Choice(person.place, life.number("H"), need, decision, decider, scope, moment)
    if need in ("insulin", "foot_problem") and dice.random() < 0.6:
        capable = "no" if person.dementia else "yes"
        return choice._replace(
            capacity_by="ward doctor", capacity=capable, risk="Y", alternative="a visit at the surgery"
        )
    return choice
