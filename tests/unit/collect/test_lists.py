"""Feeds, sitemaps and pages of links: where articles are, from whatever a server sends."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from siaga.base.article import Page, Reject
from siaga.base.config import FetchConfig
from siaga.base.errors import RejectError
from siaga.base.source import Layout
from siaga.collect.article import articles
from siaga.collect.asking import Asking
from siaga.collect.discover import discover
from siaga.collect.feed import moment_of, parse_feed
from siaga.collect.fetch.fetcher import Fetcher
from siaga.collect.layout import narrowed
from siaga.collect.links import article_links, markup_tree, names_of
from siaga.collect.outline import outline
from siaga.collect.sitemap import parse_sitemap
from siaga.collect.web import pages_at
from tests.unit.collect.webserver import Given, Site, article_page, rss, served, sitemap

URL = "https://news.example.id/feed"
RSS = b"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Warta &amp; Kabar</title>
<item><title>Satu</title><link>/a-1</link><pubDate>Tue, 30 Nov 2021 18:04:00 +0700</pubDate></item>
<item><title><![CDATA[Dua]]></title><guid>https://news.example.id/a-2</guid><pubDate>besok</pubDate></item>
<item><title>No address</title><guid isPermaLink="false">x</guid></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>Satu</title>
<link rel="self" href="https://news.example.id/self"/><link href="https://news.example.id/a-1"/>
<published>2021-11-30T18:04:00+07:00</published><updated>2021-12-01T00:00:00Z</updated></entry></feed>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><item><title>Satu</title><link>https://news.example.id/a-1</link>
<dc:date>2021-11-30T11:04:00Z</dc:date></item></rdf:RDF>"""
JSON = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{"id": "1", "title": "Satu",
"url": "https://news.example.id/a-1", "date_published": "2021-11-30T18:04:00+07:00"}, {"id": "2"}, 7]}"""


def test_a_feed_of_any_kind_tells_where_articles_are_and_when_they_were_published() -> None:
    for body in (ATOM, RDF, JSON):
        [entry] = parse_feed(body, URL).entries
        assert (entry.url, entry.title, entry.published) == (
            "https://news.example.id/a-1", "Satu", "2021-11-30T11:04:00Z",
        )  # fmt: skip
    listing = parse_feed(RSS, URL)
    assert (listing.title, [entry.url[-4:] for entry in listing.entries]) == ("Warta & Kabar", ["/a-1", "/a-2"])
    assert listing.entries[0].published == "2021-11-30T11:04:00Z"


def test_a_date_that_cannot_be_is_null_with_a_warning() -> None:
    listing = parse_feed(RSS, URL)
    assert listing.entries[1].published is None
    assert listing.warnings == ("1 dates that can't be read",)
    assert moment_of("Mon, 00 Foo 99999 99:99:99 +9999") is None
    assert moment_of("0001-01-01T00:00:00+23:59") is None


@given(st.text(max_size=40))
def test_whatever_is_written_for_a_date_is_a_moment_or_nothing(written: str) -> None:
    found = moment_of(written)
    assert found is None or found.endswith("Z")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_before_anything_is_parsed(encoding: str) -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">'
        '<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><link>&b;&x;</link></item></channel></rss>'
    ).encode(encoding)
    for parse in (parse_feed, parse_sitemap):
        with pytest.raises(RejectError) as refused:
            parse(bomb, URL)
        assert refused.value.code == "entities"


@pytest.mark.parametrize("body", [b"", b"<html><p>no feed</p></html>", b'{"items": 3}', b"{", b"\x00\x01"])
def test_what_is_no_feed_is_refused_with_a_reason(body: bytes) -> None:
    with pytest.raises(RejectError):
        parse_feed(body, URL)


def test_a_sitemap_tells_of_articles_and_a_news_sitemap_of_their_days() -> None:
    plain = parse_sitemap(sitemap("https://news.example.id", range(3)), URL)
    assert (plain.kind, len(plain.entries), plain.entries[0].updated) == ("sitemap", 3, "2021-11-30T00:00:00Z")
    news = parse_sitemap(
        b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        b'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://news.example.id/a</loc><n:news>'
        b"<n:publication_date>2021-11-30T18:04:00+07:00</n:publication_date><n:title>Satu</n:title></n:news></url>"
        b"</urlset>",
        URL,
    )
    assert (news.kind, news.entries[0].published, news.entries[0].title) == (
        "news_sitemap", "2021-11-30T11:04:00Z", "Satu",
    )  # fmt: skip
    index = parse_sitemap(b"<sitemapindex><sitemap><loc>/s-1.xml</loc></sitemap></sitemapindex>", URL)
    assert (index.kind, index.entries[0].url) == ("index", "https://news.example.id/s-1.xml")
    assert len(parse_sitemap(b"https://a.id/1\nhttps://a.id/2\nno\n", URL).entries) == 2


@pytest.mark.parametrize("number", ["&#55296;", "&#xD800;", "&#xdfff;", "&#57343;"])
def test_half_a_character_by_its_number_is_a_sign_that_cannot_be_read(number: str) -> None:
    body = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>{URL}/{number}a</loc></url></urlset>"
    assert len(parse_sitemap(body.encode(), URL).entries) == 1
    feed = RSS.replace(b"Satu", f"Satu {number}".encode())
    assert parse_feed(feed, URL).entries[0].title == "Satu \ufffd"


def test_a_gzip_that_blows_up_is_refused() -> None:
    with pytest.raises(RejectError) as refused:
        parse_sitemap(gzip.compress(b" " * 60_000_000), URL)
    assert refused.value.code == "too_large"


def test_a_page_of_links_leads_to_articles_and_not_to_lists() -> None:
    page = (
        b"<html><nav><a href='/internasional'>I</a></nav><a href='/2021/11/30/rusia'>Rusia</a>"
        b"<a href='/berita/d-5834567/kapal'>Kapal</a><a href='/nato-gelar-rapat-darurat-di-riga#c'>NATO</a>"
        b"<a href='/tag/rusia-dan-ukraina-hari-ini'>Tag</a><a href='/foto-5834567.jpg'>F</a>"
        b"<a href='https://other.example.org/2021/11/30/x'>O</a></html>"
    )
    found = article_links(markup_tree(page), "https://news.example.id/")
    assert [entry.url.removeprefix("https://news.example.id") for entry in found.entries] == [
        "/2021/11/30/rusia", "/berita/d-5834567/kapal", "/nato-gelar-rapat-darurat-di-riga",
    ]  # fmt: skip
    layout = Layout(links="//nav")
    chosen = article_links(markup_tree(page), "https://news.example.id/", layout)
    assert [entry.title for entry in chosen.entries] == ["I"]


def test_a_page_is_believed_about_its_own_site_alone() -> None:
    head = "<html amp><head><link rel='canonical' href='{}'><link rel=amphtml href='/amp/a'></head><p>x</p></html>"
    url = "https://news.example.id/m/a"
    assert names_of(markup_tree(head.format("/a").encode()), url).canonical == "https://news.example.id/a"
    assert names_of(markup_tree(head.format("https://other.org/a").encode()), url).canonical is None
    assert names_of(markup_tree(head.format("/").encode()), url).canonical is None
    assert names_of(markup_tree(head.format("/a").encode()), url).is_amp


def test_a_layout_narrows_a_page_and_one_of_another_layout_stays_as_it_is() -> None:
    page = b"<html><body><div id=a><p>isi</p><p class=x>iklan</p></div><p>samping</p></body></html>"
    layout = Layout(keep="//div[@id='a']", drop=("//p[@class='x']",), until=date(2026, 1, 1))
    text = narrowed(page, layout).decode()
    assert ("isi" in text, "iklan" in text, "samping" in text) == (True, False, False)
    other = narrowed(b"<html><body><p>samping</p></body></html>", layout).decode()
    assert "samping" in other
    with pytest.raises(RejectError, match="XPath"):
        narrowed(page, Layout(keep="//["))


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    with served(site) as base:
        for number in range(4):
            site.put(f"/berita/artikel-nomor-{number}", Given(article_page(number)))
        site.put("/feed", Given(rss(base, range(3))))
        yield site


def asking(site: Site) -> Asking:
    settings = {"allow_networks": ("127.0.0.0/8",), "ports": (site.port,)}
    return Asking(Fetcher(msgspec.convert(settings, FetchConfig)), outline)


def test_pages_that_name_only_the_next_are_followed_to_the_last(site: Site) -> None:
    for number in (1, 2, 3):
        more = f"<a rel='next' href='/panjang?page={number + 1}'>x</a>" if number < 3 else ""
        path = "/panjang" if number == 1 else f"/panjang?page={number}"
        site.put(path, Given(article_page(number).replace(b"</article>", f"</article>{more}".encode())))
    [page] = pages_at([f"{base(site)}/panjang"], asking(site), 0.0)
    assert isinstance(page, Page)
    [article] = articles([page])
    assert not isinstance(article, Reject)
    assert [number for number in (1, 2, 3) if f"pertemuan nomor {number} itu" in article.text] == [1, 2, 3]


def base(site: Site) -> str:
    return f"http://127.0.0.1:{site.port}"


def test_what_can_be_collected_is_found_from_a_front_page(site: Site) -> None:
    front = (
        b"<html lang=id-ID><head><title>Uji</title><link rel=alternate type=application/rss+xml href=/feed>"
        b"<link rel=alternate type=application/rss+xml href=/gone></head><p>x</p></html>"
    )
    news = (
        b'<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>/a</loc><n:news/></url></urlset>'
    )
    site.put("/", Given(front))
    site.put("/robots.txt", Given(f"User-agent: *\nAllow: /\nSitemap: {base(site)}/index.xml".encode()))
    site.put("/index.xml", Given(b"<sitemapindex><sitemap><loc>/news.xml</loc></sitemap></sitemapindex>"))
    site.put("/news.xml", Given(news))
    found = discover(asking(site), base(site))
    assert (found.name, found.language) == ("Uji", "id")
    assert (found.feeds, found.sitemaps) == ((f"{base(site)}/feed",), (f"{base(site)}/news.xml",))
    assert found.archives == (f"{base(site)}/index.xml",)
    assert found.tried == (f"{base(site)}/gone: http_404",)


def test_section_pages_are_found_where_there_is_nothing_else(site: Site) -> None:
    site.put("/", Given(b"<html><nav><a href=/dunia>D</a><a href=/tag/x>T</a><a href=//o.org/x>O</a></nav></html>"))
    assert discover(asking(site), base(site)).sections == (f"{base(site)}/dunia",)
    assert discover(asking(site), f"{base(site)}/feed").feeds == (f"{base(site)}/feed",)


def test_an_article_on_several_pages_is_read_as_one(site: Site) -> None:
    more = b"<a href='?page=2'>2</a>"
    site.put("/panjang", Given(article_page(1).replace(b"</article>", b"</article>" + more)))
    site.put("/panjang?page=2", Given(article_page(2)))
    [page] = pages_at([f"{base(site)}/panjang"], asking(site), 0.0)
    assert isinstance(page, Page)
    [article] = articles([page])
    assert not isinstance(article, Reject)
    assert "pertemuan nomor 1 itu" in article.text
    assert "pertemuan nomor 2 itu" in article.text
    assert article.title is not None
    assert article.title.endswith("Nomor 1")


def test_the_articles_of_a_feed_are_read_and_what_cannot_be_had_is_a_reject(site: Site) -> None:
    site.put("/berita/artikel-nomor-1", Given(b"", 404))
    found = list(pages_at([f"{base(site)}/feed", "ftp://a.id/"], asking(site), 0.0))
    assert [type(one).__name__ for one in found] == ["Page", "Reject", "Page", "Reject"]
    assert [one.reason for one in found if isinstance(one, Reject)] == ["http_404", "not_http"]
