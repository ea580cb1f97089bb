"""How many independent sources are left when copies, common owners and common sources are merged.

Pure functions over lineages and voices. What is added to a lineage as a copy never raises the count: the keys by which
lineages are merged are those of all articles that may be its origin, and a copy only ever adds to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from siaga.base.article import Article
from siaga.base.lineage import Independence, Lineage, Source, Voice
from siaga.extract.credits import find_credits

__all__ = ["as_claim", "independence", "voice"]


def voice(article: Article, owner_of: Callable[[Article], str | None] = lambda _: None) -> Voice:
    """On whose word an article rests.

    Args:
        article: its source, and what it credits and cites.
        owner_of: the owner of the source of an article; null where it is not known, and then the source is its own.

    """
    found, source, owner = find_credits(article), article.source, owner_of(article)
    others = tuple(name for name in found.cites if source is None or not _is_one(name, source))
    return Voice(
        article=article.id,
        owner=owner or source,
        outlet=source if owner else None,
        credited=next((one for one in (found.credited, found.dateline) if one in others), None),
        cites=others,
    )


def as_claim(article: Voice, speaker: str | None, medium: str | None, *, anonymous: bool) -> Voice:
    """On whose word a claim in an article rests: on who is said to make it, else on what the article rests on."""
    said_by = speaker or medium
    return article.replace(credited=said_by or article.credited, anonymous=anonymous and not said_by)


def independence(lineages: Iterable[Lineage], voices: Iterable[Voice]) -> Independence:
    """The independent sources of these articles.

    Args:
        lineages: of at least these articles; others in them don't count.
        voices: one an article.

    """
    by_article = {one.article: one for one in voices}
    counted = [one for one in lineages if not by_article.keys().isdisjoint(one.articles)]
    keys = {one.id: frozenset(_keys(one, by_article)) for one in counted}
    groups = sorted(_groups(keys), key=sorted)
    by_id = {one.id: one for one in counted}
    return Independence(
        articles=sum(article in by_article for one in counted for article in one.articles),
        texts=len(counted),
        sources=tuple(_source(tuple(by_id[id_] for id_ in sorted(group)), by_article) for group in groups),
    )


def _keys(lineage: Lineage, voices: Mapping[str, Voice]) -> Iterator[str]:
    """What a lineage has in common with others of the same source: whom it credits, cites alone, and who owns it."""
    for one in _origins(lineage, voices):
        if one.credited is not None:
            yield _key(one.credited)
            continue
        if len(one.cites) == 1:
            yield _key(one.cites[0])
        if one.owner is not None:
            yield _key(one.owner)
        if one.outlet is not None:
            yield _key(one.outlet)


def _origins(lineage: Lineage, voices: Mapping[str, Voice]) -> tuple[Voice, ...]:
    """The voices of what may be the origin; of all its articles where those are not among the articles counted."""
    found = tuple(voices[one] for one in lineage.origins if one in voices)
    return found or tuple(voices[one] for one in lineage.articles if one in voices)


def _groups(keys: Mapping[str, frozenset[str]]) -> Iterable[frozenset[str]]:
    """Lineages that are linked by keys, directly or over others."""
    groups: list[tuple[frozenset[str], frozenset[str]]] = []
    for lineage, own in keys.items():
        touched = [group for group in groups if not own.isdisjoint(group[1])]
        groups = [group for group in groups if group not in touched]
        merged = frozenset({lineage}).union(*(ids for ids, _ in touched)), own.union(*(more for _, more in touched))
        groups.append(merged)
    return (ids for ids, _ in groups)


def _source(group: tuple[Lineage, ...], voices: Mapping[str, Voice]) -> Source:
    origins = [one for lineage in group for one in _origins(lineage, voices)]
    cited = [one.credited or next(iter(one.cites), None) for one in origins if one.credited or len(one.cites) == 1]
    owners = [one.owner for one in origins if one.owner is not None]
    return Source(
        name=next(iter((*cited, *owners)), None),
        lineages=tuple(lineage.id for lineage in group),
        anonymous=all(one.anonymous for one in origins),
    )


def _is_one(name: str, source: str) -> bool:
    """Whether two names name one outlet: "Liputan6.com" and "liputan6"."""
    one, other = _key(name), _key(source)
    return one.startswith(other) or other.startswith(one)


def _key(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))
