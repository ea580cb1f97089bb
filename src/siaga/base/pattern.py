r"""Regular expressions of rules: compiled with the rule named if they can't be, and tried on texts made to slow them.

Python's matcher goes back and tries again, so that `(a+)+` takes time without bound on a line of `a`. Which expressions
do is hard to tell from their form (`(\s+\d+)*` does not), so they are tried: on every letter of theirs and every word
of their examples, repeated until the text is as long as a line may be, with an end on which no match can end.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator

from siaga.base.errors import PackError

__all__ = ["compile_pattern", "slow_text"]

LENGTHS: tuple[int, ...] = (*range(4, 64, 2), *range(64, 128, 8), 160, 192, 256, 384, 500)
"""Characters of the texts tried, up to the longest line that is matched; small steps: time may double with each."""
SLOW = 0.2
"""Seconds of processor time in which a match must end: six times what the slowest pattern of the packs takes."""
TRIES = 2
"""A match is slow if it is so as often as this: something else may have come between."""
NO_END = "\x00"
SAMPLES = ("a", "A", "1", " ", "a ", "A ", "1 ", ".", ",", "-")
"""Pieces for the classes that an expression may hold (`\\w`, `\\s`, `\\d`)."""


def compile_pattern(pattern: str, rule: str, flags: int = 0) -> re.Pattern[str]:
    """The expression of a rule.

    Raises:
        PackError: it is none; names the rule.

    """
    try:
        return re.compile(pattern, flags)
    except re.error as error:
        raise PackError(f"rule {rule!r}: expected a regular expression, met {pattern!r}: {error}") from error


def slow_text(pattern: re.Pattern[str], examples: Iterable[str]) -> str | None:
    """The beginning of a text on which matching takes far too long; null if none is found."""
    longest = LENGTHS[-1]
    texts = [(start + piece * longest)[:longest] for start, piece in _hostile(pattern, examples)]
    for length in LENGTHS:
        for text in dict.fromkeys(text[:length] for text in texts):
            if _is_slow(pattern, text + NO_END):
                return text
    return None


def _hostile(pattern: re.Pattern[str], examples: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What a text begins with, and what is repeated after it."""
    yield from (("", piece) for piece in (*SAMPLES, *sorted(set(pattern.pattern))))
    for example in examples:
        for word in re.finditer(r"\S+\s?|\s+", example):
            yield example[: word.start()], word[0]


def _is_slow(pattern: re.Pattern[str], text: str) -> bool:
    return all(_seconds(pattern, text) > SLOW for _ in range(TRIES))


def _seconds(pattern: re.Pattern[str], text: str) -> float:
    before = time.thread_time()
    pattern.fullmatch(text)
    pattern.search(text)
    return time.thread_time() - before
