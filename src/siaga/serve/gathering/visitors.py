"""Threads that ask servers; nothing in them touches the store."""

from __future__ import annotations

import logging
import queue
import threading
import time
from functools import partial
from typing import NamedTuple

from siaga.base.errors import RejectError
from siaga.collect.asking import Asking, sheet_of
from siaga.collect.fetch.answer import OK, Answer, Request
from siaga.collect.fetch.fetcher import Fetcher, require_ok
from siaga.collect.links import Names
from siaga.collect.web import whole_of
from siaga.store.jobs import Job

__all__ = ["Visit", "Visitors"]

log = logging.getLogger(__name__)


class Visit(NamedTuple):
    """What came of a job: an answer, of whatever status, or why there is none."""

    job: Job
    answer: Answer | None
    error: RejectError | None
    delay: float
    """Seconds for which the server asks to be left alone between requests."""
    more: tuple[Answer, ...] = ()
    """The further pages of an article."""
    names: Names = Names()
    """Of a page."""


class Visitors:
    """So many threads; they are daemons, so that nobody waits for a slow server when we end."""

    def __init__(self, asking: Asking, count: int, pause: float) -> None:
        self._asking = asking
        self._pause = pause
        self._jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[Visit] = queue.SimpleQueue()
        self._under_way: dict[tuple[str, str], Job] = {}
        self._count = count
        for number in range(count):
            threading.Thread(target=self._visit_on, name=f"visitor-{number}", daemon=True).start()

    @property
    def free(self) -> int:
        """How many have nothing to do."""
        return self._count - len(self._under_way)

    @property
    def hosts(self) -> frozenset[str]:
        """Hosts that are being asked."""
        return frozenset(job.host for job in self._under_way.values())

    def send(self, job: Job) -> None:
        """Let one of them do a job."""
        self._under_way[job.kind, job.url] = job
        self._jobs.put(job)

    def done(self, seconds: float) -> tuple[Visit, ...]:
        """What was done, after waiting for the first for so many seconds at the most."""
        found: list[Visit] = []
        try:
            found.append(self._done.get(timeout=seconds))
            while True:
                found.append(self._done.get_nowait())
        except queue.Empty:
            pass
        for visit in found:
            del self._under_way[visit.job.kind, visit.job.url]
        return tuple(found)

    def _visit_on(self) -> None:
        while True:
            self._done.put(_visit(self._asking, self._jobs.get(), self._pause))


def _further(asking: Asking, answer: Answer, pause: float) -> tuple[Names, tuple[Answer, ...]]:
    """By which other addresses a page says it goes, and the further pages of its article."""
    try:
        told = asking.look(sheet_of(answer, "page"))
    except RejectError:  # told when it is read
        return Names(), ()
    return told.names, whole_of(answer, told, partial(_ask_later, asking.fetcher, pause), asking.look)


def _ask_later(fetcher: Fetcher, pause: float, url: str) -> Answer:
    time.sleep(pause)
    return require_ok(fetcher.fetch(Request(url=url)))


def _visit(asking: Asking, job: Job, pause: float) -> Visit:
    began = time.monotonic()
    try:
        answer = asking.fetcher.fetch(Request(url=job.url, etag=job.etag, modified=job.modified))
        delay = asking.fetcher.rules(answer.final).delay
        if job.kind != "page" or answer.status != OK:
            return Visit(job, answer, None, delay)
        names, more = _further(asking, answer, max(delay, pause))
        return Visit(job, answer, None, delay, more, names)
    except RejectError as error:
        return Visit(job, None, error, 0.0)
    except Exception as error:  # a thread that dies would leave its job undone for ever
        log.exception("could not fetch %s after %.1f s", job.url, time.monotonic() - began)
        return Visit(job, None, RejectError("internal_error", f"{type(error).__name__}: {error}"), 0.0)
