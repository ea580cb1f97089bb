"""Stories and incidents in the store: saved batch by batch, whole or not at all, and loaded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import islice

import msgspec

from siaga.base.document import Reading
from siaga.base.lineage import Lineage
from siaga.base.record import Record
from siaga.base.stored import from_stored
from siaga.base.story import (
    MOST_ELSEWHERE,
    Assignment,
    Growth,
    Held,
    Incident,
    Likeness,
    Past,
    Related,
    Story,
    StoryChange,
    Traits,
)  # fmt: skip
from siaga.store.connection import Connection
from siaga.store.database import now, transaction, writing_to
from siaga.store.lineages import load_lineage
from siaga.store.load import load_reading
from siaga.store.sql import query
from siaga.store.workspace import Workspace

__all__ = [
    "StoryQuestion", "StoryShelf", "browse_story_rows", "list_stories", "load_all_incidents", "load_all_stories",
    "load_changes", "load_incidents", "load_story", "shelving", "story_of_article",
]  # fmt: skip

MOST_UNDATED = 2000
"""Articles without a day that a new one without a day is compared with: the latest."""
MOST_RELATED = 8


class StoryQuestion(Record):
    """Which stories are asked for; empty conditions ask for all."""

    since: str | None = None
    until: str | None = None
    least_articles: int = 1
    least_sources: int = 0
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    """Parties of events in its articles."""


class StoryShelf:
    """The stories of a workspace while articles are put into them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def waiting(self) -> tuple[str, ...]:
        """Ids of the linked articles that are in no story yet, by day of publication."""
        return tuple(str(id_) for (id_,) in self._connection.execute(query("unstoried_articles")))

    def readings(self, ids: Iterable[str]) -> tuple[Reading, ...]:
        """The stored readings of these articles; one that is gone is left out."""
        found = (load_reading(self._connection, id_) for id_ in ids)
        return tuple(one for one in found if one is not None)

    def copies(self, ids: Iterable[str]) -> tuple[tuple[str, ...], ...]:
        """Those of these articles that derive from one text, text by text."""
        groups: defaultdict[str, list[str]] = defaultdict(list)
        values = {"articles": msgspec.json.encode(tuple(ids)).decode()}
        for lineage, article in self._connection.execute(query("copies_among"), values):
            groups[str(lineage)].append(str(article))
        return tuple(map(tuple, groups.values()))

    def lineages(self, ids: Iterable[str]) -> tuple[Lineage, ...]:
        """The lineages that these articles are in, each once."""
        found = (load_lineage(self._connection, id_) for id_ in ids)
        return tuple({one.id: one for one in found if one is not None}.values())

    def articles_of(self, story: str) -> tuple[str, ...]:
        """Ids of the articles of a story."""
        return tuple(str(id_) for (id_,) in self._connection.execute(query("articles_of_story"), (story,)))

    def held(self, days: Iterable[str | None], near: int) -> Held:
        """What is stored around these days.

        Args:
            days: on which articles arrive; null for articles without a day.
            near: days between two articles of a pair, at most: what is further away than this stays where it is.

        """
        wanted = frozenset(days)
        rows = tuple(self._rows(wanted, near))
        traits = tuple(from_stored(record, Traits, f"traits of article {number}") for number, record in rows)
        numbers = msgspec.json.encode([number for number, _ in rows]).decode()
        stories = tuple(
            Assignment(article=str(article), story=str(story))
            for article, story in self._connection.execute(query("stories_of_articles"), {"articles": numbers})
        )
        return Held(
            traits=traits,
            pairs=tuple(_pairs(self._connection.execute(query("likenesses_between"), {"articles": numbers}))),
            stories=stories,
            settled=frozenset(one.id for one in traits if not _is_near(one.day, wanted, near)),
        )

    def past(self, founded: Iterable[str]) -> Past:
        """Of these ids of stories, those that stand and those that no longer do."""
        ids = msgspec.json.encode(tuple(founded)).decode()
        rows = tuple(self._connection.execute(query("past_stories"), {"ids": ids}))
        standing = frozenset(str(id_) for id_, stands in rows if stands)
        return Past(standing=standing, retired=frozenset(str(id_) for id_, _ in rows) - standing)

    @contextmanager
    def saving(self) -> Iterator[None]:
        """All that is done within is saved at its end, or none of it."""
        with transaction(self._connection):
            yield

    def save_growth(self, traits: Iterable[Traits], growth: Growth) -> tuple[str, ...]:
        """Save what arrived and where it belongs; the ids of the stories that are to be told anew."""
        run = self._connection.executemany
        rows = ({"article": one.id, "day": one.day, "record": one.to_json().decode()} for one in traits)
        run(query("add_trait"), rows)
        run(query("add_likeness"), ({"a": one.a, "b": one.b, "probability": one.probability} for one in growth.pairs))
        before = tuple(self._stories_of(one.article for one in growth.assignments))
        run(query("set_story_of"), ({"article": one.article, "story": one.story} for one in growth.assignments))
        for change in growth.changes:
            if change.kind == "merged":
                run(query("merge_story"), [{"story": change.story, "other": change.other}])
        run(query("add_story_change"), (_change_values(change) for change in growth.changes))
        return tuple(dict.fromkeys((*before, *(one.story for one in growth.assignments))))

    def stale(self) -> tuple[str, ...]:
        """Ids of the articles that were read anew, or corrected, since they were put into stories."""
        return tuple(str(id_) for (id_,) in self._connection.execute(query("stale_traits")))

    def refreshed(self, articles: Iterable[str]) -> None:
        """Forget which others these were like, and that they were stale; within `saving`, `save_growth` after it."""
        for number in map(self._number, articles):
            self._connection.execute(query("drop_likeness"), number)
            self._connection.execute("DELETE FROM stale_trait WHERE article = :article", number)

    def traits(self, ids: Iterable[str]) -> tuple[Traits, ...]:
        """What is kept of these articles."""
        values = {"articles": msgspec.json.encode(tuple(ids)).decode()}
        rows = self._connection.execute(query("traits_of_articles"), values)
        return tuple(from_stored(str(record), Traits, f"traits of article {number}") for number, record in rows)

    def forget(self, articles: Iterable[str]) -> None:
        """Remove what is kept of articles to put them into stories; within `saving`, with `save_growth` after it."""
        for number in map(self._number, ids := tuple(articles)):
            self._connection.execute("DELETE FROM trait WHERE article = :article", number)
            self._connection.execute("DELETE FROM story_article WHERE article = :article", number)
        self.refreshed(ids)

    def elsewhere(self, story: str, happenings: Iterable[tuple[str, str, str]]) -> tuple[tuple[str, str], ...]:
        """Articles of other stories that tell of these happenings (type, town, day), each with the id of its story."""
        values = {
            "story": story,
            "happenings": msgspec.json.encode(sorted(happenings)).decode(),
            "most": MOST_ELSEWHERE,
        }
        return tuple((str(other), str(id_)) for other, id_, _ in self._connection.execute(query("elsewhere"), values))

    def sharing(self, stories: Iterable[str]) -> tuple[str, ...]:
        """Ids of the other stories that tell an act of any of these, as they were told last."""
        values = {"stories": msgspec.json.encode(tuple(stories)).decode()}
        return tuple(str(id_) for (id_,) in self._connection.execute(query("stories_sharing"), values))

    def save_story(self, story: Story, incidents: Iterable[Incident]) -> None:
        """Save a story with the acts it tells of."""
        self.drop_story(story.id)
        self._connection.execute(query("set_story"), _story_values(story))
        self._connection.executemany(
            query("add_incident"), (_incident_values(one, position) for position, one in enumerate(incidents))
        )

    def drop_story(self, id_: str) -> None:
        """Remove a story that has no articles any more, with its incidents."""
        self._connection.execute("DELETE FROM story WHERE id = ?", (id_,))
        self._connection.execute("DELETE FROM incident WHERE story = ?", (id_,))

    def _number(self, article: str) -> Mapping[str, int]:
        return {"article": self._connection.execute("SELECT seq FROM article WHERE id = ?", (article,)).get}

    def _rows(self, wanted: frozenset[str | None], near: int) -> Iterator[tuple[int, str]]:
        for since, until in _spans((day for day in wanted if day), 2 * near):
            rows = self._connection.execute(query("traits_around"), {"since": since, "until": until})
            yield from ((int(str(number)), str(record)) for number, record in rows)
        if None in wanted:
            rows = self._connection.execute(query("traits_undated"), {"most": MOST_UNDATED})
            yield from ((int(str(number)), str(record)) for number, record in rows)

    def _stories_of(self, articles: Iterable[str]) -> Iterator[str]:
        for article in articles:
            if (story := story_of_article(self._connection, article)) is not None:
                yield story


