"""Weekly counts out of a workspace, its own events and imported ones together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

import apsw
import duckdb
import numpy as np

from siaga.base.event import EventType
from siaga.base.record import Record
from siaga.store.analysis import analysing
from siaga.store.imports import imported, imported_view
from siaga.store.sql import query
from siaga.store.workspace import Workspace

__all__ = ["Kind", "Unit", "all_weekly", "counting", "failed_weeks", "one_weekly", "unit_of", "units_fed", "weeks_told"]

Kind = Literal["country", "directed", "undirected", "place"]
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
def counting(workspace: Workspace, connection: apsw.Connection) -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine that has all that happened, told or imported, as a view `happening`."""
    with analysing(workspace, connection) as engine:
        imported_view(engine, workspace, imported(connection))
        engine.execute(query("happening"))
        _failed_table(engine, connection)
        yield engine


def failed_weeks(engine: duckdb.DuckDBPyConnection, unit: Unit, least: float) -> tuple[int, ...]:
    """Weeks with a day on which sources failed that had told at least such a share of a unit's events."""
    asked = {"kind": unit.kind, "one": unit.one, "other": unit.other, "least": least}
    return tuple(int(week) for (week,) in engine.execute(query("failed_weeks"), asked).fetchall())


def units_fed(
    engine: duckdb.DuckDBPyConnection, outlets: Sequence[str], most: int
) -> tuple[tuple[str, int, float], ...]:
    """Countries and bodies of which outlets told most, how often, and the share of all that is told of each."""
    rows = engine.execute(query("units_fed"), {"outlets": list(outlets), "most": most}).fetchall()
    return tuple((str(unit), int(number), float(share)) for unit, number, share in rows)


def _failed_table(engine: duckdb.DuckDBPyConnection, connection: apsw.Connection) -> None:
    """Outlets and the days on which they failed, as a table `failed`."""
    rows = connection.execute(query("failed_outlets")).fetchall()
    outlets, days = (np.array([row[column] for row in rows], dtype=object) for column in (0, 1))
    engine.register("failures", {"outlet": outlets, "day": days})
    engine.execute(
        "CREATE TEMP TABLE failed AS SELECT CAST(outlet AS VARCHAR) AS outlet, TRY_CAST(CAST(day AS VARCHAR) AS DATE) "
        "AS day FROM failures"
    )
    engine.unregister("failures")


def weeks_told(engine: duckdb.DuckDBPyConnection) -> tuple[int, int] | None:
    """The first and the last week in which anything happened; null where nothing did."""
    [(first, last)] = engine.execute(query("weeks")).fetchall()
    return None if first is None else (int(first), int(last))


def all_weekly(
    engine: duckdb.DuckDBPyConnection, kind: Kind, types: Sequence[EventType]
) -> tuple[Column, Column, Column]:
    """Unit, week and number of every unit of a kind and every week in which it has events of these types.

    Args:
        engine: of `counting`.
        kind: of units.
        types: none is all.

    """
    _ask(engine, types)
    columns = engine.execute(query(ALL[kind])).fetchnumpy()
    return columns["unit"], columns["week"], columns["number"]


def one_weekly(
    engine: duckdb.DuckDBPyConnection, unit: Unit, types: Sequence[EventType]
) -> tuple[tuple[int, float, float, bool], ...]:
    """Week, number, independent sources, and whether these are known, of one unit."""
    _ask(engine, types)
    if unit.other is None:
        asked = {"one": unit.one, "place": unit.kind == "place"}
        return tuple(engine.execute(query("series_one_country"), asked).fetchall())
    pair = {"one": unit.one, "other": unit.other, "directed": unit.kind == "directed"}
    return tuple(engine.execute(query("series_one_pair"), pair).fetchall())


def _ask(engine: duckdb.DuckDBPyConnection, types: Sequence[EventType]) -> None:
    engine.execute("SET VARIABLE types = $value", {"value": list(types) or None})
