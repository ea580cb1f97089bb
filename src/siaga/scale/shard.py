"""A shard is read: pages in, a result and its receipt out. Doing it twice changes nothing."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from siaga.base.article import Page, Reject
from siaga.base.document import Reading
from siaga.base.errors import NotSavedError
from siaga.base.failpoint import failpoint
from siaga.base.garbage import seldom_sought
from siaga.collect.article import articles, quick_articles
from siaga.flow import readings
from siaga.scale.job import UNFINISHED, Job, Plan, Receipt, Shard, pages_of
from siaga.store.files import digest_of, sync
from siaga.store.results import write_results

__all__ = ["hand_in", "put_result", "read_shard"]


def read_shard(job: Job, plan: Plan, shard: Shard, alive: Callable[[], None] = lambda: None) -> Receipt:
    """Read a shard, unless that is done; its receipt.

    Args:
        job: where it is kept.
        plan: how it is read.
        shard: what is read.
        alive: called before each page.

    Raises:
        NotSavedError: the disk is full or can't be written to.

    """
    if done := job.receipt(shard.id):
        return done
    begun = time.process_time()
    collect = quick_articles if plan.lane == "archive" else articles
    with seldom_sought():
        found = tuple(readings(_told(shard, alive), collect))
    result, digest = put_result(job, f"{shard.id}.parquet", lambda aside: write_results(aside, found))
    read = [one for one in found if isinstance(one, Reading)]
    return hand_in(
        job,
        Receipt(
            shard=shard.id, result=result, sha256=digest, articles=len(read),
            events=sum(len(one.events) + len(one.title_events) for one in read), rejects=len(found) - len(read),
            seconds=round(time.process_time() - begun, 3),
        ),
    )  # fmt: skip


def put_result(job: Job, name: str, write: Callable[[Path], object]) -> tuple[str, str]:
    """Write a result aside and put it in place whole; its name, made from this one and its content, and its digest.

    Raises:
        NotSavedError: the disk is full or can't be written to.

    """
    stem, suffix = name.split(".", 1)
    aside = job.results / f".{stem}.{os.getpid()}{UNFINISHED}"
    try:
        write(aside)
        failpoint("shard.written")
        sync(aside)
        digest = digest_of(aside)
        result = job.results / f"{stem}-{digest[:16]}.{suffix}"
        failpoint("shard.synced")
        aside.replace(result)
        failpoint("shard.renamed")
        sync(job.results)
    except OSError as error:
        raise NotSavedError(f"{aside}: can't be written: {error}. Make room and run it again") from error
    return result.name, digest


def hand_in(job: Job, receipt: Receipt) -> Receipt:
    """Say that a shard is done; the receipt that counts. A result of which somebody was faster is removed."""
    counts = job.give_receipt(receipt)
    if counts.result != receipt.result:
        (job.results / receipt.result).unlink(missing_ok=True)
    return counts


def _told(shard: Shard, alive: Callable[[], None]) -> Iterator[Page | Reject]:
    for page in pages_of(shard):
        alive()
        yield page
