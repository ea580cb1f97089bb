"""Events as points of a map: GeoJSON (RFC 7946), each with its sentence and how precise its place is."""

from __future__ import annotations

import msgspec

from siaga.base.event import Party
from siaga.base.record import Record
from siaga.store.load import StoredEvent

__all__ = ["HEAD", "TAIL", "feature"]

DECIMALS = 5
"""Of degrees: a metre, more than any place in the news is known to."""


class Point(Record):
    """Longitude before latitude, in WGS 84 degrees."""

    coordinates: tuple[float, float]
    type: str = "Point"


class Properties(Record):
    """What a map shows of an event."""

    type: str
    mode: str | None
    status: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str
    country: str | None
    precision: str
    """`site`, `city`, `region`, `country` or `sea`: a country's point is its middle, not where it happened."""
    earliest: str | None
    latest: str | None
    published: str | None
    source: str | None
    url: str | None
    confidence: float
    sentence: str


class Feature(Record):
    """An event that has a place with coordinates."""

    id: str
    geometry: Point
    properties: Properties
    type: str = "Feature"


HEAD, TAIL = b'{"type":"FeatureCollection","features":[\n', b"\n]}\n"
"""Between them stand the features, with commas between."""


def feature(one: StoredEvent) -> bytes:
    """The event as a feature; empty if its place has no coordinates."""
    point = _point(one)
    return b"" if point is None else msgspec.json.encode(_feature(one, point))


def _point(one: StoredEvent) -> Point | None:
    place = one.event.place
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return Point(coordinates=(round(place.longitude, DECIMALS), round(place.latitude, DECIMALS)))


def _feature(one: StoredEvent, point: Point) -> Feature:
    event, article, place = one.event, one.article, one.event.place
    properties = Properties(
        type=event.type,
        mode=event.mode,
        status=event.status,
        actors=_names(event.actors),
        recipients=_names(event.recipients),
        place=place.name if place else "",
        country=place.country if place else None,
        precision=place.precision if place else "",
        earliest=event.earliest,
        latest=event.latest,
        published=article.published,
        source=article.source,
        url=article.url,
        confidence=event.confidence,
        sentence=event.evidence.text,
    )
    return Feature(id=event.id, geometry=point, properties=properties)


def _names(parties: tuple[Party, ...]) -> tuple[str, ...]:
    return tuple(party.code or party.text for party in parties)
