"""A story told to people: what happened, on whose word, in which sentences, and what contradicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from siaga.base.article import Article
from siaga.base.document import Reading
from siaga.base.event import Event
from siaga.base.lineage import Lineage, Link
from siaga.base.record import Record
from siaga.base.story import Contradiction, Incident, Story, StoryChange
from siaga.report.catalogue import Catalogue
from siaga.report.facts import Cited, names_of
from siaga.report.lineages import tree_lines
from siaga.report.wording import act

__all__ = [
    "DatedChange", "StoryPage", "as_agreed", "chain", "contradiction_line", "rooted", "span", "story_lines", "told_as",
]  # fmt: skip

MOST_ACTS = 12
"""Acts that are shown; the rest is counted."""


class DatedChange(Record):
    """What became of a story, and when."""

    change: StoryChange
    moment: str
    """RFC 3339, UTC."""


class StoryPage(Record):
    """All that is told of a story: what `siaga story --format json` gives, without the readings."""

    story: Story
    incidents: tuple[Incident, ...]
    lineages: tuple[Lineage, ...]
    related: tuple[Story, ...]
    """In the order of `story.related`."""
    changes: tuple[DatedChange, ...]


def story_lines(page: StoryPage, readings: Sequence[Reading], words: Catalogue) -> Iterator[str]:
    """A story, line by line."""
    story = page.story
    yield story.title or words.say("story.untitled")
    yield f"{story.id} · {span(story, words)} · {', '.join(story.languages)}"
    yield chain(story, words)
    if story.independent_sources == 1 and len(story.articles) > 1:
        yield words.say("story.one_source")
    yield from _section("happened", _act_lines(page, readings, words), words)
    yield from _section("key_sentences", _sentence_lines(story, readings, words), words)
    yield from _section("articles", _article_lines(page, readings, words), words)
    yield from _section("related", _related_lines(page, words), words)
    yield from _section("changes", _change_lines(page, words), words)


def chain(story: Story, words: Catalogue) -> str:
    """`41 articles -> 7 texts -> 3 independent sources`, with their names."""
    named = words.say("story.names", names=words.listed(story.sources)) if story.sources else ""
    counts = {"articles": len(story.articles), "texts": story.lineages, "sources": story.independent_sources}
    return words.say("story.relation", names=named, **{name: words.number(count) for name, count in counts.items()})


def span(story: Story, words: Catalogue) -> str:
    """The days on which it was told."""
    if story.first is None or story.last is None:
        return "?"
    first, last = words.day(story.first), words.day(story.last)
    return words.say("story.day" if first == last else "story.days", first=first, last=last)


def _section(heading: str, lines: Iterable[str], words: Catalogue) -> Iterator[str]:
    shown = tuple(lines)
    if shown:
        yield ""
        yield words.say(f"story.{heading}")
        yield from (f"  {line}" for line in shown)


def _act_lines(page: StoryPage, readings: Sequence[Reading], words: Catalogue) -> Iterator[str]:
    """Each act with the days it is told for, its numbers, and what contradicts; by day."""
    cited = {event.id: Cited(event=event, article=one.article) for one in readings for event in one.events}
    names = names_of(readings, words.language)
    shown = page.incidents[:MOST_ACTS]
    for incident in sorted(shown, key=lambda one: (one.earliest or one.latest or "~", one.id)):
        said = [cited[event] for event in incident.events if event in cited]
        if said:
            yield from _one_act(incident, said, names, words)
    if len(page.incidents) > MOST_ACTS:
        yield words.say("story.more_acts", count=len(page.incidents) - MOST_ACTS)


def _one_act(incident: Incident, said: Sequence[Cited], names: Mapping[str, str], words: Catalogue) -> Iterator[str]:
    best = said[0].replace(event=as_agreed(said[0].event, incident))
    status = words.say(f"status.{incident.status}")
    day = incident.earliest or incident.latest or "?"
    yield words.say("story.act", day=day.ljust(10), status=status, act=act((best,), names, words))
    mentions, sources = words.number(len(incident.events)), words.number(incident.independent_sources)
    yield f"  {words.say('story.mentions', mentions=mentions, sources=sources)}"
    if len({step.status for step in incident.status_history}) > 1:
        yield f"  {words.say('story.history', steps=words.listed(tuple(told_as(incident, words))))}"
    for one in incident.contradictions:
        yield f"  {contradiction_line(one, words)}"


def as_agreed(event: Event, incident: Incident) -> Event:
    """The mention that tells it best, with the place and numbers that the mentions agree on."""
    return event.replace(place=incident.place, magnitude=incident.magnitude)


def told_as(incident: Incident, words: Catalogue) -> Iterator[str]:
    """What an act was said to be, each time that changed, with the day."""
    before = None
    for step in incident.status_history:
        if step.status != before:
            yield words.say("story.step", status=words.say(f"status.{step.status}"), day=step.day or "?")
        before = step.status


def contradiction_line(one: Contradiction, words: Catalogue) -> str:
    """What can't all be true."""
    values = (words.say(f"status.{value}") for value in one.values) if one.field == "status" else one.values
    return words.say(f"story.contradiction_{one.field}", values=words.say("story.against").join(values))


def _sentence_lines(story: Story, readings: Sequence[Reading], words: Catalogue) -> Iterator[str]:
    articles = {reading.article.id: reading.article for reading in readings}
    for key in story.key_sentences:
        if article := articles.get(key.article):
            source, day = article.source or words.say("line.no_source"), (article.published or "?")[:10]
            yield words.say("story.sentence", words=" ".join(key.sentence.text.split()), source=source, day=day)


def _article_lines(page: StoryPage, readings: Sequence[Reading], words: Catalogue) -> Iterator[str]:
    """A line an article, indented below what it was made from."""
    heads: Mapping[str, Article] = {reading.article.id: reading.article for reading in readings}
    for lineage in page.lineages:
        links = tuple(link for link in lineage.links if link.id in heads)
        if links:
            yield from tree_lines(lineage.replace(links=rooted(links)), heads, words)


def rooted(links: tuple[Link, ...]) -> tuple[Link, ...]:
    """The links of the articles at hand; what was made from one that is elsewhere stands below the first."""
    known = {link.id for link in links}
    return tuple(
        link if link.copied_from is None or link.copied_from in known else link.replace(copied_from=None)
        for link in links
    )


def _related_lines(page: StoryPage, words: Catalogue) -> Iterator[str]:
    for related, story in zip(page.story.related, page.related, strict=True):
        title = story.title or words.say("story.untitled")
        likeness = f"{related.likeness:.2f}"
        yield words.say("story.related_line", likeness=likeness, story=story.id, day=story.first or "?", title=title)


def _change_lines(page: StoryPage, words: Catalogue) -> Iterator[str]:
    for one in page.changes:
        change = one.change
        values = {"moment": one.moment, "story": change.story, "other": change.other}
        yield words.say(f"story.change_{change.kind}", **values)
