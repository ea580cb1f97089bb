"""How much a word, name or code tells of what an article is about: the rarer in the news, the more.

The counts are fixed, from a sample of articles (`tools/compile_frequencies.py`): were they those of the store, what
came later would change how alike two articles are, and the order of arrival would change stories.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from math import log
from typing import Literal

from siaga.base.pack import asset, read_rows
from siaga.base.record import Record

__all__ = ["Kind", "rarity"]

Kind = Literal["word", "name", "act"]
MOST_KEPT = 1 << 17
"""Terms whose rarity is remembered."""
SAMPLE = ""
"""The row that says of how many articles of a kind the counts are."""
LEAST = 8
"""Articles, below which a term isn't listed: it is taken to be in half as many."""


class Frequency(Record):
    """In how many articles of the sample a term stands."""

    kind: Kind
    language: str = ""
    """Of words; names and acts are the same in all."""
    term: str = SAMPLE
    articles: int  # type: ignore[misc]  # keyword-only, which mypy does not learn from our metaclass


@lru_cache(MOST_KEPT)
def rarity(kind: Kind, term: str, language: str = "") -> float:
    """What a term tells: the logarithm of one over its share of the articles; the same for all in other languages."""
    counts = _frequencies()
    sample = counts.get((kind, language, SAMPLE))
    if sample is None:
        return log(LEAST) if kind == "word" else 0.0
    return log(sample / min(sample, counts.get((kind, language, term), LEAST / 2)))


@cache
def _frequencies() -> Mapping[tuple[Kind, str, str], float]:
    rows = read_rows(asset("link", "frequencies.csv"), Frequency)
    return {(row.kind, row.language, row.term): row.articles for row in rows}
