"""An archive is read in shards: each page once, whoever reads it and whoever is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from siaga.base.article import Reject
from siaga.base.document import Reading
from siaga.base.errors import DamagedError, NotSavedError, WorkspaceError
from siaga.collect.article import quick_articles
from siaga.collect.load import load
from siaga.flow import readings
from siaga.scale.job import Job, Plan, plan_of
from siaga.scale.local import Progress, open_shards, run_local
from siaga.scale.merge import faults, merge
from siaga.scale.shard import read_shard
from siaga.scale.worker import LEASE, MOST_DEATHS, break_leases, work
from siaga.store.database import reading_from, writing_to
from siaga.store.intake import taking_in
from siaga.store.results import read_results
from siaga.store.workspace import Workspace, lay_out

PLACES = ("Kyiv", "Riga", "Jakarta", "Moscow", "Paris", "London", "Berlin", "Rome", "Madrid", "Vienna", "Oslo")


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """Two files: 13 articles and a line that is none."""
    folder = tmp_path / "pile"
    folder.mkdir()
    for name, places in (("a", PLACES[:8]), ("b", PLACES[3:])):
        lines = [
            {"id": f"{name}-{place}", "lang": "en", "date": "2022-02-24", "text": f"Russian troops attacked {place}."}
            for place in places[:7]
        ]
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n", "utf-8")
    with (folder / "b.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "broken"}\n')
    return folder


@pytest.fixture
def job(tmp_path: Path, pile: Path) -> Job:
    found = Job(folder=tmp_path / "job")
    found.lay_out(plan_of([str(pile)], 4, "archive"))
    return found


def told(_: Progress) -> None:
    """Nobody waits."""


def results(job: Job) -> list[Reading | Reject]:
    receipts = [receipt for shard in job.plan().shards if (receipt := job.receipt(shard.id))]
    return [one for receipt in receipts for one in read_results(job.results / receipt.result)]


def straight(pile: Path) -> list[Reading | Reject]:
    return list(readings(load([str(pile)]), quick_articles))


def test_a_plan_has_each_page_once_and_shards_go_over_the_ends_of_files(job: Job, pile: Path) -> None:
    shards = job.plan().shards
    assert [shard.pages for shard in shards] == [4, 4, 4, 3]
    assert [len(shard.stretches) for shard in shards] == [1, 2, 1, 1]
    assert job.plan() == plan_of([str(pile)], 4, "archive")


def test_a_reader_that_is_killed_costs_nothing_and_what_was_read_is_what_one_process_reads(
    job: Job, pile: Path
) -> None:
    worker = subprocess.Popen([sys.executable, "-m", "siaga.scale.worker", str(job.folder)])
    while not any((job.folder / "leases").iterdir()) and worker.poll() is None:
        time.sleep(0.01)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    break_leases(job, worker.pid)
    run_local(job, 2, told)
    assert results(job) == straight(pile)
    assert list(faults(job)) == []
    assert len(list(job.results.iterdir())) == len(job.plan().shards)
    assert not list((job.folder / "leases").iterdir())


def test_a_shard_is_read_once_and_another_time_gives_the_same_receipt(job: Job) -> None:
    plan = job.plan()
    first = read_shard(job, plan, plan.shards[0])
    before = {path.name: path.stat().st_mtime_ns for path in job.results.iterdir()}
    assert read_shard(job, plan, plan.shards[0]) == first
    assert {path.name: path.stat().st_mtime_ns for path in job.results.iterdir()} == before


def test_of_two_who_read_a_shard_the_first_has_the_receipt(job: Job) -> None:
    plan = job.plan()
    first = read_shard(job, plan, plan.shards[0])
    assert job.give_receipt(first.replace(result="another", articles=0)) == first


def test_an_old_lease_is_taken_over_and_a_fresh_one_is_not(job: Job) -> None:
    old, fresh, *_ = job.plan().shards
    for shard, age in ((old, 2 * LEASE), (fresh, 0)):
        job.lease(shard.id).write_text("1", "utf-8")
        os.utime(job.lease(shard.id), (time.time() - age,) * 2)
    worker = subprocess.Popen([sys.executable, "-m", "siaga.scale.worker", str(job.folder)])
    while open_shards(job, job.plan().shards) != (fresh,) and worker.poll() is None:
        time.sleep(0.05)
    assert worker.poll() is None
    worker.kill()
    worker.wait()
    assert job.receipt(old.id) is not None
    assert job.deaths(old.id) == 1


def test_a_shard_over_which_readers_died_again_and_again_is_given_up_and_told(job: Job) -> None:
    bad = job.plan().shards[1]
    for _ in range(MOST_DEATHS):
        job.note_death(bad.id)
    work(job)
    [line] = faults(job)
    assert line.startswith(bad.id)
    assert "given up" in line


def test_a_reader_that_can_not_write_ends_the_run_with_what_it_says(job: Job) -> None:
    job.results.rmdir()
    job.results.write_text("no folder", "utf-8")
    with pytest.raises(NotSavedError, match="could not go on"):
        run_local(job, 1, told)


def test_what_was_changed_or_is_missing_is_told_and_not_merged(job: Job, tmp_path: Path) -> None:
    work(job)
    changed, missing, *_ = sorted(job.results.iterdir())
    changed.write_bytes(changed.read_bytes()[:-1] + b"?")
    missing.unlink()
    assert len(list(faults(job))) == 2
    with taking_in(workspace(tmp_path)) as intake, pytest.raises(DamagedError, match="siaga archive run"):
        merge(job, intake)


def test_merged_twice_each_article_stands_once(job: Job, pile: Path, tmp_path: Path) -> None:
    work(job)
    where = workspace(tmp_path)
    counts = []
    for _ in range(2):
        with taking_in(where) as intake:
            merge(job, intake)
        counts.append((intake.saved.articles, intake.saved.known))
    articles = sum(isinstance(one, Reading) for one in straight(pile))
    assert counts == [(articles, 0), (0, articles)]
    with reading_from(where) as connection:
        assert connection.execute("SELECT count(*) FROM article").fetchall() == [(articles,)]


def test_without_a_plan_it_says_how_one_is_made(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="siaga archive plan"):
        Job(folder=tmp_path).plan()


def test_the_printed_commands_read_all_of_it(job: Job, pile: Path) -> None:
    command = [sys.executable, "-m", "siaga", "archive"]
    printed = subprocess.check_output([*command, "run", str(job.folder), "--engine", "commands"], text=True)
    for line in printed.splitlines():
        _, _, *rest = line.split()
        subprocess.run([*command, *rest], check=True, stdout=subprocess.DEVNULL)
    assert results(job) == straight(pile)
    assert subprocess.run([*command, "verify", str(job.folder)], check=False).returncode == 0


@pytest.mark.slow
def test_a_cluster_reads_what_one_process_reads(job: Job, pile: Path) -> None:
    pytest.importorskip("ray")
    command = [sys.executable, "-m", "siaga", "archive", "run", str(job.folder), "--engine", "ray"]
    assert subprocess.run(command, check=False).returncode == 0
    assert results(job) == straight(pile)


def workspace(folder: Path) -> Workspace:
    where = lay_out(folder / "watch", {})
    with writing_to(where):
        return where


def test_a_plan_of_nothing_is_done_at_once(tmp_path: Path) -> None:
    job = Job(folder=tmp_path / "job")
    job.lay_out(Plan(lane="archive", shards=()))
    run_local(job, 2, told)
    assert list(faults(job)) == []
