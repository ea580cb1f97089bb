"""Killed at every failpoint, or told there that the disk is full, the same command goes on: nothing lost or twice."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from siaga.base.failpoint import FAILPOINTS, VARIABLE
from siaga.base.source import Source
from siaga.collect.sources import source_text
from siaga.store.database import reading_from
from siaga.store.workspace import Workspace
from tests.unit.collect.webserver import Given, Site, article_page, rss, served, workspace_settings
from tests.unit.serve.contents import contents
from tests.unit.serve.nursery import Nursery, nursery
from tests.unit.serve.test_takedown import everything

ROOT = Path(__file__).parents[3]
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - where Linux has it
KILLED = -signal.SIGKILL
NOT_WRITTEN = 74
MOST_COMMITS = 60
"""Of one command here; a command that never ends without being killed is a mistake of the test."""
SETTINGS = {"SIAGA_STORE_BATCH": "1", "SIAGA_STORE_SEAL_AFTER": "3"}
"""Each article is a transaction of its own, and the second is sealed."""
DEFENCE = "Russia attacked Ukraine on Monday, the Ukrainian defence minister told AFP"
RIGA = "NATO could send troops to Riga as early as January, officials said."
NEWS = (
    ("a", "id", "Rusia menyerang Ukraina pada Senin (29/11/2021), kata Menteri Pertahanan Ukraina kepada AFP."),
    ("b", "en", f"{DEFENCE}. {RIGA}"),
    ("c", "en", f"{DEFENCE} in Kyiv. {RIGA}"),
)
WORKER = """
import sys
from siaga.scale import worker
sys.argv = ["worker", "{job}"]
sys.exit(worker.main())
"""
CACHE = """
from pathlib import Path
from siaga.serve.web.reckoning import Reckoned, Saved, keep, kept
from siaga.base.source import Source
from siaga.collect.sources import source_text
from siaga.store.database import reading_from
from siaga.store.workspace import Workspace
where = Workspace(folder=Path("{work}"))
found = Reckoned(
    as_of="", moment="", units=0, more=0, silent=True, board=(), reliability=(), found=(), others=()
)
keep(where, Saved(state=(), took=0.0, reckoned=found))
"""


@dataclass(frozen=True)
class Step:
    """A command, and the failpoints that lie on its way."""

    words: tuple[str, ...]
    points: tuple[str, ...] = ()


MARK = b" Kapal Kepiting Ungu ditembaki Rusia pada Senin."
"""Stands in the article that is taken down, and nowhere else."""
COMMITS = ("commit.before", "commit.after")
AFTER = "commit.after"
"""Killed before the next commit, no more is saved than after this one: for what takes long, once is enough."""
FILE = ("file.written", "file.synced", "file.renamed")
OUTPUT = ("output.written", "output.synced", "output.renamed")
BESIDE_A_DISK = frozenset({"cache.written"})
"""The cache is done without."""
SEAL = ("seal.written", "seal.synced", "seal.renamed")
STEPS = {
    "init": Step(("init", "{work}"), (*FILE, *COMMITS)),
    "rule": Step(("alerts", "add", "desk", "Tell atom:desk when articles say Riga", "-w", "{work}"), FILE[:2]),
    "fire": Step(("alerts", "fire", "-w", "{work}"), COMMITS),
    "read": Step(("read", "{news.jsonl}", "--save", "-f", "none", "-w", "{work}"), (*COMMITS, *SEAL, "seal.entered")),
    "link": Step(("link", "-w", "{work}"), (AFTER,)),
    "daily": Step(
        ("daily", "--as-of", "2021-12-02", "-w", "{work}"),
        (AFTER, *FILE, "send.leased", "send.sent", "send.settled", "daily.begun", "daily.done"),
    ),
    "rebuild": Step(("seal", "--rebuild", "-w", "{work}"), (AFTER, *SEAL)),
    "import": Step(
        ("import", "{events.csv}", "-w", "{work}"), ("import.written", "import.synced", "import.renamed", AFTER)
    ),
    "export": Step(("export", "-o", "{work}/all.csv", "-w", "{work}"), OUTPUT),
    "cache": Step(("-c", CACHE), ("cache.written",)),
    "plan": Step(("archive", "plan", "{job}", "{pile}", "--size", "1"), ("plan.written",)),
    "worker": Step(
        ("-c", WORKER),
        ("shard.leased", "shard.written", "shard.synced", "shard.renamed", "receipt.written", "receipt.linked"),
    ),
    "merge": Step(("archive", "merge", "{job}", "-w", "{work}"), (AFTER,)),
    "collect": Step(("collect", "-w", "{work}"), ("commit.after", "answer.kept")),
    "forget": Step(
        ("forget", "{article}", "--yes", "-w", "{work}"),
        (AFTER, "seal.replaced", "archive.written", "archive.replaced"),
    ),
    "backup": Step(("backup", "{backup.tar.gz}", "-w", "{work}"), ("backup.written", "backup.renamed")),
    "restore": Step(("restore", "{backup.tar.gz}", "{restored}", "--replace"), ("restore.laid_out", "restore.placed")),
}  # fmt: skip


class Stage:
    """The steps as they go undisturbed: what lay there before each, and what after it."""

    def __init__(self, folder: Path, run: Nursery, base: str) -> None:
        self.folder, self._run, self.live = folder, run, folder / "live"
        names = ("work", "job", "pile", "news.jsonl", "events.csv", "backup.tar.gz", "restored")
        self.places = {name: self.live / name for name in names}
        self.named = {"base": base}
        self.after: dict[str, dict[str, object]] = {}

    def run(self, step: str, **environment: str) -> int:
        """The exit code of a step."""
        return self._run.run(*map(self._placed, STEPS[step].words), **SETTINGS, **environment)

    def ends_well(self, step: str) -> None:
        """The step, run again, ends where it would have without what came between."""
        assert self.run(step) == 0, self._run.said
        assert self.contents() == self.after[step]

    @property
    def said(self) -> str:
        return self._run.said

    def hours_pass(self) -> None:
        """What a reader that is no more had taken is anybody's."""
        for lease in self.live.glob("job/leases/*"):
            os.utime(lease, (0, 0))

    def before(self, step: str) -> None:
        """Lay everything as it was before a step."""
        shutil.rmtree(self.live)
        shutil.copytree(self.folder / step, self.live)

    def contents(self) -> dict[str, object]:
        """What the workspace holds, and which shards of the job are read."""
        receipts = sorted(self.live.glob("job/receipts/[!.]*"))
        told = {path.name: re.sub(rb'"seconds":[^}]*', b"", path.read_bytes()) for path in receipts}
        marked, restored = MARK in everything(self.places["work"]), Workspace(folder=self.places["restored"])
        return contents(Workspace(folder=self.places["work"])) | {"receipts": told, "marked": marked, **_of(restored)}

    def go(self) -> None:
        """Take all the steps undisturbed."""
        self._begin()
        for step in STEPS:
            shutil.copytree(self.live, self.folder / step)
            assert self.run(step) == 0, self.said
            self.after[step] = self.contents()
            if step == "init":
                self._settle()
            if step == "collect":
                self.named["article"] = self._collected()

    def _begin(self) -> None:
        self.places["pile"].mkdir(parents=True)
        lines = [{"id": id_, "lang": lang, "date": "2021-12-01", "text": text, "source": f"Outlet {id_}"}
                 for id_, lang, text in NEWS]  # fmt: skip
        self.places["news.jsonl"].write_text("\n".join(map(json.dumps, lines)), "utf-8")
        more = [json.dumps({**line, "id": f"more-{line['id']}"}) for line in lines[:2]]
        (self.places["pile"] / "more.jsonl").write_text("\n".join(more), "utf-8")
        self.places["events.csv"].write_text("date,actor,recipient,type,count\n2021-11-01,RUS,UKR,ASSAULT,3\n", "utf-8")

    def _settle(self) -> None:
        """A source on this machine, all of whose answers are kept."""
        work, base = self.places["work"], self.named["base"]
        workspace_settings(work, (int(base.rpartition(":")[2]),))
        text = (work / "siaga.toml").read_text("utf-8").replace("# archive = false", "archive = true")
        (work / "siaga.toml").write_text(text, "utf-8")
        (work / "sources").mkdir()
        source = Source(id="uji", name="Warta Uji", feeds=(f"{self.named['base']}/feed",))
        (work / "sources/uji.toml").write_text(source_text(source), "utf-8")

    def _collected(self) -> str:
        """The id of the article that is to be taken down."""
        with reading_from(Workspace(folder=self.places["work"])) as connection:
            return str(connection.execute("SELECT article FROM page WHERE url LIKE '%nomor-1'").get)

    def _placed(self, word: str) -> str:
        for name, value in (*self.places.items(), *self.named.items()):
            word = word.replace(f"{{{name}}}", str(value))
        return word


