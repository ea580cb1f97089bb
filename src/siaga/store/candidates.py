"""Candidates from the store: the index of sketches that `siaga.link` asks for articles worth a look."""

from __future__ import annotations

import msgspec

from siaga.base.lineage import LEAST_KEYS, MOST_SHARING, Candidate, Sketch
from siaga.store.connection import Connection
from siaga.store.sql import query

__all__ = ["StoredIndex"]


class StoredIndex:
    """A `CandidateIndex` in the database; within a transaction of the writer, or only asked by a reader."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, sketch: Sketch) -> None:
        """Take in an article that is stored; again, it changes nothing."""
        keys = msgspec.json.encode(sketch.keys).decode()
        values = {"id": sketch.id, "digest": sketch.digest, "keys": keys}
        if (number := self._connection.execute(query("add_sketch"), values).get) is not None:
            self._connection.execute(query("add_sketch_keys"), {"article": number, "keys": keys})

    def remove(self, article: str) -> None:
        """Forget an article."""
        for number, keys in self._connection.execute(query("sketch_of"), (article,)).fetchall():
            self._connection.execute(query("drop_sketch_keys"), {"article": number, "keys": keys})
            self._connection.execute("DELETE FROM sketch WHERE article = ?", (number,))

    def candidates(self, sketch: Sketch, *, most: int) -> tuple[Candidate, ...]:
        """The articles that share most with this one, best first."""
        asked = {
            "id": sketch.id, "digest": sketch.digest, "keys": msgspec.json.encode(sketch.keys).decode(),
            "most": most, "most_sharing": MOST_SHARING, "least_keys": LEAST_KEYS,
        }  # fmt: skip
        rows = self._connection.execute(query("candidates"), asked)
        return tuple(
            Candidate(id=str(id_), exact=bool(exact), shared=float(str(shared))) for id_, exact, shared in rows
        )
