"""What is done to a shard in each step: it is read, or linked with all others (`siaga.scale.linking`).

    sketch    the bands of a shard's articles, in order          results -> sketch
    repeats   articles whose id one before them has              sketch, a part of all ids -> repeats
    bands     who meets whom in a part of all bands              sketch, repeats -> bands
    pairs     who of those that a shard's articles met is a copy bands, results -> pairs

Each is a file in, a file out; doing it twice changes nothing.
"""

from __future__ import annotations

import gzip
import time
import zlib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from siaga.base.article import Article
from siaga.base.document import Reading
from siaga.base.errors import DamagedError
from siaga.base.lineage import Candidate, Pair
from siaga.base.record import Record
from siaga.flow import copies_among
from siaga.link.bands import (
    BAND,
    DIGEST,
    KEY,
    MEETING,
    NAME,
    Bands,
    Kind,
    Meetings,
    bands_of,
    candidates_of,
    meetings,
    repeated,
    within,
)
from siaga.link.pairing import MOST_CANDIDATES
from siaga.link.sketch import sketch
from siaga.scale.job import Job, Plan, Receipt, Shard, Step
from siaga.scale.shard import hand_in, put_result, read_shard
from siaga.store.results import read_ids, read_results, read_some

__all__ = ["do_shard", "load_bands", "load_numbers", "load_pairs"]

Alive = Callable[[], None]
PAIRS = "pairs.jsonl.gz"


class Work(Record):
    """A shard of a step, and what it is made from."""

    job: Job
    plan: Plan
    shard: Shard

    @property
    def place(self) -> int:
        """Which of the shards it is."""
        return self.plan.shards.index(self.shard)

    @property
    def root(self) -> Path:
        """Folder of the job that was read."""
        return self.job.folder.parents[1]


def do_shard(job: Job, plan: Plan, shard: Shard, alive: Alive = lambda: None) -> Receipt:
    """Do what a plan wants done to a shard, unless that is done; its receipt.

    Args:
        job: where it is kept.
        plan: what is done.
        shard: to which.
        alive: called now and then.

    Raises:
        DamagedError: what it is made from is missing or broken.
        NotSavedError: the disk is full or can't be written to.

    """
    if plan.step == "read":
        return read_shard(job, plan, shard, alive)
    if done := job.receipt(shard.id):
        return done
    begun = time.process_time()
    found = _DO[plan.step](Work(job=job, plan=plan, shard=shard), alive)
    return hand_in(job, found.replace(seconds=round(time.process_time() - begun, 3)))


def load_bands(path: Path) -> Bands:
    """The bands of a shard; what of them is not looked at is not read.

    Raises:
        DamagedError: the file is missing or broken.

    """
    return _load(path, BAND)


def load_numbers(path: Path) -> list[int]:
    """The numbers of the articles whose id one before them has, of a part.

    Raises:
        DamagedError: the file is missing or broken.

    """
    found: list[int] = _load(path, np.dtype(np.int64)).tolist()
    return found


def load_pairs(path: Path) -> tuple[Pair, ...]:
    """The pairs of copies of a shard's articles with those before them, in their order.

    Raises:
        DamagedError: the file is missing or broken.

    """
    try:
        return tuple(map(Pair.from_json, gzip.decompress(path.read_bytes()).splitlines()))
    except (OSError, EOFError, zlib.error) as error:
        raise _damaged(path, error) from error


def _sketch(work: Work, alive: Alive) -> Receipt:
    found = []
    for row, one in enumerate(read_results(work.root / work.plan.sources.results[work.place])):
        alive()
        if isinstance(one, Reading):
            found.append((row, sketch(one.article)))
    return _put_array(work, bands_of(found), articles=len(found))


def _repeats(work: Work, alive: Alive) -> Receipt:
    again = repeated(_part(work, (NAME,), alive))
    return _put_array(work, again, articles=len(again))


def _bands(work: Work, alive: Alive) -> Receipt:
    again = np.array([one for path in work.plan.sources.repeats for one in load_numbers(work.root / path)], np.int64)
    met = meetings(_part(work, (KEY, DIGEST), alive), again, lambda numbers: _ids(work, numbers), MOST_CANDIDATES)
    return _put_array(work, met, articles=len(np.unique(met["article"])))


