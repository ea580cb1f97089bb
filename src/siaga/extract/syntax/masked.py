"""Syntax read with known names exchanged for a plain one: who and what place is named sways no reading."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, groupby
from typing import NamedTuple

from siaga.base.document import Document, Layer, Mention, Name, Sentence, States, Syntax, Tokens
from siaga.base.pack import Pack, lexicon, pack_of
from siaga.extract.daterules import Month, Weekday
from siaga.extract.syntax.annotate import ParseSyntax

__all__ = ["ParseMasked"]

NAMED = frozenset({"country", "organisation", "group"})
"""Kinds of mentions that are names through and through; of a person's, the office before the name stays."""
INNER_LABEL, INNER_UPOS, INNER_FEATS = "flat", "PROPN", "_"
"""How the further words of a name hang on its first one."""

Run = tuple[int, int]


class PlainNames(NamedTuple):
    """The names that stand for all others."""

    unit: str
    person: str
    place: str


class ParseMasked:
    """Gives the syntax of the text as if each country, organisation, person and place had one name of one word."""

    needs: frozenset[Layer] = frozenset({"language", "tokens", "sentences", "dates", "mentions", "places"})
    gives: frozenset[Layer] = frozenset({"syntax", "states", "names"})

    def __init__(self) -> None:
        self._parse = ParseSyntax()

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
        kept = _kept(len(document.tokens.forms), plain)
        masked = document.replace(
            tokens=_masked(document.tokens, plain, kept),
            sentences=tuple(_moved(sentence, kept) for sentence in document.sentences),
        )
        parsed = self._parse(masked)
        return document.replace(
            syntax=_spread(parsed.syntax, kept, document.tokens),
            states=_spread_states(parsed.states, kept, len(document.tokens.forms)),
            names=tuple(_spread_name(name, kept, document.tokens) for name in parsed.names),
        )


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


def _kept(count: int, runs: Iterable[Run]) -> list[int]:
    """The tokens that are read: all but the further words of a name."""
    inner = {position for first, last in runs for position in range(first + 1, last)}
    return [position for position in range(count) if position not in inner]


def _masked(tokens: Tokens, plain: Mapping[Run, str], kept: Sequence[int]) -> Tokens:
    """The tokens that are read, names exchanged for plain ones."""
    names = {first: name for (first, _), name in plain.items()}
    forms = tuple(names.get(position, tokens.forms[position]) for position in kept)
    lowers = tuple(names[position].lower() if position in names else tokens.lowers[position] for position in kept)
    starts, ends = (tuple(places[position] for position in kept) for places in (tokens.starts, tokens.ends))
    return Tokens(starts=starts, ends=ends, forms=forms, lowers=lowers)


def _moved(sentence: Sentence, kept: Sequence[int]) -> Sentence:
    return sentence.replace(first=bisect_left(kept, sentence.first), last=bisect_left(kept, sentence.last))


def _spread(syntax: Syntax, kept: Sequence[int], tokens: Tokens) -> Syntax:
    """The syntax of every token: the further words of a name hang on its first."""
    count, owner = len(tokens.forms), _owners(kept, len(tokens.forms))
    heads, labels, upos = list(owner), [INNER_LABEL] * count, [INNER_UPOS] * count
    lemmas, feats = list(tokens.lowers), [INNER_FEATS] * count
    for place, position in enumerate(kept):
        head = syntax.heads[place]
        heads[position] = kept[head] if head >= 0 else -1
        labels[position], upos[position] = syntax.labels[place], syntax.upos[place]
        lemmas[position], feats[position] = syntax.lemmas[place], syntax.feats[place]
    return Syntax(
        heads=tuple(heads), labels=tuple(labels), upos=tuple(upos), lemmas=tuple(lemmas), feats=tuple(feats)
    )  # fmt: skip


def _owners(kept: Sequence[int], count: int) -> list[int]:
    """Of each token the one that was read for it: itself, or the first of its name."""
    read = frozenset(kept)
    return list(accumulate((position if position in read else -1 for position in range(count)), max))


def _spread_states(states: States | None, kept: Sequence[int], count: int) -> States | None:
    """The states of every token: the further words of a name have that of its first."""
    if states is None:
        return None
    place = {position: number for number, position in enumerate(kept)}
    rows = (-1 if owner < 0 else states.row_of[place[owner]] for owner in _owners(kept, count))
    return States(states.rows, tuple(rows))


def _spread_name(name: Name, kept: Sequence[int], tokens: Tokens) -> Name:
    """A name at its place among all tokens, with all its words."""
    first = kept[name.first]
    last = kept[name.last] if name.last < len(kept) else len(tokens.forms)
    return name.replace(start=tokens.starts[first], end=tokens.ends[last - 1], first=first, last=last)
