"""Where a publisher's articles can be found, from one address of theirs: feeds, sitemaps, section pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from siaga.base.errors import RejectError
from siaga.base.record import Record
from siaga.collect.decode import normalise
from siaga.collect.feed import Listing, is_xml, parse_feed
from siaga.collect.fetch.answer import Answer, Request
from siaga.collect.fetch.fetcher import Fetcher, fetch_patiently
from siaga.collect.links import feed_links, markup_tree, section_links
from siaga.collect.sitemap import gunzipped, parse_sitemap

__all__ = ["Discovery", "discover", "listing_of", "walk_sitemaps"]

LIKELY = ("/feed/", "/rss", "/news-sitemap.xml", "/sitemap.xml")
"""Where feeds and sitemaps lie that nobody names; tried only where nothing is named."""
MOST_SITEMAPS = 12
"""Of an index, when it is looked for what is new; a backfill takes all."""
DEEPEST = 3
"""Indices within indices."""
ATTEMPTS = 2


class Discovery(Record):
    """What was found from an address."""

    home: str
    name: str | None = None
    language: str | None = None
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    archives: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()
    """What was asked for and gave nothing, with the reason."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to collect from."""
        return not (self.feeds or self.sitemaps or self.sections)


def discover(fetcher: Fetcher, url: str) -> Discovery:
    """What can be collected from a publisher.

    Args:
        fetcher: asks for the page, robots.txt, and what they name.
        url: the front page; or a feed or a sitemap, which is then all that is taken.

    Raises:
        RejectError: the address itself can't be had.

    """
    answer = fetch_patiently(fetcher, Request(url=url), ATTEMPTS)
    body = gunzipped(answer.body)
    if is_xml(body) or body.lstrip().startswith(b"{"):
        listing = listing_of(body, answer.final)
        found = Discovery(home=answer.final, name=listing.title)
        kind = "feeds" if listing.kind == "feed" else "sitemaps"
        return found.replace(**{kind: (answer.final,)})
    return _from_page(fetcher, answer)


def listing_of(body: bytes, url: str) -> Listing:
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


def walk_sitemaps(fetcher: Fetcher, url: str, most: int, depth: int = DEEPEST) -> Iterator[tuple[str, Listing]]:
    """The sitemaps at an address: itself, or those of an index, latest first; those that can't be read are left out."""
    try:
        listing = parse_sitemap(fetch_patiently(fetcher, Request(url=url), ATTEMPTS).body, url)
    except RejectError:
        return
    if listing.kind != "index":
        yield url, listing
        return
    latest = sorted(listing.entries, key=lambda entry: entry.updated or "", reverse=True)
    for entry in latest[:most] if depth else ():
        yield from walk_sitemaps(fetcher, entry.url, most, depth - 1)


def _from_page(fetcher: Fetcher, answer: Answer) -> Discovery:
    tree, url = markup_tree(answer.body), answer.final
    tried: list[str] = []
    feeds = tuple(feed for feed in feed_links(tree, url) if _gives(fetcher, feed, tried))
    named = fetcher.rules(url).sitemaps
    if not feeds and not named:
        likely = [f"{fetcher.rules(url).file.origin}{path}" for path in LIKELY]
        fitting = [address for address in likely if _gives(fetcher, address, tried)]
        feeds = tuple(address for address in fitting if "sitemap" not in address)
        named = tuple(address for address in fitting if "sitemap" in address)
    news, archives = _sorted_sitemaps(fetcher, named)
    sections = () if feeds or news else section_links(tree, url)
    return Discovery(
        home=url, name=_name(tree), language=_language(tree), feeds=feeds, sitemaps=news,
        archives=archives, sections=sections, tried=tuple(tried),
    )  # fmt: skip


def _gives(fetcher: Fetcher, address: str, tried: list[str]) -> bool:
    """Whether there is a feed or sitemap; why not is noted."""
    try:
        listing = listing_of(gunzipped(fetch_patiently(fetcher, Request(url=address), ATTEMPTS).body), address)
    except RejectError as error:
        tried.append(f"{address}: {error.code}")
        return False
    return bool(listing.entries)


def _sorted_sitemaps(fetcher: Fetcher, named: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sitemaps of news, to be looked at for what is new; and all that were named, for what was."""
    news = []
    for address in named[:MOST_SITEMAPS]:
        news += [found for found, listing in walk_sitemaps(fetcher, address, MOST_SITEMAPS) if
                 listing.kind == "news_sitemap"]  # fmt: skip
    return tuple(dict.fromkeys(news)), named


def _name(tree: Any) -> str | None:  # noqa: ANN401 - lxml has no types
    for meta in tree.iterfind(".//meta[@content]"):
        if (meta.get("property") or meta.get("name") or "").lower() in {"og:site_name", "application-name"}:
            return " ".join(normalise(meta.get("content")).split())[:100] or None
    title = tree.findtext(".//title")
    return " ".join(normalise(title).split())[:100] or None if title else None


def _language(tree: Any) -> str | None:  # noqa: ANN401
    written = (tree.get("lang") or "").lower()
    return written[:2] if written[:2].isalpha() and len(written[:2]) == 2 else None  # noqa: PLR2004 - ISO 639-1
