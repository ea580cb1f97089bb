"""The day of publication of a text that has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from siaga.base.article import Article
from siaga.base.document import Document
from siaga.extract.published import Published
from siaga.extract.tokens import tokenise

SEED = Path(__file__).parents[3] / "../shared/seed/umatpost.txt"


def published(code: str | None, text: str, given: str | None = None) -> tuple[str | None, str | None]:
    article = Article(id="a", text=text, language=code, published=given, published_basis="metadata" if given else None)
    read = Published()(Document(article=article, tokens=tokenise(text))).article
    return read.published, read.published_basis


@pytest.mark.skipif(not SEED.exists(), reason="the shared folder is not here")
def test_the_seed_page_is_of_30_november_2021() -> None:
    assert published("id", SEED.read_text("utf-8")) == ("2021-11-30", "inferred")


@pytest.mark.parametrize(
    ("code", "text", "day"),
    [
        ("id", "Rapat digelar pada Selasa (30/11). Presiden Joe Biden bersiap.", "2021-11-30"),
        ("en", "Ministers met in Riga on Tuesday, Nov. 30. US President Joe Biden was briefed.", "2021-11-30"),
        ("en", "They met on Wednesday (3/9). The British prime minister, David Cameron, spoke.", "2014-09-03"),
        ("en", "They met on Thursday, March 3. Prime Minister Boris Johnson spoke.", "2022-03-03"),
        ("id", "Rapat pada Rabu (1/12). Presiden Amerika Serikat Joe Biden hadir.", "2021-12-01"),
        ("id", "Rapat pada Rabu (18/6). Presiden Prabowo Subianto hadir.", "2025-06-18"),
    ],
)
def test_weekday_and_term_of_office_leave_one_year(code: str, text: str, day: str) -> None:
    assert published(code, text) == (day, "inferred")


@pytest.mark.parametrize(
    "text",
    [
        "Rapat digelar pada Selasa (30/11).",
        "Presiden Joe Biden bersiap.",
        "Rapat pada Selasa (30/11). Mantan Presiden Joe Biden hadir.",
        "Rapat pada Selasa (30/11). Joe Biden hadir.",
        "Tidak ada tanggal di sini.",
    ],
)
def test_evidence_that_leaves_more_than_one_year_leaves_none(text: str) -> None:
    assert published("id", text) == (None, None)


def test_officeholders_of_different_times_contradict_each_other() -> None:
    text = "They met on Tuesday, Nov. 30. President Joe Biden and Prime Minister David Cameron spoke."
    assert published("en", text) == (None, None)


def test_the_latest_day_named_is_the_day_of_publication() -> None:
    text = "Pada Senin (29/11) dan Selasa (30/11) mereka bertemu, kata Presiden Joe Biden."
    assert published("id", text) == ("2021-11-30", "inferred")


@pytest.mark.parametrize(
    ("code", "text"),
    [("id", "JAKARTA, 30 November 2021 - Rapat digelar."), ("en", "Tuesday, 30 November 2021\nMinisters met in Riga.")],
)
def test_a_full_date_in_the_dateline_is_the_day_of_publication(code: str, text: str) -> None:
    assert published(code, text) == ("2021-11-30", "text")


def test_a_given_day_stays() -> None:
    assert published("id", "Selasa (30/11). Presiden Joe Biden", "2020-01-01") == ("2020-01-01", "metadata")


def test_a_full_date_bounds_the_year_from_below() -> None:
    text = "They met on Thursday, March 3. {} Chancellor Angela Merkel spoke."
    assert published("en", text.format("")) == (None, None)
    assert published("en", text.format("The treaty of 5 May 2015 holds.")) == ("2016-03-03", "inferred")


def test_a_text_in_an_unknown_language_has_no_day() -> None:
    assert published(None, "Tuesday, Nov. 30. President Joe Biden") == (None, None)
