"""Number words and figures -> ranges: "puluhan ribu" is 10,000 or more, "up to 30,000" is 0 to 30,000."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from siaga.base.pack import lexicon, load_pack
from siaga.base.record import Record
from siaga.extract.phrases import Phrases

__all__ = ["Number", "find_numbers", "modified", "number_at", "number_words"]

Kind = Literal[
    "figure", "unit", "ten", "whole", "teen", "tens", "hundred", "scale", "dozen", "many", "short", "join", "link"
]  # fmt: skip
Role = Literal["least", "most", "about", "range", "between", "both", "decimal", "group"]

FIGURE_DIGITS = 15
"""Longer figures are account or telephone numbers, and no longer exact as floats."""
THOUSAND = 1000
MODIFIER_TOKENS = 4
"""Tokens of the longest phrase of `number_context.csv` that stands before a number."""

_NEXT: dict[str, frozenset[str]] = {
    "": frozenset({"figure", "unit", "ten", "whole", "hundred", "scale", "dozen", "many"}),
    "figure": frozenset({"hundred", "scale", "dozen", "short"}),
    "unit": frozenset({"teen", "tens", "hundred", "scale", "dozen"}),
    "ten": frozenset({"unit", "link", "hundred", "scale"}),
    "link": frozenset({"unit"}),
    "whole": frozenset({"unit", "ten", "whole", "scale"}),
    "teen": frozenset({"scale"}),
    "tens": frozenset({"unit", "scale"}),
    "hundred": frozenset({"unit", "ten", "scale", "join"}),
    "scale": frozenset({"unit", "ten", "whole", "scale"}),
    "dozen": frozenset({"scale"}),
    "many": frozenset({"scale", "join"}),
    "join": frozenset({"unit", "ten", "many"}),
    "short": frozenset(),
}
"""Which kind of word may follow which: the grammar of numbers of both languages together."""


class Number(NamedTuple):
    """A number in the text: `[first, last)` in tokens with modifier and range; the number itself starts at `core`."""

    first: int
    core: int
    last: int
    minimum: float
    maximum: float | None


class NumberWord(Record):
    """A row of `lexicon/numbers.csv`."""

    word: str
    kind: Kind
    value: float
    maximum: float | None = None


class NumberContext(Record):
    """A row of `lexicon/number_context.csv`."""

    phrase: str
    role: Role


class _Lexicon(NamedTuple):
    words: dict[str, NumberWord]
    before: Phrases[Role]
    ranges: frozenset[str]
    between: frozenset[str]
    both: frozenset[str]
    decimal: str
    group: str


def find_numbers(lowers: Sequence[str], language: str) -> tuple[Number, ...]:
    """All numbers of a text given as lower-case tokens, from the left; they do not overlap.

    >>> [(n.minimum, n.maximum) for n in find_numbers(("puluhan", "ribu", "pasukan"), "id")]
    [(10000, None)]
    """
    known = _lexicon(language)
    found: list[Number] = []
    stop = 0
    for start in _candidates(lowers, known.words):
        if start < stop or (number := number_at(lowers, start, language)) is None:
            continue
        number = modified(_with_range(number, lowers, language), lowers, stop, language)
        found.append(number)
        stop = number.last
    return tuple(found)


def number_at(lowers: Sequence[str], start: int, language: str) -> Number | None:
    """The longest number that starts at this token, without modifier or range."""
    known = _lexicon(language)
    words: list[NumberWord] = []
    last = start
    before = ""
    for position, word in _words(lowers, start, known):
        if word.kind not in _NEXT[before] or not _join_fits(words, word):
            break
        words.append(word)
        before = word.kind
        last = position + 1
    while words and words[-1].kind in ("join", "link"):
        words.pop()
        last -= 1
    return Number(start, start, last, *_value(words)) if words else None


@cache
def number_words(language: str) -> frozenset[str]:
    """Every word a number can be written with, links left out."""
    return frozenset(word for word, row in _lexicon(language).words.items() if row.kind != "join")


def _candidates(lowers: Sequence[str], words: dict[str, NumberWord]) -> list[int]:
    return [
        position
        for position, lower in enumerate(lowers)
        if lower in words or lower[:1].isdigit() or ("-" in lower and lower.partition("-")[0] in words)
    ]


def _words(lowers: Sequence[str], start: int, known: _Lexicon) -> Iterator[tuple[int, NumberWord]]:
    """The number words from this token on; "twenty-three" is two of them."""
    for position in range(start, len(lowers)):
        rows = _rows(lowers[position], known)
        if not rows:
            return
        yield from ((position, row) for row in rows)


def _rows(lower: str, known: _Lexicon) -> tuple[NumberWord, ...]:
    if row := known.words.get(lower):
        return (row,)
    if lower[0].isdigit():
        value = _figure(lower, known)
        return () if value is None else (NumberWord(word=lower, kind="figure", value=value),)
    if lower == "-":
        return (NumberWord(word=lower, kind="link", value=0),)
    parts = tuple(known.words.get(part) for part in lower.split("-"))
    return tuple(part for part in parts if part is not None) if all(parts) else ()


def _figure(lower: str, known: _Lexicon) -> float | None:
    """The value of "10.000", "1,5": groups are of three digits, a decimal mark comes last and once."""
    whole, _, fraction = lower.partition(known.decimal)
    groups = whole.split(known.group)
    if len(lower) > FIGURE_DIGITS or not all(len(group) == 3 for group in groups[1:]):  # noqa: PLR2004 - thousands
        return _foreign_figure(lower)
    if not "".join(groups).isdecimal() or (fraction and not fraction.isdecimal()):
        return None
    return float("".join(groups) + (f".{fraction}" if fraction else ""))


def _foreign_figure(lower: str) -> float | None:
    """A figure with the other language's marks, as in "3.8" on an Indonesian page."""
    whole, _, fraction = lower.replace(",", ".").partition(".")
    return (
        float(f"{whole}.{fraction}")
        if whole.isdecimal() and fraction.isdecimal() and len(lower) < FIGURE_DIGITS
        else None
    )


