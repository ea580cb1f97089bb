"""A workspace under load and faults for a while: is anything lost or there twice, and does memory grow?

    python -m bench.soak [--minutes 30] [--into build/soak]

On this machine run two hosts: one with a feed that grows by an article every three seconds, one with a feed of five
thousand entries that delivers the same articles under ever new addresses; one answer in ten fails. `siaga watch`
reads them, with a daily step every six minutes, and `siaga serve` answers a visitor and Prometheus. Both are killed
(SIGKILL) at random moments and begun again; backups are taken meanwhile, and laid out. In the end the web is well,
`siaga collect` and `siaga daily` finish what is left, and all is counted. Written are report.json, memory.svg and logs.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

import msgspec

from siaga.base.source import Source
from siaga.collect.sources import source_text
from siaga.report.svg import drawing, label, line, path
from siaga.store.backup import restore
from siaga.store.database import now, reading_from
from siaga.store.segments import check
from siaga.store.workspace import Workspace, find_workspace
from tests.unit.collect.webserver import Given, Site, article_page, rss, served, workspace_settings

PERIOD: Final = 3.0
"""Seconds between two articles."""
SHOWN: Final = 200
"""Articles in the feed."""
FLOOD: Final = 5_000
FAILS: Final = 0.1
"""Share of answers that fail."""
KILL_WATCH: Final = (60.0, 240.0)
KILL_SERVE: Final = (120.0, 400.0)
"""Seconds between two kills, from and to."""
SAMPLE: Final = 5.0
VISIT: Final = 2.0
BACKUP: Final = 300.0
SETTINGS: Final = "[daily]\nevery = 0.1\n[store]\nseal_after = 500\nbatch = 10\n"
PAGES: Final = ("/en/board", "/id/board", "/en/stories", "/en/sources", "/en/search?q=Riga", "/en/map", "/metrics",
                "/api/v1/events?limit=20")  # fmt: skip
PLACE: Final = re.compile(rb"http://127\.0\.0\.1:(\d+)/")
COLOURS: Final = {"watch": "#1f6f8b", "serve": "#b5563c"}


class Sample(NamedTuple):
    """The memory of a process at a moment."""

    second: float
    name: str
    megabytes: float


class Web(Site):
    """The small web, with what goes wrong in it."""

    def __init__(self, dice: Random) -> None:
        super().__init__()
        self.dice, self.begun, self.base = dice, time.monotonic(), ""
        self.elsewhere = ""
        """Where the feed lies that floods: another host, so that it takes nothing from the first one's turn."""
        self.failed = 0
        self.last: int | None = None
        """Number of articles when the web became well again, and grew no more."""

    @property
    def newest(self) -> int:
        """How many articles there are by now."""
        return self.last or 1 + int((time.monotonic() - self.begun) / PERIOD)

    def answer(self, path: str) -> Given:
        if self.last is None and path != "/robots.txt" and self.dice.random() < FAILS:
            self.failed += 1
            kind = self.dice.randrange(3)
            return (Given(b"", 503), Given(b"", 500), Given(b"x" * 5000, cut=200))[kind]
        if path == "/feed":
            return Given(rss(self.base, range(max(0, self.newest - SHOWN), self.newest)))
        if path == "/flood":
            return Given(flood(self.elsewhere, self.dice))
        if found := re.search(r"nomor-(\d+)", path):
            number = int(found[1])
            head = f"<link rel='canonical' href='{self.base}/berita/artikel-nomor-{number}'>"
            return Given(article_page(number, head=head))
        return super().answer(path)


def flood(base: str, dice: Random) -> bytes:
    """A feed of the same few articles, under addresses that were never there before."""
    items = "".join(
        f"<item><link>{base}/berita/artikel-nomor-{number % 5}?x={dice.random()}</link></item>"
        for number in range(FLOOD)
    )
    return f"<rss><channel>{items}</channel></rss>".encode()


class Service:
    """A command that runs until it is killed, and is begun again."""

    def __init__(self, name: str, words: Sequence[str], folder: Path) -> None:
        self.name, self.words, self.kills, self.ended = name, words, 0, list[int]()
        self.log = (folder / f"{name}.log").open("ab")
        self.out = folder / f"{name}.out"
        self.process = self._begun()

    def _begun(self) -> subprocess.Popen[bytes]:
        with self.out.open("wb") as out:
            return subprocess.Popen([sys.executable, "-m", "siaga", *self.words], stdout=out, stderr=self.log)

    def tend(self) -> None:
        """Begin it again where it ended by itself, which it should not."""
        if (code := self.process.poll()) is not None:
            self.ended.append(code)
            self.process = self._begun()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.kills += 1
        self.process = self._begun()

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    def megabytes(self) -> float:
        """Resident memory of it and of the processes it began."""
        return sum(map(_megabytes, (self.process.pid, *_children(self.process.pid))))


def _megabytes(pid: int) -> float:
    with suppress(OSError, IndexError):
        return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * 4096 / 1e6
    return 0.0


