"""What a plain text says about itself: the outlet in front of its first sentence, a day on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple

from siaga.base.pack import grammar, languages, lexicon, load_pack
from siaga.base.pattern import compile_pattern
from siaga.base.record import Record
from siaga.collect.authors import author_names
from siaga.collect.metadata import Metadata, as_published, url_date

__all__ = [
    "BylineRule",
    "Month",
    "OutletWord",
    "Weekday",
    "Zone",
    "byline_rules",
    "compile_byline",
    "read_authors",
    "read_stamp",
    "stamps",
    "text_metadata",
]

LONGEST_BYLINE = 200
"""Characters at the start of a text in which its outlet may stand."""
TOP = 5
"""Lines from the start of a text in which its day may stand, before its first sentence; below, it is another's."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_SENTENCE = re.compile(r".{40,}[.!?][\"”’')\]]*|.{161,}")
_SHAPES = {
    "place": r"[^\W\d_][\w.'’-]*(?:[ ,]{1,2}[^\W\da-z_][\w.'’-]*){0,3}",
    "dash": r"(?:\s+(?:--|[-–—])\s*|(?:--|[-–—])\s+)",
    "site": r"[\w-]{2,30}(?:\.[A-Za-z]{2,4}){1,2}",
    "joined": r"[A-Z][a-z0-9]{1,20}(?:[A-Z][A-Za-z0-9]{1,20}){1,3}",
    "name": r"[A-Z0-9][\w.&'’-]{0,20}",
    "offset": r"(?: ?\((?:GMT|UTC)\+\d{1,2}(?::?\d{2})?\))",
    "time": r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::\d{2})?(?:\s?(?P<half>[apAP])\.?[mM]\.?)?",
}
"""Shapes that are those of every language, for the slots of the patterns."""


class BylineRule(Record):
    """How outlets name themselves, the day or the author. Groups of `pattern` name what is found."""

    id: str
    gives: Literal["source", "published", "updated", "author"]
    pattern: str
    """Must match the start of the first line (source), or a whole line. Slots stand in double braces."""
    hits: tuple[str, ...]
    misses: tuple[str, ...] = ()


class OutletWord(Record):
    """A word by which a capitalised name is known for an outlet's."""

    word: str


class Month(Record):
    """A row of `lexicon/months.csv`."""

    word: str
    month: int
    short: bool = False


class Weekday(Record):
    """A row of `lexicon/weekdays.csv`."""

    word: str
    weekday: int
    short: bool = False


class Zone(Record):
    """An abbreviation of a time zone and its offset, where there is no doubt."""

    word: str
    offset: str


class _Compiled(NamedTuple):
    rule: BylineRule
    pattern: re.Pattern[str]


def text_metadata(lines: Sequence[str], url: str | None) -> Metadata:
    """The outlet and the day that a plain text names, the day in its address else; null where there is none."""
    source = _source(lines[0][:LONGEST_BYLINE]) if lines else None
    updates = (read_stamp(line, "updated") for line in lines[:TOP])
    if published := next((day for _, day in _days(lines)), None) or next(filter(None, updates), None):
        return Metadata(url=url, source=source, published=published, published_basis="text")
    if published := url_date(url):
        return Metadata(url=url, source=source, published=published, published_basis="url")
    return Metadata(url=url, source=source)


def byline_rules(code: str) -> tuple[BylineRule, ...]:
    """The rules of a language."""
    return grammar(load_pack(code), "metadata", BylineRule)


def compile_byline(rule: BylineRule) -> re.Pattern[str]:
    """The expression of a rule with its slots filled.

    Raises:
        PackError: the pattern is no regular expression.

    """
    pattern = rule.pattern
    for name, filling in _slots().items():
        pattern = pattern.replace("{{" + name + "}}", filling)
    return compile_pattern(pattern, rule.id)


