"""Reading again: what reads the same stays, what doesn't is withdrawn, nothing is lost, and corrections hold."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from bench.invented import reading as invented
from siaga.base.article import Reject
from siaga.base.document import Reading
from siaga.base.event import Quote
from siaga.store.corrections import load_past, load_read
from siaga.store.database import reading_from, writing_to
from siaga.store.load import load_reading
from siaga.store.reread import Reread, Rereading, Stale, Totals, rereading
from siaga.store.segments import seal
from siaga.store.workspace import Workspace
from tests.unit.store.analysts import (
    NEW,
    OLD,
    corrects,
    counted,
    event,
    numbers,
    proposed,
    read,
    rereads,
    rows,
    said,
    stands,
)  # fmt: skip
from tests.unit.store.shelves import MOMENT, counts, filled, put, workspace

pytestmark = pytest.mark.usefixtures("store")

ATTACK, SHELLING, THREAT = event("menyerang"), event("menembaki"), event("mengancam", "THREATEN")
READ = read(ATTACK, SHELLING, THREAT)
QUOTE = Quote(
    speaker="Kuleba", speaker_text=None, office=None, organisation=None, code="UKR", anonymous=False, medium=None,
    direct=False, words=None, start=0, end=9,
)  # fmt: skip
KILLS, ARTICLES = 8, 250


@pytest.fixture
def where(tmp_path: Path) -> Workspace:
    made = workspace(tmp_path)
    put(made, [READ])
    return made


def test_what_reads_the_same_keeps_its_number_also_in_another_place(where: Workspace) -> None:
    before = numbers(where)
    later = read(THREAT, ATTACK, SHELLING, reader=NEW)
    [done] = rereads(where, later)
    assert (done.changes, done.same, done.was_read_by, done.article.reader) == ((), 3, OLD, NEW)
    assert numbers(where) == before
    assert stands(where) == later


def test_what_reads_otherwise_is_told_withdrawn_and_stored_under_a_new_number(where: Workspace) -> None:
    before, found = numbers(where), event("mengecam", "ACCUSE")
    later = read(ATTACK.replace(status="planned"), THREAT, found, reader=NEW)
    [done] = rereads(where, later)
    assert {(one.kind, one.fields) for one in done.changes} == {
        ("withdrawn", ()), ("changed", ("status",)), ("added", ()),
    }  # fmt: skip
    after = numbers(where)
    assert after[THREAT.id] == before[THREAT.id]
    assert min(after[ATTACK.id], after[found.id]) > max(before.values())
    assert stands(where) == later
    assert counts(where)["event_party"] == 6
    with reading_from(where) as connection:
        assert rows(connection, "withdrawn") == 2


def test_the_reading_that_was_replaced_is_kept_with_its_reader_and_its_time(where: Workspace) -> None:
    second = read(ATTACK, reader=NEW).replace(quotes=(QUOTE,))
    third = second.replace(article=second.article.replace(reader="siaga 0.3.0 id-2"))
    for reading in (second, third):
        rereads(where, reading)
    with reading_from(where) as connection:
        first, past = load_past(connection, "a")
        assert rows(connection, "past_reading WHERE record IS NULL") == 1
    assert (first.reading.events, first.reading.article.reader, first.saved) == (READ.events, OLD, MOMENT)
    assert (past.reading.events, past.reading.quotes, past.reading.article.reader) == ((ATTACK,), (QUOTE,), NEW)
    assert stands(where) == third


def test_a_run_that_only_tries_tells_the_same_and_changes_nothing(where: Workspace) -> None:
    later, before = read(ATTACK, reader=NEW), counts(where)
    tried = rereads(where, later, saves=False)
    assert stands(where) == READ
    assert counts(where) == before
    assert tried == rereads(where, later)


def test_an_article_that_cannot_be_read_keeps_its_reading_and_gives_a_reject(where: Workspace) -> None:
    reject = Reject(stage="read", id="a", reason="internal_error", message="no letters")
    with writing_to(where) as connection:
        assert list(Rereading(where, connection, saves=True).saving([reject])) == [reject]
        assert rows(connection, "reject") == 1
    assert stands(where) == READ


def test_a_reading_whose_ids_are_taken_is_rejected_whole_and_the_rest_is_saved(tmp_path: Path) -> None:
    where, taken = filled(tmp_path, 3), invented(1).replace(events=invented(0).events)
    other = invented(2).replace(events=invented(2).events[:1])
    with writing_to(where) as connection:
        [refused, done] = Rereading(where, connection, saves=True).saving([taken, other])
    assert isinstance(refused, Reject)
    assert (refused.id, refused.reason) == (taken.article.id, "id_taken")
    assert isinstance(done, Reread)
    assert stands(where, taken.article.id) == invented(1)
    assert stands(where, other.article.id) == other


def test_a_day_of_publication_that_is_inferred_otherwise_moves_the_events_too(where: Workspace) -> None:
    undated = event("mengecam").replace(earliest=None, latest=None)
    later = read(ATTACK, undated, reader=NEW)
    later = later.replace(article=later.article.replace(published="2022-04-01", published_basis="inferred"))
    rereads(where, later)
    assert stands(where) == later
    with reading_from(where) as connection:
        assert {day for (day,) in connection.execute("SELECT day FROM event")} == {"2022-02-24", "2022-04-01"}
        assert connection.execute("SELECT day FROM article").get == "2022-04-01"
    assert counted(where) == 2


@pytest.mark.parametrize("seals", [(), (0,), (0, 1), (1,)], ids=str)
def test_counts_are_those_of_what_stands_sealed_or_not(where: Workspace, seals: tuple[int, ...]) -> None:
    for number, events in enumerate([(ATTACK, SHELLING), (event("menyerang", salt=1), SHELLING, THREAT)]):
        if number in seals:
            with writing_to(where) as connection:
                seal(where, connection, MOMENT)
        rereads(where, read(*events, reader=f"reader {number}"))
        assert counted(where) == len(events)


def test_each_kind_of_correction_holds_when_the_article_is_read_again(where: Workspace) -> None:
    corrects(where, proposed("wrong", [ATTACK]))
    corrects(where, proposed("edit", [SHELLING], [SHELLING.replace(status="planned")]))
    corrects(where, proposed("split", [THREAT], [THREAT.replace(id="one"), THREAT.replace(id="two", status="denied")]))
    corrects(where, proposed("add", [], [event("berunding", "CONSULT").replace(id="new")]))
    corrected = stands(where)
    later = read(
        event("menyerang", "COERCE", salt=1), event("menembaki", salt=1), event("mengancam", "ACCUSE", salt=1),
        event("berunding", "AGREE", salt=1), reader=NEW,
    )  # fmt: skip
    [done] = rereads(where, later)
    assert (done.changes, done.same, done.corrections) == ((), 4, 4)
    assert stands(where) == corrected.replace(article=later.article)
    with reading_from(where) as connection:
        assert load_read(connection, "a") == later


def test_merged_events_stay_one_when_the_article_is_read_again(where: Workspace) -> None:
    corrects(where, proposed("merge", [ATTACK, SHELLING], [ATTACK]))
    rereads(where, read(event("menyerang", salt=1), event("menembaki", salt=1), reader=NEW))
    assert said(stands(where).events) == said([ATTACK])


def test_totals_tell_marginal_changes_from_those_that_weigh(where: Workspace) -> None:
    [done] = rereads(where, read(ATTACK.replace(confidence=0.1), SHELLING.replace(status="denied"), reader=NEW))
    reject = Reject(stage="read", id="b", reason="internal_error", message="")
    assert Totals().with_one(done).with_one(reject) == Totals(
        articles=1, marginal=1, changed=1, withdrawn=1, rejects=1
    )  # fmt: skip


def test_only_what_another_reader_read_and_meets_the_conditions_is_read_again(tmp_path: Path) -> None:
    where, readings = filled(tmp_path, 8), list(map(invented, range(8)))
    indonesian = [one.article for one in readings if one.article.language == "id"]
    assert stale(where, Stale()) == tuple(one.id for one in indonesian)
    assert len(stale(where, Stale(every=True))) == 8
    one = indonesian[1]
    assert stale(where, Stale(ids=(one.id, readings[1].article.id))) == (one.id,)
    assert stale(where, Stale(sources=(one.source or "",), since=one.published, until=one.published)) == (one.id,)
    assert stale(where, Stale(languages=("en",))) == ()
    with rereading(where, saves=False) as run:
        assert [article.id for article in run.articles([one.id, "unknown"])] == [one.id]


def stale(where: Workspace, asked: Stale) -> tuple[str, ...]:
    """What is to be read again where the pack of Indonesian has changed."""
    english = invented(1).article.reader or ""
    with rereading(where, saves=False) as run:
        return run.stale(asked, {"id": NEW, "en": english, None: NEW})


REREAD = """
import sys
from pathlib import Path
from siaga.store.reread import Stale, rereading
from siaga.store.workspace import find_workspace
from tests.unit.store.test_reread import NEW, later_readings
where = find_workspace(sys.argv[1], {"SIAGA_STORE_BATCH": "7", "SIAGA_STORE_SEAL_AFTER": "300"}, Path())
with rereading(where, saves=True) as run:
    ids = run.stale(Stale(), {None: NEW})
    print("begun", flush=True)
    for _ in run.saving(later_readings(ids)):
        print("one more", flush=True)
