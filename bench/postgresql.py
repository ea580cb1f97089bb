"""The store on a server beside the store in a file: the same articles saved and asked for, in turns, in one run.

    python -m bench.postgresql [--articles 4000]

A server of PostgreSQL is started for it in a temporary folder on the disk of this machine, with Debian's settings.
Readings are those of `bench.invented`: twelve events and 1,500 characters an article. What is told is processor time,
of this program and, behind the plus, of the server: on a machine that others use, time by the clock says little.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.invented import reading
from siaga.base.document import Reading
from siaga.store.analysis import Selection, analysing, count_events
from siaga.store.connection import Connection
from siaga.store.database import now, reading_from, writing_to
from siaga.store.find import Finding, find
from siaga.store.load import load_reading
from siaga.store.save import save
from siaga.store.search import Asked, search
from siaga.store.workspace import Workspace, lay_out
from tests.server import Server, served

BATCH, SINGLE, ROUNDS = 50, 200, 20
Question = Callable[[Workspace, Connection], object]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=4_000)
    articles = parser.parse_args().articles
    with served(durable=True) as server, tempfile.TemporaryDirectory() as folder:
        stores = (
            lay_out(Path(folder) / "file", {}),
            lay_out(Path(folder) / "team", {"SIAGA_STORE_URL": server.database()}),
        )
        print(f"{'processor time, ms':42s} {'SQLite':>8s}   PostgreSQL")
        batches = [list(map(reading, range(at, at + BATCH))) for at in range(0, articles, BATCH)]
        singles = [[reading(-number)] for number in range(1, SINGLE + 1)]
        for name, parts in ((f"an article saved, in batches of {BATCH}", batches), ("one by one", singles)):
            _tell(server, name, sum(map(len, parts)), [lambda s=store, p=parts: _saved(s, p) for store in stores])  # type: ignore[misc]
        for name, question in QUESTIONS:
            _tell(server, name, ROUNDS, [lambda s=store, q=question: _asked(s, q) for store in stores])  # type: ignore[misc]
    return 0


def _saved(store: Workspace, parts: list[list[Reading]]) -> None:
    with writing_to(store) as connection:
        for part in parts:
            save(connection, part, now())


def _asked(store: Workspace, question: Question) -> None:
    """Ask in a connection of its own each time, as each page does."""
    for _ in range(ROUNDS):
        with reading_from(store) as connection:
            question(store, connection)


def _counted(store: Workspace, connection: Connection) -> None:
    with analysing(store, connection) as engine:
        count_events(engine, ("country", "week"), Selection())


QUESTIONS: tuple[tuple[str, Question], ...] = (
    ("opened to read", lambda _, __: None),
    ("an article with its events", lambda _, connection: load_reading(connection, reading(7).article.id)),
    ("search for two words", lambda _, connection: list(search(connection, Asked(words="laut AND minister")))),
    ("a page of search with its facets", lambda _, connection: find(connection, Finding(typed="laut"))),
    ("unsealed events counted by country and week", _counted),
)


def _tell(server: Server, what: str, times: int, runs: list[Callable[[], None]]) -> None:
    figures = []
    for run in runs:
        own, other = time.process_time(), server.processor_seconds()
        run()
        spent = time.process_time() - own, server.processor_seconds() - other
        figures.append(tuple(1000 * seconds / times for seconds in spent))
    (file, _), (program, behind) = figures
    print(f"{what:42s} {file:8.2f}   {program:.2f} + {behind:.2f}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
