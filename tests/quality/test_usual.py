"""Forecasts keep their floors on real events, in years that chose nothing (skipped where those are not at hand)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from siaga.monitor.alarm import alarm_level
from siaga.monitor.backtest import backtest
from siaga.monitor.baseline import middle_chance, usual
from siaga.monitor.episodes import Episode, Rule, episodes
from siaga.monitor.panel import Floats, load_panel
from siaga.monitor.question import Question
from siaga.monitor.scorecard import Backtest, CountTask, ModelScore, Task
from siaga.monitor.series import load_series, series_of
from siaga.store.database import now, reading_from, writing_to
from siaga.store.imports import import_file
from siaga.store.series import Kind, all_weekly, counting, unit_of, weeks_told
from siaga.store.workspace import Workspace, lay_out
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
    assert result.promoted == "logistic"
    best = model_of(result, result.promoted)
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


@pytest.fixture(scope="module")
def icews(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with the ICEWS events of 2012 to 2015."""
    place = lay_out(tmp_path_factory.mktemp("icews"), {})
    with writing_to(place) as connection:
        import_file(place, connection, shared / "data/events/icews_20120807_20151231_complete.csv.gz", now())
    return place


@pytest.mark.parametrize("kind", ["country", "directed", "undirected"])
def test_injected_bursts_are_found(kind: Kind, icews: Workspace) -> None:
    counts = weekly_counts(icews, kind)
    first, weeks = 104, counts.shape[1]
    expected = {week: usual(counts, week) for week in range(first, weeks)}
    quiet = np.stack([middle_chance(counts[:, week], expected[week]) for week in range(first, weeks)])
    level = alarm_level(quiet.ravel(), 2)
    burst = np.ceil(4 * counts.std(axis=1))
    raised = np.stack([middle_chance(counts[:, week] + burst, expected[week]) <= level for week in expected])
    four = np.stack([raised[week : week + 4].any(axis=0) for week in range(len(raised) - 3)])
    assert raised.mean() >= FLOORS["bursts"][kind]["one_week"]
    assert four.mean() >= FLOORS["bursts"][kind]["four_weeks"]


def weekly_counts(place: Workspace, kind: Kind) -> Floats:
    """All units of a kind with an event every two weeks or more, over whole weeks."""
    with reading_from(place) as connection, counting(place, connection) as engine:
        span = weeks_told(engine)
        units, weeks, numbers = all_weekly(engine, kind, ())
    assert span is not None
    listed, rows_ = np.unique(np.asarray(units, dtype=str), return_inverse=True)
    counts = np.zeros((len(listed), span[1] - span[0] + 1))
    np.add.at(counts, (rows_, weeks - span[0]), numbers)
    whole: Floats = counts[:, 1:-1]
    often = whole.sum(axis=1) >= whole.shape[1] / 2
    return np.asarray(whole[often], dtype=np.float64)


@pytest.mark.parametrize("family", ["all", "conflict"])
def test_crises_known_from_history_are_episodes_of_their_own(family: str, icews: Workspace) -> None:
    with series_of(icews) as stored:
        ukraine, pair = (episodes(load_series(stored, unit_of(unit), family), 0, Rule()) for unit in ("UKR", "RUS-UKR"))
    maidan, crimea = covering(ukraine, "2013-12-09"), covering(ukraine, "2014-02-17")
    assert maidan is not None
    assert crimea is not None
    assert maidan.last < crimea.first
    annexation, later = covering(pair, "2014-03-03"), covering(pair, "2015-05-18")
    assert annexation is not None
    assert later is not None
    assert annexation.number_in_year == 1
    assert later.number_in_twelve_months >= 2


def covering(found: tuple[Episode, ...], week: str) -> Episode | None:
    return next((one for one in found if one.first <= week <= one.last), None)
