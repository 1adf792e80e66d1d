"""What people say: whether it happened as promised, what they want, and who does not answer.

Takes a `Life` and what was promised; adds answers and goals to the world. What is felt has causes of its own and is
not read off the records. The unhappy, people with dementia and those who live alone answer less.
"""

from typing import Final

from fishplate.town.calendar import DAY
from fishplate.town.happenings import Answer, Goal, Life, Referral, Spell
from fishplate.town.names import GOALS

QUESTIONS: Final = (
    "knew_what_would_happen_next",
    "did_not_have_to_repeat_my_story",
    "knew_who_to_call",
    "it_happened_when_they_said",
    "it_was_what_i_wanted",
)
"""The open questions about a join (design/measures.md, *First-class measures*, 9)."""


def after_discharge(life: Life, spell: Spell) -> None:
    """Ask some of those who went home what they were told."""
    if life.chance(0.5):
        told = life.chance(0.6)
        put(life, QUESTIONS[:3], spell.ended + 7 * DAY, told, leg=spell.number)


def after_referral(life: Life, referral: Referral) -> None:
    """Ask some of those for whom another service was to come whether it did."""
    if life.chance(0.4):
        soon = referral.started is not None and referral.started - referral.sent < 4 * DAY
        put(life, QUESTIONS[1:], referral.sent + 14 * DAY, life.chance(0.75 if soon else 0.3), referral=referral.number)


def put(life: Life, questions: tuple[str, ...], asked: int, content: bool, leg: str = "", referral: str = "") -> None:
    """Put the questions to the person or their carer; somebody answers, or nobody does."""
    person = life.person
    asked = asked // DAY * DAY + 10 * 60
    if not life.is_here(asked):
        return
    silent = life.chance(0.25 + 0.15 * (not content) + 0.2 * person.dementia + 0.1 * person.lives_alone)
    respondent = "not_answered" if silent else "carer" if person.carer and life.chance(0.5) else "person"
    answered = None if silent else life.later(asked, 1, 200)
    for question in questions:
        answer = (
            "" if silent else life.dice.choices(("yes", "partly", "no"), (75, 15, 10) if content else (20, 25, 55))[0]
        )
        life.world.answers.append(
            Answer(person.place, life.number("Q"), question, asked, answered, answer, respondent, leg, referral)
        )


def goal(life: Life, moment: int) -> None:
    """Write down what the person wants, and look at it again three months later."""
    reviewed = moment + 90 * DAY if life.is_here(moment + 90 * DAY) and life.chance(0.7) else None
    attainment = str(life.dice.choice((-2, -1, 0, 0, 1, 2))) if reviewed else ""
    chosen_by = life.dice.choices(("person", "together", "worker", "carer"), (5, 3, 1, 1))[0]
    words = life.dice.choice(GOALS)
    life.world.goals.append(Goal(life.person.place, life.number("G"), words, chosen_by, moment, reviewed, attainment))
