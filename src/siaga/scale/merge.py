"""A job that is done: checked, and put together into a workspace."""

from __future__ import annotations

from collections.abc import Iterator

from siaga.base.article import Reject
from siaga.base.document import Reading
from siaga.base.errors import DamagedError
from siaga.base.lineage import Sketch
from siaga.flow import readers
from siaga.link.bands import keys_of
from siaga.link.lineages import lineages
from siaga.scale.job import Job, Shard, Sources
from siaga.scale.linking import sources_of, steps_of
from siaga.scale.steps import load_bands, load_numbers, load_pairs
from siaga.scale.worker import MOST_DEATHS
from siaga.store.files import digest_of
from siaga.store.intake import Intake
from siaga.store.lineages import Linking
from siaga.store.results import read_ids, read_results

__all__ = ["faults", "merge", "merge_links"]


def faults(job: Job) -> Iterator[str]:
    """What is wrong with a job or lacks, a line each: every byte of the results is read."""
    plan = job.plan()
    for shard in plan.shards:
        where = f"{shard.id} ({_stretch(shard) if shard.stretches else plan.step})"
        if (receipt := job.receipt(shard.id)) is None:
            given_up = job.deaths(shard.id) >= MOST_DEATHS
            yield f"{where}: {'given up, its readers died' if given_up else 'not done yet'}"
            continue
        path = job.results / receipt.result
        if not path.is_file():
            yield f"{where}: {path} is missing"
        elif digest_of(path) != receipt.sha256:
            yield f"{where}: {path} is not what was written"
        elif plan.step == "read" and receipt.articles + receipt.rejects != sum(1 for _ in read_results(path)):
            yield f"{where}: {path} has another number of rows than its receipt"


def _stretch(shard: Shard) -> str:
    first, last = shard.stretches[0], shard.stretches[-1]
    return f"{first.path}, from {first.first}, to {last.path}, {last.last}"


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


def merge_links(job: Job, run: Linking) -> int | None:
    """Take over the copies found in an archive that was linked; what is linked already stays.

    They are what `siaga link` would find if the workspace has the articles of the job and no others before or between
    them, as a new one has. Into another, none is taken.

    Returns:
        Pairs that were taken over; null where none could be.

    Raises:
        DamagedError: the archive is not read whole, or what was found is broken.

    """
    if (sources := sources_of(job)) is None:
        return None
    if wrong := next((line for step in steps_of(job) for line in faults(step)), None):
        raise DamagedError(f"{job.folder}: {wrong}; remove its receipt and run: siaga archive link {job.folder}")
    if (linked := _linked(job, sources, run)) is None:
        return None
    taken = 0
    for shard, pairs in zip(_sketches(job, sources), sources.pairs, strict=True):
        linked -= len(shard)
        if linked < 0:
            found = load_pairs(job.folder / pairs)
            run.take(shard, found, lineages)
            taken += len(found)
    return taken


def _linked(job: Job, sources: Sources, run: Linking) -> int | None:
    """How many articles of the job, the first ones, are linked in the workspace; null where that has others."""
    ids, stored = (one.id for shard in _sketches(job, sources) for one in shard), run.in_order()
    linked, open_ = 0, False
    for id_ in ids:
        found, is_linked = next(stored, (None, False))
        if id_ != found or (is_linked and open_):
            return None
        linked, open_ = linked + is_linked, not is_linked
    return None if open_ and any(is_linked for _, is_linked in stored) else linked


def _sketches(job: Job, sources: Sources) -> Iterator[tuple[Sketch, ...]]:
    """The sketches of each shard, without articles whose id one before them has."""
    again = frozenset(number for path in sources.repeats for number in load_numbers(job.folder / path))
    for first, result, path in zip(sources.firsts, sources.results, sources.sketch, strict=False):
        keys = keys_of(load_bands(job.folder / path))
        ids = read_ids(job.folder / result, keys)
        yield tuple(
            Sketch(id=ids[row], digest=keys[row][0], keys=keys[row][1])
            for row in sorted(keys)
            if first + row not in again
        )
