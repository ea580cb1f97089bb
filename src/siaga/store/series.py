"""What is counted by week out of a workspace: what its own articles tell, and imported events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

import duckdb
import numpy as np

from siaga.base.event import EventType
from siaga.base.record import Record
from siaga.store.analysis import analysing
from siaga.store.connection import Connection
from siaga.store.imports import imported, imported_view
from siaga.store.sql import query
from siaga.store.workspace import Workspace

__all__ = [
    "LAST_DAY", "SURE_ENOUGH", "Each", "Kind", "Unit", "all_weekly", "counting", "failed_outlets", "one_weekly",
    "outlet_weeks", "tellings", "totals", "unit_of", "units_fed", "weekly_of", "weeks_told",
]  # fmt: skip

Kind = Literal["country", "directed", "undirected", "place"]
Each = Literal["story", "article"]
LAST_DAY = "9999-12-31"
SURE_ENOUGH = 0.5
"""Confidence (0 to 1) below which an event is not counted: more likely wrong than right."""
Column = np.ndarray[Any, np.dtype[Any]]
ALL: dict[Kind, str] = {
    "country": "series_country",
    "directed": "series_directed",
    "undirected": "series_undirected",
    "place": "series_place",
}


class Unit(Record):
    """What is counted: `UKR` (a country or body), `RUS>UKR`, `RUS-UKR` (whoever acts), `@UKR` (what happens there)."""

    kind: Kind
    one: str
    other: str | None = None

    @property
    def name(self) -> str:
        """As it is written; the codes of an undirected pair in alphabetical order."""
        if self.kind == "directed":
            return f"{self.one}>{self.other}"
        if self.kind == "undirected":
            return "-".join(sorted((self.one, self.other or "")))
        return f"@{self.one}" if self.kind == "place" else self.one


def unit_of(text: str) -> Unit:
    """The unit that is written so."""
    for sign, kind in ((">", "directed"), ("-", "undirected")):
        one, found, other = text.partition(sign)
        if found and one and other:
            return Unit(kind="directed" if kind == "directed" else "undirected", one=one, other=other)
    return Unit(kind="place", one=text[1:]) if text.startswith("@") else Unit(kind="country", one=text)


@contextmanager
def counting(
    workspace: Workspace,
    connection: Connection,
    until: str = LAST_DAY,
    each: Each = "story",
    sure: float = SURE_ENOUGH,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine that has what our articles tell as happened as a view `telling`, and imported events as `known`.

    Args:
        workspace: the workspace.
        connection: to its database.
        until: the last day of which anything is known, YYYY-MM-DD.
        each: what is counted of articles: stories, or every article.
        sure: confidence below which an event is not counted.

    """
    with analysing(workspace, connection) as engine:
        imported_view(engine, workspace, imported(connection))
        _linked_table(engine, connection)
        for name, value in (("until", until), ("each", each), ("sure", sure)):
            engine.execute(f"SET VARIABLE {name} = $value", {"value": value})
        engine.execute(query("telling"))
        yield engine


def outlet_weeks(connection: Connection, until: str = LAST_DAY) -> tuple[tuple[str, int, int], ...]:
    """Outlet, week, and how many articles of it were published then."""
    rows = connection.execute(query("outlet_weeks"), (until,))
    return tuple((str(outlet), int(str(week)), int(str(number))) for outlet, week, number in rows)


def failed_outlets(connection: Connection, until: str = LAST_DAY) -> tuple[tuple[str, int], ...]:
    """Outlet and week, where its source failed on a day of it."""
    rows = connection.execute(query("failed_outlets"), (until,))
    return tuple((str(outlet), int(str(week))) for outlet, week in rows)


def units_fed(
    engine: duckdb.DuckDBPyConnection, outlets: Sequence[str], most: int
) -> tuple[tuple[str, int, float], ...]:
    """Countries and bodies of which outlets told most stories, how many, and the share of all that is told of each."""
    rows = engine.execute(query("units_fed"), {"outlets": list(outlets), "most": most}).fetchall()
    return tuple((str(unit), int(number), float(share)) for unit, number, share in rows)


