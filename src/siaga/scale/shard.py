"""A shard is read: pages in, a result and its receipt out. Doing it twice changes nothing."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator

from siaga.base.article import Page, Reject
from siaga.base.document import Reading
from siaga.base.failpoint import failpoint
from siaga.collect.article import articles, quick_articles
from siaga.flow import readings
from siaga.scale.job import UNFINISHED, Job, Plan, Receipt, Shard, pages_of
from siaga.store.files import digest_of, sync
from siaga.store.results import write_results

__all__ = ["read_shard"]


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
    found = tuple(readings(_told(shard, alive), collect))
    aside = job.results / f".{shard.id}.{os.getpid()}{UNFINISHED}"
    write_results(aside, found)
    failpoint("shard.written")
    sync(aside)
    digest = digest_of(aside)
    result = job.results / f"{shard.id}-{digest[:16]}.parquet"
    failpoint("shard.synced")
    aside.replace(result)
    failpoint("shard.renamed")
    sync(job.results)
    read = [one for one in found if isinstance(one, Reading)]
    receipt = job.give_receipt(
        Receipt(
            shard=shard.id, result=result.name, sha256=digest, articles=len(read),
            events=sum(len(one.events) + len(one.title_events) for one in read), rejects=len(found) - len(read),
            seconds=round(time.process_time() - begun, 3),
        )
    )  # fmt: skip
    if receipt.result != result.name:  # somebody was faster
        result.unlink(missing_ok=True)
    return receipt


def _told(shard: Shard, alive: Callable[[], None]) -> Iterator[Page | Reject]:
    for page in pages_of(shard):
        alive()
        yield page