"""


# Each run is killed after a random number of articles and up to 10 ms more: in a batch, a commit or a seal.
def test_killed_at_any_moment_each_article_has_one_reading_whole_the_old_or_the_new(store: str, tmp_path: Path) -> None:
    if store != "sqlite":
        pytest.skip("test_lease.py kills the writers of a server")
    where, dice = filled(tmp_path, ARTICLES, seal_after=1000), random.Random(20220224)
    old, new = ({one.article.id: one for one in map(version, range(ARTICLES))} for version in (invented, changed))
    for _ in range(KILLS):
        with begun(where) as process:
            assert process.stdout is not None
            for _ in range(dice.randrange(30)):
                process.stdout.readline()
            time.sleep(dice.uniform(0, 0.01))
            process.kill()
            assert process.wait() == -signal.SIGKILL
        read_now = readings(where, old)
        assert all(one in {old[id_], new[id_]} for id_, one in read_now.items())
    assert 0 < sum(read_now[id_] == new[id_] for id_ in old) < ARTICLES
    with begun(where) as process:
        process.communicate()
        assert process.returncode == 0
    assert readings(where, new) == new
    assert counts(where)["event"] == counted(where) == sum(len(one.events) for one in new.values())
    with reading_from(where) as connection:
        assert rows(connection, "past_reading") == ARTICLES


def readings(where: Workspace, ids: Iterable[str]) -> dict[str, Reading | None]:
    with reading_from(where) as connection:
        return {id_: load_reading(connection, id_) for id_ in ids}


def begun(where: Workspace) -> subprocess.Popen[bytes]:
    """A run that is about to read its first article again."""
    command = [sys.executable, "-c", REREAD, str(where.folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[3])
    assert process.stdout is not None
    assert process.stdout.readline() == b"begun\n"
    return process


def changed(number: int) -> Reading:
    """How a later reader reads an invented article: one event is gone, one has another status."""
    reading = invented(number)
    first, _, *rest = reading.events
    other = first.replace(status="denied" if first.status != "denied" else "planned")
    return reading.replace(events=(other, *rest), article=reading.article.replace(reader=NEW))


def later_readings(ids: Iterable[str]) -> Iterator[Reading]:
    """How a later reader reads these articles."""
    numbered = {invented(number).article.id: number for number in range(ARTICLES)}
    return (changed(numbered[id_]) for id_ in ids)
