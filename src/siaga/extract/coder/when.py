"""On which days an event is, among the days that its article and its publication offer.

A first look: a model weighs each offer, and that there is none; features are named as in `features.py`. `dating.py`
chooses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from siaga.base.document import DateMention
from siaga.base.event import Status
from siaga.extract.coder.arcs import path, top
from siaga.extract.coder.features import distance_class, voice_in_context
from siaga.extract.coder.signs import Sign, features_of
from siaga.extract.coder.triggers import Candidate
from siaga.extract.coder.view import View

__all__ = ["NO_DAYS", "Days", "day_features", "day_signs", "days_on_offer"]

CARRIED_DAYS = 31
"""Longest span of days that is carried over to other sentences: "this year" is not."""
MOST_BEFORE, MOST_AFTER = 6, 3
"""How many different days of the sentences before and after are on offer, nearest first. Of the events whose day a
sentence names, these hold it for all but 2 in 100; with three days of six sentences before, for all but 20."""
WEEKDAY = "/weekday"
"""End of the name of the rules that read a weekday alone."""
FARTHEST = 8
"""Sentences beyond which none is further."""
AGES = (-31, -7, -2, -1, 0, 1, 7, 31)
"""Bounds of classes of days from publication to the offered day."""


class Days(NamedTuple):
    """Inclusive days on offer, and where they come from."""

    source: str
    """`none`, `here` (in the sentence), `coming` (a weekday there, read as the next), `before` (in an earlier one),
    `after` (in a later one) or `published`."""
    earliest: str | None = None
    latest: str | None = None
    mention: DateMention | None = None


NO_DAYS = Days("none")


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
    start, end = view.sentence.start, view.sentence.end
    narrow = [one for one in dated if _is_narrow(one)]
    yield from (("here", one) for one in dated if start <= one.start < end)
    before = _different((one for one in reversed(narrow) if one.start < start), MOST_BEFORE)
    after = _different((one for one in narrow if one.start >= end), MOST_AFTER)
    yield from (("before", one) for one in before)
    yield from (("after", one) for one in after)


def _different(mentions: Iterable[DateMention], most: int) -> list[DateMention]:
    """The first mention of each stretch of days, of so many stretches."""
    found: dict[tuple[str | None, str | None], DateMention] = {}
    for one in mentions:
        if len(found) == most:
            break
        found.setdefault((one.earliest, one.latest), one)
    return list(found.values())


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
    return features_of(_signs(_asked_of(view, candidate, status, offers), days))


def day_signs(view: View, candidate: Candidate, status: Status, offers: Sequence[Days]) -> Iterator[list[Sign]]:
    """The same as signs, of each of the days on offer."""
    asked = _asked_of(view, candidate, status, offers)
    return (_signs(asked, days) for days in offers)


class _Asked(NamedTuple):
    """An event whose day is asked for: what is the same of all days on offer."""

    view: View
    candidate: Candidate
    status: Status
    voice: str
    quoted: bool
    sources: tuple[str, ...]
    """From where there are days on offer, in order."""


def _asked_of(view: View, candidate: Candidate, status: Status, offers: Iterable[Days]) -> _Asked:
    sources = tuple(sorted({one.source for one in offers} - {"none"}))
    quoted = view.quote_at(candidate.first) is not None
    return _Asked(view, candidate, status, voice_in_context(view, candidate), quoted, sources)


def _signs(asked: _Asked, days: Days) -> list[Sign]:
    view, candidate, status, voice, quoted, sources = asked
    source = days.source
    signs: list[Sign] = [
        (_act, source, candidate.trigger.rule.type, voice, status, quoted),
        (_others, source, sources, status, min(view.number, 2)),
        (_role, source, view.role(candidate.first - 1), voice),
        (_word, source, view.word(candidate.first - 1)),
        (_lemma, source, candidate.trigger.lemma),
        (_next, source, view.word(candidate.last)),
    ]
    if days.earliest is not None or days.latest is not None:
        signs.append((_span, source, _age(view, days), _width(days), status))
    if days.mention is not None:
        signs += _mention_signs(view, candidate, days.mention, source, status)
    return signs


def _act(source: str, kind: str, voice: str, status: str, quoted: bool) -> tuple[str, ...]:  # noqa: FBT001
    return (
        f"from={source}", f"from={source}|{kind}", f"from={source}|{status}", f"from={source}|{voice}",
        f"from={source}|{kind}|{voice}", f"from={source}|{quoted}|{status}",
    )  # fmt: skip


def _others(source: str, sources: tuple[str, ...], status: str, number: int) -> tuple[str, str, str]:
    others = "+".join(other for other in sources if other != source)
    return f"from={source}|{others}", f"from={source}|{others}|{status}", f"from={source}|{number}|{others}"


def _role(source: str, role: str, voice: str) -> tuple[str]:
    return (f"from={source}|{role}|{voice}",)


def _word(source: str, word: str) -> tuple[str]:
    return (f"word={source}|{word}",)


def _lemma(source: str, lemma: str) -> tuple[str]:
    return (f"lemma={source}|{lemma}",)


def _next(source: str, word: str) -> tuple[str]:
    return (f"next={source}|{word}",)


def _span(source: str, age: str, width: str, status: str) -> tuple[str, str, str]:
    return f"age={source}|{age}", f"age={source}|{age}|{status}", f"width={source}|{width}|{status}"


def _mention_signs(view: View, candidate: Candidate, mention: DateMention, source: str, status: Status) -> list[Sign]:
    if source in {"before", "after"}:
        away = min(_sentences_away(view, mention), FARTHEST)
        return [(_elsewhere, source, away, status, _is_date_between(view, mention), mention.rule)]
    left = mention.last <= candidate.first
    low, high = (mention.last, candidate.first) if left else (candidate.last, mention.first)
    side, gap = "left" if left else "right", distance_class(view.steps(low, high))
    rivals = sum(low <= other.first < high for other in view.candidates)
    nearer = any(low <= other.first < high for other in view.dates)
    signs: list[Sign] = [
        (_rule, mention.rule),
        (_gap, side, gap, min(rivals, 3), nearer, view.clause_between(low, high)),
        (_prep, side, view.word(mention.first - 1)),
    ]
    syntax = view.document.syntax
    if syntax.heads:
        arcs = path(syntax, top(syntax, candidate.first, candidate.last), top(syntax, mention.first, mention.last))
        signs.append((_path, arcs, side))
    return signs


def _elsewhere(source: str, away: int, status: str, between: bool, rule: str) -> tuple[str, ...]:  # noqa: FBT001
    return f"{source}={away}", f"{source}={away}|{status}", f"{source}={away}|{between}", rule


def _rule(rule: str) -> tuple[str]:
    return (f"rule={rule}",)


def _gap(side: str, gap: str, rivals: int, nearer: bool, clause: bool) -> tuple[str, ...]:  # noqa: FBT001
    return (
        f"gap={side}|{gap}", f"gap={side}|{gap}|{rivals > 0}|{nearer}", f"clause={side}|{clause}",
        f"nearer={nearer}|{rivals}",
    )  # fmt: skip


def _prep(side: str, word: str) -> tuple[str]:
    return (f"prep={side}|{word}",)


def _path(arcs: str, side: str) -> tuple[str, str]:
    return f"path={arcs}", f"path={arcs}|{side}"


def _sentences_away(view: View, mention: DateMention) -> int:
    sentences, number = view.document.sentences, view.number
    if mention.start < view.sentence.start:
        return sum(sentence.start > mention.start for sentence in sentences[: number + 1])
    return sum(sentence.start <= mention.start for sentence in sentences[number + 1 :])


def _is_date_between(view: View, mention: DateMention) -> bool:
    low, high = sorted((mention.start, view.sentence.start))
    return any(low < one.start < high for one in view.document.dates)


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
