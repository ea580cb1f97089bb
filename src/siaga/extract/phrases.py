"""A dictionary of phrases over tokens: longest match first, linear in the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

__all__ = ["Match", "Phrases"]

V = TypeVar("V")


class Match(NamedTuple, Generic[V]):
    """A phrase found: `[first, last)` in tokens, and what the dictionary says of it."""

    first: int
    last: int
    value: V


class Phrases(Generic[V]):
    """Phrases (as sequences of token forms) and their values. Of two equal phrases the first counts.

    >>> phrases = Phrases([(("uni", "eropa"), "EU"), (("eropa",), "EUROPE")])
    >>> [m.value for m in phrases.find(("dari", "uni", "eropa"))]
    ['EU']
    """

    def __init__(self, entries: Iterable[tuple[Sequence[str], V]]) -> None:
        self._values: dict[tuple[str, ...], V] = {}
        sizes: dict[str, set[int]] = defaultdict(set)
        for words, value in entries:
            if words:
                self._values.setdefault(tuple(words), value)
                sizes[words[0]].add(len(words))
        self._sizes = {head: tuple(sorted(found, reverse=True)) for head, found in sizes.items()}

    def at(self, forms: Sequence[str], position: int, last: int | None = None) -> Match[V] | None:
        """The longest phrase that starts at this token and ends before `last`, if any."""
        if (sizes := self._sizes.get(forms[position])) is None:
            return None
        stop = len(forms) if last is None else last
        values = self._values
        for size in sizes:
            if (end := position + size) <= stop and (words := tuple(forms[position:end])) in values:
                return Match(position, end, values[words])
        return None

    def find(self, forms: Sequence[str], first: int = 0, last: int | None = None) -> Iterator[Match[V]]:
        """All longest matches within `[first, last)`, from the left, that do not overlap."""
        stop = len(forms) if last is None else last
        past = first
        for position in self._heads(forms, first, stop):
            if position >= past and (match := self.at(forms, position, stop)) is not None:
                yield match
                past = match.last

    def find_longest(self, forms: Sequence[str]) -> Iterator[Match[V]]:
        """The same, but where a longer phrase begins inside of one, the longer: "not join" of "would not join us".

        >>> phrases = Phrases([(("would", "not"), "no"), (("not", "take", "part"), "absent")])
        >>> [match.value for match in phrases.find_longest(("would", "not", "take", "part"))]
        ['absent']
        """
        past = 0
        for position in self._heads(forms, 0, len(forms)):
            match = self.at(forms, position) if position >= past else None
            if match is not None and not self._gives_way(match, forms):
                yield match
                past = match.last

    def _heads(self, forms: Sequence[str], first: int, last: int) -> list[int]:
        """Where phrases may begin: most words of a text begin none."""
        sizes = self._sizes
        return [position for position, form in enumerate(forms[first:last], first) if form in sizes]

    def _gives_way(self, match: Match[V], forms: Sequence[str]) -> bool:
        inside = (self.at(forms, position) for position in range(match.first + 1, match.last))
        return any(other is not None and other.last - other.first > match.last - match.first for other in inside)
