"""When what was read agrees with what a person coded: sentences, events, parties, speakers.

The rules are those of the team's measure, so that figures can be compared over time and between readers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from siaga.base.event import Event, Party, Quote
from siaga.report.gold import GoldEvent, GoldQuote, GoldSentence

__all__ = ["covers", "is_fact", "items", "named", "nearest_quote", "pair_up", "says_it", "sentence_of", "words"]

Item = tuple[str, str]
"""A side and a code: ("actors", "RUS")."""

WORD = re.compile(r"\w+")
LEAST_FIT = 0.6
"""Share of words that a sentence cut otherwise must have in common with the evidence to be the same one."""
FEWEST_WORDS = 3
"""Evidence of no more words is placed only where it stands word for word."""
QUOTED = 0.7
"""Share of the words of a quote read that people marked as quoted."""
FOUND = 0.8
"""Share of the words of a quote marked that the quote read has."""


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case."""
    return tuple(WORD.findall(text.lower()))


def sentence_of(evidence: str, sentences: Iterable[GoldSentence]) -> int | None:
    """Number of the hand-coded sentence that holds the evidence; null if none does."""
    said = words(evidence)
    best, most = None, LEAST_FIT
    for sentence in sentences:
        fit = _fit(said, words(sentence.text))
        if fit > most:
            best, most = sentence.n, fit
    return best


def _fit(said: Sequence[str], target: Sequence[str]) -> float:
    """How well evidence fits a sentence: 2 and more within it, 1 and more around it, else by words in common."""
    if not said or not target:
        return 0.0
    likeness = min(len(said), len(target)) / max(len(said), len(target))
    inner, outer = f" {' '.join(said)} ", f" {' '.join(target)} "
    if inner in outer:
        return 2 + likeness
    if outer in inner:
        return 1 + likeness
    return _overlap(said, target) * min(1.0, likeness + 0.5) if len(said) > FEWEST_WORDS else 0.0


def _overlap(one: Sequence[str], other: Sequence[str]) -> float:
    """Share of the shorter bag of words that stands in the longer."""
    return (Counter(one) & Counter(other)).total() / min(len(one), len(other))


def named(parties: Iterable[Party] | Iterable[str]) -> frozenset[str]:
    """Codes of parties; those who are not known are left out."""
    found = {party if isinstance(party, str) else party.code for party in parties}
    return frozenset(code.upper() for code in found if code and code != "?")


def items(event: Event | GoldEvent, gold: GoldEvent | None = None) -> frozenset[Item]:
    """Sides and codes of an event; of one that has a pair, sides where the coder knew nobody are left out."""
    return frozenset(
        (side, code) for side, codes in _sides(event).items() if gold is None or _sides(gold)[side] for code in codes
    )


def _sides(event: Event | GoldEvent) -> dict[str, frozenset[str]]:
    return {"actors": named(event.actors), "recipients": named(event.recipients)}


def pair_up(gold: Sequence[GoldEvent], coded: Sequence[Event]) -> tuple[tuple[int, int], ...]:
    """Numbers of the events of one type that belong together, one to one, best agreement first."""
    ranked = sorted(
        (-_strength(wanted, got), i, j)
        for i, wanted in enumerate(gold)
        for j, got in enumerate(coded)
        if wanted.type == got.type
    )
    pairs: dict[int, int] = {}
    for _, i, j in ranked:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return tuple(pairs.items())


def _strength(gold: GoldEvent, coded: Event) -> int:
    return len(items(gold) & items(coded)) + (gold.status == coded.status)


def is_fact(gold: GoldEvent, coded: Event) -> bool:
    """Whether status and both sides agree; the types do where the two are a pair."""
    if gold.status != coded.status:
        return False
    wanted, got = _sides(gold), _sides(coded)
    return all(_side_agrees(wanted, got, *sides) for sides in (("actors", "recipients"), ("recipients", "actors")))


def _side_agrees(wanted: dict[str, frozenset[str]], got: dict[str, frozenset[str]], side: str, other: str) -> bool:
    """Half of the codes in common, and none that the coder has on the other side alone."""
    if not wanted[side]:
        return True
    common, all_ = wanted[side] & got[side], wanted[side] | got[side]
    return len(common) >= 0.5 * len(all_) and not got[side] & (wanted[other] - wanted[side])


def covers(quoted: Counter[str], quote: Quote) -> bool:
    """Whether a quote that was read is made of words that people marked as quoted."""
    return _covered(words(quote.words or ""), quoted) >= QUOTED


def nearest_quote(gold: GoldQuote, read: Iterable[Quote]) -> Quote | None:
    """The shortest quote that was read and has the words of this one."""
    wanted = words(gold.words or "")
    near = (quote for quote in read if _covered(wanted, Counter(words(quote.words or ""))) >= FOUND)
    return min(near, key=lambda quote: len(words(quote.words or "")), default=None)


def says_it(gold: GoldQuote, speaker: str | None) -> bool:
    """Whether a speaker shares a word with the one of a hand-coded quote."""
    return bool(set(words(gold.speaker_resolved or gold.speaker or "")) & set(words(speaker or "")))


def _covered(part: Sequence[str], whole: Counter[str]) -> float:
    return (Counter(part) & whole).total() / len(part) if part else 0.0
