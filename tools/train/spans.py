"""Names as spans, and how many of them are right."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["name_f1", "spans"]


def name_f1(pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> float:
    """F1 of whole spans with their kinds, over all pairs of gold and found tags."""
    gold = {(n, *span) for n, (tags, _) in enumerate(pairs) for span in spans(tags)}
    found = {(n, *span) for n, (_, tags) in enumerate(pairs) for span in spans(tags)}
    return 2 * len(gold & found) / max(1, len(gold) + len(found))


def spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """`[first, last)` and kind of every name in a sequence of B-, I- and O tags."""
    out: list[tuple[int, int, str]] = []
    for place, tag in enumerate(tags):
        mark, _, kind = tag.partition("-")
        if mark == "I" and out and out[-1][1] == place and out[-1][2] == kind:
            out[-1] = (out[-1][0], place + 1, kind)
        elif mark in {"B", "I"}:
            out.append((place, place + 1, kind))
    return out
