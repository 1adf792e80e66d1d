"""Reads one join standard from the text of its file, or says everything that is wrong with it at once.

Takes the text, the name of the file and of its pack, and the words it may use (`Vocabulary`: tables, fields, kinds of
service). Gives a `Standard`, and every fault with its line, what was expected, and what was likely meant. Nothing is
opened here and no code of a file is run.
"""

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from fishplate.care.clocks import Clock, Hours
from fishplate.care.organisations import ServiceKind
from fishplate.errors import Fault
from fishplate.expressions.parsing import parse
from fishplate.expressions.predicate import ALWAYS, Predicate
from fishplate.settings.faults import FaultsFound, did_you_mean, one_of, quoted
from fishplate.settings.part import Part, kind_of
from fishplate.settings.vocabulary import Vocabulary
from fishplate.standards.clock_words import EXPECTED, can_run_out_before, clock_of
from fishplate.standards.columns import columns_of
from fishplate.standards.example_reading import read_examples
from fishplate.standards.standard import (
    TRIGGER_MOMENTS,
    Citation,
    EndedBy,
    Meeting,
    MetBy,
    Reference,
    SayBack,
    Standard,
    Step,
    Trigger,
)

NAME: Final = re.compile(r"[a-z][a-z0-9_]{2,60}")
SAY_BACK_KINDS: Final = ("text", "number", "moment", "choice", "yes_no")
AT: Final = re.compile(r" \(at line (\d+), column (\d+)\)$")


@dataclass(frozen=True, slots=True)
class StandardText:
    """The text of one file, with the name by which its faults are reported and the pack it belongs to."""

    file: str
    pack: str
    text: str


def read_standard(given: StandardText, vocabulary: Vocabulary) -> tuple[Standard | None, tuple[Fault, ...]]:
    """The standard that a text says, or none and every fault in it."""
    try:
        document = tomllib.loads(given.text)
    except (ValueError, RecursionError) as broken:
        words = str(broken)
        line = AT.search(words)
        file = f"{given.file}:{line[1]}" if line else given.file
        hint = "Texts need straight quotation marks; dates and numbers none."
        return None, (Fault(file, "the file", AT.sub("", words), "TOML", hint),)
    faults = FaultsFound(given.file, given.text, document)
    standard = standard_of(Part(document, (), faults), given, vocabulary)
    found = faults.all()
    return (None, found) if found else (standard, ())


def standard_of(top: Part, given: StandardText, vocabulary: Vocabulary) -> Standard:
    """The whole standard, with a harmless value wherever a fault was noted."""
    clock = top.part("clock")
    need_part(top, clock, "clock")
    standard = Standard(
        name=read_name(top),
        pack=given.pack,
        version=top.text("version", required=True),
        question=top.text("question", required=True),
        need=top.text("need", required=True),
        trigger=read_trigger(top, vocabulary),
        met=read_meeting(top, vocabulary),
        from_=read_clock(clock, "from"),
        due=read_clock(clock, "due"),
        late_until=read_clock(clock, "late_until"),
        bounce=read_clock(clock, "bounce") if clock.has("bounce") else None,
        safety_critical=read_flag(top, "safety_critical"),
        say_back=tuple(read_say_back(each) for each in top.parts("say_back")),
        needs_fields=read_fields(top, "needs_fields", vocabulary),
        needs_trigger_fields=read_fields(top, "needs_trigger_fields", vocabulary),
        information=top.texts("information"),
        ends=frozenset(EndedBy(word) for word in known_words(top, "ends", EndedBy)),
        escalation=tuple(read_step(each) for each in top.parts("escalation")),
        source=read_source(top),
        reference=read_reference(top),
        examples=read_examples(top, vocabulary),
        read_from=given.file,
    )
    refuse_contradictions(clock, standard, top)
    clock.close()
    top.close()
    return standard


def read_name(top: Part) -> str:
    """The standard's name, by which a place's own file replaces a shipped one."""
    name = top.text("name", required=True)
    if name and not NAME.fullmatch(name):
        top.fault("name", f"{quoted(name)} can't be a name", "small letters, digits and _, a letter first")
    return name


def read_trigger(top: Part, vocabulary: Vocabulary) -> Trigger:
    """What sets a join going."""
    part = top.part("trigger")
    need_part(top, part, "trigger")
    table = part.word("table", TRIGGER_MOMENTS, "", required=part.exists)
    known = table if table in TRIGGER_MOMENTS else "legs"
    trigger = Trigger(
        table=known,  # type: ignore[arg-type]
        moment=part.word("moment", TRIGGER_MOMENTS[known], required=part.exists),
        where=read_predicate(part, "where", known, vocabulary),
        owes=read_predicate(part, "owes", known, vocabulary),
        beside=read_kinds(part, "beside"),
    )
    part.close()
    return trigger


def read_meeting(top: Part, vocabulary: Vocabulary) -> Meeting:
    """Who can meet the need."""
    part = top.part("meets")
    need_part(top, part, "meets")
    by = part.word("by", MetBy, MetBy.STARTED)
    meeting = Meeting(
        kinds=read_kinds(part, "service_kinds"),
        by=MetBy(by) if by in tuple(MetBy) else MetBy.STARTED,
        where=read_predicate(part, "where", "legs", vocabulary) if part.has("where") else ALWAYS,
    )
    if part.exists and not meeting.kinds:
        part.fault("service_kinds", "it names nobody", "at least one kind of service")
    part.close()
    return meeting


