"""Copies over a whole archive, found in steps by any number of processes, are those that one process finds."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from shutil import copytree, rmtree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from siaga.base.article import Article
from siaga.base.document import Reading
from siaga.base.errors import DamagedError
from siaga.base.lineage import Candidate, Sketch
from siaga.flow import link_stored
from siaga.link.bands import DIGEST, KEY, NAME, Kind, bands_of, candidates_of, keys_of, meetings, repeated, within
from siaga.link.index import MemoryIndex
from siaga.scale.job import Job, Plan, Receipt, Shard
from siaga.scale.linking import STEPS, next_step, steps_of
from siaga.scale.local import Progress, run_local
from siaga.scale.merge import faults, merge, merge_links
from siaga.scale.shard import hand_in, put_result
from siaga.scale.worker import break_leases, work
from siaga.store.database import now, reading_from, writing_to
from siaga.store.intake import taking_in
from siaga.store.lineages import linking
from siaga.store.results import write_results
from siaga.store.save import save
from siaga.store.workspace import Workspace, lay_out

MOST = 8
TABLES = ("sketch", "sketch_key", "pair", "lineage_link")
PLACES = ("Kyiv", "Riga", "Jakarta", "Moscow", "Paris", "London", "Berlin", "Rome", "Madrid", "Vienna", "Oslo", "Bern")
WORDS = ("troops", "border", "talks", "minister", "attacked", "said", "near", "after", "again", "forces", "old", "new")


@given(some.integers(0, 10_000), some.sampled_from((1, 2, 7)), some.sampled_from((3, 12, 400)))
@settings(max_examples=25, deadline=None)
def test_candidates_found_key_by_key_are_those_found_article_by_article(seed: int, parts: int, keys: int) -> None:
    sketches = tuple(dealt(random.Random(seed), keys, articles=160))
    assert by_parts(sketches, parts) == by_articles(sketches)


def test_a_crowd_of_the_same_words_finds_those_of_the_least_ids() -> None:
    sketches = tuple(Sketch(id=f"{-number % 97:03}", digest=7, keys=()) for number in range(97))
    found = by_parts(sketches, 2)
    assert found == by_articles(sketches)
    assert [one.id for one in found[96]] == [f"{number:03}" for number in (0, *range(2, 9))]


def test_bands_give_back_the_sketches_they_were_made_of() -> None:
    sketches = tuple(dealt(random.Random(1), 50, articles=20))
    kept = keys_of(bands_of(enumerate(sketches)))
    assert [kept[number] for number in range(20)] == [(one.digest, one.keys) for one in sketches]


def dealt(dice: random.Random, keys: int, articles: int) -> Sequence[Sketch]:
    """Sketches that share keys and words, some under an id that one before them has."""
    numbers = [dice.randrange(1 << 63) for _ in range(keys)]
    return [
        Sketch(
            id=f"{dice.randrange(articles * 10):05}",
            digest=dice.choice((0, dice.randrange(1, 1 << 63), dice.randrange(1, 6))),
            keys=tuple(sorted(dice.sample(numbers, dice.randrange(min(keys, 12))))),
        )
        for _ in range(articles)
    ]


def by_parts(sketches: Sequence[Sketch], parts: int) -> list[tuple[Candidate, ...]]:
    bands, ids = bands_of(enumerate(sketches)), named(sketches)
    kinds: tuple[Kind, ...] = (KEY, DIGEST)
    again = np.concatenate([repeated(within(bands, NAME, part, parts)) for part in range(parts)])
    met = [
        meetings(np.concatenate([within(bands, kind, part, parts) for kind in kinds]), again, ids, MOST)
        for part in range(parts)
    ]
    found = candidates_of(np.concatenate(met), ids, MOST)
    return [tuple(one for _, one in found.get(number, ())) for number in range(len(sketches))]


def named(sketches: Sequence[Sketch]) -> Callable[[Sequence[int]], Mapping[int, str]]:
    return lambda numbers: {number: sketches[number].id for number in numbers}


def by_articles(sketches: Sequence[Sketch]) -> list[tuple[Candidate, ...]]:
    index, seen, found = MemoryIndex(), set[str](), []
    for one in sketches:
        found.append(() if one.id in seen else index.candidates(one, most=MOST))
        index.add(one)
        seen.add(one.id)
    return found


@pytest.fixture(scope="module")
def articles() -> tuple[Article, ...]:
    """Articles of which a third are copies of others, whole or in part; one stands twice, one has no words."""
    made: list[Article] = []
    for number in range(120):
        dice = random.Random(number)
        own = [sentence(dice) for _ in range(6)]
        origin = dice.choice(made).text.split("\n") if number % 3 == 2 else own
        text = "\n".join([*origin[: dice.randrange(4, 7)], *own[: dice.randrange(2)]])
        made.append(
            Article(
                id=f"{dice.randrange(10**9):09}", language="en", text=text, published=f"2022-02-{1 + number % 28:02}"
            )
        )
    made[40:40] = [made[3], Article(id="none", language="en", text="-")]
    return tuple(made)


def sentence(dice: random.Random) -> str:
    words = [dice.choice(WORDS) for _ in range(9)]
    return f"{dice.choice(PLACES)} {' '.join(words)} {dice.choice(PLACES)} {dice.randrange(3000)}."


@pytest.fixture(scope="module")
def linked_once(tmp_path_factory: pytest.TempPathFactory, articles: Sequence[Article]) -> Job:
    job = read_job(tmp_path_factory.mktemp("linked") / "job", articles)
    while (step := next_step(job)) is not None:
        work(step)
    return job


@pytest.fixture
def job(linked_once: Job, tmp_path: Path) -> Job:
    """A job that was read and linked, to be changed."""
    copytree(linked_once.folder, tmp_path / "job")
    return Job(folder=tmp_path / "job")


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory, linked_once: Job) -> Sequence[Sequence[tuple[object, ...]]]:
    """What one process links of the same articles."""
    where = merged(tmp_path_factory.mktemp("straight") / "watch", linked_once)
    with linking(where) as run:
        assert list(link_stored(run))
    return rows(where)


def read_job(folder: Path, articles: Sequence[Article], size: int = 25) -> Job:
    """A job in which these articles were read."""
    job, parts = Job(folder=folder), [articles[first : first + size] for first in range(0, len(articles), size)]
    shards = [Shard(id=f"shard{number}-{size}", stretches=()) for number in range(len(parts))]
    job.lay_out(Plan(lane="archive", shards=tuple(shards)))
    for shard, part in zip(shards, parts, strict=True):
        found = [reading(one) for one in part]
        result, digest = put_result(job, f"{shard.id}.parquet", lambda aside, found=found: write_results(aside, found))  # type: ignore[misc]
        hand_in(
            job,
            Receipt(
                shard=shard.id, result=result, sha256=digest, articles=len(found), events=0, rejects=0, seconds=0.0
            ),
        )
    return job


def reading(article: Article) -> Reading:
    return Reading(article=article, events=(), title_events=(), quotes=(), forecasts=())


def told(_: Progress) -> None:
    """Nobody waits."""


def merged(folder: Path, job: Job) -> Workspace:
    where = lay_out(folder, {})
    with taking_in(where) as intake:
        merge(job, intake)
    return where


def rows(where: Workspace) -> list[list[tuple[object, ...]]]:
    with reading_from(where) as connection:
        return [sorted(connection.execute(f"SELECT * FROM {table}")) for table in TABLES]  # noqa: S608 - our own names


def take_links(where: Workspace, job: Job) -> int | None:
    with linking(where) as run:
        return merge_links(job, run)


def test_an_archive_linked_in_steps_is_what_one_process_links(
    tmp_path: Path, job: Job, straight: Sequence[Sequence[tuple[object, ...]]]
) -> None:
    where = merged(tmp_path / "watch", job)
    taken = take_links(where, job)
    assert rows(where) == straight
    assert taken == len(straight[2]) > 20


def test_linked_by_processes_of_which_one_was_killed_it_is_the_same(job: Job, linked_once: Job) -> None:
    rmtree(job.folder / "links" / "pairs")
    step = next_step(job)
    assert step is not None
    worker = subprocess.Popen([sys.executable, "-m", "siaga.scale.worker", str(step.folder)])
    while not any((step.folder / "leases").iterdir()) and worker.poll() is None:
        time.sleep(0.01)
    worker.kill()
    worker.wait()
    break_leases(step, worker.pid)
    run_local(step, 2, told)
    assert next_step(job) is None
    assert [receipts(one) for one in steps_of(job)] == [receipts(one) for one in steps_of(linked_once)]
    assert not [line for one in steps_of(job) for line in faults(one)]


def receipts(step: Job) -> list[tuple[str, str]]:
    found = [step.receipt(shard.id) for shard in step.plan().shards]
    return [(one.result, one.sha256) for one in found if one is not None]


def test_links_are_taken_over_after_a_break_and_again(
    tmp_path: Path, job: Job, straight: Sequence[Sequence[tuple[object, ...]]]
) -> None:
    where = merged(tmp_path / "watch", job)
    with linking(where) as run:
        assert list(islice(link_stored(run), 5))
    assert take_links(where, job) is not None
    assert rows(where) == straight
    assert take_links(where, job) == 0
    assert rows(where) == straight


def test_into_a_workspace_that_has_other_articles_nothing_is_taken(tmp_path: Path, job: Job) -> None:
    where = lay_out(tmp_path / "watch", {})
    with writing_to(where) as connection:
        save(connection, [reading(Article(id="first", language="en", text="Rain fell."))], now())
    with taking_in(where) as intake:
        merge(job, intake)
    assert take_links(where, job) is None
    assert rows(where) == [[], [], [], []]


def test_what_was_read_anew_is_linked_anew_step_by_step(job: Job, articles: Sequence[Article]) -> None:
    assert [step.plan().step for step in steps_of(job)] == list(STEPS)
    assert next_step(job) is None
    read_job(job.folder, articles[:-1], size=30)
    for name in STEPS:
        step = next_step(job)
        assert step is not None
        assert step.plan().step == name
        work(step)
    assert next_step(job) is None


def test_what_is_not_read_whole_is_not_linked(job: Job) -> None:
    (job.folder / "receipts" / "shard2-25").unlink()
    with pytest.raises(DamagedError, match="siaga archive run"):
        next_step(job)


@pytest.mark.parametrize("name", STEPS)
def test_a_broken_file_of_a_step_is_named_and_not_taken_over(tmp_path: Path, job: Job, name: str) -> None:
    where = lay_out(tmp_path / "watch", {})
    broken = max((job.folder / "links" / name / "results").iterdir(), key=lambda path: path.stat().st_size)
    broken.write_bytes(broken.read_bytes()[:-1] + b"?")
    with pytest.raises(DamagedError, match=broken.name):
        take_links(where, job)


def test_the_printed_commands_link_all_of_it_step_by_step(tmp_path: Path, articles: Sequence[Article]) -> None:
    job = read_job(tmp_path / "job", articles[:8], size=4)
    printed = []
    while lines := command("link", str(job.folder), "--engine", "commands").splitlines():
        printed.append(len(lines))
        step = next_step(job)
        assert step is not None
        assert [line.split()[-2:] for line in lines] == [
            [str(step.folder.resolve()), shard.id] for shard in step.plan().shards
        ]
        work(step)
    assert printed == [2, 16, 16, 2]
    assert command("shard", *lines_of(job)) == command("shard", *lines_of(job))


def lines_of(job: Job) -> tuple[str, str]:
    *_, last = steps_of(job)
    return str(last.folder), last.plan().shards[0].id


def command(*words: str) -> str:
    return subprocess.check_output([sys.executable, "-m", "siaga", "archive", *words], text=True)


@pytest.mark.slow
def test_a_cluster_links_what_one_process_links(job: Job, linked_once: Job) -> None:
    pytest.importorskip("ray")
    rmtree(job.folder / "links")
    command("link", str(job.folder), "--engine", "ray")
    assert [receipts(one) for one in steps_of(job)] == [receipts(one) for one in steps_of(linked_once)]


def test_merging_takes_the_copies_along_and_says_so(job: Job, tmp_path: Path) -> None:
    where = lay_out(tmp_path / "watch", {})
    merging = [sys.executable, "-m", "siaga", "archive", "merge", str(job.folder), "--workspace", str(where.folder)]
    said = subprocess.run(merging, check=True, capture_output=True, text=True, env=os.environ | {"LANG": "id"}).stderr
    assert f"{len(rows(where)[2])} pasang" in said
    assert len(rows(where)[3]) == 121