def _children(pid: int) -> tuple[int, ...]:
    with suppress(OSError):
        return tuple(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()))
    return ()


class Visitor:
    """Somebody who asks for one page after the other."""

    def __init__(self, service: Service) -> None:
        self.service, self.answers, self.slowest = service, dict[str, int](), 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._visit, daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._stop.set()
        self._thread.join(60)

    def _visit(self) -> None:
        number = 0
        while not self._stop.wait(VISIT):
            if (port := PLACE.search(self.service.out.read_bytes())) is None:
                continue
            status = self._asked(int(port[1]), PAGES[number % len(PAGES)])
            self.answers[status] = self.answers.get(status, 0) + 1
            number += 1

    def _asked(self, port: int, page: str) -> str:
        begun = time.monotonic()
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", page)
            answer = connection.getresponse()
            answer.read()
        except (OSError, HTTPException):
            return "none"  # it was just killed
        self.slowest = max(self.slowest, time.monotonic() - begun)
        return str(answer.status)


@contextmanager
def workspace(folder: Path, web: Web) -> Iterator[Workspace]:
    with served(web, "127.0.0.2") as web.elsewhere, served(web) as web.base:
        _siaga("init", str(folder))
        ports = (int(one.rpartition(":")[2]) for one in (web.base, web.elsewhere))
        workspace_settings(folder, tuple(ports))
        text = (folder / "siaga.toml").read_text("utf-8").replace("# every = 15.0 ", "every = 0.5 ")
        text = text.replace("[daily]", "").replace("[store]", "")
        text = re.sub(r"(?m)^# (every = 24|seal_after|batch|wait).*$", "", text) + SETTINGS
        (folder / "siaga.toml").write_text(text, "utf-8")
        (folder / "sources").mkdir()
        for name, feed in (("uji", f"{web.base}/feed"), ("banjir", f"{web.elsewhere}/flood")):
            source = Source(id=name, name=name.title(), feeds=(feed,))
            (folder / f"sources/{name}.toml").write_text(source_text(source), "utf-8")
        _siaga("alerts", "add", "desk", "Tell atom:desk when articles say Perundingan", "-w", str(folder))
        yield find_workspace(str(folder), {}, Path())


