"""The stories that are told in some days, the latest first."""

from __future__ import annotations

from datetime import UTC, datetime

from siaga.base.errors import GivenError
from siaga.base.record import Record
from siaga.base.story import Story
from siaga.base.window import Window
from siaga.serve.web.asking import Asking, Page
from siaga.serve.web.view import Entry, Rows, View
from siaga.store.database import reading_from
from siaga.store.stories import StoryQuestion, list_stories

__all__ = ["ROUTES"]

MOST = 60
COLUMNS = ("story", "title", "first", "last", "articles", "texts", "independent_sources", "sources", "languages")


class StoriesShown(Record):
    """What the page shows."""

    window: Window
    least_sources: int
    stories: tuple[Story, ...]
    full: bool
    """There may be more."""


def show(asking: Asking) -> View:
    """The page of stories: `from`, `until`, `actor` and `sources`, the least number of independent ones."""
    least = _number(asking.one("sources", "1"))
    with reading_from(asking.workspace) as connection:
        window = asking.window(asking.as_of(connection) or datetime.now(UTC).date())
        asked = StoryQuestion(
            since=window.since, until=window.until, least_sources=least, codes=asking.query.get("actor", ())
        )
        found = list_stories(connection, asked, MOST)
    return View(
        title=asking.words.say("web_stories.title"),
        template="stories.html",
        shown=StoriesShown(window=window, least_sources=least, stories=found, full=len(found) == MOST),
        rows=Rows(columns=COLUMNS, lines=tuple(map(_line, found))),
        entries=tuple(_entry(one, asking) for one in found),
    )


def _number(written: str) -> int:
    if not written.isdecimal() or len(written) > 3:  # noqa: PLR2004 - nobody has a thousand sources
        raise GivenError("sources: expected a number")
    return int(written)


def _line(one: Story) -> tuple[str | int | None, ...]:
    return (
        one.id, one.title, one.first, one.last, len(one.articles), one.lineages, one.independent_sources,
        ", ".join(one.sources), ", ".join(one.languages),
    )  # fmt: skip


def _entry(one: Story, asking: Asking) -> Entry:
    return Entry(
        id=f"story/{one.id}",
        title=one.title or asking.words.say("story.untitled"),
        path=f"/story/{one.id}",
        updated=one.last or "1970-01-01",
        summary=one.key_sentences[0].sentence.text if one.key_sentences else "",
    )


ROUTES = (Page(path="/stories", show=show, nav="web_stories.menu"),)
