"""Who did how much to whom, month by month, in the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from siaga.report.catalogue import catalogue
from siaga.report.facts import known_names
from siaga.store.analysis import Count

__all__ = ["pair_table"]

MONTH_LETTERS = 3
UNKNOWN = "?"


def pair_table(counts: Iterable[Count], language: str, *, most: int) -> Table:
    """The pairs with most events as rows, months as columns; those of which one side is unknown are left out.

    Args:
        counts: by pair and month.
        language: of the names.
        most: rows.

    """
    by_pair = _by_pair(counts)
    months = sorted({month for told in by_pair.values() for month in told})
    words, names = catalogue(language), known_names(language)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(words.say("key.pair"), vertical="bottom")
    for month in months:
        letters = words.messages[f"day.{month[5:]}"][:MONTH_LETTERS]
        table.add_column(f"{letters}\n{month[2:4]}", justify="right", no_wrap=True)
    for pair in _busiest(by_pair, most):
        named = " → ".join(names.get(side, side) for side in pair.split(" → "))
        table.add_row(Text(named), *_cells(by_pair[pair], months))
    return table


def _by_pair(counts: Iterable[Count]) -> dict[str, Counter[str]]:
    by_pair: dict[str, Counter[str]] = {}
    for count in counts:
        pair, month = count.keys
        if pair and month and UNKNOWN not in pair.split(" → "):
            by_pair.setdefault(pair, Counter())[month] += count.events
    return by_pair


def _busiest(by_pair: dict[str, Counter[str]], most: int) -> list[str]:
    return sorted(by_pair, key=lambda pair: (-by_pair[pair].total(), pair))[:most]


def _cells(told: Counter[str], months: Sequence[str]) -> Iterator[Text]:
    highest = max(told.values())
    for month in months:
        style = "bold" if told[month] == highest else ""
        yield Text(str(told[month]) if told[month] else "·", style or ("" if told[month] else "dim"))
