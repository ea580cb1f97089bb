"""Stretches of unusual weeks as one can tell them afterwards: those of a series' first half year, too.

While it is learnt what is usual (`LEARNING_WEEKS`), no week can raise an alarm. Looked back on from a later day, the
weeks that followed tell what was usual: the first weeks are judged by running the series backwards from that day. Only
what was known on that day is used.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from siaga.monitor.alarm import LEARNING_WEEKS, Series
from siaga.monitor.episodes import Rule, course
from siaga.monitor.panel import Flags, Floats

__all__ = ["Stretch", "stretches"]


class Stretch(NamedTuple):
    """First and last unusual week, by place in the series, and the events of these weeks."""

    begin: int
    end: int
    events: float


def stretches(series: Series, row: int, rule: Rule, last: int) -> tuple[Stretch, ...]:
    """The stretches of unusual weeks of one unit up to a week, in order.

    Args:
        series: counts by week.
        row: of the unit.
        rule: when a stretch opens and closes.
        last: place of the last week that is looked at.

    """
    known = _weeks(series, slice(0, last + 1))
    spans = [span for span in course(known, row, rule).spans if span[0] >= LEARNING_WEEKS]
    backwards = course(_weeks(known, slice(None, None, -1)), row, rule).spans
    early = [(last - end, last - begin) for begin, end in backwards if last - end < LEARNING_WEEKS]
    return tuple(
        Stretch(begin, end, float(series.counts[row, begin : end + 1].sum()))
        for begin, end in _joined(sorted((*early, *spans)), rule.quiet)
    )


def _joined(spans: list[tuple[int, int]], quiet: int) -> list[tuple[int, int]]:
    """The same with those put together that fewer quiet weeks than close one lie between."""
    found: list[tuple[int, int]] = []
    for begin, end in spans:
        if found and begin - found[-1][1] <= quiet:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((begin, end))
    return found


def _weeks(series: Series, weeks: slice) -> Series:
    """The same series with some of its weeks, or in another order; its days no longer count."""
    return Series(
        units=series.units,
        counts=series.counts[:, weeks],
        exposure=_some(series.exposure, weeks),
        sources=_some(series.sources, weeks),
        failed=_flags(series.failed, weeks),
    )


def _some(values: Floats | None, weeks: slice) -> Floats | None:
    return None if values is None else np.ascontiguousarray(values[:, weeks])


def _flags(values: Flags | None, weeks: slice) -> Flags | None:
    return None if values is None else np.ascontiguousarray(values[:, weeks])
