"""A story as it is stored, with the articles that tell it."""

from __future__ import annotations

from itertools import islice

from siaga.base.document import Reading
from siaga.report.stories import DatedChange, StoryPage
from siaga.store.connection import Connection
from siaga.store.lineages import load_lineage
from siaga.store.load import load_reading
from siaga.store.stories import load_changes, load_incidents, load_story, story_of_article

__all__ = ["story_page"]


def story_page(
    connection: Connection, id_: str, most: int | None = None
) -> tuple[StoryPage, tuple[Reading, ...]] | None:
    """All that is told of a story, and the readings of its articles; null if there is no such story.

    Args:
        connection: of a reader.
        id_: of the story, or of an article in it.
        most: readings, the first ones; null is all.

    Raises:
        DamagedError: a record can't be read.

    """
    story = load_story(connection, id_) or load_story(connection, story_of_article(connection, id_) or "")
    if story is None:
        return None
    shown = tuple(islice(story.articles, most))
    found = (load_lineage(connection, article) for article in shown)
    near = tuple((one, load_story(connection, one.story)) for one in story.related)
    page = StoryPage(
        story=story.replace(related=tuple(one for one, other in near if other)),
        incidents=load_incidents(connection, story.id),
        lineages=tuple({lineage.id: lineage for lineage in found if lineage}.values()),
        related=tuple(other for _, other in near if other),
        changes=tuple(
            DatedChange(change=change, moment=moment) for change, moment in load_changes(connection, story.id)
        ),
    )
    read = (load_reading(connection, article) for article in shown)
    return page, tuple(one for one in read if one is not None)
