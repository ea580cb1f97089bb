"""Every rule of `grammar/actors.toml` reads its hits and leaves its misses alone."""

from __future__ import annotations

import pytest

from siaga.base.article import Article
from siaga.base.document import Document, Mention, Sentence
from siaga.base.pack import grammar, load_pack
from siaga.extract.actor_pieces import read_pieces, shape
from siaga.extract.actor_rules import ActorRule, Hit, load_rules
from siaga.extract.actor_tables import load_actors
from siaga.extract.actors import Mentions
from siaga.extract.tokens import tokenise

RULES = [(language, rule) for language in ("id", "en") for rule in grammar(load_pack(language), "actors", ActorRule)]
HITS = [
    pytest.param(language, rule.id, hit, id=f"{rule.id}: {hit.mention}")
    for language, rule in RULES
    for hit in rule.hits
]
MISSES = [
    pytest.param(language, rule.id, miss, id=f"{rule.id}: {miss}") for language, rule in RULES for miss in rule.misses
]


@pytest.mark.parametrize(("language", "rule", "hit"), HITS)
def test_a_rule_reads_its_hit(language: str, rule: str, hit: Hit) -> None:
    assert rule in rules_of(language, hit.text)
    found = {hit.text[mention.start : mention.end]: mention for mention in mentions_of(language, hit.text)}
    assert hit.mention in found
    assert found[hit.mention].code == hit.code
    assert hit.name is None or found[hit.mention].name == hit.name


@pytest.mark.parametrize(("language", "rule", "miss"), MISSES)
def test_a_rule_leaves_its_miss(language: str, rule: str, miss: str) -> None:
    assert rule not in rules_of(language, miss)


def test_rule_ids_are_unique() -> None:
    assert len({rule.id for _, rule in RULES}) == len(RULES)


def rules_of(language: str, text: str) -> set[str]:
    tokens = tokenise(text)
    pieces = read_pieces(tokens, 0, len(tokens.forms), load_actors(language))
    return {joint.rule for joint in load_rules(language).joints(shape(pieces))}


def mentions_of(language: str, text: str) -> tuple[Mention, ...]:
    tokens = tokenise(text)
    article = Article(id="a", text=text, language=language, published="2021-11-30", title=None)
    whole = Sentence(start=0, end=len(text), first=0, last=len(tokens.forms))
    return Mentions()(Document(article=article, tokens=tokens, sentences=(whole,))).mentions
