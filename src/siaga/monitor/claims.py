"""Readings -> claims: each forecast compiled into a query that later news can answer, or refused with a reason.

    reading ──▶ claims ──▶ ledger ──▶ verdicts ──▶ records of speakers and outlets
                       ╰── copies of one text, and one speaker's word told by several, are one claim

What was said decides the query: who does what to whom, where, within which days. A window without a beginning opens on
the day it was said; one without an end ("as early as January") is closed by us, for its end was never promised.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from siaga.base.claim import Claim, Condition, Query, Standing, Unresolvable
from siaga.base.document import Reading
from siaga.base.event import Event, EventType, Forecast, Party
from siaga.base.ids import content_id
from siaga.base.record import Record
from siaga.monitor.claims_windows import whole_window
from siaga.monitor.claims_words import band, is_day_of_saying, is_negated

__all__ = ["LEAST_SURE", "OPEN_DAYS", "Terms", "claims_about", "compiled", "forecasts_in", "same_claim"]

LEAST_SURE = 0.15
"""The reader's confidence below which what is foreseen is not sure enough to hold somebody to it: of seven claims below
it in the demo and the coded articles, three are none and three are read with the wrong parties (`bench/claims.csv`)."""
OPEN_DAYS = 90
"""Days after which a window without an end is closed: a quarter. Nobody promised that end; it is our rule."""
LONGEST_DAYS = 3 * 366
"""Of a window: what is foreseen for the next ten years is resolved by nobody who reads this."""
FARTHEST_DAYS = 300
"""A day without a year that lies farther ahead is more likely one of last year, read forward."""
SAME_WORD_DAYS = 7
"""Days within which several report one statement of a speaker."""
MUTUAL: frozenset[EventType] = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""Acts in which it makes no difference who is named first."""
FORCE: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "THREATEN", "SANCTION", "RETREAT"})
"""Acts that one source alone does not establish: each side tells them of the other."""


class Terms(Record):
    """What a claim foresees, before it is a query."""

    made: str | None
    type: EventType
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str | None
    """Named narrower than a country; else null."""
    country: str | None
    earliest: str | None
    latest: str | None


def forecasts_in(reading: Reading) -> Iterator[Claim]:
    """The forecast claims of an article, in order.

    Of several acts for which a sentence seems to name one window, it is said of the nearest; a day that stands beside
    a verb of saying ("pledged on Wednesday") is the day on which it was said, and foresees nothing.
    """
    events = {event.id: event for event in reading.events}
    found = [(one, events[one.event]) for one in reading.forecasts if one.event in events]
    for forecast, event in found:
        rivals = [other for one, other in found if (one.evidence, one.words) == (forecast.evidence, forecast.words)]
        if _is_nearest(event, rivals, forecast.words) and not is_day_of_saying(
            event.evidence.text, forecast.words, reading.article.language
        ):
            yield _claim(reading, forecast, event)


def compiled(terms: Terms) -> Query | Unresolvable:
    """The query that answers a claim, or why there is none."""
    if terms.made is None:
        return "no_day"
    if terms.earliest is None and terms.latest is None:
        return "no_window"
    if not (terms.actors or terms.recipients or terms.country):
        return "no_parties"
    if terms.latest is not None and terms.latest < max(terms.made, terms.earliest or ""):
        return "window_over"
    query = _query(terms, terms.made)
    return "window_too_long" if _days(query.earliest, query.latest) > LONGEST_DAYS else query


def same_claim(one: Claim, other: Claim, *, same_text: bool) -> bool:
    """Whether two claims are one: in copies of a text, or one speaker's word as several report it."""
    if (one.kind, one.type) != (other.kind, other.type) or not _parties(one) & _parties(other):
        return False
    if one.kind == "count":
        return _is_same_count(one, other, same_text=same_text)
    same_window = (one.earliest, one.latest) == (other.earliest, other.latest)
    if same_text:
        is_copied = same_window and one.article != other.article
        return is_copied or (_windows_meet(one, other) and _may_be_one_voice(one, other))
    return (
        same_window
        and set(one.actors) == set(other.actors)
        and _is_one_voice(one, other)
        and _near(one.made, other.made)
    )


def claims_about(ledger: Iterable[Standing], codes: Iterable[str]) -> tuple[Standing, ...]:
    """The claims of a ledger about these parties, the latest first: about both, where two are given.

    A ledger as of a day (`ledger.standings`) holds only what was claimed until then, each with its verdict of that day,
    so that a warning for a past day shows what was known then.

    Args:
        ledger: standings as of a day.
        codes: of one country or body, or the two of a pair.

    """
    asked = frozenset(codes)
    found = (one for one in ledger if asked <= _parties(one.entry.claim) and not one.entry.superseded_by)
    return tuple(sorted(found, key=lambda one: (one.entry.claim.made or "", one.entry.number), reverse=True))


def _claim(reading: Reading, forecast: Forecast, event: Event) -> Claim:
    article, condition = reading.article, _condition(reading, forecast, event)
    window = whole_window(article, forecast, event.trigger)
    terms = Terms(
        made=article.published[:10] if article.published else None,
        type=event.type, actors=_codes(event.actors), recipients=_codes(event.recipients),
        place=_narrow(event), country=event.place.country if event.place else None,
        earliest=window.earliest, latest=window.latest,
    )  # fmt: skip
    result = _why_not(reading, forecast, event, condition) or compiled(terms)
    query = result if isinstance(result, Query) else None
    return Claim(
        id=content_id("claim", forecast.id), kind="forecast", made=terms.made, speaker=forecast.speaker,
        code=forecast.code, medium=forecast.medium, source=article.source, article=article.id, event=event.id,
        evidence=forecast.evidence, words=forecast.words, status=forecast.status,
        band=band(forecast.evidence, event.trigger, article.language, forecast.status),
        type=event.type, actors=terms.actors, recipients=terms.recipients,
        place=event.place.name if event.place else None, country=terms.country,
        earliest=terms.earliest, latest=terms.latest,
        condition=_with_window(condition, query), query=query, reason=None if isinstance(result, Query) else result,
    )  # fmt: skip


