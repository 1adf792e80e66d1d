"""A person's page in words: who it is, what matters to them, and their journey with dates, names and origins.

Takes identified rows and judged joins; gives the page. Nothing of it may be used by a planning page
(design/product.md, rule 7).
"""

from collections.abc import Mapping
from datetime import date, timedelta, tzinfo

from fishplate.charts.timeline import Gap, Point, Stretch, gaps, legend, timeline
from fishplate.report.care import CareJoins, CareJourney, CareLeg, CareReferral, IdentifiedPerson, Provenance, When
from fishplate.web.components.blocks import Link, Page, Section, Step, Term
from fishplate.web.hub.join_words import followed
from fishplate.web.words import LEG_KIND_WORDS, capital, counted, days, gap, kind, on, on_at, short_on, small


def person_page(
    person: IdentifiedPerson,
    journey: CareJourney,
    joins: CareJoins,
    own: Mapping[str, str],
    zone: tzinfo,
    find: Link,
    who: Link,
) -> Page:
    """The person's page."""
    first_on = min((leg.started.on for leg in journey.legs), default=None)
    list_of = steps(journey, own, zone)
    sections = [Section("who", "Who this is", facts=facts(person, journey), links=(who,))]
    if journey.goals:
        sections.append(
            Section(
                "goals",
                "What matters to the person, in their own words",
                quotes=tuple(f"“{goal.words}”" for goal in journey.goals),
            )
        )
    if first_on is not None:
        sections.append(picture(journey, first_on, own))
    sections.append(followed(joins, own, zone))
    sections.append(
        Section("list", "The journey in order, and where each entry comes from", steps=list_of)
        if list_of
        else Section("list", "No care is recorded for this person")
    )
    return Page(
        title=person.name or "A person whose name is not recorded",
        above="Identified record: close it when you have done",
        back=find,
        finding=(finding(journey, own),),
        sections=tuple(sections),
    )


def finding(journey: CareJourney, own: Mapping[str, str]) -> str:
    """What stands out: requests without an answer first, then the longest gap."""
    unheard = [r for r in journey.referrals if r.accepted is None and r.rejected is None]
    if unheard:
        first = unheard[0]
        said = f"No answer is recorded to the request of {on(first.sent.on)} to {small(kind(first.to_kind, own))}"
        return f"{said}, nor to {counted(len(unheard) - 1, 'other')}." if len(unheard) > 1 else f"{said}."
    current = [leg for leg in journey.legs if leg.ended is None]
    if current:
        return f"{capital(counted(len(current), 'leg'))} of care open now."
    return f"{capital(counted(len(journey.legs), 'leg'))} of care recorded, none open now."


def facts(person: IdentifiedPerson, journey: CareJourney) -> tuple[Term, ...]:
    """The few facts a worker checks first: is this the right person?"""
    number = person.nhs_number
    shown = f"{number[:3]} {number[3:6]} {number[6:]}" if number else "Not recorded"
    known = [
        Term("Born", on(person.born_on) if person.born_on else "Not recorded"),
        Term("NHS number", shown),
        Term("Local identifiers", ", ".join(person.local_ids) or "None recorded"),
        Term("Phone", person.phone or "Not recorded"),
    ]
    return (*known, Term("Died", on(journey.died_on))) if journey.died_on else tuple(known)


def row_of(leg: CareLeg, own: Mapping[str, str]) -> str:
    """The row a leg stands in: the kind of service, so that one service is one row."""
    return kind(leg.service_kind, own)


def picture(journey: CareJourney, first_on: date, own: Mapping[str, str]) -> Section:
    """The timeline with its sentence, by days from the first leg, labelled with dates."""
    stretches = stretches_of(journey, first_on, own)
    points = [
        Point(kind(r.to_kind, own), max(0, (r.sent.on - first_on).days), not is_unheard(r)) for r in journey.referrals
    ]
    ends = [s.from_day if s.until_day is None else s.until_day for s in stretches]
    last_day = max([0, *ends, *(point.day for point in points)])
    legs, holes = counted(len(stretches), "leg"), counted(len(gaps(stretches)), "gap")
    sentence = f"From {on(first_on)} for {days(last_day)}: {legs}, {holes}."
    chart = timeline(stretches, points, last_day, sentence, lambda day: short_on(first_on + timedelta(days=day)))
    return Section(
        "line",
        "The journey in a picture",
        sentences=(sentence,),
        charts=(chart,) if chart else (),
        legend=legend(stretches, points),
        tone="picture",
    )


