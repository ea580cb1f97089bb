"""A job that is done: checked, and put together into a workspace."""

from __future__ import annotations

from collections.abc import Iterator

from siaga.base.article import Reject
from siaga.base.document import Reading
from siaga.base.errors import DamagedError
from siaga.flow import readers
from siaga.scale.job import Job
from siaga.scale.worker import MOST_DEATHS
from siaga.store.files import digest_of
from siaga.store.intake import Intake
from siaga.store.results import read_results

__all__ = ["faults", "merge"]


def faults(job: Job) -> Iterator[str]:
    """What is wrong with a job or lacks, a line each: every byte of the results is read."""
    for shard in job.plan().shards:
        first, last = shard.stretches[0], shard.stretches[-1]
        where = f"{shard.id} ({first.path}, from {first.first}, to {last.path}, {last.last})"
        if (receipt := job.receipt(shard.id)) is None:
            given_up = job.deaths(shard.id) >= MOST_DEATHS
            yield f"{where}: {'given up, its readers died' if given_up else 'not read yet'}"
            continue
        path = job.results / receipt.result
        if not path.is_file():
            yield f"{where}: {path} is missing"
        elif digest_of(path) != receipt.sha256:
            yield f"{where}: {path} is not what was written"
        elif receipt.articles + receipt.rejects != sum(1 for _ in read_results(path)):
            yield f"{where}: {path} has another number of rows than its receipt"


def merge(job: Job, intake: Intake) -> None:
    """Save what a job has read; the counts stand in the intake. What is stored already is passed over.

    Raises:
        DamagedError: a shard is not read, or its result is broken.

    """
    if wrong := next(faults(job), None):
        raise DamagedError(f"{job.folder}: {wrong}; run: siaga archive run {job.folder}")
    for _ in intake.saving(_unsaved(job, intake)):
        pass
    intake.save_pending()


def _unsaved(job: Job, intake: Intake) -> Iterator[Reading | Reject]:
    names = readers()
    for shard in job.plan().shards:
        if receipt := job.receipt(shard.id):
            for one in read_results(job.results / receipt.result):
                if isinstance(one, Reject):
                    yield one
                    continue
                for left in intake.unsaved([one.article], lambda language: names.get(language, names[None])):
                    yield left if isinstance(left, Reject) else one
