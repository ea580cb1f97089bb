"""Magnitudes: what the rules can't show in their hits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siaga.base.article import Article
from siaga.base.document import Document, MagnitudeMention
from siaga.extract.magnitudes import Magnitudes
from siaga.extract.tokens import tokenise


def magnitudes_in(code: str | None, text: str) -> tuple[MagnitudeMention, ...]:
    return Magnitudes()(Document(article=Article(id="a", text=text, language=code), tokens=tokenise(text))).magnitudes


def values(code: str, text: str) -> list[tuple[float, float | None, str]]:
    return [(m.value.minimum, m.value.maximum, m.value.unit) for m in magnitudes_in(code, text)]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("id", "Serangan itu menewaskan 12 orang dan melukai 30 lainnya."),
        ("en", "The attack killed 12 people and wounded 30."),
        ("en", "The attack left 12 people dead and 30 injured."),
    ],
)
def test_killed_and_wounded_of_one_sentence_are_told_apart(code: str, text: str) -> None:
    assert values(code, text) == [(12, 12, "killed"), (30, 30, "wounded")]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("id", "Pada 2021, sekitar 30 persen lahan, 12 tahun, 5 kilometer, pukul 10.00 WIB, umur 38 tahun."),
        ("en", "In 2021, some 30 percent, 12 years, 5 kilometres, at 10:30, a 38-year-old, F-16 and Covid-19."),
    ],
)
def test_years_ages_shares_times_and_distances_are_no_magnitudes(code: str, text: str) -> None:
    assert values(code, text) == []


@pytest.mark.parametrize(("code", "text"), [("id", "Seorang tentara tewas."), ("en", "A soldier was killed.")])
def test_one_of_a_kind_is_one(code: str, text: str) -> None:
    assert values(code, text) == [(1, 1, "killed")]


@pytest.mark.parametrize(("code", "text"), [("id", "Seorang tentara datang."), ("en", "A soldier came.")])
def test_an_article_alone_counts_nothing(code: str, text: str) -> None:
    assert values(code, text) == []


def test_money_keeps_its_modifier_and_currency() -> None:
    [mention] = magnitudes_in("en", "They sent more than $700m in aid.")
    assert mention.value.text == "more than $700m"
    assert (mention.value.minimum, mention.value.maximum, mention.value.unit) == (700_000_000, None, "money:USD")


def test_a_magnitude_does_not_reach_into_the_next_sentence() -> None:
    assert values("en", "They came with 40. People were killed.") == []


def test_unknown_languages_are_not_read() -> None:
    assert magnitudes_in(None, "12 people were killed") == ()


@given(st.text(max_size=60), st.sampled_from(["id", "en"]))
def test_any_text_has_magnitudes_inside_it(text: str, code: str) -> None:
    for mention in magnitudes_in(code, text):
        assert text[mention.start : mention.end] == mention.value.text
        assert mention.value.maximum is None or mention.value.minimum <= mention.value.maximum
