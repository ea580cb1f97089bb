"""Feeds: RSS, Atom and JSON Feed -> where articles are, with title and time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal

import msgspec

from siaga.base.errors import RejectError
from siaga.base.record import Record
from siaga.collect.decode import decode, normalise
from siaga.collect.fetch.target import joined

__all__ = ["Entry", "Listing", "is_xml", "moment_of", "parse_feed", "xml_root"]

MOST_ENTRIES = 5_000
"""Of one feed; those of news have 10 to 500."""
EARLIEST = 1990
"""The first year in which news was on the web: earlier dates are mistakes."""
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_REFERENCE = re.compile(r"&#(?:x(?P<hex>[0-9a-fA-F]{1,8})|(?P<ten>[0-9]{1,9}));")
"""A character by its number; lxml lets lone surrogates pass and stumbles over them later."""
_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]{0,300}\?>")
_DOCTYPE = re.compile(r"^\s*(?:<!--.*?-->\s*)*<!DOCTYPE\b", re.IGNORECASE | re.DOTALL)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml\b|<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b)", re.IGNORECASE)


class Entry(Record):
    """Where an article is, and what the list says of it."""

    url: str
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    """RFC 3339 in UTC; null where none is given or it can't be."""


class Listing(Record):
    """What a feed, sitemap or page of links tells."""

    kind: Literal["feed", "sitemap", "news_sitemap", "index", "section"]
    title: str | None = None
    entries: tuple[Entry, ...] = ()
    """Articles; of an index, further sitemaps."""
    warnings: tuple[str, ...] = ()
    left_out: int = 0
    """Entries more than are looked at."""


def is_xml(body: bytes) -> bool:
    """Whether this begins as a feed or a sitemap does."""
    return bool(_XML.match(body[:1024]))


def parse_feed(body: bytes, url: str) -> Listing:
    """The entries of a feed, in its order.

    Raises:
        RejectError: `no_feed`, `entities`, `mis_encoded`.

    """
    if body.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        return _of_json(body, url)
    root = xml_root(body)
    name = local_name(root)
    if name not in {"rss", "feed", "RDF"}:
        raise RejectError("no_feed", f"{url}: expected RSS, Atom or JSON Feed, met <{name}>")
    items = tuple(_items(root))
    made = [_entry(item, url) for item in items[:MOST_ENTRIES]]
    return _listing(_text(_first(root, "title", deep=True)), made, len(items))


def xml_root(body: bytes) -> Any:  # noqa: ANN401 - lxml has no types
    """The root of XML from the network. Entities are refused before anything is parsed, and none is ever expanded.

    Raises:
        RejectError: `entities`, `broken_xml`, `mis_encoded`.

    """
    from lxml import etree  # noqa: PLC0415 - only where something was fetched

    text = _DECLARATION.sub("", decode(body).text.lstrip("\ufeff"), count=1)
    if _ENTITY.search(text):
        raise RejectError("entities", "declares entities; expected none")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(_REFERENCE.sub(_character, text).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RejectError("broken_xml", f"can't be read: {str(error)[:200]}") from error
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise RejectError("too_deep", "elements too deep inside one another, or a tag or text too long")
    if root is None:
        raise RejectError("broken_xml", "can't be read: there is no element")
    return root


def _character(reference: re.Match[str]) -> str:
    number = int(reference["ten"]) if reference["ten"] else int(reference["hex"], 16)
    return "\ufffd" if 0xD800 <= number <= 0xDFFF else reference[0]  # noqa: PLR2004 - the range of surrogates


def local_name(element: Any) -> str:  # noqa: ANN401 - lxml has no types
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def moment_of(written: str | None) -> str | None:
    """A time as feeds write it (RFC 822, RFC 3339), in UTC; null for what is none or can't be.

    >>> moment_of("Tue, 30 Nov 2021 18:04:00 +0700")
    '2021-11-30T11:04:00Z'
    >>> moment_of("2021-13-45")
    """
    found = _read(" ".join((written or "").split())[:64])
    if found is None:
        return None
    try:
        utc = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    if not utc.year >= EARLIEST:
        return None
    return utc.isoformat(timespec="seconds").replace("+00:00", "Z")


def _read(written: str) -> datetime | None:
    if not written:
        return None
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _listing(title: str | None, made: list[tuple[Entry | None, bool]], there: int) -> Listing:
    entries = [entry for entry, _ in made if entry]
    bad = sum(not dated for _, dated in made)
    warnings = (f"{bad} dates that can't be read",) if bad else ()
    return Listing(
        kind="feed", title=title, entries=tuple(entries), warnings=warnings, left_out=max(0, there - MOST_ENTRIES)
    )


def _items(root: Any) -> Iterator[Any]:  # noqa: ANN401
    return (element for element in root.iter() if local_name(element) in {"item", "entry"})


def _entry(item: Any, url: str) -> tuple[Entry | None, bool]:  # noqa: ANN401
    """An entry, null where it has no address; and whether its dates could be read."""
    address = _address(item, url)
    if address is None:
        return None, True
    published = _text(_first(item, "pubDate", "published", "issued", "date"))
    updated = _text(_first(item, "updated", "modified"))
    entry = Entry(
        url=address, title=_text(_first(item, "title")), published=moment_of(published), updated=moment_of(updated)
    )
    return entry, (entry.published is not None or not published) and (entry.updated is not None or not updated)


def _address(item: Any, url: str) -> str | None:  # noqa: ANN401
    """Where an entry leads: its link, the alternate one of many, else a guid that is one."""
    for link in item:
        if local_name(link) == "link" and link.get("rel", "alternate") == "alternate":
            found = joined(url, link.get("href") or link.text or "") if (link.get("href") or link.text) else None
            if found:
                return found
    guid = _first(item, "guid")
    if guid is not None and guid.get("isPermaLink", "true").lower() == "true" and "://" in (guid.text or ""):
        return joined(url, guid.text)
    return None


def _first(element: Any, *names: str, deep: bool = False) -> Any:  # noqa: ANN401
    """The first child (or descendant) of the first of these names that there is."""
    places = element.iter() if deep else element
    found: dict[str, Any] = {}
    for child in places:
        found.setdefault(local_name(child), child)
    return next((found[name] for name in names if name in found), None)


def _text(element: Any) -> str | None:  # noqa: ANN401
    if element is None:
        return None
    return " ".join(normalise("".join(element.itertext())).split())[:500] or None


def _of_json(body: bytes, url: str) -> Listing:
    """A JSON Feed (jsonfeed.org, 1.1)."""
    try:
        feed = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise RejectError("no_feed", f"{url}: expected a JSON Feed: {error}") from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise RejectError("no_feed", f"{url}: expected a JSON Feed, met JSON without items")
    made = [_json_entry(item, url) for item in feed["items"][:MOST_ENTRIES] if isinstance(item, dict)]
    title = feed.get("title")
    return _listing(title[:500] if isinstance(title, str) else None, made, len(feed["items"]))


def _json_entry(item: dict[str, Any], url: str) -> tuple[Entry | None, bool]:
    said = {key: value if isinstance(value := item.get(key), str) else None for key in
            ("url", "external_url", "title", "date_published", "date_modified")}  # fmt: skip
    address = joined(url, said["url"] or said["external_url"] or "") if said["url"] or said["external_url"] else None
    published, updated = moment_of(said["date_published"]), moment_of(said["date_modified"])
    dated = (published is not None or not said["date_published"]) and (updated is not None or not said["date_modified"])
    return (Entry(url=address, title=said["title"], published=published, updated=updated) if address else None), dated
