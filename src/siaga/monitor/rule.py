"""The stated rule of `assets/warning/rule.toml`: which acts warn, what is unusual, and which level follows."""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from siaga.base.event import EventType, Status
from siaga.base.expected import convert
from siaga.base.pack import asset
from siaga.base.record import Record
from siaga.base.warning import LEVELS, Act, Change, Condition, Level, SignalKind, Signals, UnitKind

__all__ = [
    "Question",
    "WarningRule",
    "changes",
    "counts",
    "is_easing",
    "is_met",
    "met",
    "signal_of",
    "signals_on",
    "warning_rule",
]

FORCE: SignalKind = "force"
WEEK = 7
EPISODE_ACTS = 3
"""As many as an episode needs at the least."""
LOOKED_AHEAD = 120
"""Days within which a level falls by itself."""


class Counting(Record):
    """Section `[counting]`."""

    least_confidence: float
    sure_confidence: float
    same_act_days: int
    told_again_days: int
    recent_days: int


class Unusual(Record):
    """Section `[unusual]`."""

    chance: float
    least_acts: float
    quiet_weeks: int


class SignalRow(Record):
    """Acts that warn: a type with statuses."""

    kind: SignalKind
    type: EventType
    statuses: tuple[Status, ...]
    sure: bool = False
    """Only mentions of which the reader is sure count."""


class Easing(Record):
    """Acts that may say that it is easing."""

    types: tuple[EventType, ...]
    statuses: tuple[Status, ...]


class Question(Record):
    """Section `[question]`."""

    kind: SignalKind
    horizon_weeks: int
    quiet_weeks: int


class WarningRule(Record):
    """The file as a whole."""

    version: int
    counting: Counting
    unusual: Unusual
    signal: tuple[SignalRow, ...]
    easing: tuple[Easing, ...]
    condition: tuple[Condition, ...]
    question: Question

    @property
    def confidence(self) -> tuple[float, float]:
        """Of the reader, in an event that counts, and in one that is sure."""
        return self.counting.least_confidence, self.counting.sure_confidence


@cache
def warning_rule() -> WarningRule:
    """The rule that comes with Siaga.

    Raises:
        PackError: the file says something that can't be right.

    """
    table = tomllib.loads(asset("warning", "rule.toml").read_text("utf-8"))
    return convert(table, WarningRule, "warning/rule.toml")


def signal_of(type_: EventType, status: Status, rule: WarningRule) -> SignalKind | None:
    """The kind of signal that an act is; null where it does not warn."""
    return _kinds(rule).get((type_, status))


def counts(type_: EventType, status: Status, rule: WarningRule, *, sure: bool) -> bool:
    """Whether a mention of an act counts, by how sure the reader is of it."""
    return sure or not any(one.sure and one.type == type_ and status in one.statuses for one in rule.signal)


def is_easing(type_: EventType, status: Status, rule: WarningRule) -> bool:
    """Whether an act may say that it is easing."""
    return any(type_ in one.types and status in one.statuses for one in rule.easing)


def signals_on(acts: Sequence[Act], day: int, rule: WarningRule, *, episode: bool) -> Signals:
    """What the level of a day is judged by.

    Imported events are counts that nobody can read: they count only while an episode is open.

    Args:
        acts: of the unit, in the order in which they became known; what did so after the day is not looked at.
        day: its number.
        rule: which acts warn, and for how long.
        episode: whether one is open.

    """
    recent = tuple(_recent(acts, day, rule, imported=episode))
    return Signals(
        episode=episode,
        acts=sum(act.number for _, act in recent),
        kinds=tuple(sorted({kind for kind, _ in recent})),
        force=sum(act.number for kind, act in recent if kind == FORCE),
    )


def met(signals: Signals, kind: UnitKind, rule: WarningRule) -> Condition | None:
    """The gravest condition that is met; null: normal."""
    found = [one for one in rule.condition if is_met(one, signals, kind)]
    return max(found, key=lambda one: LEVELS.index(one.level), default=None)


def is_met(condition: Condition, signals: Signals, kind: UnitKind) -> bool:
    """Whether all parts of a condition are met."""
    return (
        kind in condition.units
        and (signals.episode or not condition.episode)
        and signals.acts >= condition.acts
        and len(signals.kinds) >= condition.kinds
        and signals.force >= condition.force
    )


def changes(
    acts: tuple[Act, ...], signals: Signals, kind: UnitKind, days: tuple[int, int | None], rule: WarningRule
) -> tuple[Change, ...]:
    """What would change the judgement: what is lacking for each higher level, and when it falls by itself.

    Args:
        acts: of the unit.
        signals: of the day.
        kind: of the unit.
        days: the day, and the last that will be unusual if nothing more is told, where an episode is open.
        rule: the rule.

    """
    now = _place(met(signals, kind, rule))
    raised = (_lacking(LEVELS[place], signals, kind, rule) for place in range(now + 1, len(LEVELS)))
    fall = _fall(acts, kind, days, rule) if now else None
    return (*(one for one in raised if one is not None), *([fall] if fall else ()))


def _lacking(level: Level, signals: Signals, kind: UnitKind, rule: WarningRule) -> Change | None:
    """The least that is lacking for a level."""
    ways = [one for one in rule.condition if one.level == level and kind in one.units]
    found = [
        Change(
            level=level,
            condition=one,
            lacking_acts=max(0, one.acts - signals.acts),
            lacking_kinds=max(0, one.kinds - len(signals.kinds)),
            lacking_force=max(0, one.force - signals.force),
            lacking_episode=one.episode and not signals.episode,
        )
        for one in ways
    ]
    return min(found, key=_distance, default=None)


def _distance(change: Change) -> int:
    """Acts of which a condition falls short; an episode takes several."""
    return max(change.lacking_acts, change.lacking_force, change.lacking_kinds) + EPISODE_ACTS * change.lacking_episode


def _fall(acts: tuple[Act, ...], kind: UnitKind, days: tuple[int, int | None], rule: WarningRule) -> Change | None:
    """The day from which the level is lower if nothing more is told."""
    day, unusual = days
    until = unusual + WEEK * rule.unusual.quiet_weeks - 1 if unusual else 0
    now = _place(met(signals_on(acts, day, rule, episode=until >= day), kind, rule))
    for later in range(day + 1, day + LOOKED_AHEAD):
        then = _place(met(signals_on(acts, later, rule, episode=later <= until), kind, rule))
        if then < now:
            return Change(level=LEVELS[then], condition=None, day=date.fromordinal(later).isoformat())
    return None


def _place(condition: Condition | None) -> int:
    return LEVELS.index(condition.level) if condition else 0


def _became_known(act: Act) -> int:
    return act.told


def _recent(acts: Sequence[Act], day: int, rule: WarningRule, *, imported: bool) -> Iterator[tuple[SignalKind, Act]]:
    """The acts that warn, of the recent days, each with its kind."""
    recent = rule.counting.recent_days
    begin = bisect_right(acts, day - recent, key=_became_known)  # no act is of a day after the one on which it is told
    end = bisect_right(acts, day, begin, key=_became_known)
    for act in acts[begin:end]:
        if day < act.day + recent and (imported or not act.imported):
            kind = signal_of(act.type, act.status, rule)
            if kind is not None:
                yield kind, act


@cache
def _kinds(rule: WarningRule) -> Mapping[tuple[EventType, Status], SignalKind]:
    return {(row.type, status): row.kind for row in rule.signal for status in row.statuses}
