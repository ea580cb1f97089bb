"""Text -> sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siaga.base.article import Article
from siaga.base.document import Document
from siaga.base.pack import load_pack
from siaga.extract.sentences import Sentences, split_sentences
from siaga.extract.tokens import Tokenise, tokenise

GOLD = Path(__file__).parents[3].parent / "shared" / "gold"


def test_a_newline_always_ends_a_sentence() -> None:
    assert pieces("JAKARTA -\nAsap terlihat\n\ndi pelabuhan", "id") == ["JAKARTA -", "Asap terlihat", "di pelabuhan"]


def test_a_blank_that_was_lost_does_not_hide_the_end() -> None:
    assert pieces("The ship sank, it added.The crew swam.“We are safe,” they said.", "en") == [
        "The ship sank, it added.", "The crew swam.", "“We are safe,” they said.",
    ]  # fmt: skip


def test_a_straight_quote_without_blanks_closes_or_opens_by_its_parity() -> None:
    assert pieces('He said "we go."Later he left."We stay," she said.', "en") == [
        'He said "we go."', "Later he left.", '"We stay," she said.',
    ]  # fmt: skip


def test_a_full_stop_inside_a_quote_before_a_lower_case_word_does_not_end_the_sentence() -> None:
    for text, code in (('"Kami siap." kata Budi.', "id"), ('"Stop!" he said.', "en"), ("“Really?” she asked.", "en")):
        assert pieces(text, code) == [text]


def test_initials_decimals_dates_and_site_names_stay_whole() -> None:
    for text, code in (
        ("J. K. Rama membayar Rp 1.500.000 pada Selasa (30/11).", "id"),
        ("Contoh.com - KOMPAS.Tv menayangkan rekaman 3.5 menit.", "id"),
        ("The U.S. Navy sent J. R. Hill at 3.30 p.m. Monday.", "en"),
    ):
        assert pieces(text, code) == [text]


def test_an_ellipsis_does_not_end_a_sentence() -> None:
    assert pieces("We waited … Nobody came. We left.", "en") == ["We waited … Nobody came.", "We left."]


def test_a_number_at_the_head_of_a_line_belongs_to_its_line() -> None:
    assert pieces("1. Kapal\n2. Pesawat pada 2025. Tank", "id") == ["1. Kapal", "2. Pesawat pada 2025.", "Tank"]


def test_a_language_without_a_pack_is_split_by_its_marks() -> None:
    assert pieces("Die Truppen zogen ab. Es blieb ruhig.", None) == ["Die Truppen zogen ab.", "Es blieb ruhig."]
    assert pieces("部队撤离。局势平静。", None) == ["部队撤离。", "局势平静。"]
    assert pieces("انسحبت القوات. عاد الهدوء؟ نعم", None) == ["انسحبت القوات.", "عاد الهدوء؟", "نعم"]


def test_a_sentence_knows_its_tokens() -> None:
    document = Sentences()(Tokenise()(Document(article=Article(id="a", text="Asap naik. Api padam.", language="id"))))
    assert [document.tokens.forms[s.first : s.last] for s in document.sentences] == [
        ("Asap", "naik", "."), ("Api", "padam", "."),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "   \n ", "...", '"', ".A.B.C. "])
def test_texts_without_sentences_raise_nothing(text: str) -> None:
    assert "".join(pieces(text, "en")).replace(" ", "") == "".join(text.split())


@given(st.text(alphabet=st.sampled_from("aB1 .!?\n\"”“'’()…é\u0301😀。")))
def test_every_character_that_is_not_blank_is_in_exactly_one_sentence(text: str) -> None:
    found = split_sentences(text, tokenise(text), load_pack("id"))
    covered = [place for sentence in found for place in range(sentence.start, sentence.end)]
    assert len(covered) == len(set(covered))
    assert {place for place, character in enumerate(text) if not character.isspace()} <= set(covered)
    assert all(text[s.start : s.end] == text[s.start : s.end].strip() for s in found)


@pytest.mark.skipif(not GOLD.is_dir(), reason="the shared data is not here")
@pytest.mark.parametrize(("code", "floor"), [("id", 0.97), ("en", 0.88)])
def test_hand_made_bounds_are_met(code: str, floor: float) -> None:
    """English gold leaves sentences together whose blank was lost, which we part: hence the lower floor."""
    documents = {row["doc"]: row["sentences"] for row in json.loads((GOLD / f"{code}_dev.gold.json").read_text())}
    hits = [
        (sentence["start"], sentence["end"]) in bounds(row["text"], code)
        for row in map(json.loads, (GOLD / f"{code}_dev.articles.jsonl").read_text().splitlines())
        for sentence in documents[row["id"]]
    ]
    assert sum(hits) >= floor * len(hits)


def bounds(text: str, code: str) -> set[tuple[int, int]]:
    return {(found.start, found.end) for found in split_sentences(text, tokenise(text), load_pack(code))}


def pieces(text: str, code: str | None) -> list[str]:
    pack = load_pack(code) if code else None
    return [text[found.start : found.end] for found in split_sentences(text, tokenise(text), pack)]
