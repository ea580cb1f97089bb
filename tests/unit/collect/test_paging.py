"""The other pages of an article are found as the page links to them, and nothing else is followed."""

from __future__ import annotations

import time

import pytest

from siaga.base.article import Page
from siaga.collect.paging import MOST_PAGES, further_pages

URL = "https://kabar.example/read/2021/11/30/rapat-riga"


def pages(*links: str, url: str | None = URL, kind: str = "html") -> tuple[str, ...]:
    body = f"<html><body><p>Riga</p>{''.join(links)}</body></html>".encode()
    return further_pages(Page(name="x", body=body, url=url, kind="html" if kind == "html" else "text"))


def test_the_page_that_holds_all_is_enough() -> None:
    numbered = [f"<a href='?page={number}'>{number}</a>" for number in (1, 2, 3)]
    assert pages(*numbered, "<a href='?page=all'>Semua</a>") == (f"{URL}?page=all",)
    assert pages(*numbered, "<a href='?page=all#isi'>Tampilkan Semua</a>") == (f"{URL}?page=all",)
    assert pages(*numbered, "<a href='?halaman=semua'>x</a>") == (f"{URL}?halaman=semua",)
    assert pages("<a href='?single=1' >Tampilkan Semua</a>") == (f"{URL}?single=1",)


def test_numbered_pages_come_in_order_from_the_next_on() -> None:
    links = [f"<a class='x' href='{URL}?page={number}'>{number}</a>" for number in (3, 2, 1, 10)]
    assert pages(*links) == tuple(f"{URL}?page={number}" for number in (2, 3, 10))
    assert pages(*links, url=f"{URL}?page=3") == (f"{URL}?page=10",)


def test_numbers_may_stand_in_the_path() -> None:
    links = [f"<a href='/read/2021/11/30/rapat-riga/{number}'>{number}</a>" for number in (1, 2)]
    assert pages(*links) == (f"{URL}/2",)
    assert pages("<a href='/read/2021/11/30/rapat-riga/page/2/'>2</a>") == (f"{URL}/page/2/",)


def test_what_the_page_calls_next_is_followed_within_the_article() -> None:
    assert pages(f"<link rel='next' href='{URL}?p=2'>") == (f"{URL}?p=2",)
    assert pages(f"<a href='{URL}?lembar=2' rel='nofollow next'>»</a>") == ()
    assert pages("<link rel='next' href='/read/2021/11/30/lain'>") == ()


@pytest.mark.parametrize(
    "link",
    [
        "<a href='/read/2021/11/29/rapat-lain?page=2'>2</a>",
        "<a href='https://iklan.example/read/2021/11/30/rapat-riga?page=2'>2</a>",
        "<a href='/index?page=2'>Selanjutnya</a>",
        "<a href='javascript:page(2)'>2</a>",
        "<a href='http://[broken?page=2'>2</a>",
        "<a href='#page=2'>2</a>",
        "<a>Selanjutnya</a>",
        f"<a href='{URL}'>1</a>",
    ],
)
def test_other_articles_hosts_and_scripts_are_not_followed(link: str) -> None:
    assert pages(link) == ()


def test_pages_that_are_none_of_ours_have_no_others() -> None:
    link = "<a href='?page=2'>2</a>"
    assert pages(link, url=None) == pages(link, kind="text") == ()
    assert further_pages(Page(name="x", body=b"<html>" + b"<div>" * 5000 + link.encode(), url=URL, kind="html")) == ()


def test_there_is_an_end_to_the_pages_that_are_followed() -> None:
    assert len(pages(*(f"<a href='?page={number}'>x</a>" for number in range(90)))) == MOST_PAGES


@pytest.mark.parametrize(
    "piece", ["<a href=", "<a ", "<a href='?page=2'>", "<a href='" + "a=" * 900 + "'>", "<link rel"]
)
def test_hostile_links_are_read_in_linear_time(piece: str) -> None:
    begun = time.process_time()
    pages(piece * (1_500_000 // len(piece)))
    assert time.process_time() - begun < 5
