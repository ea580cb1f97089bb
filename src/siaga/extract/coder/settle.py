"""Both sides of an event decided together.

Asked one by one, both of two who fight often come out likely on both sides. In hand-coded events the sides are apart
(Israel strikes Iran) or the same (they hold talks; at home, police arrest residents of the same country): of 16,000
with both sides known, 53 share some parties and not all.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["settle"]

Codes = frozenset[str]


def settle(actors: Mapping[str, float], recipients: Mapping[str, float]) -> tuple[Codes, Codes]:
    """The two sides that are likeliest together: apart, or the same.

    `actors` and `recipients`: code -> log odds over those at which it would count by itself.

    >>> settle({"ISR": 2.0, "IRN": 0.5}, {"IRN": 1.5, "ISR": -1.0})
    (frozenset({'ISR'}), frozenset({'IRN'}))
    """
    doing = frozenset(code for code, gain in actors.items() if gain > 0 and gain >= recipients.get(code, gain))
    apart = doing, frozenset(code for code, gain in recipients.items() if gain > 0 and code not in doing)
    both = {code: actors[code] + recipients[code] for code in actors.keys() & recipients.keys()}
    shared = frozenset(code for code, gain in both.items() if gain > 0)
    if _gain(both, shared) > _gain(actors, apart[0]) + _gain(recipients, apart[1]):
        return shared, shared
    return apart


def _gain(gains: Mapping[str, float], codes: Codes) -> float:
    return sum(gains[code] for code in sorted(codes))
