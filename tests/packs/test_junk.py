"""The rules for junk and for bylines hold together across the packs: pages mix languages."""

from __future__ import annotations

import re

import pytest

from siaga.base.pack import languages
from siaga.collect.byline import byline_rules
from siaga.collect.junk import JunkRule, junk_rules, sift

JUNK = [pytest.param(rule, id=rule.id) for rule in junk_rules()]


@pytest.mark.parametrize("rule", JUNK)
def test_what_one_rule_must_leave_no_sentence_rule_of_another_pack_takes(rule: JunkRule) -> None:
    sentences = [miss for miss in rule.misses if miss.endswith(".")]
    assert [line for line in sentences if line not in sift([line]).kept] == []


def test_the_ids_of_rules_name_their_language_and_are_unique() -> None:
    ids = [rule.id for rule in junk_rules()] + [rule.id for code in languages() for rule in byline_rules(code)]
    assert len(set(ids)) == len(ids)
    assert {id_.split("/")[0] for id_ in ids} == set(languages())


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in junk_rules() if rule.needs])
def test_every_hit_has_a_piece_that_its_rule_needs(rule: JunkRule) -> None:
    assert [hit for hit in rule.hits if not any(piece in hit.lower() for piece in rule.needs)] == []
    assert all(piece == piece.lower() for piece in rule.needs)


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in junk_rules() if rule.begins])
def test_every_hit_begins_with_a_word_that_its_rule_names(rule: JunkRule) -> None:
    firsts = [re.findall(r"[^\W_]+", hit.lower())[0] for hit in rule.hits]
    assert [first for first in firsts if first not in rule.begins] == []
    assert all(word == word.lower() for word in rule.begins)
