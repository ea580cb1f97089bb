"""What is collected: pages, the articles on them, and what could not be used."""

from __future__ import annotations

from typing import Literal

from siaga.base.record import Record

__all__ = ["Article", "Dropped", "Page", "PublishedBasis", "Reject"]

PublishedBasis = Literal["metadata", "url", "text", "inferred"]


class Page(Record):
    """Raw bytes as they came, and where they came from."""

    name: str
    """Path, URL or `-`, with `:line` where one file holds many: for messages."""
    body: bytes
    url: str | None = None
    kind: Literal["html", "text", "jsonl"] = "text"
    charset: str | None = None
    """What the server said it is written in, where it said so."""


class Dropped(Record):
    """A block of the page that is not article text, with the reason it was left out."""

    text: str
    reason: str


class Article(Record):
    """Clean text and metadata. `text` is NFC; all offsets point into it, in code points."""

    id: str
    url: str | None = None
    source: str | None = None
    title: str | None = None
    language: str | None = None
    published: str | None = None
    """`YYYY-MM-DD`, or an RFC 3339 time where time and zone are known."""
    published_basis: PublishedBasis | None = None
    text: str  # type: ignore[misc]  # keyword-only, which mypy does not learn from our metaclass
    dropped: tuple[Dropped, ...] = ()
    reader: str | None = None
    warnings: tuple[str, ...] = ()


class Reject(Record):
    """An input that could not be used: nothing vanishes."""

    stage: str
    id: str
    reason: str
    """Short code, e.g. `empty`, `binary`, `broken_json`."""
    message: str
