"""Place names -> places with coordinates, and how exact those are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from siaga.base.document import Document, Layer, PlaceMention, Tokens
from siaga.base.pack import languages, load_pack
from siaga.extract.gazetteer import Gazetteer, KnownPlace, gazetteer
from siaga.extract.phrases import Match
from siaga.extract.sites import with_sites

__all__ = ["Places"]

FAMOUS = 1_000_000
"""Inhabitants from which a city is named without its country or a preposition (looked at on the training news)."""
FAR_LARGER = 8
"""A city so many times larger than its homonym is meant even where that one's country is named: London."""
CUE_TOKENS = 2
"""Tokens of the longest cue."""
RANKS = ("country", "region", "sea", "site", "city")
"""Of homonyms, the wider known place first: Georgia is the country."""


class Places:
    """Gives the places named in the article's text. Case matters; ambiguous names need a preposition before them."""

    needs: frozenset[Layer] = frozenset({"tokens"})
    gives: frozenset[Layer] = frozenset({"places"})

    def __call__(self, document: Document, /) -> Document:
        language = document.article.language
        if language not in languages():
            return document
        known = gazetteer(language)
        matches = tuple(_matches(document.tokens, known))
        home = load_pack(language).home
        countries = _countries(matches) | ({home} if home else frozenset())
        places = (_mention(match, document.tokens, known, countries) for match in matches)
        named = tuple(place for place in places if place is not None)
        return document.replace(places=with_sites(named, document.article.text, document.tokens, language))


def _matches(tokens: Tokens, known: Gazetteer) -> Iterator[Match[tuple[KnownPlace, ...]]]:
    stop = 0
    for position, form in enumerate(tokens.forms):
        if position < stop or form not in known.heads:
            continue
        if (match := known.names.at(tokens.forms, position)) is not None:
            stop = match.last
            if match.value:
                yield match


def _countries(matches: Sequence[Match[tuple[KnownPlace, ...]]]) -> frozenset[str]:
    """The countries that the article names."""
    return frozenset(
        place.country
        for match in matches
        for place in match.value
        if place.precision in ("country", "region", "site") and place.country
    )


def _mention(
    match: Match[tuple[KnownPlace, ...]], tokens: Tokens, known: Gazetteer, countries: frozenset[str]
) -> PlaceMention | None:
    place = _choose(match.value, countries)
    if not _is_meant(match, place, tokens, known, countries):
        return None
    return PlaceMention(
        start=tokens.starts[match.first],
        end=tokens.ends[match.last - 1],
        first=match.first,
        last=match.last,
        name=place.name,
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
        precision=place.precision,
    )


def _choose(places: tuple[KnownPlace, ...], countries: frozenset[str]) -> KnownPlace:
    """Of homonyms the country, then the region; of cities one far larger; else the one in a country of the article."""
    if len(places) == 1:
        return places[0]
    widest = min(RANKS.index(place.precision) for place in places)
    rivals = [place for place in places if RANKS.index(place.precision) == widest]
    largest = max(place.population for place in rivals)
    return min(
        (place for place in rivals if place.population * FAR_LARGER > largest),
        key=lambda place: (place.country not in countries, -place.population),
        default=rivals[0],
    )


def _is_meant(
    match: Match[tuple[KnownPlace, ...]], place: KnownPlace, tokens: Tokens, known: Gazetteer, countries: frozenset[str]
) -> bool:
    """Whether the name stands for the place here, and not for a word, a person or a club."""
    written = " ".join(tokens.forms[match.first : match.last])
    if written in known.never:
        return False
    if _is_cued(tokens, match.first, known):
        return True
    if written in known.cued:
        return False
    return place.precision != "city" or place.population >= FAMOUS or place.country in countries


def _is_cued(tokens: Tokens, position: int, known: Gazetteer) -> bool:
    for start in range(max(0, position - CUE_TOKENS), position):
        match = known.cues.at(tokens.lowers, start, position)
        if match and match.last == position:
            return True
    return False
