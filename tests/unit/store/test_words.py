"""What PostgreSQL finds and shows is what FTS5 does: both are asked."""

from __future__ import annotations

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siaga.store.excerpt import snippet
from siaga.store.words import question, words_in
from tests.unit.store.fts5 import Index

WORDS = ("riga", "Rusia", "laut", "hitam", "café", "30", "000", "NATO", "serang")
BETWEEN = (" ", " ", " ", ". ", ": ", ", ", "-", ".", "\n", " – ")
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(BETWEEN)), max_size=120).map(
    lambda pairs: "".join(word + between for word, between in pairs)
)
LATIN = st.characters(min_codepoint=1, max_codepoint=0x17E, exclude_characters="µ")
"""Beyond it some rare letters are folded otherwise: FTS5 knows an older Unicode."""
PHRASES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(" ".join), min_size=1, max_size=3)


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        ('"laut" "hitam"', "'laut' & 'hitam'"),
        ('"laut hitam" OR riga', "('laut' <-> 'hitam') | 'riga'"),
        ("laut + hitam*", "'laut' <-> 'hitam':*"),
        ("a b NOT c d AND e OR f", "(((a & b) & !(c & d)) & e) | f"),
        ("title: riga", "'riga':A"),
        ("title: (riga OR kyiv*)", "'riga':A | 'kyiv':*A"),
        ('"Łódź CAFÉ"', "'łodz' <-> 'cafe'"),
        ('"-" riga', "'riga'"),
        ('"30.000"', "'30' <-> '000'"),
        ("", ""),
    ],
)
def test_a_question_to_fts5_is_one_to_postgresql(asked: str, query: str) -> None:
    assert question(asked).query.replace("'", "") == query.replace("'", "")


@pytest.mark.parametrize(
    "asked", ["AND", "a OR", "(a", "a)", "a-b", '"a', "column: a", "NEAR(a b)", "a ^b", "*", "a + "]
)
def test_what_is_no_question_is_told(asked: str) -> None:
    with pytest.raises(apsw.SQLError):
        question(asked)


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet=LATIN, max_size=60))
def test_a_text_has_the_words_that_fts5_finds_in_it(text: str) -> None:
    with Index(text) as index:
        assert {word for word, _, _ in words_in(text)} == index.words()


@settings(deadline=None, max_examples=300)
@given(TEXTS, PHRASES, st.booleans())
def test_a_snippet_is_that_of_fts5(text: str, phrases: list[str], is_prefix: bool) -> None:  # noqa: FBT001 - drawn
    asked = " OR ".join(f'"{phrase}"' for phrase in phrases) + (" *" if is_prefix else "")
    with Index(text) as index:
        found = index.snippet(asked)
        if found is not None:
            sought = tuple((one.parts, one.is_prefix) for one in question(asked).phrases)
            assert snippet(text, tuple(words_in(text)), sought) == found
