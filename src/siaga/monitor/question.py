"""What is asked of a forecast, and how it turned out: positive, at risk, onset."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from siaga.base.record import Record
from siaga.monitor.history import any_ahead, any_lately
from siaga.monitor.panel import Flags, Floats, Panel

__all__ = ["Outcome", "Question", "outcome"]


class Question(Record):
    """Will any single step of the next `horizon` reach `threshold`?"""

    horizon: int
    """Steps ahead: t+1 to t+horizon."""
    threshold: float
    quiet: int
    """Steps, this one and those before it, in none of which the threshold was reached, that make an onset of it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a panel answers a question, units by steps."""

    question: Question
    counts: Floats
    reached: Flags
    """The threshold is reached in this very step."""
    positive: Flags
    """It is reached in one of the next `horizon` steps; known up to the last step less the horizon."""
    calm: Flags
    """It was not reached in any of the last `quiet` steps, all of which are in the panel."""
    onset: Flags
    """It is reached in this step and was calm in the one before."""

    @property
    def known(self) -> int:
        """How many steps have an outcome that is wholly known."""
        return int(self.counts.shape[1]) - self.question.horizon


def outcome(panel: Panel, question: Question) -> Outcome:
    """How the panel answers the question."""
    reached = panel.counts >= question.threshold
    calm = ~any_lately(reached, question.quiet)
    calm[:, : question.quiet - 1] = False
    onset = np.zeros_like(reached)
    onset[:, 1:] = reached[:, 1:] & calm[:, :-1]
    return Outcome(question, panel.counts, reached, any_ahead(reached, question.horizon), calm, onset)
