"""Alerts as an Atom feed (RFC 4287): the key of a message is the id of its entry, so that a reader shows it once."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from siaga.base.alert import Alert

__all__ = ["atom"]

ATOM = "http://www.w3.org/2005/Atom"


def atom(name: str, entries: Sequence[tuple[str, Alert]]) -> bytes:
    """The feed of what was sent to a target, the latest first.

    Args:
        name: of the target.
        entries: keys of messages, with their alerts.

    """
    feed = Element("feed", {"xmlns": ATOM})
    _text(feed, "id", f"urn:siaga:feed:{name}")
    _text(feed, "title", f"Siaga: {name}")
    _text(feed, "updated", entries[0][1].fired if entries else "1970-01-01T00:00:00Z")
    _text(SubElement(feed, "author"), "name", "Siaga")
    for key, alert in entries:
        _entry(SubElement(feed, "entry", {"xml:lang": alert.language}), key, alert)
    written: bytes = tostring(feed, "utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + written + b"\n"


def _entry(entry: Element, key: str, alert: Alert) -> None:
    _text(entry, "id", f"urn:siaga:message:{key}")
    _text(entry, "title", alert.headline)
    _text(entry, "updated", alert.fired)
    lines = (*alert.lines, *alert.sentences)
    _text(entry, "content", "\n".join(" ".join(filter(None, (one.text, one.url))) for one in lines))


def _text(parent: Element, name: str, text: str) -> None:
    """An element with this text, without the signs that XML can't hold."""
    SubElement(parent, name).text = "".join(one for one in text if one.isprintable() or one == "\n")
