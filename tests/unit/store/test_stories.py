"""Stories in the store: linking twice changes nothing, and removing an article undoes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from siaga.base.article import Article
from siaga.base.document import Reading
from siaga.base.story import Growth, StoryChange
from siaga.flow import link_stored, read_article, refresh_stories, story_stored, unlink, unstory
from siaga.link.lineages import lineages
from siaga.link.stories import stories_of
from siaga.store.database import reading_from, writing_to
from siaga.store.forget import doomed, forget
from siaga.store.lineages import Linking, linking
from siaga.store.stories import (
    StoryQuestion,
    StoryShelf,
    list_stories,
    load_all_incidents,
    load_all_stories,
    load_changes,
    load_incidents,
    load_story,
    shelving,
    story_of_article,
)
from siaga.store.workspace import Workspace
from tests.unit.link.telling import BLAST, EARLIER, SUMMIT, by_id, readings
from tests.unit.store.analysts import rereads
from tests.unit.store.shelves import MOMENT, put, workspace

pytestmark = pytest.mark.usefixtures("store")

TABLES = ("trait", "likeness", "story_article", "story", "incident")
ALL = tuple(one.article.id for one in readings())


def linked(where: Workspace, *ids: str) -> Workspace:
    put(where, by_id(*ids))
    with linking(where) as run:
        for _ in link_stored(run):
            continue
    with shelving(where) as shelf:
        for _ in story_stored(shelf):
            continue
    return where


def rows(where: Workspace) -> dict[str, list[object]]:
    """All that is kept of stories, without numbers."""
    with reading_from(where) as connection:
        found = {table: sorted(map(str, connection.execute(f"SELECT * FROM {table}"))) for table in TABLES}  # noqa: S608
    return {table: list(lines) for table, lines in found.items()}


def partition(where: Workspace) -> set[frozenset[str]]:
    with reading_from(where) as connection:
        return {frozenset(story.articles) for story in load_all_stories(connection)}


def test_linked_articles_are_put_into_stories(tmp_path: Path) -> None:
    where = linked(workspace(tmp_path), *ALL)
    assert partition(where) == {BLAST, SUMMIT, EARLIER}
    with reading_from(where) as connection:
        story = load_story(connection, story_of_article(connection, "blast-1") or "")
        assert story is not None
        assert story.independent_sources >= 1
        assert {one.story for one in load_incidents(connection, story.id)} == {story.id}
        assert len(tuple(load_all_incidents(connection))) >= 3
        assert load_story(connection, "no such story") is None


def test_linking_twice_changes_nothing(tmp_path: Path) -> None:
    where = linked(workspace(tmp_path), *ALL)
    before = rows(where)
    assert rows(linked(where)) == before


def test_articles_one_by_one_make_the_stories_of_all_at_once(tmp_path: Path) -> None:
    where = workspace(tmp_path)
    for one in reversed(ALL):
        linked(where, one)
    assert partition(where) == {BLAST, SUMMIT, EARLIER}


def test_removing_an_article_undoes_it(tmp_path: Path) -> None:
    where = linked(workspace(tmp_path), "blast-1", "blast-2", "summit-1")
    before = rows(where)
    linked(where, "blast-3")
    assert rows(where) != before
    with linking(where) as run:
        run.forget("blast-3", lineages)
    with shelving(where) as shelf:
        unstory(shelf, ["blast-3"])
    assert rows(where) == before


def without_events(article: str) -> Reading:
    [reading] = by_id(article)
    return reading.replace(events=(), title_events=())


def test_what_is_read_anew_is_told_as_if_it_had_been_read_so_at_first(tmp_path: Path) -> None:
    """Before, the traits and incidents of the former reading stood until the article was taken out."""
    where = linked(workspace(tmp_path / "anew"), *ALL)
    before = rows(where)
    changed = without_events("blast-3")
    rereads(where, changed)
    assert rows(where) == before
    linked(where)
    assert rows(where) != before
    at_first = workspace(tmp_path / "first")
    put(at_first, (changed if one.article.id == "blast-3" else one for one in by_id(*ALL)))
    assert rows(where) == rows(linked(at_first))
    with shelving(where) as shelf:
        assert shelf.stale() == ()


def test_what_is_read_the_same_again_is_not_told_anew(tmp_path: Path) -> None:
    where = linked(workspace(tmp_path), *ALL)
    rereads(where, *by_id("blast-1", "blast-3"))
    with shelving(where) as shelf:
        assert shelf.stale() == ()
        assert tuple(refresh_stories(shelf)) == ()


def test_a_story_loses_its_last_article_and_is_gone(tmp_path: Path) -> None:
    where = linked(workspace(tmp_path), "earlier")
    with shelving(where) as shelf:
        unstory(shelf, ["earlier"])
    assert all(not lines for lines in rows(where).values())


def test_what_became_of_a_story_is_kept(tmp_path: Path) -> None:
    where = linked(workspace(tmp_path), "blast-1", "earlier")
    change = StoryChange(kind="merged", story="old", other="new")
    with shelving(where) as shelf, shelf.saving():
        shelf.save_growth((), Growth(pairs=(), assignments=(), changes=(change,)))
    with reading_from(where) as connection:
        assert [one for one, _ in load_changes(connection, "old")] == [change]
        assert [one for one, _ in load_changes(connection, "new")] == [change]


def found(where: Workspace, **asked: object) -> list[frozenset[str]]:
    with reading_from(where) as connection:
        return [frozenset(one.articles) for one in list_stories(connection, StoryQuestion().replace(**asked), None)]


def test_stories_are_listed_by_conditions_the_latest_first(tmp_path: Path) -> None:
    where = linked(workspace(tmp_path), *ALL)

    assert found(where)[-1] == EARLIER
    assert found(where, until="2025-02-28") == [EARLIER]
    assert found(where, since="2025-03-05", sources=("The Test Ledger",)) == [BLAST]
    assert found(where, least_articles=3) == [BLAST]
    assert found(where, least_sources=4) == []
    assert found(where, least_articles=2, codes=("FRA",)) == [SUMMIT]
    assert found(where, types=("COERCE",)) == [EARLIER]
    assert set(found(where, languages=("id",))) == {BLAST, SUMMIT}


def test_what_is_taken_down_is_quoted_by_no_story(tmp_path: Path) -> None:
    where = linked(workspace(tmp_path), *ALL)
    with writing_to(where) as connection:
        unlink(Linking(where, connection), StoryShelf(connection), ("blast-2", "blast-3"))
        forget(where, connection, doomed(connection, "blast-2"), MOMENT)
        forget(where, connection, doomed(connection, "blast-3"), MOMENT)
    assert partition(where) == {frozenset({"blast-1"}), SUMMIT, EARLIER}
    assert not any("blast-2" in line or "blast-3" in line for lines in rows(where).values() for line in map(str, lines))


LOOKING_BACK = Article(
    id="back", source="Copperline Test", language="en", published="2025-03-25",
    title="Parliament in Baghdad debates a budget",
    text="Lawmakers in Baghdad debated a budget on Tuesday. ISIS attacked a market in Mosul on March 4, 2025 and "
    "killed 14 people, and opposition members asked for money for guards.",
)  # fmt: skip


def test_an_act_that_another_story_tells_is_one_incident_with_both_and_loses_what_is_taken_away(tmp_path: Path) -> None:
    where = linked(workspace(tmp_path), *ALL)
    before = rows(where)
    put(where, [read_article(LOOKING_BACK)])
    linked(where)
    with reading_from(where) as connection:
        blast, back = (story_of_article(connection, one) or "" for one in ("blast-2", "back"))
        assert blast != back
        told = {one.id: one for one in load_incidents(connection, blast)}
        [both] = [one for one in load_incidents(connection, back) if one.id in told]
        assert {"blast-2", "back"} <= set(both.articles)
        assert {"blast-2", "back"} <= set(told[both.id].articles)
        assert any(one.field == "magnitude" for one in told[both.id].contradictions)
        assert [one.id for one in load_all_incidents(connection)].count(both.id) == 1
    with writing_to(where) as connection:
        unlink(Linking(where, connection), StoryShelf(connection), ("back",))
    assert rows(where) == before


def test_files_and_a_store_tell_the_same_incidents(tmp_path: Path) -> None:
    where = linked(workspace(tmp_path), *ALL)
    put(where, [read_article(LOOKING_BACK)])
    linked(where)
    every = (*readings(), read_article(LOOKING_BACK))
    told = stories_of(every, lineages([one.article.id for one in every], ()))
    with reading_from(where) as connection:
        stored = {one.id: one for one in load_all_incidents(connection)}
    assert {one.id: set(one.events) for one in told.incidents} == {id_: set(one.events) for id_, one in stored.items()}
