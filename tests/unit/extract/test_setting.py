"""The country an article plays in."""

from __future__ import annotations

import pytest

from siaga.base.article import Article
from siaga.base.document import Document, Sentence
from siaga.extract.actor_tables import load_actors
from siaga.extract.setting import find_setting
from siaga.extract.tokens import tokenise


def setting(text: str, language: str, title: str | None = None) -> str | None:
    tokens = tokenise(text)
    whole = Sentence(start=0, end=len(text), first=0, last=len(tokens.forms))
    article = Article(id="a", text=text, title=title, language=language, published="2021-11-30")
    return find_setting(Document(article=article, tokens=tokens, sentences=(whole,)), load_actors(language))


@pytest.mark.parametrize(
    ("language", "text", "country"),
    [
        ("id", "PARIS - Polisi menangkap warga.", "FRA"),
        ("id", "Kapolres menangkap warga di Bandung.", "IDN"),
        ("en", "LAGOS - Police arrested residents.", "NGA"),
        ("en", "Police in Germany arrested residents.", "DEU"),
    ],
)
def test_the_opening_says_where_an_article_plays(language: str, text: str, country: str) -> None:
    assert setting(text, language) == country


def test_the_title_counts_too() -> None:
    assert setting("Police arrested residents.", "en", title="Protest in Kenya") == "KEN"


def test_without_any_country_it_is_the_home_of_the_language() -> None:
    assert setting("Polisi menangkap warga.", "id") == "IDN"
    assert setting("Police arrested residents.", "en") is None
