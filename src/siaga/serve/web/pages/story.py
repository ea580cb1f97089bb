"""A story: what happened, on whose word, in which sentences, what contradicts, and what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from siaga.base.article import Article
from siaga.base.document import Reading
from siaga.base.errors import AbsentError
from siaga.base.event import Evidence, Status
from siaga.base.lineage import Lineage, Link
from siaga.base.record import Record
from siaga.base.story import Incident
from siaga.report.catalogue import Catalogue
from siaga.report.facts import Cited, cited, facts, names_of
from siaga.report.markdown import escaped
from siaga.report.points import Point, Tongue
from siaga.report.stories import StoryPage, as_agreed, chain, contradiction_line, rooted, span, story_lines, told_as
from siaga.report.timeline import Moment, timeline
from siaga.report.unknown import unknown_points
from siaga.report.wording import act
from siaga.serve.told import story_page
from siaga.serve.web.asking import Asking, Page
from siaga.serve.web.pages.article import called
from siaga.serve.web.view import Cell, Entry, Place, Rows, View
from siaga.store.database import reading_from

__all__ = ["ROUTES", "Sentence", "sentence_of"]

MOST_ARTICLES = 120
"""Articles of a story that a page shows, the first ones."""
MOST_ACTS = 24
MOST_SENTENCES = 6
"""Of an act; the rest stands in `.json`."""
LONG_DAYS = 45
"""A story of so many days is drawn by weeks."""
COLUMNS = (
    "incident", "type", "status", "act", "earliest", "latest", "place", "country", "mentions", "independent_sources",
    "contradictions",
)  # fmt: skip


class Sentence(Record):
    """A sentence and where it stands; the names of its fields are those of a footnote."""

    article: str
    event: str | None
    source: str | None
    published: str | None
    language: str | None
    sentence: str


class Act(Record):
    """An act that the story tells of."""

    incident: Incident
    told: str
    """In words."""
    status: Status
    history: tuple[str, ...]
    """What it was said to be, where that changed."""
    contradictions: tuple[str, ...]
    said: tuple[Sentence, ...]
    """One a mention, the best first; of every status its own."""


class Question(Record):
    """What is not known, and the sentences that raise it."""

    told: str
    said: tuple[Sentence, ...]


class Copy(Record):
    """An article, and what it was made from."""

    link: Link
    title: str
    source: str | None
    published: str | None
    language: str | None
    beside: str | None
    """Id of the article that it is best read beside: what it was made from, else the first of the text."""
    beside_source: str | None


class Family(Record):
    """Articles that derive from one text."""

    lineage: Lineage
    copies: tuple[Copy, ...]
    heads: tuple[tuple[str, str], ...]
    """Id of each, and how it is called in a drawing."""


class StoryShown(Record):
    """What the page shows."""

    page: StoryPage
    chain: str
    days: str
    acts: tuple[Act, ...]
    more_acts: int
    unknown: tuple[Question, ...]
    key_sentences: tuple[Sentence, ...]
    families: tuple[Family, ...]
    """Of several articles."""
    alone: tuple[Copy, ...]
    """Articles of which there is no copy."""
    more_articles: int
    moments: tuple[Moment, ...]


def show(asking: Asking) -> View:
    """The page of a story."""
    with reading_from(asking.workspace) as connection:
        found = story_page(connection, asking.names["id"], MOST_ARTICLES)
    if found is None:
        raise AbsentError(f"no story {asking.names['id']!r} is stored")
    page, readings = found
    shown = _shown(page, _until(readings, asking), asking)
    title = page.story.title or asking.words.say("story.untitled")
    return View(
        title=title,
        template="story.html",
        shown=shown,
        rows=Rows(columns=COLUMNS, lines=tuple(map(_line, shown.acts))),
        entries=tuple(_entries(shown)),
        places=tuple(_places(shown.acts)),
        markdown="\n".join(_markdown(page, readings, asking)),
    )


def sentence_of(article: Article, evidence: Evidence, event: str | None) -> Sentence:
    """A sentence of an article."""
    return Sentence(
        article=article.id, event=event, source=article.source, published=article.published, language=article.language,
        sentence=" ".join(evidence.text.split()),
    )  # fmt: skip


def _until(readings: Sequence[Reading], asking: Asking) -> tuple[Reading, ...]:
    """Those that were published by the day that is asked for."""
    day = asking.day("as_of")
    if day is None:
        return tuple(readings)
    return tuple(one for one in readings if (one.article.published or "9999")[:10] <= day.isoformat())


def _shown(page: StoryPage, readings: Sequence[Reading], asking: Asking) -> StoryShown:
    words, names = asking.words, names_of(readings, asking.language)
    told = {event.id: Cited(event=event, article=one.article) for one in readings for event in one.events}
    acts = tuple(_acts(page.incidents, told, Tongue(words, names)))
    heads = {one.article.id: one.article for one in readings}
    days = (page.story.first or "", page.story.last or "")
    families = tuple(_families(page.lineages, heads, words))
    return StoryShown(
        page=page,
        chain=chain(page.story, words).replace("->", "→"),
        days=span(page.story, words),
        acts=tuple(sorted(acts[:MOST_ACTS], key=lambda one: one.incident.earliest or one.incident.latest or "~")),
        more_acts=max(0, len(acts) - MOST_ACTS),
        unknown=tuple(_question(one) for one in unknown_points(facts(cited(readings)), Tongue(words, names))),
        key_sentences=tuple(
            sentence_of(heads[one.article], one.sentence, None)
            for one in page.story.key_sentences
            if one.article in heads
        ),
        families=tuple(one for one in families if len(one.copies) > 1),
        alone=tuple(one.copies[0] for one in families if len(one.copies) == 1),
        more_articles=max(0, len(page.story.articles) - MOST_ARTICLES),
        moments=timeline(readings, step="day" if _is_short(days) else "week"),
    )


def _is_short(days: tuple[str, str]) -> bool:
    first, last = days
    return not (first and last) or (date.fromisoformat(last) - date.fromisoformat(first)).days < LONG_DAYS


def _acts(incidents: Iterable[Incident], told: Mapping[str, Cited], tongue: Tongue) -> Iterator[Act]:
    """Those of which a mention is at hand."""
    for one in incidents:
        said = [told[event] for event in one.events if event in told]
        if said:
            yield _act(one, said, tongue)


def _act(incident: Incident, said: Sequence[Cited], tongue: Tongue) -> Act:
    words = tongue.words
    best = said[0].replace(event=as_agreed(said[0].event, incident))
    changed = len({step.status for step in incident.status_history}) > 1
    return Act(
        incident=incident,
        told=act((best,), tongue.names, words),
        status=incident.status,
        history=tuple(told_as(incident, words)) if changed else (),
        contradictions=tuple(contradiction_line(one, words) for one in incident.contradictions),
        said=tuple(
            sentence_of(one.article, one.event.evidence, one.event.id) for one in _one_each(said)[:MOST_SENTENCES]
        ),
    )


def _one_each(said: Sequence[Cited]) -> list[Cited]:
    """Each sentence once, however many print it."""
    return list({" ".join(one.event.evidence.text.split()): one for one in reversed(said)}.values())[::-1]


def _question(point: Point) -> Question:
    ids = dict.fromkeys(point.events)
    return Question(
        told=point.text,
        said=tuple(sentence_of(article, evidence, next(iter(ids), None)) for article, evidence in point.said),
    )


def _families(lineages: Iterable[Lineage], heads: Mapping[str, Article], words: Catalogue) -> Iterator[Family]:
    for lineage in lineages:
        links = rooted(tuple(link for link in lineage.links if link.id in heads))
        if links:
            yield Family(
                lineage=lineage.replace(links=links),
                copies=tuple(_copy(link, links[0], heads, words) for link in links),
                heads=tuple((link.id, _head(heads[link.id], words)) for link in links),
            )


def _copy(link: Link, first: Link, heads: Mapping[str, Article], words: Catalogue) -> Copy:
    article, beside = heads[link.id], link.copied_from or (None if link is first else first.id)
    return Copy(
        link=link, title=called(article, words), source=article.source, published=article.published,
        language=article.language, beside=beside, beside_source=heads[beside].source if beside else None,
    )  # fmt: skip


def _head(article: Article, words: Catalogue) -> str:
    return " · ".join(filter(None, (article.source, (article.published or "")[:10], called(article, words))))


def _line(one: Act) -> tuple[Cell, ...]:
    incident, place = one.incident, one.incident.place
    return (
        incident.id, incident.type, one.status, one.told, incident.earliest, incident.latest,
        place.name if place else None, place.country if place else None, len(incident.events),
        incident.independent_sources, "; ".join(one.contradictions),
    )  # fmt: skip


def _entries(shown: StoryShown) -> Iterator[Entry]:
    """An entry an article: what came to the story, the latest first."""
    told = (*shown.alone, *(one for family in shown.families for one in family.copies))
    copies = sorted(told, key=lambda one: one.published or "")
    for one in reversed(copies):
        yield Entry(
            id=f"article/{one.link.id}",
            title=one.title,
            path=f"/article/{one.link.id}",
            updated=(one.published or "1970-01-01")[:10],
            summary=" · ".join(filter(None, (one.source, (one.published or "")[:10]))),
        )


def _places(acts: Iterable[Act]) -> Iterator[Place]:
    for one in acts:
        place = one.incident.place
        if place and place.latitude is not None and place.longitude is not None:
            told: tuple[tuple[str, Cell], ...] = (
                ("incident", one.incident.id), ("act", one.told), ("status", one.status), ("place", place.name),
                ("precision", place.precision), ("earliest", one.incident.earliest),
            )  # fmt: skip
            yield Place(latitude=place.latitude, longitude=place.longitude, properties=told)


def _markdown(page: StoryPage, readings: Sequence[Reading], asking: Asking) -> Iterator[str]:
    title, *lines = story_lines(page, readings, asking.words)
    yield f"# {escaped(title)}"
    for line in lines:
        depth = len(line) - len(line.lstrip())
        yield f"{' ' * depth}- {escaped(line)}" if depth else f"\n{escaped(line)}\n"


ROUTES = (Page(path="/story/{id:path}", show=show),)
