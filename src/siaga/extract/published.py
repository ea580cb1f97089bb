"""The day of publication of a text that comes without one, where its evidence leaves exactly one.

A day with weekday but no year ("Selasa (30/11)") fits some years; an officeholder named with the office
("Presiden Joe Biden") restricts them to the term; a full date bounds them from below. What is left is the
answer if it is one day, and nothing is if it is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from siaga.base.document import Document, Layer, Tokens
from siaga.base.pack import languages, lexicon, load_pack
from siaga.base.record import Record
from siaga.extract import days
from siaga.extract.actor_tables import Leader, OfficeRow, load_leaders
from siaga.extract.daterules import DateExpression, DateLanguage, date_language
from siaga.extract.dates import find_dates
from siaga.extract.phrases import Phrases
from siaga.extract.tokens import tokenise

__all__ = ["Published", "Term", "infer_published"]

FIRST_YEAR, LAST_YEAR = 1990, 2035
"""Years a news page can be of."""
AROUND = timedelta(days=183)
"""Days named with their weekday lie within half a year of publication."""
CALENDAR = timedelta(days=60)
"""Days in words further apart than this are a calendar, not what happened around publication."""
AHEAD = timedelta(days=400)
"""A text may state a full date to come, of something planned, but hardly one further ahead."""
OPEN_TERM = timedelta(days=4 * 365)
"""How long past the day our table was checked a term without end may last: weekdays come round in 5 or 6 years.
Such days count only if none fits that the table knows."""
DATELINE = 120
"""Code points from the start of a text within which a full date is its dateline."""
DATELINE_MARKS = frozenset({"-", "–", "—", ")", "(", ":", "|", "/"})
APPOSITION = 4
"""Tokens between an office and its holder: "Presiden Amerika Serikat Joe Biden"."""
HEAD = "head"
"""Office of leaders known only as head of state or government."""
HEADS = frozenset(
    {"president", "prime_minister", "chancellor", "king", "leader", "supreme_leader", "council_president"}
)
"""Offices such a leader can hold."""


class Term(NamedTuple):
    """When a person held an office, inclusive: `last` as far as our table knows, `latest` as far as may be."""

    first: date
    last: date
    latest: date


class PastOffice(Record):
    """A row of `lexicon/past_offices.csv`."""

    phrase: str


class Published:
    """Gives the article's day of publication: as given, else as its text has it, else as evidence leaves it."""

    needs: frozenset[Layer] = frozenset({"tokens"})
    gives: frozenset[Layer] = frozenset({"published"})

    def __call__(self, document: Document, /) -> Document:
        article = document.article
        if article.published or article.language not in languages():
            return document
        text, tokens, language = article.text, document.tokens, date_language(article.language)
        expressions = tuple(find_dates(text, tokens, language))
        if stated := _dateline(text, tokens, expressions, language):
            found = article.replace(published=stated.isoformat(), published_basis="text")
        elif inferred := infer_published(tokens, expressions, language):
            found = article.replace(published=inferred.isoformat(), published_basis="inferred")
        else:
            return document
        return document.replace(article=found)


def infer_published(tokens: Tokens, expressions: Sequence[DateExpression], language: DateLanguage) -> date | None:
    """The one day of publication that agrees with every weekday, term of office and full date; none if not one."""
    dated = _days_of_news(expressions, language)
    terms = frozenset(_terms_named(tokens, language.code))
    earliest = max((day - AHEAD for e in expressions if (day := _full_day(e, language))), default=date.min)
    possible = [day for day in _latest_of_each_time(dated) if day >= earliest and _in_office(day, terms)]
    known = [day for day in possible if all(any(_knows(term, day) for term in of_one) for of_one in terms)]
    fitting = known or possible
    return fitting[0] if len(fitting) == 1 else None


def _days_of_news(expressions: Sequence[DateExpression], language: DateLanguage) -> tuple[tuple[date, ...], ...]:
    """What each day with its weekday can be: of those in figures, as news dates its own day, "(30/11)", if any."""
    found = [(e, possible) for e in expressions if (possible := _weekday_days(e, language))]
    in_figures = tuple(possible for expression, possible in found if "mon" in expression.found.slots)
    return _recent(in_figures) or _recent(_no_calendar(tuple(possible for _, possible in found)))


def _recent(dated: tuple[tuple[date, ...], ...]) -> tuple[tuple[date, ...], ...]:
    """Without what lies half a year or more before the latest day that states its year: that is history."""
    newest = max((possible[0] for possible in dated if len(possible) == 1), default=date.min + AROUND)
    return tuple(possible for possible in dated if possible[-1] >= newest - AROUND)


def _no_calendar(dated: tuple[tuple[date, ...], ...]) -> tuple[tuple[date, ...], ...]:
    """Nothing if the days that state their years are spread as in a list of holidays."""
    stated = [possible[0] for possible in dated if len(possible) == 1]
    return () if stated and max(stated) - min(stated) > CALENDAR else dated


def _dateline(text: str, tokens: Tokens, expressions: Sequence[DateExpression], language: DateLanguage) -> date | None:
    """The full date that stands at the head of the text, alone in its line or set off with a mark."""
    for expression in expressions:
        if tokens.starts[expression.first] > DATELINE:
            return None
        day = _full_day(expression, language)
        if day and not expression.modifiers and _is_set_off(text, tokens, expression):
            return day
    return None


