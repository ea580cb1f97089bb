"""A backup is all that was saved at one moment, while somebody writes; what is not whole is not laid out."""

from __future__ import annotations

import gzip
import io
import os
import random
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bench.invented import reading
from siaga.base.errors import BusyError, DamagedError, NewerStoreError, NotSavedError, StoreError, WorkspaceError
from siaga.store.backup import MANIFEST, Held, Manifest, back_up, restore, verify
from siaga.store.database import now, reading_from, writing_to
from siaga.store.forget import Doomed, forget
from siaga.store.save import save
from siaga.store.segments import seal
from siaga.store.sql import migrations
from siaga.store.workspace import Workspace
from tests.unit.serve.contents import contents
from tests.unit.store.shelves import MOMENT, filled, put, workspace


@pytest.fixture
def where(tmp_path: Path) -> Workspace:
    """A workspace with a segment, a tail, knowledge of its own, and what belongs into no backup."""
    made = filled(tmp_path)
    with writing_to(made) as connection:
        seal(made, connection, MOMENT)
    put(made, [reading(20)])
    for name, text in {
        "sources/uji.toml": "name = 'Uji'", "archive/siaga-1.warc.gz": "record", "alerts/desk.toml": "x",
        "secrets/mail": "kepiting-ungu-42", "cache/outlook": "x", "sources/.hidden": "x", "sources/a.unfinished": "x",
    }.items():  # fmt: skip
        (made.folder / name).parent.mkdir(exist_ok=True)
        (made.folder / name).write_text(text, "utf-8")
    (made.folder / "sources/link").symlink_to("/etc/passwd")
    return made


@pytest.fixture
def file(where: Workspace, tmp_path: Path) -> Path:
    back_up(where, tmp_path / "b.tar.gz", MOMENT)
    return tmp_path / "b.tar.gz"


def restored(file: Path, folder: Path) -> Workspace:
    restore(file, folder, now(), replace=False)
    return Workspace(folder=folder)


def test_what_is_restored_is_what_was_backed_up_and_no_secret_or_link_is_in_it(
    where: Workspace, file: Path, tmp_path: Path
) -> None:
    again = restored(file, tmp_path / "again")
    assert contents(again) == contents(where)
    found = {str(path.relative_to(again.folder)) for path in again.folder.rglob("*") if path.is_file()}
    assert {"sources/uji.toml", "archive/siaga-1.warc.gz", "alerts/desk.toml"} <= found
    assert not {path for path in found if path.startswith(("secrets", "cache")) or "hidden" in path or "link" in path}
    assert b"kepiting-ungu-42" not in gzip.decompress(file.read_bytes())
    assert file.stat().st_mode & 0o077 == 0
    put(again, [reading(21)])  # it can be written to


def test_a_backup_beside_a_running_writer_is_whole_batches_as_of_one_moment(tmp_path: Path) -> None:
    where, done = workspace(tmp_path), threading.Event()
    put(where, [reading(0)])

    def write() -> None:
        with writing_to(where) as connection:
            for batch in range(1, 400):
                save(connection, map(reading, range(batch * 5, batch * 5 + 5)), MOMENT)
                if batch % 20 == 0:
                    seal(where, connection, MOMENT)
                if done.is_set():
                    return

    writer = threading.Thread(target=write)
    writer.start()
    sizes = []
    try:
        for number in range(5):
            back_up(where, tmp_path / f"{number}.tar.gz", MOMENT)
            again = restored(tmp_path / f"{number}.tar.gz", tmp_path / str(number))
            held = contents(again)
            assert held["segments that are broken"] == ()
            with reading_from(again) as connection:
                [(articles, events)] = connection.execute(
                    "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM event)"
                )
            assert (int(str(articles)) - 1) % 5 == 0
            assert events == 12 * int(str(articles))
            sizes.append(articles)
    finally:
        done.set()
        writer.join()
    assert len(set(sizes)) > 1  # it did write meanwhile


def test_a_backup_that_lies_in_the_workspace_holds_none_before_it(where: Workspace) -> None:
    first = back_up(where, where.folder / "one.tar.gz", MOMENT)
    second = back_up(where, where.folder / "two.tar.gz", MOMENT)
    assert [one.path for one in second.files] == [one.path for one in first.files]


