"""Every hit and miss of every grammar, read as the engine reads: what `tests/packs` and `siaga overlay check` run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from typing import Literal, NamedTuple

from siaga.base.article import Article
from siaga.base.document import Document, Sentence
from siaga.base.event import Event, Quote
from siaga.base.pack import grammar, load_pack
from siaga.collect.byline import BylineRule, byline_rules, compile_byline
from siaga.collect.junk import JunkRule
from siaga.extract import actor_rules, attribution
from siaga.extract.actor_pieces import read_pieces, shape
from siaga.extract.actor_rules import ActorRule, load_rules
from siaga.extract.actor_tables import load_actors
from siaga.extract.actors import Mentions
from siaga.extract.asides import AsideRule
from siaga.extract.attribution import QuoteRule, quote_rules
from siaga.extract.coder import triggers
from siaga.extract.coder.triggers import EventRule, event_rules
from siaga.extract.daterules import DateHit, DateRule
from siaga.extract.dates import Dates
from siaga.extract.magnitudes import MagnitudeHit, MagnitudeRule, Magnitudes
from siaga.extract.morphology import inflect, known_inflections
from siaga.extract.places import Places
from siaga.extract.quotes import Quotes
from siaga.extract.sentences import JoinRule, Sentences, join_rules, split_sentences
from siaga.extract.sites import PlaceHit, PlaceRule
from siaga.extract.tokens import Tokenise, tokenise

__all__ = ["Example", "Read", "examples"]

Read = Callable[[Article], Document]
"""The whole reader."""
PUBLISHED = "2021-11-30"
"""The day on which examples are read."""


class Example(NamedTuple):
    """A text of a rule, and what comes of reading it."""

    grammar: str
    language: str
    rule: str
    kind: Literal["hit", "miss"]
    text: str
    read: Callable[[], str | None]
    """What was read instead; null where the example holds."""


def examples(language: str, read: Read) -> Iterator[Example]:
    """Every example of the rules of a language, those of an overlay with them."""
    return chain(
        _junk(language), _asides(language), _bylines(language), _morphology(language), _sentences(language),
        _dates(language), _magnitudes(language), _places(language), _actors(language), _quotes(language),
        _events(language, read),
    )  # fmt: skip


def _expect(found: object, *, wanted: bool) -> str | None:
    """Nothing if it is as wanted, else what was found."""
    return None if wanted else str(found)


def _junk(language: str) -> Iterator[Example]:
    for rule in grammar(load_pack(language), "junk", JunkRule):
        pattern = re.compile(rule.pattern, re.IGNORECASE)
        matches = pattern.search if rule.takes in {"part", "headline"} else pattern.fullmatch
        yield from _matched("junk", language, rule, matches)


def _asides(language: str) -> Iterator[Example]:
    for rule in grammar(load_pack(language), "asides", AsideRule):
        yield from _matched("asides", language, rule, re.compile(rule.pattern, re.IGNORECASE).search)


def _bylines(language: str) -> Iterator[Example]:
    for rule in byline_rules(language):
        pattern = compile_byline(rule)
        yield from _matched("metadata", language, rule, pattern.match if rule.gives == "source" else pattern.fullmatch)


def _matched(
    name: str, language: str, rule: AsideRule | JunkRule | BylineRule, matches: Callable[[str], re.Match[str] | None]
) -> Iterator[Example]:
    for hit in rule.hits:
        yield Example(name, language, rule.id, "hit", hit, partial(_is_matched, matches, hit))
    for miss in rule.misses:
        yield Example(name, language, rule.id, "miss", miss, partial(_is_left, matches, miss))


def _is_matched(matches: Callable[[str], re.Match[str] | None], text: str) -> str | None:
    return _expect("the pattern does not match", wanted=matches(text) is not None)


def _is_left(matches: Callable[[str], re.Match[str] | None], text: str) -> str | None:
    found = matches(text)
    return _expect(f"the pattern matches {found[0]!r}" if found else "", wanted=found is None)


def _morphology(language: str) -> Iterator[Example]:
    for rule in known_inflections(language).values():
        for pair in rule.hits:
            text = " → ".join(pair)
            yield Example("morphology", language, rule.id, "hit", text, partial(_makes, language, rule.id, pair))
        for pair in rule.misses:
            text = " → ".join(pair)
            yield Example("morphology", language, rule.id, "miss", text, partial(_makes_not, language, rule.id, pair))


def _makes(language: str, rule: str, pair: tuple[str, str]) -> str | None:
    made = inflect(language, pair[0].split()[-1], rule)
    return _expect(made, wanted=made == pair[1].split()[-1])


def _makes_not(language: str, rule: str, pair: tuple[str, str]) -> str | None:
    made = inflect(language, pair[0], rule)
    return _expect(made, wanted=made != pair[1])


def _sentences(language: str) -> Iterator[Example]:
    for rule in join_rules(load_pack(language)):
        yield from _joined(language, rule)


def _joined(language: str, rule: JoinRule) -> Iterator[Example]:
    for hit in rule.hits:
        yield Example("sentences", language, rule.id, "hit", hit, partial(_is_cut, language, hit, [hit]))
    for miss in rule.misses:
        parts = [part.strip() for part in miss.split("|")]
        yield Example(
            "sentences", language, rule.id, "miss", miss, partial(_is_cut, language, miss.replace("|", ""), parts)
        )


def _is_cut(language: str, text: str, parts: list[str]) -> str | None:
    found = [text[one.start : one.end] for one in split_sentences(text, tokenise(text), load_pack(language))]
    return _expect(found, wanted=found == parts)


def _document(text: str, language: str, published: str | None = PUBLISHED) -> Document:
    """A text as an article of one sentence."""
    tokens = tokenise(text)
    whole = Sentence(start=0, end=len(text), first=0, last=len(tokens.forms))
    article = Article(id="example", text=text, language=language, published=published)
    return Document(article=article, tokens=tokens, sentences=(whole,))


def _dates(language: str) -> Iterator[Example]:
    for rule in grammar(load_pack(language), "dates", DateRule):
        for hit in rule.hits:
            yield Example("dates", language, rule.id, "hit", hit.text, partial(_is_dated, language, rule, hit))
        for miss in rule.misses:
            yield Example("dates", language, rule.id, "miss", miss, partial(_is_undated, language, rule, miss))


def _is_dated(language: str, rule: DateRule, hit: DateHit) -> str | None:
    document = Dates()(_document(hit.text, language, hit.published))
    found = [(one.rule, hit.text[one.start : one.end], one.earliest, one.latest) for one in document.dates]
    return _expect(found, wanted=(rule.id, hit.found, hit.earliest, hit.latest) in found)


def _is_undated(language: str, rule: DateRule, miss: str) -> str | None:
    found = [one.rule for one in Dates()(_document(miss, language)).dates]
    return _expect(found, wanted=rule.id not in found and not (rule.kind == "never" and found))


def _magnitudes(language: str) -> Iterator[Example]:
    for rule in grammar(load_pack(language), "magnitudes", MagnitudeRule):
        for hit in rule.hits:
            yield Example("magnitudes", language, rule.id, "hit", hit.text, partial(_is_counted, language, hit))
        for miss in rule.misses:
            yield Example(
                "magnitudes", language, rule.id, "miss", miss, partial(_is_uncounted, language, rule.id, miss)
            )


def _is_counted(language: str, hit: MagnitudeHit) -> str | None:
    values = [one.value for one in Magnitudes()(_document(hit.text, language)).magnitudes]
    found = [(value.text, value.minimum, value.maximum, value.unit) for value in values]
    return _expect(found, wanted=(hit.found, hit.minimum, hit.maximum, hit.unit) in found)


def _is_uncounted(language: str, rule: str, miss: str) -> str | None:
    found = [one.rule for one in Magnitudes()(_document(miss, language)).magnitudes]
    return _expect(found, wanted=rule not in found)


def _places(language: str) -> Iterator[Example]:
    for rule in grammar(load_pack(language), "places", PlaceRule):
        for hit in rule.hits:
            yield Example("places", language, rule.id, "hit", hit.text, partial(_is_placed, language, rule, hit))
        for miss in rule.misses:
            yield Example("places", language, rule.id, "miss", miss, partial(_is_unplaced, language, miss))


def _is_placed(language: str, rule: PlaceRule, hit: PlaceHit) -> str | None:
    places = Places()(_document(hit.text, language)).places
    found = [(hit.text[place.start : place.end], place.country, place.precision) for place in places]
    return _expect(found, wanted=(hit.found, hit.country, rule.precision) in found)


def _is_unplaced(language: str, miss: str) -> str | None:
    found = [place.name for place in Places()(_document(miss, language)).places]
    return _expect(found, wanted=not found)


def _actors(language: str) -> Iterator[Example]:
    for rule in grammar(load_pack(language), "actors", ActorRule):
        for hit in rule.hits:
            yield Example("actors", language, rule.id, "hit", hit.text, partial(_is_mentioned, language, rule.id, hit))
        for miss in rule.misses:
            yield Example("actors", language, rule.id, "miss", miss, partial(_is_unmentioned, language, rule.id, miss))


def _is_mentioned(language: str, rule: str, hit: actor_rules.Hit) -> str | None:
    if rule not in (rules := _rules_of(hit.text, language)):
        return f"the rules {sorted(rules)}"
    mentions = Mentions()(_document(hit.text, language)).mentions
    found = [(hit.text[one.start : one.end], one.code, one.name) for one in mentions]
    wanted = (one[:2] == (hit.mention, hit.code) and hit.name in {None, one[2]} for one in found)
    return _expect(found, wanted=any(wanted))


def _is_unmentioned(language: str, rule: str, miss: str) -> str | None:
    found = _rules_of(miss, language)
    return _expect(sorted(found), wanted=rule not in found)


def _rules_of(text: str, language: str) -> set[str]:
    tokens = tokenise(text)
    pieces = read_pieces(tokens, 0, len(tokens.forms), load_actors(language))
    return {joint.rule for joint in load_rules(language).joints(shape(pieces))}


def _quotes(language: str) -> Iterator[Example]:
    for rule in quote_rules(load_pack(language)):
        yield from _quoted(language, rule)


def _quoted(language: str, rule: QuoteRule) -> Iterator[Example]:
    for hit in rule.hits:
        yield Example("quotes", language, rule.id, "hit", hit.text, partial(_is_quoted, language, hit))
    for miss in rule.misses:
        yield Example("quotes", language, rule.id, "miss", miss, partial(_is_unquoted, language, miss))


def _is_quoted(language: str, hit: attribution.Hit) -> str | None:
    found = [(quote.speaker, quote.words) for quote in _quotes_in(language, hit.text)]
    return _expect(found, wanted=(hit.speaker, hit.words) in found)


def _is_unquoted(language: str, miss: str) -> str | None:
    found = [(quote.speaker, quote.words) for quote in _quotes_in(language, miss)]
    return _expect(found, wanted=not found)


def _quotes_in(language: str, text: str) -> tuple[Quote, ...]:
    document = Document(article=Article(id="example", text=text, language=language))
    for annotator in (Tokenise(), Sentences(), Mentions(), Quotes()):
        document = annotator(document)
    return document.quotes


def _events(language: str, read: Read) -> Iterator[Example]:
    for rule in event_rules(language).values():
        for hit in rule.hits:
            yield Example("events", language, rule.id, "hit", hit.text, partial(_is_coded, language, rule, hit, read))
        for miss in rule.misses:
            yield Example("events", language, rule.id, "miss", miss, partial(_is_uncoded, language, rule, miss, read))


def _is_coded(language: str, rule: EventRule, hit: triggers.Hit, read: Read) -> str | None:
    events = _events_in(language, hit.text, read)
    return _expect(_told(events), wanted=any(_fits(event, rule, hit) for event in events))


def _is_uncoded(language: str, rule: EventRule, miss: str, read: Read) -> str | None:
    events = _events_in(language, miss, read)
    return _expect(_told(events), wanted=rule.type not in {event.type for event in events})


def _events_in(language: str, text: str, read: Read) -> tuple[Event, ...]:
    return read(Article(id="case", language=language, published="2021-12-01", text=text)).events


def _fits(event: Event, rule: EventRule, hit: triggers.Hit) -> bool:
    """Whether an event is what the hit asks for."""
    sides = ((hit.actors, event.actors), (hit.recipients, event.recipients))
    parties = all(wanted is None or set(wanted) <= {party.code for party in found} for wanted, found in sides)
    return event.type == rule.type and parties and hit.status in {None, event.status}


def _told(events: tuple[Event, ...]) -> str:
    """Events in short: `ASSAULT happened RUS → UKR`."""
    return "; ".join(_told_one(event) for event in events) or "no event"


def _told_one(event: Event) -> str:
    actors, recipients = ("+".join(party.code or "?" for party in side) or "?" for side in (
        event.actors, event.recipients,
    ))  # fmt: skip
    return f"{event.type} {event.status} {actors} → {recipients}"
