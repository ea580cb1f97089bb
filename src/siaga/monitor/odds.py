"""How likely an act of force is within the horizon: calibrated where the past is long enough, else not said."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import logit
from scipy.stats import beta

from siaga.base.warning import Odds
from siaga.monitor.backtest import expected
from siaga.monitor.candidates import first_scored
from siaga.monitor.lessons import SUREST
from siaga.monitor.panel import Flags, Floats, Panel
from siaga.monitor.question import Outcome, outcome
from siaga.monitor.question import Question as Asked
from siaga.monitor.rule import Question

__all__ = ["Outlooks", "odds_of", "outlooks"]

NEAR = 0.7
"""Log-odds between forecasts that are alike: half or twice the odds."""
ENOUGH = 50
"""Past forecasts like one before an interval is said: an interval of fewer would span most of what is possible."""
LEVEL = 0.9
PRIOR = 0.5
"""Jeffreys: of what came true and what did not."""


@dataclass(frozen=True, slots=True)
class Outlooks:
    """The forecasts of all units of a kind, and how they turn out as far as that is known."""

    panel: Panel
    turned_out: Outcome
    chances: Floats | None
    """Units by weeks; null where the past is too short."""
    model: str | None


def outlooks(panel: Panel, question: Question) -> Outlooks:
    """What is to be expected of all units.

    Args:
        panel: acts of force by unit and week; further columns are offered to the logistic.
        question: what is asked.

    """
    asked = Asked(horizon=question.horizon_weeks, threshold=1.0, quiet=question.quiet_weeks)
    turned_out = outcome(panel, asked)
    if panel.length <= first_scored(panel) + question.horizon_weeks:
        return Outlooks(panel, turned_out, None, None)
    model, chances = expected(panel, asked)
    return Outlooks(panel, turned_out, chances, model)


def odds_of(every: Outlooks, row: int) -> Odds:
    """How likely it is for one unit, beside how often it came true so far."""
    horizon = every.turned_out.question.horizon
    known = every.turned_out.positive[:, : max(0, every.panel.length - horizon)]
    chance = None if every.chances is None else float(every.chances[row, -1])
    like = _like(every, chance, known)
    low, high = _interval(int(like.sum()), len(like))
    return Odds(
        horizon_weeks=horizon,
        probability=_calibrated(chance, like),
        low=low,
        high=high,
        like_this=len(like),
        came_true=int(like.sum()),
        model=every.model,
        weeks_known=every.panel.length,
        weeks_needed=first_scored(every.panel) + horizon + 1,
        units=len(every.panel.units),
        base_cases=int(known.size),
        base_true=int(known.sum()),
        own_cases=int(known[row].size),
        own_true=int(known[row].sum()),
        persistence=bool(every.turned_out.reached[row, -horizon:].any()),
    )


def _calibrated(chance: float | None, like: Flags) -> float | None:
    """A chance as often as ones like it came true, where these are enough."""
    if len(like) < ENOUGH:
        return chance
    return float((like.sum() + PRIOR) / (len(like) + 2 * PRIOR))


def _like(every: Outlooks, chance: float | None, known: Flags) -> Flags:
    """What came of past forecasts near this one."""
    if every.chances is None or chance is None:
        return np.zeros(0, dtype=bool)
    past = np.clip(logit(every.chances[:, : known.shape[1]]), -SUREST, SUREST)
    near = np.abs(past - np.clip(logit(chance), -SUREST, SUREST)) <= NEAR
    found: Flags = known[near & ~np.isnan(past)]
    return found


def _interval(came_true: int, number: int) -> tuple[float | None, float | None]:
    if number < ENOUGH:
        return None, None
    ends = beta.ppf([(1 - LEVEL) / 2, (1 + LEVEL) / 2], came_true + PRIOR, number - came_true + PRIOR)
    return float(ends[0]), float(ends[1])
