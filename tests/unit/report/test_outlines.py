"""Outlines: the projection as d3-geo has it, every country on the map, and files that can't be one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from siaga.base.errors import ConfigError
from siaga.report.outlines import areas, box_of, load_outlines

POINTS = json.loads((Path(__file__).parent / "equal_earth.json").read_text("utf-8"))


@pytest.mark.parametrize("point", POINTS, ids=lambda one: f"{one['longitude']},{one['latitude']}")
def test_a_place_lies_where_d3_geo_puts_it(point: dict[str, float]) -> None:
    found = load_outlines().at(point["longitude"], point["latitude"])
    assert found == pytest.approx(point["at"], abs=1e-9)


@given(some.floats(-180, 180), some.floats(-56, 84))
def test_every_place_lies_on_the_plane(longitude: float, latitude: float) -> None:
    x, y = load_outlines().at(longitude, latitude)
    assert 0 <= x <= load_outlines().width
    assert 0 <= y <= load_outlines().height


def test_a_capital_lies_in_the_box_of_its_country() -> None:
    boxes = {one.code: one.box for one in load_outlines().countries}
    capitals = (("IDN", 106.8, -6.2), ("UKR", 30.5, 50.4), ("USA", -77, 38.9), ("XKX", 21.2, 42.7))
    for code, longitude, latitude in capitals:
        x, y = load_outlines().at(longitude, latitude)
        left, top, right, bottom = boxes[code]
        assert left <= x <= right, code
        assert top <= y <= bottom, code


def test_the_set_says_what_it_is() -> None:
    ours = load_outlines()
    assert all((ours.name, ours.dated, ours.licence, ours.basis, ours.disputed))


def test_areas_lie_on_the_map() -> None:
    whole = load_outlines().whole
    for degrees in areas().values():
        box = box_of(load_outlines(), degrees)
        assert 0 <= box.left < box.right <= whole.right
        assert 0 <= box.top < box.bottom <= whole.bottom + 1


@pytest.mark.parametrize(
    "change",
    [
        {"borders": '"/><script>alert(1)</script>'},
        {"countries": [{"code": "IDN", "box": [0, 0, 1, 1], "path": 'M0 0" onload="x'}]},
        {"width": "wide"},
        {"further": 1},
    ],
    ids=["markup in a line", "markup in a country", "a word for a number", "an unknown field"],
)
def test_a_file_that_is_no_set_of_outlines_is_refused(change: dict[str, object], tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_text(json.dumps(json.loads(load_outlines().to_json()) | change), "utf-8")
    with pytest.raises(ConfigError, match=r"other\.json"):
        load_outlines(file)


def test_another_file_of_the_same_form_takes_its_place(tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    file.write_bytes(load_outlines().replace(name="Own").to_json())
    assert load_outlines(file).name == "Own"


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.json"):
        load_outlines(tmp_path / "none.json")
