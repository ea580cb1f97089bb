"""Dates: what the rules can't show in their hits."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siaga.base.article import Article
from siaga.base.document import DateMention, Document
from siaga.extract import days
from siaga.extract.dates import Dates
from siaga.extract.tokens import tokenise


def dates_in(code: str | None, text: str, published: str | None = "2021-11-30") -> tuple[DateMention, ...]:
    article = Article(id="a", text=text, language=code, published=published)
    return Dates()(Document(article=article, tokens=tokenise(text))).dates


def bounds(code: str, text: str, published: str | None = "2021-11-30") -> list[tuple[str | None, str | None]]:
    return [(mention.earliest, mention.latest) for mention in dates_in(code, text, published)]


@pytest.mark.parametrize(("code", "text"), [("id", "paling cepat Januari mendatang"), ("en", "as early as January")])
def test_as_early_as_january_opens_a_window_at_its_first_day(code: str, text: str) -> None:
    assert bounds(code, text) == [("2022-01-01", None)]


@pytest.mark.parametrize(("code", "text"), [("id", "Rapat digelar Selasa (30/11)."), ("en", "They met on Tuesday.")])
def test_a_weekday_is_the_day_of_publication_if_that_is_one(code: str, text: str) -> None:
    assert bounds(code, text) == [("2021-11-30", "2021-11-30")]


@pytest.mark.parametrize(
    ("code", "text"), [("id", "Mereka akan bertemu pada Jumat."), ("en", "They will meet on Friday.")]
)
def test_a_weekday_after_a_word_of_the_future_is_the_next_one(code: str, text: str) -> None:
    assert bounds(code, text) == [("2021-12-03", "2021-12-03")]


def test_said_on_friday_is_past_though_a_plan_follows() -> None:
    assert bounds("en", "He said on Friday they will meet on Monday.") == [
        ("2021-11-26", "2021-11-26"),
        ("2021-12-06", "2021-12-06"),
    ]


@pytest.mark.parametrize(
    ("code", "text"), [("id", "kemarin dan pada Jumat, awal bulan lalu"), ("en", "on Friday, yesterday")]
)
def test_without_a_day_of_publication_relative_dates_are_found_but_not_resolved(code: str, text: str) -> None:
    found = dates_in(code, text, published=None)
    assert len(found) > 1
    assert all(mention.earliest is mention.latest is None for mention in found)


@pytest.mark.parametrize(("code", "text"), [("id", "30 November 2021"), ("en", "Nov. 30, 2021")])
def test_a_full_date_needs_no_day_of_publication(code: str, text: str) -> None:
    assert bounds(code, text, published=None) == [("2021-11-30", "2021-11-30")]


@pytest.mark.parametrize(
    ("code", "text"),
    [("id", "31 Februari 2021 (32/1/2021) 2021-02-30"), ("en", "February 31, 2021 and 32/1/2021 and 2021-02-30")],
)
def test_a_day_that_the_calendar_does_not_have_is_no_date(code: str, text: str) -> None:
    assert not [mention for mention in dates_in(code, text) if mention.earliest == mention.latest]


def test_a_wrong_weekday_does_not_send_a_date_years_away() -> None:
    assert bounds("id", "pada Minggu (4/6)", "2025-06-10") == [("2025-06-04", "2025-06-04")]


def test_a_publication_time_is_as_good_as_a_day() -> None:
    assert bounds("en", "yesterday", "2021-11-30T23:10:00+07:00") == [("2021-11-29", "2021-11-29")]


def test_weekdays_that_are_feasts_months_that_are_verbs_and_weeks_are_left_alone() -> None:
    assert not dates_in("en", "On Black Friday they march and may rest.")
    assert not dates_in("id", "Selama dua minggu menjelang Jumat Agung")


def test_a_range_runs_from_its_first_day_to_its_last() -> None:
    assert bounds("en", "from January to March 2020") == [("2020-01-01", "2020-03-31")]
    assert bounds("id", "antara 1 dan 3 Mei") == [("2021-05-01", "2021-05-03")]


def test_dates_in_an_unknown_language_are_not_read() -> None:
    assert dates_in(None, "30 November 2021") == ()
    assert dates_in("xx", "30 November 2021") == ()


def test_spans_hold_with_emoji_and_combining_marks_before_them() -> None:
    text = "😀 e\u0301 Rapat 30 November 2021"
    [mention] = dates_in("id", text)
    assert text[mention.start : mention.end] == "30 November 2021"


def test_months_end_where_they_end() -> None:
    assert days.add_months(date(2024, 3, 31), -1) == date(2024, 2, 29)
    assert days.month(2023, 2).latest == date(2023, 2, 28)


@given(st.text(max_size=60), st.sampled_from(["id", "en"]), st.dates(date(1990, 1, 1), date(2035, 12, 31)))
def test_any_text_has_dates_inside_it_whose_bounds_are_in_order(text: str, code: str, published: date) -> None:
    for mention in dates_in(code, text, published.isoformat()):
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.earliest is None or mention.latest is None or mention.earliest <= mention.latest


def test_reading_is_linear_in_the_text() -> None:
    text = "30 November " * 20_000
    started = time.process_time()
    dates_in("en", text)
    assert time.process_time() - started < 5
