"""One process that fetches, reads and saves: visitors ask, this thread reads and writes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import msgspec

from siaga.base.errors import NotSavedError, RejectError
from siaga.base.source import Source
from siaga.collect.apart import Apart, Looking
from siaga.collect.archive import Archive
from siaga.collect.asking import Asking
from siaga.collect.fetch.fetcher import Fetcher
from siaga.collect.fetch.robots import RobotsFile
from siaga.collect.fetch.target import target_of
from siaga.monitor.silence import Failure
from siaga.serve.gathering.noticing import notice_failures
from siaga.serve.gathering.retaining import Expired, retain
from siaga.serve.gathering.settling import Reads, Settled, Settling, asked_pause
from siaga.serve.gathering.visitors import Visit, Visitors
from siaga.store.connection import Connection
from siaga.store.database import now, transaction, writing_to
from siaga.store.jobs import Kind, Listed, add_listings, after, begin, catch_up, hosts_due, lease
from siaga.store.robots import keep_robots, kept_robots
from siaga.store.segments import seal, unsealed
from siaga.store.workspace import Workspace

__all__ = ["Gathering", "gathering", "listings_of"]

LEASE_SECONDS = 300.0
"""For which a job is ours: longer than any fetch; a process that begins takes back what one before it had."""
PATIENCE = 0.2
"""Seconds to wait for an answer before looking what else is due."""
NOTICE_EVERY = 3600.0
"""Seconds between two times at which sources that fell silent are noticed."""
LONG_WAIT = 150.0
"""Seconds for which `siaga collect` does not wait for a host that is busy: more than robots.txt may ask for."""
RETAIN_EVERY = 86_400.0
"""Seconds between two times at which what is older than it is to be kept is removed."""
MINUTE = 60.0
KEEP_ROBOTS = 60.0
"""Seconds between two times at which what servers said of robots is saved."""


class Gathering:
    """A run: what is due is fetched, read and saved until there is nothing left, or for ever."""

    def __init__(self, workspace: Workspace, connection: Connection, sources: Iterable[Source], read: Reads) -> None:
        config = workspace.config
        self.sources = {source.id: source for source in sources}
        known = (_robots(row) for row in kept_robots(connection))
        self.fetcher = Fetcher(config.fetch, known=known)
        self._workspace = workspace
        self._connection = connection
        self._settling = Settling(connection, config, self.sources, read)
        self._visitors = Visitors(Asking(self.fetcher, read.look), config.fetch.parallel, config.fetch.delay)
        self._archive = Archive(workspace.archive) if config.fetch.archive else None
        self._free_at: dict[str, float] = {}
        self._robots_at = self._noticed_at = time.monotonic()
        self._retained_at = self._robots_at - RETAIN_EVERY - 1  # at once
        self.expired = Expired()
        """What was removed because it was older than it is to be kept."""

    def begin(self, *, at_once: bool) -> None:
        """Take up where the last run stopped."""
        begin(self._connection, listings_of(self.sources.values(), self._ports), now(), at_once=at_once)
        catch_up(self._connection, now(), after(now(), self._workspace.config.watch.every * MINUTE))

    def look_back(self, source: Source, since: date) -> int:
        """Begin to look through all that a source published since a day; in how many lists."""
        addresses = source.archives + source.sitemaps or self._named_by_robots(source)
        today = date.fromisoformat(now()[:10])
        listed = [
            found.replace(since=since.isoformat())
            for address in addresses
            for one in _by_day(address, since, today)
            for found in _listed(source, "archive", one, self._ports)
        ]
        with transaction(self._connection):
            add_listings(self._connection, listed, now())
        return len(listed)

    def steps(self, goes_on: Callable[[], bool]) -> Iterator[Settled]:
        """What comes of each visit, as long as it goes on."""
        while goes_on():
            if time.monotonic() - self._noticed_at > NOTICE_EVERY:
                self.notice()
            if time.monotonic() - self._retained_at > RETAIN_EVERY:
                self._retain()
            self._send()
            for visit in self._visitors.done(PATIENCE):
                self._leave_alone(visit)
                yield self._settled(visit)
        self.keep_robots()

    @property
    def is_done(self) -> bool:
        """Whether nothing is under way, and nothing due now but on hosts that want to be left alone for long."""
        later = time.monotonic() + LONG_WAIT
        shunned = [host for host, until in self._free_at.items() if until > later]
        return not self._visitors.hosts and not hosts_due(self._connection, shunned, now())

    def notice(self) -> tuple[tuple[Source, Failure], ...]:
        """Mark the days on which sources failed; those that did on the last whole day."""
        self._noticed_at = time.monotonic()
        return notice_failures(self._connection, self.sources.values(), now())

    def keep_robots(self) -> None:
        """Save what servers said of robots."""
        files = self.fetcher.robots_files()
        keep_robots(self._connection, ((one.origin, one.verdict, one.text, one.moment) for one in files))
        self._robots_at = time.monotonic()

    def _retain(self) -> None:
        self._retained_at = time.monotonic()
        removed = retain(self._workspace, self._connection, datetime.now(UTC))
        self.expired = Expired(*map(sum, zip(self.expired, removed, strict=True)))

    def _send(self) -> None:
        """Give visitors what is due on hosts that may be asked."""
        if not self._visitors.free:
            return
        moment, clock = now(), time.monotonic()
        self._free_at = {host: until for host, until in self._free_at.items() if until > clock}
        busy = self._visitors.hosts | self._free_at.keys()
        for job in lease(self._connection, busy, self._visitors.free, moment, after(moment, LEASE_SECONDS)):
            self._visitors.send(job)

    def _settled(self, visit: Visit) -> Settled:
        if self._archive and visit.answer and not visit.answer.unchanged:
            self._keep(visit)
        settled = self._settling.settle(visit)
        if settled.counts.articles and unsealed(self._connection) >= self._workspace.config.store.seal_after:
            seal(self._workspace, self._connection, now())
        if time.monotonic() - self._robots_at > KEEP_ROBOTS:
            self.keep_robots()
        return settled

    def _keep(self, visit: Visit) -> None:
        assert self._archive is not None  # noqa: S101 - asked by the caller
        assert visit.answer is not None  # noqa: S101
        try:
            for answer in (visit.answer, *visit.more):
                self._archive.keep(answer)
        except OSError as error:
            raise NotSavedError(
                f"{self._workspace.archive}: can't be written: {error.strerror}. What was saved before is whole; make "
                "room and run the same command again"
            ) from error

    def _leave_alone(self, visit: Visit) -> None:
        """Keep away from a host for as long as it asks, or as we are set to."""
        delay = max(self._workspace.config.fetch.delay, visit.delay, asked_pause(visit))
        self._free_at[visit.job.host] = time.monotonic() + delay

    @property
    def _ports(self) -> tuple[int, ...]:
        return self._workspace.config.fetch.ports

    def _named_by_robots(self, source: Source) -> tuple[str, ...]:
        """The sitemaps that the robots.txt of a source names; none if it can't be had."""
        try:
            return self.fetcher.rules(source.home or (*source.feeds, *source.sections, "")[0]).sitemaps
        except RejectError:
            return ()


