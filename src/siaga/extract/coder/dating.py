"""On which day each event of an article is, seen once more with all of them in view.

The first look (`when.py`) weighs each day on offer by words, event by event. Here the offers meet: how far a day leads,
how far away it is named and beside which acts, and whether the other acts of the article are on it. Nothing here is a
word: the same numbers hold in every language, and one model (`assets/model/dating.npz`) serves all.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import accumulate, islice, pairwise
from typing import NamedTuple

import numpy as np

from siaga.base.document import DateMention
from siaga.base.event import Status
from siaga.extract.coder.arcs import steps_apart
from siaga.extract.coder.context import STATUSES
from siaga.extract.coder.features import voice_in_context
from siaga.extract.coder.linear import Linear, scales_of
from siaga.extract.coder.sides import FAR, TYPES
from siaga.extract.coder.trees import RowModel
from siaga.extract.coder.triggers import Candidate
from siaga.extract.coder.view import View
from siaga.extract.coder.when import Days, day_signs, days_on_offer

__all__ = ["DAY_COLUMNS", "Undated", "choose_days", "day_rows", "undated", "undated_each"]

SOURCES = ("none", "here", "coming", "before", "published", "after")
EAGERNESS = 1.85
"""Log odds taken from "no day": whoever warns would rather have a day that may be wrong than none. Without it the days
given are right more often, but fewer events have one: `docs/evaluation.md`."""
LONG_AGO = 400
"""Days before and after publication beyond which nothing is further."""
UNKNOWN = 999
"""Age of a day where there is none, or none of publication."""
EARLY = 2
"""Sentences after which all are told apart no more."""

DAY_COLUMNS = (
    "source", "odds", "over none", "over the best other", "rank",
    "on it of type", "share of type", "share of all", "acts of type", "acts",
    "age", "width", "times named",
    "sentences away", "alike there", "same word there", "acts there", "nearest alike", "parties shared", "parties",
    "words before", "words behind", "quoted there", "same quote",
    "clause between", "path", "distance", "nearer acts", "mentions between",
    "dates between", "lines between", "dates here",
    "sentence", "place in sentence", "acts in sentence", "type", "status", "quoted", "noun",
    "offers here", "offers before",
)  # fmt: skip
"""What each column says of a day on offer to an event. `there` is the sentence that names the day, "" the event's own;
`acts` are other events of the article, as the first look dates them."""


UNNAMED = (-FAR, *(-1,) * 10, -1, FAR, FAR, *(-1,) * 5)
"""Of a day that no words name."""


class Undated(NamedTuple):
    """An event, the days on offer, and how likely the first look finds each, in log odds."""

    view: View
    candidate: Candidate
    status: Status
    offers: tuple[Days, ...]
    odds: tuple[float, ...]


Shares = Mapping[str | None, float]
"""First day, or none -> how much of an event, or of several, is on it."""


class Calendar(NamedTuple):
    """What an article says of days as a whole."""

    named: Mapping[tuple[str | None, str | None], int]
    """How often it names each stretch of days."""
    starts: Sequence[int]
    """Where each sentence starts."""
    views: Mapping[int, View]


class Company(NamedTuple):
    """How many acts of one kind an article has, and how many are on each first day by the first look."""

    acts: int
    on_day: Shares


def undated(view: View, candidate: Candidate, status: Status, model: Linear) -> Undated:
    """An event with the days on offer as the first look weighs them."""
    return undated_each([(view, candidate, status)], model)[0]


def undated_each(events: Sequence[tuple[View, Candidate, Status]], model: Linear) -> list[Undated]:
    """The same of many events at once."""
    on_offer = [tuple(days_on_offer(view)) for view, _, _ in events]
    signs = [signs for event, offers in zip(events, on_offer, strict=True) for signs in day_signs(*event, offers)]
    odds = iter(scales_of(model).weigh(signs)[:, 0].tolist())
    return [
        Undated(*event, offers, tuple(islice(odds, len(offers))))
        for event, offers in zip(events, on_offer, strict=True)
    ]


def choose_days(events: Sequence[Undated], views: Sequence[View], model: RowModel) -> list[Days]:
    """Of each event of an article the likeliest offer; that there is none is one of them."""
    rows = [row for of_event in day_rows(events, views) for row in of_event]
    odds = model.log_odds(np.array(rows, np.float64)).tolist() if rows else []
    cuts = [0, *accumulate(len(event.offers) for event in events)]
    return [_likeliest(event.offers, odds[low:high]) for event, (low, high) in zip(events, pairwise(cuts), strict=True)]


def _likeliest(offers: Sequence[Days], odds: Sequence[float]) -> Days:
    eager = [odd - EAGERNESS * (days.source == "none") for days, odd in zip(offers, odds, strict=True)]
    return offers[eager.index(max(eager))]


def day_rows(events: Sequence[Undated], views: Sequence[View]) -> Iterator[list[list[float]]]:
    """Of each event of an article: of each day on offer, the numbers of `DAY_COLUMNS`.

    `views`: those of all sentences of the article.
    """
    if not events:
        return
    calendar = _calendar(views)
    shares = [_shares(event) for event in events]
    kinds = [event.candidate.trigger.rule.type for event in events]
    every, of_type = _company(shares), {kind: _company(_of_kind(kind, kinds, shares)) for kind in set(kinds)}
    for event, kind, own in zip(events, kinds, shares, strict=True):
        around = _without(of_type[kind], own), _without(every, own)
        told = _event(event)
        yield [
            [
                SOURCES.index(days.source), *_lead(event.odds, number), *_others(around, days),
                *_day(event.view, days, calendar), *_named(event, days, calendar), *told,
            ]
            for number, days in enumerate(event.offers)
        ]  # fmt: skip


def _calendar(views: Sequence[View]) -> Calendar:
    document = views[0].document
    return Calendar(
        Counter((one.earliest, one.latest) for one in document.dates),
        [sentence.start for sentence in document.sentences],
        {view.number: view for view in views},
    )


def _shares(event: Undated) -> Shares:
    """First day on offer -> how probable the first look finds it."""
    weights = np.exp(np.array(event.odds) - max(event.odds))
    found: dict[str | None, float] = {}
    for days, share in zip(event.offers, (weights / weights.sum()).tolist(), strict=True):
        found[days.earliest] = found.get(days.earliest, 0.0) + share
    return found


def _of_kind(kind: str, kinds: Sequence[str], shares: Sequence[Shares]) -> list[Shares]:
    return [share for one, share in zip(kinds, shares, strict=True) if one == kind]


def _company(shares: Sequence[Shares]) -> Company:
    on_day: dict[str | None, float] = {}
    for one in shares:
        for day, share in one.items():
            on_day[day] = on_day.get(day, 0.0) + share
    return Company(len(shares), on_day)


def _without(company: Company, own: Shares) -> Company:
    return Company(company.acts - 1, {day: share - own.get(day, 0.0) for day, share in company.on_day.items()})


def _lead(odds: Sequence[float], number: int) -> tuple[float, ...]:
    """How a day stands among those on offer by the first look; the first of them is that there is none."""
    mine = odds[number]
    best = max((odd for other, odd in enumerate(odds) if other != number), default=-FAR)
    return mine, mine - odds[0], mine - best, sum(odd > mine for odd in odds)


def _others(around: tuple[Company, Company], days: Days) -> tuple[float, ...]:
    """How many of the other acts are on this day."""
    of_type, every = around
    here = of_type.on_day.get(days.earliest, 0.0)
    share = every.on_day.get(days.earliest, 0.0) / max(1, every.acts)
    return here, here / max(1, of_type.acts), share, of_type.acts, every.acts


def _day(view: View, days: Days, calendar: Calendar) -> tuple[float, ...]:
    """How far from publication, how long, how often named."""
    width = _ordinal(days.latest) - _ordinal(days.earliest) if days.earliest and days.latest else -1
    return _age(view, days), width, calendar.named.get((days.earliest, days.latest), 0)


def _age(view: View, days: Days) -> int:
    """Days from publication to the span: before it less than 0, in it 0."""
    published = (view.document.article.published or "")[:10]
    if not published or days.source == "none":
        return UNKNOWN
    if days.latest and days.latest < published:
        return max(-LONG_AGO, _ordinal(days.latest) - _ordinal(published))
    if days.earliest and days.earliest > published:
        return min(LONG_AGO, _ordinal(days.earliest) - _ordinal(published))
    return 0


@cache
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _named(event: Undated, days: Days, calendar: Calendar) -> tuple[float, ...]:
    """Where a day is named, as seen from the event."""
    if (mention := days.mention) is None:
        return UNNAMED
    there = calendar.views[bisect_right(calendar.starts, mention.start) - 1]
    beside = _inside(event, mention) if there.number == event.view.number else _across(event.view, mention)
    return (*_place(event, there, mention), *beside)


def _place(event: Undated, there: View, mention: DateMention) -> tuple[float, ...]:
    """The sentence that names a day: how far it is, and which acts and parties it names."""
    trigger = event.candidate.trigger
    alike = [one for one in there.candidates if one.trigger.rule.type == trigger.rule.type]
    mine, theirs = event.view.named_codes, there.named_codes
    quote, quote_there = event.view.quote_at(event.candidate.first), there.quote_at(mention.first)
    return (
        event.view.number - there.number, len(alike), sum(one.trigger.lemma == trigger.lemma for one in alike),
        len(there.candidates), min((abs(one.first - mention.first) for one in alike), default=FAR),
        len(mine & theirs), len(mine | theirs),
        mention.first - there.sentence.first, there.sentence.last - mention.last,
        quote_there is not None, -1 if quote is None else quote is quote_there,
    )  # fmt: skip


def _inside(event: Undated, mention: DateMention) -> tuple[float, ...]:
    """A day of the event's own sentence."""
    view, candidate = event.view, event.candidate
    left = mention.last <= candidate.first
    low, high = (mention.last, candidate.first) if left else (candidate.last, mention.first)
    mine = abs(candidate.first - mention.first)
    return (
        view.clause_between(low, high), steps_apart(view.document.syntax, candidate.first, mention.first),
        view.steps(low, high) * (1 if left else -1),
        sum(abs(other.first - mention.first) < mine for other in view.candidates), view.mentions_between(low, high),
        -1, -1, -1,
    )  # fmt: skip


def _across(view: View, mention: DateMention) -> tuple[float, ...]:
    """A day of another sentence."""
    low, high = sorted((mention.start, view.sentence.start))
    between = sum(low < one.start < high for one in view.document.dates)
    return -1, FAR, FAR, -1, -1, between, view.document.article.text.count("\n", low, high), len(view.dates)


def _event(event: Undated) -> tuple[float, ...]:
    """What is so of every day on offer."""
    view, candidate, sources = event.view, event.candidate, [days.source for days in event.offers]
    quote = view.quote_at(candidate.first)
    return (
        min(view.number, EARLY), candidate.first - view.sentence.first, len(view.candidates),
        TYPES.index(candidate.trigger.rule.type), STATUSES.index(event.status),
        0 if quote is None else 1 + bool(quote.direct), "noun" in voice_in_context(view, candidate),
        sources.count("here"), sources.count("before"),
    )  # fmt: skip
