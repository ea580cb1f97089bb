"""Series out of a workspace: one unit's counts by week among those of its kind, with coverage and sources."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import get_args

import duckdb
import msgspec
import numpy as np
import numpy.typing as npt

from siaga.base.errors import PanelError
from siaga.base.event import EventType
from siaga.base.pack import asset
from siaga.monitor.alarm import Series
from siaga.monitor.panel import Flags, Floats, Places
from siaga.monitor.steps import number_of
from siaga.monitor.tellings import GRACE_WEEKS, IRREGULAR, Tellings, counted, feeding, voices
from siaga.store.database import reading_from
from siaga.store.series import (
    LAST_DAY,
    SURE_ENOUGH,
    Each,
    Kind,
    Unit,
    counting,
    failed_outlets,
    one_weekly,
    outlet_weeks,
    tellings,
    totals,
    weekly_of,
    weeks_told,
)
from siaga.store.workspace import Workspace

__all__ = ["Stored", "families", "last_week", "load_all", "load_series", "series_of", "types_of"]

Texts = npt.NDArray[np.object_]

FED_SHARE = 0.25
"""Of what is told of a unit in half a year: where sources that told so much of it fail, its week is not judged."""
MOST_NEIGHBOURS = 40
"""Units with most events that tell how unlike each other units of a kind are."""
REGULAR_A_WEEK = 2.0
"""Articles of an outlet, over at least `LEAST_WEEKS`, from which on its coming and going is told from the world's."""
LEAST_WEEKS = 4
NOTHING = "nothing is stored that happened. Read pages with siaga read --save, or siaga import a file"


@cache
def families() -> Mapping[str, tuple[EventType, ...]]:
    """Families and single types by name, with the types that each counts; `all` counts every one."""
    lines = [line for line in asset("ontology", "families.csv").read_text("utf-8").splitlines() if line[:1] != "#"]
    rows = [(row["family"], msgspec.convert(row["type"], EventType)) for row in csv.DictReader(lines)]
    found: dict[str, tuple[EventType, ...]] = {"all": ()}
    for family, type_ in rows:
        found[family] = (*found.get(family, ()), type_)
    found |= {type_: (type_,) for type_ in get_args(EventType)}
    return found


def types_of(family: str) -> tuple[EventType, ...]:
    """The types that a family counts; none is all."""
    return families()[family]


def load_series(stored: Stored, unit: Unit, family: str) -> Series:
    """The counts of a unit, in the first row, and of the units of its kind with most events.

    Raises:
        PanelError: nothing is stored, or nothing of this unit.

    """
    engine, span = stored.engine, _span(stored.engine)
    own, told = one_weekly(engine, unit, ()), one_weekly(engine, unit, types_of(family))
    found = _everything(stored, unit.kind, family).of((unit.name,), span)
    if not own and not (found.told and (found.told.unit == 0).any()):
        raise PanelError(f"nothing is stored of {unit.name}. See who is: siaga events --by pair")
    known = all(row[3] for row in told)
    return replace(found, sources=_sources(found, told) if known else None)


def load_all(stored: Stored, kind: Kind, family: str) -> Series:
    """The counts of every unit of a kind of which anything is stored, the busiest first.

    Sources are known only where nothing is imported.

    Raises:
        PanelError: nothing is stored.

    """
    span, everything = _span(stored.engine), _everything(stored, kind, family)
    units = everything.busiest()
    if not units:
        raise PanelError(f"nothing of {family} is stored of any {kind}. See what is: siaga events --by type")
    found = everything.of(units, span)
    return found if len(everything.totals[0]) else replace(found, sources=_sources(found, ()))


@dataclass(frozen=True, slots=True)
class Stored:
    """Where series come from: an engine of `store.series.counting`, and what is known of the outlets."""

    engine: duckdb.DuckDBPyConnection
    outlets: tuple[tuple[str, int, int], ...] = ()
    """Outlet, week and number of its articles, of `store.series.outlet_weeks`."""
    failed: tuple[tuple[str, int], ...] = ()
    """Outlet and week, of `store.series.failed_outlets`."""


