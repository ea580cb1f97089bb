"""Copies over an archive, in steps by several processes and by `siaga link` in one: the same pairs, and what each took.

    python -m bench.archive_linking FOLDER [--articles 20000] [--news SHARED] [--size 1000] [--workers 2]
                                    [--steps-alone]

Articles are those that `bench.linking` invents, of which one in six is a copy (`--news`: those of the training news,
SHARED being the folder of the team's data); they are written into a job in FOLDER as if they had been read. Prints of
each way processor time (of all processes, their start included), time by the clock and the most memory that a process
held; then whether both workspaces have the same sketches, pairs and lineages. Ends with 1 where they have not.
`--steps-alone`: the workspaces are left out.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from bench.linking import invented
from siaga.base.article import Article
from siaga.base.document import Reading
from siaga.collect.article import articles
from siaga.collect.load import load
from siaga.flow import link_stored
from siaga.scale.job import Job, Plan, Receipt, Shard
from siaga.scale.linking import next_step
from siaga.scale.local import Progress, run_local
from siaga.scale.merge import merge, merge_links
from siaga.scale.shard import hand_in, put_result
from siaga.store.database import reading_from
from siaga.store.intake import taking_in
from siaga.store.lineages import linking
from siaga.store.results import write_results
from siaga.store.workspace import Workspace, lay_out

TABLES = ("sketch", "sketch_key", "pair", "lineage_link")


class Clock:
    """What was taken since it was made."""

    def __init__(self) -> None:
        self._wall, self._spent = time.monotonic(), _spent()

    def told(self, what: str, articles: int) -> str:
        """A line on it."""
        spent = _spent() - self._spent
        return (
            f"{what}: {spent:.1f} s of processor time, {1000 * spent / articles:.2f} ms an article; "
            f"{time.monotonic() - self._wall:.1f} s"
        )


def main() -> int:
    args = _arguments()
    made = tuple(_news(args.news) if args.news else map(invented, range(args.articles)))
    job, many = _read_job(args.folder / "job", made, args.size), len(made)
    whole = Clock()
    while (step := next_step(job)) is not None:
        clock = Clock()
        run_local(step, args.workers, _told)
        print(clock.told(f"  {step.plan().step}", many), flush=True)
    print(whole.told("in steps", many), flush=True)
    print(f"  {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1000} MB in a process, at most")
    return 0 if args.steps_alone or _is_same(args.folder, job, many) else 1


def _is_same(folder: Path, job: Job, articles: int) -> bool:
    """Whether both ways give the same workspace."""
    in_steps, straight = (_merged(folder / name, job, articles) for name in ("in-steps", "straight"))
    clock = Clock()
    with linking(in_steps) as run:
        taken = merge_links(job, run)
    print(clock.told(f"taken over, {taken} pairs", articles), flush=True)
    clock = Clock()
    with linking(straight) as run:
        found = sum(1 for _ in link_stored(run))
    print(clock.told(f"siaga link, {found} pairs", articles), flush=True)
    print(f"  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000} MB, at most")
    same = {table: _digest(in_steps, table) == _digest(straight, table) for table in TABLES}
    print(f"the same: {same}")
    return all(same.values())


def _merged(folder: Path, job: Job, articles: int) -> Workspace:
    clock, where = Clock(), lay_out(folder, {})
    with taking_in(where) as intake:
        merge(job, intake)
    print(clock.told("merged", articles), flush=True)
    return where


def _news(shared: Path) -> Iterator[Article]:
    for path in sorted((shared / "data/news").glob("*_train.jsonl.gz")):
        yield from (one for one in articles(load([str(path)])) if isinstance(one, Article))


def _read_job(folder: Path, made: Sequence[Article], size: int) -> Job:
    """A job in which these articles were read."""
    job, firsts = Job(folder=folder), range(0, len(made), size)
    shards = {first: Shard(id=f"made-{first:09}-{size}", stretches=()) for first in firsts}
    job.lay_out(Plan(lane="archive", shards=tuple(shards.values())))
    for first, shard in shards.items():
        if job.receipt(shard.id) is None:
            _write(job, shard, [_bare(one) for one in made[first : first + size]])
    return job


def _write(job: Job, shard: Shard, found: Sequence[Reading]) -> None:
    result, digest = put_result(job, f"{shard.id}.parquet", lambda aside: write_results(aside, found))
    receipt = Receipt(
        shard=shard.id, result=result, sha256=digest, articles=len(found), events=0, rejects=0, seconds=0.0
    )
    hand_in(job, receipt)


def _bare(article: Article) -> Reading:
    return Reading(article=article, events=(), title_events=(), quotes=(), forecasts=())


def _digest(where: Workspace, table: str) -> str:
    found = sha256()
    with reading_from(where) as connection:
        for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2"):  # noqa: S608 - our own names
            found.update(repr(row).encode())
    return found.hexdigest()


def _spent() -> float:
    """Seconds of processor time of this process and of all that it started and waited for."""
    return sum(_seconds())


def _seconds() -> Iterator[float]:
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        used = resource.getrusage(who)
        yield used.ru_utime + used.ru_stime


def _told(_: Progress) -> None:
    """Nobody waits."""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--news", type=Path, default=None)
    parser.add_argument("--size", type=int, default=1_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--steps-alone", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
