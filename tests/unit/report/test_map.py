"""The map: shades, signs that are as precise as the news, and a frame in the shape of the whole."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as some

from siaga.report.map import Drawn, Shade, Spot, draw_map, framed, rungs
from siaga.report.outlines import Box, load_outlines

OUTLINES = load_outlines()
SAID = Drawn(title="Acts", description="Most in Ukraine")
PAYLOAD = '"><script>alert(1)</script>'


def shade(code: str, number: int, title: str = "Ukraine: 7") -> Shade:
    return Shade(code=code, number=number, title=title, address="/en/map?country=UKR&from=1", at=(103.8, 1.35))


def spot(**changes: object) -> Spot:
    kyiv = Spot(longitude=30.5, latitude=50.4, precision="city", standing="happened", number=4, title="Kyiv")
    return kyiv.replace(**changes)


def drawn(*told: Shade | Spot) -> str:
    shades = tuple(one for one in told if isinstance(one, Shade))
    spots = tuple(one for one in told if isinstance(one, Spot))
    return draw_map(OUTLINES, (shades, spots), OUTLINES.whole, SAID)


def test_a_map_is_well_formed_and_says_what_it_is() -> None:
    root = ET.fromstring(drawn(shade("UKR", 7), spot()))  # noqa: S314 - our own
    assert [root[0].text, root[1].text] == ["Acts", "Most in Ukraine"]


@pytest.mark.parametrize("told", [shade("UKR", 7, PAYLOAD), spot(title=PAYLOAD)], ids=["country", "place"])
def test_what_an_article_wrote_is_text(told: Shade | Spot) -> None:
    assert "<script" not in drawn(told)
    assert "&lt;script&gt;" in drawn(told)


@pytest.mark.parametrize(
    ("precision", "mark"),
    [("site", "circle"), ("city", "circle"), ("region", "rect"), ("sea", "rect"), ("country", "circle")],
)
def test_each_precision_has_its_own_sign(precision: str, mark: str) -> None:
    assert f'<{mark} class="spot happened {precision}"' in drawn(spot(precision=precision))


def test_a_country_is_no_point() -> None:
    radii = [
        float(re.findall(r'class="spot [^>]* r="([\d.]+)"', drawn(spot(precision=precision)))[0])
        for precision in ("city", "country")
    ]
    assert radii[1] - radii[0] == pytest.approx(5)


def test_what_lies_ahead_is_another_class_than_what_took_place() -> None:
    found = drawn(spot(), spot(standing="ahead", longitude=10), spot(standing="alleged", longitude=20))
    assert sorted(re.findall(r'class="spot (\w+) city"', found)) == ["ahead", "alleged", "happened"]


def test_a_country_too_small_to_be_drawn_is_a_dot() -> None:
    assert '<circle class="map-land shade-1"' in drawn(shade("SGP", 1))
    assert '<circle class="map-land' not in drawn(shade("UKR", 1))


def test_more_is_never_shaded_lighter() -> None:
    told = (("UKR", 164), ("RUS", 40), ("BLR", 9), ("POL", 1))
    found = drawn(*(shade(code, number, code) for code, number in told))
    steps = {code: step for step, code in re.findall(r'shade-(\d)" d="[^"]*"><title>(\w+)', found)}
    assert [steps[code] for code, _ in told] == ["5", "4", "2", "1"]


@given(some.integers(1, 10**8))
def test_shades_begin_at_one_and_are_five_at_most(most: int) -> None:
    found = rungs(most)
    assert found[0] == 1
    assert len(found) <= 5
    assert list(found) == sorted(set(found))
    assert found[-1] <= most


@given(some.floats(0, 900), some.floats(0, 400), some.floats(0, 900), some.floats(0, 400))
def test_a_frame_has_the_shape_of_the_whole_and_lies_within_it(x: float, y: float, width: float, height: float) -> None:
    whole = OUTLINES.whole
    part = Box(x, y, min(x + width, whole.right), min(y + height, whole.bottom))
    frame = framed(OUTLINES, part)
    assert frame.width / frame.height == pytest.approx(whole.width / whole.height)
    assert frame.left >= 0
    assert frame.top >= 0
    assert frame.right <= whole.right + 1e-6
    assert frame.bottom <= whole.bottom + 1e-6


def test_no_frame_asked_for_is_the_whole() -> None:
    assert framed(OUTLINES, None) == OUTLINES.whole
