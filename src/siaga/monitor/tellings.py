"""What our articles tell, by outlet and week: a series counts what was told by sources that were there in both windows.

A feed that dies takes its stories out of the weeks before, too, so that its silence doesn't look like peace; a feed
that is added counts once it was there for half a year, so that it doesn't look like a surge. What counts is the story,
in the week in which it was first told: a copy adds nothing to it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from siaga.monitor.panel import Flags, Floats, Places

__all__ = [
    "GRACE_WEEKS",
    "IRREGULAR",
    "SETTLED_WEEKS",
    "Tellings",
    "chosen",
    "counted",
    "feeding",
    "heard",
    "standing",
    "uneven",
    "voices",
]

SETTLED_WEEKS = 26
"""For which a source must have been there before it counts; as long as a series learns what is usual."""
GRACE_WEEKS = 4
"""After its last article a source counts as there; it may only have nothing to say."""
IRREGULAR = 0
"""Row of all outlets together that publish too little to be missed: those are always there."""
UNEVEN_SHARE = 0.1
"""Of what is told of a unit by the sources that count: a week in which so much of them was not there is left out of
what is usual. A jump of a tenth is within the spread of a week."""

HEARD_SHARE = 0.25
"""Of what is told of a unit, by the sources that count: below it, nothing is said of what is usual."""


@dataclass(frozen=True, slots=True)
class Tellings:
    """Rows in order of unit, story and week; every place is one of the series or of `alive`."""

    unit: Places
    story: Places
    outlet: Places
    voice: Places
    week: Places
    asked: Flags
    """Whether it is of the family that the series counts; all rows together are the coverage of the unit."""
    alive: Flags
    """Outlets by weeks: it publishes, and no day is known on which it failed."""


def chosen(told: Tellings, rows: Flags) -> Tellings:
    """Some of what is told."""
    return replace(
        told, unit=told.unit[rows], story=told.story[rows], outlet=told.outlet[rows], voice=told.voice[rows],
        week=told.week[rows], asked=told.asked[rows],
    )  # fmt: skip


def standing(told: Tellings, week: int) -> Flags:
    """The outlets that are there in a week and were there half a year before it."""
    return told.alive[:, week] & told.alive[:, max(0, week - SETTLED_WEEKS)]


def counted(told: Tellings, rows: int, outlets: Flags, *, asked: bool) -> Floats:
    """Stories by unit and the week in which one of these outlets first told them.

    Args:
        told: what is told.
        rows: units.
        outlets: those that count.
        asked: only those of the family, or all.

    """
    chosen = np.flatnonzero(outlets[told.outlet] & (told.asked | (not asked)))
    unit, story, week = told.unit[chosen], told.story[chosen], told.week[chosen]
    first = np.ones(len(chosen), dtype=bool)
    first[1:] = (unit[1:] != unit[:-1]) | (story[1:] != story[:-1])
    found = np.zeros((rows, told.alive.shape[1]))
    np.add.at(found, (unit[first], week[first]), 1)
    return found


def voices(told: Tellings, rows: int) -> Floats:
    """How many outlets tell of the family in words of their own, by unit and week."""
    heard = np.unique(np.stack([told.unit, told.week, told.voice])[:, told.asked], axis=1)
    found = np.zeros((rows, told.alive.shape[1]))
    np.add.at(found, (heard[0], heard[1]), 1)
    return found


def feeding(told: Tellings, rows: int, week: int) -> Floats:
    """How much each outlet told of each unit in the half year before a week, units by outlets."""
    lately = (told.week < week) & (told.week >= week - SETTLED_WEEKS)
    found = np.zeros((rows, len(told.alive)))
    np.add.at(found, (told.unit[lately], told.outlet[lately]), 1)
    return found


def heard(told: Tellings, rows: int, week: int) -> Flags:
    """Units of which the outlets that count told enough of late, or nobody told anything."""
    fed = feeding(told, rows, week)
    heard_of: Flags = (fed @ standing(told, week).astype(np.float64)) >= HEARD_SHARE * fed.sum(axis=1)
    return heard_of


def uneven(told: Tellings, rows: int, week: int) -> Flags:
    """Weeks of each unit in which too much of what tells of it in this week was not there."""
    stands = standing(told, week)
    fed = feeding(told, rows, week) * stands
    missing = fed @ (~told.alive).astype(np.float64)
    share: Floats = missing / np.maximum(fed.sum(axis=1, keepdims=True), 1)
    return share >= UNEVEN_SHARE
