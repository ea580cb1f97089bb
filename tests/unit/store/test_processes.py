"""Processes that are killed, and processes that read while one writes."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.invented import reading
from siaga.store.analysis import Selection, analysing, count_events
from siaga.store.database import reading_from
from siaga.store.segments import check
from siaga.store.workspace import Workspace
from tests.unit.store.shelves import counts, workspace

ARTICLES, EVENTS_EACH = 5000, 3
KILLS = 20
INGEST = """
import sys
from pathlib import Path
from siaga.base.document import Reading
from siaga.store.intake import taking_in
from siaga.store.workspace import find_workspace
where, readings = find_workspace(sys.argv[1], {"SIAGA_STORE_SEAL_AFTER": "500", "SIAGA_STORE_WAIT": "5"}, Path()), {}
for line in open(sys.argv[2], "rb"):
    reading = Reading.from_json(line)
    readings[reading.article.id] = reading
print("begun", flush=True)
with taking_in(where) as intake:
    new = intake.unsaved((one.article for one in readings.values()), lambda language: "siaga 0.1.0 id-1")
    for number, _ in enumerate(intake.saving(readings[article.id] for article in new)):
        if number % 10 == 0:
            print("ten more", flush=True)
"""
COUNT = """
import sys, time
from pathlib import Path
from siaga.store.analysis import Selection, analysing, count_events
from siaga.store.database import reading_from
from siaga.store.search import Asked, search
from siaga.store.workspace import Workspace
where, until, last, rounds = Workspace(folder=Path(sys.argv[1])), float(sys.argv[2]), 0, 0
while last < int(sys.argv[3]) and time.time() < until:
    with reading_from(where) as connection:
        list(search(connection, Asked(words="laut")))
        with analysing(where, connection) as engine:
            events = sum(one.events for one in count_events(engine, ["country", "week"], Selection()))
    assert events >= last and events % 3 == 0, (events, last)
    last, rounds = events, rounds + 1
print(rounds, last)
"""


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The readings of 5,000 articles."""
    file = tmp_path_factory.mktemp("news") / "readings.jsonl"
    file.write_bytes(b"\n".join(reading(number, events=EVENTS_EACH).to_json() for number in range(ARTICLES)))
    return file


def begun(where: Workspace, news: Path) -> subprocess.Popen[bytes]:
    """An ingest that is about to save its first article."""
    process = subprocess.Popen([sys.executable, "-c", INGEST, str(where.folder), str(news)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"begun\n"
    return process


def progress(process: subprocess.Popen[bytes], tens: int) -> None:
    """Wait until so many tens of articles were taken in."""
    assert process.stdout is not None
    for _ in range(tens):
        process.stdout.readline()


def events_counted(where: Workspace) -> int:
    with reading_from(where) as connection, analysing(where, connection) as engine:
        assert check(where, connection) == ()
        return sum(one.events for one in count_events(engine, ["country", "week"], Selection()))


# Each run is killed after a random number of articles, too few to be done before, and up to 20 ms more: in a batch, a
# commit or a seal.
def test_killed_at_any_moment_the_rest_goes_on_and_nothing_is_there_twice(news: Path, tmp_path: Path) -> None:
    where, dice, killed = workspace(tmp_path), random.Random(20220224), 0
    while killed < KILLS:
        with begun(where, news) as process:
            progress(process, tens=dice.randrange(12))
            time.sleep(dice.uniform(0, 0.02))
            process.kill()
            assert process.wait() == -signal.SIGKILL
        killed += 1
    assert counts(where)["article"] < ARTICLES
    with begun(where, news) as process:
        process.communicate()
        assert process.returncode == 0
    found = counts(where)
    assert (found["article"], found["reading"], found["quote"], found["forecast"]) == (ARTICLES,) * 4
    assert found["event"] == ARTICLES * EVENTS_EACH
    assert found["reject"] == 0
    assert events_counted(where) == ARTICLES * EVENTS_EACH


def test_two_readers_see_a_growing_store_while_one_writes(news: Path, tmp_path: Path) -> None:
    where = workspace(tmp_path)
    few = tmp_path / "few.jsonl"
    few.write_bytes(b"\n".join(news.read_bytes().split(b"\n")[:2000]))
    with begun(where, few) as writer:
        progress(writer, tens=6)
        command = [sys.executable, "-c", COUNT, str(where.folder), str(time.time() + 20), str(2000 * EVENTS_EACH)]
        readers = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
        told = [reader.communicate() for reader in readers]
        writer.communicate()
        assert writer.returncode == 0
    for output, errors in told:
        assert errors == b""
        rounds, last = map(int, output.split())
        assert last == 2000 * EVENTS_EACH
        assert rounds > 1
