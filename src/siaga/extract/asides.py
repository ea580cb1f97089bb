"""Text -> asides: menus and headlines of other articles that were kept among the paragraphs.

What is surely junk is cut where a page is collected. What only looks like it stays in the text, which the offsets of
everything read point into: nothing is read from menus, and no events from headlines of other articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from siaga.base.document import Aside
from siaga.base.pack import grammar, languages, load_pack
from siaga.base.pattern import compile_pattern
from siaga.base.record import Record
from siaga.extract.menus import menu_end
from siaga.extract.teasers import teasers

__all__ = ["TEASER", "AsideRule", "aside_rules", "find_asides"]

TEASER = "teaser"
_LINE = re.compile(r"\S(?:[^\n]*\S)?")
"""Without the blanks around it."""
_SITE = re.compile(r"(?: *[|·—–-] +[^|·—–\s][^|·—–\n]*)+$")
"""What the name of a page has behind its headline: " | World news | The Courier"."""
MOST_SITE = 60
"""Characters of that."""


class AsideRule(Record):
    """What one kind of aside looks like inside a line; letters count as large as small."""

    id: str
    reason: str
    pattern: str
    hits: tuple[str, ...]
    misses: tuple[str, ...] = ()
    word: str = ""
    """What each such aside holds, in small letters: lines without it are not looked through."""


@cache
def aside_rules() -> tuple[AsideRule, ...]:
    """The rules of all packs: pages mix languages.

    Raises:
        PackError: a pattern is no regular expression.

    """
    rules = tuple(rule for code in languages() for rule in grammar(load_pack(code), "asides", AsideRule))
    for rule in rules:
        compile_pattern(rule.pattern, rule.id, re.IGNORECASE | re.MULTILINE)
    return rules


def find_asides(text: str, title: str | None = None) -> tuple[Aside, ...]:
    """The asides of a text, in order and apart from each other."""
    lines = tuple(_LINE.finditer(text))
    found = teasers([line[0] for line in lines], title)
    asides: list[Aside] = []
    for number, line in enumerate(lines):
        whole = Aside(start=line.start(), end=line.end(), reason=TEASER)
        for aside in [whole] if number in found else (*_site(line, title), *_inside(line)):
            if not asides or aside.start >= asides[-1].end:
                asides.append(aside)
    return tuple(asides)


def _site(line: re.Match[str], title: str | None) -> Iterator[Aside]:
    """What stands in a line behind the title of the article: name of a section, name of a site."""
    end = len(title or "")
    if title and line[0].startswith(title) and len(line[0]) - end <= MOST_SITE and _SITE.fullmatch(line[0], end):
        yield Aside(start=line.start() + end, end=line.end(), reason="navigation")


def _inside(line: re.Match[str]) -> Iterator[Aside]:
    """Those within a line: the menu that begins it, and what the rules know."""
    text, first = line.string, line.start()
    if end := menu_end(line[0]):
        yield Aside(start=first, end=first + end, reason="navigation")
    small = line[0].lower()
    worth = tuple(number for number, rule in enumerate(aside_rules()) if rule.word in small)
    for match in _parts(worth).finditer(text, first, line.end()):
        rule = aside_rules()[int(str(match.lastgroup)[1:])]
        yield Aside(start=match.start(), end=match.end(), reason=rule.reason)


@cache
def _parts(numbers: tuple[int, ...]) -> re.Pattern[str]:
    """What finds the asides of the rules of these numbers."""
    parts = (f"(?P<r{number}>{aside_rules()[number].pattern})" for number in numbers)
    return re.compile("|".join(parts), re.IGNORECASE | re.MULTILINE)
