"""The map: where acts take place, what is told of them, and how sure the place is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from markupsafe import Markup

from siaga.base.errors import GivenError
from siaga.base.event import EventType
from siaga.base.pack import asset, read_rows
from siaga.base.record import Record
from siaga.base.window import Window
from siaga.monitor.rule import warning_rule
from siaga.report.catalogue import Catalogue
from siaga.report.facts import known_names
from siaga.report.map import Drawn, Shade, Spot, draw_map, framed, rungs
from siaga.report.outlines import Box, Outlines, areas, box_of, load_outlines
from siaga.serve.web.asking import Asking, Page
from siaga.serve.web.given import TYPES, event_type
from siaga.serve.web.view import Place, Rows, View
from siaga.store.database import reading_from
from siaga.store.where import Asked, ToldCountry, ToldPlace, Where
from siaga.store.workspace import Workspace

__all__ = ["ROUTES"]

MOST_PLACES = 400
"""Signs on the map at the most, those of which most is told."""
MOST_LINES = 25
"""Of the table of places; data for programs is whole."""
COLUMNS = ("place", "country", "precision", "standing", "events", "outlets", "latitude", "longitude")


class Middle(Record):
    """A row of `places/centroids.csv`."""

    code: str
    latitude: float
    longitude: float


class MapPage(Record):
    """What the map shows."""

    as_of: str | None
    window: Window | None = None
    type: EventType | None = None
    area: str | None = None
    country: str | None = None
    countries: tuple[ToldCountry, ...] = ()
    places: tuple[ToldPlace, ...] = ()
    boundaries: tuple[str, ...] = ()
    """Name, date and basis of the set, and its licence."""


class MapView(View):
    """The same, drawn."""

    drawing: Markup = Markup()
    """SVG: whatever an article wrote in it is escaped."""
    steps: tuple[int, ...] = ()
    """Numbers at which shades begin."""
    names: Mapping[str, str] = {}
    types: tuple[EventType, ...] = TYPES
    areas: tuple[str, ...] = ()
    most: int = MOST_LINES
    """Lines of a table."""


class Choice(Record):
    """What the address asks for."""

    asked: Asked
    area: str | None


def show(asking: Asking) -> View:
    """The map of a window."""
    with reading_from(asking.workspace) as connection:
        as_of = asking.as_of(connection)
    words = asking.words
    if as_of is None:
        return View(title=words.say("web_map.title"), template="map.html", shown=MapPage(as_of=None))
    page = _page(asking, _choice(asking, as_of))
    return MapView(
        title=words.say("web_map.title"),
        template="map.html",
        shown=page,
        rows=Rows(columns=COLUMNS, lines=tuple(_line(one) for one in page.places)),
        places=tuple(map(_point, page.places)),
        drawing=_drawing(asking, page),
        steps=rungs(max((one.events for one in page.countries), default=1)),
        names=known_names(words.language),
        areas=tuple(areas()),
    )


def _drawing(asking: Asking, page: MapPage) -> Markup:
    words, outlines = asking.words, _outlines(asking.workspace)
    shades = tuple(_shade(one, asking) for one in page.countries)
    spots = tuple(_spot(one, words) for one in page.places)
    frame = framed(outlines, _part(outlines, page))
    return Markup(draw_map(outlines, (shades, spots), frame, _drawn(page, words)))  # noqa: S704 - escaped there


def _name_of(code: str | None, words: Catalogue) -> str:
    return words.say("web_map.nowhere") if code is None else known_names(words.language).get(code, code)


def _choice(asking: Asking, as_of: date) -> Choice:
    area, country = asking.one("area") or None, asking.one("country").upper() or None
    if area is not None and area not in areas():
        raise GivenError(f"area: expected one of {', '.join(areas())}")
    if country is not None and country not in _middles():
        raise GivenError("country: expected a code of three letters")
    asked = Asked(
        as_of=as_of.isoformat(), window=asking.window(as_of), type=event_type(asking, "type"), country=country
    )
    return Choice(asked=asked, area=area)


def _page(asking: Asking, choice: Choice) -> MapPage:
    outlines, asked = _outlines(asking.workspace), choice.asked
    countries, places = asking.kept.get(asking.workspace, ("map", asked), lambda: _told(asking, asked))
    return MapPage(
        as_of=asked.as_of, window=asked.window, type=asked.type, area=choice.area, country=asked.country,
        countries=countries, places=places,
        boundaries=(outlines.name, outlines.dated, outlines.basis_in(asking.language), outlines.licence),
    )  # fmt: skip


def _told(asking: Asking, asked: Asked) -> tuple[tuple[ToldCountry, ...], tuple[ToldPlace, ...]]:
    workspace = asking.workspace
    where = asking.kept.get(workspace, "where", lambda: Where(workspace, warning_rule().confidence))
    return where.countries(asked), where.places(asked, MOST_PLACES)


def _outlines(workspace: Workspace) -> Outlines:
    named = workspace.config.map.boundaries
    return load_outlines(workspace.folder / Path(named) if named else None)


def _part(outlines: Outlines, page: MapPage) -> Box | None:
    if page.country is not None:
        return _box_of_country(outlines, page.country)
    return box_of(outlines, areas()[page.area]) if page.area else None


def _box_of_country(outlines: Outlines, code: str) -> Box:
    """That of its outline; of a country without one, around its middle."""
    found = next((one for one in outlines.countries if one.code == code), None)
    if found is not None:
        return Box(*found.box)
    x, y = outlines.at(*_middles()[code])
    return Box(x, y, x, y)


def _drawn(page: MapPage, words: Catalogue) -> Drawn:
    assert page.window is not None  # noqa: S101 - there is no map without a window
    most = words.listed([
        words.say("web_map.counted", name=_name_of(one.country, words), count=words.number(one.events))
        for one in page.countries[:5]
    ])  # fmt: skip
    first, last = words.day(page.window.since), words.day(page.window.until)
    return Drawn(
        title=words.say("web_map.caption", first=first, last=last),
        description=words.say("web_map.described", most=most or words.say("web_map.nothing")),
    )


def _shade(one: ToldCountry, asking: Asking) -> Shade:
    words = asking.words
    title = words.say(
        "web_map.country_title", name=_name_of(one.country, words), events=words.number(one.events),
        outlets=words.number(one.outlets),
    )  # fmt: skip
    return Shade(
        code=one.country, number=one.events, title=title, address=asking.here(country=one.country, area=None),
        at=_middles().get(one.country, (0.0, 0.0)),
    )  # fmt: skip


def _spot(one: ToldPlace, words: Catalogue) -> Spot:
    country = _name_of(one.country, words)
    place = country if one.precision == "country" else words.say("web_map.place", place=one.place, country=country)
    title = words.say(
        f"web_map.spot_{one.standing}", place=place, events=words.number(one.events), outlets=words.number(one.outlets),
        precision=words.say(f"web_map.precision_{one.precision}"),
    )  # fmt: skip
    return Spot(
        longitude=one.longitude, latitude=one.latitude, precision=one.precision, standing=one.standing,
        number=one.events, title=title,
    )  # fmt: skip


def _point(one: ToldPlace) -> Place:
    names = ("place", "country", "precision", "standing", "events", "outlets")
    return Place(
        latitude=one.latitude, longitude=one.longitude, properties=tuple((name, getattr(one, name)) for name in names)
    )


def _line(one: ToldPlace) -> tuple[str | int | float | None, ...]:
    return tuple(getattr(one, name) for name in COLUMNS)


@cache
def _middles() -> dict[str, tuple[float, float]]:
    """The middle of each country: longitude and latitude."""
    return {one.code: (one.longitude, one.latitude) for one in _rows()}


def _rows() -> Iterator[Middle]:
    yield from read_rows(asset("places", "centroids.csv"), Middle)


ROUTES = (Page(path="/map", show=show, nav="web_map.nav"),)
