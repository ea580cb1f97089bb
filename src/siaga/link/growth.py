"""Stories as articles arrive, or are taken away: what is near is clustered again, what lies further back stays.

The articles that are alike, directly or over others, are clustered anew from all their pairs; so it makes no difference
in which order they came. What was published longer ago than an article can have pairs with keeps its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from siaga.base.story import Growth, Held, Likeness, Traits
from siaga.link.candidates import StoryIndex
from siaga.link.clusters import clusters
from siaga.link.story_ids import name_stories, story_id

__all__ = ["founded", "grow", "regrow"]


def grow(held: Held, new: Sequence[Traits], copies: Iterable[Sequence[str]] = ()) -> Growth:
    """The stories with these articles added.

    Args:
        held: what is stored around their days.
        new: what arrives; what is held already changes nothing.
        copies: articles that derive from one text, and so belong to one story.

    """
    stored = {traits.id for traits in held.traits}
    added = tuple(traits for traits in new if traits.id not in stored)
    pairs = tuple(_new_pairs(held, added))
    return _clustered(held.replace(traits=(*held.traits, *added)), pairs, (tuple(one.id for one in added), copies))


def founded(held: Held, new: Iterable[Traits] = ()) -> tuple[str, ...]:
    """The ids that stories begun by any of these articles have or had."""
    return tuple(story_id(one.id) for one in (*held.traits, *new))


def regrow(held: Held, ids: Collection[str], changed: Sequence[Traits], copies: Iterable[Sequence[str]] = ()) -> Growth:
    """The stories with these articles as they are by now, as if they had arrived so, or never arrived.

    Args:
        held: what is stored around their days, the old ones and the new.
        ids: articles that are held.
        changed: what they are about by now; those of which nothing is given are taken out.
        copies: as in `grow`.

    """
    before = {one.article: one.story for one in held.stories}
    left = {before[one] for one in ids if one in before}
    near = {one for pair in held.pairs if pair.a in ids or pair.b in ids for one in (pair.a, pair.b)}
    mates = {one for one, story in before.items() if story in left}
    gone = frozenset(ids) - {one.id for one in changed}
    rest = held.replace(
        traits=tuple(one for one in held.traits if one.id not in ids),
        pairs=tuple(pair for pair in held.pairs if pair.a not in ids and pair.b not in ids),
        stories=tuple(one for one in held.stories if one.article not in gone),
        settled=held.settled - gone,
    )
    pairs = tuple(_new_pairs(rest, changed))
    groups = tuple(tuple(one for one in group if one not in gone) for group in copies)
    return _clustered(rest.replace(traits=(*rest.traits, *changed)), pairs, (sorted(near | mates | {*ids}), groups))


def _new_pairs(held: Held, added: Iterable[Traits]) -> Iterator[Likeness]:
    index = StoryIndex()
    for traits in held.traits:
        index.add(traits)
    for traits in added:
        for other, probability in index.alike(traits):
            yield Likeness(a=min(traits.id, other), b=max(traits.id, other), probability=probability)
        index.add(traits)


def _clustered(held: Held, new: tuple[Likeness, ...], touched: tuple[Iterable[str], Iterable[Sequence[str]]]) -> Growth:
    """The stories around articles that arrived or lost a neighbour, made anew."""
    arrived, copies = touched[0], tuple(touched[1])
    days = {traits.id: traits.day or "~" for traits in held.traits}
    before = {one.article: one.story for one in held.stories}
    bound = (*copies, *_settled(held, before))
    pairs = (*held.pairs, *new)
    reached = _reached((one for one in arrived if one in days), pairs, (*bound, *_groups(before)))
    found = tuple(
        tuple(sorted(cluster, key=lambda one: (days[one], one)))
        for cluster in clusters((one for one in reached if one in days), pairs, bound)
    )
    named = name_stories(found, {one: before[one] for one in reached if one in before}, held.past)
    moved = tuple(one for one in named.assignments if before.get(one.article) != one.story)
    return Growth(pairs=new, assignments=moved, changes=named.changes)


def _settled(held: Held, before: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """The parts of stories that stay together, since not all of their pairs are at hand."""
    return _groups({one: story for one, story in before.items() if one in held.settled})


def _groups(before: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for article, story in before.items():
        groups[story].append(article)
    return tuple(map(tuple, groups.values()))


def _reached(start: Iterable[str], pairs: Iterable[Likeness], bound: Iterable[Sequence[str]]) -> frozenset[str]:
    """The articles that pairs and bonds lead to from these."""
    near: defaultdict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        near[pair.a].add(pair.b)
        near[pair.b].add(pair.a)
    for group in bound:
        for one in group[1:]:
            near[group[0]].add(one)
            near[one].add(group[0])
    found = set(start)
    ahead = list(found)
    while ahead:
        others = near[ahead.pop()] - found
        found |= others
        ahead.extend(others)
    return frozenset(found)
