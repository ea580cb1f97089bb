"""Pairs -> clusters: average linkage over the pairs that are alike, the same whatever order they came in.

Two clusters are merged while the mean probability between their articles is high enough; a pair that was not
kept counts as 0, so that a chain of neighbours does not grow together. Of a large cluster, only so many articles count
as one can expect to be compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush

from siaga.base.story import Likeness

__all__ = ["SAME_STORY", "clusters"]

SAME_STORY = 0.35
"""Mean probability from which two clusters are one story: best on the half of the pairs that thresholds are set on."""
ENOUGH = 4
"""Articles of a cluster that must be alike for it to count as alike."""


def clusters(
    articles: Iterable[str], pairs: Iterable[Likeness], bound: Iterable[Iterable[str]] = ()
) -> tuple[tuple[str, ...], ...]:
    """The articles of each story, in order of ids; the stories in order of their first article.

    Args:
        articles: ids.
        pairs: of these articles; others don't count.
        bound: articles that belong together whatever the pairs say: copies of one text.

    """
    members = _bound(articles, bound)
    weights = _weights(members, pairs)
    heap = [(-_mean(members, a, b, weight), a, b) for a, near in weights.items() for b, weight in near.items() if a < b]
    heapify(heap)
    while heap:
        negative, a, b = heappop(heap)
        if -negative < SAME_STORY:
            break
        if a not in members or b not in members or -_mean(members, a, b, weights[a].get(b, 0.0)) != negative:
            continue  # of a time before one of them grew
        _merge(members, weights, a, b)
        for other, weight in weights[a].items():
            first, second = min(a, other), max(a, other)
            heappush(heap, (-_mean(members, first, second, weight), first, second))
    return tuple(sorted(tuple(sorted(group)) for group in members.values()))


def _bound(articles: Iterable[str], bound: Iterable[Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Each cluster by its least id, at the beginning: an article, or those that belong together."""
    at = {article: article for article in articles}
    for group in bound:
        roots = {_root(at, one) for one in group if one in at}
        for root in roots:
            at[root] = min(roots)
    members: defaultdict[str, list[str]] = defaultdict(list)
    for article in sorted(at):
        members[_root(at, article)].append(article)
    return {min(group): tuple(group) for group in members.values()}


def _root(at: Mapping[str, str], article: str) -> str:
    while at[article] != article:
        article = at[article]
    return article


def _weights(members: Mapping[str, tuple[str, ...]], pairs: Iterable[Likeness]) -> dict[str, dict[str, float]]:
    """The sum of the probabilities between each two clusters."""
    cluster_of = {article: cluster for cluster, group in members.items() for article in group}
    weights: dict[str, dict[str, float]] = {cluster: {} for cluster in members}
    for pair in sorted(pairs, key=lambda one: (one.a, one.b)):
        a, b = cluster_of.get(pair.a), cluster_of.get(pair.b)
        if a is not None and b is not None and a != b:
            weights[a][b] = weights[b][a] = weights[a].get(b, 0.0) + pair.probability
    return weights


def _mean(members: Mapping[str, tuple[str, ...]], a: str, b: str, weight: float) -> float:
    return weight / (min(ENOUGH, len(members[a])) * min(ENOUGH, len(members[b])))


def _merge(members: dict[str, tuple[str, ...]], weights: dict[str, dict[str, float]], a: str, b: str) -> None:
    """The second into the first."""
    members[a] += members.pop(b)
    for other, weight in weights.pop(b).items():
        del weights[other][b]
        if other != a:
            weights[a][other] = weights[other][a] = weights[a].get(other, 0.0) + weight
