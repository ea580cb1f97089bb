"""Places told by their kind: "Bandara X", "the village of X", "the Ukrainian border"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple

from siaga.base.document import PlaceMention, Tokens
from siaga.base.event import Precision
from siaga.base.pack import grammar, lexicon, load_pack
from siaga.base.record import Record
from siaga.extract.phrases import Phrases
from siaga.extract.tokens import tokenise

__all__ = ["PlaceHit", "PlaceRule", "with_sites"]

LINE = "\n"
NAME_TOKENS = 4
"""Words of the longest name taken: "Sultan Aji Muhammad Sulaiman"."""
NEAR_TOKENS = 3
"""How far on a place may stand that a site is in: "Bandara Depati Amir, Pangkalpinang"."""


class PlaceHit(Record):
    """A text, the place found in it, and its country: executed by `tests/packs`."""

    text: str
    found: str
    country: str | None = None


class PlaceRule(Record):
    """A rule of `grammar/places.toml`."""

    id: str
    precision: Precision
    slot: Literal["name", "place", "demonym"]
    hits: tuple[PlaceHit, ...]
    misses: tuple[str, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class Demonym(Record):
    """A row of `lexicon/demonyms.csv`."""

    form: str
    code: str


class _Rules(NamedTuple):
    before: Phrases[tuple[PlaceRule, ...]]
    after: Phrases[tuple[PlaceRule, ...]]
    heads: frozenset[str]
    demonyms: Mapping[str, str]


def with_sites(places: tuple[PlaceMention, ...], text: str, tokens: Tokens, code: str) -> tuple[PlaceMention, ...]:
    """The places, and those told by their kind; of two that overlap the longer."""
    sites = tuple(site for site in _sites(places, tokens, _rules(code)) if LINE not in text[site.start : site.end])
    taken = frozenset(position for site in sites for position in range(site.first, site.last))
    others = (place for place in places if taken.isdisjoint(range(place.first, place.last)))
    return tuple(sorted((*sites, *others), key=lambda place: place.start))


def _sites(places: tuple[PlaceMention, ...], tokens: Tokens, rules: _Rules) -> Iterator[PlaceMention]:
    by_token = {position: place for place in places for position in range(place.first, place.last)}
    stop = 0
    for position, lower in enumerate(tokens.lowers):
        if position < stop or lower not in rules.heads or position in by_token:
            continue
        if site := _site(position, tokens, rules, by_token):
            stop = site.last
            yield site


def _site(position: int, tokens: Tokens, rules: _Rules, by_token: Mapping[int, PlaceMention]) -> PlaceMention | None:
    """The place whose kind is named at this token, before its name or after it."""
    if match := rules.before.at(tokens.lowers, position):
        for rule in match.value:
            last = _name_end(rule, match.last, tokens, by_token)
            if last > match.last:
                return _mention(rule, position, last, tokens, by_token)
    if match := rules.after.at(tokens.lowers, position):
        for rule in match.value:
            first = _name_start(rule, position, tokens, rules, by_token)
            if first < position:
                site = _mention(rule, first, match.last, tokens, by_token)
                return site.replace(country=site.country or rules.demonyms.get(tokens.forms[first]))
    return None


def _name_end(rule: PlaceRule, first: int, tokens: Tokens, by_token: Mapping[int, PlaceMention]) -> int:
    if rule.slot == "place":
        return by_token[first].last if first in by_token else first
    last = first
    while last < min(first + NAME_TOKENS, len(tokens.forms)) and _is_name(last, first, tokens):
        last += 1
    return last


def _name_start(rule: PlaceRule, last: int, tokens: Tokens, rules: _Rules, by_token: Mapping[int, PlaceMention]) -> int:
    if last == 0:
        return 0
    if rule.slot == "place":
        return by_token[last - 1].first if last - 1 in by_token else last
    if rule.slot == "demonym":
        return last - 1 if tokens.forms[last - 1] in rules.demonyms else last
    if last - 1 in by_token:
        return by_token[last - 1].first
    first = last
    while (
        first > max(1, last - NAME_TOKENS) and _is_name(first - 1, last - 1, tokens) and not _starts(first - 1, tokens)
    ):
        first -= 1
    return first


def _is_name(position: int, start: int, tokens: Tokens) -> bool:
    """Whether a token is a word in capitals, in the same line and without a break before it."""
    form = tokens.forms[position]
    if not (form[0].isupper() and form[-1].isalpha()):
        return False
    return position == start or abs(tokens.starts[position] - tokens.ends[position - 1]) <= 1


def _starts(position: int, tokens: Tokens) -> bool:
    """Whether a token starts a sentence, where capitals say nothing."""
    return position < len(tokens.forms) and position > 0 and tokens.forms[position - 1] in '.!?"“'


def _mention(
    rule: PlaceRule, first: int, last: int, tokens: Tokens, by_token: Mapping[int, PlaceMention]
) -> PlaceMention:
    """The place: where its name is known, in the country and, for a site in a city, at the coordinates of that."""
    inside = next((by_token[position] for position in range(first, last) if position in by_token), None)
    near = inside or next((by_token[p] for p in range(last, last + NEAR_TOKENS) if p in by_token), None)
    is_exact = inside is not None and inside.precision in ("city", "site", rule.precision) and rule.slot == "name"
    start, end = tokens.starts[first], tokens.ends[last - 1]
    return PlaceMention(
        start=start,
        end=end,
        first=first,
        last=last,
        name=_name(tokens.forms[first:last], tokens.starts[first:last], tokens.ends[first:last]),
        country=near.country if near else None,
        latitude=inside.latitude if is_exact and inside else None,
        longitude=inside.longitude if is_exact and inside else None,
        precision=rule.precision,
    )


def _name(forms: Sequence[str], starts: Sequence[int], ends: Sequence[int]) -> str:
    """The words as written, with one space where the text has any."""
    gaps = ["" if start == end else " " for start, end in zip(starts[1:], ends, strict=False)]
    return "".join(form + gap for form, gap in zip(forms, [*gaps, ""], strict=True))


@cache
def _rules(code: str) -> _Rules:
    pack = load_pack(code)
    rules = grammar(pack, "places", PlaceRule)
    before, after = _by_word(rules, "before"), _by_word(rules, "after")
    return _Rules(
        before=Phrases(before.items()),
        after=Phrases(after.items()),
        heads=frozenset(words[0] for words in (*before, *after)),
        demonyms={row.form: row.code for row in lexicon(pack, "demonyms", Demonym)},
    )


def _by_word(
    rules: tuple[PlaceRule, ...], side: Literal["before", "after"]
) -> dict[tuple[str, ...], tuple[PlaceRule, ...]]:
    found: dict[tuple[str, ...], tuple[PlaceRule, ...]] = {}
    for rule in rules:
        for phrase in rule.before if side == "before" else rule.after:
            words = tokenise(phrase).lowers
            found[words] = (*found.get(words, ()), rule)
    return found
