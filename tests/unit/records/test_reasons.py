"""Every reason says what is wrong, what was expected and what to do, and nothing a person could be known by."""

import re

import pytest

from fishplate.records.reasons import VALUE_ONLY, WHOLE_FILE, Check, Reason


@pytest.mark.parametrize("reason", Reason)
def test_a_reason_is_sentences_a_person_can_act_on(reason: Reason) -> None:
    words = Check(reason, "legs", "started", "ADM", "dd/mm/yyyy").words
    assert words[0].isupper() or words.startswith("started")
    assert words.endswith((".", "dd/mm/yyyy"))
    assert words.count(". ") >= 1
    assert not re.search(r"[{}]", words)


@pytest.mark.parametrize("column", ["{field}", "{0}", "%s", "a{b"])
def test_a_column_may_be_called_anything(column: str) -> None:
    assert column in Check(Reason.DATE_UNREADABLE, "legs", "started", column, "yyyy-mm-dd").words


def test_only_what_changes_no_event_leaves_the_rest_of_a_record_in_use() -> None:
    assert {Check(reason, "legs", "started").what for reason in VALUE_ONLY} == {"value"}
    assert {Check(reason, "legs", "started").what for reason in set(Reason) - VALUE_ONLY} == {"record"}
    assert Check(Reason.DATE_UNREADABLE, "legs", "born_on").what == "value"


def test_a_reason_about_a_file_is_not_one_about_a_value() -> None:
    assert not WHOLE_FILE & VALUE_ONLY
