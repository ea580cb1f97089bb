"""How what an article costs grows with the store: saving, sealing, finding candidates, counting, searching.

    python -m bench.growth FOLDER [--sizes 1000 10000 100000 300000 1000000] [--into growth.csv]

One workspace in FOLDER is filled, and at each size is told what an article of the last tenth cost, and what questions
over all of it cost, in processor time of all threads. Articles are a thousand of `bench.big_store` again and again,
under new ids, days and sketches, with five events each, as the training news have. Each figure is appended to a file,
as a line `step,articles,value,unit`, as soon as it is known; `bench.growth_told` makes a table and a chart of them.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bench import big_store
from bench.linking import invented_sketch
from siaga.base.document import Reading
from siaga.base.ids import content_id
from siaga.base.lineage import Sketch
from siaga.link.pairing import MOST_CANDIDATES
from siaga.store.analysis import Selection, analysing, count_events
from siaga.store.candidates import StoredIndex
from siaga.store.connection import Connection
from siaga.store.database import now, transaction, writing_to
from siaga.store.save import save_within
from siaga.store.search import Asked, search
from siaga.store.segments import seal, unsealed
from siaga.store.workspace import Workspace, lay_out

SIZES = (1_000, 10_000, 100_000, 300_000, 1_000_000)
EVENTS = 5
MADE = 1_000
"""Readings that are invented; the others are these again."""
BATCH = 50
FIRST, DAYS = date(2015, 1, 1), 4_000
ROUNDS = 3
LAST = 10
"""The last tenth before a size is what is told."""
COMMON, RARE = "babababa AND kabababa", "kansetuba"


class Figure(NamedTuple):
    """What a step costs at a size."""

    step: str
    articles: int
    value: float
    unit: str


class Spent:
    """Processor time by step, of the articles since it was emptied."""

    def __init__(self) -> None:
        self.articles = 0
        self.seconds = dict.fromkeys(("saving", "candidates", "sealing"), 0.0)

    def on(self, step: str, work: Callable[[], object]) -> None:
        """Do a step, and add what it took."""
        began = time.process_time()
        work()
        self.seconds[step] += time.process_time() - began

    def told(self, size: int) -> Iterator[Figure]:
        """What an article took in each step."""
        for step, seconds in self.seconds.items():
            yield Figure(step, size, 1000 * seconds / self.articles, "ms an article")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--into", type=Path, default=Path("growth.csv"))
    args = parser.parse_args()
    workspace, done = lay_out(args.folder, {}), 0
    for size in args.sizes:
        with writing_to(workspace) as connection:
            _fill(workspace, connection, range(done, size - size // LAST))
            spent = _fill(workspace, connection, range(size - size // LAST, size))
            found = (*spent.told(size), *_questions(workspace, connection, size))
        _tell(args.into, found)
        done = size
    return 0


def _fill(workspace: Workspace, connection: Connection, numbers: Sequence[int]) -> Spent:
    """Save articles with these numbers, look for candidates of each, and seal as the store does."""
    spent, index = Spent(), StoredIndex(connection)
    for first in range(0, len(numbers), BATCH):
        made = [_reading(number) for number in numbers[first : first + BATCH]]
        sketches = [invented_sketch(number) for number in numbers[first : first + BATCH]]
        with transaction(connection):
            spent.on("saving", lambda made=made: save_within(connection, made, now()))  # type: ignore[misc]
            spent.on("candidates", lambda sketches=sketches: _ask_and_add(index, sketches))  # type: ignore[misc]
        if unsealed(connection) >= workspace.config.store.seal_after:
            spent.on("sealing", lambda: seal(workspace, connection, now()))
        spent.articles += len(made)
    return spent


def _ask_and_add(index: StoredIndex, sketches: Iterable[Sketch]) -> None:
    for one in sketches:
        index.candidates(one, most=MOST_CANDIDATES)
        index.add(one)


def _questions(workspace: Workspace, connection: Connection, size: int) -> Iterator[Figure]:
    with analysing(workspace, connection) as engine:
        pair = Selection(actors=("RUS",), recipients=("UKR",))
        yield Figure(
            "counting by country and week",
            size,
            _best(lambda: count_events(engine, ("country", "week"), Selection())),
            "s",
        )
        yield Figure("counting one pair", size, _best(lambda: count_events(engine, ("pair", "week"), pair)), "s")
    yield Figure("opening to count", size, _best(lambda: _opened(workspace, connection)), "s")
    yield Figure("searching common words", size, _best(lambda: list(search(connection, Asked(words=COMMON)))), "s")
    yield Figure("searching rare words", size, _best(lambda: list(search(connection, Asked(words=RARE)))), "s")
    yield Figure(
        "database",
        size,
        sum(one.stat().st_size for one in workspace.folder.glob("siaga.db*")) / size,
        "bytes an article",
    )
    segments = sum(one.stat().st_size for one in workspace.folder.rglob("*.parquet"))
    yield Figure("segments", size, segments / size, "bytes an article")


def _opened(workspace: Workspace, connection: Connection) -> None:
    with analysing(workspace, connection):
        return


def _reading(number: int) -> Reading:
    one, day = _made()[number % MADE], (FIRST + timedelta(number * 7919 % DAYS)).isoformat()
    events = tuple(
        event.replace(id=content_id("grown", number, place), earliest=day, latest=day)
        for place, event in enumerate(one.events[:EVENTS])
    )
    return one.replace(article=one.article.replace(id=f"{number:09}", published=day), events=events)


@cache
def _made() -> tuple[Reading, ...]:
    return tuple(map(big_store.reading, range(MADE)))


def _best(work: Callable[[], object]) -> float:
    took = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        took.append(time.process_time() - began)
    return min(took)


def _tell(into: Path, figures: Iterable[Figure]) -> None:
    with into.open("a", encoding="utf-8") as file:
        for one in figures:
            line = f"{one.step},{one.articles},{one.value:.6g},{one.unit}"
            print(line, flush=True)
            file.write(line + "\n")


if __name__ == "__main__":
    raise SystemExit(main())
