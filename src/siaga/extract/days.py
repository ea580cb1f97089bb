"""The calendar of the news: days, months and "last week" as stretches of inclusive days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal, NamedTuple

__all__ = [
    "DIRECTIONS", "Direction", "Part", "Stretch", "Unit", "add_months", "ago", "day", "month", "nearest_day",
    "nearest_month", "nearest_weekday", "part_of", "quarter", "relevant", "shifted", "week_day", "weekend", "window",
    "year",
]  # fmt: skip

Unit = Literal["hour", "day", "week", "month", "year"]
Direction = Literal["past", "future"]
Part = Literal["early", "middle", "late"]
DIRECTIONS: dict[Direction, int] = {"past": -1, "future": 1}
FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Years outside are no dates of news."""
STALE = timedelta(days=300)
FAR = timedelta(days=300)
"""A weekday that fits only years further off is a slip of the pen."""
IMMINENT = timedelta(days=31)
"""A day of no stated year is the coming one if that is at most a month ahead and the last one was ten months ago:
news that looks back that far states the year."""


class Stretch(NamedTuple):
    """Inclusive days; null is open."""

    earliest: date | None
    latest: date | None


def relevant(year_: int) -> bool:
    """Whether a year can be the year of a date in the news."""
    return FIRST_YEAR <= year_ <= LAST_YEAR


def day(year_: int, month_: int, day_: int) -> date | None:
    """The day, or none where the calendar has none."""
    if not (relevant(year_) and 1 <= month_ <= 12 and 1 <= day_ <= monthrange(year_, month_)[1]):  # noqa: PLR2004 - months
        return None
    return date(year_, month_, day_)


def month(year_: int, month_: int) -> Stretch:
    """A whole month."""
    return Stretch(date(year_, month_, 1), date(year_, month_, monthrange(year_, month_)[1]))


def quarter(year_: int, number: int) -> Stretch:
    """The first to fourth quarter of a year."""
    return Stretch(date(year_, 3 * number - 2, 1), month(year_, 3 * number).latest)


def year(year_: int) -> Stretch:
    """A whole year."""
    return Stretch(date(year_, 1, 1), date(year_, 12, 31))


def week_day(today: date, weeks: int, weekday: int) -> date:
    """Weekday 1 (Monday) to 7 of this, the last (-1) or the next (1) calendar week."""
    return today + timedelta(days=weekday - today.isoweekday() + 7 * weeks)


def weekend(today: date, weeks: int) -> Stretch:
    """Saturday and Sunday of this, the last or the next calendar week."""
    return Stretch(week_day(today, weeks, 6), week_day(today, weeks, 7))


def shifted(today: date, unit: Unit, by: int) -> Stretch:
    """The calendar day, week, month or year so many away: `("month", -1)` is last month."""
    if unit == "hour":
        by, unit = round(by / 24), "day"
    if unit == "day":
        moved = today + timedelta(days=by)
        return Stretch(moved, moved)
    if unit == "week":
        return Stretch(week_day(today, by, 1), week_day(today, by, 7))
    if unit == "month":
        first = add_months(today, by)
        return month(first.year, first.month)
    return year(today.year + by)


def ago(today: date, unit: Unit, by: int) -> date:
    """The same day so many units away."""
    if unit in ("month", "year"):
        return add_months(today, by if unit == "month" else 12 * by)
    days = {"hour": by / 24, "day": by, "week": 7 * by}[unit]
    return today + timedelta(days=-(-days // 1) if days > 0 else days // 1)


def window(today: date, unit: Unit, by: int) -> Stretch:
    """From today back (negative) or on by so many units."""
    there = ago(today, unit, by)
    return Stretch(min(there, today), max(there, today))


def add_months(today: date, by: int) -> date:
    """The same day of another month, or its last day where it is shorter."""
    months = today.year * 12 + today.month - 1 + by
    year_, month_ = divmod(months, 12)
    return date(year_, month_ + 1, min(today.day, monthrange(year_, month_ + 1)[1]))


def nearest_weekday(today: date, weekday: int, direction: Direction | None, *, strict: bool) -> date:
    """The nearest such weekday in that direction (default past); `strict` leaves out today."""
    sign = DIRECTIONS[direction or "past"]
    distance = (weekday - today.isoweekday()) * sign % 7
    return today + timedelta(days=sign * (distance or (7 if strict else 0)))


def nearest_day(today: date, month_: int, day_: int, weekday: int | None, direction: Direction | None) -> date | None:
    """The day of no stated year: one of its weekday if stated, else in the direction, else the past unless imminent."""
    days = [found for year_ in range(today.year - 5, today.year + 6) if (found := day(year_, month_, day_))]
    if weekday is not None:
        days = [found for found in days if abs(found - today) <= FAR and found.isoweekday() == weekday] or days
    past = max((found for found in days if found <= today), default=None)
    future = min((found for found in days if found > today), default=None)
    if past is None or future is None:
        return past or future
    if weekday is not None or direction is None:
        return _nearer(today, past, future, weekday)
    return past if direction == "past" or past == today else future


def _nearer(today: date, past: date, future: date, weekday: int | None) -> date:
    if weekday is not None:
        return past if today - past <= future - today else future
    return future if future - today <= IMMINENT and today - past >= STALE else past


def nearest_month(today: date, month_: int, direction: Direction | None, *, strict: bool) -> Stretch:
    """The month of no stated year before (default) or after publication, the month itself too unless `strict`."""
    sign = DIRECTIONS[direction or "past"]
    distance = (month_ - today.month) * sign % 12 or (12 if strict else 0)
    found = add_months(today.replace(day=1), sign * distance)
    return month(found.year, found.month)


def part_of(stretch: Stretch, part: Part) -> Stretch:
    """The first, second or last third of a month or longer; of shorter stretches, all of it."""
    if stretch.earliest is None or stretch.latest is None or (stretch.latest - stretch.earliest).days < 20:  # noqa: PLR2004
        return stretch
    number = ("early", "middle", "late").index(part)
    if (stretch.latest - stretch.earliest).days < 32:  # noqa: PLR2004 - a month: days 1-10, 11-20, the rest
        first = stretch.earliest.replace(day=10 * number + 1)
        return Stretch(first, stretch.latest if part == "late" else first + timedelta(days=9))
    months = round((stretch.latest - stretch.earliest).days / 365 * 12) // 3
    first = add_months(stretch.earliest, months * number)
    return Stretch(first, add_months(first, months) - timedelta(days=1))
