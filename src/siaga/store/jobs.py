"""What is to be fetched, in a table of its own: listings (feeds, sitemaps, sections) and pages, each with a lease.

A job is done in the transaction that saves what came of it, so that it is done exactly once however often the process
is killed. Times are RFC 3339 in UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Literal

import msgspec

from siaga.base.record import Record
from siaga.store.connection import Connection
from siaga.store.database import transaction
from siaga.store.sql import query

__all__ = [
    "Counts", "Job", "KnownPage", "Link", "Listed", "Seen", "add_listings", "add_pages", "after", "begin", "catch_up",
    "count", "hosts_due", "known_page", "lease", "listing_failed", "listing_seen", "page_done", "page_failed",
]  # fmt: skip

Kind = Literal["feed", "sitemap", "section", "archive", "page"]


class Job(Record):
    """Something to be fetched, and what we have of it already."""

    url: str
    source: str
    host: str
    kind: Kind
    etag: str | None = None
    modified: str | None = None
    failures: int = 0
    """Tries in a row that failed."""
    since: str | None = None
    """Of a backfill: the first day that is wanted."""
    looked: str | None = None
    """When it was last asked for."""


class Listed(Record):
    """A feed, sitemap or section page of a source."""

    url: str
    source: str
    host: str
    kind: Kind
    since: str | None = None


class Link(Record):
    """The address of an article, as a listing tells of it."""

    url: str
    host: str
    published: str | None = None
    updated: str | None = None


class Seen(Record):
    """What is to be remembered of an answer."""

    moment: str
    etag: str | None = None
    modified: str | None = None
    due: str | None = None
    """When to look again; null: never."""


class KnownPage(Record):
    """What is known of an address."""

    url: str
    source: str
    state: str
    article: str | None
    checks: int
    attempts: int
    listed: str | None


class Counts(Record):
    """What a source gave; see the table `source_day`."""

    looks: int = 0
    failures: int = 0
    found: int = 0
    articles: int = 0
    rejected: int = 0
    unchanged: int = 0
    requests: int = 0


def begin(connection: Connection, listings: Iterable[Listed], moment: str, *, at_once: bool) -> None:
    """Begin to fetch: what a process before us had taken is free again, and listings are those of the sources.

    Args:
        connection: of the writer.
        listings: all that sources name.
        moment: now.
        at_once: each is looked at now, whenever it was due.

    """
    wanted = tuple(listings)
    with transaction(connection):
        connection.execute(query("release_leases"))
        connection.execute(query("drop_listings"), (_json([one.url for one in wanted]),))
        _enter(connection, wanted, moment)
        if at_once:
            connection.execute(query("look_now"), (moment,))


def catch_up(connection: Connection, moment: str, latest: str) -> None:
    """Let nothing wait for a clock that was set back since it was entered.

    Args:
        connection: of the writer.
        moment: now.
        latest: when a list that is well is looked at again, at the latest.

    """
    with transaction(connection):
        connection.execute(query("listings_ahead"), {"now": moment, "latest": latest})
        connection.execute(query("pages_ahead"), {"now": moment})


def add_listings(connection: Connection, listings: Iterable[Listed], moment: str) -> None:
    """Listings more, to be looked at at once. Within a transaction of the caller."""
    _enter(connection, listings, moment)


def lease(connection: Connection, busy: Iterable[str], most: int, moment: str, until: str) -> tuple[Job, ...]:
    """What is to be fetched next, one job a host at the most, taken by us until then.

    Args:
        connection: of the writer.
        busy: hosts that are being asked, or want to be left alone.
        most: jobs.
        moment: now.
        until: when the lease ends.

    """
    with transaction(connection):
        hosts = hosts_due(connection, busy, moment)
        found = [job for host in hosts[:most] if (job := _next_of(connection, host, moment))]
        for job in found:
            _lease(connection, job, until)
    return tuple(found)


def hosts_due(connection: Connection, busy: Iterable[str], moment: str) -> tuple[str, ...]:
    """Hosts, other than these, that have something to be fetched now."""
    rows = connection.execute(query("hosts_due"), {"now": moment, "busy": _json(sorted(busy))})
    return tuple(str(host) for (host,) in rows)


def listing_seen(connection: Connection, job: Job, links: Iterable[Link], seen: Seen) -> int:
    """A listing was seen, and tells of these addresses; how many are new. Within a transaction of the caller."""
    new = add_pages(connection, job.source, links, seen.moment)
    if job.kind == "archive":
        connection.execute(query("remove_listing"), (job.url,))
    else:
        told = {
            "url": job.url, "kind": job.kind, "etag": seen.etag, "modified": seen.modified, "now": seen.moment,
            "due": seen.due,
        }  # fmt: skip
        connection.execute(query("listing_seen"), told)
    return new


def add_pages(connection: Connection, source: str, links: Iterable[Link], moment: str) -> int:
    """Addresses of articles, to be fetched unless they are known; how many are new. Within a transaction."""
    new = 0
    for link in links:
        row = {
            "url": link.url, "source": source, "host": link.host, "now": moment, "listed": link.published,
            "updated": link.updated or "",
        }  # fmt: skip
        new += bool(connection.execute(query("add_page"), row).get)
    return new


def listing_failed(connection: Connection, job: Job, reason: str, seen: Seen) -> None:
    """A listing could not be had; null as its next moment takes it out. Within a transaction of the caller."""
    if seen.due is None:
        connection.execute(query("remove_listing"), (job.url,))
        return
    told = {"url": job.url, "kind": job.kind, "reason": reason, "now": seen.moment, "due": seen.due}
    connection.execute(query("listing_failed"), told)


def page_done(connection: Connection, url: str, article: str | None, seen: Seen, names: Iterable[str] = ()) -> None:
    """A page was fetched. Within a transaction of the caller.

    Args:
        connection: of the writer.
        url: as the job has it.
        article: the article on it; null if it is as it was.
        seen: what is remembered of the answer.
        names: its other addresses.

    """
    row = {
        "url": url, "state": "done", "now": seen.moment, "due": seen.due, "etag": seen.etag,
        "modified": seen.modified, "article": article, "reason": None,
    }  # fmt: skip
    connection.execute(query("page_done"), row)
    for name in names:
        if name != url:
            connection.execute(query("add_address"), {"url": name, "page": url})


def page_failed(connection: Connection, url: str, reason: str, seen: Seen) -> None:
    """A page could not be had or used; it is given up where it has no next moment. Within a transaction."""
    told = {"url": url, "reason": reason, "now": seen.moment, "due": seen.due}
    connection.execute(query("page_failed"), told)


def known_page(connection: Connection, url: str) -> KnownPage | None:
    """What is known of an address, by whichever of its names."""
    row = connection.execute(query("page"), {"url": url}).fetchone()
    return None if row is None else msgspec.convert(dict(zip(KnownPage.__struct_fields__, row, strict=True)), KnownPage)


def count(connection: Connection, source: str, day: str, counts: Counts) -> None:
    """Add to what a source gave on a day. Within a transaction of the caller."""
    row = {"source": source, "day": day} | {name: getattr(counts, name) for name in Counts.__struct_fields__}
    connection.execute(query("count_source_day"), row)


def after(moment: str, seconds: float) -> str:
    """The moment so many seconds later."""
    later = datetime.fromisoformat(moment).astimezone(UTC) + timedelta(seconds=seconds)
    return later.isoformat(timespec="seconds").replace("+00:00", "Z")


def _enter(connection: Connection, listings: Iterable[Listed], moment: str) -> None:
    for one in listings:
        row: Mapping[str, str | None] = {
            "url": one.url, "source": one.source, "kind": one.kind, "host": one.host, "due": moment,
            "since": one.since,
        }  # fmt: skip
        connection.execute(query("add_listing"), row)


def _lease(connection: Connection, job: Job, until: str) -> None:
    if job.kind == "page":
        connection.execute(query("lease_page"), {"url": job.url, "until": until})
    else:
        connection.execute(query("lease_listing"), {"url": job.url, "kind": job.kind, "until": until})


def _next_of(connection: Connection, host: str, moment: str) -> Job | None:
    """The next job of a host: listings before pages."""
    for name in ("listing_due", "page_due"):
        row = connection.execute(query(name), {"host": host, "now": moment}).fetchone()
        if row is not None:
            return msgspec.convert(dict(zip(Job.__struct_fields__, row, strict=True)), Job)
    return None


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
