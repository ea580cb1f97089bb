"""Steps of time: days, weeks (from Monday) and months, counted from a first one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

__all__ = ["PER_YEAR", "Step", "day_read", "number_of", "step_named", "step_of"]

Step = Literal["day", "week", "month"]

PER_YEAR: dict[Step, int] = {"day": 365, "week": 52, "month": 12}
"""Steps of a year, for rates per unit-year."""
MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})")


def day_read(text: str) -> date:
    """The day of `YYYY-MM-DD`, or the first of `YYYY-MM`.

    Raises:
        ValueError: it is neither.

    """
    month = MONTH.fullmatch(text)
    return date(int(month["year"]), int(month["month"]), 1) if month else date.fromisoformat(text)


def step_of(texts: Iterable[str], days: Iterable[date]) -> Step:
    """The step of a file: months where days are missing or all the first, weeks where all are one weekday."""
    distinct = set(days)
    if all(MONTH.fullmatch(text) for text in texts) or all(day.day == 1 for day in distinct):
        return "month"
    return "week" if len({day.weekday() for day in distinct}) == 1 else "day"


def number_of(day: date, step: Step) -> int:
    """The number of the step that a day falls into, one after the other since the year 1."""
    if step == "month":
        return day.year * 12 + day.month - 1
    return day.toordinal() - 1 if step == "day" else (day.toordinal() - 1) // 7


def step_named(number: int, step: Step) -> str:
    """The name of a step: `2021-11` of a month, else its first day."""
    if step == "month":
        return f"{number // 12:04d}-{number % 12 + 1:02d}"
    return (date.min + timedelta(days=number if step == "day" else 7 * number)).isoformat()