def read_predicate(part: Part, key: str, table: str, vocabulary: Vocabulary) -> Predicate:
    """A condition over the columns of a table, with every trouble in it noted."""
    text = part.text(key, required=part.exists)
    if not text.strip():
        return ALWAYS
    predicate, troubles = parse(text, columns_of(table, vocabulary))
    for trouble in troubles:
        hint = did_you_mean(trouble.word, trouble.known) if trouble.word else ""
        expected = one_of(sorted(trouble.known), hint) if trouble.known else trouble.expected
        part.fault(key, trouble.wrong, expected, hint)
    return predicate


def read_clock(part: Part, key: str) -> Clock:
    """A clock; no hours at all where what stands there is none."""
    text = part.text(key, required=part.exists)
    clock = clock_of(text)
    if text.strip() and clock is None:
        part.fault(key, f"{quoted(text)} is no clock", EXPECTED)
    return clock or Hours(0)


def read_flag(part: Part, key: str) -> bool:
    """A yes or no that must be said."""
    value = part.get(key)
    if not isinstance(value, bool):
        part.fault(key, "it is missing" if value is None else f"it is {kind_of(value)}", "true or false")
    return value is True


def read_kinds(part: Part, key: str) -> tuple[ServiceKind, ...]:
    """The kinds of service at a key; a place's finer kinds are mapped to these before a standard sees them."""
    return tuple(ServiceKind(word) for word in known_words(part, key, ServiceKind))


def known_words(part: Part, key: str, allowed: Iterable[str], named: Callable[[str], str] = str) -> tuple[str, ...]:
    """The words of a list that are allowed, by what each names; every other is noted."""
    listed = tuple(allowed)
    words = part.texts(key)
    for place, word in enumerate(words):
        if word.strip() and named(word) not in listed:
            hint = did_you_mean(named(word), listed)
            part.faults.add((*part.at, key, place), f"{quoted(named(word))} is not known", one_of(listed, hint), hint)
    return tuple(word for word in words if named(word) in listed)


def read_fields(top: Part, key: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The fields that a feed must have, as `table.field`, or `table.field = value` where it must ever say just that."""
    known = (f"{table.name}.{field}" for table in vocabulary.tables for field in table.names)
    found = known_words(top, key, sorted(known), named=lambda word: word.partition("=")[0].strip())
    return tuple(" = ".join(piece.strip() for piece in word.split("=", 1)) for word in found)


def read_say_back(part: Part) -> SayBack:
    """One item that the receiver repeats on accepting."""
    kind = part.word("kind", SAY_BACK_KINDS, required=True)
    item = SayBack(
        name=part.text("name", required=True),
        asks=part.text("asks", required=True),
        kind=kind if kind in SAY_BACK_KINDS else "text",  # type: ignore[arg-type]
        unit=part.text("unit", required=kind == "number"),
        choices=part.texts("choices"),
    )
    if (kind == "choice") != bool(item.choices):
        part.fault("choices", "only a choice has them, and it needs them", "a list for a choice, and none elsewhere")
    part.close()
    return item


def read_step(part: Part) -> Step:
    """One step of the escalation ladder."""
    counted_from = part.word("counted_from", ("trigger", "due"), required=True)
    step = Step(
        after=read_clock(part, "after"),
        counted_from="trigger" if counted_from == "trigger" else "due",
        tell=part.text("tell", required=True),
        to_do=part.text("to_do", required=True),
    )
    part.close()
    return step


def read_source(top: Part) -> Citation:
    """Where the standard comes from, and whether anybody looked."""
    part = top.part("source")
    need_part(top, part, "source")
    asked = part.exists
    citation = Citation(
        text=part.text("text", required=asked),
        version=part.text("version", required=asked),
        checked=read_checked(part) if asked else None,
        says=part.text("says", required=asked),
        section=part.text("section"),
        url=part.text("url"),
        ours=part.text("ours"),
    )
    part.close()
    return citation


def read_checked(part: Part) -> date | None:
    """The day on which somebody read the source; `false` says that nobody did, and must be said."""
    value = part.get("checked")
    if value is False:
        return None
    if value is True or value is None:
        wrong = "it is missing" if value is None else "it does not say when"
        part.fault("checked", wrong, "the day the source was read, such as 2025-03-31, or false if it was recalled")
        return None
    return part.day("checked", required=True)


def read_reference(top: Part) -> Reference | None:
    """The share that the source names, if it names one."""
    part = top.part("reference")
    if not part.exists:
        return None
    given = part.get("share")
    share = given if isinstance(given, int | float) else 0.0
    if not 0 < share <= 1 or isinstance(given, bool):
        part.fault("share", "it is no share", "a number above 0 and at most 1, such as 0.7")
    standing = part.word("standing", ("standard", "ambition"), required=True)
    part.close()
    return Reference(share=share, standing="standard" if standing == "standard" else "ambition")


def need_part(top: Part, part: Part, key: str) -> None:
    """Note that a part is missing."""
    if not part.exists and key not in top.values:
        top.fault(key, "it is missing", f"a part that begins with [{key}]")


def refuse_contradictions(clock: Part, standard: Standard, top: Part) -> None:
    """Note what is right by itself and wrong together."""
    if can_run_out_before(standard.late_until, standard.due):
        clock.fault("late_until", "it can be before due", "a clock that never runs out earlier than due")
    if can_run_out_before(standard.due, standard.from_):
        clock.fault("due", "it can be before from", "a clock that never runs out earlier than from")
    if standard.safety_critical and not standard.say_back:
        top.fault("say_back", "a safety-critical standard names nothing to say back", "at least one [[say_back]]")
    if standard.trigger.table == "referrals" and standard.trigger.beside:
        top.fault("trigger", "only a leg can have others beside it", "no beside, or a trigger of legs")