def _is_nearest(event: Event, rivals: Iterable[Event], words: str) -> bool:
    """Whether no other act of the sentence stands nearer to the words that name a window; of equals, the surest is."""
    return event is min(rivals, key=lambda one: (_gap(one.evidence.text, one.trigger, words), -one.confidence))


def _gap(sentence: str, trigger: str, words: str) -> int:
    """Characters between a trigger and the words that name a window, wherever they come nearest to each other."""
    starts = (place.start() for place in re.finditer(re.escape(trigger), sentence))
    at = sentence.find(words)
    return min((max(at - start - len(trigger), start - at - len(words), 0) for start in starts), default=len(sentence))


def _query(terms: Terms, made: str) -> Query:
    earliest = max(terms.earliest or made, made)
    parties = {*terms.actors, *terms.recipients}
    latest = terms.latest or (date.fromisoformat(earliest) + timedelta(days=OPEN_DAYS)).isoformat()
    return Query(
        types=(terms.type,),
        actors=terms.actors,
        recipients=terms.recipients,
        mutual=terms.type in MUTUAL,
        country=None if len(parties) > 1 or terms.country in parties else terms.country,
        place=terms.place if len(parties) == 1 else None,
        earliest=earliest,
        latest=latest,
        end_by_rule=terms.latest is None,
        least_sources=2 if terms.type in FORCE else 1,
    )


def _why_not(reading: Reading, forecast: Forecast, event: Event, condition: Condition | None) -> Unresolvable | None:
    """What stands in the way before a query is even tried."""
    if forecast.condition and _is_within(event.trigger, forecast.condition, event.evidence.text):
        return "hypothetical"
    if event.confidence < LEAST_SURE or _may_be_last_year(reading, forecast):
        return "unsure_reading"
    return "condition_unclear" if condition is not None and condition.query is None else None


def _may_be_last_year(reading: Reading, forecast: Forecast) -> bool:
    """Whether a single day far ahead is named without its year."""
    made, day = (reading.article.published or "")[:10], forecast.window_earliest
    if not made or day is None or day != forecast.window_latest or day[:4] in forecast.words:
        return False
    return _days(made, day) > FARTHEST_DAYS


def _condition(reading: Reading, forecast: Forecast, event: Event) -> Condition | None:
    """The condition of a forecast with what would meet it: the one act that its clause tells of, if it tells of one.

    Of several acts of a sentence, the condition is that of the nearest: "may travel on Wednesday, as he warned that he
    would impose sanctions if …" makes no condition of the journey.
    """
    if forecast.condition is None:
        return None
    here = [other for other in reading.events if other.evidence == event.evidence]
    inside = [other for other in here if _is_within(other.trigger, forecast.condition, event.evidence.text)]
    outside = [other for other in here if other not in inside]
    if event in outside and not _is_nearest(event, outside, forecast.condition):
        return None
    made, negated = reading.article.published, is_negated(forecast.condition, reading.article.language)
    if len(inside) != 1 or negated or made is None or inside[0].status == "denied":
        return Condition(words=forecast.condition, query=None)
    return Condition(words=forecast.condition, query=_condition_query(inside[0], made[:10]))


def _condition_query(event: Event, made: str) -> Query | None:
    terms = Terms(
        made=made, type=event.type, actors=_codes(event.actors), recipients=_codes(event.recipients),
        place=_narrow(event), country=event.place.country if event.place else None, earliest=made, latest=None,
    )  # fmt: skip
    result = compiled(terms)
    return result if isinstance(result, Query) else None


def _with_window(condition: Condition | None, query: Query | None) -> Condition | None:
    """A condition that is to be met before the window of its claim is over."""
    if condition is None or condition.query is None or query is None:
        return condition
    return condition.replace(query=condition.query.replace(latest=query.latest, end_by_rule=query.end_by_rule))


def _is_within(trigger: str, clause: str, sentence: str) -> bool:
    """Whether a word stands in a clause of a sentence and not elsewhere in it."""
    rest = sentence.replace(clause, " ", 1)
    return trigger in clause and trigger not in rest


def _narrow(event: Event) -> str | None:
    return event.place.name if event.place and event.place.precision not in {"country", "sea"} else None


def _codes(parties: Iterable[Party]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(party.code for party in parties if party.code))


def _parties(claim: Claim) -> frozenset[str]:
    return frozenset((*claim.actors, *claim.recipients, *([claim.country] if claim.country else [])))


def _is_same_count(one: Claim, other: Claim, *, same_text: bool) -> bool:
    if one.count is None or other.count is None:
        return same_text and one.words == other.words
    return (
        one.count.ordinal == other.count.ordinal
        if same_text
        else one.count == other.count and _is_one_voice(one, other)
    )


def _windows_meet(one: Claim, other: Claim) -> bool:
    begin = max(one.earliest or "", other.earliest or "")
    return begin <= min(one.latest or "9999", other.latest or "9999")


def _is_one_voice(one: Claim, other: Claim) -> bool:
    if one.code or other.code:
        return one.code == other.code
    return one.speaker is not None and one.speaker == other.speaker


def _may_be_one_voice(one: Claim, other: Claim) -> bool:
    return not (one.speaker and other.speaker) or _is_one_voice(one, other) or one.speaker == other.speaker


def _near(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and abs(_days(one, other)) <= SAME_WORD_DAYS


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days
