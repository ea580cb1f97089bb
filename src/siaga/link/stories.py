"""Clusters of articles -> stories, with what they are about, on whose word they rest, and the acts they tell of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from siaga.base.article import Article
from siaga.base.document import Reading
from siaga.base.lineage import Lineage, Voice
from siaga.base.record import Record
from siaga.base.story import MOST_ELSEWHERE, Assignment, Held, Incident, Likeness, Related, Stories, Story, Traits
from siaga.link.accounts import incident_of
from siaga.link.growth import grow
from siaga.link.highlights import centre_of, key_sentences, story_title
from siaga.link.incidents import Happening, Told, acts, told_in, widened
from siaga.link.independence import as_claim, independence, voice
from siaga.link.traits import traits_of

__all__ = [
    "StoryParts", "by_day", "happenings", "incidents_of", "parts_of", "related_stories", "stories_of", "story_of",
    "with_elsewhere",
]  # fmt: skip

MOST_RELATED = 8


class StoryParts(Record):
    """All that a story is made of."""

    id: str
    readings: tuple[Reading, ...]
    """Of its articles."""
    traits: tuple[Traits, ...]
    """The same."""
    lineages: tuple[Lineage, ...]
    """That its articles are in."""
    voices: tuple[Voice, ...]
    """One an article."""
    related: tuple[Related, ...] = ()
    elsewhere: tuple[tuple[str, Reading], ...] = ()
    """Articles of other stories that may tell the same acts, each with the id of its story."""


def stories_of(
    readings: Iterable[Reading],
    lineages: Sequence[Lineage],
    owner_of: Callable[[Article], str | None] = lambda _: None,
) -> Stories:
    """The stories and incidents of these articles, taken alone.

    Args:
        readings: in any order; it makes no difference.
        lineages: that the articles are in.
        owner_of: the owner of the source of an article; null where it is not known.

    """
    known = {reading.article.id: reading for reading in readings}
    traits = {id_: traits_of(reading) for id_, reading in sorted(known.items())}
    growth = grow(Held(), tuple(traits.values()), [one.articles for one in lineages])
    story_by_article = {one.article: one.story for one in growth.assignments}
    related = related_stories(growth.pairs, story_by_article)
    lineage_by_article = {article: one for one in lineages for article in one.articles}
    groups = _articles_by_story(growth.assignments)
    parts = tuple(
        parts_of(
            story, [(known[one], traits[one]) for one in ids], [lineage_by_article[one] for one in ids], owner_of
        ).replace(related=related.get(story, ()))
        for story, ids in groups.items()
    )
    return Stories(
        assignments=growth.assignments,
        stories=tuple(sorted(map(story_of, parts), key=lambda one: (one.first or "~", one.id))),
        incidents=_each_once(
            incident for one in sorted(_with_others(parts), key=lambda one: one.id) for incident in incidents_of(one)
        ),
    )


def parts_of(
    story: str,
    told: Sequence[tuple[Reading, Traits]],
    lineages: Iterable[Lineage],
    owner_of: Callable[[Article], str | None],
) -> StoryParts:
    """What a story of these articles is made of."""
    return StoryParts(
        id=story,
        readings=tuple(reading for reading, _ in told),
        traits=tuple(traits for _, traits in told),
        lineages=tuple({one.id: one for one in lineages}.values()),
        voices=tuple(voice(reading.article, owner_of) for reading, _ in told),
    )


def story_of(parts: StoryParts) -> Story:
    """The story that these articles tell."""
    readings = tuple(sorted(parts.readings, key=by_day))
    centre = centre_of(_one_a_text(parts))
    sources = independence(parts.lineages, parts.voices)
    days = tuple(sorted(reading.article.published[:10] for reading in readings if reading.article.published))
    return Story(
        kind="story",
        id=parts.id,
        title=story_title(readings, centre),
        articles=tuple(reading.article.id for reading in readings),
        lineages=sources.texts,
        independent_sources=sources.independent_sources,
        sources=tuple(one.name for one in sources.sources if one.name),
        owners=tuple(sorted({voice.owner for voice in parts.voices if voice.owner})),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        languages=tuple(sorted({reading.article.language or "" for reading in readings} - {""})),
        key_sentences=key_sentences(readings, centre),
        related=parts.related,
    )


def incidents_of(parts: StoryParts) -> Iterator[Incident]:
    """The acts that a story's articles tell of, the most told first, with what other stories tell of the same acts."""
    told = (one for reading in parts.readings for one in told_in(reading, parts.id))
    wide = _wide(acts(told), parts)
    found = (incident_of(each, lambda those: _independent(those, parts)).replace(story=parts.id) for each in wide)
    return iter(sorted(found, key=lambda one: (-one.independent_sources, -len(one.events), one.earliest or "", one.id)))


