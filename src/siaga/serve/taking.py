"""An article that somebody sends, read and kept."""

from __future__ import annotations

from typing import Annotated

import msgspec

from siaga.base.article import Article, Page, Reject
from siaga.base.document import Reading
from siaga.base.errors import GivenError, RejectError
from siaga.base.ids import content_id
from siaga.base.record import Record
from siaga.collect.article import read_page
from siaga.flow import save_readings
from siaga.store.database import reading_from
from siaga.store.intake import taking_in
from siaga.store.load import load_reading
from siaga.store.workspace import Workspace

__all__ = ["GivenArticle", "Taken", "take"]

MOST_SIGNS = 500_000
Short = Annotated[str, msgspec.Meta(max_length=2_000)]


class GivenArticle(Record):
    """An article as a line of JSON Lines has it; what is not known is null."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_SIGNS)]
    title: Short | None = None
    date: Short | None = None
    """A day, or an RFC 3339 time; trusted."""
    source: Short | None = None
    """Who published it."""
    url: Short | None = None
    lang: Annotated[str, msgspec.Meta(max_length=8)] | None = None
    """ISO 639-1; trusted."""
    id: Annotated[str, msgspec.Meta(min_length=1, max_length=200)] | None = None
    """By default a hash of the content."""


class Taken(Record):
    """What is kept of an article that was sent."""

    reading: Reading
    known: bool
    """It was kept before."""


def take(workspace: Workspace, given: GivenArticle) -> Taken:
    """Read an article and keep it; one that is kept already is left as it is.

    Raises:
        GivenError: it can't be read or kept; says why.
        StoreError: as `writing_to`.

    """
    article = _collected(given)
    with taking_in(workspace) as intake:
        results = tuple(save_readings((_page(given),), intake))
    refused = (*(one for one in results if isinstance(one, Reject)), *intake.saved.refused)
    if refused:
        raise GivenError(f"{refused[0].reason}: {refused[0].message}")
    with reading_from(workspace) as connection:
        reading = load_reading(connection, article.id)
    assert reading is not None  # noqa: S101 - it was saved now or before
    return Taken(reading=reading, known=not results)


def _collected(given: GivenArticle) -> Article:
    try:
        return read_page(_page(given))
    except RejectError as error:
        raise GivenError(f"{error.code}: {error}") from error


def _page(given: GivenArticle) -> Page:
    id_ = given.id or content_id("article", given.source, given.title, given.text)
    return Page(name="given", body=given.replace(id=id_).to_json(), kind="jsonl")