def _siaga(*words: str) -> str:
    done = subprocess.run([sys.executable, "-m", "siaga", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"siaga {' '.join(words)}: exit code {done.returncode}\n{done.stderr}")
    return done.stdout


def soak(minutes: float, into: Path) -> dict[str, object]:
    """Run it for so many minutes; what came of it."""
    dice = Random(20211130)  # noqa: S311 - dice, not secrets
    web, samples, backups = Web(dice), list[Sample](), list[str]()
    with workspace(into / "work", web) as where:
        watch = Service("watch", ("watch", "--quiet", "--log", "json", "-w", str(where.folder)), into)
        serve = Service("serve", ("serve", "--port", "0", "--log", "json", "-w", str(where.folder)), into)
        visitor = Visitor(serve)
        try:
            _let_run(minutes * 60, (watch, serve), (where, into), (dice, samples, backups))
        finally:
            visitor.end()
            ended = {"watch": watch.end(), "serve": serve.end()}
        web.last = web.newest
        _finish(where)
        report = _counted(where, into, web.last) | {
            "minutes": minutes, "kills": {"watch": watch.kills, "serve": serve.kills}, "exit_codes": ended,
            "ended_by_themselves": {"watch": watch.ended, "serve": serve.ended}, "visits": visitor.answers,
            "slowest_visit_seconds": round(visitor.slowest, 2), "answers_that_failed": web.failed, "backups": backups,
            "megabytes": {name: _grown(samples, name) for name in COLOURS},
        }  # fmt: skip
    (into / "memory.svg").write_text(plot(samples, minutes), "utf-8")
    (into / "report.json").write_text(json.dumps(report, indent=1), "utf-8")
    return report


def _let_run(
    seconds: float, services: tuple[Service, Service], places: tuple[Workspace, Path],
    kept: tuple[Random, list[Sample], list[str]],
) -> None:  # fmt: skip
    (dice, samples, backups), begun = kept, time.monotonic()
    kills = {"watch": dice.uniform(*KILL_WATCH), "serve": dice.uniform(*KILL_SERVE)}
    while (at := time.monotonic() - begun) < seconds:
        time.sleep(SAMPLE)
        for service in services:
            service.tend()
            samples.append(Sample(at, service.name, service.megabytes()))
            if at > kills[service.name]:
                service.kill()
                kills[service.name] = at + dice.uniform(*(KILL_WATCH if service.name == "watch" else KILL_SERVE))
        if at > BACKUP * (1 + len(backups)):
            backups.append(_backed_up(*places, len(backups)))


def _backed_up(where: Workspace, into: Path, number: int) -> str:
    """Take a backup and lay it out; what is wrong with it, or `whole`."""
    file, folder = into / f"{number}.tar.gz", into / f"restored-{number}"
    _siaga("backup", str(file), "-w", str(where.folder))
    restore(file, folder, now(), replace=False)
    faults = _faults(Workspace(folder=folder))
    shutil.rmtree(folder)
    file.unlink()
    return "; ".join(faults) or "whole"


def _finish(where: Workspace) -> None:
    """Everything is due, and is done."""
    for _ in range(3):
        with subprocess.Popen([sys.executable, "-c", DUE, str(where.database)]) as due:
            due.wait()
        _siaga("collect", "--quiet", "-w", str(where.folder))
    _siaga("daily", "-w", str(where.folder))


DUE: Final = """
import sys, apsw
connection = apsw.Connection(sys.argv[1])
connection.set_busy_timeout(10_000)
connection.execute("UPDATE page SET due = '2020-01-01T00:00:00Z' WHERE state = 'waiting'")
"""


def _counted(where: Workspace, into: Path, last: int) -> dict[str, object]:
    with reading_from(where) as connection:
        rows = connection.execute("SELECT id, title FROM article").fetchall()
        messages = dict(connection.execute("SELECT state, count(*) FROM outbox GROUP BY state"))
        steps = connection.execute("SELECT count(*), sum(ended IS NOT NULL) FROM daily_run").get
        events = connection.execute("SELECT count(*) FROM event").get
        pages = dict(connection.execute("SELECT state, count(*) FROM page GROUP BY state"))
    numbers = sorted(int(str(title).rpartition(" ")[2]) for _, title in rows)
    given = _numbers(into)
    return {
        "articles_published": last, "articles_stored": len(rows), "doubled": len(numbers) - len(set(numbers)),
        "published_but_lost": sorted(set(range(last)) - set(numbers)),
        "events": events, "pages": pages, "messages": messages, "daily_steps": steps,
        "told_saved": len(given),
        "told_saved_but_lost": sorted(given - {str(id_) for id_, _ in rows}),
        "faults": _faults(where),
        "database_megabytes": round(where.database.stat().st_size / 1e6, 1),
    }  # fmt: skip


def _numbers(into: Path) -> set[str]:
    """Ids of the articles that a log says were saved."""
    found = set()
    for text in (into / "watch.log").read_text("utf-8", "replace").splitlines():
        with suppress(msgspec.DecodeError):
            told = msgspec.json.decode(text)
            if told.get("event") == "article.saved":
                found.add(str(told["article"]))
    return found


def _faults(where: Workspace) -> list[str]:
    with reading_from(where) as connection:
        sound = str(connection.execute("PRAGMA integrity_check").get)
        twice = connection.execute("SELECT count(*) - count(DISTINCT id) FROM event").get
        faults = list(check(where, connection))
    return [*faults, *([sound] if sound != "ok" else []), *([f"{twice} events twice"] if twice else [])]


def _grown(samples: Sequence[Sample], name: str) -> dict[str, float]:
    """Largest in the second and in the last third of the time, and in all."""
    of = [one for one in samples if one.name == name]
    third = max((one.second for one in of), default=0) / 3
    middle = max((one.megabytes for one in of if third <= one.second < 2 * third), default=0)
    last = max((one.megabytes for one in of if one.second >= 2 * third), default=0)
    return {"second_third": round(middle, 1), "last_third": round(last, 1),
            "most": round(max((one.megabytes for one in of), default=0), 1)}  # fmt: skip


def plot(samples: Sequence[Sample], minutes: float) -> str:
    """Memory over time as SVG; a drop to the bottom is a process that was killed."""
    width, height, most = 900, 320, max([one.megabytes for one in samples], default=1) * 1.1
    marks = [line((60, 280), (880, 280), "#999"), line((60, 20), (60, 280), "#999")]
    for share in (0, 0.25, 0.5, 0.75, 1):
        marks.append(label((52, 284 - 260 * share), f"{most * share:.0f} MB", anchor="end"))
        marks.append(label((60 + 820 * share, 300), f"{minutes * share:g} min", anchor="middle"))
    for number, (name, colour) in enumerate(COLOURS.items()):
        points = [(60 + 820 * one.second / (minutes * 60), 280 - 260 * one.megabytes / most)
                  for one in samples if one.name == name]  # fmt: skip
        marks += [path(points, colour), label((700, 40 + 18 * number), f"siaga {name}", colour=colour)]
    return drawing((width, height), "Memory during the soak", marks)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--into", type=Path, default=Path("build/soak"))
    given = parser.parse_args()
    shutil.rmtree(given.into, ignore_errors=True)
    given.into.mkdir(parents=True)
    os.environ["SIAGA_STORE_WAIT"] = "60"  # a daily step and a visitor's note wait for one another
    report = soak(given.minutes, given.into)
    print(json.dumps(report, indent=1))
    lost = report["told_saved_but_lost"] or report["published_but_lost"]
    raise SystemExit(1 if report["faults"] or report["doubled"] or lost else 0)


if __name__ == "__main__":
    main()
