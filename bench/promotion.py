"""Which rule for promoting a model is worth following: each judged by the years after those that it decides on.

    python -m bench.promotion COUNTS.csv [--end 2010-01]

COUNTS.csv is a file as for `siaga backtest`; nothing from `--end` on is looked at. For nine questions (horizons of 1, 3
and 6 steps, thresholds of 10, 25 and 50) and every second year from the ninth on, each rule decides by the origins
before it whether the logistic takes the place of `nb_exceedance`; told is how often it did, what that gained in the
three years after, and how often the logistic was then better and worse on both measures. The same with columns of noise
and of random walks, which no rule should fall for. Some ten minutes of processor for a panel of 55 units.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from siaga.monitor.backtest import MODELS, SEED
from siaga.monitor.baselines import Case
from siaga.monitor.candidates import first_scored, learn
from siaga.monitor.judging import taken
from siaga.monitor.panel import Flags, Floats, Panel, Places, load_panel
from siaga.monitor.question import Question, outcome
from siaga.monitor.scores import average_precision, brier, by_unit

QUESTIONS = tuple(Question(horizon=h, threshold=t, quiet=6) for t in (10.0, 25.0, 50.0) for h in (1, 3, 6))
FIRST_YEAR, EVERY, AFTER = 9, 2, 3
"""Years: the first decision, the steps between decisions, and what each is judged by."""
ROUNDS = 100
COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Decision:
    """What is known when a rule decides, and what came after; leads of average precision and of Brier skill."""

    known: Floats
    drawn: Floats
    """The same for drawn units."""
    after: Floats


RULES: Mapping[str, Callable[[Decision], bool]] = {
    "always": lambda _: True,
    "ahead on both": lambda one: bool((one.known > 0).all()),
    "both 95 % intervals": lambda one: bool((np.quantile(one.drawn, 0.025, axis=0) > 0).all()),
    "both 80 % intervals": lambda one: bool((np.quantile(one.drawn, 0.1, axis=0) > 0).all()),
    "ahead, Brier's 95 % interval": lambda one: one.known[0] > 0 and bool(np.quantile(one.drawn[:, 1], 0.025) > 0),
    "ahead, Brier's 80 % interval": lambda one: one.known[0] > 0 and bool(np.quantile(one.drawn[:, 1], 0.1) > 0),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", type=Path)
    parser.add_argument("--end", default="2010-01")
    args = parser.parse_args()
    whole = load_panel(args.counts)
    end = whole.place(args.end)
    panel = replace(whole, counts=whole.counts[:, :end], columns=tuple(one[:, :end] for one in whole.columns))
    dice = np.random.default_rng(SEED)
    noise = tuple(dice.lognormal(0, 1.5, panel.counts.shape) for _ in range(COLUMNS))
    walks = tuple(np.exp(np.cumsum(dice.normal(0, 0.1, panel.counts.shape), axis=1)) for _ in range(COLUMNS))
    for name, columns in (("as it is", panel.columns), ("noise", noise), ("random walks", walks)):
        told = replace(panel, columns=columns, names=tuple(map(str, range(len(columns)))))
        _tell(name, tuple(one for question in QUESTIONS for one in _decisions(told, question)))
    return 0


def _decisions(panel: Panel, question: Question) -> Iterator[Decision]:
    turned_out = outcome(panel, question)
    case = Case(panel, turned_out, turned_out.calm)
    case = replace(case, learnt=learn(case))
    scores = MODELS["logistic"](case), MODELS["nb_exceedance"](case)
    drawn = by_unit(len(panel.units), ROUNDS, SEED)
    for start in range(FIRST_YEAR * case.year, turned_out.known - case.year, EVERY * case.year):
        before = _within(case, first_scored(panel), start - question.horizon)
        after = _lead(case, scores, _within(case, start, start + AFTER * case.year), None)
        found = [lead for units in drawn if (lead := _lead(case, scores, before, units)) is not None]
        known = _lead(case, scores, before, None)
        if after is not None and known is not None:
            yield Decision(known, np.array(found), after)


def _within(case: Case, first: int, end: int) -> Flags:
    mask = np.zeros_like(case.eligible)
    mask[:, first:end] = case.eligible[:, first:end]
    mask[:, case.outcome.known :] = False
    return mask


def _lead(case: Case, scores: tuple[Floats, Floats], mask: Flags, units: Places | None) -> Floats | None:
    """How far the first is ahead of the second on average precision and on Brier skill; null without positives."""
    happened, one, other = (taken(values, mask, units) for values in (case.outcome.positive, *scores))
    if not happened.any():
        return None
    ahead = (average_precision(happened > 0, one) or 0) - (average_precision(happened > 0, other) or 0)
    closer = brier(happened > 0, other) - brier(happened > 0, one)
    return np.array([ahead, closer / (happened.mean() * (1 - happened.mean()))])


def _tell(name: str, decisions: tuple[Decision, ...]) -> None:
    print(f"{name}: {len(decisions)} decisions; promoted, gain of AP and Brier skill, then better / worse on both")
    for rule, promotes in RULES.items():
        leads = np.array([one.after if promotes(one) else (0.0, 0.0) for one in decisions])
        share = np.mean([promotes(one) for one in decisions])
        better, worse = int((leads > 0).all(axis=1).sum()), int((leads < 0).all(axis=1).sum())
        print(f"  {rule:30} {share:5.0%} {leads[:, 0].mean():+.4f} {leads[:, 1].mean():+.4f} {better:3} / {worse}")


if __name__ == "__main__":
    raise SystemExit(main())
