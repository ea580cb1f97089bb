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
    """Within a language: how much more usual the wording of the first one's matching sentences is (mean log chance of a
    word)."""
    wording_across: float
    """The same across languages, each against what is usual in its own: it says less."""
    added: float
    """How much less of its own the second one has: share of the words of its sentences that stand in matching ones,
    less the same of the first."""
    lists: float
    """How much more of it are headlines and lists that match nothing: share of its words. Copies come with them."""
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
    only_a, only_b = len(a.own_names - b.names), len(b.own_names - a.names)
    in_a, in_b = {one.a for one in aligned.found}, {one.b for one in aligned.found}
    wording = _wording(a, [one.a for one in aligned.found]) - _wording(b, [one.b for one in aligned.found])
    return Leads(
        wording=wording if a.language == b.language else 0.0,
        wording_across=wording if a.language != b.language else 0.0,
        added=_covered(b, in_b) - _covered(a, in_a),
        lists=_listed(b, in_b) - _listed(a, in_a),
        detail=log((only_a + 1) / (only_b + 1)),
        length=log((_words(a) + 1) / (_words(b) + 1)),
    )


def _covered(one: Profile, places: set[int]) -> float:
    """Share of the words of its whole sentences that stand in matching ones."""
    return sum(float(one.sizes[place]) for place in places if one.whole[place]) / max(_words(one), 1.0)


def _listed(one: Profile, places: set[int]) -> float:
    """Share of its words that stand in headlines and lists that match nothing."""
    alone = (size for place, size in enumerate(one.sizes) if not one.whole[place] and place not in places)
    return float(sum(alone) / max(one.sizes.sum(), 1.0))


def _words(one: Profile) -> float:
    """Words of its whole sentences."""
    return float(sum(size for size, whole in zip(one.sizes, one.whole, strict=True) if whole))


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