def test_a_missing_segment_is_told_and_no_backup_is_left(where: Workspace, tmp_path: Path) -> None:
    for segment in where.segments.glob("*.parquet"):
        segment.unlink()
    with pytest.raises(DamagedError, match="siaga seal"):
        back_up(where, tmp_path / "b.tar.gz", MOMENT)
    assert list(tmp_path.glob("*b.tar.gz*")) == []


def test_a_segment_that_is_replaced_meanwhile_is_taken_anew(where: Workspace, tmp_path: Path) -> None:
    [old] = where.segments.glob("*.parquet")
    kept = old.read_bytes()
    with writing_to(where) as connection:
        forget(where, connection, Doomed(articles=(reading(3).article.id,)), MOMENT)
        assert not old.exists()
    made = back_up(where, tmp_path / "b.tar.gz", MOMENT)
    assert f"segments/{old.name}" not in {one.path for one in made.files}
    assert kept


def test_a_folder_that_is_not_empty_is_left_alone_unless_it_may_be_moved_aside(where: Workspace, file: Path) -> None:
    put(where, [reading(77)])
    before = contents(where)
    with pytest.raises(WorkspaceError, match="--replace"):
        restore(file, where.folder, MOMENT, replace=False)
    assert contents(where) == before
    _, aside = restore(file, where.folder, MOMENT, replace=True)
    assert aside is not None
    assert contents(Workspace(folder=aside)) == before
    assert contents(where) != before


def test_a_workspace_that_is_written_to_is_not_moved_aside(where: Workspace, file: Path) -> None:
    with writing_to(where), pytest.raises(BusyError, match="End it first"):
        restore(file, where.folder, MOMENT, replace=True)
    assert contents(where)
    assert not where.folder.with_name(f".{where.folder.name}.restoring").exists()


