"""Articles over several pages: the addresses of the other pages, as a page itself links to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Literal
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from siaga.base.article import Page
from siaga.base.errors import RejectError
from siaga.base.pack import languages, lexicon, load_pack
from siaga.base.record import Record
from siaga.collect.decode import decode
from siaga.collect.prescan import prescan

__all__ = ["PagingWord", "further_pages"]

MOST_PAGES = 20
"""Pages of one article that are followed; the longest seen has 12."""
MOST_LINKS = 3_000
_LINK = re.compile(r"<(?:a|link)\b(?P<attributes>[^<>]{1,2000})>(?P<text>[^<>]{0,60})", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""(?<![\w:-])(?P<name>href|rel|title)\s{0,3}=\s{0,3}(?:"(?P<quoted>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,2}")
_PAGE_PATH = re.compile(r"\A(?P<rest>.*?)/(?:page/)?(?P<number>\d{1,2})/?\Z")


class PagingWord(Record):
    """What links to other pages of an article are called, and the parameters and values of their addresses."""

    word: str
    role: Literal["all", "next", "parameter", "whole"]
    """`all` and `next`: texts of links; `parameter`: of an address that counts pages; `whole`: its value for all."""


def further_pages(page: Page) -> tuple[str, ...]:
    """Addresses of the other pages of the article on this page, in order; of the one that holds all, if there is one.

    Only pages of the same host and article: its address with another page number, or what the page itself calls the
    next one. Empty for pages that are not HTML or have no address.
    """
    if page.kind != "html" or page.url is None:
        return ()
    try:
        markup = decode(page.body, page.charset).text
        prescan(markup)
    except RejectError:
        return ()
    links = tuple(islice(_links(markup, page.url), MOST_LINKS))
    whole = next((link.address for link in links if _is_whole(link, page.url)), None)
    if whole:
        return (whole,)
    here = _number(page.url, page.url) or 1
    numbered = {number: link.address for link in links if (number := _number(link.address, page.url))}
    following = tuple(numbered[number] for number in sorted(numbered) if number > here)
    return (following or tuple(link.address for link in links if _is_next(link, page.url))[:1])[:MOST_PAGES]


class Link(Record):
    """A link of a page: where to, what it is called, and what it says it is."""

    address: str
    text: str
    relation: str


def _links(markup: str, url: str) -> Iterator[Link]:
    for match in _LINK.finditer(markup):
        found = {
            one["name"].lower(): one["quoted"] or one["single"] or one["bare"] or ""
            for one in _ATTRIBUTE.finditer(match["attributes"])
        }
        address = _whole_address(found.get("href", ""), url)
        if address and address != urldefrag(url)[0]:
            yield Link(address=address, text=match["text"].strip().lower(), relation=found.get("rel", "").lower())


def _whole_address(address: str, url: str) -> str | None:
    """An address on the same host in full; null for any other."""
    try:
        whole = urldefrag(urljoin(url, address.strip().replace("&amp;", "&")))[0]
        same = urlsplit(whole).netloc == urlsplit(url).netloc and urlsplit(whole).scheme in {"http", "https"}
    except ValueError:
        return None
    return whole if address and same else None


def _is_whole(link: Link, url: str) -> bool:
    """Whether a link leads to all pages of the article in one."""
    if _article(link.address) != _article(url):
        return False
    values = (value.lower() for name, value in _parameters(link.address).items() if name in _words("parameter"))
    return link.text in _words("all") or any(value in _words("whole") for value in values)


def _is_next(link: Link, url: str) -> bool:
    """Whether a page calls this its next one, and it is of the same article."""
    if _article(link.address) != _article(url):
        return False
    return "next" in link.relation.split() or link.text.strip(" »>›:") in _words("next")


def _number(address: str, url: str) -> int | None:
    """Which page of the article at `url` an address is; null if it is another article or none is said."""
    if _article(address) != _article(url):
        return None
    for name, value in _parameters(address).items():
        if name in _words("parameter") and _NUMBER.fullmatch(value):
            return int(value)
    match = _PAGE_PATH.match(urlsplit(address).path)
    return int(match["number"]) if match else None


def _article(address: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What the addresses of all pages of one article share: path and parameters without the number of the page."""
    path = urlsplit(address).path.rstrip("/")
    match = _PAGE_PATH.match(path)
    others = tuple(pair for pair in _parameters(address).items() if pair[0] not in _words("parameter"))
    return (match["rest"] if match else path), others


def _parameters(address: str) -> Mapping[str, str]:
    return dict(parse_qsl(urlsplit(address).query, keep_blank_values=True, max_num_fields=100))


@cache
def _words(role: str) -> frozenset[str]:
    rows = (row for code in languages() for row in lexicon(load_pack(code), "paging_words", PagingWord))
    return frozenset(row.word.lower() for row in rows if row.role == role)
