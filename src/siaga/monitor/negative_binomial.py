"""Counts that spread wider than chance alone: the tail of the negative binomial."""

from __future__ import annotations

import numpy as np
from scipy.special import betainc

from siaga.monitor.panel import Floats

__all__ = ["at_least"]


def at_least(threshold: float, mean: Floats, size: Floats | float) -> Floats:
    """The probability of `threshold` or more, of a negative binomial with this mean and size (variance m + m²/size)."""
    whole = np.ceil(threshold)
    result: Floats = betainc(whole, size, mean / (mean + size)) if whole > 0 else np.ones_like(mean)
    return result
