"""What a backtest says: the shape of `siaga backtest --format json`, all keys always there, null where undefined."""

from __future__ import annotations

from typing import Literal

from siaga.base.record import Record
from siaga.monitor.scores import Bin

__all__ = [
    "Backtest", "Budget", "CountScore", "CountTask", "Input", "ModelScore", "Promotion", "Role", "Task", "TaskName",
]  # fmt: skip

Role = Literal["baseline", "candidate"]
TaskName = Literal["onset", "incidence"]


class Budget(Record):
    """Alarms at a threshold that was frozen before the test, to give so many a unit-year at risk."""

    per_unit_year: float
    threshold: float
    """The 1 - b/12 quantile (of months) of the scores at risk before the test; an alarm is a score above it."""
    realised: float
    """Alarms a unit-year at risk in the test."""
    precision: float | None
    """The share of alarms after which the threshold was reached within the horizon."""
    recall: float | None
    """The share of onsets with an alarm in the horizon before them."""
    lead: float | None
    """Steps from the first such alarm to the onset, on average."""
    false_per_unit_year: float
    onsets: int


class ModelScore(Record):
    """How one model did in a task."""

    model: str
    role: Role
    average_precision: float | None
    average_precision_interval: tuple[float, float] | None
    """95 %, by drawing units."""
    brier: float | None
    brier_skill: float | None
    """1 less its Brier score over that of climatology."""
    brier_skill_interval: tuple[float, float] | None
    ece: float | None
    reliability: tuple[Bin, ...]
    budgets: tuple[Budget, ...]


class Task(Record):
    """Whether the threshold is reached within the horizon: for units at risk of an onset, or for all (incidence)."""

    task: TaskName
    horizon: int
    threshold: float
    quiet: int
    test_from: str
    n: int
    """Unit-steps tested."""
    positives: int
    base_rate: float | None
    models: tuple[ModelScore, ...]


class CountScore(Record):
    """How well one model foretold the next count."""

    model: str
    role: Role
    crps: float | None
    """Mean over units and steps, in units of what is counted; null for models that foretell no counts."""
    crps_interval: tuple[float, float] | None


class CountTask(Record):
    """What the count of the next step is."""

    task: Literal["count"]
    horizon: int
    n: int
    draws: int
    models: tuple[CountScore, ...]


class Promotion(Record):
    """Why a model was promoted: how far the challenger was ahead before the test, with 95 % intervals."""

    average_precision: float | None
    """In onsets of what is asked."""
    average_precision_interval: tuple[float, float] | None
    brier: float | None
    brier_interval: tuple[float, float] | None
    """Below zero where the challenger is better."""
    questions: int
    """All that both learn: what is asked and its neighbours, each for units at risk and for all."""
    pooled_average_precision: float | None
    """The mean lead in these."""
    pooled_average_precision_interval: tuple[float, float] | None
    pooled_brier_skill: float | None
    """Above zero where the challenger is better: its gain for the Brier score of a forecast of the base rate."""
    pooled_brier_skill_interval: tuple[float, float] | None


class Input(Record):
    """What was tested on."""

    sha256: str
    units: int
    first: str
    last: str
    step: str
    columns: tuple[str, ...]


class Backtest(Record):
    """The whole of it, as `siaga backtest --format json` writes it."""

    kind: Literal["backtest"]
    version: int
    input: Input
    tasks: tuple[Task | CountTask, ...]
    promoted: str
    promotion: Promotion
