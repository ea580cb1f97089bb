"""Date expressions -> inclusive days, resolved against the day of publication."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date

from siaga.base.document import DateMention, Document, Layer, Tokens
from siaga.base.pack import languages
from siaga.extract.datemeaning import resolve
from siaga.extract.daterules import DateExpression, DateLanguage, DateModifier, Found, date_language
from siaga.extract.days import Direction

__all__ = ["Dates", "find_dates", "published_day"]

LOOK_BACK = 10
"""Tokens before a date that can tell whether it lies ahead: about a clause (looked at on the training news)."""
SENTENCE_ENDS = frozenset({".", "!", "?", "\u201d", '"'})


class Dates:
    """Gives the date expressions of the article's text with the days they can mean."""

    needs: frozenset[Layer] = frozenset({"tokens", "published"})
    gives: frozenset[Layer] = frozenset({"dates"})

    def __call__(self, document: Document, /) -> Document:
        article = document.article
        if article.language not in languages():
            return document
        language = date_language(article.language)
        today = published_day(article.published)
        expressions = find_dates(article.text, document.tokens, language)
        mentions = (_mention(expression, document.tokens, today, language) for expression in expressions)
        return document.replace(dates=tuple(mention for mention in mentions if mention is not None))


def published_day(published: str | None) -> date | None:
    """The day of a publication date or time, if there is one."""
    return date.fromisoformat(published[:10]) if published else None


def find_dates(text: str, tokens: Tokens, language: DateLanguage) -> Iterator[DateExpression]:
    """All date expressions of a text, from the left; they do not overlap."""
    stop = 0
    for position, lower in enumerate(tokens.lowers):
        if position < stop or not (lower in language.heads or lower[0].isdigit()):
            continue
        if never := language.never.at(tokens.lowers, position):
            stop = never.last
        elif expression := _expression(text, tokens, position, language):
            stop = expression.last
            yield expression


def _mention(
    expression: DateExpression, tokens: Tokens, today: date | None, language: DateLanguage
) -> DateMention | None:
    stretch = resolve(expression, today, language)
    if stretch is None:
        return None
    return DateMention(
        start=tokens.starts[expression.first],
        end=tokens.ends[expression.last - 1],
        first=expression.first,
        last=expression.last,
        earliest=stretch.earliest.isoformat() if stretch.earliest else None,
        latest=stretch.latest.isoformat() if stretch.latest else None,
        rule=expression.found.rule.id,
    )


def _expression(text: str, tokens: Tokens, position: int, language: DateLanguage) -> DateExpression | None:
    """The date that starts at this token, with its modifiers and, in a range, its second date."""
    modifiers, start, found = _longest(text, tokens, position, language)
    if found is None or (found.rule.needs_cue and not modifiers and not _has_cue(tokens, start, language)):
        return None
    last = _token_at(tokens, found.end)
    is_open = any(modifier.bound == "between" for modifier in modifiers)
    behind = _after_range_mark(tokens, last, language, is_open=is_open) if found.rule.kind in _RANGING else None
    until = None if behind is None else _second(language.find(text, tokens, behind), found)
    found = _with_year(found, until)
    return DateExpression(
        first=position,
        last=_token_at(tokens, until.end) if until else last,
        found=found,
        modifiers=tuple(modifiers),
        direction=_direction(found, modifiers, tokens, position, language),
        until=until,
    )


def _longest(
    text: str, tokens: Tokens, position: int, language: DateLanguage
) -> tuple[tuple[DateModifier, ...], int, Found | None]:
    """Modifiers, start and core of the date that reaches furthest from this token; of equals the least modified."""
    best: tuple[tuple[DateModifier, ...], int, Found | None] = ((), position, None)
    for modifiers, start in _leads(tokens, position, language):
        if language.never.at(tokens.lowers, start):
            break
        found = language.find(text, tokens, start)
        if found and (best[2] is None or found.end > best[2].end):
            best = (modifiers, start, found)
    return best


def _leads(tokens: Tokens, position: int, language: DateLanguage) -> Iterator[tuple[tuple[DateModifier, ...], int]]:
    """Where a date may start behind no, one, two … modifiers ("since early") and the words between them."""
    modifiers: tuple[DateModifier, ...] = ()
    start, stop = position, len(tokens.lowers)
    yield modifiers, start
    while start < stop and (match := language.modifiers.at(tokens.lowers, start)):
        modifiers, start = (*modifiers, match.value), match.last
        while start < stop:
            yield modifiers, start
            if tokens.lowers[start] not in language.words["filler"]:
                break
            start += 1


def _has_cue(tokens: Tokens, position: int, language: DateLanguage) -> bool:
    return position > 0 and tokens.lowers[position - 1] in language.words["cue"]


def _token_at(tokens: Tokens, end: int) -> int:
    """The number of the first token that starts at or after a code point."""
    return bisect_left(tokens.starts, end)


def _after_range_mark(tokens: Tokens, position: int, language: DateLanguage, *, is_open: bool) -> int | None:
    """Where a second date may start: after "to" or a dash; after "and" only if "between" opened a range."""
    match = language.ranges.at(tokens.lowers, position) if position < len(tokens.lowers) else None
    if match is None or match.last >= len(tokens.lowers):
        return None
    return None if tokens.lowers[position] in language.words["both"] and not is_open else match.last


def _second(found: Found | None, first: Found) -> Found | None:
    """The date found there, if it is of the same kind as the first."""
    return found if found and found.rule.kind == first.rule.kind else None


_RANGING = frozenset({"day", "month", "year", "weekday"})


def _with_year(first: Found, second: Found | None) -> Found:
    """In "January to March 2020" the year belongs to both."""
    if second is None or "year" in first.slots or "year" not in second.slots:
        return first
    return first._replace(slots=first.slots | {"year": second.slots["year"]})


def _direction(
    found: Found, modifiers: tuple[DateModifier, ...], tokens: Tokens, position: int, language: DateLanguage
) -> Direction | None:
    """Past or future as the rule, the modifiers or the words just before the date have it."""
    stated = [found.rule.direction, *(modifier.direction for modifier in modifiers)]
    for direction in stated:
        if direction:
            return direction
    for word in reversed(tokens.lowers[max(0, position - LOOK_BACK) : position]):
        if word in SENTENCE_ENDS or word in language.words["past"]:
            return None
        if word in language.words["future"]:
            return "future"
    return None
