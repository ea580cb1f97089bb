"""Copies of one text are found, put in order, and counted as one source: floors on the team's pairs and on our own.

Skipped where the team's data is not at hand. About 25 s of processor: some 560 articles are read, and a tenth of their
sentences encoded.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from siaga.base.article import Article
from siaga.base.lineage import COPIES, Linked
from siaga.collect.article import articles
from siaga.collect.load import load
from siaga.flow import link
from siaga.link.independence import independence, voice
from tests.unit.link.pages import pair_of
from tools.copies.made import MadePair, made_pairs

FLOORS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("floors.toml").read_text("utf-8"))["copies"]
RIGA = Path(__file__).parents[1] / "unit" / "link" / "riga"
"""Three rewordings and a translation of the seed page, written for this test."""


def pages(*paths: Path) -> Iterator[Article]:
    for found in articles(load(map(str, paths))):
        assert isinstance(found, Article)
        yield found


def scores(linked: Linked, pairs: Iterable[dict[str, str]]) -> dict[str, float]:
    """As the team's `score/copies.py` reckons them."""
    links = {one.id: one for lineage in linked.lineages for one in lineage.links}
    counted, found, directed, right = Counter[str](), Counter[str](), 0, 0
    for pair in pairs:
        a, b = links[pair["a"]], links[pair["b"]]
        counted[pair["relation"]] += 1
        found[pair["relation"]] += a.lineage == b.lineage
        if pair["direction"] and pair["relation"] != "wire":
            directed += 1
            right += b.copied_from == pair["a"]
    copies = sum(found[relation] for relation in counted if relation in COPIES)
    shares = {relation: found[relation] / counted[relation] for relation in counted}
    return shares | {"precision": copies / found.total(), "direction": right / directed}


def too_low(found: dict[str, float], floors: dict[str, float]) -> dict[str, float]:
    return {name: found[name] for name, floor in floors.items() if name in found and found[name] < floor} | {
        name: found[name[5:]] for name, most in floors.items() if name[:5] == "most_" and found[name[5:]] > most
    }


def test_pairs_made_by_hand_keep_their_floors(shared: Path) -> None:
    known = tuple(pages(shared / "gold" / "copies_dev.jsonl"))
    pairs = json.loads((shared / "gold" / "copies_dev.pairs.json").read_text("utf-8"))
    floors = dict(FLOORS["dev"])
    without_days = floors.pop("direction_without_days")
    assert too_low(scores(link(known), pairs), floors) == {}
    undated = scores(link(one.replace(published=None) for one in known), pairs)
    assert undated["direction"] >= without_days
    assert too_low(undated, floors | {"direction": without_days}) == {}


def test_pairs_made_by_recipes_keep_their_floors(shared: Path) -> None:
    counted, found, directed, right = Counter[str](), Counter[str](), 0, 0
    for made in made_pairs(shared):
        pair = pair_of(made.a, made.b)
        counted[made.relation] += 1
        found[made.relation] += pair.relation in COPIES
        if made.is_directed and pair.copy is not None:
            directed += 1
            right += pair.copy == made.b.id
    shares = {relation: found[relation] / counted[relation] for relation in counted}
    assert counted.total() >= 300
    assert too_low(shares | {"direction": right / directed}, FLOORS["made"]) == {}


def test_the_seed_its_rewordings_and_its_translation_are_one_source(shared: Path) -> None:
    linked = link(pages(shared / "seed" / "umatpost.txt", RIGA))
    [lineage] = linked.lineages
    assert len(lineage.links) == 5
    found = independence(linked.lineages, map(voice, linked.articles))
    assert (found.articles, found.texts, found.independent_sources) == (5, 1, 1)
    assert [source.name for source in found.sources] == ["AFP"]


def test_a_recipe_makes_the_same_copy_each_time(shared: Path) -> None:
    once, again = (next(iter(made_pairs(shared))) for _ in range(2))
    assert once == again
    assert isinstance(once, MadePair)
