"""The invented store of the benches: what is in a small one of its kind, and that it holds together."""

from __future__ import annotations

from pathlib import Path

from bench import big_store
from siaga.base.window import Window
from siaga.store.claims import load_ledger
from siaga.store.counts import count_store
from siaga.store.database import reading_from
from siaga.store.outlets import compared, copied, outlet_days, outlets_of_sources
from siaga.store.stories import StoryQuestion, list_stories, load_incidents
from siaga.store.workspace import Workspace, find_workspace

ALL = Window(since="2000-01-01", until="2030-01-01")


def made(folder: Path) -> Workspace:
    big_store.make(folder, 200)
    return find_workspace(str(folder), {}, Path())


def test_a_store_of_two_hundred_articles_has_all_that_a_large_one_has(tmp_path: Path) -> None:
    with reading_from(made(tmp_path)) as connection:
        counts = count_store(connection)
        stories = list_stories(connection, StoryQuestion(), None)
        incidents = load_incidents(connection, stories[0].id)
        assert (counts.articles, counts.events, counts.stories, counts.incidents) == (200, 2000, 40, 120)
        assert (counts.claims, len(load_ledger(connection, "2026-11-27"))) == (20, 20)
        assert {len(one.articles) for one in stories} == {5}
        assert {len(one.events) for one in incidents} == {10}


def test_copies_are_counted_for_who_gave_and_who_took_them(tmp_path: Path) -> None:
    with reading_from(made(tmp_path)) as connection:
        taken = copied(connection, ALL)
        outlets = outlet_days(connection, ALL)
        assert sum(one.articles for one in taken) == 40
        assert {one.taker for one in taken} | {one.giver for one in taken} <= set(outlets)
        assert sum(sum(days.values()) for days in outlets.values()) == 200
        assert sum(one.articles for one in compared(connection, ALL).values()) == 200
        assert {name for names in outlets_of_sources(connection).values() for name in names} == set(outlets)
