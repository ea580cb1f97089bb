"""The resources: what each may be asked, what it gives, and where that comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from itertools import islice
from typing import Annotated, Any, NamedTuple, TypeVar

from msgspec import Meta

from siaga.base.claim import Standing
from siaga.base.document import Reading
from siaga.base.event import Event, Forecast, Quote
from siaga.base.record import Record
from siaga.base.source import Source
from siaga.base.story import Incident, Story
from siaga.base.warning import Card
from siaga.base.watchlist import WatchList
from siaga.collect.sources import load_sources
from siaga.monitor.episodes import Episode, Rule, course, episodes
from siaga.monitor.series import families, load_series, series_of, types_of
from siaga.report.episodes import WeekRow, week_rows
from siaga.serve.api.parameters import (
    ArticlesAsked,
    ClaimsAsked,
    EventsAsked,
    IncidentsAsked,
    NothingAsked,
    Paged,
    QuotesAsked,
    RejectsAsked,
    StoriesAsked,
    UnitAsked,
    WarningsAsked,
    cursor_of,
    place_of,
)
from siaga.serve.api.problems import AskedError
from siaga.serve.claimed import claims_asked, claims_by
from siaga.serve.warned import warned
from siaga.store.analysis import analysing
from siaga.store.browse import (
    StoredQuote,
    browse_articles,
    browse_incidents,
    browse_quotes,
    browse_rejects,
    browse_stories,
    events_from,
)
from siaga.store.database import reading_from
from siaga.store.load import Head, StoredEvent, load_event, load_events, load_reading
from siaga.store.published import newest_day
from siaga.store.rejects import StoredReject
from siaga.store.series import LAST_DAY
from siaga.store.stories import load_incidents, load_story, story_of_article
from siaga.store.watchlists import load_watch_list, watch_list_names
from siaga.store.workspace import Workspace

__all__ = [
    "ITEMS", "LISTS", "ArticleAsked", "ArticleTold", "Item", "List", "NamedWatchList", "Portion", "StoryTold", "told",
]  # fmt: skip

Kind = TypeVar("Kind", bound=Record)
Word = Annotated[int, Meta(ge=-(2**62), le=2**62)] | str | None


class Portion(NamedTuple):
    """A page of a resource."""

    items: tuple[Record, ...]
    next: str | None = None
    """Where the next page begins; null if this is the last."""


class List(NamedTuple):
    """A resource that is listed."""

    name: str
    says: str
    """What it gives, in a sentence."""
    asked: type[Record]
    item: type[Record]
    find: Callable[[Workspace, Any], Portion]


class Item(NamedTuple):
    """One record of a resource, by its id."""

    name: str
    """Of the resource."""
    says: str
    asked: type[Record]
    item: type[Record]
    load: Callable[[Workspace, str, Any], Record | None]


class ArticleAsked(Record):
    """How an article is shown."""

    text: Annotated[bool, Meta(description="With the full text.")] = False


class ArticleTold(Record):
    """An article and what was read in it."""

    article: Head
    text: str | None
    """Null unless it is asked for."""
    story: str | None
    """Id of the story it tells."""
    events: tuple[Event, ...]
    title_events: tuple[Event, ...]
    quotes: tuple[Quote, ...]
    forecasts: tuple[Forecast, ...]


class StoryTold(Record):
    """A story and the acts it tells of."""

    story: Story
    incidents: tuple[Incident, ...]


class NamedWatchList(Record):
    """A watch list and its name."""

    name: str
    list: WatchList


def told(reading: Reading, story: str | None, *, text: bool) -> ArticleTold:
    """An article as it is shown."""
    article = reading.article
    head = Head(
        id=article.id, url=article.url, source=article.source, title=article.title, language=article.language,
        published=article.published, published_basis=article.published_basis, reader=article.reader,
    )  # fmt: skip
    return ArticleTold(
        article=head, text=article.text if text else None, story=story, events=reading.events,
        title_events=reading.title_events, quotes=reading.quotes, forecasts=reading.forecasts,
    )  # fmt: skip


def _articles(place: Workspace, asked: ArticlesAsked) -> Portion:
    after = place_of(asked.cursor, tuple[str | None, Word])
    with reading_from(place) as connection:
        return _portion(browse_articles(connection, asked.question(), after), asked)


def _events(place: Workspace, asked: EventsAsked) -> Portion:
    after = place_of(asked.cursor, tuple[date | None, Annotated[int, Meta(ge=0, le=2**62)]])
    with reading_from(place) as connection, analysing(place, connection) as engine:
        rows = events_from(engine, asked.question(), after, asked.limit + 1)
        found = tuple(load_events(connection, (number for number, _ in rows[: asked.limit])))
    return Portion(found, cursor_of(rows[asked.limit - 1][1]) if len(rows) > asked.limit else None)


def _stories(place: Workspace, asked: StoriesAsked) -> Portion:
    after = place_of(asked.cursor, tuple[str | None, Word, Word, str])
    with reading_from(place) as connection:
        return _portion(browse_stories(connection, asked.question(), after), asked)


def _incidents(place: Workspace, asked: IncidentsAsked) -> Portion:
    after = place_of(asked.cursor, tuple[str, str])
    with reading_from(place) as connection:
        return _portion(browse_incidents(connection, asked.question(), after), asked)


def _quotes(place: Workspace, asked: QuotesAsked) -> Portion:
    after = place_of(asked.cursor, tuple[str | None, Word, Word])
    with reading_from(place) as connection:
        return _portion(browse_quotes(connection, asked.question(), after), asked)


def _rejects(place: Workspace, asked: RejectsAsked) -> Portion:
    after = place_of(asked.cursor, tuple[str, str, str, str, str])
    with reading_from(place) as connection:
        return _portion(browse_rejects(connection, asked.question(), after), asked)


def _claims(place: Workspace, asked: ClaimsAsked) -> Portion:
    after = place_of(asked.cursor, tuple[int])
    found = (one for one in claims_asked(place, asked.question()) if not after or one.entry.number < after[0])  # type: ignore[operator]
    return _portion(((one, (one.entry.number,)) for one in found), asked)


def _warnings(place: Workspace, asked: WarningsAsked) -> Portion:
    with reading_from(place) as connection:
        day = asked.as_of or newest_day(connection)
    if day is None:
        return Portion(())
    wanted = asked.question()
    for name in asked.watchlist:
        list_ = load_watch_list(place, name)
        types = (type_ for topic in list_.topics for type_ in types_of(topic))
        wanted = wanted.replace(
            pairs=(*wanted.pairs, *list_.pairs), countries=(*wanted.countries, *list_.actors),
            types=tuple(dict.fromkeys((*wanted.types, *types))),
        )  # fmt: skip
    return Portion(warned(place, day, wanted, claims_by(place, day.isoformat())).cards)


def _series(place: Workspace, asked: UnitAsked) -> Portion:
    with series_of(place, _until(asked), asked.each) as stored:
        found = load_series(stored, asked.question(), _family(asked))
        return Portion(week_rows(found, course(found, 0, Rule())))


def _episodes(place: Workspace, asked: UnitAsked) -> Portion:
    with series_of(place, _until(asked), asked.each) as stored:
        return Portion(episodes(load_series(stored, asked.question(), _family(asked)), 0, Rule()))


def _sources(place: Workspace, _asked: NothingAsked) -> Portion:
    return Portion(load_sources(place.sources))


def _watch_lists(place: Workspace, _asked: NothingAsked) -> Portion:
    names = watch_list_names(place)
    return Portion(tuple(NamedWatchList(name=name, list=load_watch_list(place, name)) for name in names))


LISTS = (
    List("articles", "Articles without their text, the latest published first.", ArticlesAsked, Head, _articles),
    List("events", "Events with their articles, newest first.", EventsAsked, StoredEvent, _events),
    List("stories", "Stories, the latest first.", StoriesAsked, Story, _stories),
    List("incidents", "Acts merged from the mentions of many articles, the latest first.", IncidentsAsked, Incident,
         _incidents),
    List("quotes", "Quotes with their articles, of the latest article first.", QuotesAsked, StoredQuote, _quotes),
    List("claims", "What was said of the future and what came of it, the latest first.", ClaimsAsked, Standing,
         _claims),
    List("warnings", "The warnings of a day by what was known then, the gravest first.", WarningsAsked, Card,
         _warnings),
    List("series", "The weeks of a country or a pair beside what is usual.", UnitAsked, WeekRow, _series),
    List("episodes", "Stretches of weeks with more events than usual.", UnitAsked, Episode, _episodes),
    List("sources", "Where articles come from.", NothingAsked, Source, _sources),
    List("rejects", "What could not be used, and why, newest first.", RejectsAsked, StoredReject, _rejects),
    List("watchlists", "Countries, pairs and topics to be warned of.", NothingAsked, NamedWatchList, _watch_lists),
)  # fmt: skip
"""By name, as they stand in the description."""


def _article(place: Workspace, id_: str, asked: ArticleAsked) -> ArticleTold | None:
    with reading_from(place) as connection:
        reading = load_reading(connection, id_)
        return told(reading, story_of_article(connection, id_), text=asked.text) if reading else None


def _event(place: Workspace, id_: str, _asked: NothingAsked) -> StoredEvent | None:
    with reading_from(place) as connection:
        return load_event(connection, id_)


def _story(place: Workspace, id_: str, _asked: NothingAsked) -> StoryTold | None:
    with reading_from(place) as connection:
        story = load_story(connection, id_)
        return StoryTold(story=story, incidents=load_incidents(connection, id_)) if story else None


def _claim(place: Workspace, id_: str, _asked: NothingAsked) -> Standing | None:
    return next((one for one in claims_asked(place, ClaimsAsked().question()) if one.entry.claim.id == id_), None)


def _source(place: Workspace, id_: str, _asked: NothingAsked) -> Source | None:
    return next((one for one in load_sources(place.sources) if one.id == id_), None)


def _watch_list(place: Workspace, id_: str, _asked: NothingAsked) -> NamedWatchList | None:
    return NamedWatchList(name=id_, list=load_watch_list(place, id_)) if id_ in watch_list_names(place) else None


ITEMS = (
    Item("articles", "An article with what was read in it.", ArticleAsked, ArticleTold, _article),
    Item("events", "An event with its article.", NothingAsked, StoredEvent, _event),
    Item("stories", "A story with the acts it tells of.", NothingAsked, StoryTold, _story),
    Item("claims", "A claim and what came of it.", NothingAsked, Standing, _claim),
    Item("sources", "A source.", NothingAsked, Source, _source),
    Item("watchlists", "A watch list, by its name.", NothingAsked, NamedWatchList, _watch_list),
)


def _portion(placed: Iterable[tuple[Record, tuple[str | int | None, ...]]], asked: Paged) -> Portion:
    """As much as is asked for, and where it goes on."""
    found = tuple(islice(placed, asked.limit + 1))
    rest = len(found) > asked.limit
    items = tuple(one for one, _ in found[: asked.limit])
    return Portion(items, cursor_of(found[asked.limit - 1][1]) if rest else None)


def _until(asked: UnitAsked) -> str:
    return asked.as_of.isoformat() if asked.as_of else LAST_DAY


def _family(asked: UnitAsked) -> str:
    known = {name.casefold(): name for name in families()}
    if (family := known.get(asked.family.casefold())) is None:
        raise AskedError(f"expected one of {', '.join(families())}", "family")
    return family
