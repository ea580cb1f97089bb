"""Both sides of an event decided together.

Asked one by one, both of two who fight often come out likely on both sides. In hand-coded events the sides are apart
(Israel strikes Iran) or the same (they hold talks; at home, police arrest residents of the same country): of 16,000
with both sides known, 53 share some parties and not all. Several on both sides is for what they do together.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["nearly", "settle"]

Codes = frozenset[str]
LEEWAY = 0.25
"""Log odds that one may lack who fills a side on which nobody else is: hand-coded events have somebody there. Between
.1 and .5 who F1 on the dev files moves by .003, fact F1 by .009."""


def settle(actors: Mapping[str, float], recipients: Mapping[str, float], *, together: bool) -> tuple[Codes, Codes]:
    """The two sides that are likeliest together: apart, or the same.

    `actors` and `recipients`: code -> log odds over those at which it would count by itself. `together`: whether
    several may be on both sides.

    >>> settle({"ISR": 2.0, "IRN": 0.5}, {"IRN": 1.5, "ISR": -1.0}, together=False)
    (frozenset({'ISR'}), frozenset({'IRN'}))
    """
    doing = frozenset(code for code, gain in actors.items() if gain > 0 and gain >= recipients.get(code, gain))
    apart = doing, frozenset(code for code, gain in recipients.items() if gain > 0 and code not in doing)
    both = {code: actors[code] + recipients[code] for code in actors.keys() & recipients.keys()}
    shared = frozenset(code for code, gain in both.items() if gain > 0)
    may_share = together or len(shared) < 2  # noqa: PLR2004 - one alone is at home with itself
    if may_share and _gain(both, shared) > _gain(actors, apart[0]) + _gain(recipients, apart[1]):
        return shared, shared
    return apart


def nearly(gains: Mapping[str, float], other: Codes) -> Codes:
    """Who fills a side on which nobody is likely enough: the likeliest, unless one of several on the other side.

    >>> nearly({"IRN": -0.1, "LBN": -0.3}, frozenset({"ISR"}))
    frozenset({'IRN'})
    """
    likeliest = max(sorted(gains), key=gains.__getitem__, default=None)
    if likeliest is None or gains[likeliest] <= -LEEWAY or (likeliest in other and len(other) > 1):
        return frozenset()
    return frozenset({likeliest})


def _gain(gains: Mapping[str, float], codes: Codes) -> float:
    return sum(gains[code] for code in sorted(codes))
