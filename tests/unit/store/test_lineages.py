"""Stored articles are linked, and that they were linked is undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from siaga.base.article import Article
from siaga.base.document import Reading
from siaga.base.lineage import Lineage, Pair
from siaga.flow import link, link_stored
from siaga.link.lineages import lineages
from siaga.link.pairing import Pairing
from siaga.link.vectors import KeptVectors
from siaga.store.database import reading_from
from siaga.store.lineages import Linking, linked_heads, linking, load_lineage, load_lineages, load_pairs
from siaga.store.workspace import Workspace
from tests.unit.link.pages import ENCODE, page
from tests.unit.store.shelves import laid_out, put

pytestmark = pytest.mark.usefixtures("store")

NAMES = (
    "2021-04-15-as-usir-diplomat-rusia-pelita.html",
    "2021-04-15-as-usir-diplomat-rusia-antar.html",
    "2021-06-23-hms-defender.html",
    "2021-11-02-burns-in-moscow.html",
    "2021-11-04-direktur-cia-terjemahan.html",
    "2021-04-16-as-usir-diplomat-rusia-kanal.html",
)
TABLES = ("sketch", "sketch_key", "pair", "lineage_link")


def bare(article: Article) -> Reading:
    return Reading(article=article, events=(), title_events=(), quotes=(), forecasts=())


def shelved(folder: Path, names: tuple[str, ...] = NAMES, **settings: object) -> Workspace:
    where = laid_out(folder, **settings)
    put(where, (bare(page(name)) for name in names))
    return where


def linked(where: Workspace) -> tuple[Pair, ...]:
    with linking(where) as run:
        return tuple(link_stored(run))


def stored(where: Workspace) -> tuple[Lineage, ...]:
    with reading_from(where) as connection:
        return tuple(load_lineages(connection))


def rows(where: Workspace) -> dict[str, list[tuple[object, ...]]]:
    with reading_from(where) as connection:
        return {table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in TABLES}  # noqa: S608


def test_the_store_links_as_files_are_linked(tmp_path: Path) -> None:
    where = shelved(tmp_path)
    linked(where)
    assert stored(where) == link(map(page, NAMES)).lineages
    with reading_from(where) as connection:
        assert [head.id for head in linked_heads(connection)] == [page(name).id for name in NAMES]


def test_linking_twice_changes_nothing(tmp_path: Path) -> None:
    where = shelved(tmp_path)
    assert linked(where)
    before = rows(where)
    assert linked(where) == ()
    assert rows(where) == before


def test_an_article_that_comes_later_joins_the_lineage_under_its_id(tmp_path: Path) -> None:
    where = shelved(tmp_path, NAMES[:2])
    linked(where)
    [before] = stored(where)
    put(where, [bare(page(NAMES[5]))])
    linked(where)
    [after] = stored(where)
    assert {*before.articles} < {*after.articles}
    assert after.articles == link(map(page, (*NAMES[:2], NAMES[5]))).lineages[0].articles


def test_what_was_linked_is_forgotten_as_if_it_had_never_been_there(tmp_path: Path) -> None:
    without = shelved(tmp_path / "without", (*NAMES[:1], *NAMES[2:]))
    linked(without)
    where = shelved(tmp_path / "with")
    linked(where)
    with linking(where) as run:
        run.forget(page(NAMES[1]).id, lineages)
    assert stored(where) == stored(without)
    assert [len(found) for found in rows(where).values()] == [len(found) for found in rows(without).values()]


def test_forgotten_and_linked_again_is_linked_as_before(tmp_path: Path) -> None:
    where = shelved(tmp_path)
    linked(where)
    before = {frozenset(one.articles) for one in stored(where)}
    with linking(where) as run:
        run.forget(page(NAMES[1]).id, lineages)
    linked(where)
    assert {frozenset(one.articles) for one in stored(where)} == before


def test_interrupted_it_keeps_whole_batches_and_goes_on(tmp_path: Path) -> None:
    where = shelved(tmp_path, batch=2)
    with linking(where) as run, pytest.raises(KeyboardInterrupt):
        tuple(run.linking(run.unlinked(), Interrupted(run, page(NAMES[3]).id), lineages))
    assert [len(rows(where)[table]) for table in ("sketch", "lineage_link")] == [2, 2]
    linked(where)
    assert stored(where) == link(map(page, NAMES)).lineages


class Interrupted:
    """Compares as ever, until an article comes at which somebody presses Ctrl-C."""

    def __init__(self, run: Linking, at: str) -> None:
        self._pairing = Pairing(run.index, run.article, ENCODE)
        self._at = at

    def __call__(self, article: Article) -> Iterator[Pair]:
        if article.id == self._at:
            raise KeyboardInterrupt
        return self._pairing.pairs_of(article)


def test_pairs_are_kept_with_their_evidence(tmp_path: Path) -> None:
    where = shelved(tmp_path)
    linked(where)
    with reading_from(where) as connection:
        [pair] = load_pairs(connection, [page(NAMES[3]).id])
        assert load_lineage(connection, page(NAMES[3]).id)
        assert load_lineage(connection, "nobody") is None
    assert pair.relation == "translated"
    assert len(pair.matches) > 2


def test_no_vector_is_reckoned_twice(tmp_path: Path) -> None:
    where, counted = shelved(tmp_path, NAMES[:1]), KeptVectors()
    found = []
    for encoder in (counted, KeptVectors()):
        with linking(where) as run:
            found.append(run.vectors(encoder)(["Perang usai.", "Hujan turun.", "Perang usai."]))
    assert counted.encoded == 2
    assert encoder.encoded == 0
    assert np.abs(found[0] - found[1]).max() < 0.001
    assert (found[1][0] == found[1][2]).all()
