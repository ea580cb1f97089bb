"""Addresses -> pages: an article with its further pages, or all articles of a feed, a sitemap or a list."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator

from siaga.base.article import Page, Reject
from siaga.base.errors import RejectError
from siaga.collect.asking import Asking, sheet_of
from siaga.collect.decode import looks_binary, printable
from siaga.collect.feed import is_xml
from siaga.collect.fetch.answer import Answer, Request
from siaga.collect.fetch.fetcher import fetch_patiently
from siaga.collect.outline import Look, Outline
from siaga.collect.paging import MOST_PAGES, is_whole

__all__ = ["Keep", "page_of", "pages_at", "whole_of"]

STAGE = "fetch"
ATTEMPTS = 3
MOST_LISTED = 200
"""Articles that are taken from a feed or sitemap that somebody reads by hand."""
Keep = Callable[[Answer], None]
"""Where each answer is kept as it came."""


class Visitor:
    """Who fetches pages by hand, one after the other, and how long between them."""

    def __init__(self, asking: Asking, delay: float, keep: Keep | None = None) -> None:
        self._fetcher = asking.fetcher
        self._look = asking.look
        self._delay = delay
        self._keep = keep
        self._last = -delay

    def pages(self, urls: Iterable[str]) -> Iterator[Page | Reject]:
        """The pages at these addresses, lazily."""
        for url in urls:
            try:
                yield from self._at(url, may_list=True)
            except RejectError as error:
                yield Reject(stage=STAGE, id=printable(url), reason=error.code, message=str(error))

    def _at(self, url: str, *, may_list: bool) -> Iterator[Page | Reject]:
        answer = self._asked(url)
        sheet = sheet_of(answer, "listing")
        if may_list and (is_xml(sheet.body) or _is_json_feed(sheet.body)):
            listing = self._look(sheet).listing
            for entry in listing.entries[:MOST_LISTED]:
                yield from self._listed(entry.url, may_list=listing.kind == "index")
            return
        yield self._whole(answer)

    def _listed(self, url: str, *, may_list: bool) -> Iterator[Page | Reject]:
        try:
            yield from self._at(url, may_list=may_list)
        except RejectError as error:
            yield Reject(stage=STAGE, id=printable(url), reason=error.code, message=str(error))

    def _whole(self, answer: Answer) -> Page:
        try:
            told = self._look(sheet_of(answer, "page"))
        except RejectError:  # no markup, or such as its own reading will refuse
            return page_of(answer)
        return page_of(answer, whole_of(answer, told, self._asked, self._look))

    def _asked(self, url: str) -> Answer:
        time.sleep(max(0.0, self._last + self._delay - time.monotonic()))
        try:
            answer = fetch_patiently(self._fetcher, Request(url=url), ATTEMPTS)
        finally:
            self._last = time.monotonic()
        if self._keep:
            self._keep(answer)
        return answer


def pages_at(urls: Iterable[str], asking: Asking, delay: float, keep: Keep | None = None) -> Iterator[Page | Reject]:
    """The pages at these addresses, lazily; of a feed or sitemap, those that it lists.

    Args:
        urls: with scheme.
        asking: who asks.
        delay: seconds between two requests.
        keep: where each answer is kept as it came; null: nowhere.

    """
    return Visitor(asking, delay, keep).pages(urls)


def whole_of(answer: Answer, told: Outline, ask: Callable[[str], Answer], look: Look) -> tuple[Answer, ...]:
    """The further pages of the article in an answer, as far as they can be had.

    Args:
        answer: its first page.
        told: its outline.
        ask: for an address; raises `RejectError`.
        look: at what comes: a page may lead to one more.

    """
    found: list[Answer] = []
    known, waiting = {answer.url, answer.final}, deque(told.further)
    while waiting and len(found) < MOST_PAGES:
        if (url := waiting.popleft()) in known:
            continue
        known.add(url)
        try:
            found.append(ask(url))
            if not waiting and not is_whole(url):
                waiting.extend(look(sheet_of(found[-1], "page")).further)
        except RejectError:
            break  # what can be had of an article is better than nothing
    return tuple(found)


def page_of(answer: Answer, more: Iterable[Answer] = ()) -> Page:
    """An answer as a page, with its further pages; one that has all of it takes the place of the first.

    Raises:
        RejectError: `binary` or `empty`.

    """
    later = tuple(more)
    if later and is_whole(later[0].url):
        answer, later = later[0].replace(final=answer.final), ()
    if not answer.body.strip():
        raise RejectError("empty", f"{answer.final}: nothing but spaces")
    if looks_binary(answer.body[:65_536]):
        raise RejectError("binary", f"{answer.final}: bytes that are not text; expected a page")
    return Page(
        name=answer.final, body=answer.body, url=answer.final, kind="html", charset=answer.charset,
        more=tuple(one.body for one in later),
    )  # fmt: skip


def _is_json_feed(body: bytes) -> bool:
    return body.lstrip()[:1] == b"{" and b"jsonfeed.org" in body[:4096]
