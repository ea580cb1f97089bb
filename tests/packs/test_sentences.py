"""Every hit and miss of `grammar/sentences.toml`, in every language."""

from __future__ import annotations

import pytest

from siaga.base.pack import languages, load_pack
from siaga.extract.sentences import JoinRule, join_rules, split_sentences
from siaga.extract.tokens import tokenise

RULES = [(code, rule) for code in languages() for rule in join_rules(load_pack(code))]


@pytest.mark.parametrize(("code", "rule"), RULES, ids=[rule.id for _, rule in RULES])
def test_the_rule_joins_its_hits(code: str, rule: JoinRule) -> None:
    assert rule.hits
    for text in rule.hits:
        assert pieces(text, code) == [text]


@pytest.mark.parametrize(("code", "rule"), RULES, ids=[rule.id for _, rule in RULES])
def test_the_rule_leaves_its_misses_apart(code: str, rule: JoinRule) -> None:
    assert rule.misses
    for marked in rule.misses:
        assert pieces(marked.replace("|", ""), code) == [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize("code", languages())
def test_ids_of_rules_are_of_the_language_and_unlike(code: str) -> None:
    ids = [rule.id for rule in join_rules(load_pack(code))]
    assert len(set(ids)) == len(ids)
    assert all(name.startswith(f"{code}/sentences/") for name in ids)


def pieces(text: str, code: str) -> list[str]:
    return [text[found.start : found.end] for found in split_sentences(text, tokenise(text), load_pack(code))]
