"""The map as a page: what it shows is what is stored, and what is asked for is what is shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from siaga.report.outlines import load_outlines
from siaga.serve.web.app import application
from siaga.store.workspace import Workspace, lay_out
from tests.web.conftest import ADDRESS


def test_the_map_is_drawn_without_scripts_and_has_its_figures_in_tables(client: TestClient) -> None:
    page = client.get("/en/map").text
    assert '<svg class="map"' in page
    assert page.count("<table") == 2
    assert "Natural Earth" in page


def test_every_format_has_the_same_places(client: TestClient) -> None:
    places = client.get("/en/map.json").json()["shown"]["places"]
    features = client.get("/en/map.geojson").json()["features"]
    assert len(places) == len(features) == client.get("/en/map.csv").text.count("\r\n") - 1
    assert {one["properties"]["standing"] for one in features} == {"happened", "ahead", "alleged"}
    assert {one["properties"]["precision"] for one in features} >= {"city", "country"}


def test_no_town_stands_for_a_country(client: TestClient) -> None:
    page = client.get("/en/map").text
    rings = re.findall(r'<circle class="spot \w+ country"[^>]*><title>([^<]*)', page)
    assert rings
    assert all("country only" in one for one in rings)


def test_an_earlier_day_knew_less(client: TestClient) -> None:
    window = "from=2022-02-01&until=2022-02-28"
    now, then = (
        sum(one["events"] for one in client.get(f"/en/map.json?{window}{day}").json()["shown"]["countries"])
        for day in ("", "&as_of=2022-02-14")
    )
    assert 0 < then < now


def test_one_country_is_shown_closer_and_only_its_places_are_signs(client: TestClient) -> None:
    whole, closer = (client.get(f"/en/map{suffix}").text for suffix in ("", "?country=UKR"))
    box = [re.findall(r'class="map" viewBox="[\d.]+ [\d.]+ ([\d.]+)', page)[0] for page in (whole, closer)]
    assert float(box[1]) < float(box[0]) / 5
    places = client.get("/en/map.json?country=UKR").json()["shown"]["places"]
    assert {one["country"] for one in places} == {"UKR"}


@pytest.mark.parametrize(
    "asked", ["area=moon", "country=<script>", "country=ZZ", "type=DANCE", "from=x", "from=2022-02-02&until=2022-02-01"]
)
def test_what_can_not_be_asked_is_said_without_repeating_it(client: TestClient, asked: str) -> None:
    answer = client.get(f"/en/map?{asked}")
    assert answer.status_code == 400
    assert "moon" not in answer.text
    assert "<script>" not in answer.text


@pytest.mark.parametrize("area", ["asia_pacific", "indonesia", "europe", "middle_east", "africa", "americas"])
def test_every_part_of_the_world_can_be_shown(client: TestClient, area: str) -> None:
    assert client.get(f"/id/map?area={area}").status_code == 200


def test_other_boundaries_can_be_set(demo: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    file.write_bytes(load_outlines().replace(name="Own <boundaries>").to_json())
    config = demo.config.replace(map=demo.config.map.replace(boundaries=str(file)))
    with TestClient(application(demo.replace(config=config)), base_url=ADDRESS) as asks:
        assert "Own &lt;boundaries&gt;" in asks.get("/en/map").text


def test_an_empty_workspace_has_a_map_that_says_so(tmp_path: Path) -> None:
    with TestClient(application(opened(tmp_path)), base_url=ADDRESS) as asks:
        assert asks.get("/en/map").status_code == 200


def opened(folder: Path) -> Workspace:
    """A new workspace."""
    from siaga.store.database import writing_to  # noqa: PLC0415 - only here

    made = lay_out(folder, {})
    with writing_to(made):
        return made
