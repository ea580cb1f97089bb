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
        stop = len(forms) if last is None else last
        for size in self._sizes.get(forms[position], ()):
            words = tuple(forms[position : (end := position + size)])
            if end <= stop and words in self._values:
                return Match(position, end, self._values[words])
        return None

    def find(self, forms: Sequence[str], first: int = 0, last: int | None = None) -> Iterator[Match[V]]:
        """All longest matches within `[first, last)`, from the left, that do not overlap."""
        stop, position, sizes = len(forms) if last is None else last, first, self._sizes
        for start in [place for place in range(first, stop) if forms[place] in sizes]:
            if start >= position and (match := self.at(forms, start, stop)) is not None:
                yield match
                position = match.last

    def find_longest(self, forms: Sequence[str]) -> Iterator[Match[V]]:
        """The same, but where a longer phrase begins inside of one, the longer: "not join" of "would not join us".

        >>> phrases = Phrases([(("would", "not"), "no"), (("not", "take", "part"), "absent")])
        >>> [match.value for match in phrases.find_longest(("would", "not", "take", "part"))]
        ['absent']
        """
        position, sizes = 0, self._sizes
        for start in [place for place, form in enumerate(forms) if form in sizes]:
            match = self.at(forms, start) if start >= position else None
            if match is not None and not self._gives_way(match, forms):
                yield match
                position = match.last

    def _gives_way(self, match: Match[V], forms: Sequence[str]) -> bool:
        if match.last - match.first == 1:
            return False
        inside = (self.at(forms, position) for position in range(match.first + 1, match.last))
        return any(other is not None and other.last - other.first > match.last - match.first for other in inside)
