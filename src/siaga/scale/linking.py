"""Copies over a whole archive: a job that was read is linked in steps, each of which is a job likewise.

    results ──sketch──▶ bands of each shard ──repeats, bands──▶ who meets whom, by parts ──pairs──▶ copies of each shard

It finds what `siaga link` finds in the articles in their order, to the last pair; but no process holds more than a
shard or a part.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from siaga.base.errors import DamagedError
from siaga.base.ids import content_id
from siaga.scale.job import Job, Plan, Shard, Sources, Step

__all__ = ["STEPS", "next_step", "sources_of", "steps_of"]

STEPS: tuple[Step, ...] = ("sketch", "repeats", "bands", "pairs")
LEAST_PARTS = 16
PART = 40_000
"""Articles whose bands make a part: some two million, which are sorted in memory at once, in seconds."""


def next_step(job: Job) -> Job | None:
    """The step that is not done, as a job to run; null where the archive is linked.

    Raises:
        DamagedError: the archive is not read whole.

    """
    sources = _read(job)
    for step in STEPS:
        at = _laid_out(job, step, sources)
        results = tuple(_results(job, at))
        if len(results) < len(at.plan().shards):
            return at
        sources = sources.replace(**{step: results})
    return None


def steps_of(job: Job) -> Iterator[Job]:
    """The steps that were begun."""
    return (at for step in STEPS if ((at := _at(job, step)).folder / "plan.json").is_file())


def sources_of(job: Job) -> Sources | None:
    """Where what was linked lies; null where the archive is not linked.

    Raises:
        DamagedError: the archive is not read whole.

    """
    if next_step(job) is not None:
        return None
    last = _at(job, STEPS[-1])
    return last.plan().sources.replace(pairs=tuple(_results(job, last)))


def _read(job: Job) -> Sources:
    receipts = [job.receipt(shard.id) for shard in job.plan().shards]
    done = [one for one in receipts if one is not None]
    if len(done) < len(receipts):
        raise DamagedError(f"{job.folder}: not all is read; run: siaga archive run {job.folder}")
    firsts = accumulate((one.articles + one.rejects for one in done), initial=0)
    return Sources(results=tuple(f"results/{one.result}" for one in done), firsts=tuple(firsts))


def _laid_out(job: Job, step: Step, sources: Sources) -> Job:
    """A step, planned from what those before it have written."""
    at, plan = _at(job, step), job.plan()
    made_of = content_id("sources", sources.to_json().decode())
    whole = step in {"sketch", "pairs"}
    parts = len(plan.shards) if whole else max(LEAST_PARTS, -(-sources.firsts[-1] // PART))
    shards = (Shard(id=content_id("shard", step, made_of, part, parts), stretches=()) for part in range(parts))
    planned = Plan(lane=plan.lane, shards=tuple(shards), step=step, sources=sources)
    if not (at.folder / "plan.json").is_file() or at.plan() != planned:
        at.lay_out(planned)
    return at


def _at(job: Job, step: Step) -> Job:
    return Job(folder=job.folder / "links" / step)


def _results(job: Job, at: Job) -> Iterator[str]:
    """What was written in a step, in the order of its shards."""
    for shard in at.plan().shards:
        if receipt := at.receipt(shard.id):
            yield str((at.results / receipt.result).relative_to(job.folder))
