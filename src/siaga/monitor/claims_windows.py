"""The window of a claim as its sentence names it whole: "Wednesday or Thursday", "before the Games end on 20 February".

The reader ties an act to one date. Of a claim, the dates that are joined to it count, too: an answer to "on Wednesday
or Thursday" may come on either day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Literal

from siaga.base.article import Article
from siaga.base.document import DateMention, Document, Tokens
from siaga.base.event import Forecast
from siaga.base.pack import asset, languages, read_rows
from siaga.base.record import Record
from siaga.extract.dates import Dates
from siaga.extract.tokens import Tokenise

__all__ = ["Window", "whole_window"]

BEFORE_REACH = 7
"""Tokens between "before" and the day that ends a window, at the most: "before the Games end on 20 February"."""
JOINED_REACH = 3
"""Tokens between two dates of one window, at the most."""
Kind = Literal["or", "between", "opens", "to", "before", "small"]


class Window(Record):
    """Inclusive days; null is open."""

    earliest: str | None
    latest: str | None


class _JoinRow(Record):
    word: str
    kind: Kind


def whole_window(article: Article, forecast: Forecast, trigger: str) -> Window:
    """The window of a forecast with all dates that its sentence joins to it.

    Args:
        article: that says it; only its language and its day of publication count.
        forecast: with its sentence and the words that name a date.
        trigger: the word of the act.

    """
    read, sentence = Window(earliest=forecast.window_earliest, latest=forecast.window_latest), forecast.evidence.text
    at = sentence.find(forecast.words)
    if at < 0 or article.language not in languages():
        return read
    document = _dated(article, sentence)
    own = next((one for one in document.dates if one.start < at + len(forecast.words) and at < one.end), None)
    if own is None:
        return read
    kinds = _kinds(str(article.language))
    if _ends_window(document.tokens, own, kinds, sentence.find(trigger)) and read.latest is not None:
        return Window(earliest=None, latest=read.latest)
    others = [one for one in document.dates if one is not own and _is_joined(document.tokens, own, one, kinds)]
    first = _first_of_two(document.tokens, own, kinds)
    joined = [Window(earliest=one.earliest or read.earliest, latest=one.latest) for one in others]
    return _around(read, joined, first)


def _dated(article: Article, sentence: str) -> Document:
    alone = article.replace(text=sentence, title=None, dropped=())
    return Dates()(Tokenise()(Document(article=alone)))


def _ends_window(tokens: Tokens, own: DateMention, kinds: Mapping[str, Kind], trigger: int) -> bool:
    """Whether "before" stands not far before a date, with no act in between."""
    for token in range(own.first - 1, max(-1, own.first - 1 - BEFORE_REACH), -1):
        if kinds.get(tokens.lowers[token]) == "before":
            return not tokens.starts[token] < trigger < own.start
        if not tokens.lowers[token][0].isalnum():
            return False
    return False


def _is_joined(tokens: Tokens, own: DateMention, other: DateMention, kinds: Mapping[str, Kind]) -> bool:
    """Whether only a joining word and small ones stand between two dates, or the second says until when by itself."""
    first, last = (own, other) if own.first < other.first else (other, own)
    if first.last == last.first:
        return last is other and other.earliest is None and other.latest is not None
    if last.first - first.last > JOINED_REACH:
        return False
    between = [kinds.get(word) for word in tokens.lowers[first.last : last.first]]
    if None in between or not {"or", "to", "between"} & {*between}:
        return False
    return "between" not in between or any(
        kinds.get(word) == "opens" for word in tokens.lowers[max(0, first.first - 1) : first.last]
    )


def _first_of_two(tokens: Tokens, own: DateMention, kinds: Mapping[str, Kind]) -> str | None:
    """The earlier day of "1 or 2 December", where the month stands with the later one only."""
    if own.first < 2 or own.earliest is None or own.earliest != own.latest:  # noqa: PLR2004 - a number and a word
        return None
    number, joint = tokens.lowers[own.first - 2], kinds.get(tokens.lowers[own.first - 1])
    day = date.fromisoformat(own.earliest)
    if joint not in {"or", "to"} or not number.isdecimal() or not 0 < int(number) < day.day:
        return None
    return day.replace(day=int(number)).isoformat()


def _around(read: Window, others: list[Window], first: str | None) -> Window:
    """The stretch from the first of these windows to the last."""
    windows = [read, *others, *([Window(earliest=first, latest=first)] if first else [])]
    return Window(earliest=_least(one.earliest for one in windows), latest=_most(one.latest for one in windows))


def _least(days: Iterator[str | None]) -> str | None:
    """The earliest; open if one is."""
    known = list(days)
    return None if None in known else min(filter(None, known))


def _most(days: Iterator[str | None]) -> str | None:
    known = list(days)
    return None if None in known else max(filter(None, known))


@cache
def _kinds(language: str) -> Mapping[str, Kind]:
    return {row.word: row.kind for row in read_rows(asset("lang", language, "claims", "joins.csv"), _JoinRow)}
