"""The hits and misses of each pack's morphology, and the sanity of its paradigms."""

from __future__ import annotations

import pytest

from siaga.base.pack import grammar, languages, load_pack
from siaga.extract.morphology import Inflection, forms_of, inflect

RULES = [(code, rule) for code in languages() for rule in grammar(load_pack(code), "morphology", Inflection)]


@pytest.mark.parametrize(("code", "rule"), RULES, ids=lambda value: value if isinstance(value, str) else value.id)
def test_a_rule_makes_its_hits_and_not_its_misses(code: str, rule: Inflection) -> None:
    assert rule.hits
    for lemma, form in rule.hits:
        made = inflect(code, lemma.split()[-1], rule.id)
        assert made == form.split()[-1]
    for lemma, form in rule.misses:
        assert inflect(code, lemma, rule.id) != form


def test_a_phrase_inflects_its_first_word_as_a_verb() -> None:
    words = {form.words for form in forms_of("id", "gelar pertemuan", "v")}
    assert {"menggelar pertemuan", "digelar pertemuan"} <= words
    assert "shot down" in {form.words for form in forms_of("en", "shoot down", "v")}


def test_a_phrase_inflects_its_last_word_as_an_english_noun() -> None:
    assert [form.words for form in forms_of("en", "air strike", "n")] == ["air strike", "air strikes"]


def test_clitics_and_reduplication_belong_to_indonesian_nouns() -> None:
    assert {"serangan", "serangannya", "serangan-serangan"} == {form.words for form in forms_of("id", "serang", "an")}
