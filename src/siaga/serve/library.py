"""`siaga.Workspace`: a workspace for programs in Python. Everything comes as frozen records, in tuples."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Unpack

import duckdb

from siaga.base.article import Reject
from siaga.base.claim import Standing
from siaga.base.document import Reading
from siaga.base.story import Incident, Story
from siaga.base.warning import Card, Level
from siaga.collect.load import load
from siaga.collect.owners import owners_with
from siaga.collect.sources import load_sources
from siaga.flow import link_stored, readings, save_readings, story_stored
from siaga.monitor.episodes import Episode, Rule, course, episodes
from siaga.monitor.ledger import enter
from siaga.monitor.series import load_series, series_of
from siaga.report.episodes import WeekRow, week_rows
from siaga.serve.asked import as_code, question
from siaga.serve.claimed import ClaimQuestion, claims_asked, claims_by
from siaga.serve.cli.workspaces import read_with_overlay, stand_on_overlay
from siaga.serve.conditions import (
    ArticleConditions,
    ClaimConditions,
    Day,
    EventConditions,
    IncidentConditions,
    QuoteConditions,
    StoryConditions,
    Words,
)
from siaga.serve.taking import GivenArticle, Taken, take
from siaga.serve.warned import Wanted, warned
from siaga.store.analysis import Count, Key, Selection, analysing, ask, count_events
from siaga.store.browse import (
    ArticleQuestion,
    IncidentQuestion,
    QuoteQuestion,
    StoredQuote,
    all_events,
    browse_articles,
    browse_incidents,
    browse_quotes,
    browse_stories,
)
from siaga.store.claims import keeping_ledger
from siaga.store.connection import Connection
from siaga.store.database import reading_from, writing_to
from siaga.store.intake import taking_in
from siaga.store.lineages import linking
from siaga.store.load import Head, StoredEvent, load_reading
from siaga.store.published import newest_day
from siaga.store.save import Saved
from siaga.store.search import Asked, Found, plain_words, search
from siaga.store.series import LAST_DAY, Unit, unit_of
from siaga.store.stories import StoryQuestion, load_story, shelving
from siaga.store.workspace import Workspace as Place
from siaga.store.workspace import find_workspace, lay_out

__all__ = ["Workspace"]


class Workspace:
    """A folder that remembers what was read.

    Conditions that are tuples mean any of them; different conditions must all be met. Countries, bodies and groups are
    given by code or by name, in Indonesian or English; days as `YYYY-MM-DD` or `date`, inclusive.

    >>> import siaga
    >>> work = siaga.Workspace.init(folder)
    >>> taken = work.take("Rusia menyerang Ukraina pada Senin (22/11/2021), kata NATO.", date="2021-11-22", lang="id")
    >>> [event] = work.events(actors="Rusia", types="ASSAULT")
    >>> event.event.recipients[0].code, event.event.earliest
    ('UKR', '2021-11-22')
    >>> event.event.evidence.text
    'Rusia menyerang Ukraina pada Senin (22/11/2021), kata NATO.'
    """

    def __init__(self, folder: str | Path | None = None) -> None:
        """Open a workspace.

        Args:
            folder: of the workspace; null: that of `SIAGA_WORKSPACE`, else the first from here upwards.

        Raises:
            WorkspaceError: there is none.
            ConfigError: its settings can't be right.
            OverlayError: something in its overlay can't be right.

        """
        self.place: Place = find_workspace(None if folder is None else str(folder), os.environ, Path.cwd())
        stand_on_overlay(self.place)

    @classmethod
    def init(cls, folder: str | Path) -> Workspace:
        """Make a folder a workspace, or bring one up to date, and open it.

        Raises:
            WorkspaceError: the folder can't be made or written to.
            StoreError: the database can't be brought up to date.

        """
        with writing_to(lay_out(Path(folder), os.environ)):
            return cls(folder)

    def __repr__(self) -> str:
        return f"siaga.Workspace({str(self.place.folder)!r})"

    def read(self, *paths: str | Path) -> tuple[Reading | Reject, ...]:
        """Read files and folders and keep nothing: what each article says, or why it can't be used, in order.

        >>> [reading] = workspace.read(page)
        >>> [event.type for event in reading.events]
        ['ASSAULT']
        """
        read_with_overlay(self.place)
        return tuple(readings(load(map(str, paths))))

    def save(self, *paths: str | Path) -> Saved:
        """Read files and folders (text, HTML, JSON Lines, WARC, gzip) and keep what they say; how much was new.

        What is kept already is passed over. Nothing is fetched: addresses are for `siaga read` and `siaga watch`.

        Raises:
            StoreError: another process is writing, or the disk is full; what was saved before is whole.

        """
        read_with_overlay(self.place)
        with taking_in(self.place) as intake:
            for _ in save_readings(load(map(str, paths)), intake):
                continue
        return intake.saved

    def take(self, text: str, **more: str | None) -> Taken:
        """Read one article and keep it.

        Args:
            text: of the article.
            more: `title`, `date`, `source`, `url`, `lang`, `id`, as far as they are known.

        Raises:
            GivenError: it can't be read or kept; says why.
            StoreError: as `save`.

        """
        read_with_overlay(self.place)
        return take(self.place, question(GivenArticle, {"text": text, **more}))

    def link(self) -> None:
        """Find copies among the articles that are new, put them into stories, and look through them for claims.

        Raises:
            StoreError: as `save`.

        """
        with linking(self.place) as run:
            _run_through(link_stored(run))
        with shelving(self.place) as shelf:
            _run_through(story_stored(shelf, owners_with(load_sources(self.place.sources))))
        with keeping_ledger(self.place) as ledger:
            _run_through(enter(ledger))

    def articles(self, **asked: Unpack[ArticleConditions]) -> tuple[Head, ...]:
        """Articles without their text, the latest published first.

        >>> [(head.source, head.published[:10]) for head in workspace.articles(languages="id", until="2022-02-05")]
        [('Pelita Tenggara', '2022-02-05')]
        """
        with reading_from(self.place) as connection:
            return tuple(one for one, _ in browse_articles(connection, question(ArticleQuestion, asked)))

    def article(self, id_: str) -> Reading | None:
        """One article with its text and all that was read in it; null if there is none of this id."""
        with reading_from(self.place) as connection:
            return load_reading(connection, id_)

    def search(self, words: str, most: int = 20) -> tuple[Found, ...]:
        """Articles that have all these words in title or text, best first; phrases in quotes, beginnings with `*`.

        >>> [found.article.language for found in workspace.search('olimpiade putin')]
        ['id']
        """
        with reading_from(self.place) as connection:
            return tuple(search(connection, Asked(words=plain_words(words), most=most)))

    def events(self, **asked: Unpack[EventConditions]) -> tuple[StoredEvent, ...]:
        """Events with their articles, newest first; the day is the one an event is told for.

        >>> attacks = workspace.events(actors="RUS", recipients="UKR", types="ASSAULT", least_confidence=0.5)
        >>> all(one.event.type == "ASSAULT" for one in attacks)
        True
        """
        with self._engine(asked) as (connection, engine, chosen):
            return tuple(all_events(connection, engine, chosen))

    def count(self, *keys: Key, **asked: Unpack[EventConditions]) -> tuple[Count, ...]:
        """How many events by one or more keys, the latest period first, within it the most frequent.

        Args:
            keys: any of country, actor, recipient, pair, type, mode, status, source, language, day, week, month, year.
            asked: as for `events`.

        >>> workspace.count("type", countries="UKR")[0].keys
        ('ASSAULT',)

        """
        with self._engine(asked) as (_, engine, chosen):
            return count_events(engine, keys, chosen)

    @contextmanager
    def relation(self, **asked: Unpack[EventConditions]) -> Iterator[duckdb.DuckDBPyRelation]:
        """The events as a relation of DuckDB, one row each: `.fetchall()`, `.df()` with pandas, `.pl()` with polars.

        >>> with workspace.relation(types="ASSAULT") as events:
        ...     rows = events.aggregate("country, count(*) AS number").order("number DESC").limit(1).fetchall()
        >>> rows[0][0]
        'UKR'
        """
        with self._engine(asked) as (_, engine, chosen):
            ask(engine, chosen)
            yield engine.view("selected")

    def quotes(self, **asked: Unpack[QuoteConditions]) -> tuple[StoredQuote, ...]:
        """Quotes with their articles, of the latest article first.

        >>> {one.quote.code for one in workspace.quotes(codes="NATO")}
        {'NATO'}
        """
        with reading_from(self.place) as connection:
            return tuple(one for one, _ in browse_quotes(connection, question(QuoteQuestion, asked)))

    def stories(self, **asked: Unpack[StoryConditions]) -> tuple[Story, ...]:
        """Stories, the latest first; `link` puts new articles into them.

        >>> most = max(workspace.stories(least_sources=2), key=lambda story: story.independent_sources)
        >>> most.independent_sources >= 2
        True
        """
        with reading_from(self.place) as connection:
            return tuple(one for one, _ in browse_stories(connection, question(StoryQuestion, asked)))

    def story(self, id_: str) -> Story | None:
        """One story, with those that are related to it; null if there is none of this id."""
        with reading_from(self.place) as connection:
            return load_story(connection, id_)

    def incidents(self, **asked: Unpack[IncidentConditions]) -> tuple[Incident, ...]:
        """Incidents: acts merged from the mentions of many articles, the latest first.

        >>> workspace.incidents(types="ASSAULT", least_sources=2)[0].independent_sources >= 2
        True
        """
        with reading_from(self.place) as connection:
            return tuple(one for one, _ in browse_incidents(connection, question(IncidentQuestion, asked)))

    def claims(self, **asked: Unpack[ClaimConditions]) -> tuple[Standing, ...]:
        """What was said of the future, and what came of it by the day of the newest article or `as_of`.

        >>> claims = workspace.claims(as_of="2022-02-20", outcomes="open")
        >>> {one.verdict.outcome for one in claims} <= {"open"}
        True
        """
        return claims_asked(self.place, question(ClaimQuestion, asked))

    def warnings(
        self, as_of: Day | None = None, *, level: Level = "waspada", units: Words = (), most: int = 20
    ) -> tuple[Card, ...]:
        """Warnings of a day, by what was known then, the gravest first.

        Args:
            as_of: the day; by default that of the newest article.
            level: the least that is listed.
            units: countries (`UKR`) and pairs (`RUS-UKR`) that are always shown; none: all that reach the level.
            most: warnings, where none is named.

        >>> [card] = workspace.warnings("2022-02-24", units="RUS-UKR")
        >>> card.unit, card.level
        ('RUS-UKR', 'siaga')

        """
        day = self._day(as_of)
        if day is None:
            return ()
        named = tuple(map(_unit, (units,) if isinstance(units, str) else units))
        wanted = Wanted(
            pairs=tuple(one.name for one in named if one.other), level=level, most=most,
            countries=tuple(one.name for one in named if not one.other),
        )  # fmt: skip
        return warned(self.place, day, wanted, claims_by(self.place, day.isoformat())).cards

    def series(self, unit: str, family: str = "conflict", as_of: Day | None = None) -> tuple[WeekRow, ...]:
        """The weeks of a country (`UKR`), a pair (`RUS-UKR`, `RUS>UKR`) or a place (`@UKR`), beside what is usual.

        Raises:
            PanelError: nothing is stored of it.

        >>> weeks = workspace.series("RUS-UKR")
        >>> sum(week.count for week in weeks) > 0
        True

        """
        with series_of(self.place, _as_day(as_of) or LAST_DAY) as stored:
            found = load_series(stored, _unit(unit), family)
            return week_rows(found, course(found, 0, Rule()))

    def episodes(self, unit: str, family: str = "conflict", as_of: Day | None = None) -> tuple[Episode, ...]:
        """Stretches of weeks with more events than usual, in order.

        Raises:
            PanelError: nothing is stored of the unit.

        >>> workspace.episodes("RUS-UKR")  # a month is not enough to know what is usual
        ()

        """
        with series_of(self.place, _as_day(as_of) or LAST_DAY) as stored:
            return episodes(load_series(stored, _unit(unit), family), 0, Rule())

    @contextmanager
    def _engine(self, asked: EventConditions) -> Iterator[tuple[Connection, duckdb.DuckDBPyConnection, Selection]]:
        chosen = question(Selection, asked)
        with reading_from(self.place) as connection, analysing(self.place, connection) as engine:
            yield connection, engine, chosen

    def _day(self, given: Day | None) -> date | None:
        """The day that is given, else that of the newest article."""
        if given is not None:
            return date.fromisoformat(_as_day(given) or "")
        with reading_from(self.place) as connection:
            return newest_day(connection)


def _as_day(given: Day | None) -> str | None:
    return given.isoformat() if isinstance(given, date) else given


def _unit(text: str) -> Unit:
    """A unit whose parties are given by code or name."""
    unit = unit_of(text)
    return Unit(kind=unit.kind, one=as_code(unit.one), other=as_code(unit.other) if unit.other else None)


def _run_through(what: Iterable[object]) -> None:
    for _ in what:
        continue
