"""The warnings of a workspace on a day: opened, judged, and the gravest carried out as cards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from siaga.base.event import EventType
from siaga.base.record import Record
from siaga.base.warning import LEVELS, Card, ClaimAbout, Level, UnitKind
from siaga.monitor.rule import WarningRule, warning_rule
from siaga.monitor.warning import Scene, card, judged, scene
from siaga.store.database import reading_from
from siaga.store.known import Known, knowing
from siaga.store.workspace import Workspace

__all__ = ["KINDS", "ClaimsAbout", "Wanted", "Warned", "grave_order", "gravest", "no_claims", "warned", "warned_among"]

ClaimsAbout = Callable[[UnitKind, str], tuple[ClaimAbout, ...]]
"""What the ledger has about a unit by the day."""
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


def no_claims(_kind: UnitKind, _unit: str) -> tuple[ClaimAbout, ...]:
    """Where there is no ledger."""
    return ()


def warned(workspace: Workspace, as_of: date, wanted: Wanted, claims_about: ClaimsAbout = no_claims) -> Warned:
    """The warnings of a workspace on a day, by what was known then.

    Args:
        workspace: to read from.
        as_of: the day.
        wanted: which of them.
        claims_about: what is claimed about each, as it was known on the day.

    Raises:
        StoreError: it can't be read.

    """
    rule = warning_rule()
    with (
        reading_from(workspace) as connection,
        knowing(workspace, connection, as_of, rule.confidence) as known,
    ):
        return warned_among(tuple(_scenes(known, wanted, rule)), wanted, claims_about)


def warned_among(scenes: Sequence[Scene], wanted: Wanted, claims_about: ClaimsAbout = no_claims) -> Warned:
    """The warnings of a day whose units are at hand.

    Args:
        scenes: the units of each kind.
        wanted: which of them.
        claims_about: what is claimed about each, as it was known on the day.

    """
    chosen = gravest(scenes, wanted)
    cards = tuple(
        card(of, unit, claims_about(of.kind, unit)) for of, unit in chosen[: max(wanted.most, _named(wanted))]
    )
    return Warned(
        cards=cards,
        units=sum(len(of.units) for of in scenes),
        more=len(chosen) - len(cards),
        silent=any(of.silent for of in scenes),
    )


def gravest(scenes: Sequence[Scene], wanted: Wanted) -> list[tuple[Scene, str]]:
    """The units whose warnings are wanted, each with those it is judged among, the gravest first."""
    return sorted(((of, unit) for of in scenes for unit in _chosen(of, wanted)), key=grave_order)


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


def grave_order(one: tuple[Scene, str]) -> tuple[int, int, int, bool, str]:
    """By which units come: the gravest first, then those with most force, then with most acts that warn."""
    of, unit = one
    signals, because = judged(of, unit)
    grave = -LEVELS.index(because.level) if because else 0
    return grave, -signals.force, -signals.acts, of.kind == "country", unit
