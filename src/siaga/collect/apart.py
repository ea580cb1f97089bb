"""Parsing apart: what comes from strangers is read in child processes with limits, so that no page can stop us.

A page or a list that takes too much time or memory, or crashes a parser, costs its child: it becomes a reject, and the
next one has a new child. What comes back is checked as a record of ours.
"""

from __future__ import annotations

import select
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Self

from siaga.base.article import Article, Page, Reject
from siaga.base.errors import RejectError
from siaga.base.ground import overlay_in_use
from siaga.collect.article import STAGE
from siaga.collect.frames import Answer, Order, Task, read_frame, write_frame
from siaga.collect.outline import Outline, Sheet

__all__ = ["Apart", "Looking"]

SECONDS = 1.5
"""Of processor time for a page; the slowest of 181 benchmark pages takes .3."""
LONGEST_WAIT = 30.0
"""Seconds by the clock in which a child must answer, whatever else the machine does."""
LONGEST_START = 60.0
MEMORY = 900_000_000
"""Bytes of address space of a child; one that has everything loaded takes 400 MB."""
LARGEST_SHEET = 50_000_000
"""Bytes of what is looked at; more is refused before a child sees it. Sitemaps have up to 50 MB."""


class Apart:
    """A stage that reads pages in children; to be closed. Each is started when there is a page for it."""

    def __init__(self, *, quick: bool = False, children: int = 1, seconds: float = SECONDS) -> None:
        order = Order(lane="archive" if quick else "careful", overlay=overlay_in_use(), seconds=seconds, memory=MEMORY)
        self._children = tuple(_Child(order) for _ in range(children))

    def __call__(self, pages: Iterable[Page | Reject]) -> Iterator[Article | Reject]:
        """The article of each page, or why it has none, in order; as many pages as there are children are under way."""
        free, busy = deque(self._children), deque[_Child | Reject]()
        for page in pages:
            if isinstance(page, Reject):
                busy.append(page)
                continue
            while not free:
                yield from _finished(busy.popleft(), free)
            child = free.popleft()
            child.give(Task(page=page), page.name)
            busy.append(child)
        while busy:
            yield from _finished(busy.popleft(), free)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for child in self._children:
            child.end()


def _finished(one: _Child | Reject, free: deque[_Child]) -> Iterator[Article | Reject]:
    """What the child that was given its page first answers; it is free then."""
    if isinstance(one, Reject):
        yield one
        return
    found = one.answer()
    yield found.article or found.reject or one.buried()
    free.append(one)


class Looking:
    """Looks at feeds, sitemaps and links in a child, for many threads one after the other; to be closed."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._child = _Child(Order(lane="outlines", overlay=overlay_in_use(), seconds=seconds, memory=MEMORY))
        self._lock = threading.Lock()

    def __call__(self, sheet: Sheet) -> Outline:
        """The outline of what was fetched.

        Raises:
            RejectError: it is not what is expected, too large, or cost the child (`too_slow`, `parser_crashed`).

        """
        if len(sheet.body) > LARGEST_SHEET:
            raise RejectError("too_large", f"{sheet.url}: {len(sheet.body)} bytes, expected at most {LARGEST_SHEET}")
        with self._lock:
            self._child.give(Task(sheet=sheet), sheet.url)
            found = self._child.answer()
            if found.outline is None:
                reject = found.reject or self._child.buried()
                raise RejectError(reject.reason, reject.message)
            return found.outline

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._child.end()


class _Child:
    """A child process and the task it has."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._process: subprocess.Popen[bytes] | None = None
        self._name = ""

    def give(self, task: Task, name: str) -> None:
        """Let it do a task; by this name its end is told."""
        self._name = name
        if self._process and self._process.poll() is not None:  # it died between two pages: the new one is innocent
            self.end()
        if self._process is None:
            self._start()
        process = self._process
        if process and process.stdin:
            with suppress(BrokenPipeError):  # it has died; that is told with its answer
                write_frame(process.stdin, task)

    def answer(self) -> Answer:
        """What became of the task; that it cost the child, if it did."""
        return self._read(LONGEST_WAIT) or Answer(reject=self.buried())

    def end(self) -> None:
        """Take leave of the process, if there is one."""
        if self._process is None:
            return
        self._process.kill()
        self._process.communicate()
        self._process = None

    def _start(self) -> None:
        command = [sys.executable, "-m", "siaga.collect.child"]
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        if self._process.stdin:
            with suppress(BrokenPipeError):
                write_frame(self._process.stdin, self._order)
        self._read(LONGEST_START)

    def _read(self, seconds: float) -> Answer | None:
        """What the child says next; nothing if it does not in this time, or has died."""
        stream = self._process.stdout if self._process else None
        if stream is None or not select.select([stream], [], [], seconds)[0]:
            return None
        return read_frame(stream, Answer)

    def buried(self) -> Reject:
        """Why a child that gave no answer died."""
        process = self._process
        if process:
            process.kill()
            process.communicate()
        self._process = None
        code = process.returncode if process else 0
        if code in {-signal.SIGPROF, -signal.SIGKILL}:
            message = f"parsing takes more than {self._order.seconds} s of processor time"
            return Reject(stage=STAGE, id=self._name, reason="too_slow", message=message)
        message = f"the parser broke down on it (exit {code})"
        return Reject(stage=STAGE, id=self._name, reason="parser_crashed", message=message)
