"""Events as points."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from siaga.base.event import Place
from siaga.serve.exporting import SHAPES, streamed
from siaga.store.load import Head, StoredEvent
from tests.unit.report.invented import event

HEAD = Head(
    id="a", url="https://fjord.example/1", source="Daily Fjord", title=None, language="en", published="2031-05-02",
    published_basis="metadata", reader=None,
)  # fmt: skip
OSLO = Place(name="Oslo", country="NOR", latitude=59.9138688, longitude=10.7522454, precision="city")


def stored(place: Place | None) -> StoredEvent:
    return StoredEvent(article=HEAD, part="body", event=event("Norway struck Sweden.", place=place))


def features(events: Iterable[StoredEvent]) -> list[Any]:
    written = json.loads(b"".join(streamed(events, SHAPES["geojson"])))
    assert written["type"] == "FeatureCollection"
    return list(written["features"])


def test_a_point_has_longitude_first_and_what_a_map_shows() -> None:
    [feature] = features([stored(OSLO)])
    assert feature["geometry"] == {"type": "Point", "coordinates": [10.75225, 59.91387]}
    shown = feature["properties"]
    assert (shown["precision"], shown["sentence"], shown["actors"]) == ("city", "Norway struck Sweden.", ["NOR"])
    assert (shown["url"], shown["published"]) == (HEAD.url, HEAD.published)


def test_what_has_no_coordinates_is_left_out() -> None:
    nowhere = (None, OSLO.replace(latitude=None, longitude=None))
    for places, count in ((), 0), (nowhere, 0), ((*nowhere, OSLO, OSLO), 2):
        assert len(features(map(stored, places))) == count
