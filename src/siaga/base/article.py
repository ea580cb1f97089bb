"""What is collected: pages, the articles on them, and what could not be used."""

from __future__ import annotations

from typing import Literal

from siaga.base.record import Record
from siaga.base.source import Layout

__all__ = ["About", "Article", "Basis", "Dropped", "Found", "Page", "PublishedBasis", "Reject", "unforeseen"]

PublishedBasis = Literal["metadata", "url", "text", "inferred"]
Basis = Literal["given", "json-ld", "opengraph", "meta", "link", "heading", "title", "time", "url", "text", "guess"]
"""Where in a page something was found: given with it, in the markup, in its address, in its text, or guessed."""


class Page(Record):
    """Raw bytes as they came, and where they came from."""

    name: str
    """Path, URL or `-`, with `:line` where one file holds many: for messages."""
    body: bytes
    url: str | None = None
    kind: Literal["html", "text", "jsonl"] = "text"
    charset: str | None = None
    """What the server said it is written in, where it said so."""
    more: tuple[bytes, ...] = ()
    """Bodies of the further pages of the article, where it stands on several."""
    layout: Layout | None = None
    """Where its source has things on its pages, where that is known."""


class Dropped(Record):
    """A block of the page that is not article text, with the reason it was left out."""

    text: str
    reason: str
    at: int | None = None
    """Where in the article's text it stood, in code points; null for what stood beside the main text."""


class Found(Record):
    """How a field of an article is known."""

    field: str
    basis: Basis
    confidence: float
    """Share of pages on which such a finding is right, as far as that is known (docs/collect.md)."""


class About(Record):
    """What a page says of its article besides title, outlet and day; null or empty where it doesn't."""

    authors: tuple[str, ...] = ()
    owner: str | None = None
    """Whom the outlet belongs to, where the page says so."""
    section: str | None = None
    updated: str | None = None
    """As `published`."""
    canonical: str | None = None
    amp: str | None = None
    found: tuple[Found, ...] = ()


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
    about: About = About()
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


def unforeseen(stage: str, id_: str, error: Exception) -> Reject:
    """The reject of an input that broke something which foresaw no such input: it must not stop a night's run."""
    return Reject(stage=stage, id=id_, reason="internal_error", message=f"{type(error).__name__}: {error}")
