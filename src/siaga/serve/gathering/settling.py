"""What came of each visit, into the store: in one transaction with what is still to be done."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from siaga.base.article import Article, Reject
from siaga.base.config import Config
from siaga.base.document import Reading
from siaga.base.errors import RejectError
from siaga.base.source import Layout, Source
from siaga.collect.asking import sheet_of
from siaga.collect.feed import Listing
from siaga.collect.fetch.answer import Answer, retry_after
from siaga.collect.fetch.fetcher import require_ok, will_pass
from siaga.collect.fetch.target import Target, target_of
from siaga.collect.links import Names
from siaga.collect.outline import Look
from siaga.collect.web import page_of
from siaga.flow import Collect, reading_of
from siaga.serve.gathering.listings import links_in, next_listings
from siaga.serve.gathering.visitors import Visit
from siaga.store.connection import Connection
from siaga.store.database import now, transaction
from siaga.store.jobs import (
    Counts,
    Job,
    KnownPage,
    Link,
    Listed,
    Seen,
    add_listings,
    add_pages,
    after,
    count,
    known_page,
    listing_failed,
    listing_seen,
    page_done,
    page_failed,
)
from siaga.store.save import save_within
from siaga.store.versions import is_forgotten, mark, revise, stored_text

__all__ = ["Reads", "Settled", "Settling", "asked_pause"]

FIRST_PAUSE = 60.0
"""Seconds before a page that could not be had is tried again; four times as long before each further try."""
LONGEST_PAUSE = 86_400.0
BUSY = frozenset({429, 503})
GONE = frozenset({"http_404", "http_410"})
HOUR, MINUTE = 3600.0, 60.0
JITTER = 0.1
"""Share by which a pause is longer at random, so that not everything that failed at once comes back at once."""


class Settled(NamedTuple):
    """What a visit came to."""

    reading: Reading | None = None
    """A new article, or a new text of one."""
    counts: Counts = Counts()
    reject: Reject | None = None


class Reads(NamedTuple):
    """How what was fetched is read: articles, and the outlines of lists."""

    collect: Collect
    look: Look


class Settling:
    """What is needed to put visits into the store of a workspace."""

    def __init__(self, connection: Connection, config: Config, sources: Mapping[str, Source], read: Reads) -> None:
        self._connection = connection
        self._read = read
        self._config = config
        self._sources = sources

    def settle(self, visit: Visit) -> Settled:
        """Save what came of a visit."""
        settle = self._settle_page if visit.job.kind == "page" else self._settle_listing
        return settle(visit, now())

    def _settle_listing(self, visit: Visit, moment: str) -> Settled:
        try:
            answer = _answered(visit)
            seen = self._seen(answer, after(moment, self._config.watch.every * MINUTE), moment)
            if answer.unchanged:
                return self._saved_listing(visit.job, (), (), (seen, Counts(looks=1, unchanged=1)))
            sheet = sheet_of(answer, "either", self._layout(visit.job))
            told = self._read.look(sheet)
            listing, more = links_in(visit.job, told)
            links = tuple(self._links(listing, visit.job))
        except RejectError as error:
            return self._listing_failed(visit, error, moment)
        children = next_listings(visit.job, more, self._ports)
        saved = self._saved_listing(visit.job, links, children, (seen, Counts(looks=1)))
        return self._flooded(visit.job, told.listing, saved, moment) if told.listing.left_out else saved

    def _flooded(self, job: Job, listing: Listing, saved: Settled, moment: str) -> Settled:
        """What came of a list that has far more in it than lists of news have; it is told, and the newest are taken."""
        taken = len(listing.entries)
        message = f"more than {taken} entries in one list: the others are left out. Is it a list of news?"
        reject = Reject(stage="fetch", id=job.url, reason="too_many", message=message)
        with transaction(self._connection):
            save_within(self._connection, [reject], moment)
        return saved._replace(reject=reject)

    def _saved_listing(
        self, job: Job, links: Iterable[Link], more: Iterable[Target], told: tuple[Seen, Counts]
    ) -> Settled:
        seen, counts = told
        with transaction(self._connection):
            new = listing_seen(self._connection, job, links, seen)
            add_listings(self._connection, (_child(job, target) for target in more), seen.moment)
            return self._counted(job, seen.moment, counts.replace(found=new))

    def _listing_failed(self, visit: Visit, error: RejectError, moment: str) -> Settled:
        pause = min(self._config.watch.every * MINUTE * 2**visit.job.failures, LONGEST_PAUSE)
        pause = max(pause, asked_pause(visit))
        spent = visit.job.kind == "archive" and visit.job.failures + 1 >= self._config.fetch.attempts
        due = None if spent else after(moment, pause)
        reject = Reject(stage="fetch", id=visit.job.url, reason=error.code, message=str(error))
        with transaction(self._connection):
            listing_failed(self._connection, visit.job, f"{error.code}: {error}", Seen(moment=moment, due=due))
            return self._counted(visit.job, moment, Counts(looks=1, failures=1), reject=reject)

    def _settle_page(self, visit: Visit, moment: str) -> Settled:
        known = known_page(self._connection, visit.job.url)
        assert known is not None  # noqa: S101 - its job is a row of this table
        try:
            answer = _answered(visit)
        except RejectError as error:
            return self._page_failed(visit, known, error, moment)
        seen = self._seen(answer, self._recheck(known, moment), moment)
        if answer.unchanged:
            with transaction(self._connection):
                self._mark_restored(known, moment)
                page_done(self._connection, visit.job.url, None, seen)
                return self._counted(visit.job, moment, Counts(unchanged=1))
        return self._settle_article(visit, known, answer, seen)

    def _settle_article(self, visit: Visit, known: KnownPage, answer: Answer, seen: Seen) -> Settled:
        job, names = visit.job, visit.names
        try:
            [found] = self._read.collect([page_of(answer, visit.more).replace(layout=self._layout(job))])
        except RejectError as error:
            found = Reject(stage="collect", id=answer.final, reason=error.code, message=str(error))
        if isinstance(found, Reject):
            return self._rejected(job, found, seen)
        article = _completed(found, known, self._sources.get(job.source))
        others = tuple(self._other_names(answer, names))
        twin = self._twin(job, known, others)
        if names.is_amp and names.canonical and twin is None and not self._is_here(names.canonical, answer):
            return self._led_to_canonical(job, names.canonical, seen)
        if known.article is None:
            return self._added(job, article, (seen, others), twin)
        return self._looked_again(job, known, article, (seen, others))

    def _added(self, job: Job, article: Article, told: tuple[Seen, tuple[str, ...]], twin: str | None) -> Settled:
        """A page that is seen for the first time: its article is new, or known from another page."""
        seen, others = told
        known = twin or (article.id if stored_text(self._connection, article.id) else None)
        if known or is_forgotten(self._connection, "article", article.id):
            with transaction(self._connection):
                page_done(self._connection, job.url, known, seen.replace(due=None), others)
                return self._counted(job, seen.moment, Counts())
        reading = reading_of(article)
        if isinstance(reading, Reject):
            return self._rejected(job, reading, seen)
        with transaction(self._connection):
            saved = save_within(self._connection, [reading], seen.moment)
            page_done(self._connection, job.url, article.id if saved.articles else None, seen, others)
            return self._counted(job, seen.moment, Counts(articles=saved.articles), reading=reading)

    def _looked_again(
        self, job: Job, known: KnownPage, article: Article, told: tuple[Seen, tuple[str, ...]]
    ) -> Settled:
        """A page that was seen before: its article is as it was, or has another text now."""
        seen, others = told
        assert known.article is not None  # noqa: S101 - asked by the caller
        stored = stored_text(self._connection, known.article)
        edited = stored is not None and stored[1] != "" and stored != (article.title, article.text)
        reading = reading_of(article.replace(id=known.article)) if edited else None
        with transaction(self._connection):
            if isinstance(reading, Reading):
                revise(self._connection, reading, seen.moment)
            self._mark_restored(known, seen.moment)
            page_done(self._connection, job.url, None, seen, others)
            found = reading if isinstance(reading, Reading) else None
            return self._counted(job, seen.moment, Counts(unchanged=not edited), reading=found)

    def _mark_restored(self, known: KnownPage, moment: str) -> None:
        """Note that an article is there again, if it was withdrawn."""
        if known.article and stored_text(self._connection, known.article):
            mark(self._connection, known.article, "restored", moment)

    def _led_to_canonical(self, job: Job, canonical: str, seen: Seen) -> Settled:
        """The twin for phones of an article that stands elsewhere on its site: that one is fetched."""
        links = tuple(self._link(canonical))
        with transaction(self._connection):
            new = add_pages(self._connection, job.source, links, seen.moment)
            page_done(self._connection, job.url, None, seen.replace(due=None))
            return self._counted(job, seen.moment, Counts(found=new))

    def _page_failed(self, visit: Visit, known: KnownPage, error: RejectError, moment: str) -> Settled:
        again = will_pass(error) and known.attempts + 1 < self._config.fetch.attempts
        pause = max(_grown(FIRST_PAUSE, known.attempts), asked_pause(visit))
        due = after(moment, pause) if again else None
        reject = None if again else Reject(stage="fetch", id=visit.job.url, reason=error.code, message=str(error))
        with transaction(self._connection):
            if error.code in GONE and known.article and stored_text(self._connection, known.article):
                mark(self._connection, known.article, "withdrawn", moment)
                due, reject = self._recheck(known, moment), None
            page_failed(self._connection, visit.job.url, f"{error.code}: {error}", Seen(moment=moment, due=due))
            return self._counted(visit.job, moment, Counts(rejected=int(reject is not None)), reject=reject)

    def _rejected(self, job: Job, reject: Reject, seen: Seen) -> Settled:
        with transaction(self._connection):
            page_failed(self._connection, job.url, f"{reject.reason}: {reject.message}", seen.replace(due=None))
            return self._counted(job, seen.moment, Counts(rejected=1), reject=reject)

    def _counted(
        self, job: Job, moment: str, counts: Counts, reading: Reading | None = None, reject: Reject | None = None
    ) -> Settled:
        """Add to what the source gave today, and keep a reject."""
        counts = counts.replace(requests=1)
        count(self._connection, job.source, moment[:10], counts)
        if reject is not None:
            save_within(self._connection, [reject], moment)
        return Settled(reading=reading, counts=counts, reject=reject)

    def _seen(self, answer: Answer, due: str | None, moment: str) -> Seen:
        etag, modified = answer.header("ETag"), answer.header("Last-Modified")
        return Seen(moment=moment, etag=etag, modified=modified, due=due)

    def _recheck(self, known: KnownPage, moment: str) -> str | None:
        """When a page is looked at again: so many hours after it was seen first, then no more."""
        hours = self._config.watch.recheck
        place = known.checks + (known.article is not None)
        return after(moment, hours[place] * HOUR) if place < len(hours) else None

    def _layout(self, job: Job) -> Layout | None:
        source = self._sources.get(job.source)
        return source.layout_on(date.fromisoformat(now()[:10])) if source else None

    def _other_names(self, answer: Answer, names: Names) -> Iterator[str]:
        for name in (*answer.hops, answer.final, names.canonical, names.amp):
            for link in self._link(name):
                yield link.url

    def _is_here(self, address: str, answer: Answer) -> bool:
        """Whether an address is the one that an answer was found at."""
        return any(link.url in {answer.final, *answer.hops} for link in self._link(address))

    def _twin(self, job: Job, known: KnownPage, names: Iterable[str]) -> str | None:
        """The article of another page that is the same by one of its names; null if there is none."""
        if known.article is not None:
            return None
        pages = (known_page(self._connection, name) for name in names if name != job.url)
        return next((page.article for page in pages if page and page.url != job.url and page.article), None)

    def _links(self, entries: Iterable[Link], job: Job) -> Iterator[Link]:
        newest = self._config.watch.newest
        for number, entry in enumerate(entries):
            if job.kind == "archive" or number < newest:
                for link in self._link(entry.url):
                    yield link.replace(published=entry.published, updated=entry.updated)

    def _link(self, address: str | None) -> Iterator[Link]:
        """The address in the way we write it; none where it may not be asked for."""
        try:
            target = target_of(address or "", self._ports)
        except RejectError:
            return
        yield Link(url=target.url, host=target.authority)

    @property
    def _ports(self) -> tuple[int, ...]:
        return self._config.fetch.ports


def _answered(visit: Visit) -> Answer:
    if visit.answer is None:
        raise visit.error or RejectError("internal_error", "no answer and no reason")
    return require_ok(visit.answer)


def asked_pause(visit: Visit) -> float:
    """Seconds for which the server asked to be left alone; 0 where it didn't."""
    if visit.answer is None or visit.answer.status not in BUSY:
        return 0.0
    asked = retry_after(visit.answer, time.time(), LONGEST_PAUSE)
    return FIRST_PAUSE if asked is None else asked


def _grown(first: float, failures: int) -> float:
    pause = min(first * 4.0**failures, LONGEST_PAUSE)
    return pause * (1 + JITTER * random.random())  # noqa: S311 - to spread, not to hide


def _completed(article: Article, known: KnownPage, source: Source | None) -> Article:
    """An article with what its source and its list say where it says nothing itself."""
    if article.source is None and source is not None:
        article = article.replace(source=source.name)
    if article.published is None and known.listed is not None:
        article = article.replace(published=known.listed, published_basis="metadata")
    return article


def _child(job: Job, target: Target) -> Listed:
    return Listed(url=target.url, source=job.source, host=target.authority, kind="archive", since=job.since)