def is_unheard(referral: CareReferral) -> bool:
    """Whether neither a yes nor a no is recorded."""
    return referral.accepted is None and referral.rejected is None


def stretches_of(journey: CareJourney, first_on: date, own: Mapping[str, str]) -> list[Stretch]:
    """The legs by whole days from the first."""
    return [
        Stretch(
            row_of(leg, own),
            leg.leg_kind,
            (leg.started.on - first_on).days,
            None if leg.ended is None else (leg.ended.on - first_on).days,
        )
        for leg in journey.legs
    ]


def steps(journey: CareJourney, own: Mapping[str, str], zone: tzinfo) -> tuple[Step, ...]:
    """Legs, requests and gaps as one list in order of time."""
    if not journey.legs:
        return tuple(asked(r, own, zone) for r in journey.referrals)
    first_on = min(leg.started.on for leg in journey.legs)
    holes = gaps(stretches_of(journey, first_on, own))
    entries = [
        *((order(leg.started, 2), leg_step(leg, own, zone)) for leg in journey.legs),
        *((order(r.sent, 1), asked(r, own, zone)) for r in journey.referrals),
        *(((first_on + timedelta(days=one.from_day), 3, ""), gap_step(one, first_on)) for one in holes),
    ]
    if journey.died_on:
        entries.append(((journey.died_on, 4, ""), Step(on_at(journey.died_on, None), "The person died", tone="asked")))
    return tuple(step for _, step in sorted(entries, key=lambda entry: entry[0]))


def order(when: When, rank: int) -> tuple[date, int, str]:
    """Where an entry stands in the list: by local date, then requests before legs before gaps, then by time."""
    return when.on, rank, when.at.isoformat() if when.at else ""


def moment(when: When, zone: tzinfo) -> str:
    """A moment in local words."""
    return on_at(when.on, when.at.astimezone(zone) if when.at else None)


def gap_step(one: Gap, first_on: date) -> Step:
    """A gap as an entry of the list."""
    start, stop = (first_on + timedelta(days=day) for day in (one.from_day, one.until_day))
    return Step(f"{on(start)} to {on(stop)}", gap(one.days), tone="gap")


def leg_step(leg: CareLeg, own: Mapping[str, str], zone: tzinfo) -> Step:
    """One leg as an entry of the list: what, by whom, until when, and where it is written."""
    title, sort = kind(leg.service_kind, own), LEG_KIND_WORDS.get(leg.leg_kind, "")
    by = ", ".join(dict.fromkeys(part for part in (leg.service, leg.organisation) if part))
    told = f"Told by the {leg.told_by}." if leg.told_by else ""
    until = "Still open." if leg.ended is None else f"Until {moment(leg.ended, zone)}."
    need = f"For {leg.need}." if leg.need else ""
    return Step(
        moment(leg.started, zone),
        title if sort in ("", small(title)) else f"{title}: {sort}",
        tuple(part for part in (by, told, until, need) if part),
        leg.leg_kind if leg.leg_kind in ("unpaid_care", "community_life") else "care",
        origin(leg.provenance),
    )


def asked(referral: CareReferral, own: Mapping[str, str], zone: tzinfo) -> Step:
    """One request as an entry of the list, and what came of it."""
    service = small(kind(referral.to_kind, own))
    receiver = f"{referral.to_organisation} ({service})" if referral.to_organisation else service
    if referral.accepted is not None:
        answer = f"Accepted on {moment(referral.accepted, zone)}."
    elif referral.rejected is not None:
        why = f": {referral.rejected_reason}" if referral.rejected_reason else ""
        answer = f"Refused on {moment(referral.rejected, zone)}{why}."
    else:
        answer = "No answer is recorded."
    need = f"For {referral.need}." if referral.need else ""
    return Step(
        moment(referral.sent, zone),
        f"{referral.from_organisation or kind(referral.from_kind, own)} asked {receiver} to come in",
        tuple(part for part in (need, answer) if part),
        "unheard" if is_unheard(referral) else "asked",
        origin(referral.provenance),
    )


def origin(where: Provenance) -> str:
    """Where an entry is written."""
    return f"From {where.source}: {where.file}, line {where.line}"
