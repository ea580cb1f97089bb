"""The child process that parses pages of strangers for another process: `python -m siaga.collect.child`.

The kernel ends it after so much processor time for a page, also within a parser written in C or Rust, and gives it no
more memory than it was told. It opens no file and no connection of its own.
"""

from __future__ import annotations

import resource
import signal
import sys
from collections.abc import Callable
from typing import IO

from siaga.base.article import Article, Page, Reject
from siaga.base.errors import RejectError
from siaga.base.ground import use_overlay
from siaga.collect.article import STAGE, quick_page, whole_page
from siaga.collect.frames import Answer, Order, read_frame, write_frame
from siaga.collect.prescan import prescan

__all__: list[str] = []

REHEARSAL = Page(name="rehearsal", body=b"<html><body><p>Riga.</p><p>Riga.</p></body></html>", kind="html")
"""Read before the first page: what is loaded for it counts for no page."""


def serve(orders: IO[bytes], answers: IO[bytes]) -> None:
    """Answer one page after the other until there are no more."""
    order = read_frame(orders, Order)
    if order is None:
        return
    use_overlay(order.overlay)
    read = _careful if order.quick else whole_page
    _answer(REHEARSAL, read)
    _limit_memory(order.memory)
    write_frame(answers, Answer())
    while (page := read_frame(orders, Page)) is not None:
        signal.setitimer(signal.ITIMER_PROF, order.seconds)
        answer = _answer(page, read)
        signal.setitimer(signal.ITIMER_PROF, 0)
        write_frame(answers, answer)


def _careful(page: Page) -> Article:
    """The fast lane after the close look that it spares pages we trust."""
    if page.kind == "html":
        prescan(page.body.decode("utf-8", "replace"))
    return quick_page(page)


def _answer(page: Page, read: Callable[[Page], Article]) -> Answer:
    try:
        return Answer(article=read(page))
    except RejectError as error:
        return Answer(reject=Reject(stage=STAGE, id=page.name, reason=error.code, message=str(error)))
    except MemoryError:
        message = "more memory is needed than a page may have"
        return Answer(reject=Reject(stage=STAGE, id=page.name, reason="too_large", message=message))


def _limit_memory(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    serve(sys.stdin.buffer, sys.stdout.buffer)
