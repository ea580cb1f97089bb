"""Text -> tokens, with words parted whose blank was lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siaga.base.article import Article
from siaga.base.document import Document, Tokens
from siaga.base.pack import load_pack
from siaga.extract.glued import part_glued
from siaga.extract.tokens import Tokenise, tokenise


def test_hyphens_join_small_words_and_equal_ones_only() -> None:
    assert tokenise("Iran-Israel negara-negara ke-2 cease-fire").forms == (
        "Iran", "-", "Israel", "negara-negara", "ke", "-", "2", "cease-fire",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Israeltelah menutup bandara", "Israel telah"),
        ("serangan balasanIrandi bandara", "balasan Iran di"),
        ("MenurutHaaretzyang terbit", "Menurut Haaretz yang"),
        ("dilansirAFP kemarin", "dilansir AFP"),
        ("Pasukan TNIyang tiba", "TNI yang"),
        ("Presiden Iranmengatakan tidak", "Iran mengatakan"),
        ("pertempuran antaraIsraeldanIranadalah mungkin", "antara Israel dan Iran adalah"),
    ],
)
def test_indonesian_words_are_parted_where_both_sides_are_known(text: str, parts: str) -> None:
    assert parts in " ".join(parted(text, "id").forms)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("forces drawnIsrael into it", "drawn Israel"),
        ("two months agoThe ship sank", "ago The"),
        ("Smith left. The shipSmith saw", "ship Smith"),
    ],
)
def test_english_words_are_parted_where_both_sides_are_known(text: str, parts: str) -> None:
    assert parts in " ".join(parted(text, "en").forms)


@pytest.mark.parametrize("code", ["id", "en"])
@pytest.mark.parametrize(
    "word", ["McDonald", "iPhone", "YouTube", "DeSantis", "WhatsApp", "Daripada", "Weston", "Israelis", "Sudan", "pH"]
)
def test_words_with_a_capital_inside_and_names_that_end_like_small_words_stay_whole(word: str, code: str) -> None:
    assert parted(f"Iran di the {word} you Sudan", code).forms.count(word) >= 1


def test_a_name_that_the_article_writes_alone_is_known() -> None:
    assert parted("Korban bernama Kasidi. Polisi menyebut Kasiditelah pulang.", "id").forms[-4:-1] == (
        "Kasidi", "telah", "pulang",
    )  # fmt: skip


def test_a_language_without_a_pack_is_left_as_it_is() -> None:
    document = Tokenise()(Document(article=Article(id="a", text="Israeltelah", language="de")))
    assert document.tokens.forms == ("Israeltelah",)


@given(st.text(alphabet=st.sampled_from("aIdi yangIran A.B'’-1\n\u0301😀")))
def test_tokens_are_the_text_at_their_offsets_in_order(text: str) -> None:
    tokens = parted(text, "id")
    assert all(text[s:e] == form for s, e, form in zip(tokens.starts, tokens.ends, tokens.forms, strict=True))
    assert all(before <= after for before, after in zip(tokens.ends, tokens.starts[1:], strict=False))


def parted(text: str, code: str) -> Tokens:
    return part_glued(tokenise(text), load_pack(code))
