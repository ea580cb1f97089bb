"""What commands that fetch have in common: which sources, what is told of each article, and how a run ends."""

from __future__ import annotations

import logging
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from siaga.base.source import Source
    from siaga.monitor.silence import Failure
    from siaga.report.catalogue import Catalogue
    from siaga.serve.gathering.gather import Gathering
    from siaga.serve.gathering.settling import Settled
    from siaga.store.workspace import Workspace

__all__ = ["chosen_sources", "plain", "run", "tell_failures", "until_told"]

LONGEST_TITLE = 90


def chosen_sources(where: Workspace, names: tuple[str, ...], words: Catalogue) -> tuple[Source, ...]:
    """The sources of a workspace that are asked for; all of them if none is.

    Raises:
        UsageError: there is none, or none of such a name.

    """
    from siaga.base.nearest import did_you_mean, nearest  # noqa: PLC0415
    from siaga.collect.sources import load_sources  # noqa: PLC0415 - `siaga --help` must not load the reader

    found = {source.id: source for source in load_sources(where.sources)}
    if not found:
        raise click.UsageError(words.say("gather.no_sources"))
    for name in names:
        if name not in found:
            meant = did_you_mean(nearest(name, found))
            raise click.UsageError(words.say("gather.unknown_source", name=name) + meant)
    return tuple(found[name] for name in dict.fromkeys(names)) or tuple(found.values())


def run(gathered: Gathering, goes_on: Callable[[], bool], words: Catalogue, *, quiet: bool) -> int:
    """Fetch, read and save as long as it goes on; how many answers there were."""
    from siaga.serve.logs import note  # noqa: PLC0415

    tally = {"requests": 0, "articles": 0, "events": 0, "found": 0, "unchanged": 0, "rejects": 0, "failures": 0}
    try:
        for settled in gathered.steps(goes_on):
            _add(tally, settled)
            _note(settled)
            if not quiet:
                _tell(settled)
    finally:
        note("gathered", **tally)
        counts = {name: words.number(value) for name, value in tally.items()}
        click.echo(words.say("gather.summary", **counts), err=True)
        if any(gathered.expired):
            click.echo(words.say("gather.expired", **gathered.expired._asdict()), err=True)
    return tally["requests"]


def tell_failures(failures: Iterable[tuple[Source, Failure]], words: Catalogue) -> None:
    """Tell which sources failed on the last whole day: the series that they feed are marked."""
    for source, one in failures:
        told = {"day": words.day(one.day), "seen": one.seen, "expected": f"{one.expected:.0f}"}
        click.echo(f"{source.id}: {words.say(f'gather.day_{one.kind}', **told)}", err=True)


@contextmanager
def until_told(seconds: float | None = None) -> Iterator[Callable[[], bool]]:
    """Whether to go on: until the system asks us to end (SIGTERM), or for so many seconds."""
    ends = time.monotonic() + seconds if seconds else None
    asked: list[int] = []
    before = signal.signal(signal.SIGTERM, _noting(asked))
    try:
        yield _going_on(asked, ends)
    finally:
        signal.signal(signal.SIGTERM, before)


def _noting(asked: list[int]) -> Callable[[int, FrameType | None], None]:
    return lambda number, _: asked.append(number)


def _going_on(asked: list[int], ends: float | None) -> Callable[[], bool]:
    return lambda: not asked and (ends is None or time.monotonic() < ends)


def _add(tally: dict[str, int], settled: Settled) -> None:
    reading = settled.reading
    for name in ("requests", "articles", "found", "unchanged", "failures"):
        tally[name] += getattr(settled.counts, name)
    tally["rejects"] += settled.reject is not None
    tally["events"] += len(reading.events) if reading and settled.counts.articles else 0


def _note(settled: Settled) -> None:
    from siaga.serve.logs import note  # noqa: PLC0415

    if settled.reading is not None:
        article = settled.reading.article
        note("article.saved", article=article.id, source=article.source, events=len(settled.reading.events))
    if settled.reject is not None:
        reject = settled.reject
        note("rejected", logging.WARNING, stage=reject.stage, id=reject.id, reason=reject.reason)


def _tell(settled: Settled) -> None:
    """A line for each new article, and one on standard error for what could not be used."""
    if settled.reading is not None:
        article = settled.reading.article
        title = plain(article.title or article.text)[:LONGEST_TITLE]
        click.echo(f"{article.id}  {plain(article.source or '?')}  {title}")
    if settled.reject is not None and sys.stderr:
        reject = settled.reject
        sys.stderr.write(f"rejected {plain(reject.id)}: {reject.reason}: {plain(reject.message)}\n")


def plain(text: str) -> str:
    """Text on one line, without signs that a terminal would obey."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
