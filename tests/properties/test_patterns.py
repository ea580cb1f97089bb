"""Our own expressions take linear time: on text of strangers a slow one would be a way to stop us."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

import siaga.collect
from siaga.base.pack import languages
from siaga.base.pattern import SAMPLES
from siaga.collect.byline import byline_rules, compile_byline
from siaga.collect.junk import LONGEST_LINE, _beginnings, _markers, _needy_lines, _parts, _whole_lines, junk_rules

LONG = 20_000
"""Characters of the texts on which expressions that see whole pages are tried: at the square, 20 times too slow."""
MOST_SECONDS = 0.5


def compiled() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    """Every expression that a module of collecting holds."""
    for module in pkgutil.iter_modules(siaga.collect.__path__):
        for name, value in vars(importlib.import_module(f"siaga.collect.{module.name}")).items():
            if isinstance(value, re.Pattern):
                yield f"{module.name}.{name}", value
    yield from (("markers", _markers()), ("parts", _parts()))


PATTERNS = dict(compiled())
RULES = [
    *((rule.id, re.compile(rule.pattern, re.IGNORECASE), rule.hits) for rule in junk_rules()),
    *((rule.id, compile_byline(rule), rule.hits) for code in languages() for rule in byline_rules(code)),
]


@pytest.mark.parametrize("name", PATTERNS)
def test_an_expression_that_sees_whole_pages_takes_linear_time(name: str) -> None:
    pattern = PATTERNS[name]
    pieces = (
        *SAMPLES,
        *sorted(pattern_letters(pattern)),
        "<a ",
        "<meta ",
        "='",
        '="',
        "WARC/1.0\r\n",
        "(baca juga: A ",
    )
    assert [piece for piece in pieces if is_slow(pattern, piece, (1_000, LONG // 4, LONG))] == []


@pytest.mark.parametrize(("pattern", "hits"), [rule[1:] for rule in RULES], ids=[rule[0] for rule in RULES])
def test_a_rule_that_sees_lines_is_quick_on_every_line(pattern: re.Pattern[str], hits: tuple[str, ...]) -> None:
    words = {word for hit in hits for word in re.findall(r"\S+\s?", hit)}
    pieces = (*SAMPLES, *sorted(pattern_letters(pattern)), *sorted(words))
    assert [piece for piece in pieces if is_slow(pattern, piece, (24, 60, LONGEST_LINE))] == []


def test_all_rules_together_are_quick_on_the_longest_line() -> None:
    for pattern in (*map(_whole_lines, ("", *sorted(_beginnings()))), _needy_lines()):
        for piece in (*SAMPLES, "baca juga ", "© ", "updated ", "Foto: "):
            assert seconds(pattern, (piece * 500)[:499] + "\x00") < MOST_SECONDS


def is_slow(pattern: re.Pattern[str] | re.Pattern[bytes], piece: str, lengths: tuple[int, ...]) -> bool:
    """Whether a text of this piece takes too long; shorter ones first, so that a slow one is found soon."""
    texts = ((piece * (length // len(piece) + 1))[:length] + "\x00" for length in lengths)
    return any(seconds(pattern, text) > MOST_SECONDS for text in texts)


def pattern_letters(pattern: re.Pattern[str] | re.Pattern[bytes]) -> set[str]:
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    return {letter for letter in text if letter.isprintable()}


def seconds(pattern: re.Pattern[str] | re.Pattern[bytes], text: str) -> float:
    """Processor time in which everything in a text is found."""
    begun = time.process_time()
    if isinstance(pattern.pattern, bytes):
        bytes_pattern: re.Pattern[bytes] = re.compile(pattern.pattern, pattern.flags)
        sum(1 for _ in bytes_pattern.finditer(text.encode("latin-1", "replace")))
    else:
        text_pattern: re.Pattern[str] = re.compile(pattern.pattern, pattern.flags)
        sum(1 for _ in text_pattern.finditer(text))
    return time.process_time() - begun
