"""Which of two copies was made from the other."""

from __future__ import annotations

from siaga.link.align import Alignment
from siaga.link.profile import Profile
from siaga.link.weights import logistic

__all__ = ["direction"]


def direction(a: Profile, b: Profile, aligned: Alignment) -> float:
    """The probability that `b` was made from `a`."""
    odds = 4.0 * (aligned.covered_b - aligned.covered_a) + 0.01 * (a.sizes.sum() - b.sizes.sum())
    first, second = a.article.published, b.article.published
    if first and second and first != second:
        odds += 3.0 if first < second else -3.0
    return logistic(odds)
