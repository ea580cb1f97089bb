"""One process writes to records at a server, wherever it runs; another takes over when it dies."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench.invented import reading
from siaga.base.errors import BusyError, NotSavedError
from siaga.store.database import noting_in, reading_from, transaction, writing_to
from siaga.store.save import save
from siaga.store.sql import query
from siaga.store.workspace import Workspace, lay_out
from tests.server import Server
from tests.unit.store.shelves import MOMENT, put

ARTICLES, KILLS = 60, 6
WRITER = """
import sys
from pathlib import Path
from bench.invented import reading
from siaga.store.database import writing_to
from siaga.store.save import save
from siaga.store.workspace import find_workspace
where = find_workspace(sys.argv[1], {"SIAGA_STORE_URL": sys.argv[2], "SIAGA_STORE_WAIT": "60"}, Path())
print("asks", flush=True)
with writing_to(where) as connection:
    print("writes", flush=True)
    for number in range(int(sys.argv[4])):
        save(connection, [reading(number)], "2022-02-24T04:00:00Z")
        print(number, flush=True)
    sys.stdin.read() if sys.argv[3] == "stays" else None
"""


@pytest.fixture
def where(server: Server, tmp_path: Path) -> Iterator[Workspace]:
    before = len(server.taken)
    made = lay_out(tmp_path, {"SIAGA_STORE_URL": server.database(), "SIAGA_STORE_WAIT": "0.2"})
    with writing_to(made):
        pass
    yield made
    server.give_back(before)


@contextmanager
def writer(where: Workspace, articles: int, *, stays: bool = True) -> Iterator[subprocess.Popen[str]]:
    """Another process that writes so many articles, and goes on to be the writer if it stays."""
    command = [
        sys.executable,
        "-c",
        WRITER,
        str(where.folder),
        where.config.store.url,
        "stays" if stays else "",
        str(articles),
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def hears(process: subprocess.Popen[str], word: str) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == f"{word}\n"


def test_a_second_writer_is_told_who_writes_while_others_read_and_note(where: Workspace) -> None:
    with writer(where, 1) as process:
        hears(process, "asks")
        hears(process, "writes")
        hears(process, "0")
        with pytest.raises(BusyError, match=rf"siaga .*:{process.pid} is writing"), writing_to(where):
            pass
        with reading_from(where) as reader:
            assert reader.execute("SELECT count(*) FROM article").get == 1
        with noting_in(where) as other, transaction(other):
            other.execute(query("add_forgotten"), ("address", "beside", MOMENT))


def test_a_writer_that_waits_takes_over_from_one_that_is_killed(where: Workspace) -> None:
    with writer(where, 1) as first:
        for word in ("asks", "writes", "0"):
            hears(first, word)
        with writer(where, 2) as second:
            hears(second, "asks")
            first.send_signal(signal.SIGKILL)
            for word in ("writes", "0", "1"):
                hears(second, word)
    with reading_from(where) as reader:
        assert reader.execute("SELECT count(*) FROM article").get == 2


def test_killed_at_any_moment_what_was_told_is_saved_once_and_nothing_by_halves(where: Workspace) -> None:
    for kill in range(KILLS):
        with writer(where, ARTICLES, stays=False) as process:
            hears(process, "asks")
            hears(process, "writes")
            for number in range(kill * ARTICLES // KILLS + 1):
                hears(process, str(number))
            process.send_signal(signal.SIGKILL)
    put(
        where.replace(config=where.config.replace(store=where.config.store.replace(wait=30.0))),
        map(reading, range(ARTICLES)),
    )
    with reading_from(where) as reader:
        assert reader.execute("SELECT count(*), count(DISTINCT id), max(seq) >= count(*) FROM event").get == (
            sum(len(reading(number).events) for number in range(ARTICLES)),
            sum(len(reading(number).events) for number in range(ARTICLES)),
            True,
        )
        assert (
            reader.execute(
                "SELECT count(*) FROM article LEFT JOIN reading ON article = article.seq WHERE article IS NULL"
            ).get
            == 0
        )
        total = reader.execute("SELECT articles, tokens FROM article_words_total").get
        assert total == reader.execute("SELECT count(*), sum(tokens) FROM article").get


def test_who_lost_the_session_saves_nothing_any_more(where: Workspace, server: Server) -> None:
    with pytest.raises(NotSavedError, match="saved before is whole"), writing_to(where) as connection:  # noqa: PT012
        save(connection, [reading(0)], MOMENT)
        server.end_sessions()
        save(connection, [reading(1)], MOMENT)
    with reading_from(where) as reader:
        assert reader.execute("SELECT count(*) FROM article").get == 1
