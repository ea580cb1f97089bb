"""What the text says besides what happened, as columns beside the counts: offered to the pooled logistic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from siaga.base.warning import Act
from siaga.monitor.panel import Panel
from siaga.monitor.rule import WarningRule, is_easing, signal_of
from siaga.monitor.steps import number_of

__all__ = ["FEATURES", "feature_panel"]

FEATURES = ("feared", "posture", "threat", "coercion", "planned", "considered", "denied", "easing", "verbal")
"""Names of the columns: acts a week."""
WEEK_DAYS = 7
VERBAL = frozenset({"ACCUSE", "REJECT", "REQUEST"})


def feature_panel(
    units: Sequence[str], acts: Mapping[str, tuple[Act, ...]], span: tuple[date, int], rule: WarningRule
) -> Panel:
    """Acts of force by unit and week, with what else the text says as columns.

    Args:
        units: its rows.
        acts: of each.
        span: the last day, and weeks.
        rule: what warns.

    """
    as_of, length = span
    names = (rule.question.kind, *FEATURES)
    layers = np.zeros((len(names), len(units), length))
    for row, unit in enumerate(units):
        for act in acts.get(unit, ()):
            week = length - 1 - (as_of.toordinal() - act.told) // WEEK_DAYS
            if 0 <= week < length:
                layers[[names.index(name) for name in _names(act, rule) if name in names], row, week] += act.number
    first = number_of(date.fromordinal(as_of.toordinal() - WEEK_DAYS * length + 1), "week")
    return Panel(tuple(units), first, "week", layers[0], tuple(layers[1:]), FEATURES)


def _names(act: Act, rule: WarningRule) -> Iterable[str]:
    """The columns that an act counts in."""
    if (kind := signal_of(act.type, act.status, rule)) is not None:
        yield kind
    if act.status != "happened":
        yield act.status
    elif act.type in VERBAL:
        yield "verbal"
    if is_easing(act.type, act.status, rule):
        yield "easing"
