"""The known word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["did_you_mean", "nearest"]

NEAR_ENOUGH = 0.5
"""Similarity (0 to 1, difflib) from which a word is offered: `mobilise` and `MOBILIZE` have .88."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to one that is not known; null if none is near."""
    return next(iter(get_close_matches(word, tuple(known), n=1, cutoff=NEAR_ENOUGH)), None)


def did_you_mean(word: str | None) -> str:
    """` Did you mean …?`, to end a message with; empty if there is nothing to offer."""
    return f" Did you mean {word}?" if word else ""
