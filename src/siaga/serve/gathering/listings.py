"""What a feed, sitemap, index or page of links tells: addresses of articles, and further listings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from siaga.base.errors import RejectError
from siaga.collect.feed import Entry, Listing
from siaga.collect.fetch.target import Target, target_of
from siaga.collect.metadata import url_date
from siaga.collect.outline import Outline
from siaga.store.jobs import Job, Link

__all__ = ["links_in", "next_listings"]

MOST_CHILDREN = 3
"""Sitemaps of an index that are looked at for what is new, the latest first; a backfill takes all that it needs."""
_MONTH = re.compile(r"(?P<year>(?:19|20)\d{2})[-/_]?(?P<month>0[1-9]|1[0-2])(?!\d{3})")


def links_in(job: Job, told: Outline) -> tuple[tuple[Link, ...], tuple[str, ...]]:
    """The addresses of articles that a listing tells of, and the listings that it leads to.

    Raises:
        RejectError: it is no listing.

    """
    if not told.is_page:
        return _of_listing(job, told.listing)
    if job.kind == "feed":
        raise RejectError("no_feed", f"{job.url}: expected RSS, Atom or JSON Feed, met something else")
    more = told.following if job.kind == "archive" else ()
    return tuple(_links(told.listing.entries, job.since)), more[:1]


def next_listings(job: Job, addresses: Iterable[str], ports: tuple[int, ...]) -> tuple[Target, ...]:
    """The further listings that may be asked for."""
    found = []
    for address in addresses:
        try:
            target = target_of(address, ports)
        except RejectError:
            continue
        if target.url != job.url:
            found.append(target)
    return tuple(found)


def _of_listing(job: Job, listing: Listing) -> tuple[tuple[Link, ...], tuple[str, ...]]:
    if listing.kind != "index":
        return tuple(_links(listing.entries, job.since)), ()
    children = sorted(listing.entries, key=lambda entry: entry.updated or "", reverse=True)
    if job.kind == "archive":
        return (), tuple(entry.url for entry in children if _may_hold(entry, job.since))
    new = [entry.url for entry in children if not entry.updated or not job.looked or entry.updated >= job.looked]
    return (), tuple(new[:MOST_CHILDREN])


def _may_hold(entry: Entry, since: str | None) -> bool:
    """Whether a sitemap may hold what was published since a day: by when it last changed, or the month in its name."""
    if since is None:
        return True
    if entry.updated is not None and entry.updated[:10] < since:
        return False
    month = _MONTH.search(entry.url)
    return month is None or f"{month['year']}-{month['month']}" >= since[:7]


def _links(entries: Iterable[Entry], since: str | None) -> Iterator[Link]:
    """The addresses; of a backfill, those of its days as far as the list or the address tells."""
    for entry in entries:
        told = entry.published or url_date(entry.url) or entry.updated
        if since is None or told is None or told[:10] >= since:
            yield Link(url=entry.url, host="", published=entry.published, updated=entry.updated)
