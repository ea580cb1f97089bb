"""What a page says about itself: JSON-LD, OpenGraph and the headline first, then its address, then guesses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import msgspec

from siaga.base.article import About, Basis, Found, PublishedBasis
from siaga.base.record import Record
from siaga.collect.authors import author_names
from siaga.collect.stated import Stated, one_line, stated_in_tree

__all__ = [
    "Metadata",
    "as_published",
    "given_date",
    "guessed_date",
    "markup_metadata",
    "stated_metadata",
    "url_date",
    "with_guess",
]

EARLIEST_YEAR = 1900
LATEST_YEAR = 2100
_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)")
_URL_DAY = re.compile(
    r"/(?P<year>(?:19|20)\d\d)(?P<mark>[/-]?)(?P<month>\d{2})(?P=mark)(?P<day>\d{2})(?!\d)"
    r"|[/_-](?P<year2>20\d\d)(?P<month2>[01]\d)(?P<day2>[0-3]\d)\d{0,6}(?!\d)"
)
_SEPARATOR = re.compile(r" [|–—-]+ $")
_LANGUAGE = re.compile(r"(?P<code>[a-zA-Z]{2,3})(?:[-_]|$)")
MOST_NAMES = 20
CONFIDENCE: Mapping[Basis, float] = {
    "given": 1.0, "json-ld": 0.97, "opengraph": 0.95, "link": 0.95, "time": 0.9, "heading": 0.9, "meta": 0.9,
    "url": 0.9, "text": 0.85, "title": 0.8, "guess": 0.6,
}  # fmt: skip
"""Of each basis: see docs/collect.md for what was measured."""
DEEPEST_JSON = 12
"""Levels of JSON-LD looked into; the articles of publishers stand at 1 to 4."""


class Metadata(Record):
    """What is known of an article besides its text."""

    title: str | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    published: str | None = None
    published_basis: PublishedBasis | None = None
    about: About = About()

    def known(self, field: str, basis: Basis) -> Metadata:
        """With a note of where a field was found, in place of an earlier note."""
        others = tuple(found for found in self.about.found if found.field != field)
        return self.replace(about=self.about.replace(found=(*others, _found(field, basis))))


def given_date(value: object) -> tuple[str | None, tuple[str, ...]]:
    """The date of JSON Lines input, trusted if it is one, and a warning if it is not."""
    if value is None or value == "":
        return None, ()
    found = as_published(value) if isinstance(value, str) else None
    return found, () if found else (f"date {str(value)[:40]!r} is not a day of {EARLIEST_YEAR} to {LATEST_YEAR}",)


def as_published(value: str) -> str | None:
    """A date, or an RFC 3339 time where the time and zone are known.

    >>> as_published("2021-11-30T16:45:00+0700"), as_published("2021-11-30 16:45"), as_published("30 Nov")
    ('2021-11-30T16:45:00+07:00', '2021-11-30', None)
    """
    moment = _moment(value.strip())
    if moment is None or not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        return None
    return moment.date().isoformat() if moment.tzinfo is None else moment.isoformat(timespec="seconds")


def _moment(value: str) -> datetime | None:
    for read in (_iso, _leading_day, parsedate_to_datetime):
        try:
            return read(value)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _iso(value: str) -> datetime:
    """ISO 8601, but not its bare numbers and week dates, which are years and ids more often than days."""
    if not _DAY.match(value):
        raise ValueError(value)
    return datetime.fromisoformat(value)


def _leading_day(value: str) -> datetime:
    match = _DAY.match(value)
    if match is None:
        raise ValueError(value)
    return datetime(int(match["year"]), int(match["month"]), int(match["day"]))  # noqa: DTZ001 - a day has no zone


def url_date(url: str | None) -> str | None:
    """The day that stands in an address.

    >>> url_date("https://kabar.example/internasional/20211130/rapat"), url_date("https://kabar.example/2021/11/30/a")
    ('2021-11-30', '2021-11-30')
    """
    for match in _URL_DAY.finditer(_path(url)):
        year, month, day = (match[name] or match[f"{name}2"] for name in ("year", "month", "day"))
        if found := as_published(f"{year}-{month}-{day}"):
            return found
    return None


def _path(url: str | None) -> str:
    try:
        return urlsplit(url or "").path
    except ValueError:  # not an address
        return ""


def markup_metadata(tree: Any, url: str | None) -> Metadata:  # noqa: ANN401 - lxml has no types
    """What the markup says of its article: each field from the most trusted place that has it."""
    found = stated_metadata(stated_in_tree(tree), url)
    return with_guess(found, guessed_date(tree) if found.published is None else None)


def with_guess(metadata: Metadata, day: str | None) -> Metadata:
    """The metadata, with a day that is guessed if none is known."""
    if metadata.published is not None or day is None:
        return metadata
    return metadata.replace(published=day, published_basis="text").known("published", "guess")


def stated_metadata(stated: Stated, url: str | None) -> Metadata:
    """What the statements of a page say of its article: each field from the most trusted place that has it."""
    article = _json_article(stated.scripts)
    address = next((whole for whole in _addresses(stated, url) if whole), url)
    chosen = {
        "source": _first(_sources(article, stated.meta)),
        "owner": _first(_owners(article)),
        "section": _first(_sections(article, stated.meta)),
        "published": _best_moment(_moments(article, stated, _PUBLISHED), url_date(address)),
        "updated": _best_moment(_moments(article, stated, _UPDATED), None),
        "authors": _authors(article, stated.meta),
        "title": _first(_titles(article, stated)),
    }
    return _composed({name: choice for name, choice in chosen.items() if choice}, address, stated, url)


def stated_doubts(stated: Stated) -> tuple[str, ...]:
    """A warning where a page states a day of publication that is none."""
    field, names = _PUBLISHED
    values = (_json_article(stated.scripts).get(field), *(stated.meta.get(name) for name in names))
    value = next((value for value in values if isinstance(value, str) and value.strip()), None)
    return given_date(value)[1]


class Choice(NamedTuple):
    """A value that a page states, and where."""

    value: str | tuple[str, ...] | None
    basis: Basis


def _composed(chosen: Mapping[str, Choice], address: str | None, stated: Stated, url: str | None) -> Metadata:
    values: dict[str, Any] = {name: choice.value for name, choice in chosen.items()}
    source, published = values.get("source"), chosen.get("published")
    authors = tuple(name for name in values.get("authors", ()) if name.casefold() != (source or "").casefold())
    about = About(
        authors=authors,
        owner=values.get("owner") if values.get("owner") != source else None,
        section=values.get("section"),
        updated=values.get("updated"),
        canonical=_whole(stated.links.get("canonical"), url),
        amp=_whole(stated.links.get("amphtml"), url),
        found=tuple(_found(name, one.basis) for name, one in chosen.items() if name != "authors" or authors),
    )
    return Metadata(
        title=_without_outlet(values.get("title"), source),
        source=source,
        url=address,
        language=_language(stated.language),
        published=values.get("published"),
        published_basis=("url" if published.basis == "url" else "metadata") if published else None,
        about=about,
    )


def _found(field: str, basis: Basis) -> Found:
    return Found(field=field, basis=basis, confidence=CONFIDENCE[basis])


def _first(choices: Iterable[Choice]) -> Choice | None:
    return next((choice for choice in choices if choice.value), None)


def _best_moment(choices: Iterable[Choice], day: str | None) -> Choice | None:
    """The first moment stated; another of that day if only that one has a zone; else a day that is known anyhow."""
    found = (choice for choice in choices if choice.value)
    if first := next(found, None):
        same_day = (one for one in found if str(one.value)[:10] == str(first.value)[:10])
        return first if "T" in str(first.value) else next((one for one in same_day if "T" in str(one.value)), first)
    return Choice(day, "url") if day else None


def _json_article(scripts: Iterable[str]) -> dict[str, Any]:
    """The article that JSON-LD describes; empty where it describes none or can't be read."""
    for script in scripts:
        try:
            value = msgspec.json.decode(script.strip())
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            continue
        if found := next(_articles_in(value, DEEPEST_JSON), None):
            return found
    return {}


