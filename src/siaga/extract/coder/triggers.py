"""Words that may express an event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from siaga.base.errors import PackError
from siaga.base.event import EventType
from siaga.base.pack import grammar, lexicon, load_pack
from siaga.base.record import Record
from siaga.extract.morphology import forms_of
from siaga.extract.numbers import find_numbers
from siaga.extract.phrases import Match, Phrases
from siaga.extract.tokens import tokenise

__all__ = ["Candidate", "EventRule", "Hit", "Row", "Trigger", "candidates", "event_rules"]

BLOCKED = "-"
"""Rule of a phrase that holds a trigger but is no event."""


class Hit(Record):
    """A text in which a rule must find an event, and what must be true of it."""

    text: str
    actors: tuple[str, ...] | None = None
    recipients: tuple[str, ...] | None = None
    status: str | None = None


class EventRule(Record):
    """A kind of act: its PLOVER type and mode, and who stands where in a sentence about it."""

    id: str
    type: EventType
    frame: Literal["directed", "mutual", "victim"]
    """Who stands where: see `docs/packs.md`."""
    hits: tuple[Hit, ...]
    misses: tuple[str, ...]
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    within_names: bool = False
    """Whether a trigger may be part of a name: "Russian troops" at a border are an act and an actor in one."""
    sure_beside: tuple[str, ...] = ()
    """Words that make a trigger that is counted sure when they follow: "90,000 troops near the border"."""


class Row(Record):
    """A row of `lexicon/events.csv`: a word or phrase, the paradigms of its forms, and what kind of act it tells of."""

    lemma: str
    forms: str
    rule: str
    sure: bool = False
    """Whether it tells of one wherever it stands, so that the model need not be asked (it may never have met it)."""


class Trigger(NamedTuple):
    """A form of a lemma under a rule."""

    rule: EventRule
    lemma: str
    voice: str
    sure: bool = False


class Candidate(NamedTuple):
    """A trigger found at the tokens `[first, last)`."""

    first: int
    last: int
    trigger: Trigger


def candidates(language: str, lowers: Sequence[str], first: int, last: int) -> Iterator[Candidate]:
    """Every reading of every trigger in these tokens, from the left; longest phrases only.

    A number within a phrase is passed over: "sent 5,000 troops" is "sent troops".
    """
    for match in _matches(language, tuple(lowers[first:last])):
        for trigger in match.value:
            yield Candidate(first + match.first, first + match.last, trigger)


@lru_cache(maxsize=1024)
def _matches(language: str, words: tuple[str, ...]) -> tuple[Match[tuple[Trigger, ...]], ...]:
    """Every trigger in these words, from the left; kept for a while: who asks whether there is any asks which next."""
    parted = tuple(_parted(language, words))
    whole = (
        match
        for match in _lexicon(language).find_longest(words)
        if not any(match.first < one.last and one.first < match.last for one in parted)
    )
    return tuple(sorted((*parted, *whole), key=_first))


def _parted(language: str, words: Sequence[str]) -> Iterator[Match[tuple[Trigger, ...]]]:
    """Phrases that a number parts."""
    numbers = [token for number in find_numbers(words, language) for token in range(number.first, number.last)]
    if numbers:
        kept = sorted(set(range(len(words))).difference(numbers))
        for match in _lexicon(language).find([words[token] for token in kept]):
            first, last = kept[match.first], kept[match.last - 1] + 1
            if last - first > match.last - match.first:
                yield Match(first, last, match.value)


def _first(match: Match[tuple[Trigger, ...]]) -> int:
    return match.first


@cache
def event_rules(language: str) -> dict[str, EventRule]:
    """The rules of a pack by id."""
    return {rule.id: rule for rule in grammar(load_pack(language), "events", EventRule)}


@cache
def _lexicon(language: str) -> Phrases[tuple[Trigger, ...]]:
    rules = event_rules(language)
    readings: dict[tuple[str, ...], dict[tuple[str, str], Trigger]] = defaultdict(dict)
    for row in lexicon(load_pack(language), "events", Row):
        if row.rule != BLOCKED and row.rule not in rules:
            raise PackError(f"{language}/lexicon/events.csv: {row.lemma!r} stands under {row.rule!r}, which is no rule")
        for form in forms_of(language, row.lemma, row.forms):
            of_form = readings[tokenise(form.words).lowers]
            if row.rule != BLOCKED:
                of_form.setdefault((row.rule, form.voice), Trigger(rules[row.rule], row.lemma, form.voice, row.sure))
    return Phrases((words, _one_a_rule(triggers)) for words, triggers in readings.items())


def _one_a_rule(triggers: dict[tuple[str, str], Trigger]) -> tuple[Trigger, ...]:
    """One reading for each rule; a form that is noun and verb under one rule is marked so."""
    by_rule: dict[str, list[Trigger]] = defaultdict(list)
    for (rule, _), trigger in triggers.items():
        by_rule[rule].append(trigger)
    return tuple(
        found[0]._replace(
            voice="/".join(sorted({trigger.voice for trigger in found})), sure=any(trigger.sure for trigger in found)
        )
        for found in by_rule.values()
    )
