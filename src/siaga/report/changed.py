"""The chapter of what changed: kinds of change, each with the few that say most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from siaga.base.document import Reading
from siaga.base.record import Record
from siaga.base.window import Window
from siaga.report.changes import new_forecasts, new_points, silent_points, turned_points
from siaga.report.facts import Cited, Fact, cited, facts, is_background, party_key
from siaga.report.pairs import changed_pairs, count_query, pair_point
from siaga.report.points import Chapter, Point, Tongue
from siaga.report.voices import Foretold, forecast_points, foretold

__all__ = ["Asking", "Compared", "Told", "changed_chapter", "compared"]

KINDS = 5
"""Kinds of change: what turned out, new acts, new forecasts, pairs busier or quieter, what is told no more."""
LEAST_SHARE = 0.25
"""Articles before, for each of now, from which windows are compared."""
LEAST_SHOWN = 2
"""Changes of a kind that are shown even in a short brief."""


class Compared(Record):
    """What two windows tell."""

    now: tuple[Cited, ...]
    """Events that are sure enough."""
    before: tuple[Cited, ...]
    all_told: tuple[Cited, ...]
    """Events of both windows, however unsure."""
    any_now: tuple[Cited, ...]
    """Of all told in a window, one event of each type and sides: enough to say what is told at all."""
    any_before: tuple[Cited, ...]
    forecasts: tuple[Foretold, ...]
    forecasts_before: tuple[Foretold, ...]
    articles_now: int
    articles_before: int

    @property
    def comparable(self) -> bool:
        """Whether there was enough before: beside a handful of articles everything would be new."""
        return self.articles_before > 0 and self.articles_before >= LEAST_SHARE * self.articles_now


class Told(Record):
    """The facts of now, and how many lines a section has."""

    situation: tuple[Fact, ...]
    rest: tuple[Fact, ...]
    most: int


class Asking(Record):
    """How what is counted is asked for again."""

    window: Window
    sure: float
    conditions: tuple[str, ...]
    """Options, as words of a command, by which events were chosen."""


def compared(read: Sequence[Reading], before: Sequence[Reading], sure: float) -> Compared:
    """Two windows side by side."""
    return Compared(
        now=cited(read, sure=sure),
        before=cited(before, sure=sure),
        all_told=cited((*before, *read), sure=0.0),
        any_now=_kinds(cited(read, sure=0.0)),
        any_before=_kinds(cited(before, sure=0.0)),
        forecasts=foretold(read, sure),
        forecasts_before=foretold(before, 0.0),
        articles_now=len(read),
        articles_before=len(before),
    )


def changed_chapter(told: Told, both: Compared, asking: Asking, tongue: Tongue) -> Chapter:
    """What changed."""
    if not both.comparable:
        key = "change.few" if both.articles_before else "change.nothing"
        return Chapter(key="changed", points=(), said=_said(key, both, asking, tongue))
    kinds = [tuple(kind) for kind in _kinds_of_change(told, both, asking, tongue)]
    shown = max(LEAST_SHOWN, told.most // KINDS)
    return Chapter(
        key="changed",
        points=tuple(point for kind in kinds for point in kind[:shown]),
        more=sum(len(kind[shown:]) for kind in kinds),
        said=_said("change.basis", both, asking, tongue),
    )


def _kinds_of_change(told: Told, both: Compared, asking: Asking, tongue: Tongue) -> Iterator[Iterable[Point]]:
    turned = tuple(turned_points((*told.situation, *told.rest), both.all_told, tongue, asking.sure))
    fresh = new_forecasts(both.forecasts, both.forecasts_before)
    seen = {id_ for point in turned for id_ in point.events} | {one.event.id for one in fresh}
    yield turned
    yield new_points((fact for fact in told.rest if fact.event.id not in seen), _known(told, both), tongue)
    yield (_as_new(point, tongue) for point in forecast_points(fresh, tongue))
    yield _pair_points(both, asking, tongue)
    past = (fact for fact in facts(both.before) if not is_background(fact.said[0]))
    yield silent_points(past, both.any_now, tongue)


def _known(told: Told, both: Compared) -> tuple[Cited, ...]:
    """What is no news below the situation: what was told before, and what the situation tells."""
    return (*both.any_before, *(fact.said[0] for fact in told.situation))


def _as_new(point: Point, tongue: Tongue) -> Point:
    return point.replace(text=tongue.words.say("change.forecast", line=point.text))


def _pair_points(both: Compared, asking: Asking, tongue: Tongue) -> Iterator[Point]:
    for change in changed_pairs(both.now, both.before):
        query = count_query(change.pair, asking.window, asking.sure, asking.conditions)
        yield pair_point(change, (both.now, both.before), query, tongue)


def _said(key: str, both: Compared, asking: Asking, tongue: Tongue) -> str:
    first, last = asking.window.before.since, asking.window.before.until
    words = tongue.words
    return words.say(key, articles=words.number(both.articles_before), first=words.day(first), last=words.day(last))


def _kinds(told: Iterable[Cited]) -> tuple[Cited, ...]:
    """One event of each type and sides: all that can be compared."""
    return tuple({_kind(one): one for one in told}.values())


def _kind(one: Cited) -> tuple[object, ...]:
    sides = (one.event.actors, one.event.recipients)
    return one.event.type, *(frozenset(party_key(party) for party in side) for side in sides)