def _join_fits(words: Sequence[NumberWord], word: NumberWord) -> bool:
    """Whether a join has the same kind on both of its sides: "tens of thousands", "two hundred and five"."""
    if len(words) < 2 or words[-1].kind != "join":  # noqa: PLR2004 - a word and the join
        return True
    return (words[-2].kind == "many") == (word.kind == "many")


def _value(words: Sequence[NumberWord]) -> tuple[float, float | None]:
    """Smallest and largest value: `total` holds the scales so far, `high` and `low` the group at hand."""
    total = high = low = 0.0
    for word in words:
        if word.kind in ("scale", "short"):
            total, high, low = _scaled(total, high + low, word.value), 0.0, 0.0
        elif word.kind in ("hundred", "dozen"):
            high, low = (high + low or 1) * word.value, 0.0
        elif word.kind == "many":
            high, low = (high or 1) * word.value, 0.0
        elif word.kind == "tens":
            high, low = high + (low or 1) * word.value, 0.0
        elif word.kind == "teen":
            high, low = high + low + word.value, 0.0
        elif word.kind == "unit":
            low = word.value
        elif word.kind == "whole" and word.value >= THOUSAND:
            total += word.value
        else:
            high += word.value
    value = _plain(total + high + low)
    return value, _maximum(words, value)


def _scaled(total: float, group: float, scale: float) -> float:
    """The total after one more scale word: "3 ribu triliun" multiplies twice, "1 juta 200 ribu" adds."""
    return total * scale if total and not group else total + (group or 1) * scale


def _maximum(words: Sequence[NumberWord], value: float) -> float | None:
    """The largest value: "belasan ribu" is 11,000 to 19,000; "ribuan" has no end."""
    many = [word for word in words if word.kind == "many"]
    if not many:
        return value
    if any(word.maximum is None for word in many):
        return None
    return _plain(value * (many[0].maximum or 0) / many[0].value)


def _plain(value: float) -> float:
    return int(value) if value.is_integer() else round(value, 6)


def _with_range(number: Number, lowers: Sequence[str], language: str) -> Number:
    """The number, or the range of it and the number after a dash or "to"."""
    mark = number.last
    if mark + 1 >= len(lowers) or number.maximum is None or not _links(number, lowers, _lexicon(language)):
        return number
    other = number_at(lowers, mark + 1, language)
    if other is None or other.maximum is None:
        return number
    minimum = _same_scale(number, other, lowers, language)
    if minimum >= other.minimum:
        return number
    return Number(number.first, number.core, other.last, minimum, other.maximum)


def _links(number: Number, lowers: Sequence[str], known: _Lexicon) -> bool:
    """Whether a dash or "to" follows, or "and" where "between" stands before."""
    if lowers[number.last] in known.ranges:
        return True
    is_open = number.first > 0 and lowers[number.first - 1] in known.between
    return is_open and lowers[number.last] in known.both


def _same_scale(number: Number, other: Number, lowers: Sequence[str], language: str) -> float:
    """In "2-3 juta" the scale belongs to both."""
    scale = _lexicon(language).words.get(lowers[other.last - 1])
    if scale is None or scale.kind not in ("scale", "short") or number.last - number.first > 1:
        return number.minimum
    return _plain(float(number.minimum * scale.value)) if number.minimum < scale.value else number.minimum


def modified(number: Number, lowers: Sequence[str], floor: int, language: str) -> Number:
    """The number as the modifier just before it, at or after `floor`, has it: "at least 20" has no maximum."""
    for start in range(max(floor, number.first - MODIFIER_TOKENS), number.first):
        match = _lexicon(language).before.at(lowers, start, number.first)
        if match is None or match.last != number.first:
            continue
        number = number._replace(first=start)
        if match.value == "least":
            return number._replace(maximum=None)
        return number._replace(minimum=0) if match.value == "most" and number.maximum is not None else number
    return number


@cache
def _lexicon(language: str) -> _Lexicon:
    pack = load_pack(language)
    context = lexicon(pack, "number_context", NumberContext)
    before = ((row.phrase.split(), row.role) for row in context if row.role in ("least", "most", "about"))
    return _Lexicon(
        words={row.word: row for row in lexicon(pack, "numbers", NumberWord)},
        before=Phrases(before),
        ranges=_of_role(context, "range"),
        between=_of_role(context, "between"),
        both=_of_role(context, "both"),
        decimal=next(row.phrase for row in context if row.role == "decimal"),
        group=next(row.phrase for row in context if row.role == "group"),
    )


def _of_role(context: Sequence[NumberContext], role: Role) -> frozenset[str]:
    return frozenset(row.phrase for row in context if row.role == role)