def _wide(own: Iterable[Sequence[Told]], parts: StoryParts) -> Iterator[tuple[Told, ...]]:
    """The mentions of each act, with those of other stories; each of these is of one act."""
    others = tuple(one for story, reading in parts.elsewhere for one in told_in(reading, story))
    for act in own:
        wide = widened(act, others)
        others = tuple(one for one in others if one not in wide)
        yield wide


def happenings(readings: Iterable[Reading]) -> frozenset[Happening]:
    """What these articles tell for one day and in one town: other stories may tell the same acts."""
    return frozenset(one.happening for reading in readings for one in told_in(reading, "") if one.happening)


def with_elsewhere(
    parts: StoryParts, elsewhere: Sequence[tuple[str, Reading]], lineages: Iterable[Lineage], voices: Iterable[Voice]
) -> StoryParts:
    """The same, with articles of other stories that tell of the same happenings, their lineages and their voices."""
    return parts.replace(
        elsewhere=tuple(elsewhere),
        lineages=tuple({one.id: one for one in (*parts.lineages, *lineages)}.values()),
        voices=(*parts.voices, *voices),
    )


def _with_others(parts: Sequence[StoryParts]) -> Iterator[StoryParts]:
    """Each story with the articles of the others that tell of the same happenings."""
    telling: defaultdict[Happening, list[tuple[StoryParts, Reading]]] = defaultdict(list)
    for one in parts:
        for reading in one.readings:
            for happening in happenings((reading,)):
                telling[happening].append((one, reading))
    for one in parts:
        found = [
            (other, reading)
            for happening in happenings(one.readings)
            for other, reading in telling[happening]
            if other.id != one.id
        ]
        first = sorted({reading.article.id: (other, reading) for other, reading in found}.values(), key=_by_day_of)
        others = tuple((other.id, reading) for other, reading in first[:MOST_ELSEWHERE])
        told = {reading.article.id for _, reading in others}
        lineages = (lineage for other, _ in first[:MOST_ELSEWHERE] for lineage in other.lineages)
        voices = {voice.article: voice for other, _ in first for voice in other.voices if voice.article in told}
        yield with_elsewhere(one, others, lineages, voices.values())


def _by_day_of(found: tuple[StoryParts, Reading]) -> tuple[str, str]:
    return by_day(found[1])


def _each_once(incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    """An act that several stories tell is one incident: as the story has it that has most mentions of it."""
    best: dict[str, Incident] = {}
    for one in incidents:
        if one.id not in best or len(one.events) > len(best[one.id].events):
            best[one.id] = one
    return tuple(best.values())


def related_stories(
    pairs: Iterable[Likeness], story_by_article: Mapping[str, str]
) -> Mapping[str, tuple[Related, ...]]:
    """Of each story, those of which an article is like one of its own, the most alike first."""
    found: dict[str, dict[str, float]] = {}
    for pair in pairs:
        one, other = story_by_article.get(pair.a), story_by_article.get(pair.b)
        if one and other and one != other:
            for story, near in ((one, other), (other, one)):
                known = found.setdefault(story, {})
                known[near] = max(known.get(near, 0.0), pair.probability)
    return {story: _most_alike(near) for story, near in found.items()}


def by_day(reading: Reading) -> tuple[str, str]:
    """Articles by day of publication, those without a day last."""
    return reading.article.published or "~", reading.article.id


def _most_alike(near: Mapping[str, float]) -> tuple[Related, ...]:
    best = sorted(near, key=lambda story: (-near[story], story))[:MOST_RELATED]
    return tuple(Related(story=story, likeness=near[story]) for story in best)


def _articles_by_story(assignments: Iterable[Assignment]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in assignments:
        found[one.story] = (*found.get(one.story, ()), one.article)
    return found


def _one_a_text(parts: StoryParts) -> Iterator[Traits]:
    """The traits of one article of each lineage."""
    by_id = {traits.id: traits for traits in parts.traits}
    for lineage in parts.lineages:
        known = [one for one in lineage.articles if one in by_id]
        if known:
            yield by_id[known[0]]


def _independent(told: Sequence[Told], parts: StoryParts) -> int:
    """Independent sources of an act: those of the articles that tell it, each by whom it says it has it from."""
    voices = {one.article: one for one in parts.voices}
    claims = {
        one.article: as_claim(voices[one.article], one.event.speaker, one.event.medium, anonymous=False) for one in told
    }
    return independence(parts.lineages, claims.values()).independent_sources
