"""A source: a publisher, who owns it, and where its articles are found. One TOML file each in `sources/`."""

from __future__ import annotations

from datetime import date

from siaga.base.record import Record

__all__ = ["Layout", "Source"]


class Layout(Record):
    """Where things stand on the pages of a source, as XPath; true until it changes its pages."""

    until: date | None = None
    """The last day on which it holds; null if none is known."""
    keep: str | None = None
    """The elements that hold the article; what lies outside of them is left out."""
    drop: tuple[str, ...] = ()
    """Elements within that are left out."""
    links: str | None = None
    """On section pages, the links to articles, or what holds them."""


class Source(Record):
    """A publisher. Addresses are whole; what is unknown is null or empty."""

    id: str
    """The name of its file; of letters, digits, `-` and `_`."""
    name: str
    home: str | None = None
    owner: str | None = None
    """The group it belongs to: sources of one owner are no independent sources."""
    language: str | None = None
    """ISO 639-1."""
    country: str | None = None
    """ISO 3166-1 alpha-3."""
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    """Looked at for what is new; news sitemaps, where there are some."""
    archives: tuple[str, ...] = ()
    """Sitemaps of all that was published, for `siaga backfill` alone."""
    sections: tuple[str, ...] = ()
    """Pages with links to articles."""
    expected: float | None = None
    """Articles a day; null: learnt from what is seen."""
    paused: bool = False
    layout: tuple[Layout, ...] = ()

    def layout_on(self, day: date) -> Layout | None:
        """The first layout that holds on a day; null if none does."""
        return next((one for one in self.layout if one.until is None or day <= one.until), None)
