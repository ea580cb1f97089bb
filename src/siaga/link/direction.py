"""Which of two copies was made from the other: by content and credit first, by time second.

A copy adds nothing and loses detail; who swaps words or translates leaves wording that is less usual than its
original's. When it was published says the rest, where that is known: pages are dated wrongly, and antedated.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from math import log
from typing import Literal

import msgspec
import numpy as np

from siaga.base.article import Article
from siaga.base.record import Record
from siaga.link.align import Alignment
from siaga.link.profile import Profile
from siaga.link.weights import load_model, logistic
from siaga.link.wording import load_wording, usualness

__all__ = ["Leads", "direction", "earlier", "leads"]

TIME = 3.0
"""Log odds that of two copies the one published first is the original (20 to 1). Not tuned:
good content is surer, poor content less."""
WHOLE_DAY = len("YYYY-MM-DD")


class Leads(Record):
    """What speaks for the second of two copies having been made from the first; 0 where nothing does."""

    wording: float
    """How much more usual the wording of the first one's matching sentences is (mean log chance of a word)."""
    added: float
    """How much less of its own the second one has: share of the words that stand in matching sentences, less the same
    of the first."""
    detail: float
    """Logarithm of names and figures that only the first has to those that only the second has."""
    length: float
    """Logarithm of the first one's words to the second's."""


def direction(a: Profile, b: Profile, aligned: Alignment) -> float:
    """The probability that `b` was made from `a`, of two articles of which one was."""
    odds = load_model("direction").log_odds(numbers(leads(a, b, aligned)))
    first = earlier(a.article, b.article)
    return logistic(odds + (0.0 if first is None else TIME if first == "a" else -TIME))


def leads(a: Profile, b: Profile, aligned: Alignment) -> Leads:
    """What the contents say."""
    only_a, only_b = len(a.names - b.names), len(b.names - a.names)
    return Leads(
        wording=_wording(a, [one.a for one in aligned.found]) - _wording(b, [one.b for one in aligned.found]),
        added=aligned.covered_b - aligned.covered_a,
        detail=log((only_a + 1) / (only_b + 1)),
        length=log((float(a.sizes.sum()) + 1) / (float(b.sizes.sum()) + 1)),
    )


def numbers(found: Leads) -> Mapping[str, float]:
    """The leads by name."""
    return msgspec.structs.asdict(found)


def earlier(a: Article, b: Article) -> Literal["a", "b"] | None:
    """Which was published first; null where that is not known. Of a day without a time, only days are compared."""
    first, second = a.published, b.published
    if not first or not second:
        return None
    if min(len(first), len(second)) <= WHOLE_DAY:
        one, other = first[:WHOLE_DAY], second[:WHOLE_DAY]
        return None if one == other else "a" if one < other else "b"
    begun, later = _moment(first), _moment(second)
    return None if begun == later else "a" if begun < later else "b"


def _moment(published: str) -> datetime:
    read = datetime.fromisoformat(published)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _wording(one: Profile, places: list[int]) -> float:
    known = load_wording(one.language)
    if known is None or not places:
        return 0.0
    return float(np.float64(usualness([one.words[place] for place in places], known)))
