"""The hits and misses of the rules for junk and for bylines, in every language."""

from __future__ import annotations

import re

import pytest

from siaga.base.pack import languages
from siaga.collect.byline import BylineRule, byline_rules, compile_byline
from siaga.collect.junk import JunkRule, junk_rules, sift

JUNK = [pytest.param(rule, id=rule.id) for rule in junk_rules()]
BYLINES = [pytest.param(rule, id=rule.id) for code in languages() for rule in byline_rules(code)]


@pytest.mark.parametrize("rule", JUNK)
def test_a_junk_rule_finds_its_hits_and_leaves_its_misses(rule: JunkRule) -> None:
    pattern = re.compile(rule.pattern, re.IGNORECASE)
    matches = pattern.search if rule.takes in {"part", "headline"} else pattern.fullmatch
    assert [hit for hit in rule.hits if matches(hit) is None] == []
    assert [miss for miss in rule.misses if matches(miss) is not None] == []


@pytest.mark.parametrize("rule", JUNK)
def test_what_one_rule_must_leave_no_sentence_rule_of_another_pack_takes(rule: JunkRule) -> None:
    sentences = [miss for miss in rule.misses if miss.endswith(".")]
    assert [line for line in sentences if line not in sift([line]).kept] == []


@pytest.mark.parametrize("rule", BYLINES)
def test_a_byline_rule_finds_its_hits_and_leaves_its_misses(rule: BylineRule) -> None:
    pattern = compile_byline(rule)
    matches = pattern.match if rule.gives == "source" else pattern.fullmatch
    assert [hit for hit in rule.hits if matches(hit) is None] == []
    assert [miss for miss in rule.misses if matches(miss) is not None] == []


def test_the_ids_of_rules_name_their_language_and_are_unique() -> None:
    ids = [rule.id for rule in junk_rules()] + [rule.id for code in languages() for rule in byline_rules(code)]
    assert len(set(ids)) == len(ids)
    assert {id_.split("/")[0] for id_ in ids} == set(languages())
