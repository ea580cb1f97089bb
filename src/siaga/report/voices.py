"""Who says what in which words: quotes, and claims about the future."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from siaga.base.article import Article
from siaga.base.document import Reading
from siaga.base.event import Event, Evidence, Forecast, Quote
from siaga.base.record import Record
from siaga.report.facts import party_key, weight
from siaga.report.points import MOST_NOTES, Point, Tongue
from siaga.report.wording import days, plain_act

__all__ = ["Foretold", "forecast_points", "foretold", "quote_points"]

SHORTEST_QUOTE, LONGEST_QUOTE = 25, 240
"""Characters; shorter ones are single words in quotation marks, longer ones are left to the article."""


class Foretold(Record):
    """A claim about the future, the event it foresees, and the article that tells it."""

    forecast: Forecast
    event: Event
    article: Article


def quote_points(read: Iterable[Reading], tongue: Tongue, most: int, language: str | None = None) -> tuple[Point, ...]:
    """What people said in their own words, in order of publication.

    Of each speaker the longest, whole sentences and the language asked for (if none is, that of the tongue) first. If
    there are more than `most` speakers, whole sentences and the newest are kept, and the others stand at the end.
    """
    quotable = [(reading, quote) for reading in read for quote in reading.quotes if _is_quotable(quote)]
    ranked = sorted(quotable, key=lambda one: _quote_rank(one[0], one[1], language or tongue.words.language))
    best = {quote.speaker or quote.speaker_text: (reading, quote) for reading, quote in ranked}
    newest = sorted(best.values(), key=lambda one: _quoted_on(one[0], one[1]), reverse=True)
    chosen = sorted(newest, key=lambda one: not _is_whole(one[1]))
    shown = [*sorted(chosen[:most], key=lambda one: _quoted_on(one[0], one[1])), *chosen[most:]]
    return tuple(_quote_point(reading, quote, tongue) for reading, quote in shown)


def _quoted_on(reading: Reading, quote: Quote) -> tuple[str, str, int]:
    return reading.article.published or "", reading.article.id, quote.start


def _is_whole(quote: Quote) -> bool:
    """Whether the words begin as a sentence does."""
    return not (quote.words or "")[:1].islower()


def foretold(read: Iterable[Reading], sure: float) -> tuple[Foretold, ...]:
    """Claims about the future whose event is sure enough, gravest first, then in order of publication."""
    found = (
        Foretold(forecast=forecast, event=event, article=reading.article)
        for reading in read
        for forecast in reading.forecasts
        for event in reading.events
        if event.id == forecast.event and event.confidence >= sure
    )
    return tuple(sorted(found, key=_gravest))


def forecast_points(told: Iterable[Foretold], tongue: Tongue) -> Iterator[Point]:
    """A line for each claim of a speaker, however many papers print it."""
    merged = sorted(told, key=lambda one: (_claim_key(one), one.article.published or "", one.forecast.id))
    claims = [tuple(same) for _, same in groupby(merged, key=_claim_key)]
    for claim in sorted(claims, key=lambda same: _gravest(same[0])):
        yield forecast_point(claim, tongue)


def forecast_point(claim: Sequence[Foretold], tongue: Tongue) -> Point:
    """A claim about the future as the first paper tells it, noted to a sentence of each."""
    first, words = claim[0], tongue.words
    forecast = first.forecast
    foreseen = plain_act(first.event, tongue.names, words)
    when = days(forecast.window_earliest, forecast.window_latest, words)
    if forecast.speaker:
        text = words.say("line.forecast", speaker=forecast.speaker, act=foreseen, days=when, words=forecast.words)
    else:
        text = words.say("line.forecast_unattributed", act=foreseen, days=when, words=forecast.words)
    if forecast.condition:
        text = words.say("line.condition", line=text, condition=forecast.condition)
    sentences = {" ".join(one.forecast.evidence.text.split()): one for one in reversed(claim)}
    own = list(sentences.values())[::-1]
    sources = {one.article.source or one.article.id for one in own}
    if len(sources) > 1:
        text = words.say("line.sources", line=text, count=len(sources))
    said = tuple((one.article, one.forecast.evidence) for one in own[:MOST_NOTES])
    return Point(text=text, said=said, events=tuple(dict.fromkeys(one.event.id for one in claim)))


def _gravest(one: Foretold) -> tuple[object, ...]:
    return -weight(one.event), one.article.published or "", one.article.id, one.forecast.id


def _claim_key(one: Foretold) -> tuple[str, ...]:
    """Who foresees what for when; the wording differs from paper to paper."""
    forecast, event = one.forecast, one.event
    sides = (sorted(party_key(party) for party in side) for side in (event.actors, event.recipients))
    window = forecast.window_earliest or "", forecast.window_latest or ""
    own = "" if any(window) else forecast.words.casefold()
    return forecast.code or forecast.speaker or "", event.type, *map(" ".join, sides), *window, own


def _quote_rank(reading: Reading, quote: Quote, language: str) -> tuple[object, ...]:
    """Later in order is better: a whole sentence, in the language, longer; ids make it the same for any order."""
    return _is_whole(quote), reading.article.language == language, quote.end - quote.start, reading.article.id


def _is_quotable(quote: Quote) -> bool:
    return (
        bool(quote.direct and (quote.speaker or quote.anonymous))
        and SHORTEST_QUOTE <= len(quote.words or "") <= LONGEST_QUOTE
    )


def _quote_point(reading: Reading, quote: Quote, tongue: Tongue) -> Point:
    speaker, said, words = _speaker(quote, tongue), (quote.words or "").rstrip(" ,"), tongue.words
    if quote.medium:
        text = words.say("line.quote_to", words=said, speaker=speaker, medium=quote.medium)
    else:
        text = words.say("line.quote", words=said, speaker=speaker)
    return Point(text=text, said=((reading.article, _around(reading, quote)),))


def _speaker(quote: Quote, tongue: Tongue) -> str:
    """The speaker with his office; where only the office is known, that."""
    words = tongue.words
    name, office = quote.speaker or quote.speaker_text or words.say("line.anonymous"), quote.office
    if office is None or office.casefold() in name.casefold():
        return name
    if quote.organisation:
        return words.say("line.office_of", name=name, office=office, organisation=quote.organisation)
    return words.say("line.office", name=name, office=office)


def _around(reading: Reading, quote: Quote) -> Evidence:
    """The sentence that holds a quote: that of an event in it, else the quote's paragraph."""
    for event in reading.events:
        if event.evidence.start <= quote.start and quote.end <= event.evidence.end:
            return event.evidence
    text = reading.article.text
    start = text.rfind("\n", 0, quote.start) + 1
    end = text.find("\n", quote.end)
    end = len(text) if end < 0 else end
    return Evidence(start=start, end=end, text=text[start:end])
