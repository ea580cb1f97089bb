"""Every hit and miss of the grammars of places."""

from __future__ import annotations

import pytest

from siaga.base.article import Article
from siaga.base.document import Document, PlaceMention
from siaga.base.pack import grammar, languages, load_pack
from siaga.extract.places import Places
from siaga.extract.sites import PlaceHit, PlaceRule
from siaga.extract.tokens import tokenise

RULES = [(code, rule) for code in languages() for rule in grammar(load_pack(code), "places", PlaceRule)]
HITS = [pytest.param(code, rule, hit, id=f"{rule.id}: {hit.text}") for code, rule in RULES for hit in rule.hits]
MISSES = [pytest.param(code, text, id=f"{rule.id}: {text}") for code, rule in RULES for text in rule.misses]


def places_in(code: str, text: str) -> tuple[PlaceMention, ...]:
    return Places()(Document(article=Article(id="a", text=text, language=code), tokens=tokenise(text))).places


@pytest.mark.parametrize(("code", "rule", "hit"), HITS)
def test_a_rule_reads_its_hits(code: str, rule: PlaceRule, hit: PlaceHit) -> None:
    found = [(hit.text[place.start : place.end], place.country, place.precision) for place in places_in(code, hit.text)]
    assert (hit.found, hit.country, rule.precision) in found


@pytest.mark.parametrize(("code", "text"), MISSES)
def test_a_rule_leaves_its_misses_alone(code: str, text: str) -> None:
    assert not places_in(code, text)


@pytest.mark.parametrize("code", languages())
def test_every_rule_has_hits_and_misses_and_an_id_of_its_own(code: str) -> None:
    rules = [rule for language, rule in RULES if language == code]
    assert all(rule.hits and rule.misses for rule in rules)
    assert len({rule.id for rule in rules}) == len(rules)
