"""Where acts take place, by what was known on a day: countries and places, with how the acts in them stand."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from typing import Literal

import msgspec

from siaga.base.event import EventType, Precision
from siaga.base.record import Record
from siaga.base.window import Window
from siaga.store.database import reading_from
from siaga.store.known import knowing
from siaga.store.sql import query
from siaga.store.workspace import Workspace

__all__ = ["Asked", "Standing", "ToldCountry", "ToldPlace", "Where"]

Standing = Literal["happened", "ahead", "alleged"]
"""`ahead`: planned, considered or possible; `alleged`: denied, or told in somebody's words alone."""


class Asked(Record):
    """Which acts; what is null is no condition."""

    as_of: str
    """Known by this day."""
    window: Window
    """Days for which they are told; those of publication where none is told."""
    type: EventType | None = None
    country: str | None = None
    """In which they take place, alpha-3; countries are not asked for by it."""


class ToldCountry(Record):
    """A country and how much is told of what takes place there."""

    country: str
    events: int
    articles: int
    outlets: int


class ToldPlace(Record):
    """A place and how much is told of acts there that stand alike. Degrees are WGS 84."""

    place: str
    country: str | None
    latitude: float
    longitude: float
    precision: Precision
    standing: Standing
    events: int
    outlets: int


class Where:
    """All acts with a place, of the store as it was when this was made; to be kept for as long as it stays so.

    An article that is a copy of one before it is one whichever day is asked for: one table serves for all of them.
    """

    def __init__(self, workspace: Workspace, confidence: tuple[float, float]) -> None:
        """Put the table together.

        Args:
            workspace: whose events.
            confidence: of the reader, in an event that counts, and in one that is sure.

        Raises:
            StoreError: it can't be read.

        """
        self._open = ExitStack()  # the engine goes when this does
        with reading_from(workspace) as connection:
            known = self._open.enter_context(knowing(workspace, connection, date.max, confidence))
            self._engine = known.engine
            self._engine.execute(query("told_where"), {"least": confidence[0]})

    def countries(self, asked: Asked) -> tuple[ToldCountry, ...]:
        """The countries in which acts take place, that of most first."""
        values = _values(asked)
        del values["country"]
        rows = self._engine.cursor().execute(query("told_countries"), values).fetchall()
        return tuple(ToldCountry(**dict(zip(ToldCountry.__struct_fields__, row, strict=True))) for row in rows)

    def places(self, asked: Asked, most: int) -> tuple[ToldPlace, ...]:
        """The places in which acts take place, one each standing, that of most first; all with coordinates."""
        rows = self._engine.cursor().execute(query("told_places"), _values(asked) | {"most": most}).fetchall()
        names = ToldPlace.__struct_fields__
        return tuple(msgspec.convert(dict(zip(names, row, strict=True)), ToldPlace) for row in rows)


def _values(asked: Asked) -> dict[str, str | int | None]:
    return {
        "as_of": asked.as_of, "since": asked.window.since, "until": asked.window.until, "type": asked.type,
        "country": asked.country,
    }  # fmt: skip
