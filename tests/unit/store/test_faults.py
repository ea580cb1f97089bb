"""Full, read-only and damaged disks, newer stores, two writers: a clear message, and nothing is lost."""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import apsw
import pytest

from bench.invented import reading
from siaga.base.errors import BusyError, DamagedError, NewerStoreError, NotSavedError, StoreError
from siaga.store import database
from siaga.store.analysis import Selection, analysing, count_events
from siaga.store.database import reading_from, writing_to
from siaga.store.load import load_reading
from siaga.store.save import save
from siaga.store.segments import MOST_SMALL, check, manifest, rebuild, seal
from siaga.store.sql import migrations
from siaga.store.workspace import Workspace
from tests.unit.store.shelves import MOMENT, counts, filled, put, workspace
from tests.unit.store.shim import full_disk

BATCHES, EACH = 10, 12
NOBODY = 65_534
WRITES = (1, 2, 5, 9, 17, 33, 65, 100, 150, 200, 270, 350, 450)
"""Writes of an ingest at which the disk is full; it has over 500."""


def ingest(where: Workspace, vfs: str | None = None) -> None:
    """Save ten batches, each a transaction."""
    with writing_to(where, vfs) as connection:
        for batch in range(BATCHES):
            save(connection, map(reading, range(batch * EACH, (batch + 1) * EACH)), MOMENT)


def events_counted(where: Workspace) -> int:
    with reading_from(where) as connection, analysing(where, connection) as engine:
        return sum(one.events for one in count_events(engine, ["country", "week"], Selection()))


@pytest.mark.parametrize("write", WRITES)
def test_a_full_disk_in_an_ingest_leaves_whole_batches_and_the_rest_goes_on_later(write: int, tmp_path: Path) -> None:
    where = workspace(tmp_path)
    with full_disk(write) as (disk, vfs), pytest.raises(NotSavedError, match=r"disk is full .* saved before is whole"):
        ingest(where, vfs)
    assert disk.failed
    with writing_to(where) as connection:
        [(articles, events)] = connection.execute("SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM event)")
    assert isinstance(articles, int)
    assert articles % EACH == 0
    assert events == 12 * articles
    ingest(where)
    assert counts(where)["event"] == BATCHES * EACH * 12


def test_the_disk_of_the_tests_has_as_many_writes(tmp_path: Path) -> None:
    with full_disk(10**9) as (disk, vfs):
        ingest(workspace(tmp_path), vfs)
    assert disk.writes > WRITES[-1]


@pytest.mark.parametrize("write", range(1, 13))
def test_a_full_disk_in_a_seal_leaves_the_store_as_it_was(write: int, tmp_path: Path) -> None:
    where = filled(tmp_path)
    with full_disk(write) as (disk, vfs):
        try:
            with writing_to(where, vfs) as connection:
                seal(where, connection, MOMENT)
        except NotSavedError:
            assert disk.failed
    assert events_counted(where) == 240
    with writing_to(where) as connection:
        seal(where, connection, MOMENT)
        assert check(where, connection) == ()
        assert sum(segment.events for segment in manifest(connection)) == 240


SEAL = """
import resource, sys
from pathlib import Path
from siaga.store.database import writing_to
from siaga.store.segments import seal
from siaga.store.workspace import Workspace
from siaga.base.errors import NotSavedError
where = Workspace(folder=Path(sys.argv[1]))
with writing_to(where) as connection:
    for size in map(int, sys.argv[2:]):
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        try:
            seal(where, connection, "2022-02-24T04:00:00Z")
        except NotSavedError as error:
            print("told", "a segment can't be written" in str(error))
"""


def test_a_full_disk_while_a_segment_is_written_leaves_no_trace(tmp_path: Path) -> None:
    where = filled(tmp_path)
    sizes = [str(size) for size in (0, 1, 4, 100, 500, 1000, 2000, 4000, 8000, 10_000)]
    command = [sys.executable, "-c", SEAL, str(where.folder), *sizes]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert told == ["told True"] * len(sizes)
    assert list(where.segments.iterdir()) == []
    assert events_counted(where) == 240


