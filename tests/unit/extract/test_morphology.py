"""From lemmas to the forms that stand in text."""

from __future__ import annotations

import pytest

from siaga.base.errors import PackError
from siaga.base.pack import grammar, languages, lexicon, load_pack
from siaga.extract.morphology import Inflection, Irregular, Paradigm, forms_of, inflect


def words(language: str, lemma: str, paradigms: str) -> set[str]:
    return {form.words for form in forms_of(language, lemma, paradigms)}


@pytest.mark.parametrize(
    ("lemma", "form"),
    [
        ("serang", "menyerang"), ("tembak", "menembak"), ("kirim", "mengirim"), ("pukul", "memukul"),
        ("bunuh", "membunuh"), ("ancam", "mengancam"), ("larang", "melarang"), ("desak", "mendesak"),
        ("bom", "mengebom"),
    ],
)  # fmt: skip
def test_an_indonesian_prefix_melts_into_its_stem(lemma: str, form: str) -> None:
    assert inflect("id", lemma, "meN") == form


@pytest.mark.parametrize(
    ("lemma", "form"),
    [
        ("attack", "attacked"), ("invade", "invaded"), ("deny", "denied"), ("deploy", "deployed"), ("meet", "met"),
        ("shoot", "shot"), ("strike", "struck"), ("withdraw", "withdrew"),
    ],
)  # fmt: skip
def test_an_english_past_is_made_by_rule_or_known_by_heart(lemma: str, form: str) -> None:
    assert inflect("en", lemma, "past") == form


@pytest.mark.parametrize("language", languages())
def test_an_irregular_form_beats_every_rule(language: str) -> None:
    rows = lexicon(load_pack(language), "irregular", Irregular)
    assert rows
    assert all(inflect(language, row.lemma, row.inflection) == row.form for row in rows)


@pytest.mark.parametrize("language", languages())
def test_every_inflection_of_a_paradigm_or_an_exception_has_a_rule(language: str) -> None:
    pack = load_pack(language)
    rules = {rule.id for rule in grammar(pack, "morphology", Inflection)}
    used = {name for row in lexicon(pack, "paradigms", Paradigm) for name in row.inflections.split()}
    assert used <= rules
    assert {row.inflection for row in lexicon(pack, "irregular", Irregular)} <= rules


def test_several_paradigms_give_the_forms_of_each() -> None:
    assert words("id", "serang", "v an") == words("id", "serang", "v") | words("id", "serang", "an")
    assert not words("id", "serang", "v") & words("id", "serang", "an")
    assert list(forms_of("id", "serang", "")) == []


def test_a_form_says_what_it_is_in_a_sentence() -> None:
    assert dict(forms_of("id", "serang", "v an")).items() >= {
        "menyerang": "active", "diserang": "passive", "serangan": "noun",
    }.items()  # fmt: skip
    assert dict(forms_of("en", "attack", "v"))["attacked"] == "past"
    assert dict(forms_of("en", "attack", "n")) == {"attack": "noun", "attacks": "noun"}


def test_of_a_phrase_one_word_is_inflected_and_the_others_stay() -> None:
    assert "menandatangani perjanjian damai" in words("id", "tandatangan perjanjian damai", "vi")
    assert "met face to face" in words("en", "meet face to face", "v")
    assert words("en", "no-fly zone", "n") == {"no-fly zone", "no-fly zones"}


def test_a_phrase_is_not_doubled() -> None:
    assert "kapal-kapal" in words("id", "kapal", "n")
    assert words("id", "kapal perang", "n") == {"kapal perang", "kapal perangnya"}


def test_forms_are_in_lower_case_however_the_lemma_is_written() -> None:
    assert words("en", "Attack", "v") == words("en", "attack", "v")


def test_an_unknown_paradigm_is_named_with_those_there_are() -> None:
    with pytest.raises(PackError, match=r"'serang' has paradigm 'zzz'; there are v, "):
        list(forms_of("id", "serang", "zzz"))


@pytest.mark.parametrize("language", languages())
def test_every_rule_has_a_form_of_a_word_that_nobody_knows(language: str) -> None:
    rules = grammar(load_pack(language), "morphology", Inflection)
    assert all(inflect(language, lemma, rule.id).strip() for rule in rules for lemma in ("blorp", "zuzu", "e"))
