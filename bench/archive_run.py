"""A large archive through `siaga archive run`, by local processes and by Ray, a worker of each killed on the way.

    python -m bench.archive_run SHARED FOLDER [--articles 50000] [--whole] [--size 500] [--workers 2]
                                [--engine local] [--engine ray]

SHARED is the folder of the team's data; all is kept in FOLDER, so that a run that was broken off goes on and the second
engine can be run later. Articles are made of the training news: the first five to seven sentences of one (`--whole`:
all of them), one of them left out and two of another article's put between, under an id of its own. A worker is killed
(SIGKILL) once a tenth of the shards is done. Prints for each engine articles, events, processor time, wall time and
memory; then whether all result files of the engines are the same to the byte, and whether each article is there once.
Ends with 1 where that is not so.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from random import Random
from re import compile as pattern

import duckdb

from siaga.base.record import Record
from siaga.scale.job import Job, plan_of

SENTENCE = pattern(r"(?<=[.!?])\s+|\n")
LANGUAGES = ("en", "id")
SENTENCES = (5, 6, 7)
BORROWED = 2
LOOK = 0.5
"""Seconds between two looks at what runs."""
KILL_AT = 0.1
"""Share of the shards after which a worker is killed."""
NAMES: Mapping[str, str] = {"local": "siaga.scale.worker", "ray": "ray::_task"}
"""What stands in the command line of a process that reads."""
PAGE = os.sysconf("SC_PAGE_SIZE")


class Ran(Record):
    """What a run took."""

    engine: str
    wall: float
    killed: int
    """Process that was killed; 0 where none was, since all was read before."""
    memory: int
    """Bytes in memory of all processes together, at most."""


def main() -> int:
    args = _arguments()
    args.folder.mkdir(parents=True, exist_ok=True)
    pile = args.folder / f"{'whole' if args.whole else 'short'}-{args.articles}.jsonl.gz"
    if not pile.is_file():
        _write(pile, _training(args.shared), args.articles, whole=args.whole)
    engines = args.engine or list(NAMES)
    jobs = {engine: Job(folder=args.folder / f"job-{engine}") for engine in engines}
    for engine, job in jobs.items():
        job.lay_out(plan_of([str(pile)], args.size, "archive"))
        _tell(engine, job, _run(engine, job, args.workers))
    first = next(iter(jobs.values()))
    once = all(_each_once(job, args.articles) for job in jobs.values())
    same = all(_digests(job) == _digests(first) for job in jobs.values())
    print(f"each of {args.articles:,} articles once: {once}; results the same to the byte: {same}")
    return 0 if once and same else 1


def made(rows: Mapping[str, Sequence[Mapping[str, object]]], number: int, *, whole: bool) -> dict[str, object]:
    """The article with this number, the same each time."""
    dice = Random(f"article {number}")  # noqa: S311 - dice, not secrets
    language = LANGUAGES[number % len(LANGUAGES)]
    own = rows[language][number // len(LANGUAGES) % len(rows[language])]
    sentences, other = _sentences(own), _sentences(dice.choice(rows[language]))
    kept = sentences if whole else sentences[: dice.choice(SENTENCES)]
    kept.pop(dice.randrange(len(kept)))
    for sentence in dice.sample(other, min(BORROWED, len(other))):
        kept.insert(dice.randint(0, len(kept)), sentence)
    given = {name: own[name] for name in ("title", "date", "source", "lang") if own[name]}
    return {"id": f"{own['id']}-{number:08}", **given, "text": "\n".join(kept)}


def _sentences(row: Mapping[str, object]) -> list[str]:
    return [one for one in SENTENCE.split(str(row["text"])) if one] or [str(row["title"])]


def _training(shared: Path) -> dict[str, list[dict[str, object]]]:
    return {language: list(_lines(shared / f"data/news/{language}_train.jsonl.gz")) for language in LANGUAGES}


def _lines(path: Path) -> Iterator[dict[str, object]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _write(pile: Path, rows: Mapping[str, Sequence[Mapping[str, object]]], articles: int, *, whole: bool) -> None:
    aside = pile.with_suffix(".unfinished")
    with gzip.open(aside, "wt", encoding="utf-8", compresslevel=3) as file:
        for number in range(articles):
            file.write(json.dumps(made(rows, number, whole=whole), ensure_ascii=False) + "\n")
    aside.replace(pile)


def _run(engine: str, job: Job, workers: int) -> Ran:
    """Run what is left of a job, and kill a worker on the way."""
    command = [sys.executable, "-m", "siaga", "archive", "run", str(job.folder), "--engine", engine]
    shards, begun, killed, memory = len(job.plan().shards), time.monotonic(), 0, 0
    with subprocess.Popen([*command, "--workers", str(workers)]) as process:
        while process.poll() is None:
            time.sleep(LOOK)
            family = tuple(_descendants(process.pid))
            memory = max(memory, sum(map(_resident, family)))
            if not killed and KILL_AT * shards < _done(job) < shards:
                killed = _kill_one(family, NAMES[engine])
    if process.returncode:
        raise SystemExit(process.returncode)
    return Ran(engine=engine, wall=round(time.monotonic() - begun, 1), killed=killed, memory=memory)


def _kill_one(family: Sequence[int], name: str) -> int:
    """The process of these that reads and was killed; 0 where none reads just now."""
    for pid in family:
        with suppress(OSError):
            if name.encode() in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(pid, signal.SIGKILL)
                return pid
    return 0


def _descendants(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text("ascii").split():
                yield from _descendants(int(child))


def _resident(pid: int) -> int:
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * PAGE
    return 0


def _done(job: Job) -> int:
    return sum(1 for _ in (job.folder / "receipts").glob("[!.]*"))


def _tell(engine: str, job: Job, ran: Ran) -> None:
    receipts = [found for shard in job.plan().shards if (found := job.receipt(shard.id))]
    articles, spent = sum(one.articles for one in receipts), sum(one.seconds for one in receipts)
    deaths = sum(1 for _ in (job.folder / "deaths").iterdir())
    print(
        f"{engine}: {articles:,} articles, {sum(one.events for one in receipts):,} events, "
        f"{sum(one.rejects for one in receipts)} rejects in {len(receipts)} shards; {spent:,.0f} s of processor time "
        f"in shards, {1000 * spent / max(articles, 1):.1f} ms an article; {ran.wall:,.0f} s, "
        f"{articles / ran.wall:.1f} articles/s; killed: process {ran.killed}, shards begun again: {deaths}; "
        f"{ran.memory / 1e6:,.0f} MB at most",
        flush=True,
    )


def _each_once(job: Job, articles: int) -> bool:
    """Whether what was read has each article once, and nothing else."""
    files = [str(path) for path in job.results.glob("[!.]*.parquet")]
    with duckdb.connect(":memory:") as engine:
        counted = Counter(str(id_) for (id_,) in islice(engine.read_parquet(files).project("id").fetchall(), None))
    return len(counted) == articles and set(counted.values()) == {1}


def _digests(job: Job) -> dict[str, str]:
    return {shard.id: found.sha256 for shard in job.plan().shards if (found := job.receipt(shard.id))}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=50_000)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--size", type=int, default=500)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--engine", action="append", choices=tuple(NAMES), default=None)
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
