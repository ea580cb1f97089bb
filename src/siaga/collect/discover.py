"""Where a publisher's articles can be found, from one address of theirs: feeds, sitemaps, section pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from siaga.base.errors import RejectError
from siaga.base.record import Record
from siaga.collect.asking import Asking
from siaga.collect.outline import Outline

__all__ = ["Discovery", "discover"]

LIKELY = ("/feed/", "/rss", "/news-sitemap.xml", "/sitemap.xml")
"""Where feeds and sitemaps lie that nobody names; tried only where nothing is named."""
MOST_SITEMAPS = 12
"""Of an index, when it is looked for what is new; a backfill takes all."""
DEEPEST = 3
"""Indices within indices."""


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


def discover(asking: Asking, url: str) -> Discovery:
    """What can be collected from a publisher.

    Args:
        asking: for the page, robots.txt, and what they name.
        url: the front page; or a feed or a sitemap, which is then all that is taken.

    Raises:
        RejectError: the address itself can't be had.

    """
    final, found = asking.outline(url, "either")
    if found.is_page:
        return _from_page(asking, final, found)
    kind = "feeds" if found.listing.kind == "feed" else "sitemaps"
    return Discovery(home=final, name=found.listing.title).replace(**{kind: (final,)})


def _from_page(asking: Asking, url: str, page: Outline) -> Discovery:
    tried: list[str] = []
    feeds = tuple(feed for feed in page.feeds if _gives(asking, feed, tried))
    rules = asking.fetcher.rules(url)
    named = rules.sitemaps
    if not feeds and not named:
        fitting = [address for path in LIKELY if _gives(asking, address := f"{rules.file.origin}{path}", tried)]
        feeds = tuple(address for address in fitting if "sitemap" not in address)
        named = tuple(address for address in fitting if "sitemap" in address)
    news = tuple(dict.fromkeys(_news_sitemaps(asking, named[:MOST_SITEMAPS])))
    return Discovery(
        home=url, name=page.title, language=page.language, feeds=feeds, sitemaps=news, archives=named,
        sections=() if feeds or news else page.sections, tried=tuple(tried),
    )  # fmt: skip


def _gives(asking: Asking, address: str, tried: list[str]) -> bool:
    """Whether there is a feed or sitemap; why not is noted."""
    try:
        _, found = asking.outline(address, "listing")
    except RejectError as error:
        tried.append(f"{address}: {error.code}")
        return False
    return bool(found.listing.entries)


def _news_sitemaps(asking: Asking, addresses: Iterable[str], depth: int = DEEPEST) -> Iterator[str]:
    """Those that are sitemaps of news, and those that indices lead to, the latest first; what can't be read is none."""
    for address in addresses:
        try:
            _, found = asking.outline(address, "listing")
        except RejectError:
            continue
        if found.listing.kind == "news_sitemap":
            yield address
        if found.listing.kind == "index" and depth:
            latest = sorted(found.listing.entries, key=lambda entry: entry.updated or "", reverse=True)
            yield from _news_sitemaps(asking, (entry.url for entry in latest[:MOST_SITEMAPS]), depth - 1)
