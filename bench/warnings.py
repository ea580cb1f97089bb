"""Past warnings of a workspace, and whether what the text says besides what happened helps to foresee force.

    python -m bench.warnings WORKSPACE --as-of 2022-03-31 [--horizon 8] [--test-from 2015-01-05]

First the rule replayed week by week for every pair and country that is judged on the day: alarms, how often an act of
force followed, and how often it follows any week. Then the text features (feared, planned, considered and denied acts,
posture, threats, coercion, withdrawals and talks, verbal conflict): offered as columns to the backtest's logistic where
the workspace is long enough for it (two years to learn from before --test-from), else to a small pooled logistic that
is fitted at every week on what was known by then, with and without them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
from scipy.special import expit, logit

from siaga.base.errors import PanelError
from siaga.base.warning import AlarmRecord, UnitKind
from siaga.monitor.backtest import ROUNDS, SEED, backtest
from siaga.monitor.history import smoothed
from siaga.monitor.logistic import fit_logistic
from siaga.monitor.panel import Flags, Floats, Panel, Places
from siaga.monitor.question import Question, outcome
from siaga.monitor.rule import warning_rule
from siaga.monitor.scorecard import Task
from siaga.monitor.scores import average_precision, brier, by_unit, interval
from siaga.monitor.warning import Scene, scene, track_of
from siaga.store.database import reading_from
from siaga.store.known import knowing
from siaga.store.workspace import find_workspace

KINDS: tuple[UnitKind, ...] = ("pair", "country")
HALF_LIFE = 3.0
"""Weeks of memory for each feature."""
RIDGE = 20.0
SHOWN = frozenset({"climatology", "persistence", "nb_exceedance", "logistic"})
LEAST_PAST = 12
"""Weeks before the first that is learnt from."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--as-of", required=True, type=date.fromisoformat)
    parser.add_argument("--horizon", type=int, default=warning_rule().question.horizon_weeks)
    parser.add_argument("--test-from")
    args = parser.parse_args()
    where, rule = find_workspace(str(args.workspace), {}, Path()), warning_rule()
    for kind in KINDS:
        with reading_from(where) as connection, knowing(where, connection, args.as_of, rule.confidence) as known:
            told = scene(known, kind, (), rule)
            print(f"\n{kind}: {len(told.units)} units, {told.expectations.panel.length} weeks")
            tell_record(told)
        tell_features(told.expectations.panel, args.horizon, args.test_from)
    return 0


def tell_record(told: Scene) -> None:
    records = [track_of(told, unit) for unit in told.units]
    total = partial(_total, records)
    positive = told.expectations.turned_out.positive[:, : -told.expectations.turned_out.question.horizon]
    print(
        f"  {total('weeks') / 52:.0f} unit-years judged · alarms {total('alarms')} (and {total('pending')} too young), "
        f"followed by force {total('followed')} · any week followed {positive.mean():.3f} · "
        f"outbreaks {total('onsets')}, warned of before {total('onsets_warned')}"
    )


def _total(records: list[AlarmRecord], field: str) -> int:
    return sum(int(getattr(one, field)) for one in records)


def tell_features(panel: Panel, horizon: int, test_from: str | None) -> None:
    bare = Panel(panel.units, panel.first, panel.step, panel.counts)
    question = Question(horizon=horizon, threshold=1.0, quiet=warning_rule().question.quiet_weeks)
    if test_from is not None:
        try:
            for name, one in (("without", bare), ("with", panel)):
                tell_backtest(name, one, question, test_from)
        except PanelError as error:
            print(f"  backtest: {error}")
        else:
            return
    tell_small(panel, question)


def tell_backtest(name: str, panel: Panel, question: Question, test_from: str) -> None:
    found = backtest(panel, question, test_from)
    for task in found.tasks:
        if isinstance(task, Task):
            print(
                f"  {task.task}, {name} text features: n {task.n}, positives {task.positives}, go by {found.promoted}"
            )
            for one in task.models:
                if one.model in SHOWN:
                    print(f"    {one.model}: AP {_spread(one.average_precision, one.average_precision_interval)}, "
                          f"Brier skill {_spread(one.brier_skill, one.brier_skill_interval)}")  # fmt: skip


def _spread(figure: float | None, between: tuple[float, float] | None) -> str:
    return "-" if figure is None or between is None else f"{figure:.3f} ({between[0]:.3f} to {between[1]:.3f})"


def tell_small(panel: Panel, question: Question) -> None:
    """A logistic over the smoothed counts of force, with and without the text features, week by week."""
    turned_out = outcome(panel, question)
    own = [smoothed(np.log1p(panel.counts), half_life) for half_life in (1.0, HALF_LIFE, 9.0)]
    text = [smoothed(np.log1p(column), HALF_LIFE) for column in panel.columns]
    tested = range(LEAST_PAST + question.horizon + (panel.length - LEAST_PAST) // 3, turned_out.known)
    if not tested:
        print(f"  {panel.length} weeks: too short to test a horizon of {question.horizon}")
        return
    odds = {name: np.stack(list(_told(np.stack(columns, 2), turned_out.positive, tested, question)), 1)
            for name, columns in (("without", own), ("with", own + text))}  # fmt: skip
    positive = turned_out.positive[:, tested.start : tested.stop]
    print(
        f"  {len(tested)} weeks tested, {positive.size} unit-weeks, {int(positive.sum())} positive in "
        f"{int(positive.any(axis=1).sum())} units"
    )
    for name, told in odds.items():
        precision = average_precision(positive.ravel(), told.ravel())
        print(f"    {name} text features: AP {precision}, Brier {brier(positive.ravel(), expit(told).ravel()):.5f}")
    persistent = panel.counts[:, tested.start : tested.stop]
    print(f"    persistence: AP {average_precision(positive.ravel(), persistent.ravel())}, base {positive.mean():.4f}")
    drawn = by_unit(len(panel.units), ROUNDS, SEED)
    print(f"    AP with less without: {interval(partial(_ahead, positive, odds), drawn)} (95 %)")


def _told(features: Floats, positive: Flags, tested: range, question: Question) -> Iterator[Floats]:
    for week in tested:
        learned = slice(LEAST_PAST, week - question.horizon + 1)
        rows = features[:, learned].reshape(-1, features.shape[2])
        labels = positive[:, learned].ravel().astype(np.float64)
        if labels.any():
            yield fit_logistic(rows, labels, RIDGE, np.zeros(len(labels))).odds(features[:, week])
        else:
            yield np.full(len(features), logit(1e-3))


def _ahead(positive: Flags, odds: dict[str, Floats], units: Places) -> float | None:
    found = [average_precision(positive[units].ravel(), odds[name][units].ravel()) for name in ("with", "without")]
    return None if found[0] is None or found[1] is None else found[0] - found[1]


if __name__ == "__main__":
    raise SystemExit(main())