@contextmanager
def gathering(workspace: Workspace, sources: Iterable[Source]) -> Iterator[Gathering]:
    """The one run that writes to a workspace; what is fetched is parsed in a child process.

    Raises:
        StoreError: as `writing_to`.

    """
    with writing_to(workspace) as connection, Apart() as apart, Looking() as look:
        yield Gathering(workspace, connection, sources, Reads(apart, look))


def listings_of(sources: Iterable[Source], ports: tuple[int, ...]) -> Iterator[Listed]:
    """The feeds, sitemaps and sections of sources that are not paused; an address that may not be asked is left out."""
    for source in sources:
        kinds: tuple[tuple[Kind, tuple[str, ...]], ...] = (
            ("feed", source.feeds), ("sitemap", source.sitemaps), ("section", source.sections),
        )  # fmt: skip
        for kind, addresses in () if source.paused else kinds:
            for address in addresses:
                yield from _listed(source, kind, address, ports)


def _by_day(address: str, since: date, until: date) -> Iterator[str]:
    """An address of an archive; one with a place for a day, once for each day, the latest first."""
    if "{" not in address:
        yield address
        return
    for number in range((until - since).days + 1):
        day = until - timedelta(days=number)
        named = {"{date}": day.isoformat(), "{year}": f"{day:%Y}", "{month}": f"{day:%m}", "{day}": f"{day:%d}"}
        one = address
        for place, value in named.items():
            one = one.replace(place, value)
        yield one


def _listed(source: Source, kind: Kind, address: str, ports: tuple[int, ...]) -> Iterator[Listed]:
    try:
        target = target_of(address, ports)
    except RejectError:
        return
    yield Listed(url=address if target.userinfo else target.url, source=source.id, host=target.authority, kind=kind)


def _robots(row: tuple[str, str, str, float]) -> RobotsFile:
    return msgspec.convert(dict(zip(("origin", "verdict", "text", "moment"), row, strict=True)), RobotsFile)
