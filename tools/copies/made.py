"""Pairs of which one is made from the other, and pairs of real articles that aren't copies: `tools/copies/pairs.csv`.

    python -m tools.copies.made ../shared > /tmp/pairs.json       # the pairs with their texts, to look at

A row is a recipe, the article it is used on and the seed of its dice; or `independent` with two articles.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import msgspec

from siaga.base.article import Article, Page
from siaga.base.lineage import COPIES, PairRelation
from siaga.base.record import Record
from siaga.collect.article import read_page
from tools.copies.recipes import HERE, RECIPES, Kitchen, make, synonyms

__all__ = ["MadePair", "Row", "collected", "made_pairs", "news", "rows"]

MOST_TITLES = 200


class Row(Record):
    """A row of `pairs.csv`."""

    recipe: str
    """One of RECIPES, or `independent`: two real articles that tell of one thing in their own words."""
    article: str
    other: str
    """The other of an independent pair; else the article of whose text `cut` takes sentences, and headlines come."""
    seed: int


class MadePair(Record):
    """Two articles and how they relate; `b` is made from `a`, unless they are wires or no copies."""

    a: Article
    b: Article
    relation: PairRelation

    @property
    def is_copy(self) -> bool:
        """Whether both derive from one text."""
        return self.relation in COPIES

    @property
    def is_directed(self) -> bool:
        """Whether one was made from the other."""
        return self.is_copy and self.relation != "wire"


@cache
def rows() -> tuple[Row, ...]:
    """The rows of `pairs.csv`."""
    lines = (HERE / "pairs.csv").read_text("utf-8").splitlines()
    found = csv.DictReader(line for line in lines if line[0] != "#")
    return tuple(
        Row(recipe=one["recipe"], article=one["article"], other=one["other"], seed=int(one["seed"] or 0))
        for one in found
    )


def made_pairs(shared: Path) -> Iterator[MadePair]:
    """The pairs of `pairs.csv`, made of the team's news, without days."""
    articles = news(shared)
    for row in rows():
        a, b = articles[row.article], articles[row.other]
        if row.recipe not in RECIPES:
            relation: PairRelation = "independent" if row.recipe == "independent" else "different"
            yield MadePair(a=collected(a), b=collected(b), relation=relation)
            continue
        recipe = RECIPES[row.recipe]
        original, copy = make(a.text, recipe, _kitchen(row, a, b, shared), row.seed)
        name = f"{row.recipe}-{row.article}-{row.seed}"
        yield MadePair(
            a=collected(a.replace(id=f"{name}-z", text=original)),
            b=collected(a.replace(id=f"{name}-a", text=copy, title=None)),
            relation=recipe.relation,
        )


def collected(article: Article) -> Article:
    """An article as the collector hands it on, without junk."""
    line = {"id": article.id, "text": article.text, "title": article.title, "lang": article.language}
    return read_page(Page(name=article.id, kind="jsonl", body=msgspec.json.encode(line)))


def _kitchen(row: Row, article: Article, other: Article, shared: Path) -> Kitchen:
    titles = [one.title or "" for one in news(shared).values() if one.language == article.language]
    dice = random.Random(row.seed)
    return Kitchen(
        synonyms=synonyms(article.language or "", shared),
        titles=tuple(dice.sample(titles, MOST_TITLES)),
        other=other.text,
    )


@cache
def news(shared: Path) -> Mapping[str, Article]:
    """The training news by id, without days: what they say of who was first is not used here."""
    found: dict[str, Article] = {}
    for language in ("id", "en"):
        with gzip.open(shared / "data" / "news" / f"{language}_train.jsonl.gz", "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                found[row["id"]] = Article(id=row["id"], text=row["text"], title=row["title"], language=language)
    return found


if __name__ == "__main__":
    for pair in made_pairs(Path(sys.argv[1])):
        sys.stdout.buffer.write(pair.to_json() + b"\n")