def _is_set_off(text: str, tokens: Tokens, expression: DateExpression) -> bool:
    end = tokens.ends[expression.last - 1]
    line = text[text.rfind("\n", 0, end) + 1 :].partition("\n")[0]
    if len(line) < DATELINE // 2:
        return True
    following = tokens.forms[expression.last : expression.last + 1]
    return bool(DATELINE_MARKS.intersection(following))


def _full_day(expression: DateExpression, language: DateLanguage) -> date | None:
    """The day of an expression that states day, month and year."""
    slots = expression.found.slots
    if expression.found.rule.kind != "day" or "year" not in slots:
        return None
    return days.day(int(slots["year"]), _month(slots, language), int(slots["day"]))


def _month(slots: dict[str, str], language: DateLanguage) -> int:
    return int(slots["mon"]) if "mon" in slots else language.months[slots["month"].lower()]


def _weekday_days(expression: DateExpression, language: DateLanguage) -> tuple[date, ...]:
    """The days that a day with its weekday can be, one for each fitting year; none for what lies ahead."""
    slots = expression.found.slots
    if expression.found.rule.kind != "day" or "weekday" not in slots or expression.direction == "future":
        return ()
    weekday = language.weekdays[slots["weekday"].lower()]
    years = [int(slots["year"])] if "year" in slots else range(FIRST_YEAR, LAST_YEAR + 1)
    found = (days.day(year, _month(slots, language), int(slots["day"])) for year in years)
    return tuple(day for day in found if day and day.isoweekday() == weekday and FIRST_YEAR <= day.year <= LAST_YEAR)


def _latest_of_each_time(dated: Sequence[Sequence[date]]) -> list[date]:
    """Of each time at which all weekdays agree, the latest day: news names days up to its own."""
    agreeing = sorted({day for days_ in dated for day in days_ if all(_has_near(day, others) for others in dated)})
    following = (*agreeing[1:], date.max)
    return [day for day, next_ in zip(agreeing, following, strict=False) if next_ - day > AROUND]


def _has_near(day: date, others: Sequence[date]) -> bool:
    return any(abs(day - other) <= AROUND for other in others)


def _in_office(day: date, terms: Iterable[Sequence[Term]]) -> bool:
    return all(any(term.first <= day <= term.latest for term in of_one) for of_one in terms)


def _knows(term: Term, day: date) -> bool:
    """Whether the table itself says so: a term without end is known up to the day the table was checked."""
    return term.first <= day <= term.last


def _terms_named(tokens: Tokens, code: str) -> Iterator[tuple[Term, ...]]:
    """The terms of each officeholder whom the text names with the office."""
    offices = _offices(code)
    for match in _leaders().find(tokens.forms):
        key = _office(tokens, match.first, match.last, offices)
        terms = tuple(term for office, term in match.value if office == key or (office == HEAD and key in HEADS))
        if terms:
            yield terms


class _Offices(NamedTuple):
    lower: Phrases[str]
    written: Phrases[str]
    past: frozenset[str]


def _office(tokens: Tokens, first: int, last: int, offices: _Offices) -> str | None:
    """The office stated before a name, or after it and a comma; none if it is a past one."""
    nearest: tuple[int, str] | None = None
    for start in range(first - 1, max(-1, first - 2 * APPOSITION), -1):
        if tokens.forms[start] in _STOPS and start != first - 1:
            break
        match = _office_at(tokens, start, offices)
        if match and first - APPOSITION <= match[0] <= first and (nearest is None or match[0] >= nearest[0]):
            nearest = match  # of "minister" and "prime minister", which end at one token, the longer
            if _is_past(tokens, start, offices):
                return None
    if nearest:
        return nearest[1]
    if last + 1 >= len(tokens.forms) or tokens.forms[last] != ",":
        return None
    for start in range(last + 1, min(last + 1 + APPOSITION, len(tokens.forms))):
        if tokens.forms[start] in _STOPS or tokens.lowers[start] in offices.past:
            return None
        if match := _office_at(tokens, start, offices):
            return match[1]
    return None


_STOPS = frozenset('.,;:!?()"“”')


def _office_at(tokens: Tokens, start: int, offices: _Offices) -> tuple[int, str] | None:
    match = offices.lower.at(tokens.lowers, start) or offices.written.at(tokens.forms, start)
    return (match.last, match.value) if match else None


def _is_past(tokens: Tokens, start: int, offices: _Offices) -> bool:
    return not offices.past.isdisjoint(tokens.lowers[max(0, start - APPOSITION) : start])


@cache
def _offices(code: str) -> _Offices:
    pack = load_pack(code)
    rows = lexicon(pack, "offices", OfficeRow)
    return _Offices(
        lower=Phrases((tokenise(row.form).lowers, row.key) for row in rows if row.form.islower()),
        written=Phrases((tokenise(row.form).forms, row.key) for row in rows if not row.form.islower()),
        past=frozenset(row.phrase for row in lexicon(pack, "past_offices", PastOffice)),
    )


@cache
def _leaders() -> Phrases[tuple[tuple[str, Term], ...]]:
    """The offices and terms of everyone who bears a name."""
    by_name: dict[tuple[str, ...], list[tuple[str, Term]]] = {}
    for row in load_leaders():
        for name in (row.name, *row.aliases.split("|")):
            if name:
                by_name.setdefault(tokenise(name).forms, []).append((row.office, _term(row)))
    return Phrases((name, tuple(terms)) for name, terms in by_name.items())


def _term(row: Leader) -> Term:
    first = date.fromisoformat(row.valid_from) if row.valid_from else date.min
    last = date.fromisoformat(row.valid_until or row.checked)
    return Term(first, last, last if row.valid_until else last + OPEN_TERM)
