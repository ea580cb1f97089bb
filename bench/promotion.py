"""Which rule for promoting a model is worth following: each judged by the years after those that it decides on.

    python -m bench.promotion COUNTS.csv [--end 2010-01]

COUNTS.csv is a file as for `siaga backtest`; nothing from `--end` on is looked at. For nine questions (horizons of 1, 3
and 6 steps, thresholds of 10, 25 and 50) and every second year from the ninth on, each rule decides by the origins
before it whether the logistic takes the place of `nb_exceedance`; told is how often it did, what that gained in the
three years after in onsets of what is asked, how often the logistic was then better and worse on both measures, and in
how many of the questions it is promoted at `--end`. The same with columns of noise and of random walks, which no rule
should fall for. Some fifteen minutes of processor for a panel of 55 units.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from siaga.monitor.backtest import MODELS, SEED
from siaga.monitor.baselines import Case
from siaga.monitor.candidates import learn
from siaga.monitor.panel import Flags, Floats, Panel, load_panel
from siaga.monitor.promotion import Lead, leads
from siaga.monitor.question import Question, outcome
from siaga.monitor.scores import average_precision, brier, by_unit

QUESTIONS = tuple(Question(horizon=h, threshold=t, quiet=6) for t in (10.0, 25.0, 50.0) for h in (1, 3, 6))
FIRST_YEAR, EVERY, AFTER = 9, 2, 3
"""Years: the first decision, the steps between decisions, and what each is judged by."""
ROUNDS = 200
COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Decision:
    """What is known when a rule decides, and what came after; leads of average precision and of Brier skill."""

    asked: Floats
    """In onsets of what is asked: of all units, then of drawn ones."""
    onsets: Floats
    """The mean of all questions that are learned together, of units at risk of an onset."""
    pooled: Floats
    """The mean of them, of units at risk and of all."""
    after: Floats | None
    """Null of a decision at the very end."""


RULES: Mapping[str, Callable[[Decision], bool]] = {
    "always": lambda _: True,
    "ahead on both": lambda one: _is_ahead(one.asked),
    "both 95 % intervals": lambda one: _is_sure(one.asked),
    "ahead, Brier's 95 % interval": lambda one: _is_ahead(one.asked) and _is_sure(one.asked[:, 1:]),
    "pooled onsets, both 95 %": lambda one: _is_sure(one.onsets),
    "pooled, both 95 %": lambda one: _is_sure(one.pooled),
    "ahead, pooled onsets, both 95 %": lambda one: _is_ahead(one.asked) and _is_sure(one.onsets),
    "ahead, both 95 % of it or pooled": lambda one: (
        _is_ahead(one.asked) and (_is_sure(one.asked) or _is_sure(one.pooled))
    ),
}


def _is_ahead(leads_: Floats) -> bool:
    return bool((leads_[0] > 0).all())


def _is_sure(leads_: Floats) -> bool:
    return bool((np.nanquantile(leads_[1:], 0.025, axis=0) > 0).all())


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
    for start in (*range(FIRST_YEAR * case.year, turned_out.known - case.year, EVERY * case.year), panel.length):
        found = tuple(one for one in leads(case, start, drawn) if one.worst > 0)
        asked = [one for one in found if (one.question, one.task) == (question, "onset")]
        after = _lead(case, scores, _within(case, start, start + AFTER * case.year))
        if asked and (after is not None or start == panel.length):
            onsets = [one for one in found if one.task == "onset"]
            yield Decision(_mean(asked), _mean(onsets), _mean(found), after)


def _mean(found: tuple[Lead, ...] | list[Lead]) -> Floats:
    precision = np.nanmean([one.precision for one in found], axis=0)
    skill = np.nanmean([-one.brier / one.worst for one in found], axis=0)
    return np.stack([precision, skill], axis=1)


def _within(case: Case, first: int, end: int) -> Flags:
    mask = np.zeros_like(case.eligible)
    mask[:, first:end] = case.eligible[:, first:end]
    mask[:, case.outcome.known :] = False
    return mask


def _lead(case: Case, scores: tuple[Floats, Floats], mask: Flags) -> Floats | None:
    """How far the first is ahead of the second on average precision and on Brier skill; null without positives."""
    happened, (one, other) = case.outcome.positive[mask], (chances[mask] for chances in scores)
    if not happened.any():
        return None
    ahead = (average_precision(happened, one) or 0) - (average_precision(happened, other) or 0)
    closer = brier(happened, other) - brier(happened, one)
    return np.array([ahead, closer / (happened.mean() * (1 - happened.mean()))])


def _tell(name: str, decisions: tuple[Decision, ...]) -> None:
    judged, last = ([one for one in decisions if (one.after is None) is at_end] for at_end in (False, True))
    print(f"{name}: {len(judged)} decisions; promoted, gain of AP and Brier skill, better / worse on both; at the end")
    for rule, promotes in RULES.items():
        chosen = [promotes(one) for one in judged]
        after = np.array([one.after if yes else (0.0, 0.0) for one, yes in zip(judged, chosen, strict=True)])
        better, worse = int((after > 0).all(axis=1).sum()), int((after < 0).all(axis=1).sum())
        print(
            f"  {rule:34} {np.mean(chosen):5.0%} {after[:, 0].mean():+.4f} {after[:, 1].mean():+.4f} "
            f"{better:3} / {worse}; {sum(map(promotes, last))} of {len(last)}"
        )


if __name__ == "__main__":
    raise SystemExit(main())
