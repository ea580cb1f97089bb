"""Days as small bars: how much came on each, and the days on which nothing did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from siaga.report.svg import drawing, rectangle

__all__ = ["day_bars"]

BAR, HEIGHT = 5, 24
SERIES, NOTHING = "var(--series)", "var(--line)"


def day_bars(counts: Sequence[int], title: str) -> str:
    """A bar for each day, the highest as high as the drawing; a day without anything is a line at its foot."""
    return drawing((max(1, BAR * len(counts)), HEIGHT), title, _bars(counts))


def _bars(counts: Sequence[int]) -> Iterator[str]:
    most = max((*counts, 1))
    for place, count in enumerate(counts):
        tall = max(2.0, count / most * HEIGHT) if count else 1.0
        yield rectangle((place * BAR, HEIGHT - tall), (BAR - 1, tall), SERIES if count else NOTHING, str(count))
