"""On which days an event is, among the days that its sentence, those before it and the publication offer.

A model weighs each offer, and that there is none; features are named as in `features.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from siaga.base.document import DateMention
from siaga.base.event import Status
from siaga.extract.coder.arcs import path, top
from siaga.extract.coder.features import distance_class, voice_in_context
from siaga.extract.coder.linear import Linear
from siaga.extract.coder.triggers import Candidate
from siaga.extract.coder.view import View

__all__ = ["NO_DAYS", "Days", "choose_days", "day_features", "days_on_offer"]

CARRIED_SENTENCES = 6
"""How many sentences back a day may stand."""
CARRIED_DAYS = 31
"""Longest span of days that is carried over to the sentences after it: "this year" is not."""
MOST_CARRIED = 3
"""How many different days of the sentences before are on offer, last named first."""
HASTE = {"here": 5.0, "coming": 5.0, "before": 5.0, "published": 2.0}
"""Log odds that are added to a day of each source: whoever warns would rather have a day that may be wrong than none.
Without them the likeliest offer is right more often, but few events have a day: `docs/evaluation.md`."""
WEEKDAY = "/weekday"
"""End of the name of the rules that read a weekday alone."""
AGES = (-31, -7, -2, -1, 0, 1, 7, 31)
"""Bounds of classes of days from publication to the offered day."""


class Days(NamedTuple):
    """Inclusive days on offer, and where they come from."""

    source: str
    """`none`, `here` (in the sentence), `coming` (a weekday there, read as the next), `before` (in an earlier one) or
    `published`."""
    earliest: str | None = None
    latest: str | None = None
    mention: DateMention | None = None


NO_DAYS = Days("none")


def choose_days(view: View, candidate: Candidate, status: Status, model: Linear) -> Days:
    """The likeliest offer; that there is none is one of them."""
    offers = tuple(days_on_offer(view))

    def likelihood(days: Days) -> float:
        score = model.score(day_features(view, candidate, status, days, offers))
        return score + HASTE.get(days.source, 0.0)

    return max(offers, key=likelihood)


def days_on_offer(view: View) -> Iterator[Days]:
    """What days an event of this sentence may be on, each once."""
    yield NO_DAYS
    seen: set[tuple[str | None, str | None]] = set()
    published = (view.document.article.published or "")[:10]
    for source, mention in _mentions(view):
        days = (mention.earliest, mention.latest)
        if days not in seen:
            seen.add(days)
            yield Days(source, *days, mention)
        if source == "here" and _is_past_weekday(mention, published) and (coming := _week_later(mention)) not in seen:
            seen.add(coming)
            yield Days("coming", *coming, mention)
    if published and (published, published) not in seen:
        yield Days("published", published, published)


def _mentions(view: View) -> Iterator[tuple[str, DateMention]]:
    dated = [one for one in view.document.dates if one.earliest or one.latest]
    start = view.sentence.start
    for one in dated:
        if start <= one.start < view.sentence.end:
            yield "here", one
    back = view.document.sentences[max(0, view.number - CARRIED_SENTENCES)].start
    earlier = [one for one in reversed(dated) if back <= one.start < start and _is_narrow(one)]
    for one in earlier[:MOST_CARRIED]:
        yield "before", one


def _is_past_weekday(mention: DateMention, published: str) -> bool:
    """Whether a weekday alone was read as one up to publication."""
    return mention.rule.endswith(WEEKDAY) and (mention.earliest or "") <= published


def _week_later(mention: DateMention) -> tuple[str | None, str | None]:
    """The days a week after: "on Tuesday" is the last one in a report and the next one in an announcement."""
    days = (date.fromisoformat(day) + timedelta(days=7) if day else None for day in (mention.earliest, mention.latest))
    earliest, latest = (day.isoformat() if day else None for day in days)
    return earliest, latest


def _is_narrow(span: DateMention) -> bool:
    if span.earliest is None or span.latest is None:
        return False
    return (date.fromisoformat(span.latest) - date.fromisoformat(span.earliest)).days <= CARRIED_DAYS


def day_features(view: View, candidate: Candidate, status: Status, days: Days, offers: tuple[Days, ...]) -> list[str]:
    """Is the event on these days?"""
    kind, voice, source = candidate.trigger.rule.type, voice_in_context(view, candidate), days.source
    quoted = view.quote_at(candidate.first) is not None
    others = "+".join(sorted({one.source for one in offers} - {"none", source}))
    features = [
        f"from={source}", f"from={source}|{kind}", f"from={source}|{status}", f"from={source}|{voice}",
        f"from={source}|{kind}|{voice}", f"from={source}|{quoted}|{status}", f"from={source}|{others}",
        f"from={source}|{others}|{status}", f"from={source}|{min(view.number, 2)}|{others}",
        f"from={source}|{view.role(candidate.first - 1)}|{voice}", f"word={source}|{view.word(candidate.first - 1)}",
        f"lemma={source}|{candidate.trigger.lemma}",
    ]  # fmt: skip
    if days.earliest is not None or days.latest is not None:
        age = _age(view, days)
        features += [f"age={source}|{age}", f"age={source}|{age}|{status}", f"width={source}|{_width(days)}|{status}"]
    if days.mention is not None:
        features += _mention_features(view, candidate, days.mention, source, status)
    return features


def _mention_features(view: View, candidate: Candidate, mention: DateMention, source: str, status: Status) -> list[str]:
    if source == "before":
        back = sum(sentence.start > mention.start for sentence in view.document.sentences[: view.number + 1])
        later = any(mention.start < one.start < view.sentence.start for one in view.document.dates)
        return [f"back={min(back, 6)}", f"back={min(back, 6)}|{status}", f"back={min(back, 6)}|{later}", mention.rule]
    left = mention.last <= candidate.first
    low, high = (mention.last, candidate.first) if left else (candidate.last, mention.first)
    side, gap = "left" if left else "right", distance_class(view.steps(low, high))
    rivals = sum(low <= other.first < high for other in view.candidates)
    nearer = any(low <= other.first < high for other in view.dates)
    features = [
        f"rule={mention.rule}", f"gap={side}|{gap}", f"gap={side}|{gap}|{rivals > 0}|{nearer}",
        f"prep={side}|{view.word(mention.first - 1)}", f"clause={side}|{view.clause_between(low, high)}",
        f"nearer={nearer}|{min(rivals, 3)}",
    ]  # fmt: skip
    syntax = view.document.syntax
    if syntax.heads:
        arcs = path(syntax, top(syntax, candidate.first, candidate.last), top(syntax, mention.first, mention.last))
        features += [f"path={arcs}", f"path={arcs}|{side}"]
    return features


def _age(view: View, days: Days) -> str:
    """Days from publication to the end of the offered span, as a class."""
    published, day = (view.document.article.published or "")[:10], days.latest or days.earliest
    if not published or day is None:
        return "unknown"
    distance = (date.fromisoformat(day) - date.fromisoformat(published)).days
    return str(sum(distance >= bound for bound in AGES))


def _width(days: Days) -> str:
    """How wide the offered span is: open, a day, a week, a month or more."""
    if days.earliest is None or days.latest is None:
        return "open"
    wide = (date.fromisoformat(days.latest) - date.fromisoformat(days.earliest)).days
    return str(sum(wide > bound for bound in (0, 6, CARRIED_DAYS)))
