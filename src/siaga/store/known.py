"""What was known on a day: mentions of acts, articles and failures by publication, never by anything that came later.

An article is known from its day of publication on. One without a day is known on none: nobody can say when. A copy of
an article that was published before it tells nothing new, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from typing import Any

import duckdb
import msgspec
import numpy as np

from siaga.base.event import EventType, Status
from siaga.base.lineage import Voice
from siaga.base.record import Record
from siaga.base.warning import UnitKind
from siaga.store.analysis import analysing
from siaga.store.connection import Connection
from siaga.store.imports import imported, imported_view
from siaga.store.sql import query
from siaga.store.workspace import Workspace

__all__ = ["ImportedRow", "Known", "Mention", "knowing"]


ROWS = 20_000
"""Rows that are held at a time."""


class Mention(Record):
    """An act as one article or more tell it on one day. Days are numbers (`date.toordinal`)."""

    unit: str
    actor: str | None
    other: str | None
    type: EventType
    status: Status
    told: int
    day: int
    dated: bool
    """Whether the day on which it took place is told."""
    sure: bool
    """Whether the reader is sure of one such mention."""


class ImportedRow(Record):
    """Imported events of one day."""

    unit: str
    actor: str | None
    other: str | None
    type: EventType
    day: int
    number: int


class Known:
    """A workspace as it was known at the end of a day."""

    def __init__(self, engine: duckdb.DuckDBPyConnection, connection: Connection, as_of: date) -> None:
        self.as_of = as_of
        self.heard: dict[str, Voice] = {}
        """On whose word articles rest that were looked at, by their ids."""
        self._engine = engine
        self._connection = connection

    def units(self, kind: UnitKind, since: date, most: int) -> tuple[str, ...]:
        """The units of a kind of which anything was told since a day, then those told of most, each once.

        Args:
            kind: pairs or countries.
            since: inclusive.
            most: of the second.

        """
        rows = self._run("known_units", kind=kind, since=since.isoformat(), most=most)
        return tuple(str(unit) for (unit,) in rows)

    def mentions(self, kind: UnitKind, units: Sequence[str]) -> Iterator[Mention]:
        """What is told of units, by unit and day, lazily: nothing else may be asked until it is at its end."""
        names, held = Mention.__struct_fields__, dict[object, object]()
        found = self._engine.execute(query("known_mentions"), {"kind": kind, "units": list(units)})
        while rows := found.fetchmany(ROWS):
            for row in rows:
                # one object for all mentions of a code or day; a flag is none of them, though it equals a number
                cells = (cell if isinstance(cell, bool) else held.setdefault(cell, cell) for cell in row)
                yield msgspec.convert(dict(zip(names, cells, strict=True)), Mention)

    def imported(self, kind: UnitKind, units: Sequence[str]) -> tuple[ImportedRow, ...]:
        """Imported events of units, by unit and day."""
        names = ImportedRow.__struct_fields__
        rows = self._run("known_imported", kind=kind, units=list(units))
        return tuple(msgspec.convert(dict(zip(names, row, strict=True)), ImportedRow) for row in rows)

    def events(self, kind: UnitKind, unit: str, since: date) -> tuple[int, ...]:
        """Numbers of the events that articles published since a day tell of a unit, the newest first."""
        rows = self._run("known_events", kind=kind, unit=unit, since=since.isoformat())
        return tuple(int(number) for (number,) in rows)

    def newest_about(self, codes: Sequence[str]) -> str | None:
        """Day of the newest article that tells of any of these countries or bodies; null if there is none."""
        return max((self._newest[code] for code in codes if code in self._newest), default=None)

    @cached_property
    def _newest(self) -> dict[str, str]:
        return {str(code): str(day) for code, day in self._run("known_newest")}

    def first_day(self) -> date | None:
        """Of anything that is known: the first article with a day, or imported event."""
        [(day,)] = self._run("known_first")
        return None if day is None else date.fromisoformat(str(day))

    def articles(self) -> tuple[tuple[str, str | None, int], ...]:
        """Day, outlet and number of the articles that are known."""
        rows = self._connection.execute(query("known_articles"), {"as_of": self.as_of.isoformat()})
        return tuple(
            (str(day), None if outlet is None else str(outlet), int(str(count))) for day, outlet, count in rows
        )

    def failures(self, since: date) -> tuple[tuple[str, str], ...]:
        """Sources and outlets of theirs that failed on a day since this one, as far as articles show them."""
        days = {"since": since.isoformat(), "as_of": self.as_of.isoformat()}
        rows = self._connection.execute(query("known_failures"), days)
        return tuple((str(source), str(outlet)) for source, outlet in rows)

    def outlets_of(self, kind: UnitKind, unit: str, since: date) -> tuple[tuple[str, int], ...]:
        """The outlets that told of a unit since a day, and how many events."""
        rows = self._run("known_outlets", kind=kind, unit=unit, since=since.isoformat())
        return tuple((str(outlet), int(number)) for outlet, number in rows)

    def coverage(self, kind: UnitKind, unit: str) -> dict[str, int]:
        """How many articles tell of a unit, by day of publication."""
        return {str(day): int(number) for day, number in self._run("known_coverage", kind=kind, unit=unit)}

    def partners(self, code: str, since: date) -> tuple[tuple[str, str, EventType, Status, int], ...]:
        """Sides, type, status and number of the events between a country or body and others since a day."""
        rows = self._run("known_partners", code=code, since=since.isoformat())
        return tuple(msgspec.convert(rows, list[tuple[str, str, EventType, Status, int]]))

    def unlinked(self, articles: Sequence[str]) -> int:
        """How many of these articles were not compared with others."""
        ids = msgspec.json.encode(tuple(articles)).decode()
        return int(str(self._connection.execute(query("known_unlinked"), (ids,)).get))

    @property
    def connection(self) -> Connection:
        """For what lies beside: sentences, pairs of copies."""
        return self._connection

    @property
    def engine(self) -> duckdb.DuckDBPyConnection:
        """For questions of other modules: it has the views `event` and `known`, and the copies in a table `copied`."""
        return self._engine

    def _run(self, name: str, **values: object) -> list[tuple[Any, ...]]:
        return self._engine.execute(query(name), values or None).fetchall()


@contextmanager
def knowing(
    workspace: Workspace,
    connection: Connection,
    as_of: date,
    confidence: tuple[float, float],
    *,
    at_hand: bool = False,
) -> Iterator[Known]:
    """What was known of a workspace at the end of a day.

    Args:
        workspace: whose events.
        connection: of a reader.
        as_of: the day.
        confidence: of the reader, in an event that counts, and in one that is sure.
        at_hand: put what was told of units in the last two years in memory first, where many are asked about.

    """
    asked = {"as_of": as_of.isoformat(), "least": confidence[0], "sure": confidence[1]}
    with analysing(workspace, connection) as engine:
        imported_view(engine, workspace, imported(connection))
        for name, value in asked.items():
            engine.execute(f"SET VARIABLE {name} = $value", {"value": value})
        _copies_table(engine, connection, as_of)
        engine.execute(query("known"))
        if at_hand:
            engine.execute(query("known_at_hand"))
        yield Known(engine, connection, as_of)


def _copies_table(engine: duckdb.DuckDBPyConnection, connection: Connection, as_of: date) -> None:
    rows = connection.execute(query("known_copies"), {"as_of": as_of.isoformat()}).fetchall()
    engine.register("later", {"article": np.array([row[0] for row in rows], dtype=object)})
    engine.execute("CREATE TEMP TABLE copied AS SELECT CAST(article AS VARCHAR) AS article FROM later")
    engine.unregister("later")
