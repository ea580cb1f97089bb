"""One week of many series told to people: a line each, with what was usual and the so-many-th episode it is."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import TextIO

from rich import box
from rich.table import Table
from rich.text import Text

from siaga.monitor.weekly import Weekly
from siaga.report.catalogue import Catalogue
from siaga.report.episodes import ordinal
from siaga.report.timeline import sparkline

__all__ = ["remarks", "week_table", "write_csv"]

COLUMNS = (
    "unit",
    "week",
    "count",
    "expected",
    "bound",
    "ratio",
    "chance",
    "false_discovery",
    "alarm",
    "verdict",
    "state",
)
EPISODE = ("first", "number_in_year", "number_in_twelve_months", "highest_since")
RATIO_DIGITS = 10
"""A ratio from which on its decimals say nothing."""


def week_table(found: Sequence[Weekly], words: Catalogue) -> Table:
    """The week of each series, its last half year as small columns, and what is to be said of it."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(words.say("usual.unit"), no_wrap=True)
    for name in ("count", "expected", "bound", "ratio", "chance"):
        table.add_column(words.say(f"usual.{name}"), justify="right", no_wrap=True)
    table.add_column(words.say("usual.lately"), no_wrap=True)
    table.add_column(words.say("usual.remarks"))
    for one in found:
        figures = (f"{one.count:g}", f"{one.expected:.1f}", f"{one.bound:g}", _ratio(one), f"{one.chance:.4f}")
        line = sparkline([int(count) for count in one.lately])
        cells = (one.unit, *figures, line, "; ".join(remarks(one, words)))
        table.add_row(*map(Text, cells), style="bold" if one.alarm else "")
    return table


def remarks(one: Weekly, words: Catalogue) -> Iterator[str]:
    """What is to be said of a week: what stands in the way of a verdict, the verdict, and the episode it belongs to."""
    if one.state != "watched":
        yield words.say(f"usual.state_{one.state}")
    if one.verdict != "usual":
        yield words.say(f"episodes.verdict_{one.verdict}")
    if one.episode is not None:
        yield words.say(
            "usual.episode", ordinal=ordinal(one.episode.number_in_year, words), year=one.episode.first[:4],
            first=words.day(one.episode.first), rolling=ordinal(one.episode.number_in_twelve_months, words),
        )  # fmt: skip


def write_csv(found: Sequence[Weekly], target: TextIO) -> None:
    """Write a line for each series; what is known of no episode is empty."""
    sheet = csv.writer(target, lineterminator="\n")
    sheet.writerow((*COLUMNS, *(f"episode_{name}" for name in EPISODE)))
    for one in found:
        episode = ("" if one.episode is None else getattr(one.episode, name) for name in EPISODE)
        sheet.writerow((*(getattr(one, name) for name in COLUMNS), *episode))


def _ratio(one: Weekly) -> str:
    return f"{one.ratio:.0f}" if one.ratio >= RATIO_DIGITS else f"{one.ratio:.1f}"
