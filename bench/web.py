"""How long the server takes for each page of a large store, and how much memory it has by the end.

    python -m bench.web FOLDER [--rounds 60]

FOLDER is a workspace as `bench.big_store` makes it. `siaga serve` runs beside. Once its board has been reckoned, each
page is asked for with stories, articles, pairs, windows and words that differ from round to round; what a visitor waits
for is counted, and the server's time of processor, in steps of ten milliseconds. The first answer of each page, for
which much is reckoned that is kept, is told apart.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from typing import Final
from urllib.parse import quote, urlencode

import apsw

from bench.big_store import LAST
from siaga.store.connection import Connection
from siaga.store.workspace import find_workspace

BUDGET: Final = {"/board": 300.0}
MOST: Final = 150.0
"""Milliseconds, p95, where the budget names no other."""
MOST_MEGABYTES: Final = 1_000
SHARE: Final = 0.95
PAIRS: Final = """
SELECT DISTINCT group_concat(code, '-' ORDER BY code)
FROM event_party
WHERE event > (SELECT max(seq) - ? FROM event)
GROUP BY event
HAVING count(DISTINCT code) = 2
"""
LONGEST: Final = 3_600.0
"""Seconds that reckoning the board may take."""
WAIT: Final = 600.0
"""Seconds that one answer may take."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument(
        "--page",
        action="append",
        help="Only this one; may be given twice. All but the first steps by default, /board before them.",
    )
    args = parser.parse_args()
    every = _questions(args.folder, args.rounds)
    questions = {page: some for page, some in every.items() if not args.page or page in args.page}
    print(f"load of the machine {os.getloadavg()[0]:.1f}, cores {os.cpu_count()}")
    with _served(args.folder) as (port, process):
        memory = _Memory(process)
        if "/board" in questions:
            _reckoned(port, memory)
            print(f"memory while it was reckoned, of all processes: {memory.most:,} MB", flush=True)
            memory.most = 0
        found = [_ask(page, some, (port, memory)) for page, some in questions.items()]
    print(f"memory while pages were asked for: {memory.most:,} MB (at the most {MOST_MEGABYTES:,})")
    return 0 if all(found) and memory.most <= MOST_MEGABYTES else 1


def _reckoned(port: int, memory: _Memory) -> None:
    """Wait until the board has cards to show."""
    began = time.monotonic()
    while time.monotonic() - began < LONGEST:
        connection = HTTPConnection("127.0.0.1", port, timeout=WAIT)
        connection.request("GET", "/en/board.json")
        board = json.loads(connection.getresponse().read())["shown"]
        connection.close()
        if board["reckoned"]:
            cards = len(board["top"]) + sum(len(one["rows"]) for one in board["folded"])
            print(f"the board was reckoned in {time.monotonic() - began:.0f} s: {cards} cards", flush=True)
            return
        memory.look()
        time.sleep(2)
    raise SystemExit(f"the board was not reckoned within {LONGEST:.0f} s")


def _ask(page: str, questions: Sequence[str], server: tuple[int, _Memory]) -> bool:
    """Whether a page is answered in time, by the server's time of processor: other programs don't stretch that."""
    port, memory = server
    first, _ = _milliseconds(questions[0], port, memory.process)
    asked = [_milliseconds(one, port, memory.process) for one in questions]
    memory.look()
    waits, spent = (sorted(some) for some in zip(*asked, strict=True))
    most, at = BUDGET.get(page, MOST), int(SHARE * (len(waits) - 1))
    print(
        f"{page:12s} first {first:7,.0f} ms; waited: median {waits[len(waits) // 2]:5,.0f}, p95 {waits[at]:5,.0f}; of "
        f"processor: p95 {spent[at]:4,.0f} (at the most {most:.0f}){'' if spent[at] <= most else ' <- too long'}",
        flush=True,
    )
    return bool(spent[at] <= most)


def _milliseconds(address: str, port: int, process: int) -> tuple[float, float]:
    """How long an answer took, for who waits and of the server's processor."""
    connection = HTTPConnection("127.0.0.1", port, timeout=WAIT)
    began, busy = time.perf_counter(), _processor(process)
    connection.request("GET", address)
    answer = connection.getresponse()
    answer.read()
    waited, spent = time.perf_counter() - began, _processor(process) - busy
    connection.close()
    if answer.status != 200:  # noqa: PLR2004
        raise SystemExit(f"{address}: {answer.status}")
    return 1000 * waited, 1000 * spent


