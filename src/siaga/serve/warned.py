"""The warnings of a workspace on a day: opened, judged, and the gravest carried out as cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from siaga.base.event import EventType
from siaga.base.record import Record
from siaga.base.warning import LEVELS, Card, Level, UnitKind
from siaga.monitor.rule import WarningRule, warning_rule
from siaga.monitor.stand import is_silent
from siaga.monitor.warning import Scene, card, judged, scene
from siaga.store.database import reading_from
from siaga.store.known import Known, knowing
from siaga.store.workspace import Workspace

__all__ = ["Wanted", "Warned", "warned"]

KINDS: tuple[UnitKind, ...] = ("pair", "country")


class Wanted(Record):
    """Which warnings are asked for; without names all that reach the level."""

    pairs: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    types: tuple[EventType, ...] = ()
    """Of acts, one of which must have been told lately of a unit that is not named; none is no condition."""
    level: Level = "waspada"
    most: int = 20

    def of(self, kind: UnitKind) -> tuple[str, ...]:
        """The names of a kind."""
        return self.pairs if kind == "pair" else self.countries

    @property
    def named(self) -> bool:
        """Whether any is asked for by name."""
        return bool(self.pairs or self.countries)


class Warned(Record):
    """The warnings, the gravest first, and how many units were judged."""

    cards: tuple[Card, ...]
    units: int
    more: int
    """That reach the level and are left out."""
    silent: bool
    """Nothing comes in any more: that nothing is told is no sign of peace."""


def warned(workspace: Workspace, as_of: date, wanted: Wanted) -> Warned:
    """The warnings of a workspace on a day, by what was known then.

    Raises:
        StoreError: it can't be read.

    """
    rule = warning_rule()
    with (
        reading_from(workspace) as connection,
        knowing(workspace, connection, as_of, rule.confidence) as known,
    ):
        scenes = tuple(_scenes(known, wanted, rule))
        chosen = sorted(((of, unit) for of in scenes for unit in _chosen(of, wanted)), key=_gravest)
        cards = tuple(card(of, unit) for of, unit in chosen[: max(wanted.most, _named(wanted))])
    return Warned(
        cards=cards,
        units=sum(len(of.units) for of in scenes),
        more=len(chosen) - len(cards),
        silent=any(is_silent(of.seen) for of in scenes),
    )


def _scenes(known: Known, wanted: Wanted, rule: WarningRule) -> Iterator[Scene]:
    for kind in KINDS:
        if wanted.of(kind) or not wanted.named or wanted.types:
            yield scene(known, kind, wanted.of(kind), rule)


def _named(wanted: Wanted) -> int:
    return len(wanted.pairs) + len(wanted.countries)


def _chosen(of: Scene, wanted: Wanted) -> Sequence[str]:
    """The units that are named, then, where types are given or none is named, those that reach the level."""
    named = wanted.of(of.kind)
    if wanted.named and not wanted.types:
        return named
    return tuple(dict.fromkeys((*named, *(unit for unit in of.units if _reaches(of, unit, wanted)))))


def _reaches(of: Scene, unit: str, wanted: Wanted) -> bool:
    _, because = judged(of, unit)
    level = LEVELS.index(because.level) if because else 0
    return level >= LEVELS.index(wanted.level) and (not wanted.types or _tells(of, unit, wanted))


def _tells(of: Scene, unit: str, wanted: Wanted) -> bool:
    """Whether an act of one of the types was told of the unit in the recent days."""
    since = of.today - of.rule.counting.recent_days
    return any(act.type in wanted.types and act.told > since for act in of.acts.get(unit, ()))


def _gravest(one: tuple[Scene, str]) -> tuple[object, ...]:
    of, unit = one
    signals, because = judged(of, unit)
    grave = -LEVELS.index(because.level) if because else 0
    return grave, -signals.force, -signals.acts, of.kind == "country", unit
