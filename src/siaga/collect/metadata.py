"""What a page says about itself: JSON-LD, OpenGraph and the headline first, then its address, then guesses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import msgspec

from siaga.base.article import PublishedBasis
from siaga.base.record import Record
from siaga.collect.decode import normalise

__all__ = ["Metadata", "as_published", "given_date", "markup_metadata", "url_date"]

EARLIEST_YEAR = 1900
LATEST_YEAR = 2100
_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)")
_URL_DAY = re.compile(
    r"/(?P<year>(?:19|20)\d\d)(?P<mark>[/-]?)(?P<month>\d{2})(?P=mark)(?P<day>\d{2})(?!\d)"
    r"|[/_-](?P<year2>20\d\d)(?P<month2>[01]\d)(?P<day2>[0-3]\d)\d{0,6}(?!\d)"
)
_LANGUAGE = re.compile(r"(?P<code>[a-zA-Z]{2,3})(?:[-_]|$)")
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
    article = _json_article(tree)
    meta = _meta(tree)
    address = _address(tree, meta, url)
    published, basis = _published(tree, article, meta, address)
    source = _publisher(article) or meta.get("og:site_name") or meta.get("application-name")
    return Metadata(
        title=_title(tree, article, meta, source),
        source=source,
        url=address,
        language=_language(tree),
        published=published,
        published_basis=basis,
    )


def _json_article(tree: Any) -> dict[str, Any]:  # noqa: ANN401
    """The article that JSON-LD describes; empty where it describes none or can't be read."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            value = msgspec.json.decode((script.text or "").strip())
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


def _title(
    tree: Any,  # noqa: ANN401
    article: dict[str, Any],
    meta: dict[str, str],
    source: str | None,
) -> str | None:
    """The headline, without the outlet's name behind it."""
    found: str | None = _clean(article.get("headline")) or meta.get("og:title") or _heading(tree)
    found = found or _clean(tree.findtext(".//title"))
    if found is None or source is None:
        return found
    return re.sub(rf"\s+[|–—-]+\s+{re.escape(source)}$", "", found) or found


def _publisher(article: dict[str, Any]) -> str | None:
    publisher = article.get("publisher")
    if isinstance(publisher, list) and publisher:
        publisher = publisher[0]
    return _clean(publisher.get("name") if isinstance(publisher, dict) else publisher)


def _meta(tree: Any) -> dict[str, str]:  # noqa: ANN401
    """The first content of each named meta element."""
    found: dict[str, str] = {}
    for element in tree.iterfind(".//meta[@content]"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and (value := _clean(element.get("content"))):
            found.setdefault(name.lower(), value)
    return found


def _address(tree: Any, meta: dict[str, str], url: str | None) -> str | None:  # noqa: ANN401
    """Where the article stands, by its own account if that is a whole address."""
    links = (link.get("href") for link in tree.iterfind(".//link[@rel='canonical']"))
    for candidate in (*links, meta.get("og:url")):
        try:
            whole = urljoin(url or "", (candidate or "").strip())
            if candidate and urlsplit(whole).scheme in {"http", "https"}:
                return str(whole)
        except ValueError:
            continue
    return url


_PUBLISHED_NAMES = (
    "article:published_time", "datepublished", "og:published_time", "publishdate", "pubdate", "date", "dc.date.issued",
    "dcterms.created", "dc.date", "parsely-pub-date", "sailthru.date", "content_publisheddate", "publishedtime",
)  # fmt: skip


def _published(
    tree: Any,  # noqa: ANN401
    article: dict[str, Any],
    meta: dict[str, str],
    address: str | None,
) -> tuple[str | None, PublishedBasis | None]:
    """When it was published, and how that is known."""
    times = (element.get("datetime") for element in tree.iterfind(".//time[@datetime]"))
    for value in (article.get("datePublished"), *(meta.get(name) for name in _PUBLISHED_NAMES), next(times, None)):
        if isinstance(value, str) and (found := as_published(value)):
            return found, "metadata"
    if found := url_date(address):
        return found, "url"
    found = _guessed_date(tree)
    return found, "text" if found else None


def _guessed_date(tree: Any) -> str | None:  # noqa: ANN401
    """The day that htmldate finds in the page, if any."""
    from htmldate import find_date  # noqa: PLC0415 - slow to load, seldom needed

    found = find_date(tree, original_date=True, extensive_search=False)
    return as_published(str(found)) if found else None


def _heading(tree: Any) -> str | None:  # noqa: ANN401
    heading = next(tree.iter("h1"), None)
    return None if heading is None else _clean("".join(heading.itertext()))


def _language(tree: Any) -> str | None:  # noqa: ANN401
    match = _LANGUAGE.match(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "")
    return match["code"].lower() if match else None


def _clean(value: object) -> str | None:
    """Text on one line, without entities; null for anything else."""
    return " ".join(normalise(unescape(value)).split()) or None if isinstance(value, str) else None