def test_an_empty_folder_is_filled(file: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert contents(restored(file, tmp_path / "empty"))


def members(file: Path) -> list[tuple[tarfile.TarInfo, bytes]]:
    with tarfile.open(file) as tar:
        return [(one, tar.extractfile(one).read()) for one in tar]  # type: ignore[union-attr]


def packed(file: Path, found: list[tuple[tarfile.TarInfo, bytes]]) -> Path:
    with tarfile.open(file, "w:gz") as tar:
        for member, body in found:
            member.size = len(body) if member.isreg() else 0
            tar.addfile(member, io.BytesIO(body))
    return file


def changed(body: bytes) -> bytes:
    return body[:-1] + bytes([body[-1] ^ 1])


Harm = Callable[[list[tuple[tarfile.TarInfo, bytes]]], list[tuple[tarfile.TarInfo, bytes]]]


def extra(name: str, kind: bytes = tarfile.REGTYPE, to: str = "") -> Harm:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, to
    return lambda found: [found[0], (member, b""), *found[1:]]


def named(name: str) -> Harm:
    """A file under another name, in the manifest too."""

    def harm(found: list[tuple[tarfile.TarInfo, bytes]]) -> list[tuple[tarfile.TarInfo, bytes]]:
        manifest = Manifest.from_json(found[0][1])
        files = (manifest.files[0].replace(path=name), *manifest.files[1:])
        found[1][0].name = name
        return [(found[0][0], manifest.replace(files=files).to_json()), *found[1:]]

    return harm


HARMS: dict[str, Harm] = {
    "a byte of the database": lambda found: [found[0], (found[1][0], changed(found[1][1])), *found[2:]],
    "a file less": lambda found: found[:-1],
    "a file more": lambda found: [*found, found[-1]],
    "no manifest": lambda found: found[1:],
    "another order": lambda found: [found[0], *reversed(found[1:])],
    "a link": extra("overlay/x", tarfile.SYMTYPE, "/etc/passwd"),
    "a hard link": extra("overlay/x", tarfile.LNKTYPE, "/etc/passwd"),
    "a device": extra("overlay/x", tarfile.CHRTYPE),
    "a way out": named("../outside"),
    "an absolute name": named("/tmp/outside"),  # noqa: S108 - a name that is refused
    "a way out within": named("overlay/../../outside"),
    "a hidden file": named("overlay/.bashrc"),
    "a secret": named("secrets/mail"),
    "a lock": named("siaga.lock"),
    "no name": named(""),
}


@pytest.mark.parametrize("harm", HARMS)
def test_what_was_tampered_with_is_refused_and_nothing_is_laid_out(harm: str, file: Path, tmp_path: Path) -> None:
    bad = packed(tmp_path / "bad.tar.gz", HARMS[harm](members(file)))
    before = {path.name for path in tmp_path.iterdir()}
    with pytest.raises(DamagedError):
        restore(bad, tmp_path / "again", MOMENT, replace=False)
    with pytest.raises(DamagedError):
        verify(bad)
    assert {path.name for path in tmp_path.iterdir()} == before


def test_a_backup_that_is_cut_or_changed_anywhere_is_told(file: Path, tmp_path: Path) -> None:
    whole, dice, bad = file.read_bytes(), random.Random(5), tmp_path / "bad.tar.gz"
    verify(file)
    for length in [0, 1, 10, *(dice.randrange(len(whole)) for _ in range(20))]:
        bad.write_bytes(whole[:length])
        with pytest.raises(DamagedError):
            verify(bad)
    for _ in range(40):
        place = dice.randrange(10, len(whole))
        bad.write_bytes(whole[:place] + bytes([whole[place] ^ (1 + dice.randrange(255))]) + whole[place + 1 :])
        with suppress(DamagedError):  # bytes that mean nothing may change; and no other error
            verify(bad)


@pytest.mark.parametrize("body", [b"", b"no archive", gzip.compress(b"no archive", mtime=0)])
def test_a_file_that_is_no_backup_is_told(body: bytes, tmp_path: Path) -> None:
    (tmp_path / "b.tar.gz").write_bytes(body)
    with pytest.raises(DamagedError):
        verify(tmp_path / "b.tar.gz")


def test_a_backup_of_a_later_version_is_told_with_the_version(file: Path, tmp_path: Path) -> None:
    (member, body), *rest = members(file)
    later = Manifest.from_json(body).replace(schema=len(migrations()) + 1, siaga="9.1.0")
    bad = packed(tmp_path / "later.tar.gz", [(member, later.to_json()), *rest])
    with pytest.raises(NewerStoreError, match=r"siaga 9\.1\.0"):
        restore(bad, tmp_path / "again", MOMENT, replace=False)


def test_one_that_says_it_is_larger_than_the_disk_is_not_begun(file: Path, tmp_path: Path) -> None:
    (member, body), *rest = members(file)
    large = Manifest.from_json(body)
    large = large.replace(files=(*large.files, Held(path="archive/x", bytes=10**18, sha256="0" * 64)))
    bad = packed(tmp_path / "large.tar.gz", [(member, large.to_json()), *rest])
    with pytest.raises(NotSavedError, match="are free"):
        restore(bad, tmp_path / "again", MOMENT, replace=False)
    assert member.name == MANIFEST


def test_a_folder_that_may_not_be_written_to_is_told(where: Workspace) -> None:
    with pytest.raises((NotSavedError, StoreError)):
        back_up(where, Path("/proc/b.tar.gz"), MOMENT)


def test_a_file_that_shrinks_or_goes_meanwhile_begins_anew_and_in_the_end_is_told(
    where: Workspace, tmp_path: Path, churning: Callable[[Path], None]
) -> None:
    churning(where.folder / "archive/siaga-2.warc.gz")
    with suppress(BusyError):
        back_up(where, tmp_path / "b.tar.gz", MOMENT)
        verify(tmp_path / "b.tar.gz")


@pytest.fixture
def churning() -> Iterator[Callable[[Path], None]]:
    """A file that somebody writes anew all the time, each time another."""
    done, threads = threading.Event(), []

    def churn(path: Path) -> None:
        number = 0
        while not done.is_set():
            number += 1
            path.write_bytes(os.urandom(number % 100_000))

    def begin(path: Path) -> None:
        threads.append(threading.Thread(target=churn, args=(path,)))
        threads[-1].start()

    yield begin
    done.set()
    for thread in threads:
        thread.join()