@contextmanager
def shelving(workspace: Workspace) -> Iterator[StoryShelf]:
    """The one run that puts the articles of a workspace into stories.

    Raises:
        StoreError: as `writing_to`.

    """
    with writing_to(workspace) as connection:
        yield StoryShelf(connection)


def load_story(connection: Connection, id_: str) -> Story | None:
    """The story with this id, with those that are related to it now; null if there is none."""
    record = connection.execute(query("story"), (id_,)).get
    if record is None:
        return None
    rows = connection.execute(query("related_stories"), {"story": id_, "most": MOST_RELATED})
    related = tuple(Related(story=str(other), likeness=float(str(alike))) for other, alike in rows)
    return from_stored(str(record), Story, f"story {id_}").replace(related=related)


def load_incidents(connection: Connection, story: str) -> tuple[Incident, ...]:
    """The acts that a story tells of, the most told first."""
    return tuple(_incidents(connection.execute(query("incidents_of_story"), (story,))))


def load_changes(connection: Connection, story: str) -> tuple[tuple[StoryChange, str], ...]:
    """What became of a story and of others in it, and when, RFC 3339."""
    rows = connection.execute(query("changes_of_story"), {"story": story})
    return tuple(
        (msgspec.convert({"kind": kind, "story": one, "other": other}, StoryChange), str(moment))
        for kind, one, other, moment in rows
    )


