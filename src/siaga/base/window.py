"""A stretch of days that is looked at, and the one of the same length before it."""

from __future__ import annotations

from datetime import date, timedelta

from siaga.base.record import Record

__all__ = ["DAYS_BACK", "Window", "days_back"]

DAYS_BACK = 30
"""Days before a day that belong to what is told of it, unless others are asked for: a month."""


class Window(Record):
    """Inclusive days, `YYYY-MM-DD`."""

    since: str
    until: str

    @property
    def days(self) -> int:
        """How many days it has, first and last counted."""
        return (date.fromisoformat(self.until) - date.fromisoformat(self.since)).days + 1

    @property
    def before(self) -> Window:
        """The window of the same length that ends on the day before this one."""
        last = date.fromisoformat(self.since) - timedelta(days=1)
        return Window(since=(last - timedelta(days=self.days - 1)).isoformat(), until=last.isoformat())

    def holds(self, moment: str | None) -> bool:
        """Whether a day or a time, as an article has it, falls into the window."""
        return moment is not None and self.since <= moment[:10] <= self.until


def days_back(until: date, days: int = DAYS_BACK) -> Window:
    """A day and the days before it.

    >>> days_back(date(2022, 2, 23))
    Window(since='2022-01-24', until='2022-02-23')
    """
    return Window(since=(until - timedelta(days=days)).isoformat(), until=until.isoformat())
