"""Syntax read with known names exchanged for a plain one: who and what place is named sways no reading."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from siaga.base.document import Document, Layer, Mention, Sentence, States, Syntax, Tokens
from siaga.base.pack import Pack, lexicon, pack_of
from siaga.extract.daterules import Month, Weekday
from siaga.extract.syntax.annotate import Choose, ParseSyntax, Words, parsed_words

__all__ = ["ParseMasked"]

NAMED = frozenset({"country", "organisation", "group"})
"""Kinds of mentions that are names through and through; of a person's, the office before the name stays."""
INNER_LABEL, INNER_UPOS = "flat", "PROPN"
"""How the further words of a name hang on its first one."""

Run = tuple[int, int]


class PlainNames(NamedTuple):
    """The names that stand for all others."""

    unit: str
    person: str
    place: str


class ParseMasked:
    """Gives the syntax of the text as if each country, organisation, person and place had one name of one word.

    As in `ParseSyntax`, `choose` says which sentences are worth reading.
    """

    needs: frozenset[Layer] = frozenset({"language", "tokens", "sentences", "dates", "mentions", "places"})
    gives: frozenset[Layer] = frozenset({"syntax", "states"})

    def __init__(self, choose: Choose = attrgetter("sentences")) -> None:
        self._choose = choose
        self._parse = ParseSyntax(choose)

    def __call__(self, document: Document, /) -> Document:
        pack = pack_of(document)
        if pack is None or pack.plain_name is None or pack.plain_person is None:
            return self._parse(document)
        plain: dict[Run, str] = {}
        names = PlainNames(pack.plain_name, pack.plain_person, pack.plain_place or pack.plain_name)
        for mention in document.mentions:
            plain |= _plain_names(document.tokens, mention, names)
        taken = {token for mention in document.mentions for token in range(mention.first, mention.last)}
        for place in document.places:
            if taken.isdisjoint(range(place.first, place.last)):
                plain[place.first, place.last] = names.place
        plain |= _plain_days(document, pack)
        words, owners = _masked(document.tokens, self._choose(document), plain)
        syntax, states = parsed_words(pack.code, words, document.tokens)
        return document.replace(syntax=_with_inner(syntax, owners), states=_with_inner_states(states, owners))


def _plain_names(tokens: Tokens, mention: Mention, names: PlainNames) -> dict[Run, str]:
    """The names in a mention, each with the plain one: countries and bodies, a person at its end."""
    if mention.kind in NAMED:
        runs = _united([*_capital_runs(tokens, mention.first, mention.last), *_units(tokens, mention, mention.last)])
        return dict.fromkeys(runs, names.unit)
    if mention.kind != "person":
        return {}
    words, first = frozenset(mention.name.lower().split()), mention.last
    while first > mention.first and tokens.lowers[first - 1] in words:
        first -= 1
    plain = dict.fromkeys(_units(tokens, mention, first), names.unit)
    return plain | {(first, mention.last): names.person} if first < mention.last else plain


def _plain_days(document: Document, pack: Pack) -> dict[Run, str]:
    """The months and weekdays of dates, each with the first of its kind."""
    plain, lowers = _first_names(pack), document.tokens.lowers
    inner = (token for date in document.dates for token in range(date.first, date.last))
    return {(token, token + 1): plain[lowers[token]] for token in inner if lowers[token] in plain}


@cache
def _first_names(pack: Pack) -> dict[str, str]:
    months, weekdays = lexicon(pack, "months", Month), lexicon(pack, "weekdays", Weekday)
    return {row.word.lower(): rows[0].word for rows in (months, weekdays) for row in rows}


def _units(tokens: Tokens, mention: Mention, last: int) -> list[Run]:
    """The names of countries and bodies in a mention up to a token, small words within them included."""
    return [unit for unit in mention.units if unit[1] <= last and tokens.forms[unit[0]][0].isupper()]


def _united(runs: Iterable[Run]) -> Iterator[Run]:
    """Runs that touch or overlap as one."""
    last: Run | None = None
    for run in sorted(runs):
        if last is not None and run[0] <= last[1]:
            last = last[0], max(last[1], run[1])
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last


def _capital_runs(tokens: Tokens, first: int, last: int) -> Iterator[Run]:
    """The stretches of words that begin with a capital."""
    for capital, run in groupby(range(first, last), key=lambda position: tokens.forms[position][0].isupper()):
        positions = list(run)
        if capital:
            yield positions[0], positions[-1] + 1


def _masked(tokens: Tokens, sentences: Iterable[Sentence], plain: Mapping[Run, str]) -> tuple[Words, dict[int, int]]:
    """The words that are read, names exchanged for plain ones, and of each further word of a name the first."""
    words, owners = Words([], [], []), dict[int, int]()
    runs, names = sorted(plain), {first: name for (first, _), name in plain.items()}
    for sentence in sentences:
        low, high = bisect_left(runs, (sentence.first,)), bisect_left(runs, (sentence.last,))
        positions, inner = _outer(sentence, runs[low:high])
        words.positions.extend(positions)
        words.forms.extend([names.get(position) or tokens.forms[position] for position in positions])
        words.lengths.append(len(positions))
        owners |= inner
    return words, owners


def _outer(sentence: Sentence, runs: Iterable[Run]) -> tuple[list[int], dict[int, int]]:
    """The tokens of a sentence but for the further ones of names, and those with the first of their name."""
    positions, inner = list[int](), dict[int, int]()
    at = owner = sentence.first
    for first, last in runs:
        if first >= at:
            positions += range(at, first + 1)
            at, owner = first + 1, first
        inner |= dict.fromkeys(range(at, min(last, sentence.last)), owner)
        at = max(at, last)
    positions += range(at, sentence.last)
    return positions, inner


def _with_inner(syntax: Syntax, owners: Mapping[int, int]) -> Syntax:
    """The syntax with the further words of names, which hang on the first."""
    heads, labels, upos = list(syntax.heads), list(syntax.labels), list(syntax.upos)
    for position, owner in owners.items():
        heads[position], labels[position], upos[position] = owner, INNER_LABEL, INNER_UPOS
    return syntax.replace(heads=tuple(heads), labels=tuple(labels), upos=tuple(upos))


def _with_inner_states(states: States | None, owners: Mapping[int, int]) -> States | None:
    """The states with those of the further words of names: that of the first."""
    if states is None:
        return None
    row_of = list(states.row_of)
    for position, owner in owners.items():
        row_of[position] = row_of[owner]
    return States(states.rows, tuple(row_of))
