"""A sentence and what stands in it."""

from __future__ import annotations

import pytest

from siaga.base.document import Document, Syntax
from siaga.base.event import Quote
from siaga.extract.coder.features import party_features, trigger_features
from siaga.extract.coder.status import status_features
from siaga.extract.coder.view import View, views
from tests.unit.extract.coding import bare, found, read, seen

LEFT, RIGHT = ("Rusia", "Ukraina"), ("Iran", "Israel")
ENGLISH = {"Rusia": "Russia", "Ukraina": "Ukraine", "Iran": "Iran", "Israel": "Israel"}


def all_features(view: View) -> list[list[str]]:
    """Whatever the models are told of the triggers of a sentence and of the parties beside them."""
    told: list[list[str]] = []
    for candidate in view.candidates:
        told += [sorted(trigger_features(view, candidate)), sorted(status_features(view, candidate))]
        told += [sorted(party_features(view, candidate, mention)) for mention in view.mentions]
    return told


@pytest.mark.parametrize(
    ("language", "pattern"),
    [
        ("id", "{} menyerang {} pada Senin."),
        ("id", "Serangan {} terhadap {} akan dihentikan."),
        ("id", "Jika {} menyerang {}, NATO akan membalas."),
        ("id", "{1} diserang oleh {0} di perbatasan."),
        ("en", "{} attacked {} on Monday."),
        ("en", "{1} may be attacked by {0} in January, NATO said."),
        ("en", "{0} denied that it had attacked {1}."),
    ],
)
def test_models_are_told_the_same_of_any_two_countries(language: str, pattern: str) -> None:
    one, other = (filled(language, pattern, pair) for pair in (LEFT, RIGHT))
    assert len(one.mentions) == len(other.mentions) >= 2
    assert all_features(one)
    assert all_features(one) == all_features(other)


def test_models_are_told_the_same_of_any_day_and_any_number() -> None:
    texts = ("Rusia menyerang 12 kapal pada Senin.", "Rusia menyerang 45 kapal pada Jumat.")
    one, other = (seen("id", text) for text in texts)
    assert all_features(one) == all_features(other)


def test_models_are_told_the_same_of_any_sea() -> None:
    one, other = (seen("en", f"NATO ships met in the {sea} Sea.") for sea in ("Black", "Red"))
    assert all_features(one) == all_features(other)


def test_models_are_told_different_things_of_different_sentences() -> None:
    assert all_features(seen("en", "Russia attacked Ukraine.")) != all_features(seen("en", "Russia met Ukraine."))


def test_a_name_that_governs_a_trigger_is_masked_too() -> None:
    one, other = (governed(seen("en", f"{country}, attacked again, waits.")) for country in ("Ukraine", "Israel"))
    assert all_features(one) == all_features(other)


def test_words_of_names_dates_and_figures_are_masked_and_others_are_not() -> None:
    view = seen("id", "Israel menyerang Iran dengan 12 drone pada Senin lalu.")
    words = [view.word(token) for token in range(view.sentence.first, view.sentence.last)]
    assert words == ["@", "menyerang", "@", "dengan", "#", "drone", "pada", "%", "%", "."]


def test_a_generic_word_for_an_actor_is_not_masked() -> None:
    view = seen("en", "The police attacked Ukraine.")
    assert [mention.kind for mention in view.mentions] == ["generic", "country"]
    assert [view.word(token) for token in range(5)] == ["the", "police", "attacked", "@", "."]


def test_outside_of_the_sentence_stand_its_marks() -> None:
    view = views(read("id", "Hujan turun. Israel menyerang Iran. Hujan reda."), "id")[1]
    first, last = view.sentence.first, view.sentence.last
    assert (view.word(first - 1), view.word(last)) == ("^", "$")
    assert (view.role(first - 1), view.role(last)) == ("", "")


def test_a_sentence_sees_what_stands_in_it_and_nothing_else() -> None:
    text = "Israel menyerang Iran pada Senin. Di Wamena, Prancis bertemu Jepang pada Selasa."
    first, second = views(read("id", text), "id")
    assert [one.codes for one in first.named] == [("ISR",), ("IRN",)]
    assert {"FRA", "JPN"} <= second.named_codes
    assert not {"ISR", "IRN"} & second.named_codes
    assert [text[date.start : date.end] for date in second.dates] == ["Selasa"]
    assert "Wamena" in [place.name for place in second.places]
    assert "Wamena" not in [place.name for place in first.places]


def test_somebody_without_a_country_of_his_own_belongs_to_the_setting() -> None:
    [police, _] = seen("en", "NAIROBI - Rain fell in Kenya. Police attacked Ukraine.").named
    assert (police.mention.code, police.codes) == (None, ("KEN",))


