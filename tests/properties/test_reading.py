"""Properties of the whole reader."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from siaga.base.article import Article, Page
from siaga.base.document import Reading
from siaga.collect.article import articles
from siaga.flow import read_article, readings

PIECES = (
    "Rusia menyerang Ukraina pada Senin.", "“Kami siap,” kata Menteri Luar Negeri Rusia Sergei Lavrov kepada AFP.",
    "Iran mengecam Israel 🚀.", "Sedikitnya 19 orang tewas di Kyiv.", "Jika AS menyerang, Iran akan membalas.",
    "Russia could attack Ukraine as early as January.", "“We will not leave,” said Jens Stoltenberg.",
    "Israel’s army killed at least 12 people in Gaza on Friday.", "Zoë e\u0301 n\u0303 👩‍👩‍👧 said so.", "…", "\n",
    "\u200b", "(30/11)",
    "Polisi menangkap 12 demonstran di Jakarta.",
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=40)), min_size=1, max_size=6).map(" ".join)
LANGUAGES = st.sampled_from(["id", "en", None])


@settings(max_examples=60, deadline=None)
@given(text=TEXTS, language=LANGUAGES)
def test_spans_lie_in_the_text_and_survive_json(text: str, language: str | None) -> None:
    clean = unicodedata.normalize("NFC", text)
    reading = read_article(Article(id="case", text=clean, language=language, published="2021-11-30"))
    again = Reading.from_json(reading.to_json())
    assert again == reading
    body = again.article.text
    for event in again.events:
        evidence = event.evidence
        assert body[evidence.start : evidence.end] == evidence.text
        assert event.trigger in evidence.text
    for quote in again.quotes:
        assert 0 <= quote.start < quote.end <= len(body)
        assert quote.words is None or body[quote.start : quote.end] == quote.words


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_reading_twice_gives_the_same(text: str) -> None:
    page = Page(name="case", body=text.encode("utf-8", "ignore"))
    assert list(readings([page])) == list(readings([page]))


ARTICLES = (
    ("id", "Rusia menyerang Ukraina pada Senin. Sedikitnya 19 orang tewas di Kyiv. AS mengecam serangan itu."),
    ("en", "Israel attacked Iran on Friday. Iran vowed to retaliate. The United Nations called for restraint."),
    ("id", "Polisi menangkap 12 demonstran di Makassar. Mahasiswa menggelar aksi unjuk rasa di depan kantor gubernur."),
)  # fmt: skip
ASIDES = {
    "id": (
        "Harga beras naik tipis pekan ini.",
        "Tim bulu tangkis itu berlatih sejak pagi.",
        "Hujan turun di banyak tempat.",
    ),
    "en": ("Rice prices rose slightly.", "The film opens in cinemas soon.", "It rained in many places."),
}


@given(article=st.sampled_from(ARTICLES), number=st.integers(0, 2))
@settings(deadline=None)
def test_a_sentence_about_something_else_changes_no_event(article: tuple[str, str], number: int) -> None:
    language, text = article
    alone, longer = (
        read_article(Article(id="case", text=body, language=language, published="2021-11-30"))
        for body in (text, f"{text} {ASIDES[language][number]}")
    )
    assert longer.events[: len(alone.events)] == alone.events
    assert alone.events


def test_a_bare_page_becomes_an_article_with_an_id_of_its_content() -> None:
    [one] = articles([Page(name="a", body=PIECES[0].encode())])
    [other] = articles([Page(name="b", body=PIECES[0].encode())])
    assert isinstance(one, Article)
    assert isinstance(other, Article)
    assert one.id == other.id
