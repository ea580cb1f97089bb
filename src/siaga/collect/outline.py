"""What a fetched body tells besides its text: the entries of a list; of a page its links, names and further pages.

One function over one record, so that a child process can do it: lists come from strangers as pages do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from siaga.base.errors import RejectError
from siaga.base.record import Record
from siaga.base.source import Layout
from siaga.collect.decode import normalise
from siaga.collect.feed import Listing, is_xml, parse_feed
from siaga.collect.fetch.target import joined, same_site
from siaga.collect.links import Names, article_links, feed_links, markup_tree, names_of, section_links
from siaga.collect.paging import further_pages
from siaga.collect.sitemap import parse_sitemap

__all__ = ["Look", "Outline", "Sheet", "outline"]

LONGEST_NAME = 100


class Sheet(Record):
    """A fetched body, unpacked, and what is expected of it."""

    body: bytes
    url: str
    """Where it was found in the end."""
    expects: Literal["listing", "page", "either"]
    """`either`: a listing where it begins as one or is called `.txt`, else a page."""
    layout: Layout | None = None
    """Of a page of links."""


class Outline(Record):
    """What it tells. Of a feed or sitemap, `listing` alone; of a page, all that it says, `listing` being its links."""

    listing: Listing
    is_page: bool = False
    names: Names = Names()
    further: tuple[str, ...] = ()
    """Addresses of the other pages of the article on it."""
    following: tuple[str, ...] = ()
    """Addresses on its site that it calls the next."""
    feeds: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    title: str | None = None
    """What its site, or else the page, calls itself."""
    language: str | None = None


Look = Callable[[Sheet], Outline]
"""How the outline of what was fetched is had: in this process, or in a child."""


def outline(sheet: Sheet) -> Outline:
    """The outline of a body.

    Raises:
        RejectError: it is not what is expected, or built to exhaust a parser.

    """
    if sheet.expects == "listing" or (sheet.expects == "either" and _begins_as_listing(sheet)):
        return Outline(listing=_listing(sheet.body, sheet.url))
    tree, url = markup_tree(sheet.body), sheet.url
    names = names_of(tree, url)
    next_ = (joined(url, link.get("href")) for link in tree.xpath("//*[@rel='next'][@href]"))
    return Outline(
        listing=article_links(tree, url, sheet.layout), is_page=True, names=names,
        further=further_pages(tree, names.canonical or url),
        following=tuple(one for one in next_ if one and same_site(one, url)),
        feeds=feed_links(tree, url), sections=section_links(tree, url), title=_title(tree), language=_language(tree),
    )  # fmt: skip


def _begins_as_listing(sheet: Sheet) -> bool:
    return is_xml(sheet.body) or sheet.body.lstrip()[:1] == b"{" or sheet.url.endswith(".txt")


def _listing(body: bytes, url: str) -> Listing:
    """What a feed or sitemap lists, whichever it is.

    Raises:
        RejectError: it is neither.

    """
    try:
        return parse_feed(body, url)
    except RejectError as error:
        if error.code != "no_feed" or body.lstrip().startswith(b"{"):
            raise
    return parse_sitemap(body, url)


def _title(tree: Any) -> str | None:  # noqa: ANN401 - lxml has no types
    for meta in tree.iterfind(".//meta[@content]"):
        if (meta.get("property") or meta.get("name") or "").lower() in {"og:site_name", "application-name"}:
            return " ".join(normalise(meta.get("content")).split())[:LONGEST_NAME] or None
    title = tree.findtext(".//title")
    return " ".join(normalise(title).split())[:LONGEST_NAME] or None if title else None


def _language(tree: Any) -> str | None:  # noqa: ANN401
    written = (tree.get("lang") or "").lower()
    return written[:2] if written[:2].isalpha() and len(written[:2]) == 2 else None  # noqa: PLR2004 - ISO 639-1
