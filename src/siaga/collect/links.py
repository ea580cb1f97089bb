"""Links of a page: to articles, to feeds, and to itself by its other names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from siaga.base.errors import RejectError
from siaga.base.record import Record
from siaga.base.source import Layout
from siaga.collect.decode import decode
from siaga.collect.feed import Entry, Listing
from siaga.collect.fetch.target import joined, same_site
from siaga.collect.prescan import prescan

__all__ = ["Names", "article_links", "feed_links", "markup_tree", "names_of", "section_links"]

LEAST_WORDS = 4
"""Words in the last part of a path that make it a headline: `rusia-dan-belarus-mulai-latihan`."""
MOST_SECTIONS = 30
FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})
_NUMBERED = re.compile(r"\d{5,}|/\d{4}/\d{1,2}/")
_NO_PAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|zip|css|js|xml|rss)$", re.IGNORECASE)
_LISTING = re.compile(
    r"/(?:tags?|topics?|author|search|page|category|categories|login|video|photos?|index)(?:/|$)", re.IGNORECASE
)
_SECTION = re.compile(r"/[a-z][a-z0-9-]{2,24}/?$")


class Names(Record):
    """By which addresses a page says it goes, on its own site; null where it doesn't say."""

    canonical: str | None = None
    amp: str | None = None
    is_amp: bool = False


def markup_tree(body: bytes) -> Any:  # noqa: ANN401 - lxml has no types
    """The elements of a page.

    Raises:
        RejectError: it is built to exhaust a parser, or no markup.

    """
    from lxml import etree  # noqa: PLC0415 - only where something was fetched
    from lxml.html import document_fromstring  # noqa: PLC0415

    markup = decode(body).text
    prescan(markup)
    try:
        return document_fromstring(markup.encode("utf-8", "replace"), parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise RejectError("no_markup", f"no page of markup: {str(error)[:200]}") from error


def _parser() -> Any:  # noqa: ANN401
    from lxml.html import HTMLParser  # noqa: PLC0415

    return HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)


def names_of(tree: Any, url: str) -> Names:  # noqa: ANN401
    """The other addresses of a page. What another site calls its own is not believed, nor is the front page."""
    links: dict[str, str | None] = {}
    for link in tree.iterfind(".//link[@href]"):
        for relation in (link.get("rel") or "").lower().split():
            links.setdefault(relation, joined(url, link.get("href")))
    return Names(
        canonical=_believed(links.get("canonical"), url),
        amp=_believed(links.get("amphtml"), url),
        is_amp=tree.get("amp") is not None or tree.get("\N{HIGH VOLTAGE SIGN}") is not None,
    )


def _believed(address: str | None, url: str) -> str | None:
    if address is None or not same_site(address, url) or urlsplit(address).path in {"", "/"}:
        return None
    return address


def feed_links(tree: Any, url: str) -> tuple[str, ...]:  # noqa: ANN401
    """The feeds that a page names."""
    found = (
        joined(url, link.get("href"))
        for link in tree.iterfind(".//link[@href]")
        if (link.get("type") or "").lower() in FEED_TYPES and "alternate" in (link.get("rel") or "").lower().split()
    )
    return tuple(dict.fromkeys(address for address in found if address))


def section_links(tree: Any, url: str) -> tuple[str, ...]:  # noqa: ANN401
    """The pages of one short word that the navigation of a page leads to, on its own site."""
    places = tree.xpath("//nav//a[@href] | //header//a[@href] | //*[@role='navigation']//a[@href]")
    found = (joined(url, link.get("href")) for link in places)
    sections = (
        address.partition("#")[0]
        for address in found
        if address and same_site(address, url) and _is_section(address)
    )  # fmt: skip
    return tuple(dict.fromkeys(sections))[:MOST_SECTIONS]


def _is_section(address: str) -> bool:
    parts = urlsplit(address)
    return bool(_SECTION.fullmatch(parts.path)) and not parts.query and not _LISTING.search(parts.path)


def article_links(tree: Any, url: str, layout: Layout | None = None) -> Listing:  # noqa: ANN401
    """The articles that a page of links leads to, in its order.

    Args:
        tree: of the page.
        url: where it stands.
        layout: says where the links are; without one, an article is known by its address.

    """
    chosen = layout.links if layout else None
    anchors = _anchors(tree, chosen) if chosen else tree.iter("a")
    found: dict[str, Entry] = {}
    for anchor in anchors:
        address = joined(url, anchor.get("href") or "") if anchor.get("href") else None
        if address and same_site(address, url) and (chosen or looks_like_article(address)):
            address = address.partition("#")[0]
            title = " ".join("".join(anchor.itertext()).split())[:300] or None
            if address not in found or (title and not found[address].title):
                found[address] = Entry(url=address, title=title)
    return Listing(kind="section", entries=tuple(found.values()))


def _anchors(tree: Any, path: str) -> Iterator[Any]:  # noqa: ANN401
    from lxml import etree  # noqa: PLC0415

    try:
        chosen = tree.xpath(path)
    except etree.XPathError as error:
        raise RejectError("bad_layout", f"{path!r} is no XPath: {error}") from error
    for element in chosen if isinstance(chosen, list) else ():
        if hasattr(element, "iter"):
            yield from element.iter("a")


def looks_like_article(address: str) -> bool:
    """Whether an address is more likely that of an article than of a list.

    >>> looks_like_article("https://a.id/berita/d-5834567/rusia-dan-belarus-mulai-latihan")
    True
    >>> looks_like_article("https://a.id/internasional/")
    False
    """
    parts = urlsplit(address)
    if _NO_PAGE.search(parts.path) or _LISTING.search(parts.path):
        return False
    last = parts.path.rstrip("/").rpartition("/")[2]
    return last.count("-") >= LEAST_WORDS - 1 or bool(_NUMBERED.search(f"{parts.path}?{parts.query}"))
