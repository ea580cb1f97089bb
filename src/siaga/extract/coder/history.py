"""What the rest of an article says of who does what to whom: it fills in parties that a sentence leaves out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["Act", "History"]

Codes = frozenset[str]


class Act(NamedTuple):
    """An event as other sentences of the article have it."""

    type: str
    actors: Codes
    recipients: Codes

    def of(self, side: str) -> Codes:
        """The codes on one side, `actor` or `recipient`."""
        return self.actors if side == "actor" else self.recipients


class History:
    """The acts of an article, counted by side and by pair."""

    def __init__(self, acts: Iterable[Act]) -> None:
        self._on_side: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._partners: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for act in acts:
            self._count(act, 1)

    def without(self, act: Act) -> History:
        """The same history without one act: an event is no evidence for itself."""
        rest = History(())
        for mine, theirs in ((rest._on_side, self._on_side), (rest._partners, self._partners)):
            mine.update({key: Counter(counts) for key, counts in theirs.items()})
        rest._count(act, -1)
        return rest

    def on_side(self, type_: str, side: str, code: str) -> int:
        """How often a code stands on this side of events of this type."""
        return self._on_side[type_, side][code]

    def partner(self, side: str, code: str, others: Codes) -> int:
        """How often a code stands on this side of any event with one of these on the other."""
        return sum(self._partners[side, other][code] for other in others)

    def partners(self, side: str, others: Codes) -> set[str]:
        """The codes that stand on this side of events with one of these on the other."""
        return {code for other in others for code, count in self._partners[side, other].items() if count > 0}

    def _count(self, act: Act, by: int) -> None:
        for side, other in (("actor", "recipient"), ("recipient", "actor")):
            for code in act.of(side):
                self._on_side[act.type, side][code] += by
                for opposite in act.of(other):
                    self._partners[side, opposite][code] += by