def _articles_in(value: Any, depth: int) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON of any shape
    if depth and isinstance(value, list):
        for item in value:
            yield from _articles_in(item, depth - 1)
    elif depth and isinstance(value, dict):
        if _is_article(value):
            yield value
        for item in value.values():
            yield from _articles_in(item, depth - 1)


def _is_article(value: dict[str, Any]) -> bool:
    """Whether a node is of a type of schema.org that news is written in."""
    types = value.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and name.endswith(("Article", "Posting", "Report")) for name in names)


def _titles(article: Mapping[str, Any], stated: Stated) -> Iterator[Choice]:
    yield Choice(one_line(article.get("headline")), "json-ld")
    yield Choice(one_line(stated.meta.get("og:title")), "opengraph")
    yield Choice(stated.heading, "heading")
    yield Choice(stated.title, "title")


def _sources(article: Mapping[str, Any], meta: Mapping[str, str]) -> Iterator[Choice]:
    yield Choice(next(_names(article.get("publisher")), None), "json-ld")
    yield Choice(one_line(meta.get("og:site_name")), "opengraph")
    yield Choice(one_line(meta.get("application-name")), "meta")


def _owners(article: Mapping[str, Any]) -> Iterator[Choice]:
    publisher = article.get("publisher")
    if isinstance(publisher, dict):
        yield Choice(next(_names(publisher.get("parentOrganization")), None), "json-ld")
    for name in ("copyrightHolder", "sourceOrganization"):
        yield Choice(next(_names(article.get(name)), None), "json-ld")


