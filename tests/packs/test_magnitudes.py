"""Every hit and miss of the grammars of magnitudes."""

from __future__ import annotations

import pytest

from siaga.base.article import Article
from siaga.base.document import Document, MagnitudeMention
from siaga.base.pack import grammar, languages, load_pack
from siaga.extract.magnitudes import MagnitudeHit, MagnitudeRule, Magnitudes
from siaga.extract.tokens import tokenise

RULES = [(code, rule) for code in languages() for rule in grammar(load_pack(code), "magnitudes", MagnitudeRule)]
HITS = [pytest.param(code, hit, id=f"{rule.id}: {hit.text}") for code, rule in RULES for hit in rule.hits]
MISSES = [pytest.param(code, rule, text, id=f"{rule.id}: {text}") for code, rule in RULES for text in rule.misses]


def magnitudes_in(code: str, text: str) -> tuple[MagnitudeMention, ...]:
    article = Article(id="a", text=text, language=code)
    return Magnitudes()(Document(article=article, tokens=tokenise(text))).magnitudes


@pytest.mark.parametrize(("code", "hit"), HITS)
def test_a_rule_reads_its_hits(code: str, hit: MagnitudeHit) -> None:
    found = [(m.value.text, m.value.minimum, m.value.maximum, m.value.unit) for m in magnitudes_in(code, hit.text)]
    assert (hit.found, hit.minimum, hit.maximum, hit.unit) in found


@pytest.mark.parametrize(("code", "rule", "text"), MISSES)
def test_a_rule_leaves_its_misses_alone(code: str, rule: MagnitudeRule, text: str) -> None:
    assert rule.id not in [mention.rule for mention in magnitudes_in(code, text)]


@pytest.mark.parametrize("code", languages())
def test_every_rule_has_hits_and_misses_and_an_id_of_its_own(code: str) -> None:
    rules = [rule for language, rule in RULES if language == code]
    assert all(rule.hits and rule.misses for rule in rules)
    assert len({rule.id for rule in rules}) == len(rules)