@contextmanager
def series_of(
    workspace: Workspace, until: str = LAST_DAY, each: Each = "story", sure: float = SURE_ENOUGH
) -> Iterator[Stored]:
    """What series of a workspace are counted from, as it was known on a day."""
    with reading_from(workspace) as connection, counting(workspace, connection, until, each, sure) as engine:
        yield Stored(engine, outlet_weeks(connection, until), failed_outlets(connection, until))


def last_week(stored: Stored, on: date | None = None) -> int:
    """The number of the last week that was over on a day, by default on the last one of which anything is stored.

    It is none after the last of which anything is stored.

    Raises:
        PanelError: nothing is stored.

    """
    found = weeks_told(stored.engine)
    if found is None:
        raise PanelError(NOTHING)
    day = on or date.fromisoformat(found[2])
    return min(number_of(day + timedelta(days=1), "week") - 1, found[1])


@dataclass(frozen=True, slots=True)
class _Everything:
    """What is stored of the units of a kind: how many events were imported of each, and what is told of them."""

    kind: Kind
    types: tuple[EventType, ...]
    totals: tuple[Texts, Floats]
    told: tuple[Texts, Texts, Texts, Texts, Places, Flags]
    stored: Stored

    def busiest(self, most: int | None = None) -> tuple[str, ...]:
        """Units with most events, imported ones and stories told; those of the same number by name."""
        names, numbers = self.totals
        units, stories, *_, asked = self.told
        pairs = np.unique(np.stack([units[asked], stories[asked]]).astype(str), axis=1)[0]
        listed, places = np.unique(np.concatenate([names, pairs]).astype(str), return_inverse=True)
        totals = np.bincount(places, np.concatenate([numbers, np.ones(len(pairs))]), len(listed))
        return tuple(str(listed[place]) for place in np.argsort(-totals, kind="stable")[:most])

    def of(self, units: tuple[str, ...], span: tuple[int, int]) -> Series:
        """The series of these units, and of the busiest as their peers, over a span of weeks (first, length)."""
        rows = (*units, *self.busiest(MOST_NEIGHBOURS))
        told = _tellings(self, rows, span)
        own, covered = (_told(told, (len(rows), span[1]), asked=asked) for asked in (True, False))
        listed = tuple(dict.fromkeys(rows))
        asked, every = (weekly_of(self.stored.engine, self.kind, types, listed) for types in (self.types, ()))
        own += _counts(asked, rows, span)
        covered += _counts(every, rows, span)
        return Series(
            units=units, counts=own, first=span[0], told=told,
            exposure=covered if self.types else None,
            failed=None if told is None else _failed(self.stored, told, (len(rows), span)),
        )  # fmt: skip


