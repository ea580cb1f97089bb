"""What is read is taken in: what is stored already is passed over, the rest is saved batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from siaga.base.article import Article, Reject
from siaga.base.document import Reading
from siaga.store.connection import Connection
from siaga.store.database import now, writing_to
from siaga.store.save import Saved, save
from siaga.store.segments import seal, unsealed
from siaga.store.sql import query
from siaga.store.versions import is_forgotten
from siaga.store.workspace import Workspace

__all__ = ["Intake", "taking_in"]


class Intake:
    """The writer of one run: what it holds back for the next transaction, and what became of the rest."""

    def __init__(self, workspace: Workspace, connection: Connection) -> None:
        self.saved = Saved()
        self._workspace = workspace
        self._connection = connection
        self._pending: list[Reading | Reject] = []

    def unsaved(
        self, found: Iterable[Article | Reject], reader: Callable[[str | None], str]
    ) -> Iterator[Article | Reject]:
        """The articles that are not stored yet, and all rejects; the others are counted.

        Args:
            found: as collected.
            reader: what would read an article of a language now, as written into `article.reader`.

        """
        for one in found:
            if isinstance(one, Article) and self._is_forgotten(one):
                yield Reject(stage="save", id=one.id, reason="forgotten", message="was taken down (siaga forget)")
            elif isinstance(one, Reject) or (stored := self._stored(one, reader)) is None:
                yield one
            else:
                self.saved += stored

    def saving(self, results: Iterable[Reading | Reject]) -> Iterator[Reading | Reject]:
        """The same results; each is saved with its batch, the last ones with `save_pending`."""
        for result in results:
            self._pending.append(result)
            if len(self._pending) >= self._workspace.config.store.batch:
                self.save_pending()
            yield result

    def save_pending(self) -> None:
        """Save what is held back, and seal what has gathered if it is much."""
        batch, self._pending = self._pending, []
        if not batch:
            return
        self.saved += save(self._connection, batch, now())
        if unsealed(self._connection) >= self._workspace.config.store.seal_after:
            seal(self._workspace, self._connection, now())

    def _is_forgotten(self, article: Article) -> bool:
        """Whether it was taken down: by its id, its address, or with its source."""
        names = (("article", article.id), ("address", article.url), ("source", article.source))
        return any(name is not None and is_forgotten(self._connection, kind, name) for kind, name in names)

    def _stored(self, article: Article, reader: Callable[[str | None], str]) -> Saved | None:
        """How an article counts that is stored, with this very text; null if it isn't."""
        rows = self._connection.execute(query("stored_article"), {"id": article.id, "text": article.text})
        for read_by, language, same in rows:
            if same:
                current = reader(str(language) if language is not None else None)
                return Saved(known=1) if read_by == current else Saved(kept=1)
        return None


@contextmanager
def taking_in(workspace: Workspace) -> Iterator[Intake]:
    """The one intake of a workspace; at the end, even if it is cut short, what is held back is saved.

    Raises:
        StoreError: as `writing_to`.

    """
    with writing_to(workspace) as connection:
        intake = Intake(workspace, connection)
        try:
            yield intake
        finally:
            intake.save_pending()
