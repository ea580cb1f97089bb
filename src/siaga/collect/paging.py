"""Articles over several pages: the addresses of the other pages, as a page itself links to them.

All pages of an article, never those of a list. Pages between two that are linked are asked for, too ("1 2 3 … 10"): a
text with a hole in it would be told as whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any, Literal, NamedTuple
from urllib.parse import parse_qsl, urldefrag, urlsplit

from siaga.base.pack import languages, lexicon, load_pack
from siaga.base.record import Record
from siaga.collect.fetch.target import joined
from siaga.collect.links import looks_like_article

__all__ = ["MOST_PAGES", "PagingWord", "further_pages", "is_whole"]

MOST_PAGES = 20
"""The number of the last page of an article, at most: the longest seen has 12. What has more is a list."""
MOST_LINKS = 3_000
LONGEST_TEXT = 60
"""Characters of a link that says where it leads."""
_NUMBER = re.compile(r"\d{1,4}")
_PAGE_PATH = re.compile(r"\A(?P<rest>.*?)/(?:page/)?(?P<number>\d{1,2})/?\Z")
_EDGES = " »>›:"


class PagingWord(Record):
    """What links to other pages of an article are called, and the parameters and values of their addresses."""

    word: str
    role: Literal["all", "next", "parameter", "whole"]
    """`all` and `next`: texts of links; `parameter`: of an address that counts pages, or, as `single=1`, that means
    all of it with this value; `whole`: the value of a parameter that means all."""


class Link(NamedTuple):
    """A link of a page: where to, what it is called, and what it says it is."""

    address: str
    text: str
    relation: str


def further_pages(tree: Any, url: str) -> tuple[str, ...]:  # noqa: ANN401 - lxml has no types
    """Addresses of the other pages of the article on a page, in order; of the one that holds all, if there is one.

    Only pages of the same host and article: its address with another number, or what the page itself calls the next.
    Nothing where the page is none of an article, or counts more pages than articles have.
    """
    if not _is_article(tree, url):
        return ()
    links = tuple(link for link in islice(_links(tree, url), MOST_LINKS) if _article(link.address) == _article(url))
    whole = next((link.address for link in links if is_whole(link.address) or link.text in _words("all")), None)
    if whole:
        return (whole,)
    numbered = {number: link.address for link in links if (number := _number(link.address))}
    if max(numbered, default=0) > MOST_PAGES:
        return ()
    following = tuple(_following(numbered, _number(url) or 1))
    return following or tuple(link.address for link in links if _is_next(link))[:1]


def is_whole(address: str) -> bool:
    """Whether all of an article stands at this address.

    >>> is_whole("https://a.id/rapat?page=all"), is_whole("https://a.id/rapat?single=1"), is_whole("https://a.id/?page=1")
    (True, True, False)
    """
    return any(
        (name in _words("parameter") and value.lower() in _words("whole")) or f"{name}={value}" in _words("parameter")
        for name, value in _parameters(address).items()
    )


def _is_article(tree: Any, url: str) -> bool:  # noqa: ANN401
    """Whether a page is one of an article: by its address, its own word, or one `article` element, of which lists have
    many; a front page never is.
    """
    if not urlsplit(url).path.strip("/"):
        return False
    kinds = (meta.get("content") for meta in tree.iterfind(".//meta[@property='og:type']"))
    if looks_like_article(url) or any((kind or "").lower() == "article" for kind in kinds):
        return True
    return len(tuple(islice(tree.iter("article"), 2))) == 1


def _links(tree: Any, url: str) -> Iterator[Link]:  # noqa: ANN401
    for link in tree.iter("a", "link"):
        address = joined(url, link.get("href") or "") if link.get("href") else None
        if address and urlsplit(address).netloc == urlsplit(url).netloc and (plain := urldefrag(address)[0]) != url:
            text = " ".join("".join(islice(link.itertext(), 5)).split())[:LONGEST_TEXT]
            yield Link(plain, text.strip(_EDGES).lower(), (link.get("rel") or "").lower())


def _following(numbered: Mapping[int, str], here: int) -> Iterator[str]:
    """The pages after this one; one that is not linked has the address of a linked one but for its number."""
    for number in range(here + 1, max(numbered, default=0) + 1):
        if number in numbered:
            yield numbered[number]
        elif later := next((one for one in sorted(numbered) if one > number), None):
            yield _renumbered(numbered[later], number)


def _renumbered(address: str, number: int) -> str:
    """The address of another page of the same article."""
    for name, value in _parameters(address).items():
        if name in _words("parameter") and _NUMBER.fullmatch(value):
            return address.replace(f"{name}={value}", f"{name}={number}", 1)
    return re.sub(r"\d{1,2}(/?)\Z", rf"{number}\1", address)


def _is_next(link: Link) -> bool:
    return "next" in link.relation.split() or link.text in _words("next")


def _number(address: str) -> int | None:
    """Which page of its article an address is; null if it doesn't say."""
    for name, value in _parameters(address).items():
        if name in _words("parameter") and _NUMBER.fullmatch(value):
            return int(value)
    match = _PAGE_PATH.match(urlsplit(address).path)
    return int(match["number"]) if match else None


def _article(address: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What the addresses of all pages of one article share: path and parameters without the number of the page."""
    path = urlsplit(address).path.rstrip("/")
    match = _PAGE_PATH.match(path)
    counted = {word.partition("=")[0] for word in _words("parameter")}
    others = tuple(pair for pair in _parameters(address).items() if pair[0] not in counted)
    return (match["rest"] if match else path), others


def _parameters(address: str) -> Mapping[str, str]:
    try:
        return dict(parse_qsl(urlsplit(address).query, keep_blank_values=True, max_num_fields=100))
    except ValueError:  # more fields than any page has
        return {}


@cache
def _words(role: str) -> frozenset[str]:
    rows = (row for code in languages() for row in lexicon(load_pack(code), "paging_words", PagingWord))
    return frozenset(row.word.lower() for row in rows if row.role == role)
