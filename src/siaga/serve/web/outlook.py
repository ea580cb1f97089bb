"""What is to be expected by what was known at the end of a day: reckoned once, asked by many pages.

Reckoning takes seconds where much is stored. So it is done aside: while the store grows, pages are answered by what was
reckoned last, and say when that was.
"""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from threading import RLock, Thread

from siaga.base.errors import StoreError
from siaga.base.warning import Card, UnitKind
from siaga.monitor.actor import ActorFacts, actor_facts
from siaga.monitor.rule import warning_rule
from siaga.monitor.track import PastAlarm
from siaga.monitor.warning import Scene, SeriesName, alarms_of, card, scene
from siaga.monitor.weeks import MOST_WEEKS, Reliability, WeekSeen, reliability_of, weeks_seen
from siaga.serve.claimed import claims_by
from siaga.serve.warned import KINDS, ClaimsAbout, Wanted, Warned, warned_among
from siaga.serve.web.kept import State, state_of
from siaga.store.database import now, reading_from
from siaga.store.health import failed_days
from siaga.store.known import Known, knowing
from siaga.store.workspace import Workspace

__all__ = ["MOST_CARDS", "Outlook", "Outlooks"]

LOG = logging.getLogger("siaga.serve")
MOST_CARDS = 40
"""Warnings that are reckoned with a day; of other units when they are asked for."""
MOST_DAYS = 3
"""Outlooks that are held at a time."""
IDLE_SHARE = 4
"""Times as long as the last reckoning took, for which nothing is reckoned anew: pages come first."""


@dataclass(slots=True)
class Outlook:
    """One day of one state of the store. One thread asks it at a time."""

    as_of: date
    state: State
    reckoned: str
    """When, RFC 3339 in UTC."""
    made: float
    """The same by the clock that only goes forward, in seconds."""
    took: float
    """Seconds."""
    known: Known
    scenes: Mapping[UnitKind, Scene]
    claims_about: ClaimsAbout
    warned: Warned
    held: ExitStack
    lock: RLock = field(default_factory=RLock)
    cards: dict[tuple[UnitKind, str], Card] = field(default_factory=dict)
    actors: dict[tuple[str, tuple[int, int]], ActorFacts] = field(default_factory=dict)
    users: int = 0
    retired: bool = False

    def card(self, kind: UnitKind, unit: str) -> Card | None:
        """The warning of a unit; null for one of which nothing was told lately, nor much before."""
        of = self.scenes[kind]
        if unit not in of.acts or unit not in of.units:
            return None
        with self.lock:
            if (kind, unit) not in self.cards:
                self.cards[kind, unit] = card(of, unit, self.claims_about(kind, unit))
            return self.cards[kind, unit]

    def weeks(self, kind: UnitKind, name: SeriesName, unit: str) -> tuple[WeekSeen, ...]:
        """The weeks of a series of a unit that has a warning."""
        since = (self.as_of - timedelta(weeks=MOST_WEEKS)).isoformat()
        with self.lock:
            told = self.known.coverage(kind, unit)
            failed = failed_days(self.known.connection, since, self.as_of.isoformat())
        return weeks_seen(self.scenes[kind], name, unit, (told, failed))

    def alarms(self, kind: UnitKind, unit: str) -> tuple[PastAlarm, ...]:
        """The past warnings of a unit that has a warning, the first first."""
        return alarms_of(self.scenes[kind], unit)

    def facts(self, code: str, shown: tuple[int, int]) -> ActorFacts:
        """The facts of a country or body.

        Args:
            code: of it.
            shown: days to look back on; partners and sentences at the most.

        """
        with self.lock:
            if (code, shown) not in self.actors:
                self.actors[code, shown] = actor_facts(self.known, code, warning_rule(), shown)
            return self.actors[code, shown]

    def reliability(self, kind: UnitKind) -> Reliability:
        """What came of past forecasts of a kind."""
        return reliability_of(self.scenes[kind])


