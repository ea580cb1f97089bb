"""What a unit's past says at each step, by sums over it that never look ahead."""

from __future__ import annotations

import numpy as np

from siaga.monitor.panel import Flags, Floats

__all__ = ["any_ahead", "any_lately", "changed", "highest", "smoothed", "steps_since"]


def smoothed(values: Floats, half_life: float) -> Floats:
    """The exponentially weighted mean of all steps up to each one; a step's weight halves every `half_life` steps."""
    kept = 0.5 ** (1 / half_life)
    means, total, weight = np.empty_like(values), np.zeros(values.shape[0]), 0.0
    for index in range(values.shape[1]):
        total = kept * total + (1 - kept) * values[:, index]
        weight = kept * weight + (1 - kept)
        means[:, index] = total / weight
    return means


def changed(values: Floats) -> Floats:
    """How far each step is above the one before; 0 in the first."""
    return np.diff(values, axis=1, prepend=values[:, :1])


def steps_since(flags: Flags, most: int) -> Floats:
    """Steps since a flag was last raised, 0 in that step, `most` at the most."""
    passed, now = np.empty(flags.shape), np.full(flags.shape[0], float(most))
    for index in range(flags.shape[1]):
        now = np.where(flags[:, index], 0, np.minimum(now + 1, most))
        passed[:, index] = now
    return passed


def highest(values: Floats, steps: int) -> Floats:
    """The highest of the last `steps` steps, this one included."""
    result = values.copy()
    for back in range(1, min(steps, values.shape[1])):
        result[:, back:] = np.maximum(result[:, back:], values[:, :-back])
    return result


def any_lately(flags: Flags, steps: int) -> Flags:
    """Whether a flag was raised in the last `steps` steps, this one included."""
    result = flags.copy()
    for back in range(1, min(steps, flags.shape[1])):
        result[:, back:] |= flags[:, :-back]
    return result


def any_ahead(flags: Flags, steps: int) -> Flags:
    """Whether a flag is raised in the next `steps` steps, this one left out; false where nothing is known of them."""
    result = np.zeros_like(flags)
    for ahead in range(1, min(steps, flags.shape[1] - 1) + 1):
        result[:, :-ahead] |= flags[:, ahead:]
    return result
