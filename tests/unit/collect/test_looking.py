"""Feeds, sitemaps and links of strangers are looked at in a child: what exhausts a parser is a reject within 2 s."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from importlib import import_module

import pytest

from siaga.base.errors import RejectError
from siaga.base.source import Layout
from siaga.collect.apart import LARGEST_SHEET, Looking
from siaga.collect.outline import Sheet, outline

MOST_SECONDS = 2.0
MOST_MEMORY = 1_000_000
"""Kilobytes that this process and its children may have held at their most."""
GATHERING = ("checking", "gather", "listings", "settling", "visitors")
URL = "https://kabar.example/feed"
GOOD = Sheet(body=b"<rss><item><link>https://kabar.example/a</link></item></rss>", url=URL, expects="listing")
LAUGHS = b"".join(b"<!ENTITY a%d '&a%d;&a%d;'>" % (n, n - 1, n - 1) for n in range(1, 40))
LINK = b"<a href='/berita/satu-dua-tiga-empat'>Satu</a>"
LISTS = {
    "billion laughs": (
        b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a0 'ha'>" + LAUGHS + b"]><rss>&a39;</rss>",
        "entities",
    ),
    "deep feed": (b"<rss>" + b"<channel>" * 300_000, "too_deep"),
    "deep sitemap": (b"<urlset>" + b"<url>" * 300_000, "too_deep"),
    "one name": (b"<rss><" + b"a" * 20_000_000 + b">", "too_deep"),
    "one value": (b"<rss a='" + b"a" * 20_000_000 + b"'>", "too_deep"),
    "many elements": (b"<rss>" + b"<a/>" * 5_000_000 + b"</rss>", "too_slow"),
    "attributes": (b"<rss " + b" ".join(b"a%d='1'" % n for n in range(900_000)) + b"></rss>", "too_deep"),
    "deep json": (b'{"items":' + b"[" * 1_000_000, "no_feed"),
    "broken gzip": (b"\x1f\x8b" + b"\x00" * 1_000, "broken_xml"),
    "neither": (b"<html><p>Riga</p></html>", "no_sitemap"),
}
PAGES = {
    "deep page": (b"<html>" + b"<div>" * 400_000 + LINK, "too_deep"),
    "attributes of a tag": (
        b"<html><p " + b" ".join(b"a%d" % n for n in range(90_000)) + b">" + LINK,
        "too_many_attributes",
    ),
    "links": (b"<html>" + LINK * 40_000, "too_large"),
}
BOMBS = {name: (Sheet(body=body, url=URL, expects="listing"), reason) for name, (body, reason) in LISTS.items()} | {
    name: (Sheet(body=body, url=URL, expects="page"), reason) for name, (body, reason) in PAGES.items()
}


@pytest.fixture(scope="module")
def look() -> Iterator[Looking]:
    with Looking() as looking:
        looking(GOOD)
        yield looking


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_a_reject_within_two_seconds_and_the_next_list_is_read(look: Looking, bomb: str) -> None:
    sheet, reason = BOMBS[bomb]
    before, held = processor_seconds(), most_memory()
    with pytest.raises(RejectError) as caught:
        look(sheet)
    assert processor_seconds() - before < MOST_SECONDS
    assert caught.value.code == reason
    assert look(GOOD) == outline(GOOD)
    assert most_memory() <= max(held, MOST_MEMORY)  # children of other tests may have held more before


def most_memory() -> int:
    """Kilobytes that this process, or a child that ended, held at the most."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def test_a_hundred_megabytes_of_one_tag_are_refused_before_a_child_sees_them(look: Looking) -> None:
    before = processor_seconds()
    with pytest.raises(RejectError, match=str(LARGEST_SHEET)) as caught:
        look(Sheet(body=b"<rss><" + b"a" * 100_000_000, url=URL, expects="listing"))
    assert processor_seconds() - before < MOST_SECONDS
    assert caught.value.code == "too_large"
    assert look(GOOD) == outline(GOOD)


def test_the_largest_sitemap_that_the_protocol_allows_is_read(look: Looking) -> None:
    rows = (
        b"<url><loc>https://kabar.example/read/%d/rapat</loc><lastmod>2021-11-30</lastmod></url>" % n
        for n in range(50_000)
    )
    sheet = Sheet(body=b"<urlset>" + b"".join(rows) + b"</urlset>", url=URL, expects="listing")
    assert len(look(sheet).listing.entries) == 50_000


def test_a_child_says_of_a_page_what_this_process_would(look: Looking) -> None:
    page = b"<html lang=id><head><link rel=canonical href='/berita/a'><title>Kabar</title></head><nav><a href='/dunia'>"
    page += b"x</a></nav>" + LINK + b"<a rel=next href='?page=2'>2</a><article><p>Riga</p></article></html>"
    sheet = Sheet(body=page, url="https://kabar.example/berita/a", expects="either", layout=Layout(links="//nav"))
    assert look(sheet) == outline(sheet)
    assert look(sheet).further == ("https://kabar.example/berita/a?page=2",)


def test_a_layout_that_is_no_xpath_is_a_reject(look: Looking) -> None:
    with pytest.raises(RejectError, match="XPath"):
        look(Sheet(body=b"<html>" + LINK, url=URL, expects="page", layout=Layout(links="//[")))


def test_no_fetched_list_is_parsed_in_a_process_that_writes() -> None:
    """What gathers and what commands do names no parser: only the child does."""
    parsers = {"parse_feed", "parse_sitemap", "markup_tree", "xml_root", "article_links", "outline"}
    names = ("collect.asking", "collect.discover", "collect.web", *(f"serve.gathering.{name}" for name in GATHERING))
    loaded = [import_module(f"siaga.{name}") for name in names]
    assert [(module.__name__, name) for module in loaded for name in parsers & vars(module).keys()] == []


def processor_seconds() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system
