"""One logistic for many questions is that of its whole design, which is never made."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from siaga.monitor.baselines import Case
from siaga.monitor.candidates import learn
from siaga.monitor.lessons import BY_LEVEL, Lesson, Lessons
from siaga.monitor.logistic import fit_logistic
from siaga.monitor.panel import Floats
from siaga.monitor.pooled import Pool, fit_pooled
from siaga.monitor.question import Question, outcome
from tests.unit.monitor.test_models import invented

UNITS, STEPS, NUMBERS = 60, 200, 7
QUESTIONS = ((1.0, 3), (0.5, 3), (2.0, 3), (1.0, 40), (0.5, 40), (2.0, 40))
"""Level and horizon."""


@pytest.fixture(scope="module")
def pool() -> Pool:
    """More rows than are summed at a time, and answers that known numbers, level and horizon all have a part in."""
    dice = np.random.default_rng(11)
    known = dice.normal(1, 2, (UNITS, STEPS, NUMBERS))
    every = []
    for level, horizon in QUESTIONS:
        odds = known @ np.linspace(-0.5, 0.5, NUMBERS) - np.log(level) * (1 + 0.2 * known[..., 0]) - 2 + horizon / 40
        answers = dice.random((UNITS, STEPS)) < 1 / (1 + np.exp(-odds))
        scales = np.array([np.log(level), np.log(level) ** 2, np.log(horizon / 3)])
        question = Question(horizon=horizon, threshold=level, quiet=6)
        every.append(Lesson(question, scales, dice.random((UNITS, STEPS, 3)), answers))
    answered = np.stack([np.arange(STEPS) <= STEPS - horizon for _, horizon in QUESTIONS])
    return Pool(Lessons(tuple(every), known), dice.normal(0, 0.5, (len(QUESTIONS), UNITS, STEPS)), answered)


def written_out(pool: Pool, place: int, given: slice) -> Floats:
    """The design of one question, as one would write it down: what is known, the question, and both."""
    one, known = pool.lessons.every[place], pool.lessons.known[:, given]
    scales = np.broadcast_to(one.scales, (*known.shape[:2], 3))
    return np.concatenate([known, scales, known[..., :BY_LEVEL] * one.scales[0]], axis=2)


def test_it_is_the_logistic_of_the_design_written_out(pool: Pool) -> None:
    given = [slice(STEPS - one.question.horizon + 1) for one in pool.lessons.every]
    rows = [written_out(pool, place, steps) for place, steps in enumerate(given)]
    answers = [one.answers[:, steps].ravel() for one, steps in zip(pool.lessons.every, given, strict=True)]
    told = [told[:, steps].ravel() for told, steps in zip(pool.told, given, strict=True)]
    design = np.concatenate([some.reshape(-1, some.shape[2]) for some in rows])
    whole = fit_logistic(design, np.concatenate(answers).astype(float), 60.0, np.concatenate(told))
    pooled = fit_pooled(pool, 60.0)
    for place, one in enumerate(pool.lessons.every):
        expected = whole.odds(written_out(pool, place, slice(None)))
        assert np.allclose(pooled.odds(one, pool.lessons.known), expected, atol=1e-6)


def test_answers_that_were_not_given_are_not_learned_from(pool: Pool) -> None:
    unknown = [replace(one, answers=one.answers | ~given) for one, given in answered(pool)]
    other = Pool(Lessons(tuple(unknown), pool.lessons.known), pool.told, pool.answered)
    assert any((one.answers != two.answers).any() for one, two in zip(unknown, pool.lessons.every, strict=True))
    assert np.array_equal(fit_pooled(pool, 60.0).weights, fit_pooled(other, 60.0).weights)


def answered(pool: Pool) -> list[tuple[Lesson, np.ndarray[tuple[int], np.dtype[np.bool_]]]]:
    return list(zip(pool.lessons.every, pool.answered, strict=True))


def test_what_is_known_is_held_once_for_all_questions() -> None:
    panel = invented(units=300, steps=120)
    panel = replace(panel, columns=(panel.counts,) * 12, names=tuple(map(str, range(12))))
    turned_out = outcome(panel, Question(horizon=3, threshold=25, quiet=6))
    numbers = 17 + 3 * len(panel.columns)
    tracemalloc.start()
    try:
        learn(Case(panel, turned_out, turned_out.calm))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 4 * panel.counts.nbytes * numbers
