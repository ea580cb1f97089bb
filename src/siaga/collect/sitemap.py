"""Sitemaps (sitemaps.org), news sitemaps and indices of sitemaps, also in gzip or as plain lists."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from siaga.base.errors import RejectError
from siaga.collect.decode import decode
from siaga.collect.feed import Entry, Listing, local_name, moment_of, xml_root
from siaga.collect.fetch.target import joined

__all__ = ["gunzipped", "parse_sitemap"]

MOST_ENTRIES = 50_000
"""As the protocol has it."""
MOST_BYTES = 50_000_000
"""Unpacked, as the protocol has it."""
_GZIP = b"\x1f\x8b"
NEWS = "http://www.google.com/schemas/sitemap-news/"
"""Prefix of the namespace in which news sitemaps say when something was published."""


def parse_sitemap(body: bytes, url: str) -> Listing:
    """What a sitemap lists: articles, or further sitemaps.

    Raises:
        RejectError: `no_sitemap`, `entities`, `too_large`, `broken_xml`.

    """
    body = gunzipped(body)
    if not (text := decode(body).text).lstrip("\ufeff \r\n\t").startswith("<"):
        return Listing(kind="sitemap", entries=tuple(_lines(text, url)))
    root = xml_root(body)
    name = local_name(root)
    if name == "sitemapindex":
        return Listing(kind="index", entries=tuple(_located(root, "sitemap", url)))
    if name != "urlset":
        raise RejectError("no_sitemap", f"{url}: expected a sitemap, met <{name}>")
    entries = tuple(_located(root, "url", url))
    news = any(isinstance(element.tag, str) and element.tag.startswith(f"{{{NEWS}") for element in root.iter())
    return Listing(kind="news_sitemap" if news else "sitemap", entries=entries)


def gunzipped(body: bytes) -> bytes:
    """What a gzip holds; anything else as it is.

    Raises:
        RejectError: `too_large` or `bad_encoding`.

    """
    if not body.startswith(_GZIP):
        return body
    machine = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        found = machine.decompress(body, MOST_BYTES + 1)
    except zlib.error as error:
        raise RejectError("bad_encoding", f"a broken gzip: {error}") from error
    if len(found) > MOST_BYTES:
        raise RejectError("too_large", f"more than {MOST_BYTES} bytes out of a gzip")
    return found


def _lines(text: str, url: str) -> Iterator[Entry]:
    for line in text.split("\n")[:MOST_ENTRIES]:
        if "://" in line and (found := joined(url, line)):
            yield Entry(url=found)


def _located(root: Any, name: str, url: str) -> Iterator[Entry]:  # noqa: ANN401 - lxml has no types
    taken = 0
    for element in root:
        if local_name(element) != name or taken >= MOST_ENTRIES:
            continue
        said = {local_name(child): (child.text or "").strip() for child in element.iter()}
        if said.get("loc") and (found := joined(url, said["loc"])):
            taken += 1
            yield Entry(
                url=found,
                title=said.get("title") or None,
                published=moment_of(said.get("publication_date")),
                updated=moment_of(said.get("lastmod")),
            )
