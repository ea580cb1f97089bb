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
from siaga.base.warning import Card, UnitKind
from siaga.monitor.weeks import Reliability
from siaga.serve.web.kept import State, state_of
from siaga.serve.web.reckoning import Reckoned, UnitFound, reckon, reckon_aside
from siaga.store.database import reading_from
from siaga.store.health import last_event
from siaga.store.workspace import Workspace

__all__ = ["Outlook", "Outlooks"]

LOG = logging.getLogger("siaga.serve")
MOST_DAYS = 4
"""Outlooks that are held at a time."""
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
        self._newest: date | None = None
        self._renewing = False

    def on(self, day: date, *, newest: bool) -> Outlook:
        """The outlook of a day. One that was reckoned before will do: a later one is for those who come after.

        Args:
            day: the day.
            newest: it is that of the newest article: an earlier one will do, too.

        Raises:
            StoreError: what is stored can't be read.

        """
        if (found := self._at_hand(day, newest=newest)) is not None:
            self._renew(found, day, newest=newest)
            return found
        with self._reckoning:
            return self._at_hand(day, newest=newest) or self._made(day, newest=newest)

    def _at_hand(self, day: date, *, newest: bool) -> Outlook | None:
        with self._lock:
            asked = self._newest if newest and self._newest else day
            if asked in self._found:
                self._found.move_to_end(asked)
            return self._found.get(asked)

    def _renew(self, found: Outlook, day: date, *, newest: bool) -> None:
        """Begin a later one aside, where the store has changed and the last one is not too young."""
        with self._lock:
            young = time.monotonic() < found.made + IDLE_SHARE * found.took
            same = found.day == day and found.state == state_of(self.workspace)
            if self._renewing or young or same:
                return
            self._renewing = True
        Thread(target=self._made_aside, args=(day,), kwargs={"newest": newest}, daemon=True).start()

    def _made_aside(self, day: date, *, newest: bool) -> None:
        try:
            with self._reckoning:
                self._made(day, newest=newest)
        except StoreError as error:
            LOG.warning("what is to be expected was not reckoned anew: %s", error)
        finally:
            self._renewing = False

    def _made(self, day: date, *, newest: bool) -> Outlook:
        began, state = time.monotonic(), state_of(self.workspace)
        reckoned = self._how()(self.workspace, day)
        made = Outlook(
            day=day, state=state, made=time.monotonic(), took=time.monotonic() - began, reckoned=reckoned,
            units={(kind, unit): record for kind, unit, record in reckoned.found},
        )  # fmt: skip
        with self._lock:
            self._newest = day if newest else self._newest
            self._found[day] = made
            self._found.move_to_end(day)
            while len(self._found) > MOST_DAYS:
                del self._found[next(one for one in self._found if one != self._newest)]
        return made

    def _how(self) -> Callable[[Workspace, date], Reckoned]:
        with reading_from(self.workspace) as connection:
            return reckon if last_event(connection) < LITTLE else reckon_aside
