"""The place: what people said first, then whole journeys, then the line map, and organisations last.

Takes suppressed figures and gives the page. Without answers the headline is that we do not know, whatever the
records look like (design/product.md, *What success means*).
"""

from collections.abc import Mapping

from fishplate.charts.line_map import NARROW, WIDE, line_map
from fishplate.charts.line_map import Flow as Line
from fishplate.measures.disclosure import HIDDEN, Shown
from fishplate.report.planning import Answers, LineMap, OrganisationCount, Said, Spread, WholeJourneys
from fishplate.web.components.blocks import Bar, Link, Page, Section, Table
from fishplate.web.reading import PlanningTables
from fishplate.web.words import average, capital, figure, kind, people, said, small

UNKNOWN = "We do not know what people experienced"
RESPONDENTS = {"person": "The person", "carer": "A carer", "proxy": "Somebody on the person's behalf"}


def place_page(tables: PlanningTables, journeys_href: str) -> Page:
    """The opening page of the planning pages."""
    build, own = tables.build(), tables.kind_words()
    answers = tables.answers()
    return Page(
        title=build.place,
        above="What happened where one service meets the next",
        finding=(headline(answers),),
        sections=(
            experience(answers),
            journeys(tables.whole_journeys(), journeys_href),
            lines(tables.line_map(), own),
            organisations(tables.organisations()),
        ),
    )


def headline(answers: Answers | None) -> str:
    """The first sentence of the page: what people said, or that we do not know."""
    if answers is None:
        return f"{UNKNOWN}: nobody asked, or no source of answers was given."
    if not answers.answered.value:
        return f"{UNKNOWN}: {people(answers.asked)} were asked, and too few answered to say."
    asked = f"Of {people(answers.asked)} who were asked"
    return f"{asked}, {said(answers.answered)} answered and {said(answers.silent)} did not."


def experience(answers: Answers | None) -> Section:
    """What people said and how many did not answer."""
    if answers is None:
        return Section(
            "said",
            "What people said: nobody asked",
            tone="unknown",
            sentences=(
                "The records below say what services wrote down. They do not say whether it happened as the person was "
                "told it would, or whether it was what the person wanted.",
                "To find out, give the project a source of answers: a survey, compliments and complaints, or questions "
                "asked at a join.",
            ),
        )
    questions = list(dict.fromkeys(one.question for one in answers.said))
    return Section(
        "said",
        "What people said, and how many did not answer",
        sentences=(
            "Those who did not answer may have had it better or worse; they are counted, and not guessed at. What a "
            "carer or somebody else said stands by itself.",
        ),
        tables=tuple(question(code, [one for one in answers.said if one.question == code]) for code in questions),
        tone="spreads",
    )


def question(code: str, said_to_it: list[Said]) -> Table:
    """What was said to one question, the person's own answers first, silence last."""
    steps = tuple((answer_words(one), one.people) for one in said_to_it)
    return spread(f"“{capital(code.replace('_', ' '))}”", "Who spoke, and what they said", Spread(steps))


def answer_words(one: Said) -> str:
    """Who spoke and what they said, in a few words."""
    if not one.answer:
        return "Asked, and did not answer"
    return f"{RESPONDENTS.get(one.respondent, 'Not recorded who')}: {small(one.answer.replace('_', ' '))}"


def journeys(whole: WholeJourneys, href: str) -> Section:
    """Everybody's whole journey, in words and in four small tables."""
    return Section(
        "journeys",
        whole_words(whole),
        sentences=(
            *middle_words(whole),
            "A leg is a stretch of care by one service, or of unpaid care or community life that somebody told us of. "
            "A gap is time between two legs in which nothing is recorded; that is not the same as nothing done.",
        ),
        tables=(
            spread("Legs of care in a journey", "Legs", whole.legs),
            spread("Kinds of service in touch with one person", "Kinds of service", whole.service_kinds),
            spread("Organisations in touch with one person", "Organisations", whole.organisations),
            spread("The longest gap in a journey", "Longest gap", whole.longest_gaps),
        ),
        links=(Link("Open journeys, without names or dates", href),),
        tone="spreads",
    )


