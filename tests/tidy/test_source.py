"""The code keeps the rules of the house, and each rule catches what it is there to catch."""

import pytest

from tests.tidy import rules_of_edges, rules_of_imports, rules_of_size, rules_of_words
from tests.tidy.sources import Rule, product_modules, text_files

MODULE_RULES = (
    *rules_of_size.RULES,
    *rules_of_imports.RULES,
    *rules_of_edges.RULES[:1],
    *rules_of_words.MODULE_RULES,
)
EVERY_RULE = (*MODULE_RULES, *rules_of_edges.RULES[1:], *rules_of_words.TEXT_RULES)


def test_there_is_code_to_hold_to_the_rules() -> None:
    assert product_modules()


@pytest.mark.parametrize("rule", MODULE_RULES, ids=str)
def test_the_product_keeps(rule: Rule) -> None:
    offences = [offence for file in product_modules() for offence in rule.find(file)]
    assert not offences, "\n".join(["", *offences])


@pytest.mark.parametrize("rule", rules_of_words.TEXT_RULES, ids=str)
def test_every_text_keeps(rule: Rule) -> None:
    offences = [offence for file in text_files() for offence in rule.find(file)]
    assert not offences, "\n".join(["", *offences])


@pytest.mark.parametrize("rule", EVERY_RULE, ids=str)
def test_a_planted_offence_is_caught(rule: Rule) -> None:
    assert list(rule.find(rule.planted))


@pytest.mark.parametrize("rule", EVERY_RULE, ids=str)
def test_what_only_looks_alike_is_let_be(rule: Rule) -> None:
    assert not list(rule.find(rule.innocent))
