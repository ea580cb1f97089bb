"""Stored articles read again: compared with what stands and saved batch by batch; the old reading is kept as past."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import apsw
import msgspec

from siaga.base.article import Article, Reject
from siaga.base.change import Change, changes, placed
from siaga.base.correction import corrected
from siaga.base.document import Reading
from siaga.base.record import Record
from siaga.store.connection import Connection
from siaga.store.corrections import keep_read, load_corrections, load_read, textless
from siaga.store.database import now, reading_from, transaction, writing_to
from siaga.store.load import Head, load_reading
from siaga.store.save import save
from siaga.store.segments import seal, unsealed
from siaga.store.settle import settle
from siaga.store.sql import query
from siaga.store.workspace import Workspace

__all__ = ["Reread", "Rereading", "Stale", "Totals", "replace_reading", "rereading"]

STAGE = "reread"


class Stale(Record):
    """Which stored articles are read again; an empty list is no condition. Days are inclusive, of publication."""

    ids: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    every: bool = False
    """Also what was read by the reader that is installed."""


class Reread(Record):
    """What became of an article that was read again."""

    article: Head
    """As it was read now."""
    was_read_by: str | None
    changes: tuple[Change, ...]
    same: int
    """Events that stand as they stood."""
    corrections: int
    """Corrections that stand."""
    unneeded: tuple[str, ...]
    """Ids of those that the reader agrees with by now."""


class Totals(Record):
    """What became of all articles of a run."""

    articles: int = 0
    same: int = 0
    changed: int = 0
    marginal: int = 0
    """Events told otherwise only in confidence or the rule that found them."""
    added: int = 0
    withdrawn: int = 0
    corrections: int = 0
    unneeded: int = 0
    rejects: int = 0

    def with_one(self, one: Reread | Reject) -> Totals:
        """The same and one more article."""
        if isinstance(one, Reject):
            return self.replace(rejects=self.rejects + 1)
        kinds = [change.kind if change.weighs else "marginal" for change in one.changes]
        return self.replace(
            articles=self.articles + 1,
            same=self.same + one.same,
            corrections=self.corrections + one.corrections,
            unneeded=self.unneeded + len(one.unneeded),
            **{kind: getattr(self, kind) + kinds.count(kind) for kind in ("changed", "marginal", "added", "withdrawn")},
        )


class Rereading:
    """One run over stored articles: which they are, and where what is read goes."""

    def __init__(self, workspace: Workspace, connection: Connection, *, saves: bool) -> None:
        self._workspace = workspace
        self._connection = connection
        self._saves = saves

    def stale(self, asked: Stale, readers: Mapping[str | None, str]) -> tuple[str, ...]:
        """Ids of the articles to be read, in the order in which they were saved.

        Args:
            asked: which.
            readers: what would read an article of each language now, and of any other (under null).

        """
        conditions = {
            "every": asked.every, "otherwise": readers[None], "since": asked.since, "until": asked.until,
            "readers": _json({language: reader for language, reader in readers.items() if language}),
            "ids": _json(asked.ids), "sources": _json(asked.sources), "languages": _json(asked.languages),
        }  # fmt: skip
        return tuple(str(id_) for (id_,) in self._connection.execute(query("articles_to_reread"), conditions))

    def unknown(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Of these ids, those of no stored article."""
        asked = msgspec.json.encode(tuple(ids)).decode()
        return tuple(str(id_) for (id_,) in self._connection.execute(query("unknown_articles"), (asked,)))

    def articles(self, ids: Iterable[str]) -> Iterator[Article]:
        """The stored articles, lazily."""
        for id_ in ids:
            if (stored := load_reading(self._connection, id_)) is not None:
                yield stored.article

    def saving(self, results: Iterable[Reading | Reject]) -> Iterator[Reread | Reject]:
        """What became of each article, saved before it is told; nothing is saved by a run that only tries."""
        batch: list[Reading | Reject] = []
        for result in results:
            batch.append(result)
            if len(batch) >= self._workspace.config.store.batch:
                yield from self._saved(batch)
                batch = []
        yield from self._saved(batch)

    def _saved(self, batch: Iterable[Reading | Reject]) -> list[Reread | Reject]:
        moment = now()
        if not self._saves:
            return [one if isinstance(one, Reject) else _compared(self._connection, one)[0] for one in batch]
        with transaction(self._connection):
            done = [_settled(self._connection, one, moment) for one in batch]
        save(self._connection, (one for one in done if isinstance(one, Reject)), moment)
        if unsealed(self._connection) >= self._workspace.config.store.seal_after:
            seal(self._workspace, self._connection, moment)
        return done


@contextmanager
def rereading(workspace: Workspace, *, saves: bool) -> Iterator[Rereading]:
    """A run over the stored articles of a workspace; one that only tries needs no right to write.

    Raises:
        StoreError: as `writing_to`.

    """
    with writing_to(workspace) if saves else reading_from(workspace) as connection:
        yield Rereading(workspace, connection, saves=saves)


def _settled(connection: Connection, result: Reading | Reject, moment: str) -> Reread | Reject:
    """Save what was read now, whole, or leave the reading that is stored and say why."""
    if isinstance(result, Reject):
        return result
    try:
        with connection:  # within the batch: a savepoint
            done = replace_reading(connection, result, moment)
    except apsw.ConstraintError as error:
        message = f"an id in its reading is taken by another article, or stands twice: {error}"
        return Reject(stage=STAGE, id=result.article.id, reason="id_taken", message=message)
    return done


def replace_reading(connection: Connection, reading: Reading, moment: str) -> Reread:
    """Let a reading take the place of the one that is stored; what changed. Within a transaction of the caller."""
    done, stored, wanted = _compared(connection, reading)
    number = int(connection.execute("SELECT seq FROM article WHERE id = ?", (reading.article.id,)).get)
    before = load_read(connection, reading.article.id) or stored
    past = None if _found(before) == _found(reading) else textless(before)
    connection.execute(query("add_past_reading"), {"article": number, "moment": moment, "record": past})
    connection.execute(query("set_reading"), (reading.article.reader, moment, number))
    if load_corrections(connection, reading.article.id):
        keep_read(connection, number, reading)
    settle(connection, stored, wanted, moment)
    return done


def _compared(connection: Connection, reading: Reading) -> tuple[Reread, Reading, Reading]:
    """What would change, the reading that is stored, and the one that is to stand."""
    stored, corrections = load_reading(connection, reading.article.id), load_corrections(connection, reading.article.id)
    assert stored is not None  # noqa: S101 - it was loaded to be read again, and articles are never taken out
    outcome = corrected(reading, corrections)
    found = changes(stored, outcome.reading)
    standing_now = sum(1 for _ in placed(outcome.reading))
    done = Reread(
        article=_head(reading.article),
        was_read_by=stored.article.reader,
        changes=found,
        same=standing_now - sum(change.after is not None for change in found),
        corrections=outcome.standing,
        unneeded=outcome.unneeded,
    )
    return done, stored, outcome.reading


def _found(reading: Reading) -> Reading:
    """What a reader found, whoever it was."""
    return reading.replace(article=reading.article.replace(reader=None, text="", dropped=()))


def _head(article: Article) -> Head:
    return Head(**{field.name: getattr(article, field.name) for field in msgspec.structs.fields(Head)})


def _json(value: object) -> str | None:
    """A list or mapping for SQLite; null for an empty one, which is no condition."""
    return msgspec.json.encode(value).decode() if value else None
