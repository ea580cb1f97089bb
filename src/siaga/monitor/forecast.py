"""What is to be expected of each unit from the last step of a panel on, beside its base rate."""

from __future__ import annotations

import numpy as np

from siaga.base.errors import PanelError
from siaga.base.record import Record
from siaga.monitor.backtest import BASELINES, SEED, expected
from siaga.monitor.baselines import Case
from siaga.monitor.candidates import drawn_ewma, first_scored
from siaga.monitor.panel import Panel
from siaga.monitor.question import Question, outcome

__all__ = ["Outlook", "forecast"]

INTERVAL = (0.05, 0.95)
"""Of the next count."""


class Outlook(Record):
    """What is to be expected of one unit."""

    unit: str
    origin: str
    """The last step that is known."""
    chance: float
    """That the threshold is reached in one of the next steps."""
    model: str
    base_rate: float
    """How often it came true for all units: `climatology`."""
    unit_rate: float
    """How often it did for this one."""
    last: float
    """The count of the last step: what persistence goes by."""
    at_risk: bool
    """It was quiet: reaching the threshold would be an onset."""
    low: float
    high: float
    """Between which the next count lies nine times in ten."""


def forecast(panel: Panel, question: Question) -> tuple[Outlook, ...]:
    """What is to be expected of each unit, the most threatened first.

    Raises:
        PanelError: there is too little to learn from.

    """
    if panel.length <= first_scored(panel) + question.horizon:
        raise PanelError(
            f"{panel.length} steps, from {panel.named(0)} to {panel.named(panel.length - 1)}; expected more than "
            f"{first_scored(panel) + question.horizon}: two years to learn from, and the horizon"
        )
    turned_out, last = outcome(panel, question), panel.length - 1
    case = Case(panel, turned_out, np.ones_like(turned_out.calm))
    model, chances = expected(panel, question)
    rates = [BASELINES[name](case)[:, last] for name in ("climatology", "unit_rate")]
    draws = drawn_ewma(panel, last, np.random.default_rng(SEED))
    lows, highs = np.quantile(draws, INTERVAL, axis=1)
    found = (
        Outlook(
            unit=unit, origin=panel.named(last), chance=float(chances[row, last]), model=model,
            base_rate=float(rates[0][row]), unit_rate=float(rates[1][row]), last=float(panel.counts[row, last]),
            at_risk=bool(turned_out.calm[row, last]), low=float(lows[row]), high=float(highs[row]),
        )
        for row, unit in enumerate(panel.units)
    )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-one.chance, one.unit)))
