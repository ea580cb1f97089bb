"""Names of persons, organisations and places, by the shipped taggers."""

from __future__ import annotations

import pytest

from siaga.base.article import Article
from siaga.base.document import Document, Sentence
from siaga.extract.syntax.annotate import FindNames, name_spans
from siaga.extract.tokens import tokenise


def document(text: str, language: str) -> Document:
    tokens = tokenise(text)
    sentence = Sentence(start=0, end=len(text), first=0, last=len(tokens.forms))
    return Document(
        article=Article(id="x", language=language, text=text),
        tokens=tokens,
        sentences=(sentence,) if tokens.forms else (),
    )


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "id",
            "Presiden Joko Widodo tiba di Surabaya bersama rombongan.",
            {("Joko Widodo", "PER"), ("Surabaya", "LOC")},
        ),
        ("en", "Mr. John Carter arrived in London on Monday.", {("John Carter", "PER"), ("London", "LOC")}),
    ],
)
def test_names_have_their_span_and_kind(language: str, text: str, expected: set[tuple[str, str]]) -> None:
    names = FindNames()(document(text, language)).names
    assert {(text[name.start : name.end], name.kind) for name in names} == expected


@pytest.mark.parametrize("language", ["id", "en"])
def test_text_without_words_has_no_names(language: str) -> None:
    assert FindNames()(document("🔥 … 123", language)).names == ()
    assert FindNames()(document("", language)).names == ()


def test_names_of_cut_sentences_are_numbered_from_their_own_first_word() -> None:
    [first, second] = name_spans("id", [["Polisi", "tiba", "."], ["Joko", "Widodo", "tiba", "."]])
    assert first == []
    assert second == [(0, 2, "PER")]