def test_a_file_that_may_not_grow_ends_an_ingest_as_a_full_disk_does(tmp_path: Path) -> None:
    where, before = filled(tmp_path), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, before[1]))
    try:
        with pytest.raises(NotSavedError, match="disk is full or can't be written"):
            ingest(where)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    ingest(where)
    assert counts(where)["event"] == BATCHES * EACH * 12


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of root, which no folder is closed to."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def closed_folder() -> Iterator[Workspace]:
    """A workspace that may be read by all and written to by nobody."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    where = filled(folder)
    with writing_to(where) as connection:
        seal(where, connection, MOMENT)
    for path in (*where.folder.iterdir(), where.folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield where
    where.folder.chmod(0o755)
    where.segments.chmod(0o755)
    shutil.rmtree(folder)


def test_a_folder_that_is_read_only_is_read(closed_folder: Workspace) -> None:
    with as_nobody():
        assert events_counted(closed_folder) == 240
        with reading_from(closed_folder) as connection:
            assert load_reading(connection, reading(3).article.id) == reading(3)


def test_a_folder_that_is_read_only_is_told_when_written_to(closed_folder: Workspace) -> None:
    with as_nobody(), pytest.raises(NotSavedError, match="read-only"):
        put(closed_folder, [reading(99)])


def test_a_database_that_is_read_only_is_told_when_written_to(closed_folder: Workspace) -> None:
    closed_folder.folder.chmod(0o777)
    closed_folder.lock.chmod(0o666)
    with as_nobody(), pytest.raises(NotSavedError, match="read-only"):
        put(closed_folder, [reading(99)])


LATER = len(migrations()) + 1
"""A version of the schema that is not known yet."""


def newer(where: Workspace, script: str) -> None:
    connection = apsw.Connection(str(where.database))
    connection.execute(script)
    connection.close()


def test_a_newer_store_is_told_with_the_version_that_made_it(tmp_path: Path) -> None:
    where = filled(tmp_path)
    entered = f"INSERT INTO migration VALUES ({LATER}, '7.1.0', '2031-01-01')"  # noqa: S608 - a number of ours
    newer(where, f"{entered}; PRAGMA user_version = {LATER}")
    before = where.database.read_bytes()
    for opened in (reading_from, writing_to):
        with (
            pytest.raises(NewerStoreError, match=rf"made by siaga 7\.1\.0 \(schema {LATER}\).*Install that version"),
            opened(where),
        ):
            pass
    assert where.database.read_bytes() == before


def test_a_newer_store_without_a_list_of_versions_is_told_too(tmp_path: Path) -> None:
    where = filled(tmp_path)
    newer(where, f"DROP TABLE migration; PRAGMA user_version = {LATER}")
    with pytest.raises(NewerStoreError, match="of a later version"), writing_to(where):
        pass


def test_a_store_of_an_earlier_version_is_brought_up_to_date_by_the_writer(tmp_path: Path) -> None:
    where = workspace(tmp_path)
    newer(where, "PRAGMA user_version = 0")
    with pytest.raises(StoreError, match="siaga init"), reading_from(where):
        pass
    put(where, [reading(1)])
    assert counts(where)["article"] == 1


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    where = workspace(tmp_path)
    newer(where, "CREATE TABLE t (a); PRAGMA user_version = 1")
    with pytest.raises(DamagedError, match="another program"), writing_to(where):
        pass


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    where = workspace(tmp_path)
    where.database.write_bytes(b"no database at all" * 1000)
    for opened in (reading_from, writing_to):
        with pytest.raises(DamagedError, match="damaged"), opened(where):
            pass


def test_no_database_is_told_with_what_makes_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="siaga init"), reading_from(workspace(tmp_path)):
        pass


def test_broken_pages_are_told_with_what_to_do(tmp_path: Path) -> None:
    where = filled(tmp_path, 60)
    with where.database.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xa5" * (where.database.stat().st_size - 4096 * 5))
    with (
        pytest.raises(DamagedError, match="Copy the whole folder before anything else"),
        reading_from(where) as connection,
    ):
        [load_reading(connection, reading(number).article.id) for number in range(60)]
    with pytest.raises(DamagedError, match=r"\.recover"):
        put(where, map(reading, range(60, 90)))


def sealed(folder: Path) -> tuple[Workspace, Path]:
    """A workspace with a segment and a tail, and the file of the segment."""
    where = filled(folder)
    with writing_to(where) as connection:
        segment = seal(where, connection, MOMENT)
    assert segment is not None
    put(where, [reading(20)])
    return where, where.segments / segment.name


def missing(path: Path) -> None:
    path.unlink()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def overwritten(path: Path) -> None:
    path.write_bytes(b"\0" * path.stat().st_size)


@pytest.mark.parametrize("harm", [missing, cut, overwritten])
def test_a_damaged_segment_is_told_and_made_again(harm: object, tmp_path: Path) -> None:
    where, path = sealed(tmp_path)
    assert callable(harm)
    harm(path)
    with pytest.raises(DamagedError, match=r"Nothing is lost.*siaga seal --rebuild"):
        events_counted(where)
    with writing_to(where) as connection:
        assert str(path) in check(where, connection)[0]
        rebuild(where, connection, MOMENT)
        assert check(where, connection) == ()
    assert events_counted(where) == 252


def test_bytes_that_have_changed_are_told_or_found_by_a_check(tmp_path: Path) -> None:
    where, path = sealed(tmp_path)
    whole, dice = path.read_bytes(), random.Random(1)
    for _ in range(40):
        place = dice.randrange(len(whole))
        path.write_bytes(whole[:place] + bytes([whole[place] ^ (1 + dice.randrange(255))]) + whole[place + 1 :])
        with reading_from(where) as connection:
            assert len(check(where, connection)) == 1
        with suppress(DamagedError):  # and no other error
            events_counted(where)


def test_small_segments_are_put_together_once_they_are_many(tmp_path: Path) -> None:
    where = workspace(tmp_path)
    for number in range(MOST_SMALL + 2):
        put(where, [reading(number)])
        with writing_to(where) as connection:
            seal(where, connection, MOMENT)
    with writing_to(where) as connection:
        assert [one.events for one in manifest(connection)] == [12 * MOST_SMALL, 12, 12]
        assert check(where, connection) == ()
    assert events_counted(where) == 12 * (MOST_SMALL + 2)


def test_damaged_segments_are_not_put_together(tmp_path: Path) -> None:
    where = workspace(tmp_path)
    for number in range(MOST_SMALL):
        put(where, [reading(number)])
        with writing_to(where) as connection:
            segment = seal(where, connection, MOMENT)
            assert segment is not None
            if number == 0:
                overwritten(where.segments / segment.name)
    with writing_to(where) as connection:
        assert len(manifest(connection)) == MOST_SMALL
        rebuild(where, connection, MOMENT)
    assert events_counted(where) == 12 * MOST_SMALL


def test_a_rebuild_makes_few_large_segments(tmp_path: Path) -> None:
    where = filled(tmp_path, 5)
    for number in range(5, 10):
        with writing_to(where) as connection:
            seal(where, connection, MOMENT)
        put(where, [reading(number)])
    with writing_to(where) as connection:
        assert len(manifest(connection)) == 5
        [one] = rebuild(where, connection, MOMENT)
        assert (one.first, one.last, one.events) == (1, 120, 120)
    assert events_counted(where) == 120


def test_files_that_no_manifest_names_are_swept_when_nobody_can_be_using_them(tmp_path: Path) -> None:
    where, _ = sealed(tmp_path)
    names = {"old.parquet": 7200, "new.parquet": 60, "1-9.unfinished": 0}
    for name, age in names.items():
        (where.segments / name).touch()
        then = (where.segments / name).stat().st_mtime - age
        os.utime(where.segments / name, (then, then))
    with writing_to(where) as connection:
        seal(where, connection, MOMENT)
    left = {path.name for path in where.segments.iterdir()}
    assert left & set(names) == {"new.parquet"}
    assert events_counted(where) == 252


def test_a_second_writer_is_told_who_writes_and_the_first_goes_on(tmp_path: Path) -> None:
    where = workspace(tmp_path, wait=0)
    with writing_to(where) as connection:
        save(connection, [reading(1)], MOMENT)
        with pytest.raises(BusyError, match=rf"process {os.getpid()} is writing .*SIAGA_STORE_WAIT"), writing_to(where):
            pass
        save(connection, [reading(2)], MOMENT)
    assert counts(where)["article"] == 2


def test_a_second_writer_waits_for_the_first(tmp_path: Path) -> None:
    where, seen = workspace(tmp_path, wait=30), []

    def second() -> None:
        put(where, [reading(2)])
        seen.append("second")

    waiting = threading.Thread(target=second)
    with writing_to(where) as connection:
        waiting.start()
        time.sleep(0.3)
        save(connection, [reading(1)], MOMENT)
        seen.append("first")
    waiting.join()
    assert seen == ["first", "second"]
    assert counts(where)["article"] == 2


def test_a_sqlite_that_could_corrupt_the_store_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "LEAST_SQLITE", 9_000_000)
    with pytest.raises(StoreError, match="pip install --upgrade apsw"), writing_to(workspace(tmp_path)):
        pass
