"""Ids of stories that stay as articles arrive: a cluster keeps the id that most of its articles had before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from siaga.base.ids import content_id
from siaga.base.record import Record
from siaga.base.story import Assignment, Past, StoryChange

__all__ = ["Named", "name_stories", "story_id"]


class Named(Record):
    """The story of each article, and what became of the stories of before."""

    assignments: tuple[Assignment, ...]
    changes: tuple[StoryChange, ...]


def story_id(founder: str) -> str:
    """The id of a story that this article begins."""
    return content_id("story", founder)


def name_stories(clusters: Sequence[Sequence[str]], before: Mapping[str, str], past: Past) -> Named:
    """Give each cluster its id.

    Args:
        clusters: ids of articles, the founder of a new story first.
        before: the story that articles were in.
        past: stories that stand elsewhere, and that no longer stand: a part that splits off takes its old id again.

    """
    given = dict(_kept(clusters, before))
    taken = {*before.values(), *past.standing}
    for number, cluster in enumerate(clusters):
        if number not in given:
            given[number] = _new_id(cluster, taken, past)
            taken.add(given[number])
    assignments = tuple(
        Assignment(article=article, story=given[number])
        for number, cluster in enumerate(clusters)
        for article in cluster
    )
    standing = set(given.values())
    changes = (
        change
        for number, cluster in enumerate(clusters)
        for change in _changes(cluster, given[number], before, standing)
    )
    return Named(assignments=assignments, changes=tuple(dict.fromkeys(changes)))


def _kept(clusters: Sequence[Sequence[str]], before: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """The largest share of a story keeps its id, and each cluster has one."""
    shares = Counter((number, before[one]) for number, group in enumerate(clusters) for one in group if one in before)
    clusters_named: set[int] = set()
    stories_given: set[str] = set()
    for (number, story), _ in sorted(shares.items(), key=lambda share: (-share[1], share[0][1], share[0][0])):
        if number not in clusters_named and story not in stories_given:
            clusters_named.add(number)
            stories_given.add(story)
            yield number, story


def _new_id(cluster: Sequence[str], taken: AbstractSet[str], past: Past) -> str:
    ids = tuple(story_id(article) for article in cluster)
    free = tuple(one for one in ids if one not in taken)
    begun = free[0] if free else content_id("story", *cluster, "again")
    return next((one for one in free if one in past.retired), begun)


def _changes(
    cluster: Iterable[str], story: str, before: Mapping[str, str], standing: AbstractSet[str]
) -> Iterator[StoryChange]:
    """What became of the stories whose articles are in this cluster now."""
    for old in dict.fromkeys(before[one] for one in cluster if one in before):
        if old == story:
            continue
        if old not in standing:
            yield StoryChange(kind="merged", story=old, other=story)
        elif story not in before.values():
            yield StoryChange(kind="split", story=story, other=old)
        else:
            yield StoryChange(kind="moved", story=old, other=story)