def _span(engine: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    found = weeks_told(engine)
    if found is None:
        raise PanelError(NOTHING)
    return found[0], found[1] - found[0] + 1


def _everything(stored: Stored, kind: Kind, family: str) -> _Everything:
    types = types_of(family)
    return _Everything(
        kind=kind,
        types=types,
        totals=totals(stored.engine, kind, types),
        told=tellings(stored.engine, kind, types),
        stored=stored,
    )


def _told(told: Tellings | None, shape: tuple[int, int], *, asked: bool) -> Floats:
    if told is None:
        return np.zeros(shape)
    return counted(told, shape[0], np.ones(len(told.alive), dtype=bool), asked=asked)


def _counts(rows: tuple[Texts, Places, Floats], units: tuple[str, ...], span: tuple[int, int]) -> Floats:
    """Numbers by unit and week; a unit that stands twice has them twice."""
    names, weeks, numbers = rows
    listed = tuple(dict.fromkeys(units))
    places, counts = _places(names, listed), np.zeros((len(listed), span[1]))
    chosen = places >= 0
    np.add.at(counts, (places[chosen], np.asarray(weeks)[chosen] - span[0]), np.asarray(numbers)[chosen])
    return counts[_places(np.array(units, dtype=object), listed)]


def _places(names: Texts, known: Sequence[str]) -> Places:
    """The row of each name, -1 where it has none."""
    rows = {name: row for row, name in enumerate(known)}
    return np.array([rows.get(str(name), -1) for name in names], dtype=np.int64)


def _tellings(found: _Everything, units: tuple[str, ...], span: tuple[int, int]) -> Tellings | None:
    """What is told of these units; null where nothing is."""
    names, stories, outlets, voices, weeks, asked = found.told
    regular, alive = _alive(found.stored, span)
    story, voice = (np.unique(np.asarray(column, dtype=str), return_inverse=True)[1] for column in (stories, voices))
    outlet = np.maximum(_places(outlets, ("", *regular)), IRREGULAR)
    rows = [(row, np.flatnonzero(names == unit)) for row, unit in enumerate(units)]
    order = np.concatenate([chosen[np.lexsort((weeks[chosen], story[chosen]))] for _, chosen in rows])
    if not len(order):
        return None
    return Tellings(
        unit=np.repeat([row for row, _ in rows], [len(chosen) for _, chosen in rows]), story=story[order],
        outlet=outlet[order], voice=voice[order], week=(np.asarray(weeks, dtype=np.int64) - span[0])[order],
        asked=np.asarray(asked, dtype=bool)[order], alive=alive,
    )  # fmt: skip


def _alive(stored: Stored, span: tuple[int, int]) -> tuple[tuple[str, ...], Flags]:
    """Outlets that publish regularly, and the weeks in which these, after the irregular ones, were there."""
    first, length = span
    weeks: dict[str, list[tuple[int, int]]] = {}
    for outlet, week, number in stored.outlets:
        weeks.setdefault(outlet, []).append((week - first, number))
    regular = tuple(sorted(outlet for outlet, told in weeks.items() if _is_regular(told)))
    alive = np.zeros((len(regular) + 1, length), dtype=bool)
    alive[IRREGULAR] = True
    for row, outlet in enumerate(regular, 1):
        begin, end = min(week for week, _ in weeks[outlet]), max(week for week, _ in weeks[outlet])
        alive[row, max(0, begin) : max(0, end + GRACE_WEEKS + 1)] = True
    rows = {outlet: row for row, outlet in enumerate(regular, 1)}
    for outlet, week in stored.failed:
        if outlet in rows and 0 <= week - first < length:
            alive[rows[outlet], week - first] = False
    return regular, alive


def _is_regular(told: Sequence[tuple[int, int]]) -> bool:
    weeks = max(week for week, _ in told) - min(week for week, _ in told) + 1
    return sum(number for _, number in told) >= REGULAR_A_WEEK * max(weeks, LEAST_WEEKS)


def _failed(stored: Stored, told: Tellings, shape: tuple[int, tuple[int, int]]) -> Flags:
    """Weeks of each unit in which outlets failed that had told a share of it that is missed."""
    rows, (first, length) = shape
    failed = np.zeros((rows, length), dtype=bool)
    regular, _ = _alive(stored, (first, length))
    for week in sorted({week - first for _, week in stored.failed}):
        if 0 <= week < length:
            gone = _places(np.array([name for name, when in stored.failed if when == week + first]), ("", *regular))
            fed = feeding(told, rows, week)
            failed[:, week] = fed[:, np.unique(gone[gone > 0])].sum(axis=1) >= FED_SHARE * np.maximum(
                fed.sum(axis=1), 1
            )
    return failed


def _sources(found: Series, told: Sequence[tuple[int, float, float, bool]]) -> Floats:
    """Independent sources of the units: outlets with words of their own, and what imports say of the first unit."""
    shape = found.counts.shape
    heard = np.zeros(shape) if found.told is None else voices(found.told, shape[0])
    for week, _, sources, _ in told:
        heard[0, week - found.first] = max(heard[0, week - found.first], sources)
    return heard
