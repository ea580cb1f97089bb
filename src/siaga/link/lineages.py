"""Pairs -> lineages: articles that derive from one text, as a tree from the origin down.

A pure function of the articles and the pairs found between them: whatever order they came in, and whatever was
added and removed in between, the same articles and pairs give the same lineages under the same ids.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from heapq import heapify, heappop, heappush
from math import log
from typing import Literal

from siaga.base.ids import content_id
from siaga.base.lineage import COPIES, Lineage, Link, Pair, PairRelation, Relation

__all__ = ["lineages"]

SURE = 0.5
"""Probability from which two articles share a lineage; pairs below it are no copies in the first place."""
SURELY_COPIED = 0.75
"""Probability of having been made from another article above which an article is not taken for the origin."""
FURTHER: Mapping[PairRelation, float] = {"near": 0.5, "wire": 0.5, "reworded": 1.0, "translated": 1.5}
"""Log odds against having been made from an article, by how much would have been done to it: of several that it may
have been made from, the nearest is taken. Not tuned."""
LEAST = 1e-6
"""Chances below it are as good as none."""
Pairs = Mapping[str, Mapping[str, Pair]]


def lineages(articles: Iterable[str], pairs: Iterable[Pair]) -> tuple[Lineage, ...]:
    """The lineages of these articles, in the order of their first one; an article alone is a lineage of its own.

    Args:
        articles: ids.
        pairs: found between them; those that are no copies, or name others, don't count.

    """
    ids = tuple(dict.fromkeys(articles))
    linked = _linked(ids, pairs)
    seen: set[str] = set()
    found: list[Lineage] = []
    for article in ids:
        if article not in seen:
            family = _family(article, linked)
            seen |= family
            found.append(_lineage(family, linked))
    return tuple(found)


def _linked(ids: Iterable[str], pairs: Iterable[Pair]) -> Pairs:
    known = frozenset(ids)
    linked: defaultdict[str, dict[str, Pair]] = defaultdict(dict)
    for pair in pairs:
        if pair.relation in COPIES and pair.probability >= SURE and pair.a in known and pair.b in known:
            linked[pair.a][pair.b] = linked[pair.b][pair.a] = pair
    return linked


def _family(article: str, linked: Pairs) -> frozenset[str]:
    """The articles that pairs lead to from this one."""
    found, ahead = {article}, [article]
    while ahead:
        others = linked.get(ahead.pop(), {}).keys() - found
        found |= others
        ahead.extend(others)
    return frozenset(found)


def _lineage(family: frozenset[str], linked: Pairs) -> Lineage:
    id_ = content_id("lineage", min(family))
    doubts = {article: _copied(article, linked) for article in family}
    origin = min(family, key=lambda one: (doubts[one], one))
    tree = tuple(_tree(origin, family, linked))
    first = Link(
        kind="article", id=origin, story=None, lineage=id_, relation=_of_origin(origin, tree), copied_from=None,
        probability=1.0,
    )  # fmt: skip
    return Lineage(
        id=id_,
        links=(first, *(_link(id_, parent, pair) for parent, pair in tree)),
        origins=tuple(sorted(one for one in family if doubts[one] < SURELY_COPIED or one == origin)),
    )


def _copied(article: str, linked: Pairs) -> float:
    """The greatest probability that it was made from one of the others.

    Not a sum over all of them: a copy that is copied often does not become an original by it.
    """
    return max((_chance(pair, article, of="copy") for pair in linked.get(article, {}).values()), default=0.0)


def _chance(pair: Pair, article: str, of: Literal["copy", "original"]) -> float:
    """How probable it is that of two articles this one is the copy, or the original."""
    if pair.copy is None:
        return 0.5
    return pair.copy_probability if (pair.copy == article) == (of == "copy") else 1 - pair.copy_probability


def _tree(origin: str, family: frozenset[str], linked: Pairs) -> Iterator[tuple[str, Pair]]:
    """Each other article's parent and their pair; the likeliest edge that leads out of the tree is taken first."""
    outside, edges = set(family) - {origin}, list(_edges(origin, linked))
    heapify(edges)
    while outside:
        _, parent, child = heappop(edges)
        if child in outside:
            outside.remove(child)
            yield parent, linked[parent][child]
            for edge in _edges(child, linked):
                heappush(edges, edge)


def _edges(parent: str, linked: Pairs) -> Iterator[tuple[float, str, str]]:
    for child, pair in linked.get(parent, {}).items():
        worth = log(max(pair.probability, LEAST)) + log(max(_chance(pair, parent, of="original"), LEAST))
        yield FURTHER.get(pair.relation, 0.0) - worth, parent, child


def _of_origin(origin: str, tree: Iterable[tuple[str, Pair]]) -> Relation:
    """An origin is an original, unless it and another print one agency's text: the agency's own is not among them."""
    return "wire" if any(parent == origin and pair.relation == "wire" for parent, pair in tree) else "original"


def _link(lineage: str, parent: str, pair: Pair) -> Link:
    child = pair.b if parent == pair.a else pair.a
    return Link(
        kind="article",
        id=child,
        story=None,
        lineage=lineage,
        relation=_relation(pair),
        copied_from=None if pair.relation == "wire" else parent,
        probability=round(pair.probability, 3),
    )


def _relation(pair: Pair) -> Relation:
    assert pair.relation not in {"independent", "different"}  # noqa: S101 - such pairs are no edges of a tree
    return pair.relation  # type: ignore[return-value]  # mypy does not narrow literals by sets