def _sections(article: Mapping[str, Any], meta: Mapping[str, str]) -> Iterator[Choice]:
    yield Choice(next(_names(article.get("articleSection")), None), "json-ld")
    yield Choice(one_line(meta.get("article:section")), "opengraph")
    for name in ("parsely-section", "section", "category", "content_category"):
        if name in meta:
            yield Choice(one_line(meta[name]), "meta")


def _authors(article: Mapping[str, Any], meta: Mapping[str, str]) -> Choice | None:
    """The persons that a page names as its authors."""
    if names := author_names(_names(article.get("author"))):
        return Choice(names, "json-ld")
    if names := author_names(filter(None, [one_line(meta.get("article:author"))])):
        return Choice(names, "opengraph")
    for name in ("author", "parsely-author", "dc.creator", "content_author", "sailthru.author", "byl"):
        if name in meta and (names := author_names(filter(None, [one_line(meta[name])]))):
            return Choice(names, "meta")
    return None


def _names(value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON of any shape
    """The names in a node of schema.org: of itself, or of each in a list."""
    for one in value[:MOST_NAMES] if isinstance(value, list) else (value,):
        if name := one_line(one.get("name") if isinstance(one, dict) else one):
            yield name


_PUBLISHED = ("datePublished", (
    "article:published_time", "datepublished", "og:published_time", "publishdate", "pubdate", "date", "dc.date.issued",
    "dcterms.created", "dc.date", "parsely-pub-date", "sailthru.date", "content_publisheddate", "publishedtime",
))  # fmt: skip
_UPDATED = ("dateModified", (
    "article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified", "dcterms.modified",
))  # fmt: skip


def _moments(article: Mapping[str, Any], stated: Stated, names: tuple[str, tuple[str, ...]]) -> Iterator[Choice]:
    """When an article was published or updated, by each place that says so."""
    field, metas = names
    value = article.get(field)
    yield Choice(as_published(value) if isinstance(value, str) else None, "json-ld")
    for name in metas:
        if name in stated.meta:
            yield Choice(as_published(stated.meta[name]), "opengraph" if ":" in name else "meta")
    if names is _PUBLISHED:
        yield from (Choice(as_published(time), "time") for time in stated.times)


def _without_outlet(title: str | None, source: str | None) -> str | None:
    """The headline, without the outlet's name behind it."""
    if title is None or source is None or not title.endswith(source):
        return title
    separator = _SEPARATOR.search(before := title.removesuffix(source))
    return before[: separator.start()] or title if separator else title


def _addresses(stated: Stated, url: str | None) -> Iterator[str | None]:
    """Where the article stands, by its own account if that is a whole address."""
    yield _whole(stated.links.get("canonical"), url)
    yield _whole(stated.meta.get("og:url"), url)


def _whole(address: str | None, url: str | None) -> str | None:
    """An address in full; null where it can't be."""
    if not address:
        return None
    try:
        whole = address.strip() if address.startswith(("http://", "https://")) else urljoin(url or "", address.strip())
        return whole if urlsplit(whole).scheme in {"http", "https"} else None
    except ValueError:
        return None


def guessed_date(tree: Any) -> str | None:  # noqa: ANN401
    """The day that htmldate finds in the page, if any."""
    from htmldate import find_date  # noqa: PLC0415 - slow to load, seldom needed

    found = find_date(tree, original_date=True, extensive_search=False)
    return as_published(str(found)) if found else None


def _language(value: str | None) -> str | None:
    match = _LANGUAGE.match(value or "")
    return match["code"].lower() if match else None
