"""A map of where acts take place: countries shaded by how much is told, and a sign at each place.

The sign is as precise as the news: a dot stands for a town or site, a square for somewhere in a region or at sea, and
a wide ring for somewhere in a country. What took place is solid, what lies ahead hollow, what is alleged dashed. All
colours come from the classes of a style sheet; titles are escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from math import sqrt

from siaga.base.event import Precision
from siaga.base.record import Record
from siaga.report.outlines import Box, Outlines

__all__ = ["Drawn", "Shade", "Spot", "draw_map", "framed", "rungs"]

LADDER = tuple(digit * 10**power for power in range(10) for digit in (1, 3))
"""Where shades begin: 1, 3, 10, 30 and so on."""
SHADES = 5
LEAST_WIDTH = 40.0
"""Pixels of the whole map that the smallest part of it shows: closer, coasts fall apart into straight lines."""
MARGIN = 0.12
"""Around a part, of its size."""
SMALL = 2.5
"""Pixels below which a country is drawn as a dot."""
LEAST_RADIUS, MOST_RADIUS = 2.5, 11.0
RING = 5.0
"""Pixels that the ring of a country is wider than its number asks for."""


class Shade(Record):
    """A country and how much is told of it; `title` is what pointing at it shows, `address` leads to a map of it."""

    code: str
    number: int
    title: str
    address: str
    at: tuple[float, float]
    """Longitude and latitude of its middle, for a country too small to be drawn."""


class Spot(Record):
    """A sign at a place."""

    longitude: float
    latitude: float
    precision: Precision
    standing: str
    """`happened`, `ahead` or `alleged`."""
    number: int
    title: str


class Drawn(Record):
    """What a map says of itself to those who can't see it."""

    title: str
    description: str


def rungs(most: int) -> tuple[int, ...]:
    """The numbers at which shades begin, at most five: the first is 1.

    >>> rungs(164)
    (1, 3, 10, 30, 100)
    >>> rungs(5)
    (1, 3)
    >>> rungs(50_000)
    (1, 1000, 3000, 10000, 30000)
    """
    reached = [one for one in LADDER if one <= max(most, 1)]
    return (1, *reached[1:][-(SHADES - 1) :])


def framed(outlines: Outlines, part: Box | None) -> Box:
    """The part of the map to show, with a margin, in the shape of the whole map; all of it where none is asked for."""
    if part is None:
        return outlines.whole
    wanted = max(part.width, part.height * outlines.width / outlines.height, LEAST_WIDTH) * (1 + MARGIN)
    width = min(wanted, outlines.width)
    height = width * outlines.height / outlines.width
    left = _held((part.left + part.right - width) / 2, outlines.width - width)
    top = _held((part.top + part.bottom - height) / 2, outlines.height - height)
    return Box(left, top, left + width, top + height)


def draw_map(outlines: Outlines, told: tuple[Sequence[Shade], Sequence[Spot]], frame: Box, drawn: Drawn) -> str:
    """The map as SVG.

    Args:
        outlines: of the countries.
        told: the countries of which something is told, and the places.
        frame: the part to show, of `framed`.
        drawn: what it says of itself.

    """
    shades, spots = told
    by_code = {one.code: one for one in shades}
    closer = frame.width / outlines.width
    marks = (
        f'<g transform="scale({1 / outlines.steps:g})"><path class="map-sea" d="{outlines.sphere}"/>',
        *_lands(outlines, by_code),
        f'<path class="map-border" d="{outlines.borders}"/><path class="map-disputed" d="{outlines.disputed}"/></g>',
        *_small(outlines, by_code, closer),
        *(_sign(outlines, one, _radius(one, spots), closer) for one in _largest_below(spots)),
    )
    view = f"{frame.left:.1f} {frame.top:.1f} {frame.width:.1f} {frame.height:.1f}"
    return (
        f'<svg class="map" viewBox="{view}" role="group" aria-labelledby="map-title map-said">'
        f'<title id="map-title">{escape(drawn.title)}</title><desc id="map-said">{escape(drawn.description)}</desc>'
        f"{''.join(marks)}</svg>"
    )


def _lands(outlines: Outlines, shades: Mapping[str, Shade]) -> Iterator[str]:
    steps = _steps(shades.values())
    for one in outlines.countries:
        shade = shades.get(one.code or "")
        if shade is None:
            yield f'<path class="map-land" d="{one.path}"/>'
        else:
            yield _linked(shade, f'<path class="map-land {_step(shade, steps)}" d="{one.path}">{_title(shade)}</path>')


def _small(outlines: Outlines, shades: Mapping[str, Shade], closer: float) -> Iterator[str]:
    """Countries of which something is told and that have no outline, or next to none: dots in place of it."""
    drawn = {one.code for one in outlines.countries if max(one.box[2] - one.box[0], one.box[3] - one.box[1]) >= SMALL}
    steps = _steps(shades.values())
    for shade in shades.values():
        if shade.code not in drawn:
            x, y = outlines.at(*shade.at)
            dot = f'<circle class="map-land {_step(shade, steps)}" cx="{x:.1f}" cy="{y:.1f}" r="{3 * closer:.2f}">'
            yield _linked(shade, f"{dot}{_title(shade)}</circle>")


def _sign(outlines: Outlines, spot: Spot, radius: float, closer: float) -> str:
    x, y = outlines.at(spot.longitude, spot.latitude)
    kind = f'class="spot {spot.standing} {spot.precision}"'
    told = f"<title>{escape(spot.title)}</title>"
    size = radius * closer
    if spot.precision in {"region", "sea"}:
        place = f'x="{x - size:.2f}" y="{y - size:.2f}" width="{2 * size:.2f}" height="{2 * size:.2f}"'
        return f"<rect {kind} {place}>{told}</rect>"
    wide = size + (RING * closer if spot.precision == "country" else 0)
    return f'<circle {kind} cx="{x:.2f}" cy="{y:.2f}" r="{wide:.2f}">{told}</circle>'


def _largest_below(spots: Iterable[Spot]) -> Sequence[Spot]:
    """Rings of countries first, then large signs before small ones: none hides another."""
    return sorted(spots, key=lambda one: (one.precision != "country", -one.number, one.longitude, one.latitude))


def _radius(spot: Spot, spots: Sequence[Spot]) -> float:
    """By area, as eyes compare."""
    most = max(one.number for one in spots)
    return LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * sqrt(spot.number / most)


def _steps(shades: Iterable[Shade]) -> tuple[int, ...]:
    return rungs(max((one.number for one in shades), default=1))


def _step(shade: Shade, steps: Sequence[int]) -> str:
    """The class of its shade: 1 for the lightest."""
    return f"shade-{sum(shade.number >= one for one in steps)}"


def _linked(shade: Shade, mark: str) -> str:
    """A mark that leads on for those who point; by keyboard the table below the map does."""
    return f'<a href="{escape(shade.address)}" tabindex="-1" aria-label="{escape(shade.title)}">{mark}</a>'


def _title(shade: Shade) -> str:
    return f"<title>{escape(shade.title)}</title>"


def _held(value: float, most: float) -> float:
    return min(max(value, 0.0), most)
