"""Outlines of countries, and where a place lies among them: drawn beforehand, in a file that a setting may replace.

The projection is Equal Earth (Šavrič, Patterson, Jenny 2018), turned so that it cuts through the Bering Strait; the
file tells by how much, and was drawn by d3-geo (tools/web/outlines.mjs), against whose values ours are tested.
"""

from __future__ import annotations

import tomllib
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Annotated, NamedTuple

import msgspec

from siaga.base.errors import ConfigError
from siaga.base.pack import asset
from siaga.base.record import Record

__all__ = ["Box", "Outline", "Outlines", "areas", "box_of", "load_outlines"]

OWN = "natural-earth.json"
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
M = sqrt(3) / 2
"""The coefficients of Equal Earth."""
Path_ = Annotated[str, msgspec.Meta(pattern="^[Mlz0-9 -]*$")]
"""A path of SVG in relative steps; nothing else may stand in it."""


class Box(NamedTuple):
    """A part of the plane, in pixels: corners at the left top and the right bottom."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top


class Outline(Record):
    """A country, or ground that is nobody's."""

    code: str | None
    box: tuple[float, float, float, float]
    path: Path_


class Outlines(Record):
    """A set of boundaries, with its name, its date and on what it rests: these are shown with every map."""

    name: str
    dated: str
    licence: str
    basis: tuple[tuple[str, str], ...]
    """How what is disputed is drawn, by language, the first for all others."""
    width: int
    height: int
    steps: int
    """Of the paths, to a pixel."""
    turned: float
    """Degrees of longitude in the middle."""
    scale: float
    middle: tuple[float, float]
    sphere: Path_
    borders: Path_
    disputed: Path_
    """Lines that somebody disputes; drawn dashed."""
    countries: tuple[Outline, ...]

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a place lies, in pixels to the right and down.

        Args:
            longitude: degrees, WGS 84, -180 to 180.
            latitude: degrees, -90 to 90.

        """
        east = (longitude - self.turned + 180) % 360 - 180
        slant = asin(M * sin(radians(latitude)))
        second, sixth = slant**2, slant**6
        across = radians(east) * cos(slant) / (M * (A1 + 3 * A2 * second + sixth * (7 * A3 + 9 * A4 * second)))
        up = slant * (A1 + A2 * second + sixth * (A3 + A4 * second))
        x, y = self.middle
        return x + self.scale * across, y - self.scale * up

    def basis_in(self, language: str) -> str:
        """How what is disputed is drawn, in this language, else in the first that there is."""
        told = dict(self.basis)
        return told.get(language, next(iter(told.values()), ""))

    @property
    def whole(self) -> Box:
        """All of it."""
        return Box(0, 0, self.width, self.height)


@cache
def load_outlines(file: Path | None = None) -> Outlines:
    """The boundaries in a file of the form that `tools/web/outlines.mjs` writes; ours where none is named.

    Raises:
        ConfigError: it can't be read, or is no such file.

    """
    try:
        return Outlines.from_json(file.read_bytes() if file else asset("map", OWN).read_bytes())
    except (OSError, msgspec.DecodeError, msgspec.ValidationError) as error:
        raise ConfigError(f"{file}: expected outlines of countries (docs/web.md): {error}") from error


@cache
def areas() -> dict[str, tuple[float, float, float, float]]:
    """The parts of the world that can be shown, by name: degrees west, south, east and north."""
    found: dict[str, tuple[float, float, float, float]] = tomllib.loads(asset("map", "areas.toml").read_text("utf-8"))
    return found


def box_of(outlines: Outlines, degrees: tuple[float, float, float, float]) -> Box:
    """The part of the plane in which a part of the world lies."""
    west, south, east, north = degrees
    corners = [outlines.at(longitude, latitude) for longitude in (west, east) for latitude in (south, north)]
    across, down = zip(*corners, strict=True)
    return Box(min(across), min(down), max(across), max(down))
