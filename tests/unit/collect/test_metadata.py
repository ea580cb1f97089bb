"""Each field of a page's metadata comes from the most trusted place that has it."""

from __future__ import annotations

import json

import pytest

from siaga.base.article import About, Article, Page
from siaga.collect.article import quick_page, read_page
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


PARAGRAPH = "<p>Para menteri luar negeri bertemu di ibu kota Latvia untuk membahas perbatasan pada Selasa.</p>"


def page(head: str, body: str = "") -> Page:
    markup = (
        f"<html lang='id'><head>{head}</head><body><h1>Rapat</h1>{body}<article>{PARAGRAPH * 4}</article></body></html>"
    )
    return Page(name="x", body=markup.encode(), url="https://kabar.example/rapat", kind="html")


def basis_of(article: Article, field: str) -> str | None:
    return next((found.basis for found in article.about.found if found.field == field), None)


@pytest.mark.parametrize(
    ("stamp", "published"),
    [
        ("Selasa, 30 November 2021 16:45 WIB", "2021-11-30T16:45:00+07:00"),
        ("Selasa, 30 Nov 2021 16:45 WITA", "2021-11-30T16:45:00+08:00"),
        ("30 November 2021, 16.45 WIT", "2021-11-30T16:45:00+09:00"),
        ("Kabar.com - 30/11/2021, 16:45 WIB", "2021-11-30T16:45:00+07:00"),
        ("Selasa, 30-11-2021 16.45 WITA", "2021-11-30T16:45:00+08:00"),
        ("Selasa (30/11/2021) pukul 16.45 WIB", "2021-11-30T16:45:00+07:00"),
        ("Selasa 30 Nopember 2021 jam 16.45 WIT", "2021-11-30T16:45:00+09:00"),
        ("2021-11-30 16:45:00 WIB", "2021-11-30T16:45:00+07:00"),
        ("30 Nov 2021 | 16:45 WIB", "2021-11-30T16:45:00+07:00"),
        ("16:45 WITA, 30 November 2021", "2021-11-30T16:45:00+08:00"),
        ("Diterbitkan: 30 November 2021 16:45 WIB · waktu baca 2 menit", "2021-11-30T16:45:00+07:00"),
        ("30 November 2021 16:45 WIB (GMT+7)", "2021-11-30T16:45:00+07:00"),
        ("30 November 2021 16:45", "2021-11-30"),
        ("31 November 2021 16:45 WIB", None),
        ("30 November 1021 16:45 WIB", None),
    ],
)
def test_a_stamp_in_an_indonesian_form_gives_the_time_with_its_zone(stamp: str, published: str | None) -> None:
    article = read_page(page("", f"<div class='article-date'>{stamp}</div>"))
    assert article.published == published
    assert basis_of(article, "published") == ("text" if published else None)


def test_a_time_that_is_seen_with_its_zone_mends_one_without_and_one_that_is_called_utc() -> None:
    seen = "<span class='date'>Selasa, 30 Nov 2021 16:45 WIB</span>"
    for stated in ("2021-11-30 16:45", "2021-11-30T16:45:00Z"):
        article = read_page(page(f"<meta property='article:published_time' content='{stated}'>", seen))
        assert article.published == "2021-11-30T16:45:00+07:00"
    other = read_page(page("<meta property='article:published_time' content='2021-11-29T23:00:00Z'>", seen))
    assert other.published == "2021-11-29T23:00:00+00:00"


def test_authors_owner_section_update_and_addresses_are_found_with_their_basis() -> None:
    value = ARTICLE | {
        "author": [{"name": "Rina Wulandari"}, {"name": "Redaksi Kabar"}, "Budi Santoso"],
        "publisher": {"name": "Kabar", "parentOrganization": {"name": "Grup Warta"}},
        "articleSection": ["Internasional"],
        "dateModified": "2021-11-30T18:00:00+07:00",
    }
    links = "<link rel='canonical' href='/rapat'><link rel='amphtml' href='https://amp.kabar.example/rapat'>"
    for article in (read_page(page(json_ld(value) + links)), quick_page(page(json_ld(value) + links))):
        about = article.about
        assert about.authors == ("Rina Wulandari", "Budi Santoso")
        assert (about.owner, about.section, about.updated) == (
            "Grup Warta",
            "Internasional",
            "2021-11-30T18:00:00+07:00",
        )
        assert (about.canonical, about.amp) == ("https://kabar.example/rapat", "https://amp.kabar.example/rapat")
        assert {found.basis for found in about.found} == {"json-ld"}
        assert all(0 < found.confidence <= 1 for found in about.found)


@pytest.mark.parametrize(
    ("body", "authors"),
    [
        ("<span class='byline'>Oleh: Rina Wulandari dan Budi Santoso</span>", ("Rina Wulandari", "Budi Santoso")),
        ("<p>Penulis: Rina Wulandari, Editor: Budi Santoso</p>", ("Rina Wulandari",)),
        ("<p>Laporan Wartawan TribunKabar.com, Rina Wulandari</p>", ("Rina Wulandari",)),
        ("<a rel='author' href='/x'>By Jane Doe</a>", ("Jane Doe",)),
        ("<span class='byline'>Tim Redaksi</span>", ()),
        ("<a rel='author' href='/x'>Jane Doe</a><a rel='author' href='/y'>John Roe</a>", ("Jane Doe",)),
        ("<span class='byline'>Follow us here</span>", ()),
        ("<span class='byline'>KABAR UJI</span>", ()),
        ("<span class='byline'>https://kabar.example/rina</span>", ()),
    ],
)
def test_authors_are_read_where_a_reader_sees_them(body: str, authors: tuple[str, ...]) -> None:
    markup = page("", body).body.decode().replace(body, "").replace("<article>", f"<article>{body}")
    article = read_page(Page(name="x", body=markup.encode(), kind="html"))
    assert article.about.authors == authors


def test_an_update_that_is_seen_is_no_publication() -> None:
    stamps = ("30 November 2021, 16:45 WIB", "Diperbarui 1 Desember 2021, 08:00 WIB")
    article = read_page(page("", "".join(f"<div class='date'>{stamp}</div>" for stamp in stamps)))
    assert (article.published, article.about.updated) == ("2021-11-30T16:45:00+07:00", "2021-12-01T08:00:00+07:00")


@pytest.mark.parametrize(
    "value", ["9999-99-99", "0000-00-00", "99999999999", "-1", "2021-13-30T99:99:99Z", "1" * 5000, "\x00"]
)
def test_a_day_out_of_range_in_markup_is_null_with_a_warning(value: str) -> None:
    head = f"<meta property='article:published_time' content='{value}'>" + json_ld(ARTICLE | {"datePublished": value})
    for article in (read_page(page(head)), quick_page(page(head))):
        assert article.published is None
        [warning] = article.warnings
        assert warning.startswith("date ")
