"""Series out of a workspace: one unit's counts by week among those of its kind, with coverage and sources."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from typing import get_args

import duckdb
import msgspec
import numpy as np

from siaga.base.errors import PanelError
from siaga.base.event import EventType
from siaga.base.pack import asset
from siaga.monitor.alarm import Series
from siaga.monitor.panel import Flags, Floats
from siaga.store.series import Unit, all_weekly, failed_weeks, one_weekly, weeks_told

__all__ = ["families", "load_series", "types_of"]

FED_SHARE = 0.25
"""Of a unit's events of the last half year: where sources that told so many of them fail, its week is not judged."""
MOST_NEIGHBOURS = 40
"""Units with most events that tell how unlike each other units of a kind are."""


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


def load_series(engine: duckdb.DuckDBPyConnection, unit: Unit, family: str) -> Series:
    """The counts of a unit, in the first row, and of the units of its kind with most events.

    Raises:
        PanelError: nothing is stored, or nothing of this unit.

    """
    weeks = weeks_told(engine)
    if weeks is None:
        raise PanelError("nothing is stored that happened. Read pages with siaga read --save, or siaga import a file")
    own = one_weekly(engine, unit, ())
    if not own:
        raise PanelError(f"nothing is stored of {unit.name}. See who is: siaga events --by pair")
    first, length = weeks[0], weeks[1] - weeks[0] + 1
    told = one_weekly(engine, unit, types_of(family))
    others, counts = _neighbours(engine, unit, family, (first, length))
    known = bool(told) and all(row[3] for row in told)
    return Series(
        units=(unit.name, *others),
        counts=np.vstack([_row(told, 1, first, length), counts]),
        exposure=np.vstack([_row(own, 1, first, length), np.zeros_like(counts)]) if family != "all" else None,
        sources=np.vstack([_row(told, 2, first, length), counts]) if known else None,
        first=first,
        failed=_failed(engine, unit, first, len(others) + 1, length),
    )


def _failed(engine: duckdb.DuckDBPyConnection, unit: Unit, first: int, rows: int, length: int) -> Flags | None:
    """The weeks in which sources that feed the unit failed; of its neighbours that is not asked."""
    weeks = [week - first for week in failed_weeks(engine, unit, FED_SHARE) if 0 <= week - first < length]
    if not weeks:
        return None
    failed = np.zeros((rows, length), dtype=bool)
    failed[0, weeks] = True
    return failed


def _row(told: tuple[tuple[int, float, float, bool], ...], column: int, first: int, length: int) -> Floats:
    row = np.zeros(length)
    for one in told:
        row[one[0] - first] = one[column]
    return row


def _neighbours(
    engine: duckdb.DuckDBPyConnection, unit: Unit, family: str, span: tuple[int, int]
) -> tuple[tuple[str, ...], Floats]:
    names, weeks, numbers = all_weekly(engine, unit.kind, types_of(family))
    first, length = span
    listed, places = np.unique(np.asarray(names, dtype=str), return_inverse=True)
    totals = np.bincount(places, numbers, len(listed))
    most = [place for place in np.argsort(-totals, kind="stable")[: MOST_NEIGHBOURS + 1] if listed[place] != unit.name]
    counts = np.zeros((len(listed), length))
    np.add.at(counts, (places, np.asarray(weeks) - first), numbers)
    chosen = most[:MOST_NEIGHBOURS]
    return tuple(str(listed[place]) for place in chosen), counts[chosen]
