"""The store on a server beside the store in a file: the same articles saved and asked for, in turns, in one run.

    python -m bench.postgresql [--articles 4000] [--durable]

A server of PostgreSQL is started for it in a temporary folder on this machine, with Debian's settings but for
`listen_addresses`; --durable puts both stores on the disk of the current folder, and off the memory that tests use.
Readings are those of `bench.invented`: twelve events and 1,500 characters an article. Figures of both stand in one
line, and their ratio: a machine that is busy slows both.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.invented import reading
from siaga.store.analysis import Selection, analysing, count_events
from siaga.store.connection import Connection
from siaga.store.database import now, reading_from, writing_to
from siaga.store.find import Finding, find
from siaga.store.load import load_reading
from siaga.store.save import save
from siaga.store.search import Asked, search
from siaga.store.workspace import Workspace, lay_out
from tests.server import served

EVENTS_EACH = 12
BATCH, SINGLE = 50, 100
ROUNDS = 3
TURNS = 4
"""Parts in which articles are saved, on one store after the other."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=4_000)
    parser.add_argument("--durable", action="store_true", help="on the disk, with every transaction synced")
    args = parser.parse_args()
    with served(durable=args.durable) as server, tempfile.TemporaryDirectory() as folder:
        stores = (
            lay_out(Path(folder) / "file", {}),
            lay_out(Path(folder) / "team", {"SIAGA_STORE_URL": server.database()}),
        )
        _bench_saving(stores, args.articles)
        _bench_asking(stores)
    return 0


def _bench_saving(stores: tuple[Workspace, ...], articles: int) -> None:
    spent = [0.0] * len(stores)
    for turn in range(TURNS):
        part = range(turn * articles // TURNS, (turn + 1) * articles // TURNS)
        readings = [reading(number) for number in part]
        for number, store in enumerate(stores):
            with writing_to(store) as connection:
                batches = [readings[at : at + BATCH] for at in range(0, len(readings), BATCH)]
                spent[number] += _seconds(lambda c=connection, b=batches: [save(c, one, now()) for one in b])  # type: ignore[misc]
    _tell(f"saved in batches of {BATCH}, articles/s", [articles / one for one in spent])
    _tell("saved one by one, articles/s", [SINGLE / _singly(store) for store in stores])


def _singly(store: Workspace) -> float:
    with writing_to(store) as connection:
        return _seconds(lambda: [save(connection, [reading(-number)], now()) for number in range(1, SINGLE + 1)])


def _bench_asking(stores: tuple[Workspace, ...]) -> None:
    _tell("opened to read, ms", [1000 * _best(lambda s=store: _opened(s)) for store in stores])  # type: ignore[misc]
    questions: tuple[tuple[str, Callable[[Workspace, Connection], object]], ...] = (
        ("an article with its events, ms", lambda _, c: load_reading(c, reading(7).article.id)),
        ("search two words, ms", lambda _, c: list(search(c, Asked(words="laut AND minister")))),
        ("a page of search with facets, ms", lambda _, c: find(c, Finding(typed="laut"))),
        ("unsealed events counted, ms", _counted),
    )
    for name, question in questions:
        _tell(name, [1000 * _asked(store, question) for store in stores])


def _asked(store: Workspace, question: Callable[[Workspace, Connection], object]) -> float:
    with reading_from(store) as connection:
        return _best(lambda: question(store, connection))


def _counted(store: Workspace, connection: Connection) -> None:
    with analysing(store, connection) as engine:
        count_events(engine, ("country", "week"), Selection())


def _opened(store: Workspace) -> None:
    with reading_from(store):
        pass


def _best(work: Callable[[], object]) -> float:
    return min(_seconds(work) for _ in range(ROUNDS))


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _tell(what: str, figures: list[float]) -> None:
    file, server = figures
    print(f"{what:40s} {file:10.1f} {server:10.1f}   x {server / file:.2f}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
