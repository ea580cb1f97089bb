"""The runner of one machine: processes that read shards; one that dies is replaced, and what it had is read again."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from siaga.base.errors import NotSavedError
from siaga.base.record import Record
from siaga.scale.job import Job, Receipt, Shard
from siaga.scale.worker import MOST_DEATHS, break_leases

__all__ = ["Meter", "Progress", "Tell", "open_shards", "run_local"]

LOOK = 0.3
"""Seconds between two looks at the processes."""
Tell = Callable[["Progress"], None]


class Progress(Record):
    """How far a job is."""

    shards: int
    done: int
    articles: int
    """Read in this run."""
    rate: float
    """Articles a second, of this run."""
    left: float | None
    """Seconds until the end at this rate; null while that is not known."""


def open_shards(job: Job, shards: Iterable[Shard]) -> tuple[Shard, ...]:
    """Those of the shards that are neither done nor given up."""
    return tuple(one for one in shards if job.receipt(one.id) is None and job.deaths(one.id) < MOST_DEATHS)


def run_local(job: Job, workers: int, tell: Tell) -> None:
    """Read all shards that are not done, by so many processes.

    Each is a process of its own: one that is killed costs what it had read of its shard, and another begins that again.

    Raises:
        NotSavedError: the disk is full or can't be written to, or a reader broke down.

    """
    plan, meter = job.plan(), Meter(job)
    waiting = open_shards(job, plan.shards)
    running = [_start(job) for _ in range(min(workers, len(waiting)))]
    try:
        while waiting := open_shards(job, waiting):
            running = [_replaced(job, one) for one in running]
            tell(meter.progress())
            time.sleep(LOOK)
    finally:
        for process in running:
            process.kill()
            process.wait()
            break_leases(job, process.pid)  # ended by us: no death
    tell(meter.progress())


class Meter:
    """Counts receipts since it was made; each is read once."""

    def __init__(self, job: Job) -> None:
        self._job, self._plan, self._begun = job, job.plan(), time.monotonic()
        self._before = frozenset(one.id for one in self._plan.shards if job.receipt(one.id))
        self._since: dict[str, Receipt] = {}

    def progress(self) -> Progress:
        """How far the job is by now."""
        for shard in self._plan.shards:
            if shard.id not in self._before and shard.id not in self._since and (new := self._job.receipt(shard.id)):
                self._since[shard.id] = new
        done, articles = len(self._before) + len(self._since), _articles(self._since.values())
        took = time.monotonic() - self._begun
        left = (len(self._plan.shards) - done) * took / len(self._since) if self._since else None
        return Progress(shards=len(self._plan.shards), done=done, articles=articles, rate=articles / took, left=left)


def _articles(receipts: Iterable[Receipt]) -> int:
    return sum(receipt.articles for receipt in receipts)


def _start(job: Job) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "siaga.scale.worker", str(Path(job.folder))]
    return subprocess.Popen(command)  # noqa: S603 - our own module


def _replaced(job: Job, process: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
    """The process, or another where it was killed; one that found nothing more to do stays as it is.

    Raises:
        NotSavedError: it could not go on.

    """
    code = process.poll()
    if code is None or code == 0:
        return process
    for shard in break_leases(job, process.pid):
        job.note_death(shard)
    if code > 0:
        raise NotSavedError(f"{job.folder}: a reader could not go on (exit {code}); what is above says why")
    return _start(job)
