"""Who said what: direct and indirect quotes of invented articles in both languages."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siaga.base.article import Article
from siaga.base.document import Document
from siaga.base.event import Quote
from siaga.extract.actors import Mentions
from siaga.extract.quotation import find_stretches
from siaga.extract.quotes import Quotes
from siaga.extract.sentences import Sentences
from siaga.extract.tokens import Tokenise

GOLD = Path(__file__).parents[3].parent / "shared" / "gold"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('Ia berkata "kami siap" dan pulang.', ["kami siap"]),
        ("“Kami siap,” katanya. “Kami berangkat.”", ["Kami siap,", "Kami berangkat."]),
        ("The rebels' chief said 'we won' and 'we stay,' he added.", ["we won", "we stay,"]),
        ("He said ‘it’s over’ twice.", ["it’s over"]),
        ("«Wir gehen», sagte er.", ["Wir gehen"]),
        ('He said "we go."Later he left."We stay," she said.', ["we go.", "We stay,"]),
        ("It's the ship's crew's fault.", []),
        ("“One paragraph.\n“Another,” he said.", ["One paragraph.", "Another,"]),
        ('A mark " that was lost.\n"We stay," she said.', ["We stay,"]),
    ],
)
def test_stretches_are_what_stands_between_a_pair_of_marks(text: str, words: list[str]) -> None:
    assert [text[stretch.start : stretch.end] for stretch in find_stretches(text)] == words


def test_a_stretch_over_several_sentences_is_one_quote() -> None:
    [quote] = direct('"Kami siap. Kami berangkat besok. Jangan khawatir," kata Budi Santoso, Selasa.', "id")
    assert (quote.words, quote.speaker) == ("Kami siap. Kami berangkat besok. Jangan khawatir,", "Budi Santoso")


def test_words_are_the_text_at_their_place() -> None:
    text = "Ann Hill said: “We leave.”"
    [quote] = direct(text, "en")
    assert quote.words == text[quote.start : quote.end] == "We leave."


def test_a_quotation_without_a_frame_goes_on_with_the_speaker_before() -> None:
    quotes = direct('"Kami siap," ujar Budi Santoso.\n"Besok kami berangkat ke pelabuhan itu."', "id")
    assert [quote.speaker for quote in quotes] == ["Budi Santoso", "Budi Santoso"]


def test_a_short_name_gets_the_fullest_one_the_article_gives() -> None:
    quotes = direct("Ann Hill, a sailor, left the port. “We are ready,” Hill said.", "en")
    assert [(quote.speaker, quote.speaker_text) for quote in quotes] == [("Ann Hill", "Hill")]


def test_office_organisation_and_code_come_from_the_mention() -> None:
    [quote] = direct('"Tidak ada kejelasan," kata Sekretaris Jenderal NATO Jens Stoltenberg kepada AFP.', "id")
    assert (quote.speaker, quote.code, quote.medium, quote.organisation) == ("Jens Stoltenberg", "NATO", "AFP", "NATO")
    assert quote.speaker_text == "Sekretaris Jenderal NATO Jens Stoltenberg"


@pytest.mark.parametrize(
    ("text", "code", "medium"),
    [
        ('"Kami siap," kata Budi Santoso kepada CNN, Senin.', "id", "CNN"),
        ('"Kami siap," kata Budi Santoso dilansir AFP, Senin.', "id", None),
        ('"Kami siap," kata Budi Santoso, dikutip dari Reuters.', "id", None),
        ("“We are ready,” Ann Hill said in an interview with the BBC.", "en", "BBC"),
        ("“We are ready,” Ann Hill told reporters.", "en", "reporters"),
        ("“We are ready,” Ann Hill said, Reuters reported.", "en", None),
    ],
)
def test_the_medium_is_whom_the_words_were_spoken_to(text: str, code: str, medium: str | None) -> None:
    assert direct(text, code)[0].medium == medium


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('"Kami siap," kata seorang pejabat yang enggan disebut namanya.', "id"),
        ('"Kami siap," kata sumber di pelabuhan.', "id"),
        ("“We are ready,” a senior official said.", "en"),
        ("“We are ready,” two people said on condition of anonymity.", "en"),
    ],
)
def test_sources_without_a_name_are_anonymous(text: str, code: str) -> None:
    assert direct(text, code)[0].anonymous


def test_named_speakers_are_not_anonymous() -> None:
    assert not direct("“We are ready,” Ann Hill said.", "en")[0].anonymous


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('Kapal "Sinar Laut" tenggelam di Selat Sunda.', "id"),
        ("The film “Blue River” opened on Friday.", "en"),
        ("They sailed on the so-called “ghost fleet”.", "en"),
    ],
)
def test_names_and_words_at_arms_length_are_not_quotes(text: str, code: str) -> None:
    assert quotes_of(text, code) == ()


@pytest.mark.parametrize(
    ("text", "code", "speaker", "content"),
    [
        ("Ann Hill said that the ship had sunk.", "en", "Ann Hill", "the ship had sunk"),
        ("The ship had sunk, Ann Hill said on Monday.", "en", "Ann Hill", "The ship had sunk"),
        ("According to Ann Hill, the ship had sunk.", "en", "Ann Hill", "the ship had sunk"),
        ("Budi Santoso mengatakan bahwa kapal itu tenggelam.", "id", "Budi Santoso", "kapal itu tenggelam"),
        ("Menurut Budi Santoso, kapal itu tenggelam.", "id", "Budi Santoso", "kapal itu tenggelam"),
        ("Kapal besar itu tenggelam, kata Budi Santoso.", "id", "Budi Santoso", "Kapal besar itu tenggelam"),
    ],
)
def test_an_indirect_quote_has_the_span_of_its_content(text: str, code: str, speaker: str, content: str) -> None:
    [quote] = quotes_of(text, code)
    assert (quote.direct, quote.words, quote.speaker, text[quote.start : quote.end]) == (False, None, speaker, content)


def test_what_was_not_said_is_not_quoted() -> None:
    assert quotes_of("Ann Hill did not say that the ship had sunk.", "en") == ()


def test_a_language_without_a_pack_has_no_quotes() -> None:
    assert quotes_of("„Wir gehen“, sagte Anna Berg.", "de") == ()


@given(
    st.lists(
        st.sampled_from(['"', "“", "”", "'", " kata Budi", " said", " Iran", ". ", ", ", "\n", "😀", "é"]), max_size=30
    )
)
def test_quotes_lie_inside_the_text_whatever_it_is(parts: list[str]) -> None:
    text = "".join(parts)
    for quote in quotes_of(text, "id"):
        assert 0 <= quote.start < quote.end <= len(text)
        assert quote.words is None or quote.words == text[quote.start : quote.end]


@pytest.mark.skipif(not GOLD.is_dir(), reason="the shared data is not here")
@pytest.mark.parametrize("code", ["id", "en"])
def test_most_hand_coded_words_are_found(code: str) -> None:
    documents = {row["doc"]: row["sentences"] for row in json.loads((GOLD / f"{code}_dev.gold.json").read_text())}
    found = wanted = 0
    for row in map(json.loads, (GOLD / f"{code}_dev.articles.jsonl").read_text().splitlines()):
        coded = [Counter((quote.words or "").split()) for quote in direct(row["text"], code)]
        for words in coded_words(documents[row["id"]]):
            wanted += 1
            found += any(not Counter(words.split()) - bag for bag in coded)
    assert found >= 0.9 * wanted


def coded_words(sentences: list[dict[str, object]]) -> list[str]:
    quotes = (quote for sentence in sentences for quote in sentence.get("quotes", ()))  # type: ignore[attr-defined]
    return [quote["words"] for quote in quotes if quote["direct"] and quote["words"]]


def direct(text: str, code: str) -> list[Quote]:
    return [quote for quote in quotes_of(text, code) if quote.direct]


def quotes_of(text: str, code: str) -> tuple[Quote, ...]:
    document = Document(article=Article(id="a", text=text, language=code))
    for annotator in (Tokenise(), Sentences(), Mentions(), Quotes()):
        document = annotator(document)
    return document.quotes
