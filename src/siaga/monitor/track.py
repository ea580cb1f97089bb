"""What became of past warnings of one series: the rule replayed week by week, on what was known then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby, pairwise
from typing import Literal

import numpy as np

from siaga.base.record import Record
from siaga.base.warning import LEVELS, Act, AlarmRecord, Level, UnitKind
from siaga.monitor.alarm import LEARNING_WEEKS
from siaga.monitor.panel import Flags, Places
from siaga.monitor.rule import WarningRule, met, signal_of, signals_on
from siaga.monitor.walk import WEEK

__all__ = ["AlarmOutcome", "PastAlarm", "alarm_record", "past_alarms"]

AlarmOutcome = Literal["followed", "not_followed", "pending"]


class PastAlarm(Record):
    """A run of weeks above normal, each judged by what was known at its end."""

    first: str
    """Last days of its first and of its last week."""
    last: str
    highest: Level
    outcome: AlarmOutcome
    """Whether an act of force followed its first week within the horizon; `pending`: it may still."""


def alarm_record(acts: Sequence[Act], episode: Flags, asked: tuple[UnitKind, int], rule: WarningRule) -> AlarmRecord:
    """How often the series was warned of, and how often an act of force followed.

    Args:
        acts: of the unit.
        episode: for each day, whether an episode was open by what was known then.
        asked: kind of the unit, and number of the last day; weeks are counted back from it.
        rule: the rule that warns.

    """
    length, horizon = len(episode) // WEEK, rule.question.horizon_weeks
    warned = np.array([level is not None for level in _levels(acts, episode, asked, rule)], dtype=bool)
    force = _weeks_of_force(acts, asked[1], length, rule)
    began = [int(one) for one in np.flatnonzero(warned & ~np.append(False, warned[:-1]))]
    onsets = [one for one in _onsets(force, rule) if one >= LEARNING_WEEKS]
    settled = [one for one in began if one + horizon < length or _follows(force, one, horizon)]
    return AlarmRecord(
        weeks=max(0, length - LEARNING_WEEKS),
        alarms=len(settled),
        pending=len(began) - len(settled),
        followed=sum(_follows(force, one, horizon) for one in settled),
        onsets=len(onsets),
        onsets_warned=sum(bool(warned[max(0, one - horizon) : one].any()) for one in onsets),
    )


def past_alarms(
    acts: Sequence[Act], episode: Flags, asked: tuple[UnitKind, int], rule: WarningRule
) -> tuple[PastAlarm, ...]:
    """Each run of weeks above normal, as `alarm_record` counts them, the first first."""
    levels, horizon = _levels(acts, episode, asked, rule), rule.question.horizon_weeks
    force, length = _weeks_of_force(acts, asked[1], len(levels), rule), len(levels)
    found, week = [], 0
    for warned, run in groupby(levels, key=lambda level: level is not None):
        weeks = tuple(run)
        if warned:
            followed = _follows(force, week, horizon)
            outcome: AlarmOutcome = "followed" if followed else "not_followed" if week + horizon < length else "pending"
            days = [asked[1] - WEEK * (length - 1 - one) for one in (week, week + len(weeks) - 1)]
            found.append(
                PastAlarm(
                    first=date.fromordinal(days[0]).isoformat(), last=date.fromordinal(days[1]).isoformat(),
                    highest=max((one for one in weeks if one), key=LEVELS.index), outcome=outcome,
                )
            )  # fmt: skip
        week += len(weeks)
    return tuple(found)


def _levels(acts: Sequence[Act], episode: Flags, asked: tuple[UnitKind, int], rule: WarningRule) -> list[Level | None]:
    """By week what was warned of; null for normal, and while it is learnt what is usual."""
    (kind, as_of), length = asked, len(episode) // WEEK
    found: list[Level | None] = [None] * length
    for week in range(LEARNING_WEEKS, length):
        age = WEEK * (length - 1 - week)
        signals = signals_on(acts, as_of - age, rule, episode=bool(episode[len(episode) - 1 - age]))
        condition = met(signals, kind, rule)
        found[week] = condition.level if condition else None
    return found


def _weeks_of_force(acts: Sequence[Act], as_of: int, length: int, rule: WarningRule) -> Places:
    """Weeks in which an act of force became known, in order."""
    weeks = {
        length - 1 - (as_of - act.told) // WEEK
        for act in acts
        if act.told <= as_of and signal_of(act.type, act.status, rule) == rule.question.kind
    }
    return np.array(sorted(week for week in weeks if week >= 0), dtype=np.int64)


def _onsets(force: Places, rule: WarningRule) -> list[int]:
    """Weeks of force before which there was none for the quiet weeks."""
    if not len(force):
        return []
    later = [int(now) for before, now in pairwise(force) if now - before > rule.question.quiet_weeks]
    return [int(force[0]), *later]


def _follows(force: Places, week: int, horizon: int) -> bool:
    return bool(((force > week) & (force <= week + horizon)).any())
