"""The other pages of an article are found as the page links to them, and nothing else is followed."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from siaga.base.errors import RejectError
from siaga.collect.links import markup_tree
from siaga.collect.paging import MOST_PAGES, further_pages, is_whole

URL = "https://kabar.example/read/2021/11/30/rapat-riga"


def pages(*links: str, url: str = URL, head: str = "") -> tuple[str, ...]:
    return further_pages(markup_tree(f"<html><head>{head}</head><p>Riga</p>{''.join(links)}</html>".encode()), url)


def test_the_page_that_holds_all_is_enough() -> None:
    numbered = [f"<a href='?page={number}'>{number}</a>" for number in (1, 2, 3)]
    assert pages(*numbered, "<a href='?page=all'>Semua</a>") == (f"{URL}?page=all",)
    assert pages(*numbered, "<a href='?page=all#isi'>Tampilkan Semua</a>") == (f"{URL}?page=all",)
    assert pages(*numbered, "<a href='?halaman=semua'>x</a>") == (f"{URL}?halaman=semua",)
    assert pages("<a href='?single=1' >Tampilkan Semua</a>") == (f"{URL}?single=1",)
    assert pages(*numbered, "<a href='?showpage=full'>x</a>") == (f"{URL}?showpage=full",)
    assert pages(*numbered, "<a href='?single=1'>x</a>") == (f"{URL}?single=1",)
    assert is_whole(f"{URL}?single=1")
    assert not is_whole(f"{URL}?page=1")


def test_numbered_pages_come_in_order_from_the_next_on_and_those_between_are_asked_for_too() -> None:
    links = [f"<a class='x' href='{URL}?page={number}'>{number}</a>" for number in (3, 2, 1, 6)]
    assert pages(*links) == tuple(f"{URL}?page={number}" for number in (2, 3, 4, 5, 6))
    assert pages(*links, url=f"{URL}?page=3") == tuple(f"{URL}?page={number}" for number in (4, 5, 6))
    assert pages(f"<a href='{URL}/2'>2</a><a href='{URL}/4'>4</a>") == (f"{URL}/2", f"{URL}/3", f"{URL}/4")


def test_pages_of_a_list_are_never_followed() -> None:
    link, kind = "<a href='?page=2'>2</a>", "<meta property='og:type' content='article'>"
    assert pages(link, url="https://kabar.example/internasional") == ()
    assert pages(link, url="https://kabar.example/", head=kind) == ()
    assert pages(link, url="https://kabar.example/berita/satu", head=kind) == (
        "https://kabar.example/berita/satu?page=2",
    )
    assert pages(*(f"<a href='?page={number}'>x</a>" for number in (2, 3, MOST_PAGES + 1))) == ()


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


def test_there_is_an_end_to_the_pages_that_are_followed() -> None:
    assert len(pages(*(f"<a href='?page={number}'>x</a>" for number in range(MOST_PAGES + 1)))) == MOST_PAGES - 1


@pytest.mark.parametrize(
    "piece", ["<a href=", "<a ", "<a href='?page=2'>", "<a href='" + "a=" * 900 + "'>", "<link rel"]
)
def test_hostile_links_are_read_in_linear_time(piece: str) -> None:
    begun = time.process_time()
    with suppress(RejectError):
        pages(piece * (1_500_000 // len(piece)))
    assert time.process_time() - begun < 5
