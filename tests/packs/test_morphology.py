"""The paradigms of each pack are sane."""

from __future__ import annotations

from siaga.extract.morphology import forms_of


def test_a_phrase_inflects_its_first_word_as_a_verb() -> None:
    words = {form.words for form in forms_of("id", "gelar pertemuan", "v")}
    assert {"menggelar pertemuan", "digelar pertemuan"} <= words
    assert "shot down" in {form.words for form in forms_of("en", "shoot down", "v")}


def test_a_phrase_inflects_its_last_word_as_an_english_noun() -> None:
    assert [form.words for form in forms_of("en", "air strike", "n")] == ["air strike", "air strikes"]


def test_clitics_and_reduplication_belong_to_indonesian_nouns() -> None:
    assert {"serangan", "serangannya", "serangan-serangan"} == {form.words for form in forms_of("id", "serang", "an")}
