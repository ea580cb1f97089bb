"""A job: a folder in which an archive is read, so that any number of processes can work on it and any may be killed.

    plan.json            the shards
    leases/<shard>       who reads a shard now; touched while it is read
    results/<name>       what was read of a shard, Parquet, under a name made from its content
    receipts/<shard>     that it is done, and which result is its own: the one thing that counts
    deaths/<shard>       a line for each reader that died over it
    links/<step>/        a job likewise: a step of linking copies over all shards (`siaga.scale.linking`)

Whatever is written is written aside, synced and renamed. A shard has one receipt, whoever was first.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Literal
from uuid import uuid4

import msgspec

from siaga.base.article import Page, Reject
from siaga.base.errors import WorkspaceError
from siaga.base.failpoint import failpoint
from siaga.base.ids import content_id
from siaga.base.record import Record
from siaga.collect.load import load
from siaga.store.files import sync

__all__ = ["Job", "Plan", "Receipt", "Shard", "Sources", "Step", "Stretch", "pages_of", "plan_of"]

UNFINISHED = ".unfinished"
Step = Literal["read", "sketch", "repeats", "bands", "pairs"]
"""What is done to the shards of a plan: they are read, or linked step by step."""


class Stretch(Record):
    """The pages `[first, last)` of a file, in its order."""

    path: str
    first: int
    last: int


class Shard(Record):
    """What is read at a time: stretches of files."""

    id: str
    stretches: tuple[Stretch, ...]

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return sum(one.last - one.first for one in self.stretches)


class Sources(Record):
    """What steps before have written: paths in the folder of the job that was read, in the order of their shards."""

    results: tuple[str, ...] = ()
    firsts: tuple[int, ...] = ()
    """The number of the first row of each result, among the rows of all; in the end how many these are."""
    sketch: tuple[str, ...] = ()
    repeats: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()


class Plan(Record):
    """What is to be read, and how; or what is to be linked."""

    lane: Literal["careful", "archive"]
    shards: tuple[Shard, ...]
    step: Step = "read"
    sources: Sources = Sources()


class Receipt(Record):
    """That a shard was read or linked, and what came of it."""

    shard: str
    result: str
    sha256: str
    articles: int
    events: int
    rejects: int
    seconds: float
    """Of processor time."""
    pairs: int = 0
    """Of copies."""


class Job(Record):
    """Where a job lies."""

    folder: Path

    @property
    def results(self) -> Path:
        """Folder of what was read."""
        return self.folder / "results"

    def lay_out(self, plan: Plan) -> None:
        """Write the plan down; what was read by another plan of the same shards stays read."""
        for name in ("leases", "results", "receipts", "deaths"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self._write(self.folder / "plan.json", plan)

    def plan(self) -> Plan:
        """The plan.

        Raises:
            WorkspaceError: there is none, or it can't be read.

        """
        path = self.folder / "plan.json"
        try:
            return Plan.from_json(path.read_bytes())
        except (FileNotFoundError, NotADirectoryError, msgspec.DecodeError) as error:
            raise WorkspaceError(f"{path}: no plan ({error}); make one with: siaga archive plan") from error

    def receipt(self, shard: str) -> Receipt | None:
        """The receipt of a shard; null while it is not done."""
        try:
            return Receipt.from_json((self.folder / "receipts" / shard).read_bytes())
        except FileNotFoundError:
            return None

    def give_receipt(self, receipt: Receipt) -> Receipt:
        """Say that a shard is done; the receipt that counts, which is that of the first who said so."""
        path = self.folder / "receipts" / receipt.shard
        aside = self._aside(path, receipt)
        failpoint("receipt.written")
        with suppress(FileExistsError):
            os.link(aside, path)
        failpoint("receipt.linked")
        aside.unlink()
        sync(path.parent)
        return self.receipt(receipt.shard) or receipt

    def lease(self, shard: str) -> Path:
        """The file that whoever reads a shard holds."""
        return self.folder / "leases" / shard

    def deaths(self, shard: str) -> int:
        """How many readers have died over a shard."""
        with suppress(FileNotFoundError):
            return (self.folder / "deaths" / shard).read_bytes().count(b"\n")
        return 0

    def note_death(self, shard: str) -> None:
        """Note that a reader died over a shard."""
        with (self.folder / "deaths" / shard).open("ab") as file:
            file.write(b"died\n")

    def _write(self, path: Path, record: Record) -> None:
        aside = self._aside(path, record)
        failpoint("plan.written")
        aside.replace(path)
        sync(path.parent)

    def _aside(self, path: Path, record: Record) -> Path:
        aside = path.with_name(f".{path.name}.{uuid4().hex[:8]}{UNFINISHED}")
        with aside.open("wb") as file:
            file.write(record.to_json())
            file.flush()
            os.fsync(file.fileno())
        return aside


def plan_of(paths: Sequence[str], size: int, lane: Literal["careful", "archive"]) -> Plan:
    """The plan of reading these files and folders, so many pages a shard. Each file is looked through once."""
    files = (file.resolve() for path in paths for file in _files(Path(path)))
    return Plan(lane=lane, shards=tuple(_shards(files, size, lane)))


def pages_of(shard: Shard) -> Iterator[Page | Reject]:
    """The pages of a shard, and what in its stretches can't be used."""
    for one in shard.stretches:
        yield from islice(load([one.path]), one.first, one.last)


def _files(path: Path) -> Iterator[Path]:
    """The file, or those of a folder in order, hidden ones left out."""
    if not path.is_dir():
        yield path
        return
    for found in sorted(path.rglob("*")):
        if found.is_file() and not any(part.startswith(".") for part in found.relative_to(path).parts):
            yield found


def _shards(files: Iterable[Path], size: int, lane: str) -> Iterator[Shard]:
    """Shards of so many pages, over the ends of files; the last has what is left."""
    stretches: list[Stretch] = []
    sizes: list[int] = []
    room = size
    for path in files:
        pages, first = sum(1 for _ in load([str(path)])), 0
        while first < pages:
            last = min(first + room, pages)
            stretches.append(Stretch(path=str(path), first=first, last=last))
            sizes.append(path.stat().st_size)
            room, first = room - (last - first), last
            if not room:
                yield _shard(stretches, sizes, lane)
                stretches, sizes, room = [], [], size
    if stretches:
        yield _shard(stretches, sizes, lane)


def _shard(stretches: Sequence[Stretch], sizes: Sequence[int], lane: str) -> Shard:
    content = ((one.path, size, one.first, one.last) for one, size in zip(stretches, sizes, strict=True))
    return Shard(id=content_id("shard", lane, *content), stretches=tuple(stretches))
