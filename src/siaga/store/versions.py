"""Articles that were edited or withdrawn: every text that stood is kept, with what changed."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from itertools import pairwise

import msgspec

from siaga.base.document import Reading
from siaga.base.record import Record
from siaga.store.connection import Connection
from siaga.store.load import load_reading
from siaga.store.reread import replace_reading
from siaga.store.sql import query

__all__ = ["Version", "is_forgotten", "load_versions", "mark", "revise", "stored_text"]


class Version(Record):
    """A text of an article, and what ended it."""

    number: int
    title: str | None
    text: str | None
    """Null where it was removed, by a takedown or for its age."""
    kind: str
    """What came after it: `edited`, `withdrawn`, `restored`; `current` if it stands."""
    moment: str | None
    """When that was seen, RFC 3339 in UTC."""
    changes: tuple[str, ...] = ()
    """Lines of the text that are not in the one before (`+`), and lines of that one that are gone (`-`)."""


def revise(connection: Connection, reading: Reading, moment: str) -> None:
    """Let an article have another text under its id. Within a transaction of the caller.

    Args:
        connection: of the writer.
        reading: of the new text, under the id of the article.
        moment: when the new text was seen.

    """
    article = reading.article
    number = _number(connection, article.id)
    title, text = stored_text(connection, article.id) or (None, None)
    _add(connection, number, ("edited", moment), (title, text))
    row = {
        "id": article.id, "title": article.title, "text": article.text,
        "dropped": msgspec.json.encode(article.dropped).decode(),
    }  # fmt: skip
    connection.execute(query("revise_article"), row)
    replace_reading(connection, reading, moment)


def mark(connection: Connection, article: str, kind: str, moment: str) -> bool:
    """Note that an article was withdrawn, or restored after it had been; whether that is new. Within a transaction."""
    number = _number(connection, article)
    last = connection.execute(query("last_version"), (number,)).get
    if (last == "withdrawn") == (kind == "withdrawn"):
        return False
    _add(connection, number, (kind, moment), (None, None))
    return True


def stored_text(connection: Connection, article: str) -> tuple[str | None, str] | None:
    """The title and the text that are stored of an article; null if it is not stored."""
    row = connection.execute(query("stored_text"), (article,)).fetchone()
    return None if row is None else (None if row[0] is None else str(row[0]), str(row[1]))


def is_forgotten(connection: Connection, kind: str, name: str) -> bool:
    """Whether an `article`, `address` or `source` was taken down."""
    return connection.execute(query("is_forgotten"), {"kind": kind, "name": name}).get is not None


def load_versions(connection: Connection, article: str) -> tuple[Version, ...]:
    """The texts of an article, oldest first, the last as it stands; none if it is not stored."""
    current = load_reading(connection, article)
    if current is None:
        return ()
    texts = list(_texts(connection, article))
    texts.append(
        Version(number=len(texts) + 1, title=current.article.title, text=current.article.text, kind="current",
                moment=None)
    )  # fmt: skip
    first = texts[0]
    return (first, *(later.replace(changes=_changes(before, later)) for before, later in pairwise(texts)))


def _texts(connection: Connection, article: str) -> Iterator[Version]:
    """The texts that stood before; of a withdrawal, none is its own."""
    for number, kind, moment, title, text in connection.execute(query("versions"), (article,)):
        yield Version(
            number=int(str(number)), kind=str(kind), moment=str(moment), title=None if title is None else str(title),
            text=None if text is None else str(text),
        )  # fmt: skip


def _changes(before: Version, later: Version) -> tuple[str, ...]:
    if before.text is None or later.text is None:
        return ()
    old, new = ([one.title or "", *(one.text or "").split("\n")] for one in (before, later))
    lines = list(unified_diff(old, new, lineterm="", n=0))[2:]
    return tuple(line for line in lines if line[:1] in {"+", "-"})


def _add(connection: Connection, number: int, what: tuple[str, str], before: tuple[str | None, str | None]) -> None:
    kind, moment = what
    title, text = before
    row = {"article": number, "kind": kind, "moment": moment, "title": title, "text": text}
    connection.execute(query("add_version"), row)


def _number(connection: Connection, article: str) -> int:
    return int(connection.execute("SELECT seq FROM article WHERE id = ?", (article,)).get)