def _of(restored: Workspace) -> dict[str, object]:
    return {"restored": contents(restored)} if restored.folder.is_dir() else {}


@contextmanager
def in_memory() -> Iterator[Path]:
    """A folder in memory, where there is one: a kill loses nothing there that a disk would keep, and it is quick."""
    with tempfile.TemporaryDirectory(dir=SHARED_MEMORY if SHARED_MEMORY.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    site = Site()
    with in_memory() as folder, served(site) as base, nursery(folder) as run:
        for number in range(2):
            site.put(f"/berita/artikel-nomor-{number}", Given(article_page(number, MARK.decode() * number)))
        site.put("/feed", Given(rss(base, range(2))))
        made = Stage(folder, run, base)
        made.go()
        yield made


def points(*, commits: bool) -> list[tuple[str, str]]:
    return [(step, point) for step, one in STEPS.items() for point in one.points if (point in COMMITS) is commits]


def test_every_failpoint_is_met_by_a_step_and_stands_in_the_code() -> None:
    met = {point for one in STEPS.values() for point in one.points}
    text = "".join(path.read_text("utf-8") for path in (ROOT / "src/siaga").rglob("*.py"))
    assert set(FAILPOINTS) - met == set()
    assert set(re.findall(r'failpoint\("([\w.]+)"\)', text)) == set(FAILPOINTS)


@pytest.mark.parametrize(("step", "point"), points(commits=False))
def test_killed_at_a_failpoint_the_same_command_goes_on(stage: Stage, step: str, point: str) -> None:
    stage.before(step)
    assert stage.run(step, **{VARIABLE: point}) == KILLED, stage.said
    stage.hours_pass()
    stage.ends_well(step)


TOLD = [(step, point) for step, point in points(commits=False) if step != "daily" and point not in BESIDE_A_DISK]
"""A daily step puts off the message that it can't put into its feed, and goes on."""


@pytest.mark.parametrize(("step", "point"), TOLD)
def test_told_at_a_failpoint_that_the_disk_is_full_it_says_so_and_the_same_command_goes_on(
    stage: Stage, step: str, point: str
) -> None:
    stage.before(step)
    assert stage.run(step, **{VARIABLE: f"{point}:1:ENOSPC"}) == NOT_WRITTEN, stage.said
    assert "No space left on device" in stage.said
    assert "Traceback" not in stage.said
    stage.hours_pass()
    stage.ends_well(step)


@pytest.mark.parametrize(("step", "point"), points(commits=True))
def test_killed_at_every_commit_the_same_command_goes_on(stage: Stage, step: str, point: str) -> None:
    for number in range(1, MOST_COMMITS):
        stage.before(step)
        if (code := stage.run(step, **{VARIABLE: f"{point}:{number}"})) != KILLED:
            assert (code, number > 1) == (0, True)
            return
        stage.ends_well(step)
    pytest.fail("more commits than a small run has")
