"""How far the acts around one lean to somebody on a side, by how they stand to it: `sides.py` asks it of every code."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

__all__ = ["ABSENT", "Around", "Placed", "around_each"]

ABSENT = -8.0
"""Log odds of somebody whom the first reading didn't meet; lower than any it gives."""
CLOSE = 2
"""Sentences before and after in which acts are close by."""

Odds = Mapping[str, float]
"""Code -> log odds that it stands on a side of an act, or a sum of such."""
NOBODY: Odds = {}


class Placed(NamedTuple):
    """Where an act stands in its article, and by which word it is told."""

    sentence: int
    type: str
    lemma: str


class Around(NamedTuple):
    """The other acts of the article as seen from one, on one side."""

    act: int
    """The number of the act; `own` is how far it leans itself."""
    own: Odds
    last: Odds
    following: Odds
    sentence: Most
    type: Most
    word: Most
    close: Odds
    every: Odds

    def leaning(self, code: str) -> tuple[float, ...]:
        """How far they lean to a code: in the order of the fields."""
        own = max(0.0, self.own.get(code, 0.0))
        return (
            self.last.get(code, ABSENT), self.following.get(code, ABSENT), self.sentence.but(self.act, code),
            self.close.get(code, 0.0) - own, self.every.get(code, 0.0) - own, self.type.but(self.act, code),
            self.word.but(self.act, code),
        )  # fmt: skip


def around_each(acts: Sequence[Placed], odds: Sequence[Odds]) -> list[Around]:
    """Of each act of an article, in order, how far the others lean on one side."""
    sentences, types, words = (defaultdict[object, Most](Most) for _ in range(3))
    told: dict[int, list[Odds]] = defaultdict(list)
    for number, (act, of_act) in enumerate(zip(acts, odds, strict=True)):
        for most in (sentences[act.sentence], types[act.type], words[act.type, act.lemma]):
            most.add(number, of_act)
        told[act.sentence].append(of_act)
    sums = {sentence: _sum(of_acts) for sentence, of_acts in told.items()}
    close = {
        sentence: _sum(sums.get(other, NOBODY) for other in range(sentence - CLOSE, sentence + CLOSE + 1))
        for sentence in sums
    }
    every = _sum(sums.values())
    return [
        Around(
            number, of_act,
            odds[number - 1] if number else NOBODY, odds[number + 1] if number + 1 < len(odds) else NOBODY,
            sentences[act.sentence], types[act.type], words[act.type, act.lemma], close[act.sentence], every,
        )
        for number, (act, of_act) in enumerate(zip(acts, odds, strict=True))
    ]  # fmt: skip


class Most:
    """How far the likeliest of some acts leans to each code."""

    def __init__(self) -> None:
        self._most: dict[str, tuple[float, int]] = {}
        self._next: dict[str, float] = {}

    def add(self, act: int, odds: Odds) -> None:
        """One more act, by its number."""
        for code, value in odds.items():
            if (most := self._most.get(code)) is None:
                self._most[code] = value, act
            elif value > most[0]:
                self._most[code], self._next[code] = (value, act), most[0]
            else:
                self._next[code] = max(value, self._next.get(code, value))

    def but(self, act: int, code: str) -> float:
        """How far the likeliest but this one leans to a code."""
        most = self._most.get(code)
        if most is None:
            return ABSENT
        return most[0] if most[1] != act else self._next.get(code, ABSENT)


def _sum(every: Iterable[Odds]) -> dict[str, float]:
    """Code -> all that leans to it, leaving out what leans away."""
    found: dict[str, list[float]] = {}
    for odds in every:
        for code, value in odds.items():
            found.setdefault(code, []).append(max(0.0, value))
    return {code: math.fsum(values) for code, values in found.items()}
