"""The store: articles saved a second, and events counted over a million of them, in one run on one core.

    python -m bench.store [--events 1000000] [--folder FOLDER]

The workspace is made new in a temporary folder (or in FOLDER, where it stays) and holds readings invented by
`bench.invented`: twelve events and 1,500 characters an article. "Cold" is a new process that counts and prints, as
`siaga events` does; "opened" is a new engine in a process that runs already; "warm" is one more count in an engine.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from bench.invented import reading
from siaga.base.document import Reading
from siaga.store.analysis import Key, Selection, analysing, count_events, list_events
from siaga.store.database import now, reading_from, writing_to
from siaga.store.save import save
from siaga.store.search import Asked, search
from siaga.store.segments import manifest, rebuild, seal, unsealed
from siaga.store.workspace import Workspace, lay_out

EVENTS_EACH = 12
BATCH = 50
SINGLE = 300
"""Articles saved one by one."""
ROUNDS = 3
QUESTIONS: tuple[tuple[str, tuple[Key, ...], Selection], ...] = (
    ("country, week", ("country", "week"), Selection()),
    ("pair, week", ("pair", "week"), Selection()),
    ("one pair, week", ("pair", "week"), Selection(actors=("RUS",), recipients=("UKR",))),
    ("type, month", ("type", "month"), Selection()),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        workspace = lay_out(args.folder or Path(temporary) / "workspace", {})
        _bench_saving(workspace, args.events // EVENTS_EACH)
        _bench_reading(workspace, "as it grew")
        with writing_to(workspace) as connection:
            _tell("make all segments again", _seconds(lambda: rebuild(workspace, connection, now())), "s")
        _bench_reading(workspace, "made again")
    return 0


def _bench_saving(workspace: Workspace, articles: int) -> None:
    with writing_to(workspace) as connection:
        singles = [reading(-number) for number in range(1, SINGLE + 1)]
        seconds = _seconds(lambda: [save(connection, [one], now()) for one in singles])
        _tell("saved one by one", SINGLE / seconds, "articles/s")
        spent, busy = 0.0, time.process_time()
        for batch in _batches(map(reading, range(articles))):
            spent += _seconds(lambda batch=batch: save(connection, batch, now()))  # type: ignore[misc]
            if unsealed(connection) >= workspace.config.store.seal_after:
                seal(workspace, connection, now())
        _tell(f"saved in batches of {BATCH}", articles / spent, "articles/s")
        _tell("with invention and sealing", articles / (time.process_time() - busy), "articles a second of processor")


def _bench_reading(workspace: Workspace, what: str) -> None:
    command = [sys.executable, "-m", "siaga", "events", "--by", "country,week", "--workspace", str(workspace.folder)]
    with reading_from(workspace) as connection:
        segments = manifest(connection)
        size = workspace.database.stat().st_size / 1e6
        _tell(
            f"segments {what}",
            len(segments),
            f"of {sum(one.bytes for one in segments) / 1e6:.0f} MB; siaga.db {size:.0f}",
        )
        _tell("  country, week, cold", _best(lambda: subprocess.run(command, check=True, capture_output=True)), "s")
        _tell("  country, week, opened", _best(lambda: _opened(workspace)), "s")
        with analysing(workspace, connection) as engine:
            for name, keys, chosen in QUESTIONS:
                seconds = _best(lambda keys=keys, chosen=chosen: count_events(engine, keys, chosen))  # type: ignore[misc]
                _tell(f"  {name}, warm", seconds, "s")
            _tell("  newest 50, warm", _best(lambda: list_events(engine, Selection(), 50)), "s")
        _tell("  search two words", _best(lambda: list(search(connection, Asked(words="laut AND minister")))), "s")


def _opened(workspace: Workspace) -> None:
    with reading_from(workspace) as connection, analysing(workspace, connection) as engine:
        count_events(engine, ("country", "week"), Selection())


def _batches(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    rest = iter(readings)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _best(work: Callable[[], object]) -> float:
    return min(_seconds(work) for _ in range(ROUNDS))


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _tell(what: str, figure: float, unit: str) -> None:
    print(f"{what:32s} {figure:10.3f} {unit}" if figure < 10 else f"{what:32s} {figure:10,.0f} {unit}", flush=True)  # noqa: PLR2004


if __name__ == "__main__":
    raise SystemExit(main())