def test_nameless_troops_may_be_of_the_setting_or_of_whom_troops_were_before() -> None:
    text = "NAIROBI - Ugandan troops came to Kenya. Rwandan troops followed, then Ugandan troops again. Troops fired."
    *_, last = views(read("en", text), "en")
    assert last.named[0].codes == ("KEN", "UGA")


def test_a_trigger_within_a_name_is_none() -> None:
    view = seen("id", "Pakta Pertahanan Atlantik Utara bertemu.")
    assert {view.lowers[one.first] for one in view.candidates} == {"bertemu"}


def test_the_context_offers_the_setting_then_those_just_named_then_those_most_named_each_once() -> None:
    text = "Rusia menolak. Rusia menolak. Iran menolak. Serangan berlanjut."
    document = read("id", text).replace(setting="LVA")
    assert views(document, "id")[-1].offers == ("LVA", "IRN", "RUS")
    assert views(document.replace(setting=None), "id")[-1].offers == ("IRN", "RUS")


def test_the_first_sentence_has_nobody_named_before_it() -> None:
    assert views(read("id", "Israel menyerang Iran."), "id")[0].previous_codes == ()


@pytest.mark.parametrize(
    ("language", "text", "noun", "carried"),
    [
        ("id", "Israel melakukan serangan ke Iran.", "serangan", True),
        ("id", "Israel melakukan serangkaian serangan ke Iran.", "serangan", True),
        ("id", "Israel mengecam serangan ke Iran.", "serangan", False),
        ("id", "Israel melakukan apa yang Iran sebut serangan.", "serangan", False),
        ("id", "Israel melakukan satu dua tiga empat lima serangan.", "serangan", False),
        ("en", "Israel launched an attack on Iran.", "attack", True),
        ("en", "Israel fears an attack on Iran.", "attack", False),
    ],
)
def test_a_noun_is_carried_by_a_light_verb_shortly_before_it_with_nobody_between(
    language: str, text: str, noun: str, *, carried: bool
) -> None:
    view = seen(language, text)
    assert view.carried(view.lowers.index(noun)) is carried


def test_mentions_between_two_tokens_are_counted_by_their_starts() -> None:
    view = seen("en", "Russia, Iran and Israel attacked.")
    assert [view.mentions_between(0, last) for last in (0, 1, 3, 5)] == [0, 1, 2, 3]
    assert view.mentions_between(1, 5) == 2


def test_a_word_spoken_is_found_in_its_quote_and_direct_speech_comes_first() -> None:
    document = bare("en", "We attack now, he said.")
    indirect, direct = quote(0, 23, direct=False), quote(0, 14, direct=True)
    view = View(document.replace(quotes=(indirect, direct)), 0, "en", {})
    assert view.quote_at(1) == direct
    assert view.quote_at(5) == indirect
    assert View(document, 0, "en", {}).quote_at(1) is None


def test_children_and_the_word_above_are_those_of_the_tree() -> None:
    document = treed(bare("en", "Rebels will attack ."), heads=(2, 2, -1, 2), lemmas=("rebel", "will", "attack", "."))
    view = View(document, 0, "en", {})
    assert (view.children(2), view.children(0)) == ((0, 1, 3), ())
    assert (view.above(1), view.above(2)) == ("attack", "^")


def test_a_name_above_a_word_is_not_told() -> None:
    document = read("en", "Ukraine fell .")
    view = views(treed(document, heads=(-1, 0, 0), lemmas=("Ukraine", "fall", ".")), "en")[0]
    assert view.above(1) == "^"


def filled(language: str, pattern: str, pair: tuple[str, str]) -> View:
    names = pair if language == "id" else tuple(ENGLISH[name] for name in pair)
    return seen(language, pattern.format(*names))


def governed(view: View) -> View:
    """The sentence with a tree in which its first word, a name, governs the trigger."""
    words = view.lowers
    trigger = found(view, "attacked").first
    labels = tuple("acl" if token == trigger else "punct" for token in range(len(words)))
    document = treed(view.document, heads=(-1, *[0] * (len(words) - 1)), lemmas=words)
    return views(document.replace(syntax=document.syntax.replace(labels=labels)), view.language)[0]


def treed(document: Document, heads: tuple[int, ...], lemmas: tuple[str, ...]) -> Document:
    count = len(document.tokens.lowers)
    assert len(heads) == len(lemmas) == count
    syntax = Syntax(heads=heads, labels=("dep",) * count, upos=("X",) * count, lemmas=lemmas)
    return document.replace(syntax=syntax)


def quote(start: int, end: int, *, direct: bool) -> Quote:
    return Quote(
        speaker=None, speaker_text=None, office=None, organisation=None, code=None, anonymous=True, medium=None,
        direct=direct, words=None, start=start, end=end,
    )  # fmt: skip
