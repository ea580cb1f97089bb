"""Every hit and miss of `grammar/quotes.toml`, in every language, through the whole line-up up to quotes."""

from __future__ import annotations

from functools import cache

import pytest

from siaga.base.article import Article
from siaga.base.document import Document
from siaga.base.event import Quote
from siaga.base.pack import languages, load_pack
from siaga.extract.actors import Mentions
from siaga.extract.attribution import Hit, QuoteRule, quote_rules
from siaga.extract.quotes import Quotes
from siaga.extract.sentences import Sentences
from siaga.extract.tokens import Tokenise

RULES = [(code, rule) for code in languages() for rule in quote_rules(load_pack(code))]
HITS = [(code, rule, hit) for code, rule in RULES for hit in rule.hits]


@pytest.mark.parametrize(("code", "rule", "hit"), HITS, ids=[f"{rule.id}: {hit.text[:30]}" for _, rule, hit in HITS])
def test_the_rule_reads_its_hits(code: str, rule: QuoteRule, hit: Hit) -> None:
    assert (hit.speaker, hit.words) in {(quote.speaker, quote.words) for quote in quotes_in(hit.text, code)}, rule.id


@pytest.mark.parametrize(("code", "rule"), RULES, ids=[rule.id for _, rule in RULES])
def test_the_rule_leaves_its_misses_alone(code: str, rule: QuoteRule) -> None:
    assert rule.hits
    assert rule.misses
    assert [quotes_in(text, code) for text in rule.misses] == [()] * len(rule.misses)


@pytest.mark.parametrize("code", languages())
def test_ids_of_rules_are_of_the_language_and_unlike(code: str) -> None:
    ids = [rule.id for rule in quote_rules(load_pack(code))]
    assert len(set(ids)) == len(ids)
    assert all(name.startswith(f"{code}/quotes/") for name in ids)


@cache
def quotes_in(text: str, code: str) -> tuple[Quote, ...]:
    document = Document(article=Article(id="a", text=text, language=code))
    for annotator in (Tokenise(), Sentences(), Mentions(), Quotes()):
        document = annotator(document)
    return document.quotes
