"""Lists of feeds as other readers keep them (OPML 2.0), in and out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from siaga.base.errors import RejectError
from siaga.base.source import Source
from siaga.collect.feed import local_name, xml_root
from siaga.collect.fetch.target import target_of
from siaga.collect.sources import outlet_of, source_id

__all__ = ["from_opml", "to_opml"]

MOST_OUTLINES = 10_000


def from_opml(body: bytes, taken: Iterable[str] = ()) -> tuple[Source, ...]:
    """The sources of a list: one for each feed, with what the catalogue knows of its publisher.

    Args:
        body: the file.
        taken: names of sources that are there already.

    Raises:
        RejectError: `no_opml`, `entities`, `broken_xml`.

    """
    root = xml_root(body)
    if local_name(root) != "opml":
        raise RejectError("no_opml", f"expected OPML, met <{local_name(root)}>")
    names, sources = set(taken), []
    for outline in _outlines(root):
        source = _source(outline, frozenset(names))
        if source is not None:
            names.add(source.id)
            sources.append(source)
    return tuple(sources)


def to_opml(sources: Iterable[Source]) -> bytes:
    """The feeds of these sources as a list that other readers know."""
    from lxml import etree  # noqa: PLC0415 - only where something is exported

    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Siaga"
    body = etree.SubElement(root, "body")
    for source in sources:
        for feed in source.feeds:
            about = {"type": "rss", "text": source.name, "title": source.name, "xmlUrl": feed}
            about |= {"htmlUrl": source.home} if source.home else {}
            etree.SubElement(body, "outline", about | ({"language": source.language} if source.language else {}))
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _outlines(root: Any) -> Iterator[Any]:  # noqa: ANN401 - lxml has no types
    for number, element in enumerate(root.iter()):
        if number < MOST_OUTLINES and local_name(element) == "outline" and element.get("xmlUrl"):
            yield element


def _source(outline: Any, taken: frozenset[str]) -> Source | None:  # noqa: ANN401
    """The source of an outline; null where its address is none of the web."""
    feed = outline.get("xmlUrl").strip()
    try:
        target = target_of(feed, ports=tuple(range(1, 65_536)))
    except RejectError:
        return None
    known = outlet_of(target.host)
    name = (outline.get("title") or outline.get("text") or "").strip() or (known.name if known else target.host)
    return Source(
        id=source_id(name if name != target.host else feed, taken), name=name, feeds=(feed,),
        home=(outline.get("htmlUrl") or "").strip() or None,
        language=(outline.get("language") or "")[:2].lower() or (known.language if known else None),
        owner=known.owner if known else None,
        country=known.country if known else None,
    )  # fmt: skip
