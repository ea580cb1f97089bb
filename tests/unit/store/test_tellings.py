"""What is counted of stored articles: stories, in the week in which they were first told; a copy adds nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.invented import reading
from siaga.base.document import Reading
from siaga.base.ids import content_id
from siaga.flow import link_stored
from siaga.monitor.panel import Floats
from siaga.monitor.series import load_all, series_of
from siaga.store.lineages import linking
from siaga.store.series import LAST_DAY, Each, Kind
from siaga.store.workspace import Workspace
from tests.unit.store.shelves import laid_out, put

KINDS: tuple[Kind, ...] = ("country", "directed", "undirected", "place")


def copy_of(one: Reading, outlet: str, days: int) -> Reading:
    """The same text, printed by another outlet some days later, in which other events were read."""
    article = one.article
    later = (date.fromisoformat(article.published or "") + timedelta(days=days)).isoformat()
    printed = article.replace(id=content_id(article.id, outlet), source=outlet, published=later, url=None)
    events = (event.replace(id=content_id(event.id, outlet), type="ASSAULT") for event in one.events)
    return Reading(article=printed, events=tuple(events), title_events=(), quotes=(), forecasts=())


def linked(folder: Path, readings: Iterable[Reading]) -> Workspace:
    where = laid_out(folder)
    put(where, readings)
    with linking(where) as run:
        tuple(link_stored(run))
    return where


def counts(where: Workspace, kind: Kind, each: Each = "story", until: str = LAST_DAY) -> dict[str, dict[int, float]]:
    """How much of each unit is counted in each week."""
    with series_of(where, until, each) as stored:
        found = load_all(stored, kind, "all")
    return {unit: weeks_of(row, found.first) for unit, row in zip(found.units, found.counts, strict=False)}


def weeks_of(row: Floats, first: int) -> dict[int, float]:
    return {first + int(week): float(row[week]) for week in np.flatnonzero(row)}


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(copies=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 20)), min_size=1, max_size=5))
def test_a_copy_never_raises_a_count(copies: list[tuple[int, int]], tmp_path_factory: pytest.TempPathFactory) -> None:
    read = [reading(number, events=4) for number in range(6)]
    printed = {(number, days): copy_of(read[number], f"Warta {number}-{days}", days) for number, days in copies}
    alone = linked(tmp_path_factory.mktemp("alone"), read)
    together = linked(tmp_path_factory.mktemp("together"), (*read, *printed.values()))
    for kind in KINDS:
        assert counts(together, kind) == counts(alone, kind)


def test_every_article_counts_where_that_is_asked(tmp_path: Path) -> None:
    one = reading(3, events=4)
    where = linked(tmp_path, (one, copy_of(one, "Warta", 1), copy_of(one, "Kabar", 1)))
    stories, articles = (counts(where, "country", each) for each in ("story", "article"))
    assert {sum(weeks.values()) for weeks in stories.values()} == {1}
    assert {sum(weeks.values()) for weeks in articles.values()} == {3}
