"""An article: its text with the sentences marked that events stand on, and how it was edited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import shorten

from siaga.base.article import Article
from siaga.base.document import Reading
from siaga.base.errors import AbsentError
from siaga.base.event import Event
from siaga.base.record import Record
from siaga.report.catalogue import Catalogue
from siaga.report.facts import Cited, names_of
from siaga.report.markdown import escaped
from siaga.report.wording import act
from siaga.serve.web.asking import Asking, Page
from siaga.serve.web.view import Cell, Entry, Place, Rows, View
from siaga.store.connection import Connection
from siaga.store.database import reading_from
from siaga.store.lineages import load_lineage
from siaga.store.load import load_reading
from siaga.store.stories import story_of_article
from siaga.store.versions import Version, load_versions

__all__ = ["ROUTES", "Piece", "called", "pieces"]

MOST_COPIES = 40
MOST_LETTERS = 80
"""Of the beginning of a text that has no title."""

COLUMNS = (
    "event", "part", "type", "status", "act", "earliest", "latest", "place", "country", "speaker", "confidence", "rule",
    "start", "end", "sentence",
)  # fmt: skip


class Piece(Record):
    """A stretch of the text, and the events that stand on it."""

    text: str
    events: tuple[str, ...]


class Told(Record):
    """An event in words."""

    event: Event
    part: str
    """`body` or `title`."""
    told: str


class Other(Record):
    """Another article of the same text."""

    id: str
    relation: str
    title: str
    source: str | None
    published: str | None
    language: str | None


class ArticleShown(Record):
    """What the page shows."""

    article: Article
    pieces: tuple[Piece, ...]
    events: tuple[Told, ...]
    versions: tuple[Version, ...]
    """Empty where it was never edited."""
    story: str | None
    copies: tuple[Other, ...]
    """The articles that derive from the same text."""


def show(asking: Asking) -> View:
    """The page of an article."""
    id_ = asking.names["id"]
    with reading_from(asking.workspace) as connection:
        reading = load_reading(connection, id_)
        if reading is None:
            raise AbsentError(f"no article {id_!r} is stored")
        versions = load_versions(connection, id_)
        story, copies = story_of_article(connection, id_), tuple(_copies(connection, id_, asking))
    told = tuple(_told(reading, asking))
    shown = ArticleShown(
        article=reading.article, pieces=tuple(pieces(reading.article.text, reading.events)), events=told,
        versions=versions if len(versions) > 1 else (), story=story, copies=copies,
    )  # fmt: skip
    return View(
        title=called(reading.article, asking.words),
        template="article.html",
        shown=shown,
        rows=Rows(columns=COLUMNS, lines=tuple(map(_line, told))),
        entries=tuple(_entries(shown, asking)),
        places=tuple(_places(told)),
        markdown="\n".join(_markdown(shown)),
    )


def called(article: Article, words: Catalogue) -> str:
    """The title of an article; of one that has none, the beginning of its text in quotation marks."""
    if article.title:
        return article.title
    beginning = shorten(article.text, MOST_LETTERS, placeholder=" …")
    return words.say("line.words", words=beginning) if beginning else words.say("story.untitled")


def pieces(text: str, events: Sequence[Event]) -> Iterator[Piece]:
    """The text, cut where sentences begin and end that events stand on."""
    by_span: dict[tuple[int, int], list[str]] = {}
    for event in events:
        by_span.setdefault((event.evidence.start, event.evidence.end), []).append(event.id)
    end = 0
    for (start, stop), ids in sorted(by_span.items()):
        if start < end:  # of a correction that was given another sentence: the first has it
            continue
        if start > end:
            yield Piece(text=text[end:start], events=())
        yield Piece(text=text[start:stop], events=tuple(ids))
        end = stop
    if end < len(text):
        yield Piece(text=text[end:], events=())


def _told(reading: Reading, asking: Asking) -> Iterator[Told]:
    names: Mapping[str, str] = names_of((reading,), asking.language)
    for part, events in (("title", reading.title_events), ("body", reading.events)):
        for event in sorted(events, key=lambda one: one.evidence.start):
            cited = Cited(event=event, article=reading.article)
            yield Told(event=event, part=part, told=act((cited,), names, asking.words))


def _copies(connection: Connection, id_: str, asking: Asking) -> Iterator[Other]:
    lineage = load_lineage(connection, id_)
    for link in (one for one in (lineage.links[:MOST_COPIES] if lineage else ()) if one.id != id_):
        if reading := load_reading(connection, link.id):
            article = reading.article
            yield Other(
                id=article.id, relation=link.relation, title=called(article, asking.words), source=article.source,
                published=article.published, language=article.language,
            )  # fmt: skip


def _line(one: Told) -> tuple[Cell, ...]:
    event, place = one.event, one.event.place
    return (
        event.id, one.part, event.type, event.status, one.told, event.earliest, event.latest,
        place.name if place else None, place.country if place else None, event.speaker, event.confidence, event.rule,
        event.evidence.start, event.evidence.end, event.evidence.text,
    )  # fmt: skip


def _entries(shown: ArticleShown, asking: Asking) -> Iterator[Entry]:
    """An entry a version: the feed of an article tells that it was edited."""
    article = shown.article
    for one in reversed(shown.versions):
        if one.moment is not None:
            yield Entry(
                id=f"article/{article.id}/{one.number}",
                title=asking.words.say(f"web_article.version_{one.kind}", number=one.number),
                path=f"/article/{article.id}",
                updated=one.moment,
                summary=article.title or "",
            )


def _places(told: Sequence[Told]) -> Iterator[Place]:
    for one in told:
        place = one.event.place
        if place and place.latitude is not None and place.longitude is not None:
            said: tuple[tuple[str, Cell], ...] = (
                ("event", one.event.id), ("act", one.told), ("status", one.event.status), ("place", place.name),
                ("precision", place.precision),
            )  # fmt: skip
            yield Place(latitude=place.latitude, longitude=place.longitude, properties=said)


def _markdown(shown: ArticleShown) -> Iterator[str]:
    article = shown.article
    yield f"# {escaped(article.title or '?')}\n"
    yield escaped(" · ".join(filter(None, (article.source, article.published, article.id)))) + "\n"
    yield from (f"{escaped(line)}\n" for line in article.text.split("\n") if line.strip())
    yield from (f"- {escaped(one.told)}: “{escaped(one.event.evidence.text)}”" for one in shown.events)
    yield ""


ROUTES = (Page(path="/article/{id:path}", show=show),)
