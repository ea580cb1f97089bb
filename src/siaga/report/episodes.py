"""Series and episodes told to people: sentences, rows of weeks, and a drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from siaga.base.record import Record
from siaga.monitor.alarm import LEARNING_WEEKS, Series
from siaga.monitor.episodes import COVERED, Course, Episode
from siaga.monitor.steps import step_named
from siaga.report.catalogue import Catalogue
from siaga.report.svg import drawing, label, path, rectangle

__all__ = ["WeekRow", "episode_lines", "ordinal", "plot", "week_rows"]

WIDTH, HEIGHT, MARGIN = 900, 260, 40
TICKS = 6
LABEL = 80
"""Width of a day."""


class WeekRow(Record):
    """A week of a series."""

    week: str
    count: float
    """As sources tell it that were there in both windows."""
    told: float
    """As all sources tell it."""
    expected: float | None
    """Null while it is learnt what is usual."""
    chance: float | None
    verdict: str
    """`learning`, `usual`, `more_events`, `more_coverage`, or `source_failure`: too little came in to say."""


def episode_lines(found: Sequence[Episode], words: Catalogue) -> Iterator[tuple[str, str]]:
    """Each episode as a sentence, and what makes it special."""
    for one in found:
        told = {
            "first": words.day(one.first), "last": words.day(one.last), "events": words.number(one.events),
            "peak": words.number(one.peak), "expected": f"{one.expected:.1f}",
        }  # fmt: skip
        line = words.say("episodes.day" if one.first == one.last else "episodes.line", **told)
        notes = [
            words.say(
                "episodes.ordinal", ordinal=ordinal(one.number_in_year, words), year=one.first[:4],
                rolling=ordinal(one.number_in_twelve_months, words),
            ),
            words.say("episodes.highest_since", week=words.day(one.highest_since))
            if one.highest_since else words.say("episodes.highest"),
            *([words.say("episodes.coverage")] if one.more_coverage else ()),
            *([words.say("episodes.open")] if one.open else ()),
        ]  # fmt: skip
        yield line, "; ".join(notes)


def week_rows(series: Series, went: Course) -> tuple[WeekRow, ...]:
    """The weeks of the first unit."""
    unusual = {week for begin, end in went.spans for week in range(begin, end + 1) if went.chances[week] <= COVERED}
    return tuple(
        WeekRow(
            week=step_named(series.first + week, "week"),
            count=float(went.counts[week]),
            told=float(series.counts[0, week]),
            expected=None if np.isnan(went.expected[week]) else float(went.expected[week]),
            chance=None if week < LEARNING_WEEKS else float(went.chances[week]),
            verdict=_with_failures(series, week, _verdict(went, week, unusual)),
        )
        for week in range(series.counts.shape[1])
    )


def _with_failures(series: Series, week: int, verdict: str) -> str:
    """What is told of a week: where sources failed, that a week is as usual can't be known."""
    failed = series.failed is not None and bool(series.failed[0, week])
    return "source_failure" if failed and verdict == "usual" else verdict


def plot(series: Series, went: Course, words: Catalogue) -> str:
    """The series as SVG: a bar a week, a line for what is usual, episodes shaded."""
    counts, length = went.counts, series.counts.shape[1]
    most, step = max(float(counts.max()), 1.0), (WIDTH - 2 * MARGIN) / length
    floor = HEIGHT - MARGIN
    tall = (floor - MARGIN) / most
    names = [step_named(series.first + week, "week") for week in range(length)]
    marks = [
        rectangle((MARGIN + begin * step, MARGIN), ((end - begin + 1) * step, floor - MARGIN), "#fbdcc8", names[begin])
        for begin, end in went.spans
    ]
    marks += [
        rectangle(
            (MARGIN + week * step, floor - count * tall), (step * 0.9, count * tall), "#1f5fa8", f"{name}: {count:g}"
        )
        for week, (name, count) in enumerate(zip(names, counts, strict=True))
        if count
    ]
    usual = [(MARGIN + (week + 0.5) * step, floor - min(went.expected[week], most) * tall) for week in range(length)]
    marks.append(path(usual[LEARNING_WEEKS:], "#b3261e"))
    for week in range(0, length, max(1, length // TICKS)):
        place = MARGIN + week * step
        marks.append(label((place, floor + 16), names[week], anchor="end" if place > WIDTH - LABEL else "start"))
    marks += [label((MARGIN - 6, MARGIN + 4), f"{most:g}", anchor="end"), label((MARGIN - 6, floor), "0", anchor="end")]
    marks.append(label((MARGIN, MARGIN - 14), f"{series.units[0]} · {words.say('episodes.legend')}"))
    return drawing((WIDTH, HEIGHT), series.units[0], marks)


def ordinal(number: int, words: Catalogue) -> str:
    """`second`."""
    key = f"ordinal.{number}"
    return words.say(key) if words.has(key) else words.say("ordinal.more", number=number)


def _verdict(went: Course, week: int, unusual: set[int]) -> str:
    if week < LEARNING_WEEKS:
        return "learning"
    if week not in unusual:
        return "usual"
    return "more_coverage" if went.for_coverage[week] > COVERED else "more_events"
