"""Whose report an article prints or retells is read from its phrases, credit lines and datelines."""

from __future__ import annotations

import pytest

from siaga.base.article import Article, Dropped
from siaga.extract.credits import Credits, find_credits, medium_named


def credits_in(text: str, language: str | None = None) -> Credits:
    return find_credits(Article(id="a", text=text, language=language))


@pytest.mark.parametrize(
    ("text", "language", "cites"),
    [
        ("Hal itu dilansir AFP, Kamis (19/6).", "id", ("AFP",)),
        ("DilansirReuters, serangan itu gagal.", "id", ("Reuters",)),
        ("Dikutip dari kantor berita Rusia, TASS, Senin.", "id", ("TASS",)),
        ("CNN melaporkan dua orang tewas, mengutip The Guardian.", "id", ("CNN", "The Guardian")),
        ('"Belum jelas," kata Stoltenberg kepada AFP.', "id", ("AFP",)),
        ("Two died, according to the news agency Reuters.", "en", ("Reuters",)),
        ("The Associated Press reported on Monday that it ended.", "en", ("Associated Press",)),
        ("Citing Axios, the paper said so.", "en", ("Axios",)),
        ("Two died, Reuters first reported on Monday.", "en", ("Reuters",)),
        ("Two died, state news agency Xinhua said.", "en", ("Xinhua",)),
        ("Two died, per Reuters.", "en", ("Reuters",)),
        ("Two died.\nAFP contributed to this report.", "en", ("AFP",)),
        ("Dua orang tewas, tulis AFP.", "id", ("AFP",)),
        ("Dua orang tewas, sebagaimana dilansir dari laman BBC.", "id", ("BBC",)),
        ("Dua orang tewas, demikian laporan AFP.", "id", ("AFP",)),
        ("He works for Reuters.", "en", ()),
        ("Dua orang tewas (Foto: Reuters).", "id", ()),
        ("Para wartawan menunggu kepada siapa saja.", "id", ()),
        ("Ia menyerahkan surat kepada media.", "id", ()),
    ],
)
def test_media_that_are_quoted_are_found(text: str, language: str, cites: tuple[str, ...]) -> None:
    assert credits_in(text, language) == Credits(cites=cites)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("KYIV, Ukraine (AFP) — Two men died.", "en"),
        ("Dua orang tewas.\n(AFP/hek)", "id"),
        ("Dua orang tewas.\nSumber: AFP", "id"),
        ("Two men died.\nSource: Agence France-Presse.", "en"),
        ("Dua orang tewas. Sumber: AFP", "id"),
        ("Dua orang tewas (Sumber: AFP)", "id"),
        ("Two men died. - AFP", "en"),
        ("Two men died.\n\u2014 AFP", "en"),
        ("Two men died.\nAFP", "en"),
        ("Two men died.\n[AFP]", "en"),
        ("By AFP\nTwo men died.", "en"),
        ("Two men died.\n\u00a9 2021 AFP", "en"),
        ("Dua orang tewas.\nSumber : AFP.com", "id"),
    ],
)
def test_credit_lines_and_datelines_say_whose_text_it_is(text: str, language: str) -> None:
    assert credits_in(text, language) == Credits(cites=("AFP",), credited="AFP")


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("Jakarta, CNN Indonesia -- Dua orang tewas.", "CNN"),
        ("KYIV, KOMPAS.com - Dua orang tewas.", "Kompas.com"),
        ("Liputan6.com, Jakarta - Dua orang tewas.", "Liputan6.com"),
    ],
)
def test_a_text_that_begins_with_the_name_of_an_outlet_has_it_from_there(text: str, medium: str) -> None:
    assert credits_in(text, "id") == Credits(cites=(medium,), dateline=medium)


def test_a_dateline_of_the_outlet_takes_nothing_from_the_agency_that_is_credited() -> None:
    found = credits_in("KYIV, KOMPAS.com - Dua orang tewas.\n(AFP)", "id")
    assert (found.credited, found.dateline) == ("AFP", "Kompas.com")


def test_the_name_of_an_outlet_within_a_sentence_begins_no_text() -> None:
    assert credits_in("Dua orang tewas. Tim Liputan6.com, Jakarta - masih di sana.", "id").dateline is None


def test_a_credit_line_that_the_collector_dropped_is_read() -> None:
    dropped = (Dropped(text="Sumber: Reuters", reason="credit"), Dropped(text="Sumber: CNN", reason="teaser"))
    found = find_credits(Article(id="a", text="Dua orang tewas.", language="id", dropped=dropped))
    assert found.credited == "Reuters"


def test_an_article_in_another_language_has_its_bracketed_credits_read() -> None:
    assert credits_in("Deux hommes sont morts. (Reuters)", "fr").credited == "Reuters"


def test_a_medium_is_known_by_any_of_its_names() -> None:
    assert medium_named("Agence France-Presse") == "AFP"
    assert medium_named("Warta Ujung") == "Warta Ujung"
