"""What is taken down: text gone from every file of a workspace, and a tombstone so that it is not fetched again.

Deleted rows would stay readable in free pages of the file, in the slack of others, and in its log: the file is written
anew (VACUUM) and the log emptied, which takes some 20 s a gigabyte. Segments that hold sentences of it are made again.
The index of words forgets at once (`secure-delete` of FTS5).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from siaga.base.failpoint import failpoint
from siaga.base.ids import content_id
from siaga.base.record import Record
from siaga.store.connection import Connection
from siaga.store.database import transaction
from siaga.store.segments import make_again, remove_unnamed
from siaga.store.sql import query
from siaga.store.workspace import Workspace

__all__ = ["Doomed", "archive_files", "doomed", "expire", "forget", "scrub"]


class Doomed(Record):
    """What is to be taken down."""

    articles: tuple[str, ...] = ()
    """Ids."""
    urls: tuple[str, ...] = ()
    """All addresses of them, and those that were asked for."""
    source: str | None = None
    """A source that is taken down whole."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is meant."""
        return not (self.articles or self.urls or self.source)


def doomed(connection: Connection, named: str, source: str | None = None) -> Doomed:
    """What an id, an address or a source means; nothing, if it is none that we know.

    The id of what was taken down already is known: whoever was cut short may have left bytes of it.
    """
    if source is not None:
        rows = connection.execute(query("articles_of_source"), {"source": source}).fetchall()
    elif "://" in named:
        rows = connection.execute(query("articles_at"), {"url": named}).fetchall()
    else:
        rows = connection.execute(query("article_or_stone"), {"id": named}).fetchall()
    articles = tuple(str(id_) for (id_,) in rows)
    urls = {str(url) for (url,) in connection.execute(query("addresses_of"), {"articles": _json(articles)})}
    if source is not None:
        urls |= {str(url) for (url,) in connection.execute("SELECT url FROM page WHERE source = ?", (source,))}
    return Doomed(articles=articles, urls=tuple(sorted(urls | ({named} if "://" in named else set()))), source=source)


def forget(workspace: Workspace, connection: Connection, what: Doomed, moment: str) -> int:
    """Take down: how many articles were stored and are no more.

    Args:
        workspace: whose segments are made again.
        connection: of the writer.
        what: is taken down.
        moment: now.

    """
    numbers = _numbers(connection, what.articles)
    events = tuple(_events(connection, numbers))
    with transaction(connection):
        _set_stones(connection, what, moment)
        for number in numbers:
            _delete_all(connection, "article", "seq", (number,))
        _blank_rejects(connection, what)
        make_again(workspace, connection, events, moment)
    failpoint("seal.replaced")
    remove_unnamed(workspace, connection)
    scrub(connection)
    return len(numbers)


def expire(connection: Connection, before: str, versions_before: str) -> tuple[int, int]:
    """Remove what is older than it is to be kept: texts of articles, and their earlier versions; how many of each.

    Args:
        connection: of the writer.
        before: articles saved before this day lose their text; empty: none does.
        versions_before: earlier versions seen before this day lose theirs; empty: none does.

    """
    with transaction(connection):
        texts = connection.execute(query("expire_texts"), (before,)).fetchall() if before else []
        older = connection.execute(query("expire_versions"), (versions_before,)).fetchall() if versions_before else []
    if texts or older:
        scrub(connection)
    return len(texts), len(older)


def scrub(connection: Connection) -> None:
    """Let nothing of what was deleted stay readable in the file or its log."""
    connection.execute(query("scrub")).fetchall()


def archive_files(folder: Path, before: float) -> tuple[Path, ...]:
    """Files of the archive that were last written before a moment, seconds since 1970."""
    return tuple(path for path in sorted(folder.glob("*.warc.gz")) if path.stat().st_mtime < before)


def _numbers(connection: Connection, articles: Sequence[str]) -> tuple[int, ...]:
    return tuple(int(str(seq)) for (seq,) in connection.execute(query("article_numbers"), (_json(articles),)))


def _events(connection: Connection, numbers: Sequence[int]) -> Iterator[int]:
    """Numbers of all events that segments may hold of these articles."""
    for (seq,) in connection.execute(query("events_of_articles"), {"articles": _json(numbers)}):
        yield int(str(seq))


def _set_stones(connection: Connection, what: Doomed, moment: str) -> None:
    ids = {*what.articles, *_other_ids(connection, what.articles)}
    named = [("article", id_) for id_ in sorted(ids)] + [("address", url) for url in what.urls]
    named += [("source", what.source)] if what.source else []
    connection.executemany(query("add_forgotten"), ((kind, name, moment) for kind, name in named))
    connection.execute(query("forget_pages"), (_json(what.urls),))


def _other_ids(connection: Connection, articles: Sequence[str]) -> Iterator[str]:
    """The ids that these texts would have if they were read again from a file, with or without the name of a source."""
    for source, title, text in connection.execute(query("all_texts"), {"articles": _json(articles)}):
        yield from (content_id("article", name, title, text) for name in (None, source))


def _delete_all(connection: Connection, table: str, column: str, keys: Sequence[object]) -> None:
    """Delete the rows with these keys, and first all rows of any table that refer to them, whoever added that table."""
    if not keys:
        return
    for child, child_column, parent_column in _referring(connection, table):
        own = f"SELECT {parent_column} FROM {table} WHERE {column} = ?"  # noqa: S608 - names of our own schema
        found = {row[0]: None for key in keys for row in connection.execute(own, (key,))}
        _delete_all(connection, child, child_column, tuple(found))
    connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", ((key,) for key in keys))  # noqa: S608


def _referring(connection: Connection, table: str) -> list[tuple[str, str, str]]:
    """Tables, their columns, and the columns of this table to which they refer."""
    rows = connection.execute(query("referring"), (table,)).fetchall()
    return [(str(child), str(column), str(parent)) for child, column, parent in rows]


def _blank_rejects(connection: Connection, what: Doomed) -> None:
    """What was told of these addresses when they could not be used may hold words of them."""
    connection.execute(query("drop_rejects"), (_json((*what.urls, *what.articles)),))


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
