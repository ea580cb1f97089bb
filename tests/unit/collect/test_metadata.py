"""Each field of a page's metadata comes from the most trusted place that has it."""

from __future__ import annotations

import json

import pytest

from siaga.base.article import About
from siaga.collect.content import parse
from siaga.collect.metadata import Metadata, as_published, given_date, markup_metadata, url_date


def read(head: str, body: str = "<p>Riga</p>", url: str | None = None) -> Metadata:
    return markup_metadata(parse(f"<html lang='id-ID'><head>{head}</head><body>{body}</body></html>"), url)


def json_ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Rapat &amp; Riga",
    "datePublished": "2021-11-30T16:45:00+07:00",
    "publisher": {"name": "Kabar"},
}


def test_json_ld_comes_first() -> None:
    found = read(
        json_ld(ARTICLE) + '<meta property="og:title" content="Lain"><meta property="og:site_name" content="X">'
    )
    assert (found.title, found.source) == ("Rapat & Riga", "Kabar")
    assert (found.published, found.published_basis) == ("2021-11-30T16:45:00+07:00", "metadata")
    assert found.language == "id"


def test_json_ld_is_found_in_graphs_and_lists() -> None:
    assert read(json_ld({"@graph": [{"@type": "WebSite"}, [ARTICLE]]})).source == "Kabar"


@pytest.mark.parametrize("script", ["{broken", "[" * 100_000, "", "null", '{"@type": 5}', '{"@type":["NewsArticle"]}'])
def test_broken_json_ld_is_passed_over(script: str) -> None:
    found = read(f'<script type="application/ld+json">{script}</script><meta property="og:title" content="Rapat">')
    assert found.title == "Rapat"


def test_open_graph_and_the_heading_follow() -> None:
    found = read('<meta property="og:site_name" content="Kabar"><title>x</title>', "<h1>Rapat <b>Riga</b></h1>")
    assert found.replace(about=About()) == Metadata(title="Rapat Riga", source="Kabar", language="id")
    assert [(one.field, one.basis) for one in found.about.found] == [("source", "opengraph"), ("title", "heading")]


def test_the_outlet_behind_a_title_is_cut_off() -> None:
    assert (
        read('<meta property="og:site_name" content="Kabar"><title>Rapat - Riga - Kabar</title>').title
        == "Rapat - Riga"
    )


def test_the_address_is_the_canonical_one_and_gives_the_day_where_nothing_else_does() -> None:
    found = read('<link rel="canonical" href="/berita/2021/11/30/rapat">', url="https://kabar.example/x")
    assert found.url == "https://kabar.example/berita/2021/11/30/rapat"
    assert (found.published, found.published_basis) == ("2021-11-30", "url")


def test_a_day_guessed_from_the_page_says_so() -> None:
    found = read("", "<p class='date'>30 November 2021</p><p>Rapat digelar.</p>")
    assert (found.published, found.published_basis) == ("2021-11-30", "text")


@pytest.mark.parametrize(
    ("value", "published"),
    [
        ("2021-11-30", "2021-11-30"),
        ("2021-11-30T16:45:00Z", "2021-11-30T16:45:00+00:00"),
        ("2021-11-30T16:45:00+0700", "2021-11-30T16:45:00+07:00"),
        ("2021-11-30 16:45", "2021-11-30"),
        ("Tue, 30 Nov 2021 16:45:00 +0700", "2021-11-30T16:45:00+07:00"),
        ("2021-11-30 pukul empat", "2021-11-30"),
        ("1899-12-31", None),
        ("2101-01-01", None),
        ("2021-02-30", None),
        ("2025", None),
        ("20211130", None),
        ("kemarin", None),
        ("", None),
    ],
)
def test_a_day_is_one_between_1900_and_2100_or_none(value: str, published: str | None) -> None:
    assert as_published(value) == published


@pytest.mark.parametrize("value", ["0001-01-01", "besok", 20211130, ["2021-11-30"], {}, True])
def test_a_given_date_that_is_none_becomes_null_with_a_warning(value: object) -> None:
    published, [warning] = given_date(value)
    assert published is None
    assert warning.startswith("date ")


def test_no_given_date_is_no_warning() -> None:
    assert given_date(None) == given_date("") == (None, ())


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://kabar.example/read/20211130/rapat", "2021-11-30"),
        ("https://kabar.example/2021/11/30/rapat", "2021-11-30"),
        ("https://kabar.example/rapat-2021-11-30", None),
        ("https://kabar.example/20211340/rapat", None),
        ("https://kabar.example/read/6055580/rapat", None),
        (None, None),
    ],
)
def test_a_day_in_an_address(url: str | None, day: str | None) -> None:
    assert url_date(url) == day
