"""Stored articles are linked: sketches, pairs and lineages are saved batch by batch, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from itertools import groupby, islice

import msgspec
import numpy as np
from numpy.typing import NDArray

from siaga.base.article import Article
from siaga.base.lineage import COPIES, Lineage, Link, Pair, Sketch
from siaga.base.stored import from_stored
from siaga.store.candidates import StoredIndex
from siaga.store.connection import Connection
from siaga.store.database import transaction, writing_to
from siaga.store.load import Head, head_of, load_reading
from siaga.store.sql import query
from siaga.store.workspace import Workspace

__all__ = ["Linking", "forget_links", "linked_heads", "linking", "load_lineage", "load_lineages", "load_pairs"]

Vectors = NDArray[np.float32]
Assemble = Callable[[Iterable[str], Iterable[Pair]], tuple[Lineage, ...]]
"""Articles and pairs -> lineages; the pure function of `siaga.link.lineages`."""


class Linking:
    """One run over the stored articles that are not linked yet."""

    def __init__(self, workspace: Workspace, connection: Connection) -> None:
        self.index = StoredIndex(connection)
        self._workspace = workspace
        self._connection = connection

    def unlinked(self) -> tuple[str, ...]:
        """Ids of the articles that have not been linked yet, in the order in which they were saved."""
        return tuple(str(id_) for (id_,) in self._connection.execute(query("unlinked_articles")))

    def article(self, id_: str) -> Article | None:
        """The stored article; null if there is none."""
        reading = load_reading(self._connection, id_)
        return None if reading is None else reading.article

    def linking(
        self, ids: Iterable[str], pairs_of: Callable[[Article], Iterable[Pair]], assemble: Assemble
    ) -> Iterator[Pair]:
        """The pairs of these articles that are copies; a batch is one transaction, with the lineages that change.

        Args:
            ids: of stored articles.
            pairs_of: compares an article with those in the index, and takes it in.
            assemble: makes lineages of articles and pairs.

        """
        rest = iter(ids)
        while batch := tuple(islice(rest, self._workspace.config.store.batch)):
            with transaction(self._connection):
                found = tuple(pair for id_ in batch for pair in self._pairs(id_, pairs_of))
                self._settle(batch, assemble)
            yield from found

    def take(self, sketches: Iterable[Sketch], pairs: Iterable[Pair], assemble: Assemble) -> None:
        """Take in articles whose pairs of copies with those before them were found elsewhere, in one transaction."""
        with transaction(self._connection):
            taken = tuple(sketches)
            for one in taken:
                self.index.add(one)
            self._connection.executemany(query("add_pair"), map(_pair_values, pairs))
            self._settle([one.id for one in taken], assemble)

    def in_order(self) -> Iterator[tuple[str, bool]]:
        """The ids of all stored articles in the order in which they were saved, and whether each is linked."""
        rows = self._connection.execute(query("articles_in_order"))
        return ((str(id_), bool(linked)) for id_, linked in rows)

    def forget(self, article: str, assemble: Assemble) -> None:
        """Undo that an article was linked: those it was linked with stand as if it had never been there."""
        with transaction(self._connection):
            forget_links(self._connection, article, assemble)

    def vectors(self, encode: Callable[[Sequence[str]], Vectors]) -> Callable[[Sequence[str]], Vectors]:
        """An encoder that looks in the store first and keeps there what it had to encode."""
        return _StoredVectors(self._connection, encode)

    def _pairs(self, id_: str, pairs_of: Callable[[Article], Iterable[Pair]]) -> Iterator[Pair]:
        if (article := self.article(id_)) is None:
            return
        for pair in pairs_of(article):
            if pair.relation in COPIES:
                self._connection.execute(query("add_pair"), _pair_values(pair))
                yield pair

    def _settle(self, touched: Iterable[str], assemble: Assemble) -> None:
        settle_lineages(self._connection, touched, assemble)


@contextmanager
def linking(workspace: Workspace) -> Iterator[Linking]:
    """The one run of linking of a workspace.

    Raises:
        StoreError: as `writing_to`.

    """
    with writing_to(workspace) as connection:
        yield Linking(workspace, connection)


def forget_links(connection: Connection, article: str, assemble: Assemble) -> None:
    """Within a transaction: undo that an article was linked."""
    index, family = StoredIndex(connection), _family(connection, (article,))
    index.remove(article)
    number = {"article": connection.execute("SELECT seq FROM article WHERE id = ?", (article,)).get}
    connection.execute(query("drop_pairs"), number)
    connection.execute("DELETE FROM lineage_link WHERE article = :article", number)
    settle_lineages(connection, [one for one in family if one != article], assemble)


def settle_lineages(connection: Connection, touched: Iterable[str], assemble: Assemble) -> None:
    """Within a transaction: the lineages of these articles, and of all that pairs lead to from them, made again."""
    family = _family(connection, touched)
    for lineage in assemble(family, load_pairs(connection, family)):
        rows = (_link_values(lineage, position) for position in range(len(lineage.links)))
        connection.executemany(query("set_link"), rows)


def load_pairs(connection: Connection, articles: Iterable[str]) -> tuple[Pair, ...]:
    """The pairs of copies that any of these articles is in."""
    rows = connection.execute(query("pairs_of"), (_json(articles),))
    return tuple(from_stored(str(record), Pair, "pair") for (record,) in rows)


def load_lineages(connection: Connection) -> Iterator[Lineage]:
    """All lineages, in the order of their first article; those of one article, too."""
    rows = (
        (from_stored(str(record), Link, "link"), bool(origin)) for record, origin in connection.execute(query("links"))
    )
    for _, links in groupby(rows, key=lambda row: row[0].lineage):
        yield _lineage(tuple(links))


def load_lineage(connection: Connection, article: str) -> Lineage | None:
    """The lineage that an article is in; null if it is not linked."""
    found = tuple(_links(connection.execute(query("links_of"), (article,))))
    return _lineage(found) if found else None


def linked_heads(connection: Connection) -> Iterator[Head]:
    """The linked articles without their texts, in the order in which they were saved."""
    return map(head_of, connection.execute(query("linked_heads")))


def _links(rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[Link, bool]]:
    return ((from_stored(str(record), Link, "link"), bool(origin)) for record, origin in rows)


def _lineage(rows: tuple[tuple[Link, bool], ...]) -> Lineage:
    return Lineage(
        id=rows[0][0].lineage,
        links=tuple(link for link, _ in rows),
        origins=tuple(sorted(link.id for link, origin in rows if origin)),
    )


def _family(connection: Connection, articles: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(id_) for (id_,) in connection.execute(query("family"), (_json(articles),)))


def _pair_values(pair: Pair) -> dict[str, str | float]:
    return {
        "a": pair.a, "b": pair.b, "relation": pair.relation, "probability": pair.probability,
        "record": pair.to_json().decode(),
    }  # fmt: skip


def _link_values(lineage: Lineage, position: int) -> dict[str, str | int]:
    link = lineage.links[position]
    return {
        "article": link.id, "lineage": lineage.id, "position": position, "origin": int(link.id in lineage.origins),
        "record": link.to_json().decode(),
    }  # fmt: skip


def _json(ids: Iterable[str]) -> str:
    return msgspec.json.encode(tuple(ids)).decode()


class _StoredVectors:
    """Sentence vectors in the store; kept as halves, which changes cosines by less than a thousandth."""

    def __init__(self, connection: Connection, encode: Callable[[Sequence[str]], Vectors]) -> None:
        self._connection = connection
        self._encode = encode

    def __call__(self, sentences: Sequence[str]) -> Vectors:
        found = {sentence: self._stored(sentence) for sentence in sentences}
        if new := [sentence for sentence, vector in found.items() if vector is None]:
            encoded = self._encode(new)
            found.update(zip(new, encoded, strict=True))
            rows = ((_hash(one), row.astype(np.float16).tobytes()) for one, row in zip(new, encoded, strict=True))
            self._connection.executemany(query("add_vector"), rows)
        return np.stack([vector for one in sentences if (vector := found[one]) is not None])

    def _stored(self, sentence: str) -> Vectors | None:
        blob = self._connection.execute(query("vector_of"), (_hash(sentence),)).get
        return None if blob is None else np.frombuffer(blob, np.float16).astype(np.float32)


def _hash(sentence: str) -> int:
    return int.from_bytes(blake2b(sentence.encode(), digest_size=8).digest()) >> 1
