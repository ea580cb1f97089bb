"""Events as a bundle of STIX 2.1, held against the reference implementation of OASIS."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest

from siaga.base.event import Place
from siaga.report.stix import OURS
from siaga.serve.exporting import SHAPES, Tally, streamed
from siaga.store.load import StoredEvent
from tests.unit.report.invented import event
from tests.unit.report.test_geojson import HEAD, OSLO, stored

SEA = Place(name="North Sea", country=None, latitude=None, longitude=None, precision="sea")


def bundle(events: Iterable[StoredEvent], tally: Tally | None = None) -> Any:
    return json.loads(b"".join(streamed(events, SHAPES["stix"], tally)))


def of_type(found: Any, kind: str) -> list[Any]:
    return [one for one in found["objects"] if one["type"] == kind]


def test_a_bundle_is_what_the_reference_implementation_reads() -> None:
    stix2 = pytest.importorskip("stix2")
    one, other = stored(OSLO), stored(SEA)
    other = other.replace(event=other.event.replace(id="0" * 16, actors=(), recipients=()))
    read = stix2.parse(json.dumps(bundle([one, other])), allow_custom=False)
    kinds = sorted(found.type for found in read.objects)
    assert kinds == ["identity"] * 3 + ["incident"] * 2 + ["location"] + ["relationship"] * 3


def test_an_event_is_an_incident_with_its_sentence_its_parties_and_its_place() -> None:
    found = bundle([stored(OSLO)])
    [incident], [location] = of_type(found, "incident"), of_type(found, "location")
    assert (incident["name"], incident["description"]) == ("NOR ASSAULT SWE", "Norway struck Sweden.")
    assert incident["external_references"] == [{"source_name": HEAD.source, "url": HEAD.url}]
    assert (incident["created"], incident["lang"]) == ("2031-05-02T00:00:00.000Z", "en")
    assert {"plover:ASSAULT", "status:happened"} <= {*incident["labels"]}
    assert (location["name"], location["country"], location["latitude"]) == ("Oslo", "NOR", OSLO.latitude)
    names = {one["id"]: one["name"] for one in found["objects"] if "name" in one}
    ties = {(one["relationship_type"], names[one["target_ref"]]) for one in of_type(found, "relationship")}
    assert ties == {("attributed-to", "Norway"), ("targets", "Sweden"), ("located-at", "Oslo")}
    assert {one["source_ref"] for one in of_type(found, "relationship")} == {incident["id"]}


def test_parties_and_places_come_once_and_every_reference_leads_somewhere() -> None:
    twice = (stored(OSLO), stored(OSLO).replace(event=event("Norway struck Sweden again.", place=OSLO)))
    found = bundle(twice)
    ids = [one["id"] for one in found["objects"]]
    assert len(ids) == len(set(ids))
    assert len(of_type(found, "incident")) == 2
    named = {one[name] for one in found["objects"] for name in one if name.endswith("_ref")}
    assert named <= {*ids}


def test_the_same_event_is_the_same_object_in_every_export() -> None:
    assert bundle([stored(OSLO)])["objects"] == bundle([stored(OSLO)])["objects"]
    assert OURS.version == 5


def test_an_event_without_any_day_is_left_out_and_counted_and_nothing_is_a_bundle_too() -> None:
    timeless, tally = stored(OSLO), Tally()
    timeless = timeless.replace(
        article=HEAD.replace(published=None), event=timeless.event.replace(earliest=None, latest=None)
    )
    assert bundle([timeless], tally)["objects"] == []
    assert (tally.written, tally.left_out) == (0, 1)


def test_a_moment_with_its_zone_is_told_in_utc() -> None:
    late = stored(OSLO).replace(article=HEAD.replace(published="2031-05-02T03:00:00+07:00"))
    [incident] = of_type(bundle([late]), "incident")
    assert incident["created"] == "2031-05-01T20:00:00.000Z"
