"""A join standard is read from text: what it says, and each kind of fault with its place and what was likely meant."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fishplate.care.clocks import Days, WatchedHours
from fishplate.care.joins import Flag, JoinState
from fishplate.care.organisations import ServiceKind
from fishplate.standards.standard import EndedBy, Expected, MetBy, Reference, SayBack, Step
from tests.unit.standards.paper import SOUND, faults, read, spoilt


def test_a_sound_file_is_read_whole() -> None:
    standard, found = read()
    assert not found
    assert standard is not None
    assert (standard.name, standard.pack, standard.version, standard.read_from) == (
        "ward_to_reablement", "own", "3", "ward.toml",
    )  # fmt: skip
    assert (standard.from_, standard.due, standard.late_until) == (Days(-1), Days(2), Days(14))
    assert standard.bounce == Days(30)
    assert standard.meets == (ServiceKind.REABLEMENT, ServiceKind.HOME_CARE)
    assert standard.met.by is MetBy.STARTED
    assert standard.met.where.text == "need is known"
    assert standard.trigger.beside == (ServiceKind.HOME_CARE,)
    assert standard.trigger.owes.columns == {"need"}
    assert standard.ends == {EndedBy.DEATH, EndedBy.MOVED_AWAY}
    assert standard.say_back[0] == SayBack(name="dose", asks="How many units?", kind="number", unit="units")
    assert standard.escalation == (
        Step(after=WatchedHours(4), counted_from="trigger", tell="the hub", to_do="Ring."),
    )  # fmt: skip
    assert standard.source.checked == date(2026, 11, 22)
    assert standard.reference == Reference(share=0.8, standing="ambition")
    assert (standard.needs_fields, standard.needs_trigger_fields) == (("contacts.contact",), ("legs.need",))


def test_a_field_may_be_needed_with_a_value() -> None:
    standard, found = read(spoilt('needs_fields = ["contacts.contact"]', 'needs_fields = ["legs.need=insulin"]'))
    assert not found
    assert standard is not None
    assert standard.needs_fields == ("legs.need = insulin",)


def test_an_example_is_read_row_by_row() -> None:
    standard, _ = read()
    assert standard is not None
    (example,) = standard.examples
    assert example.holidays == {date(2025, 8, 25)}
    assert [row.table for row in example.rows] == [
        "legs", "contacts", "choices", "services", "told", "answers_to", "feeds",
    ]  # fmt: skip
    assert example.table("legs")[0].cell("ended") == "2025-10-07"
    assert example.table("legs")[0].cell("need") == ""
    assert example.expects == (
        Expected(trigger="ward", state=JoinState.HELD, flags=frozenset({Flag.BOUNCED}), match="visit"),
    )  # fmt: skip


def test_recalled_and_not_read_is_said_so() -> None:
    standard, _ = read(spoilt("checked = 2026-11-22", "checked = false"))
    assert standard is not None
    assert standard.source.checked is None


# What is changed, what to, at which key the fault is found, and words of the fault.
ONE_FAULT = [
    ('name = "ward_to_reablement"', 'name = "Ward to reablement"', "name", "can't be a name"),
    ('question = "Did reablement come in two days?"', "", "question", "missing"),
    ("safety_critical = true", 'safety_critical = "yes"', "safety_critical", "a text; expected true or false"),
    ("safety_critical = true", "", "safety_critical", "missing"),
    ('ends = ["death"', 'ends = ["deth"', "ends[1]", "Did you mean 'death'?"),
    ('"contacts.contact"', '"contacts.contct"', "needs_fields[1]", "Did you mean 'contacts.contact'?"),
    ('["legs.need"]', '["legs.ned"]', "needs_trigger_fields[1]", "Did you mean 'legs.need'?"),
    ('need = "everyday_tasks"', 'ned = "everyday_tasks"', "ned", "Did you mean 'need'?"),
    ('table = "legs"', 'table = "leg"', "trigger.table", "Did you mean 'legs'?"),
    ('moment = "ended"', 'moment = "sent"', "trigger.moment", "one of started, ended, ready"),
    ("where = \"service_kind", "where = \"service_knd", "trigger.where", "Did you mean 'service_kind'?"),
    ("= 'acute_hospital'", "= 'acute_hopsital'", "trigger.where", "Did you mean 'acute_hospital'?"),
    ("= 'acute_hospital'", "'acute_hospital'", "trigger.where", "nothing can be made of service_kind"),
    ('owes = "need = \'everyday_tasks\'"', "", "trigger.owes", "missing"),
    ('beside = ["home_care"]', 'beside = ["homecare"]', "trigger.beside[1]", "Did you mean 'home_care'?"),
    ('service_kinds = ["reablement", "home_care"]', "service_kinds = []", "meets.service_kinds", "it names nobody"),
    ('by = "started"', 'by = "start"', "meets.by", "Did you mean 'started'?"),
    ('due = "2 days"', 'due = "two days"', "clock.due", "is no clock; expected a clock, such as '24 hours'"),
    ('due = "2 days"', "", "clock.due", "missing"),
    ('late_until = "14 days"', 'late_until = "1 day"', "clock.late_until", "it can be before due"),
    ('from = "-1 day"', 'from = "3 days"', "clock.due", "it can be before from"),
    ('due = "2 days"', 'due = "11 working days"', "clock.late_until", "it can be before due"),
    ('bounce = "30 days"', 'bounces = "30 days"', "clock.bounces", "Did you mean 'bounce'?"),
    ('unit = "units"', "", "say_back[1].unit", "missing"),
    ('kind = "choice"', 'kind = "text"', "say_back[2].choices", "only a choice has them"),
    ('after = "4 watched hours"', 'after = "4 wached hours"', "escalation[1].after", "is no clock"),
    ('counted_from = "trigger"', 'counted_from = "start"', "escalation[1].counted_from", "one of trigger, due"),
    ("checked = 2026-11-22", "checked = true", "source.checked", "it does not say when"),
    ("checked = 2026-11-22", "", "source.checked", "false if it was recalled"),
    ("checked = 2026-11-22", 'checked = "2026-11-22"', "source.checked", "Write it without quotation marks."),
    ("share = 0.8", "share = 80", "reference.share", "at most 1"),
    ('id = "ward", service_kind', 'id = "ward", servce_kind', "example[1].legs[1].servce_kind", "Did you mean"),
    ('started = "2025-10-01 09:00"', 'started = "1 October"', "example[1].legs[1].started", "can't stand here"),
    ('started = "2025-10-01 09:00", ', "", "example[1].legs[1].started", "missing"),
    ('leg_kind = "spell"', 'leg_kind = "spel"', "example[1].legs[1].leg_kind", "Did you mean 'spell'?"),
    ('staff_minutes = "30"', 'staff_minutes = "half"', "example[1].contacts[1].staff_minutes", "a whole number"),
    ('risk_explained = "yes"', 'risk_explained = "y"', "example[1].choices[1].risk_explained", "yes or no"),
    ('id = "visit"', 'id = "ward"', "example[1].contacts[1].id", "stands twice"),
    ("Mon-Fri 08:00-18:00", "Mon-Fri", "example[1].services[1].watched_hours", "hours such as"),
    ('complete_until = "2025-11-30"', 'complete_until = "2025-11-31"', "example[1].feeds[1].complete_until", "a date"),
    ("holidays = [2025-08-25]", 'holidays = ["Monday"]', "example[1].holidays", "a list of dates"),
    ('trigger = "ward", state', 'trigger = "wards", state', "example[1].expects[1].trigger", "Did you mean 'ward'?"),
    ('state = "held"', 'state = "hold"', "example[1].expects[1].state", "Did you mean 'held'?"),
    ('flags = ["bounced"]', 'flags = ["bounce"]', "example[1].expects[1].flags", "Did you mean 'bounced'?"),
    ('told = "2025-10-06"', 'tld = "2025-10-06"', "example[1].told[1].tld", "Did you mean 'told'?"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "key", "words"), ONE_FAULT, ids=[f"{key}: {new}" for _, new, key, _ in ONE_FAULT]
)
def test_one_fault_is_told_where_it_is_with_what_was_likely_meant(old: str, new: str, key: str, words: str) -> None:
    told = [str(fault) for fault in faults(spoilt(old, new)) if fault.key == key]
    assert any(words in each for each in told), told


def test_a_fault_says_which_line() -> None:
    (fault,) = faults(spoilt('due = "2 days"', 'due = "soon"'))
    line = 1 + SOUND[: SOUND.index('due = "2 days"')].count("\n")
    assert fault.file == f"ward.toml:{line}"


def test_all_faults_are_told_at_once() -> None:
    text = SOUND.replace("death", "deth").replace('"2 days"', '"soon"').replace('state = "held"', 'state = "hold"')
    assert {fault.key for fault in faults(text)} == {"ends[1]", "clock.due", "example[1].expects[1].state"}


@pytest.mark.parametrize("part", ["trigger", "meets", "clock", "source"])
def test_a_missing_part_is_told_once(part: str) -> None:
    lines = SOUND.split(f"[{part}]\n")
    rest = lines[1].split("\n[", 1)[1]
    found = [fault for fault in faults(f"{lines[0]}[{rest}") if fault.key.startswith(part)]
    assert [fault.wrong for fault in found] == ["it is missing"]


def test_what_is_safety_critical_is_said_back() -> None:
    start, end = SOUND.index("[[say_back]]"), SOUND.index("[[escalation]]")
    (fault,) = faults(SOUND[:start] + SOUND[end:])
    assert fault.key == "say_back"


def test_a_standard_without_an_example_is_refused() -> None:
    (fault,) = faults(SOUND[: SOUND.index("[[example]]")])
    assert fault.key == "example"


def test_two_examples_of_one_name_are_refused() -> None:
    (fault,) = faults(SOUND + SOUND[SOUND.index("[[example]]") :])
    assert (fault.key, "stands twice" in fault.wrong) == ("example[2].name", True)


def test_a_referral_has_nothing_beside_it() -> None:
    text = spoilt('table = "legs"', 'table = "referrals"').replace('moment = "ended"', 'moment = "sent"')
    text = text.replace("service_kind = 'acute_hospital'", "to_service_kind = 'reablement'")
    assert [fault.key for fault in faults(text)] == ["trigger"]


def test_somebodys_word_is_a_trigger_of_its_own() -> None:
    text = spoilt('table = "legs"', 'table = "told"').replace('moment = "ended"', 'moment = "told"')
    text = text.replace("service_kind = 'acute_hospital'", "to_service_kind = 'reablement'").replace(
        'beside = ["home_care"]\n', ""
    )
    standard, found = read(text)
    assert not found
    assert standard is not None
    assert standard.trigger.table == "told"


def test_a_file_that_is_no_toml_is_told_with_its_line() -> None:
    (fault,) = faults('name = "x"\nversion = “3”\n')
    assert fault.file == "ward.toml:2"
    assert "straight quotation marks" in fault.suggestion


def test_an_example_can_name_nobody() -> None:
    (fault,) = faults(spoilt('id = "ward", service_kind', 'id = "ward", nhs_number = "x", service_kind'))
    assert fault.key == "example[1].legs[1].nhs_number"


@given(st.integers(0, len(SOUND) - 1), st.sampled_from(['"', "[", "]", "=", "\n", "x", "'", ",", "0", ""]))
def test_any_file_is_read_or_refused_with_words(place: int, letter: str) -> None:
    standard, found = read(SOUND[:place] + letter + SOUND[place + 1 :])
    assert (standard is None) == bool(found)
    assert all(fault.wrong and fault.expected for fault in found)
