"""Text and data of public pages are as good as they were; about 10 seconds of processor time for both lanes."""

from __future__ import annotations

import gzip
import json
import operator
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bench.content import scores
from bench.metadata import shares as metadata
from siaga.base.article import Article, Page
from siaga.base.errors import RejectError
from siaga.collect.article import quick_page, read_page

COLLECT = tomllib.loads(Path(__file__).with_name("floors.toml").read_text("utf-8"))["collect"]
FLOORS, METADATA = COLLECT["aeb"], COLLECT["metadata"]
careful = cache(read_page)
"""Read once for all tests."""
LANES: Mapping[str, Callable[[Page], Article]] = {"careful": careful, "archive": quick_page}


@pytest.mark.parametrize("lane", LANES)
def test_the_text_and_data_of_public_pages_reach_their_floors(lane: str, shared: Path) -> None:
    folder = shared / "data/pages/aeb"
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    found = {name: read(LANES[lane], folder / "html" / f"{name}.html.gz") for name in truth}
    precision, recall = scores(
        {name: article.text if article else "" for name, article in found.items()},
        {name: page["articleBody"] for name, page in truth.items()},
    )
    articles = {name: article for name, article in found.items() if article}
    counts = {
        "addresses": sum(place(article.url) == place(truth[name]["url"]) for name, article in articles.items()),
        "titles": sum(article.title is not None for article in articles.values()),
        "published": sum(article.published is not None for article in articles.values()),
        "authors": sum(bool(article.about.authors) for article in articles.values()),
    }
    shares = {name: count / len(truth) for name, count in counts.items()}
    shares["f1"] = 2 * precision * recall / (precision + recall)
    assert {name: shares[name] for name, floor in FLOORS[lane].items() if shares[name] < floor} == {}


def test_what_pages_state_of_themselves_is_read_as_they_state_it(shared: Path) -> None:
    reached = {name: (one.found, one.accuracy) for name, one in metadata(shared / "data/pages/aeb", careful).items()}
    low = {name: reached[name] for name, floors in METADATA.items() if any(map(operator.lt, reached[name], floors))}
    assert low == {}
    assert reached.keys() == METADATA.keys()


def read(lane: Callable[[Page], Article], path: Path) -> Article | None:
    try:
        return lane(Page(name="page", body=gzip.decompress(path.read_bytes()), kind="html"))
    except RejectError:
        return None


def place(url: str | None) -> tuple[str, str]:
    """Host and path of an address, as far as they tell pages apart."""
    parts = urlsplit(url or "")
    return parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/")
