"""What is to be expected by what was known at the end of a day: reckoned once, looked up by many pages.

Reckoning takes long where much is stored. So pages are answered by what was reckoned last, and say when that was, while
a later one is reckoned aside.
"""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import Lock, Thread

from siaga.base.errors import StoreError
from siaga.base.warning import Card, Level, UnitKind
from siaga.monitor.weeks import Reliability
from siaga.serve.web.kept import State, state_of
from siaga.serve.web.reckoning import Reckoned, Saved, UnitFound, keep, kept, reckon, reckon_aside
from siaga.store.database import reading_from
from siaga.store.health import last_event
from siaga.store.published import newest_day
from siaga.store.workspace import Workspace

__all__ = ["Outlook", "Outlooks"]

LOG = logging.getLogger("siaga.serve")
MOST_DAYS, MOST_UNDERWAY = 4, 2
"""Outlooks that are held, and that are waited for, at a time."""
IDLE_SHARE = 4
"""Times as long as the last reckoning took, for which nothing is reckoned anew: pages come first."""
LITTLE = 20_000
"""Events that are reckoned in less than the second or two that a process of its own takes to begin."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """One day of one state of the store."""

    day: date
    state: State
    made: float
    """When, in seconds of the clock that only goes forward."""
    took: float
    """Seconds."""
    reckoned: Reckoned
    units: Mapping[tuple[UnitKind, str], bytes] = field(repr=False)
    others: Mapping[tuple[UnitKind, str], Level | None] = field(repr=False)
    """Units that were judged, of which nothing is kept but the level whose condition they meet."""

    def of(self, kind: UnitKind, unit: str) -> UnitFound | None:
        """What was found of a unit; null for one that was not judged, since nothing was told of it lately."""
        record = self.units.get((kind, unit))
        return None if record is None else UnitFound.from_json(record)

    @property
    def cards(self) -> Iterator[Card]:
        """The warnings, the gravest first."""
        for kind, unit in self.reckoned.board:
            found = self.of(kind, unit)
            if found is not None:
                yield found.card

    def reliability(self, kind: UnitKind) -> Reliability | None:
        """What came of past forecasts of a kind."""
        return next((one for one in self.reckoned.reliability if one.unit_kind == kind), None)


class Outlooks:
    """The outlooks of a workspace by their days."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._lock = Lock()
        self._reckoning = Lock()
        self._found: OrderedDict[date, Outlook] = OrderedDict()
        self._underway: set[date] = set()
        self._newest: date | None = None

    def on(self, day: date, *, newest: bool) -> Outlook | None:
        """The outlook of a day. One that was reckoned before will do: a later one is for those who come after.

        Null while the first is reckoned, where that takes long.

        Args:
            day: the day.
            newest: it is that of the newest article: an earlier one will do, too.

        Raises:
            StoreError: what is stored can't be read.

        """
        found = self._at_hand(day, newest=newest)
        if found is not None:
            if self._is_due(found, day):
                self._begin(day, newest=newest)
            return found
        if self._is_much():
            self._begin(day, newest=newest)
            return None
        with self._reckoning:
            return self._at_hand(day, newest=newest) or self._made(day, reckon, newest=newest)

    def begin(self) -> None:
        """Begin to reckon the newest day, so that whoever comes first need not wait for all of it."""
        with reading_from(self.workspace) as connection:
            day = newest_day(connection)
        if day is not None and self._at_hand(day, newest=True) is None:
            self._begin(day, newest=True)

    def _at_hand(self, day: date, *, newest: bool) -> Outlook | None:
        with self._lock:
            asked = self._newest if newest and self._newest else day
            if asked in self._found:
                self._found.move_to_end(asked)
                return self._found[asked]
        return self._from_file(day, newest=newest) if newest else None

    def _is_due(self, found: Outlook, day: date) -> bool:
        """Whether the store has changed since, and the last reckoning is not too young."""
        young = time.monotonic() < found.made + IDLE_SHARE * found.took
        return not young and (found.day != day or found.state != state_of(self.workspace))

    def _begin(self, day: date, *, newest: bool) -> None:
        """Reckon aside, unless that is under way."""
        with self._lock:
            if day in self._underway or len(self._underway) >= MOST_UNDERWAY:
                return
            self._underway.add(day)
        Thread(target=self._made_aside, args=(day,), kwargs={"newest": newest}, daemon=True).start()

    def _made_aside(self, day: date, *, newest: bool) -> None:
        try:
            with self._reckoning:
                self._made(day, reckon_aside if self._is_much() else reckon, newest=newest)
        except StoreError as error:
            LOG.warning("what is to be expected was not reckoned: %s", error)
        finally:
            with self._lock:
                self._underway.discard(day)

    def _made(self, day: date, how: Callable[[Workspace, date], Reckoned], *, newest: bool) -> Outlook:
        began, state = time.monotonic(), state_of(self.workspace)
        reckoned = how(self.workspace, day)
        took = time.monotonic() - began
        if newest and how is reckon_aside:
            keep(self.workspace, Saved(state=state, took=took, reckoned=reckoned))
        return self._keep(_outlook(Saved(state=state, took=took, reckoned=reckoned)), newest=newest)

    def _from_file(self, day: date, *, newest: bool) -> Outlook | None:
        """The one that another process of ours reckoned last, where it is not of a later day."""
        saved = kept(self.workspace)
        if saved is None or date.fromisoformat(saved.reckoned.as_of) > day:
            return None
        return self._keep(_outlook(saved), newest=newest)

    def _keep(self, made: Outlook, *, newest: bool) -> Outlook:
        with self._lock:
            self._newest = made.day if newest else self._newest
            self._found[made.day] = made
            self._found.move_to_end(made.day)
            while len(self._found) > MOST_DAYS:
                del self._found[next(one for one in self._found if one != self._newest)]
        return made

    def _is_much(self) -> bool:
        with reading_from(self.workspace) as connection:
            return last_event(connection) >= LITTLE


def _outlook(saved: Saved) -> Outlook:
    reckoned = saved.reckoned
    return Outlook(
        day=date.fromisoformat(reckoned.as_of), state=saved.state, made=time.monotonic(), took=saved.took,
        reckoned=reckoned, units={(kind, unit): record for kind, unit, record in reckoned.found},
        others={(kind, unit): level for kind, unit, level in reckoned.others},
    )  # fmt: skip
