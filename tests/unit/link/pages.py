"""Articles to link: pages of the demo archive, which everybody has, and what is done to them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from siaga.base.article import Article
from siaga.base.lineage import Pair
from siaga.base.pack import asset
from siaga.collect.article import articles
from siaga.collect.load import load
from siaga.link.compare import compare
from siaga.link.profile import profile
from siaga.link.vectors import KeptVectors

ROOT = Path(str(asset("demo")))
ENCODE = KeptVectors()
"""One for all tests, so that no sentence is encoded twice."""


@cache
def page(name: str) -> Article:
    """A page of the demo archive by the name of its file."""
    return read(ROOT / "pages" / name)


def read(path: Path) -> Article:
    [found] = articles(load([str(path)]))
    assert isinstance(found, Article)
    return found


def copies() -> Iterator[tuple[str, str, str]]:
    """Relation, copy and what it was made from, as the manifest has it."""
    lines = (ROOT / "manifest.csv").read_text("utf-8").splitlines()
    for row in csv.DictReader(line for line in lines if line[0] != "#"):
        if row["of"]:
            yield row["relation"], row["file"], row["of"]


def pair_of(a: Article, b: Article) -> Pair:
    return compare(profile(a), profile(b), ENCODE)


def undated(article: Article) -> Article:
    return article.replace(published=None)