def _source(line: str) -> str | None:
    """The outlet that a first line names before its dash."""
    for _, pattern in _compiled("source"):
        if match := pattern.match(line):
            return match["source"].strip()
    return None


def read_stamp(line: str, gives: Literal["published", "updated"] = "published") -> str | None:
    """The moment that a line as a whole says an article was published or updated.

    >>> read_stamp("Selasa, 30 November 2021 16:45 WITA"), read_stamp("30 Nov 2021"), read_stamp("Riga")
    ('2021-11-30T16:45:00+08:00', '2021-11-30', None)
    """
    if len(line) > LONGEST_BYLINE or _YEAR.search(line) is None:
        return None
    for _, pattern in _compiled(gives):
        if (match := pattern.fullmatch(line)) and (found := as_published(_written(match.groupdict()))):
            return found
    return None


def read_authors(lines: Iterable[str]) -> tuple[str, ...]:
    """The persons whom these lines name as authors."""
    short = (line for line in lines if len(line) <= LONGEST_BYLINE)
    found = (match for line in short for _, pattern in _compiled("author") if (match := pattern.fullmatch(line)))
    return author_names(text for match in found for text in match.groupdict().values() if text)


def stamps(lines: Sequence[str]) -> frozenset[int]:
    """Numbers of the lines on top of a text that say nothing but when it was published."""
    return frozenset(number for number, _ in _days(lines))


def _days(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines on top that are a day, and the day."""
    for number, line in enumerate(lines[:TOP]):
        if _SENTENCE.fullmatch(line):
            return
        if found := read_stamp(line):
            yield number, found


def _written(groups: Mapping[str, str | None]) -> str:
    """Day, month and year, and the time where its zone is known, as RFC 3339."""
    month = groups.get("number") or _months()[(groups.get("month") or "").lower()]
    day_, year = groups.get("day") or groups.get("isoday") or 0, groups.get("year") or groups.get("isoyear")
    day = f"{year}-{int(month):02}-{int(day_):02}"
    offset = _zones().get((groups.get("zone") or "").upper())
    if offset is None or groups.get("hour") is None:
        return day
    hour = int(groups["hour"] or 0) % 12 if groups.get("half") else int(groups["hour"] or 0)
    afternoon = 12 if (groups.get("half") or "").lower() == "p" else 0
    return f"{day}T{hour + afternoon:02}:{groups['minute']}:00{offset}"


@cache
def _compiled(gives: str) -> tuple[_Compiled, ...]:
    rules = (rule for code in languages() for rule in byline_rules(code))
    return tuple(_Compiled(rule, compile_byline(rule)) for rule in rules if rule.gives == gives)


@cache
def _slots() -> dict[str, str]:
    """What the slots of patterns stand for; words of all packs, since a page may mix them."""
    words = _any(row.word for code in languages() for row in lexicon(load_pack(code), "outlet_words", OutletWord))
    weekdays = (row.word for code in languages() for row in lexicon(load_pack(code), "weekdays", Weekday))
    name, words = _SHAPES["name"], f"(?i:{words})"
    return {
        **_SHAPES,
        "outlet": rf"(?:{_SHAPES['site']}|{_SHAPES['joined']}|(?:{name} ){{0,3}}{words}(?: {name}){{0,2}})",
        "month": f"(?P<month>(?i:{_any(_months())}))",
        "weekday": f"(?i:{_any(weekdays)})",
        "zone": f"(?P<zone>{_any(_zones())})",
    }


@cache
def _months() -> dict[str, int]:
    rows = (row for code in languages() for row in lexicon(load_pack(code), "months", Month))
    return {row.word.lower(): row.month for row in rows}


@cache
def _zones() -> dict[str, str]:
    rows = (row for code in languages() for row in lexicon(load_pack(code), "zones", Zone))
    return {row.word: row.offset for row in rows}


def _any(words: Iterator[str] | Mapping[str, object]) -> str:
    """One of these words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
