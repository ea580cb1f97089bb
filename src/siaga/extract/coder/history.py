"""What the rest of an article says of who does what to whom: it fills in parties that a sentence leaves out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["OPPOSITE", "Act", "Habits", "History", "Others"]

OPPOSITE = {"actor": "recipient", "recipient": "actor"}

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
        self._acts: dict[str, Counter[str]] = defaultdict(Counter)
        self._partners: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for act in acts:
            self._count(act)

    def without(self, act: Act) -> Others:
        """What the history says without this act of it: an event is no evidence for itself."""
        return Others(self, act)

    def on_side(self, type_: str, side: str, code: str) -> int:
        """How often a code stands on this side of events of this type."""
        return self._on_side[type_, side][code]

    def acts(self, side: str, code: str) -> int:
        """How often a code stands on this side of any event."""
        return self._acts[side][code]

    def partner(self, side: str, code: str, others: Codes) -> int:
        """How often a code stands on this side of any event with one of these on the other."""
        return sum(self._partners[side, other][code] for other in others)

    def partners(self, side: str, others: Codes) -> set[str]:
        """The codes that stand on this side of events with one of these on the other."""
        return {code for other in others for code, count in self._partners[side, other].items() if count > 0}

    def habits(self, act: Act, side: str, main: str | None) -> Habits:
        """What the other acts say of who may stand on a side of this one; `main` is whom the article names most."""
        other = OPPOSITE[side]
        opposite = act.of(other)
        return Habits(
            act.of(side), opposite,
            self._on_side[act.type, side], self._on_side[act.type, other], self._acts[side], self._acts[other],
            {code: self._partners[side, code] for code in opposite},
            {code: self._partners[other, code] for code in opposite},
            main, self._partners[side, main] if main else Counter(),
        )  # fmt: skip

    def _count(self, act: Act) -> None:
        for side, other in OPPOSITE.items():
            for code in act.of(side):
                self._on_side[act.type, side][code] += 1
                self._acts[side][code] += 1
                for opposite in act.of(other):
                    self._partners[side, opposite][code] += 1


class Habits(NamedTuple):
    """What the acts of an article beside one of them say of who may stand on a side of it, at hand for many codes."""

    own: Codes
    """Who stands on this side of the act itself, which is counted in all that follows."""
    opposite: Codes
    type_here: Counter[str]
    type_across: Counter[str]
    acts_here: Counter[str]
    acts_across: Counter[str]
    pairs_here: dict[str, Counter[str]]
    """Each who stands opposite -> who stands here in acts with him."""
    pairs_across: dict[str, Counter[str]]
    main: str | None
    pairs_with_main: Counter[str]

    def of(self, code: str) -> tuple[int, ...]:
        """How often a code stands on this side and on the other: of acts of this type, and of any; how often with one
        of those opposite to it, here and across, and with `main`; whether it stands opposite, how many do, and others.
        """
        own, across = code in self.own, code in self.opposite
        rest = [other for other in self.opposite if other != code]
        both = across * sum(other in self.own for other in rest)
        with_main = self.pairs_with_main.get(code, 0) - (own and self.main in self.opposite)
        return (
            self.type_here.get(code, 0) - own, self.type_across.get(code, 0) - across,
            self.acts_here.get(code, 0) - own, self.acts_across.get(code, 0) - across,
            sum([self.pairs_here[other].get(code, 0) for other in rest]) - own * len(rest),
            sum([self.pairs_across[other].get(code, 0) for other in rest]) - both,
            with_main if self.main != code else 0, across, len(self.opposite), len(rest),
        )  # fmt: skip


class Others(NamedTuple):
    """The acts of an article beside one of them; asked like the whole history."""

    history: History
    act: Act

    def on_side(self, type_: str, side: str, code: str) -> int:
        """How often a code stands on this side of the other events of this type."""
        return self.history.on_side(type_, side, code) - (type_ == self.act.type and code in self.act.of(side))

    def acts(self, side: str, code: str) -> int:
        """How often a code stands on this side of the other events."""
        return self.history.acts(side, code) - (code in self.act.of(side))

    def partner(self, side: str, code: str, others: Codes) -> int:
        """How often a code stands on this side of another event with one of these on the other side."""
        if not others:
            return 0
        return self.history.partner(side, code, others) - (code in self.act.of(side)) * len(
            others & self.act.of(OPPOSITE[side])
        )

    def partners(self, side: str, others: Codes) -> set[str]:
        """The codes that stand on this side of other events with one of these on the other side."""
        known = self.history.partners(side, others)
        return {code for code in known if self.partner(side, code, others) > 0}