def _pairs(work: Work, alive: Alive) -> Receipt:
    candidates = candidates_of(_met(work), lambda numbers: _ids(work, numbers), MOST_CANDIDATES)
    asked = {number for those in candidates.values() for number, _ in those} | set(candidates)
    articles = _articles(work, asked)
    by_id = {articles[number].id: articles[number] for number in asked}
    pairs = tuple(copies_among(_beside(candidates, articles, alive), by_id.get))
    result, digest = put_result(work.job, f"{work.shard.id}.{PAIRS}", lambda aside: _write_pairs(aside, pairs))
    return _receipt(work, result, digest).replace(articles=len(candidates), pairs=len(pairs))


def _beside(
    candidates: Mapping[int, Sequence[tuple[int, Candidate]]], articles: Mapping[int, Article], alive: Alive
) -> Iterator[tuple[Article, Sequence[Candidate]]]:
    """Each article in order, beside its candidates."""
    for number in sorted(candidates):
        alive()
        yield articles[number], [one for _, one in candidates[number]]


def _met(work: Work) -> Meetings:
    """What the articles of a shard met in all parts."""
    first, last = work.plan.sources.firsts[work.place : work.place + 2]
    found = [np.zeros(0, MEETING)]
    for path in work.plan.sources.bands:
        met = _load(work.root / path, MEETING)
        begin, end = (bisect_left(met, number, key=lambda row: int(row["article"])) for number in (first, last))
        found.append(np.array(met[begin:end]))
    return np.concatenate(found)


def _part(work: Work, kinds: Iterable[Kind], alive: Alive) -> Bands:
    """The bands of all articles that lie in a part."""
    found, part, parts = [np.zeros(0, BAND)], work.place, len(work.plan.shards)
    for path, first in zip(work.plan.sources.sketch, work.plan.sources.firsts, strict=False):
        alive()
        bands = load_bands(work.root / path)
        for kind in kinds:
            own = np.array(within(bands, kind, part, parts))
            own["article"] += np.uint32(first)
            found.append(own)
    return np.concatenate(found)


def _ids(work: Work, numbers: Iterable[int]) -> Mapping[int, str]:
    found = ((first, read_ids(path, rows)) for first, path, rows in _where(work, numbers))
    return {first + row: id_ for first, ids in found for row, id_ in ids.items()}


def _articles(work: Work, numbers: Iterable[int]) -> Mapping[int, Article]:
    found = ((first, read_some(path, rows)) for first, path, rows in _where(work, numbers))
    return {first + row: one.article for first, readings in found for row, one in readings.items()}


def _where(work: Work, numbers: Iterable[int]) -> Iterator[tuple[int, Path, Sequence[int]]]:
    """The results that have the articles with these numbers: the number of their first row, and the rows."""
    sources, rows = work.plan.sources, defaultdict(list)
    for number in sorted(numbers):
        place = bisect_right(sources.firsts, number) - 1
        rows[place].append(number - sources.firsts[place])
    return ((sources.firsts[place], work.root / sources.results[place], those) for place, those in rows.items())


def _put_array(work: Work, found: np.ndarray, articles: int) -> Receipt:
    result, digest = put_result(work.job, f"{work.shard.id}.npy", lambda aside: _write_array(aside, found))
    return _receipt(work, result, digest).replace(articles=articles)


def _write_array(path: Path, found: np.ndarray) -> None:
    with path.open("wb") as file:
        np.save(file, found, allow_pickle=False)


def _write_pairs(path: Path, pairs: Iterable[Pair]) -> None:
    with path.open("wb") as file, gzip.GzipFile(fileobj=file, mode="wb", filename="", mtime=0) as packed:
        packed.writelines(one.to_json() + b"\n" for one in pairs)


def _receipt(work: Work, result: str, digest: str) -> Receipt:
    return Receipt(shard=work.shard.id, result=result, sha256=digest, articles=0, events=0, rejects=0, seconds=0)


def _load(path: Path, kind: np.dtype) -> np.ndarray:
    try:
        found: np.ndarray = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError) as error:
        raise _damaged(path, error) from error
    if found.dtype != kind:
        raise _damaged(path, f"expected {kind}, has {found.dtype}")
    return found


def _damaged(path: Path, error: object) -> DamagedError:
    return DamagedError(f"{path}: {error}; remove its receipt and run: siaga archive link")


_DO: Mapping[Step, Callable[[Work, Alive], Receipt]] = {
    "sketch": _sketch, "repeats": _repeats, "bands": _bands, "pairs": _pairs,
}  # fmt: skip
