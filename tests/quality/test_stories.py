"""Floors of stories on pairs of training articles that were read by hand; thresholds and weights were set on them, too.

About ten seconds: the 260 articles of the pairs have to be read. `bench/stories.py` is the whole measure.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bench.stories import arrived, b_cubed, by_pairs, pairs, training_articles
from siaga.flow import read_article
from siaga.link.traits import traits_of

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))["stories"]


@pytest.fixture(scope="module")
def stories(shared: Path) -> Mapping[str, str]:
    """The story of each article of the pairs."""
    wanted = {article for a, b, _ in pairs("second") for article in (a, b)}
    return arrived((traits_of(read_article(one)) for one in training_articles(shared) if one.id in wanted), ())


def measures(stories: Mapping[str, str]) -> Iterator[tuple[str, float]]:
    known = tuple(pairs("second"))
    yield from zip(("b_cubed_precision", "b_cubed_recall", "b_cubed"), b_cubed(stories, known), strict=True)
    yield from zip(("pairs_precision", "pairs_recall", "pairs"), by_pairs(stories, known), strict=True)


def test_stories_are_as_good_as_they_were(stories: Mapping[str, str]) -> None:
    found = dict(measures(stories))
    assert {name: found[name] for name in FLOORS if found[name] < FLOORS[name]} == {}, found


def test_a_story_of_each_article_alone_would_fail(stories: Mapping[str, str]) -> None:
    alone = dict(measures({article: article for article in stories}))
    assert any(alone[name] < FLOORS[name] for name in FLOORS)
