"""Events as objects of STIX 2.1 (OASIS): an incident each, with its parties, its place and what ties them together.

Ids are made from what they stand for, so that the same event is the same object in every export; parties and places
come once, before what names them first.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid5

import msgspec

from siaga.base.event import Event, Party, Place
from siaga.store.load import StoredEvent

__all__ = ["StixObjects"]

OURS = UUID("8a0f3c52-7d0e-5b6c-9c39-3a1b5d1f6e27")
"""Under which our ids are made."""
BEGIN = "1970-01-01T00:00:00.000Z"
"""Since when parties and places count as known: that of an object must not change from export to export."""
SIAGA = "Siaga"
GOVERNMENT = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
"""Sectors of PLOVER that are part of a state."""
MOST_CONFIDENCE = 100
Object = dict[str, object]


class StixObjects:
    """What of each event is new in a bundle: JSON objects with commas between them; none for one without any day."""

    def __init__(self) -> None:
        self._told: set[str] = set()

    def __call__(self, one: StoredEvent) -> bytes:
        """The objects of an event that were not told before."""
        moment = _moment(one)
        if moment is None:
            return b""
        objects = (found for found in _objects(one, moment) if self._is_new(found))
        return b",\n".join(map(msgspec.json.encode, objects))

    def _is_new(self, found: Object) -> bool:
        """Whether an object comes for the first time; an event's own do."""
        id_ = str(found["id"])
        if found["type"] not in {"identity", "location"}:
            return True
        if id_ in self._told:
            return False
        self._told.add(id_)
        return True


def _objects(one: StoredEvent, moment: str) -> Iterator[Object]:
    author, incident = _identity(SIAGA, "system", ()), _incident(one, moment)
    yield author
    for kind, parties in (("attributed-to", one.event.actors), ("targets", one.event.recipients)):
        for party in parties:
            identity = _party(party)
            yield identity
            yield _tie(incident, kind, identity)
    if (location := _location(one.event.place)) is not None:
        yield location
        yield _tie(incident, "located-at", location)
    yield incident


def _incident(one: StoredEvent, moment: str) -> Object:
    event, article = one.event, one.article
    reference = {"source_name": article.source or "?", "url": article.url, "description": article.title}
    return {
        "type": "incident", "spec_version": "2.1", "id": _id("incident", event.id), "created": moment,
        "modified": moment, "created_by_ref": _id("identity", SIAGA), "name": _name(event),
        "description": event.evidence.text, "confidence": round(MOST_CONFIDENCE * event.confidence),
        "labels": list(_labels(event)), "lang": article.language or "und",
        "external_references": [{name: value for name, value in reference.items() if value}],
    }  # fmt: skip


def _name(event: Event) -> str:
    """Who does what to whom, in codes."""
    sides = (", ".join(party.code or party.text for party in side) or "?" for side in (event.actors, event.recipients))
    return f" {event.type} ".join(sides)


def _labels(event: Event) -> Iterator[str]:
    """What STIX has no field for."""
    yield f"plover:{event.type}"
    yield f"status:{event.status}"
    if event.cameo:
        yield f"cameo:{event.cameo}"
    yield from (f"{name}:{day}" for name in ("earliest", "latest") if (day := getattr(event, name)))


def _party(party: Party) -> Object:
    sectors = ("government",) if party.sector in GOVERNMENT else ()
    kind = "organization" if party.code else "unknown"
    return _identity(party.code or party.text, kind, sectors, party.name or party.text)


def _identity(key: str, kind: str, sectors: tuple[str, ...], name: str | None = None) -> Object:
    found: Object = {
        "type": "identity", "spec_version": "2.1", "id": _id("identity", key), "created": BEGIN, "modified": BEGIN,
        "name": name or key, "identity_class": kind,
    }  # fmt: skip
    return found | {"sectors": list(sectors)} if sectors else found


def _location(place: Place | None) -> Object | None:
    """A place; null at sea without coordinates: STIX wants a country or a point."""
    if place is None or not (place.country or _has_point(place)):
        return None
    key = f"{place.name}|{place.country}|{place.latitude}|{place.longitude}"
    found: Object = {
        "type": "location", "spec_version": "2.1", "id": _id("location", key), "created": BEGIN, "modified": BEGIN,
        "name": place.name,
    }  # fmt: skip
    point = {"latitude": place.latitude, "longitude": place.longitude} if _has_point(place) else {}
    return found | point | ({"country": place.country} if place.country else {})


def _has_point(place: Place) -> bool:
    return place.latitude is not None and place.longitude is not None


def _tie(incident: Object, kind: str, other: Object) -> Object:
    moment = incident["created"]
    return {
        "type": "relationship", "spec_version": "2.1",
        "id": _id("relationship", f"{incident['id']}|{kind}|{other['id']}"), "created": moment, "modified": moment,
        "relationship_type": kind, "source_ref": incident["id"], "target_ref": other["id"],
    }  # fmt: skip


def _moment(one: StoredEvent) -> str | None:
    """When it was told, as STIX writes it; else the day it is told for; null if neither is known."""
    told = one.article.published or one.event.earliest or one.event.latest
    if told is None:
        return None
    read = datetime.fromisoformat(told)
    moment = (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _id(kind: str, key: str) -> str:
    return f"{kind}--{uuid5(OURS, f'{kind}|{key}')}"
