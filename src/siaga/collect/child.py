"""The child process that parses what comes from strangers for another process: `python -m siaga.collect.child`.

The kernel ends it after so much processor time for a task, also within a parser written in C or Rust, and gives it no
more memory than it was told. It opens no file and no connection of its own.
"""

from __future__ import annotations

import resource
import signal
import sys
from collections.abc import Callable, Mapping
from typing import IO

from siaga.base.article import Page, Reject
from siaga.base.errors import RejectError
from siaga.base.ground import use_overlay
from siaga.collect.article import STAGE, quick_page, whole_page
from siaga.collect.frames import Answer, Lane, Order, Task, read_frame, write_frame
from siaga.collect.outline import Sheet, outline
from siaga.collect.prescan import prescan

__all__: list[str] = []

Read = Callable[[Task], Answer]
URL = "https://rehearsal.example/one-two-three-four"
PAGE = Page(name="rehearsal", body=b"<html><body><p>Riga.</p><p>Riga.</p></body></html>", kind="html")
SHEETS = (
    Sheet(body=PAGE.body, url=URL, expects="page"),
    Sheet(body=b"<rss><item><link>https://a.example/b</link></item></rss>", url=URL, expects="listing"),
)
REHEARSAL: Mapping[Lane, tuple[Task, ...]] = {
    "careful": (Task(page=PAGE),), "archive": (Task(page=PAGE),), "outlines": tuple(Task(sheet=one) for one in SHEETS),
}  # fmt: skip
"""Read before the first task: what is loaded for it counts for none."""


def serve(orders: IO[bytes], answers: IO[bytes]) -> None:
    """Answer one task after the other until there are no more."""
    order = read_frame(orders, Order)
    if order is None:
        return
    use_overlay(order.overlay)
    read = {"careful": _article, "archive": _quick_article, "outlines": _outline}[order.lane]
    for task in REHEARSAL[order.lane]:
        _answer(task, read)
    _limit_memory(order.memory)
    write_frame(answers, Answer())
    while (given := read_frame(orders, Task)) is not None:
        signal.setitimer(signal.ITIMER_PROF, order.seconds)
        answer = _answer(given, read)
        signal.setitimer(signal.ITIMER_PROF, 0)
        write_frame(answers, answer)


def _article(task: Task) -> Answer:
    return Answer(article=whole_page(task.page)) if task.page else Answer()


def _quick_article(task: Task) -> Answer:
    """The fast lane after the close look that it spares pages we trust."""
    if task.page and task.page.kind == "html":
        prescan(task.page.body.decode("utf-8", "replace"))
    return Answer(article=quick_page(task.page)) if task.page else Answer()


def _outline(task: Task) -> Answer:
    return Answer(outline=outline(task.sheet)) if task.sheet else Answer()


def _answer(task: Task, read: Read) -> Answer:
    name = task.page.name if task.page else task.sheet.url if task.sheet else ""
    try:
        return read(task)
    except RejectError as error:
        return Answer(reject=Reject(stage=STAGE, id=name, reason=error.code, message=str(error)))
    except MemoryError:
        message = "more memory is needed than a page may have"
        return Answer(reject=Reject(stage=STAGE, id=name, reason="too_large", message=message))


def _limit_memory(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    serve(sys.stdin.buffer, sys.stdout.buffer)
