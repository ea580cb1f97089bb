"""Article -> its language."""

from __future__ import annotations

import pytest

from siaga.base.article import Article
from siaga.base.document import Document
from siaga.base.pack import pack_of
from siaga.extract.language import Language, language_of

INDONESIAN = "Pasukan itu tiba di Riga pada hari Selasa, kata seorang pejabat yang tidak mau disebut namanya."
ENGLISH = "The troops arrived there on Tuesday, said an official who did not want to be named."
MALAY = (
    "Polis berkata siasatan masih dijalankan kerana mangsa tidak dapat dikenal pasti, iaitu seorang lelaki. "
    "Menteri itu berkata bahawa wang bantuan akan disediakan kepada mereka pada hari Khamis."
)


@pytest.mark.parametrize(("text", "code"), [(INDONESIAN, "id"), (ENGLISH, "en"), (MALAY, "ms")])
def test_function_words_tell_the_language(text: str, code: str) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("De regering heeft gezegd dat het leger in de komende weken naar de grens zal worden gestuurd.", "nl"),
        ("Die Regierung hat am Montag erklärt, dass die Truppen in den nächsten Wochen abziehen.", "de"),
        ("Правительство заявило, что войска будут отправлены на границу.", "ru"),
    ],
)
def test_other_languages_are_named_and_marked(text: str, code: str) -> None:
    document = read(text)
    assert document.article.language == code
    assert document.article.warnings == ("unsupported_language",)
    assert pack_of(document) is None


def test_a_given_language_with_a_pack_is_kept() -> None:
    assert read(ENGLISH, given="id").article.language == "id"
    assert read(ENGLISH, given="id-ID").article.language == "id"


def test_a_given_language_without_a_pack_gives_way_to_the_words() -> None:
    assert read(INDONESIAN, given="ms").article.language == "id"


def test_a_language_with_a_pack_is_not_marked() -> None:
    assert read(INDONESIAN).article.warnings == ()


def test_a_text_without_words_has_no_language() -> None:
    document = read("123 ... !")
    assert (document.article.language, document.article.warnings) == (None, ("unsupported_language",))


def read(text: str, given: str | None = None) -> Document:
    return Language()(Document(article=Article(id="a", text=text, language=given)))