def whole_words(whole: WholeJourneys) -> str:
    """How many people have a journey, and how many of those cross organisations, as far as may be said."""
    if whole.people.value is None:
        return "Whole journeys, of too few people to show how many"
    said_of = f"Whole journeys: {people(whole.people)} with care recorded"
    return f"{said_of}, {figure(whole.crossing)} across organisations" if whole.crossing.value is not None else said_of


def middle_words(whole: WholeJourneys) -> tuple[str, ...]:
    """What the middle person had; nothing where it would rest on too few people."""
    if whole.median_legs.value is None or whole.median_organisations.value is None:
        return ()
    legs, touched = average(whole.median_legs), average(whole.median_organisations)
    organisations = "organisation" if touched == "1" else "organisations"
    return (f"Half of them had {legs} legs of care or fewer, and {touched} {organisations} in touch or fewer.",)


def spread(caption: str, heading: str, of: Spread) -> Table:
    """How many people fall in each step, with a bar beneath its name; a hidden figure has none."""
    most = max((shown.value or 0 for _, shown in of.steps), default=0) or 1
    rows = tuple((Bar(step, (shown.value or 0) / most), figure(shown)) for step, shown in of.steps)
    return Table(caption, (heading, "People"), rows, frozenset({1}))


def lines(found: LineMap, own: Mapping[str, str]) -> Section:
    """The line map with its sentence and the table behind it."""
    drawable = [
        Line(kind(f.from_kind, own), kind(f.to_kind, own), f.pairs.value or 0, figure(f.pairs)) for f in found.flows
    ]
    charts = tuple(chart for chart in (line_map(drawable, WIDE), line_map(drawable, NARROW)) if chart)
    again = [f for f in drawable if f.from_station == f.to_station]
    sentences = (
        [charts[0].sentence] if charts else ["No pair of different services was shared by enough people to draw."]
    )
    if again:
        most = max(again, key=lambda f: f.pairs)
        sentences.append(
            f"More of the same followed most often in {small(most.from_station)}: {most.printed} pairs, not drawn."
        )
    if found.merged_flows:
        sentences.append(f"Smaller lines are put together and not drawn: {merged(found.merged)} in all.")
    rows = tuple(
        (kind(f.from_kind, own), kind(f.to_kind, own), figure(f.pairs), figure(f.people)) for f in found.flows
    ) + ((("All smaller lines together", "", figure(found.merged), ""),) if found.merged_flows else ())
    table = Table(
        "Which service was followed by which", ("From", "To", "Pairs", "People"), rows, frozenset({2, 3}), folded=True
    )
    return Section(
        "lines",
        "What followed what",
        sentences=(
            *sentences,
            "One service following another is evidence only; whether it should have, this map can't say.",
        ),
        charts=charts,
        legend=(("onward", "Onward: down the right side"), ("back", "Back again: up the left side")) if charts else (),
        tables=(table,) if rows else (),
    )


def merged(pairs: Shown) -> str:
    """What all the smaller lines come to."""
    return "a hidden number of pairs" if pairs.text == HIDDEN else f"{figure(pairs)} pairs"


def organisations(found: tuple[OrganisationCount, ...]) -> Section:
    """The organisations in the order of their names, with how many people each was in touch with."""
    rows = tuple((one.name, capital(one.kind.replace("_", " ")) or "Not recorded", figure(one.people)) for one in found)
    return Section(
        "organisations",
        "The organisations in these records",
        sentences=(
            "They stand in the order of their names. How many people each was in touch with does not say how well.",
        ),
        tables=(Table("Organisations, by name", ("Organisation", "Kind", "People"), rows, frozenset({2})),)
        if rows
        else (),
    )
