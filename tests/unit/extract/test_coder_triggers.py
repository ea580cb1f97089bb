"""Words that may express an event."""

from __future__ import annotations

import pytest

from siaga.base.pack import languages, lexicon, load_pack
from siaga.extract.coder.triggers import BLOCKED, Candidate, Row, candidates, event_rules
from siaga.extract.morphology import forms_of
from siaga.extract.tokens import tokenise


def triggers_in(language: str, text: str) -> list[Candidate]:
    lowers = tokenise(text).lowers
    return list(candidates(language, lowers, 0, len(lowers)))


def read(language: str, text: str) -> set[tuple[str, str]]:
    """The words that may express an event, each with its type."""
    lowers = tokenise(text).lowers
    found = candidates(language, lowers, 0, len(lowers))
    return {(" ".join(lowers[one.first : one.last]), one.trigger.rule.type) for one in found}


@pytest.mark.parametrize(
    ("language", "text", "word", "kind"),
    [
        ("id", "Israel menyerang Iran pada Senin.", "menyerang", "ASSAULT"),
        ("id", "Iran diserang Israel pada Senin.", "diserang", "ASSAULT"),
        ("id", "Serangan Israel terhadap Iran berlanjut.", "serangan", "ASSAULT"),
        ("id", "Para menteri bertemu di Riga.", "bertemu", "CONSULT"),
        ("en", "Russia attacked Ukraine on Monday.", "attacked", "ASSAULT"),
        ("en", "Russian attacks on Ukraine went on.", "attacks", "ASSAULT"),
        ("en", "The ministers met in Riga.", "met", "CONSULT"),
    ],
)
def test_a_plain_verb_or_noun_of_an_act_is_a_trigger(language: str, text: str, word: str, kind: str) -> None:
    assert (word, kind) in read(language, text)


@pytest.mark.parametrize(("language", "text"), [("id", "Kucing itu tidur di atas meja."), ("en", "The cat sat still.")])
def test_a_sentence_without_such_a_word_has_no_trigger(language: str, text: str) -> None:
    assert triggers_in(language, text) == []


@pytest.mark.parametrize(
    ("language", "text", "phrase"),
    [("id", "menembak jatuh pesawat", "menembak jatuh"), ("en", "they shot down a plane", "shot down")],
)
def test_the_longest_phrase_hides_the_words_in_it(language: str, text: str, phrase: str) -> None:
    assert {words for words, _ in read(language, text)} == {phrase}


@pytest.mark.parametrize(("language", "text"), [("id", "Ia terkena serangan jantung."), ("en", "a heart attack")])
def test_a_phrase_that_is_no_event_hides_the_trigger_in_it(language: str, text: str) -> None:
    assert read(language, text) == set()


@pytest.mark.parametrize("language", languages())
def test_no_form_of_a_blocked_phrase_is_a_trigger_unless_it_stands_under_a_rule_too(language: str) -> None:
    rows = lexicon(load_pack(language), "events", Row)
    blocked, others = forms(language, rows, blocked=True), forms(language, rows, blocked=False)
    assert blocked
    assert all(not triggers_in(language, words) for words in blocked - others)


@pytest.mark.parametrize("language", languages())
def test_every_form_of_every_trigger_is_found_as_a_whole(language: str) -> None:
    rows = lexicon(load_pack(language), "events", Row)
    for words in forms(language, rows, blocked=False):
        length = len(tokenise(words).forms)
        assert (0, length) in {(one.first, one.last) for one in triggers_in(language, words)}, words


def test_a_form_that_is_noun_and_verb_is_one_reading_marked_as_both() -> None:
    voices = [one.trigger.voice for one in triggers_in("en", "attack") if one.trigger.rule.type == "ASSAULT"]
    assert voices == ["base/noun"]


def test_the_voice_of_an_indonesian_verb_shows_in_its_prefix() -> None:
    voices = {word: triggers_in("id", word)[0].trigger.voice for word in ("menyerang", "diserang", "serangan")}
    assert voices == {"menyerang": "active", "diserang": "passive", "serangan": "noun"}


def test_a_word_under_several_rules_has_a_reading_for_each() -> None:
    readings = [one.trigger.rule.id for one in triggers_in("en", "strike")]
    assert len(readings) == len(set(readings)) > 1
    assert {one.trigger.rule.type for one in triggers_in("en", "strike")} == {"ASSAULT", "PROTEST"}


def test_triggers_come_from_the_left_and_only_from_the_tokens_asked_for() -> None:
    lowers = tokenise("Israel menyerang Iran. Iran menyerang Israel. Keduanya bertemu.").lowers
    found = [one.first for one in candidates("id", lowers, 4, 8)]
    assert set(found) == {5}
    everywhere = [one.first for one in candidates("id", lowers, 0, len(lowers))]
    assert everywhere == sorted(everywhere)
    assert set(everywhere) == {1, 5, 9}


def test_a_phrase_cut_by_the_end_of_the_sentence_is_not_found() -> None:
    lowers = tokenise("shot down").lowers
    assert {one.last for one in candidates("en", lowers, 0, 1)} == {1}


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("id", "Inggris mengirim 550 tentara ke Estonia.", ["mengirim", "550", "tentara"]),
        ("en", "Britain sent more than 2,000 troops to Estonia.", ["sent", "more", "than", "2,000", "troops"]),
    ],
)
def test_a_number_within_a_phrase_is_passed_over(language: str, text: str, words: list[str]) -> None:
    lowers = tokenise(text).lowers
    found = [one for one in candidates(language, lowers, 0, len(lowers)) if one.trigger.rule.id == "mobilize-deploy"]
    assert [lowers[one.first : one.last] for one in found] == [tuple(words)]


@pytest.mark.parametrize("language", languages())
def test_a_rule_is_found_by_its_name_and_has_triggers(language: str) -> None:
    used = {row.rule for row in lexicon(load_pack(language), "events", Row)} - {BLOCKED}
    assert all(rule.id == name for name, rule in event_rules(language).items())
    assert used <= set(event_rules(language))


def forms(language: str, rows: tuple[Row, ...], *, blocked: bool) -> set[str]:
    chosen = (row for row in rows if (row.rule == BLOCKED) == blocked)
    return {form.words for row in chosen for form in forms_of(language, row.lemma, row.forms)}
