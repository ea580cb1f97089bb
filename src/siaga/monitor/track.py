"""What became of past warnings of one series: the rule replayed week by week, on what was known then."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from siaga.base.warning import Act, AlarmRecord, UnitKind
from siaga.monitor.alarm import LEARNING_WEEKS
from siaga.monitor.panel import Flags, Places
from siaga.monitor.rule import WarningRule, met, signal_of, signals_on
from siaga.monitor.walk import WEEK

__all__ = ["alarm_record"]


def alarm_record(acts: Sequence[Act], episode: Flags, asked: tuple[UnitKind, int], rule: WarningRule) -> AlarmRecord:
    """How often the series was warned of, and how often an act of force followed.

    Args:
        acts: of the unit.
        episode: for each day, whether an episode was open by what was known then.
        asked: kind of the unit, and number of the last day; weeks are counted back from it.
        rule: the rule that warns.

    """
    kind, as_of = asked
    length, horizon = len(episode) // WEEK, rule.question.horizon_weeks
    ages = [WEEK * (length - 1 - week) for week in range(length)]
    levels = (
        met(signals_on(acts, as_of - age, rule, episode=bool(episode[len(episode) - 1 - age])), kind, rule)
        for age in ages
    )
    warned = np.array([level is not None for level in levels], dtype=bool)
    warned[:LEARNING_WEEKS] = False
    force = _weeks_of_force(acts, as_of, length, rule)
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
