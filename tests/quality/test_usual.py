"""Forecasts keep their floors on real events, in years that chose nothing (skipped where those are not at hand)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from siaga.monitor.backtest import backtest
from siaga.monitor.panel import load_panel
from siaga.monitor.question import Question
from siaga.monitor.scorecard import Backtest, CountTask, ModelScore, Task
from tests.quality.panels import ucdp_africa

FLOORS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("floors.toml").read_text("utf-8"))["usual"]
QUESTION = Question(horizon=3, threshold=25, quiet=6)


def onset_of(result: Backtest) -> Task:
    return next(task for task in result.tasks if isinstance(task, Task) and task.task == "onset")


def model_of(result: Backtest, name: str) -> ModelScore:
    return next(one for one in onset_of(result).models if one.model == name)


@pytest.mark.parametrize("name", ["ucdp_onset", "ucdp_onset_with_columns"])
def test_onsets_in_africa_keep_their_floors(name: str, shared: Path, tmp_path: Path) -> None:
    floors = FLOORS[name]
    panel = load_panel(ucdp_africa(shared, tmp_path / "ucdp.csv", columns=floors["columns"]))
    result = backtest(panel, QUESTION, "2010-01")
    best = model_of(result, "logistic")
    budget = next(one for one in best.budgets if one.per_unit_year == 1)
    found = {
        "average_precision": best.average_precision, "brier_skill": best.brier_skill, "precision": budget.precision,
        "recall": budget.recall, "lead": budget.lead,
    }  # fmt: skip
    assert {what: value for what, value in found.items() if value is None or value < floors[what]} == {}
    assert (best.ece or 0) <= floors["most_ece"]
    [count] = [task for task in result.tasks if isinstance(task, CountTask)]
    assert next(one.crps for one in count.models if one.model == "nb_ewma") <= floors["most_crps"]
    known_definitions(result)


def known_definitions(result: Backtest) -> None:
    """Figures that others computed from the same definitions: base rate, persistence, conflictology."""
    task = onset_of(result)
    assert (task.n, task.positives, model_of(result, "logistic").budgets[1].onsets) == (5269, 153, 57)
    assert model_of(result, "persistence").average_precision == pytest.approx(0.126, abs=0.001)
    [count] = [task for task in result.tasks if isinstance(task, CountTask)]
    assert next(one.crps for one in count.models if one.model == "conflictology_12") == pytest.approx(13.33, abs=0.1)