class Outlooks:
    """The outlooks of a workspace by their days."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._lock = RLock()
        self._reckoning = RLock()
        self._found: OrderedDict[date, Outlook] = OrderedDict()
        self._newest: date | None = None
        self._renewing = False

    @contextmanager
    def on(self, as_of: date, *, newest: bool) -> Iterator[Outlook]:
        """The outlook of a day, held open meanwhile.

        One that was reckoned before will do: a later one is made aside, for those who come after.

        Args:
            as_of: the day.
            newest: it is that of the newest article: an earlier one will do, too.

        Raises:
            StoreError: what is stored can't be read.

        """
        outlook = self._take(as_of, newest=newest)
        try:
            yield outlook
        finally:
            self._give(outlook)

    def _take(self, as_of: date, *, newest: bool) -> Outlook:
        if (found := self._at_hand(as_of, newest=newest)) is not None:
            self._renew(found, as_of, newest=newest)
            return found
        with self._reckoning:
            if (found := self._at_hand(as_of, newest=newest)) is None:
                self._keep(_reckoned(self.workspace, as_of), newest=newest)
                found = self._at_hand(as_of, newest=newest)
            assert found is not None  # noqa: S101 - it was kept, and nobody else keeps any meanwhile
            return found

    def _at_hand(self, as_of: date, *, newest: bool) -> Outlook | None:
        with self._lock:
            day = self._newest if newest and self._newest else as_of
            found = self._found.get(day)
            if found is not None:
                self._found.move_to_end(day)
                found.users += 1
            return found

    def _give(self, outlook: Outlook) -> None:
        with self._lock:
            outlook.users -= 1
            self._close_unused(outlook)

    def _renew(self, found: Outlook, as_of: date, *, newest: bool) -> None:
        """Begin a later one aside, where the store has changed and the last one is not too young."""
        with self._lock:
            if self._renewing or time.monotonic() < found.made + IDLE_SHARE * found.took:
                return
            if found.state == state_of(self.workspace) and found.as_of == as_of:
                return
            self._renewing = True
        Thread(target=self._made_aside, args=(as_of, newest), daemon=True).start()

    def _made_aside(self, as_of: date, newest: bool) -> None:  # noqa: FBT001 - threads take arguments by place
        try:
            with self._reckoning:
                self._keep(_reckoned(self.workspace, as_of), newest=newest)
        except StoreError as error:
            LOG.warning("what is to be expected was not reckoned anew: %s", error)
        finally:
            self._renewing = False

    def _keep(self, made: Outlook, *, newest: bool) -> None:
        with self._lock:
            gone = [self._found.pop(made.as_of)] if made.as_of in self._found else []
            if newest:
                self._newest = made.as_of
            self._found[made.as_of] = made
            while len(self._found) > MOST_DAYS:
                day = next(day for day in self._found if day != self._newest)
                gone.append(self._found.pop(day))
            for one in gone:
                one.retired = True
                self._close_unused(one)

    def _close_unused(self, outlook: Outlook) -> None:
        if outlook.retired and outlook.users == 0:
            outlook.held.close()


def _reckoned(workspace: Workspace, as_of: date) -> Outlook:
    began, state, rule = time.monotonic(), state_of(workspace), warning_rule()
    with ExitStack() as holding:
        connection = holding.enter_context(reading_from(workspace))
        known = holding.enter_context(knowing(workspace, connection, as_of, rule.confidence))
        scenes = {kind: scene(known, kind, (), rule) for kind in KINDS}
        claims_about = claims_by(workspace, as_of.isoformat())
        found = warned_among(tuple(scenes.values()), Wanted(most=MOST_CARDS), claims_about)
        return Outlook(
            as_of=as_of, state=state, reckoned=now(), made=time.monotonic(), took=time.monotonic() - began, known=known,
            scenes=scenes, claims_about=claims_about, warned=found, held=holding.pop_all(),
            cards={(one.unit_kind, one.unit): one for one in found.cards},
        )  # fmt: skip