def _questions(folder: Path, rounds: int) -> dict[str, list[str]]:
    """Addresses by page, no two rounds alike where the page has something that varies."""
    dice = Random("web")  # noqa: S311 - dice
    connection = apsw.Connection(str(find_workspace(str(folder), {}, Path()).database), apsw.SQLITE_OPEN_READONLY)
    drawn = _Drawn(connection, dice, rounds)
    words = [
        word for (text,) in connection.execute("SELECT text FROM article LIMIT 40") for word in re.findall(r"\w+", text)
    ]
    windows = [(str(LAST.replace(month=1 + n % 10, day=1 + n % 27)), str(LAST)) for n in range(rounds)]
    return {
        "/board": ["/en/board", "/id/board"] * (rounds // 2),
        "/map": [f"/en/map?{urlencode({'from': since, 'until': until})}" for since, until in windows[: rounds // 4]]
        + [
            f"/en/map?{urlencode({'type': kind, 'country': code})}" for kind, code in drawn.facets(rounds - rounds // 4)
        ],
        "/stories": [f"/en/stories?{urlencode({'until': until, 'from': '2026-11-01'})}" for _, until in windows],
        "/story": [f"/en/story/{one}" for one in drawn.ids("story", "id")],
        "/article": [f"/en/article/{one}" for one in drawn.ids("article", "id")],
        "/country": [f"/en/country/{one}" for one in drawn.countries()],
        "/pair": [f"/en/pair/{one}" for one in drawn.pairs()],
        "/actor": [f"/en/actor/{one}" for one in drawn.countries()],
        "/claims": [f"/en/claims?page={1 + n}&state={('', 'open', 'resolved')[n % 3]}" for n in range(rounds)],
        "/claim": [f"/en/claim/{one}" for one in drawn.ids("claim", "id")],
        "/sources": [f"/en/sources?{urlencode({'as_of': LAST})}"] * rounds,
        "/search": [f"/en/search?q={quote(' '.join(dice.choices(words, k=1 + n % 2)))}" for n in range(rounds)],
        "/status": ["/en/status"] * rounds,
        "/about": ["/en/about"] * rounds,
    }


class _Drawn:
    """What is in the store, drawn by lot."""

    def __init__(self, connection: Connection, dice: Random, rounds: int) -> None:
        self.connection, self.dice, self.rounds = connection, dice, rounds

    def ids(self, table: str, column: str) -> list[str]:
        rows = self.connection.execute(f"SELECT {column} FROM {table} ORDER BY random() LIMIT {self.rounds}")  # noqa: S608
        return [str(one) for (one,) in rows]

    def pairs(self) -> list[str]:
        """Of the latest events."""
        rows = self.connection.execute(PAIRS, (20 * self.rounds,))
        return [str(one) for (one,) in rows][: self.rounds]

    def countries(self) -> list[str]:
        rows = self.connection.execute("SELECT DISTINCT country FROM event WHERE seq < 20000 AND country IS NOT NULL")
        return [str(one) for (one,) in rows][: self.rounds]

    def facets(self, count: int) -> list[tuple[str, str]]:
        rows = self.connection.execute(f"SELECT type, country FROM event WHERE country IS NOT NULL LIMIT {count}")  # noqa: S608
        return [(str(kind), str(code)) for kind, code in rows]


@contextmanager
def _served(folder: Path) -> Iterator[tuple[int, int]]:
    """`siaga serve` on a port of its own, with the number of its process."""
    command = [sys.executable, "-m", "siaga", "serve", "--port", "0", "-w", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None  # noqa: S101 - it is a pipe
        port = int(server.stdout.readline().rstrip("/\n").rpartition(":")[2])
        time.sleep(2)
        try:
            yield port, server.pid
        finally:
            server.terminate()


def _processor(process: int) -> float:
    """Seconds of processor that a process has spent."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class _Memory:
    """The most memory that a process and those it began had at any time that was looked at."""

    def __init__(self, process: int) -> None:
        self.process, self.most = process, 0

    def look(self) -> None:
        family = [self.process, *_children(self.process)]
        self.most = max(self.most, sum(map(_megabytes, family)))


def _children(process: int) -> list[int]:
    """Whatever thread of the process began them."""
    try:
        threads = list(Path(f"/proc/{process}/task").iterdir())
        found = [child for one in threads for child in (one / "children").read_text("utf-8").split()]
    except OSError:  # ended meanwhile
        return []
    return [one for child in map(int, found) for one in (child, *_children(child))]


def _megabytes(process: int) -> int:
    try:
        [now] = re.findall(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text("utf-8"))
    except (OSError, ValueError):  # ended meanwhile
        return 0
    return int(now) // 1000


if __name__ == "__main__":
    raise SystemExit(main())