def load_all_stories(connection: Connection) -> Iterator[Story]:
    """Every story, by its first day."""
    rows = [str(record) for (record,) in connection.execute(query("all_stories"))]
    for record in rows:
        story = from_stored(record, Story, "story")
        yield load_story(connection, story.id) or story


def load_all_incidents(connection: Connection) -> Iterator[Incident]:
    """Every incident, story by story."""
    yield from _incidents(connection.execute(query("all_incidents")))


def list_stories(connection: Connection, asked: StoryQuestion, most: int | None) -> tuple[Story, ...]:
    """The stories that are asked for, the latest first."""
    return tuple(from_stored(one, Story, "story") for one in islice(browse_story_rows(connection, asked, ()), most))


def browse_story_rows(
    connection: Connection, asked: StoryQuestion, after: tuple[str | int | None, ...]
) -> Iterator[str]:
    """The records of the stories that are asked for, the latest first, lazily.

    Args:
        connection: of a reader.
        asked: which stories.
        after: last day, independent sources, articles and id of the one after which they begin; empty: the first.

    """
    names = ("after_last", "after_sources", "after_articles", "after_id")
    place = dict(zip(names, after or (None,) * len(names), strict=True))
    for (record,) in connection.execute(query("list_stories"), _question_values(asked) | place):
        yield str(record)


def story_of_article(connection: Connection, article: str) -> str | None:
    """The id of the story that an article is in; null if it is in none."""
    found = connection.execute(query("story_of_article"), (article,)).get
    return None if found is None else str(found)


def _spans(days: Iterable[str], near: int) -> Iterator[tuple[str, str]]:
    """The stretches of days around these, each day in one of them."""
    stretch: tuple[date, date] | None = None
    for day in sorted(map(date.fromisoformat, days)):
        since, until = day - timedelta(near), day + timedelta(near)
        if stretch and since <= stretch[1] + timedelta(1):
            stretch = stretch[0], until
            continue
        if stretch:
            yield stretch[0].isoformat(), stretch[1].isoformat()
        stretch = since, until
    if stretch:
        yield stretch[0].isoformat(), stretch[1].isoformat()


def _is_near(day: str | None, wanted: frozenset[str | None], near: int) -> bool:
    if day is None or day in wanted:
        return day in wanted
    own = date.fromisoformat(day)
    return any((own + timedelta(days)).isoformat() in wanted for days in range(-near, near + 1))


def _pairs(rows: Iterable[Sequence[object]]) -> Iterator[Likeness]:
    for one, other, probability in rows:
        a, b = sorted((str(one), str(other)))
        yield Likeness(a=a, b=b, probability=float(str(probability)))


def _incidents(rows: Iterable[Sequence[object]]) -> Iterator[Incident]:
    for (record,) in rows:
        yield from_stored(str(record), Incident, "incident")


def _story_values(story: Story) -> dict[str, str | int | None]:
    return {
        "id": story.id, "first": story.first, "last": story.last, "articles": len(story.articles),
        "lineages": story.lineages, "independent_sources": story.independent_sources,
        "record": story.to_json().decode(),
    }  # fmt: skip


def _incident_values(incident: Incident, position: int) -> dict[str, str | int | None]:
    return {
        "id": incident.id, "story": incident.story, "type": incident.type, "status": incident.status,
        "earliest": incident.earliest, "latest": incident.latest,
        "independent_sources": incident.independent_sources, "position": position,
        "record": incident.to_json().decode(),
    }  # fmt: skip


def _change_values(change: StoryChange) -> dict[str, str]:
    return {"kind": change.kind, "story": change.story, "other": change.other, "moment": now()}


def _question_values(asked: StoryQuestion) -> dict[str, str | int | None]:
    lists = {name: getattr(asked, name) for name in ("sources", "languages", "types", "codes")}
    return {
        "since": asked.since, "until": asked.until, "least_articles": asked.least_articles,
        "least_sources": asked.least_sources,
    } | {name: msgspec.json.encode(values).decode() if values else None for name, values in lists.items()}  # fmt: skip