def _linked_table(engine: duckdb.DuckDBPyConnection, connection: Connection) -> None:
    """Where linked articles stand, as a table `linked`."""
    rows = connection.execute(query("linked")).fetchall()
    names = ("article", "origin", "story", "outlet", "published")
    engine.register(
        "links", {name: np.array([row[place] for row in rows], dtype=object) for place, name in enumerate(names)}
    )
    columns = ", ".join(f"CAST({name} AS VARCHAR) AS {name}" for name in names)
    engine.execute(f"CREATE TEMP TABLE linked AS SELECT {columns} FROM links")  # noqa: S608 - names of ours
    engine.unregister("links")


def weeks_told(engine: duckdb.DuckDBPyConnection) -> tuple[int, int, str] | None:
    """The first and the last week of which anything is known, and the last day; null where nothing is."""
    [(first, last, day)] = engine.execute(query("weeks")).fetchall()
    return None if first is None else (int(first), int(last), str(day))


def tellings(
    engine: duckdb.DuckDBPyConnection, kind: Kind, types: Sequence[EventType], units: Sequence[str] | None = None
) -> tuple[Column, Column, Column, Column, Column, Column]:
    """What our articles tell of units: unit, story, outlet, voice, week, and whether of one of these types.

    Args:
        engine: of `counting`.
        kind: of units.
        types: none is all.
        units: null is all.

    """
    _ask(engine, types)
    asked = {"kind": kind, "units": None if units is None else list(units)}
    found = engine.execute(query("tellings"), asked).fetchnumpy()
    return (found["unit"], found["story"], found["outlet"], found["voice"], found["week"], found["asked"])


def all_weekly(
    engine: duckdb.DuckDBPyConnection, kind: Kind, types: Sequence[EventType]
) -> tuple[Column, Column, Column]:
    """Unit, week and number of every unit of a kind and every week in which it has imported events of these types.

    Args:
        engine: of `counting`.
        kind: of units.
        types: none is all.

    """
    _ask(engine, types)
    columns = engine.execute(query(ALL[kind])).fetchnumpy()
    return columns["unit"], columns["week"], columns["number"]


def weekly_of(
    engine: duckdb.DuckDBPyConnection, kind: Kind, types: Sequence[EventType], units: Sequence[str]
) -> tuple[Column, Column, Column]:
    """As `all_weekly`, of some units alone."""
    _ask(engine, types)
    text = query("series_of_units").format(rows=query(ALL[kind]))
    columns = engine.execute(text, {"units": list(units)}).fetchnumpy()
    return columns["unit"], columns["week"], columns["number"]


def totals(engine: duckdb.DuckDBPyConnection, kind: Kind, types: Sequence[EventType]) -> tuple[Column, Column]:
    """How many imported events of these types each unit of a kind has in all."""
    _ask(engine, types)
    columns = engine.execute(query("series_totals").format(rows=query(ALL[kind]))).fetchnumpy()
    return columns["unit"], columns["number"]


def one_weekly(
    engine: duckdb.DuckDBPyConnection, unit: Unit, types: Sequence[EventType]
) -> tuple[tuple[int, float, float, bool], ...]:
    """Week, number, sources, and whether these are known, of one unit's imported events."""
    _ask(engine, types)
    if unit.other is None:
        asked = {"one": unit.one, "place": unit.kind == "place"}
        return tuple(engine.execute(query("series_one_country"), asked).fetchall())
    pair = {"one": unit.one, "other": unit.other, "directed": unit.kind == "directed"}
    return tuple(engine.execute(query("series_one_pair"), pair).fetchall())


def _ask(engine: duckdb.DuckDBPyConnection, types: Sequence[EventType]) -> None:
    engine.execute("SET VARIABLE types = $value", {"value": list(types) or None})
