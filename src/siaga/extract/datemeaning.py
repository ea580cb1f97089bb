"""What a date expression means: the inclusive days of a rule's slots, counted from the day of publication."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal, NamedTuple

from siaga.extract import days
from siaga.extract.daterules import DateExpression, DateLanguage, DateModifier, Found
from siaga.extract.days import Direction, Stretch
from siaga.extract.numbers import find_numbers
from siaga.extract.tokens import tokenise

__all__ = ["resolve"]

UNKNOWN = Stretch(None, None)
EARLY_WEEKDAY = 2
"""On Monday and Tuesday "this weekend" is the one just over, unless something says it is to come."""
SATURDAY = 6
"""From this weekday on "the weekend" is the one that it is; before, the one just over, unless it is said to come."""
CENTURY = 2000
"""Years of two figures are of this century."""


def resolve(expression: DateExpression, today: date | None, language: DateLanguage) -> Stretch | None:
    """The days a date expression can mean; none if the calendar has no such day.

    Without a day of publication only dates that state their year are known.
    """
    core = _core(expression, expression.found, today, language)
    if expression.until is not None:
        core = _ranged(core, _core(expression, expression.until, today, language))
    if core is None:
        return None
    is_range = expression.until is not None or expression.found.rule.kind == "days"
    for modifier in reversed(expression.modifiers):
        core = core if is_range and modifier.bound == "from" else _bounded(core, modifier, today)
    return core


def _core(expression: DateExpression, found: Found, today: date | None, language: DateLanguage) -> Stretch | None:
    reader = _READERS[found.rule.kind]
    return reader(_Reading(found, expression.direction, today, language))


class _Reading(NamedTuple):
    """What a reader of one kind of rule needs to know."""

    found: Found
    direction: Direction | None
    today: date | None
    language: DateLanguage

    def number(self, slot: str) -> int | None:
        """The figure in a slot, if it is filled."""
        return int(self.found.slots[slot]) if slot in self.found.slots else None

    @property
    def year(self) -> int | None:
        """The stated year, in four figures or two."""
        short = self.number("yr")
        return self.number("year") or (None if short is None else CENTURY + short)

    @property
    def month(self) -> int:
        """The month of the date, by name or figure."""
        return self.number("mon") or self.language.months[self.found.slots["month"].lower()]

    @property
    def weekday(self) -> int | None:
        """The stated weekday."""
        word = self.found.slots.get("weekday")
        return self.language.weekdays[word.lower()] if word else None

    @property
    def strict(self) -> bool:
        """Whether today itself does not count: "last Tuesday" on a Tuesday."""
        return self.found.rule.direction is not None


def _day(reading: _Reading) -> Stretch | None:
    found = _one_day(reading, reading.number("day") or 0)
    if found is None and _is_day(reading):
        return UNKNOWN
    return Stretch(found, found) if found else None


def _one_day(reading: _Reading, number: int) -> date | None:
    if year := reading.year:
        return days.day(year, reading.month, number)
    if reading.today is None:
        return None
    return days.nearest_day(reading.today, reading.month, number, reading.weekday, reading.direction)


def _is_day(reading: _Reading) -> bool:
    """Whether a day that could not be resolved is one of the calendar all the same: published is unknown."""
    leap = 2000
    return "year" not in reading.found.slots and days.day(leap, reading.month, reading.number("day") or 0) is not None


def _days(reading: _Reading) -> Stretch | None:
    last = _one_day(reading, reading.number("day2") or 0)
    if last is None:
        return UNKNOWN if reading.today is None and _is_day(reading) else None
    first = days.day(last.year, last.month, reading.number("day") or 0)
    return Stretch(first, last) if first and first < last else None


def _month(reading: _Reading) -> Stretch | None:
    if year := reading.number("year"):
        return days.month(year, reading.month)
    if reading.today is None:
        return UNKNOWN
    if (shift := reading.found.rule.shift) is not None:
        return days.month(reading.today.year + shift, reading.month)
    return days.nearest_month(reading.today, reading.month, reading.direction, strict=reading.strict)


def _quarter(reading: _Reading) -> Stretch | None:
    number = reading.language.ordinals[reading.found.slots["ordinal"].lower()]
    year = reading.number("year") or (reading.today.year if reading.today else None)
    if number > 4:  # noqa: PLR2004 - quarters
        return None
    return days.quarter(year, number) if year else UNKNOWN


def _year(reading: _Reading) -> Stretch | None:
    return days.year(int(reading.found.slots["year"]))


def _weekday(reading: _Reading) -> Stretch | None:
    if reading.today is None:
        return UNKNOWN
    weekday = reading.weekday or 0
    rule = reading.found.rule
    if rule.shift is not None:
        found = days.week_day(reading.today, rule.shift, weekday)
    else:
        found = days.nearest_weekday(reading.today, weekday, reading.direction, strict=reading.strict)
    return Stretch(found, found)


def _shift(reading: _Reading) -> Stretch | None:
    rule = reading.found.rule
    return days.shifted(reading.today, rule.unit or "day", rule.shift or 0) if reading.today else UNKNOWN


def _weekend(reading: _Reading) -> Stretch | None:
    if reading.today is None:
        return UNKNOWN
    shift, weekday = reading.found.rule.shift, reading.today.isoweekday()
    if shift is None:
        is_behind = weekday < SATURDAY and reading.direction != "future"
    else:
        is_behind = shift == 0 and reading.direction is None and weekday <= EARLY_WEEKDAY
    return days.weekend(reading.today, -1 if is_behind else shift or 0)


def _year_end(reading: _Reading) -> Stretch | None:
    return days.part_of(days.year(reading.today.year), "late") if reading.today else UNKNOWN


def _ago(reading: _Reading) -> Stretch | None:
    period = reading.language.periods[reading.found.slots["unit"].lower()]
    count = _count(reading)
    if reading.today is None or count is None:
        return UNKNOWN
    by = count * period.factor * days.DIRECTIONS[reading.direction or "past"]
    return days.shifted(reading.today, period.unit, by) if _reaches(reading.today, period.unit, by) else None


def _window(reading: _Reading) -> Stretch | None:
    period = reading.language.periods[reading.found.slots["unit"].lower()]
    count = _count(reading)
    if reading.today is None or count is None:
        return UNKNOWN
    by = count * period.factor * days.DIRECTIONS[reading.direction or "past"]
    return days.window(reading.today, period.unit, by) if _reaches(reading.today, period.unit, by) else None


def _count(reading: _Reading) -> int | None:
    """How many periods: the number, or the one in "a week"; unknown for "tens of"."""
    if "number" not in reading.found.slots:
        return 1
    numbers = find_numbers(tokenise(reading.found.slots["number"].lower()).lowers, reading.language.code)
    if len(numbers) != 1 or numbers[0].maximum != numbers[0].minimum:
        return None
    return int(numbers[0].minimum)


def _reaches(today: date, unit: days.Unit, by: int) -> bool:
    """Whether so many periods away there is a date of news."""
    years = {"hour": by / 8766, "day": by / 365, "week": by / 52, "month": by / 12, "year": by}[unit]
    return days.relevant(round(today.year + years))


def _night(reading: _Reading) -> Stretch | None:
    return days.window(reading.today, "day", -1) if reading.today else UNKNOWN


def _never(_reading: _Reading) -> Stretch | None:
    """What looks like a date and is none: the year of a law."""
    return None


def _open(_reading: _Reading) -> Stretch | None:
    return UNKNOWN


_READERS: dict[str, Callable[[_Reading], Stretch | None]] = {
    "day": _day,
    "days": _days,
    "month": _month,
    "quarter": _quarter,
    "year": _year,
    "weekday": _weekday,
    "shift": _shift,
    "weekend": _weekend,
    "year-end": _year_end,
    "ago": _ago,
    "window": _window,
    "night": _night,
    "open": _open,
    "never": _never,
}


def _ranged(first: Stretch | None, second: Stretch | None) -> Stretch | None:
    """From the first date to the second; if they come out the wrong way round, the second alone."""
    if first is None or second is None:
        return first or second
    if first.earliest and second.latest and first.earliest > second.latest:
        return second
    return Stretch(first.earliest, second.latest)


def _bounded(stretch: Stretch, modifier: DateModifier, today: date | None) -> Stretch:
    """The stretch as a modifier has it: "since" opens its end, "by" its start, "early" takes its first third."""
    earliest, latest = stretch
    match modifier.bound:
        case "early" | "middle" | "late":
            bounded = days.part_of(stretch, modifier.bound)
        case "earlier" | "later":
            bounded = _split(stretch, modifier.bound, today)
        case "from":
            bounded = Stretch(earliest, None)
        case "after":
            bounded = Stretch(latest + timedelta(days=1) if latest else None, None)
        case "until":
            bounded = Stretch(None, latest)
        case "before":
            bounded = Stretch(None, earliest - timedelta(days=1) if earliest else None)
        case "between":
            bounded = stretch
    return bounded


def _split(stretch: Stretch, bound: Literal["earlier", "later"], today: date | None) -> Stretch:
    """The part of a stretch up to today ("earlier this week") or from today on, if today lies in it."""
    earliest, latest = stretch
    if earliest is None or latest is None or today is None or not earliest <= today <= latest:
        return stretch
    return Stretch(earliest, today) if bound == "earlier" else Stretch(today, latest)
