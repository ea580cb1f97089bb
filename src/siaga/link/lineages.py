"""Pairs -> lineages: articles that derive from one text, as a tree from the origin down.

A pure function of the articles and the pairs found between them: whatever order they came in, and whatever was
added and removed in between, the same articles and pairs give the same lineages under the same ids.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from math import log

from siaga.base.ids import content_id
from siaga.base.lineage import COPIES, Lineage, Link, Pair, Relation

__all__ = ["lineages"]

SURE = 0.5
"""Probability from which two articles share a lineage; pairs below it are no copies in the first place."""
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
    origin = min(family, key=lambda one: (-_originality(one, linked), one))
    tree = tuple(_tree(origin, family, linked))
    wires = {pair.b if parent == pair.a else pair.a for parent, pair in tree if pair.relation == "wire"}
    first = Link(id=origin, lineage=id_, relation=_of_origin(origin, tree), copied_from=None, probability=1.0)
    return Lineage(id=id_, links=(first, *(_link(id_, parent, pair, wires) for parent, pair in tree)))


def _originality(article: str, linked: Pairs) -> float:
    """Log odds that the others were made from this one."""
    return sum(log(_chance(pair, article) / (1 - _chance(pair, article))) for pair in linked.get(article, {}).values())


def _chance(pair: Pair, original: str) -> float:
    """How probable it is that of two articles this one is the original."""
    if pair.copy is None:
        return 0.5
    chance = 1 - pair.copy_probability if pair.copy == original else pair.copy_probability
    return min(max(chance, LEAST), 1 - LEAST)


def _tree(origin: str, family: frozenset[str], linked: Pairs) -> Iterator[tuple[str, Pair]]:
    """Each other article's parent and their pair: the likeliest edge that leads out of the tree is taken first."""
    inside, outside = {origin}, set(family) - {origin}
    while outside:
        edges = ((parent, child) for parent in inside for child in linked[parent].keys() & outside)
        parent, child = min(edges, key=lambda edge: (-_worth(linked[edge[0]][edge[1]], edge[0]), edge))
        inside.add(child)
        outside.remove(child)
        yield parent, linked[parent][child]


def _worth(pair: Pair, parent: str) -> float:
    return log(max(pair.probability, LEAST)) + log(_chance(pair, parent))


def _of_origin(origin: str, tree: Iterable[tuple[str, Pair]]) -> Relation:
    """An origin is an original, unless it and another print one agency's text: the agency's own is not among them."""
    return "wire" if any(parent == origin and pair.relation == "wire" for parent, pair in tree) else "original"


def _link(lineage: str, parent: str, pair: Pair, wires: set[str]) -> Link:
    child = pair.b if parent == pair.a else pair.a
    return Link(
        id=child,
        lineage=lineage,
        relation=_relation(pair),
        copied_from=None if child in wires else parent,
        probability=round(pair.probability, 3),
    )


def _relation(pair: Pair) -> Relation:
    assert pair.relation not in {"independent", "different"}  # noqa: S101 - such pairs are no edges of a tree
    return pair.relation  # type: ignore[return-value]  # mypy does not narrow literals by sets
