"""Search: articles by words, narrowed by language, source, week, kind of act and country."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import get_args

from siaga.base.record import Record
from siaga.report.catalogue import Catalogue
from siaga.report.facts import known_names
from siaga.serve.web.asking import Asking, Page
from siaga.serve.web.given import event_type, number
from siaga.serve.web.view import Entry, Rows, View
from siaga.store.database import reading_from
from siaga.store.find import REACH, Facet, FacetName, Finding, Hits, find, shown
from siaga.store.load import Head
from siaga.store.search import Found

__all__ = ["ROUTES"]

ON_A_PAGE = 20
MOST_LETTERS = 500
"""Of what is looked for."""
FACETS: tuple[FacetName, ...] = get_args(FacetName)
COLUMNS = ("id", "title", "source", "published", "language", "url", "snippet")


class Piece(Record):
    """A stretch of text."""

    text: str
    marked: bool


class Hit(Record):
    """An article that fits."""

    article: Head
    pieces: tuple[Piece, ...]
    """The stretch that fits best."""


class Choice(Record):
    """A way to narrow what was found, or to widen it again."""

    facet: FacetName
    name: str
    said: str
    articles: int
    chosen: bool


class SearchPage(Record):
    """What the page shows."""

    asked: Finding
    total: int = 0
    """Articles with these words, whatever else is asked for."""
    found: int = 0
    """Of those that were looked at, those that fit."""
    reach: int = REACH
    hits: tuple[Hit, ...] = ()
    choices: tuple[tuple[FacetName, tuple[Choice, ...]], ...] = ()
    page: int = 1
    pages: int = 1


def show(asking: Asking) -> View:
    """The articles that fit."""
    finding, page = _finding(asking), number(asking, "page", 1, REACH // ON_A_PAGE)
    with reading_from(asking.workspace) as connection:
        hits = asking.kept.get(asking.workspace, ("find", finding), lambda: find(connection, finding))
        wanted = hits.numbers[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
        found = shown(connection, finding, wanted)
    words = asking.words
    return View(
        title=words.say("web_search.title"),
        template="search.html",
        shown=_page(finding, hits, found, words).replace(page=page),
        rows=Rows(columns=COLUMNS, lines=tuple(map(_line, found))),
        entries=tuple(_entry(one, words) for one in found),
    )


def _finding(asking: Asking) -> Finding:
    since, until, as_of = asking.day("from"), asking.day("until"), asking.day("as_of")
    if asking.one("week") and (week := asking.day("week")):
        since, until = week, week + timedelta(days=6)
    last = min((one for one in (until, as_of) if one), default=None)
    return Finding(
        typed=asking.one("q")[:MOST_LETTERS], since=_written(since), until=_written(last),
        source=asking.one("source") or None, language=asking.one("in") or None, type=event_type(asking, "type"),
        country=asking.one("country").upper() or None, newest=asking.one("order") == "newest",
    )  # fmt: skip


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _page(finding: Finding, hits: Hits, found: tuple[Found, ...], words: Catalogue) -> SearchPage:
    return SearchPage(
        asked=finding, total=hits.total, found=len(hits.numbers),
        hits=tuple(Hit(article=one.article, pieces=tuple(_pieces(one))) for one in found),
        choices=tuple(_choices(finding, hits.facets, words)), pages=max(1, -(-len(hits.numbers) // ON_A_PAGE)),
    )  # fmt: skip


def _pieces(found: Found) -> Iterator[Piece]:
    """The snippet, cut where marks begin and end."""
    at = 0
    for mark in found.marks:
        yield Piece(text=found.snippet[at : mark.start], marked=False)
        yield Piece(text=found.snippet[mark.start : mark.end], marked=True)
        at = mark.end
    yield Piece(text=found.snippet[at:], marked=False)


def _choices(
    finding: Finding, facets: tuple[Facet, ...], words: Catalogue
) -> Iterator[tuple[FacetName, tuple[Choice, ...]]]:
    chosen: Mapping[FacetName, str | None] = {
        "language": finding.language, "source": finding.source, "week": finding.since if _is_week(finding) else None,
        "type": finding.type, "country": finding.country,
    }  # fmt: skip
    for name in FACETS:
        some = tuple(_choice(one, chosen[name], words) for one in facets if one.facet == name)
        if some:
            yield name, some


def _choice(facet: Facet, chosen: str | None, words: Catalogue) -> Choice:
    return Choice(
        facet=facet.facet, name=facet.name, said=_said(facet, words), articles=facet.articles,
        chosen=facet.name == chosen,
    )  # fmt: skip


def _said(facet: Facet, words: Catalogue) -> str:
    if facet.facet == "type":
        return words.say(f"type.{facet.name}")
    if facet.facet == "country":
        return known_names(words.language).get(facet.name, facet.name)
    if facet.facet == "week":
        return words.say("web_search.week_of", day=words.day(facet.name))
    key = f"web.language_{facet.name}"
    return words.say(key) if facet.facet == "language" and words.has(key) else facet.name


def _is_week(finding: Finding) -> bool:
    if finding.since is None or finding.until is None:
        return False
    first = date.fromisoformat(finding.since)
    return first.weekday() == 0 and (date.fromisoformat(finding.until) - first).days == 6  # noqa: PLR2004 - a week


def _line(one: Found) -> tuple[str | None, ...]:
    head = one.article
    return head.id, head.title, head.source, head.published, head.language, head.url, one.snippet


def _entry(one: Found, words: Catalogue) -> Entry:
    head = one.article
    return Entry(
        id=f"article/{head.id}", title=head.title or words.say("search.untitled"), path=f"/article/{head.id}",
        updated=head.published or "1970-01-01", summary=one.snippet,
    )  # fmt: skip


ROUTES = (Page(path="/search", show=show, nav="web_search.nav"),)
