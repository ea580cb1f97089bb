"""Every hit and miss of the date grammars."""

from __future__ import annotations

import pytest

from siaga.base.article import Article
from siaga.base.document import DateMention, Document
from siaga.base.pack import grammar, languages, load_pack
from siaga.extract.daterules import DateHit, DateRule
from siaga.extract.dates import Dates
from siaga.extract.tokens import tokenise

RULES = [(code, rule) for code in languages() for rule in grammar(load_pack(code), "dates", DateRule)]
HITS = [pytest.param(code, rule, hit, id=f"{rule.id}: {hit.text}") for code, rule in RULES for hit in rule.hits]
MISSES = [pytest.param(code, rule, text, id=f"{rule.id}: {text}") for code, rule in RULES for text in rule.misses]


def dates_in(code: str, text: str, published: str | None) -> tuple[DateMention, ...]:
    article = Article(id="a", text=text, language=code, published=published)
    return Dates()(Document(article=article, tokens=tokenise(text))).dates


@pytest.mark.parametrize(("code", "rule", "hit"), HITS)
def test_a_rule_reads_its_hits(code: str, rule: DateRule, hit: DateHit) -> None:
    found = [(m.rule, hit.text[m.start : m.end], m.earliest, m.latest) for m in dates_in(code, hit.text, hit.published)]
    assert (rule.id, hit.found, hit.earliest, hit.latest) in found


@pytest.mark.parametrize(("code", "rule", "text"), MISSES)
def test_a_rule_leaves_its_misses_alone(code: str, rule: DateRule, text: str) -> None:
    found = [mention.rule for mention in dates_in(code, text, "2021-11-30")]
    assert rule.id not in found
    assert rule.kind != "never" or not found


@pytest.mark.parametrize("code", languages())
def test_every_rule_has_hits_and_misses_and_an_id_of_its_own(code: str) -> None:
    rules = [rule for language, rule in RULES if language == code]
    assert all(rule.misses and (rule.hits or rule.kind == "never") for rule in rules)
    assert len({rule.id for rule in rules}) == len(rules)
