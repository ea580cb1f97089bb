"""Numbers with what they count: killed, wounded, troops, drones, money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple, get_args

from siaga.base.document import Document, Layer, MagnitudeMention, Tokens
from siaga.base.errors import PackError
from siaga.base.event import Magnitude
from siaga.base.pack import grammar, languages, lexicon, load_pack
from siaga.base.record import Record
from siaga.extract.numbers import Number, find_numbers, modified
from siaga.extract.phrases import Phrases
from siaga.extract.tokens import tokenise

__all__ = ["MagnitudeHit", "MagnitudeRule", "Magnitudes", "UnitWord", "compile_magnitude_rule"]

Role = Literal[
    "person",
    "thing",
    "before",
    "after",
    "toll",
    "joint",
    "single",
    "currency_before",
    "currency_after",
    "measure",
    "never",
]
NUMBER, GAP, NEAR = "number", "gap", "near"
"""Names of elements in patterns."""
CURRENCIES = frozenset({"currency_before"})
COUNTED = frozenset({"person", "thing", "word", "currency_after"})
"""Elements that belong to the text of a magnitude."""
PHRASE_TOKENS = 3
"""Tokens of the longest phrase of `units.csv` looked for to the left of a number."""
FIRST_YEAR, LAST_YEAR, YEAR_DIGITS = 1900, 2100, 4
SHORTEST_NOUN = 3
MARKS = frozenset(".!?;:,()")
HYPHEN = "-"
DATE_MARKS = frozenset("/:")


class MagnitudeHit(Record):
    """A text, the magnitude found in it, and its range: executed by `tests/packs`."""

    text: str
    found: str
    minimum: float
    unit: str
    maximum: float | None = None


class MagnitudeRule(Record):
    """A rule of `grammar/magnitudes.toml`."""

    id: str
    pattern: str
    unit: str
    """The element the unit is taken from."""
    hits: tuple[MagnitudeHit, ...]
    misses: tuple[str, ...]
    minimum: float = 0
    """Smaller numbers are not counted: "one thing" is mostly a manner of speaking."""
    suffix: str = ""
    """How `<word>` must end."""
    single: bool = False
    """Whether "a" and "seorang" count as one."""


class UnitWord(Record):
    """A row of `lexicon/units.csv`."""

    phrase: str
    role: Role
    unit: str


class Magnitudes:
    """Gives the numbers of the article's text that count something."""

    needs: frozenset[Layer] = frozenset({"tokens"})
    gives: frozenset[Layer] = frozenset({"magnitudes"})

    def __call__(self, document: Document, /) -> Document:
        language = document.article.language
        if language not in languages():
            return document
        found = _find(document.article.text, document.tokens, _language(language))
        return document.replace(magnitudes=tuple(found))


class _Rule(NamedTuple):
    rule: MagnitudeRule
    left: tuple[str, ...]
    """Elements before the number, nearest first."""
    right: tuple[str, ...]


class _Language(NamedTuple):
    code: str
    rules: tuple[_Rule, ...]
    words: Mapping[str, Phrases[str]]
    """Phrases of each role and their units."""
    singles: frozenset[str]


class _Step(NamedTuple):
    """An element of a pattern where it was met."""

    element: str
    first: int
    last: int
    unit: str


class _Context(NamedTuple):
    forms: Sequence[str]
    lowers: Sequence[str]
    language: _Language
    taken: frozenset[int]
    """Tokens of numbers: no gap reaches over them."""


def _find(text: str, tokens: Tokens, language: _Language) -> Iterator[MagnitudeMention]:
    numbers = _counts(tokens, language)
    taken = frozenset(position for number in numbers for position in range(number.core, number.last))
    context = _Context(tokens.forms, tokens.lowers, language, taken)
    for number in numbers:
        is_single = tokens.lowers[number.core] in language.singles
        for rule in language.rules:
            if number.minimum < rule.rule.minimum or (is_single and not rule.rule.single):
                continue
            if (steps := _steps(rule, number, context)) is not None and _ends_so(steps, rule.rule):
                counted = _with_currency(number, steps, tokens, language.code)
                yield _mention(text, tokens, counted, steps, rule.rule)
                break


def _ends_so(steps: tuple[_Step, ...], rule: MagnitudeRule) -> bool:
    return all(step.unit.endswith(rule.suffix) for step in steps if step.element == "word")


def _counts(tokens: Tokens, language: _Language) -> tuple[Number, ...]:
    """The numbers, and words for "one of a kind"; figures of years and dates apart."""
    numbers = [
        n for n in find_numbers(tokens.lowers, language.code) if not (_is_date(tokens, n) or _is_part(tokens, n))
    ]
    singles = (Number(i, i, i + 1, 1, 1) for i, lower in enumerate(tokens.lowers) if lower in language.singles)
    return tuple(sorted((*numbers, *singles)))


def _is_date(tokens: Tokens, number: Number) -> bool:
    """Whether a figure is a year, or beside a slash or colon as parts of dates, times and scores are."""
    form = tokens.lowers[number.core]
    if (
        number.last - number.core == 1
        and len(form) == YEAR_DIGITS
        and form.isdecimal()
        and FIRST_YEAR <= int(form) <= LAST_YEAR
    ):
        return True
    beside = (*tokens.lowers[max(0, number.core - 1) : number.core], *tokens.lowers[number.last : number.last + 1])
    return not DATE_MARKS.isdisjoint(beside)


def _is_part(tokens: Tokens, number: Number) -> bool:
    """Whether a number is part of a longer word: "ke-13", "F-16", "12-year-old"."""
    lowers = tokens.lowers
    is_after = number.first > 1 and lowers[number.first - 1] == HYPHEN and lowers[number.first - 2][0].isalpha()
    is_before = number.last + 1 < len(lowers) and lowers[number.last] == HYPHEN and lowers[number.last + 1][0].isalpha()
    return is_after or is_before


def _with_currency(number: Number, steps: tuple[_Step, ...], tokens: Tokens, code: str) -> Number:
    """The number with the currency before it and the modifier before that: "more than $700m"."""
    for step in steps:
        if step.element in CURRENCIES:
            return modified(number._replace(first=step.first), tokens.lowers, 0, code)
    return number


def _mention(
    text: str, tokens: Tokens, number: Number, steps: tuple[_Step, ...], rule: MagnitudeRule
) -> MagnitudeMention:
    first = number.first
    last = max([number.last, *(step.last for step in steps if step.element in COUNTED)])
    start, end = tokens.starts[first], tokens.ends[last - 1]
    unit = next(step.unit for step in steps if step.element == rule.unit)
    value = Magnitude(minimum=number.minimum, maximum=number.maximum, unit=unit, text=text[start:end])
    return MagnitudeMention(start=start, end=end, first=first, last=last, value=value, rule=rule.id)


def _steps(rule: _Rule, number: Number, context: _Context) -> tuple[_Step, ...] | None:
    """The elements of a rule as met around a number; none if one is missing."""
    right = _rightwards(rule.right, number.last, context)
    if right is None:
        return None
    left = _leftwards(rule.left, number.first, context)
    return None if left is None else (*left, *right)


def _rightwards(elements: tuple[str, ...], position: int, context: _Context) -> tuple[_Step, ...] | None:
    if not elements:
        return ()
    element, rest = elements[0], elements[1:]
    if element.startswith((GAP, NEAR)):
        return _over_gap(element, rest, position, context)
    step = _step(element, position, context)
    if step is None or (following := _rightwards(rest, step.last, context)) is None:
        return None
    return (step, *following)


def _over_gap(element: str, rest: tuple[str, ...], position: int, context: _Context) -> tuple[_Step, ...] | None:
    """The rest behind up to so many words; those of a near gap are no joints either."""
    width = int(element[len(GAP) :] if element.startswith(GAP) else element[len(NEAR) :])
    for start in range(position, min(position + width + 1, len(context.lowers))):
        if (steps := _rightwards(rest, start, context)) is not None:
            return steps
        if _closes(start, context) or (element.startswith(NEAR) and _is("joint", start, context)):
            return None
    return None


def _leftwards(elements: tuple[str, ...], position: int, context: _Context) -> tuple[_Step, ...] | None:
    """The one element, behind an optional gap, that ends before this token."""
    if not elements:
        return ()
    role = elements[-1]
    gap = int(elements[0].lstrip(GAP + NEAR)) if len(elements) > 1 else 0
    for stop in range(position, max(position - gap - 1, 0), -1):
        for start in range(max(0, stop - PHRASE_TOKENS), stop):
            match = context.language.words[role].at(context.lowers, start, stop)
            if match and match.last == stop:
                return (_Step(role, start, stop, match.value),)
        if _closes(stop - 1, context) or (elements[0].startswith(NEAR) and _is("joint", stop - 1, context)):
            return None
    return None


def _is(role: Role, position: int, context: _Context) -> bool:
    return context.language.words[role].at(context.lowers, position) is not None


def _step(element: str, position: int, context: _Context) -> _Step | None:
    if element == "end":
        return _Step(element, position, position, "") if _ends(position, context) else None
    if position >= len(context.lowers):
        return None
    if element == "word":
        return _noun(position, context)
    match = context.language.words[element].at(context.lowers, position)
    return _Step(element, position, match.last, match.value) if match else None


def _noun(position: int, context: _Context) -> _Step | None:
    """A word that could be a noun that is counted: in lower case, neither a function word nor a measure."""
    form = context.forms[position]
    if len(form) < SHORTEST_NOUN or not (form.islower() and form.replace("-", "").isalpha()):
        return None
    if any(context.language.words[role].at(context.lowers, position) for role in ("never", "measure")):
        return None
    return _Step("word", position, position + 1, form)


def _ends(position: int, context: _Context) -> bool:
    """Whether nothing that could be counted follows."""
    if position >= len(context.lowers) or not context.lowers[position][0].isalpha():
        return True
    return context.language.words["never"].at(context.lowers, position) is not None


def _closes(position: int, context: _Context) -> bool:
    """Whether a token ends the reach of a number: a mark, another number, or a measure."""
    lower = context.lowers[position]
    return (
        lower in MARKS
        or position in context.taken
        or _is("measure", position, context)
        or _is("after", position, context)
    )


@cache
def _language(code: str) -> _Language:
    pack = load_pack(code)
    rows = lexicon(pack, "units", UnitWord)
    return _Language(
        code=code,
        rules=tuple(compile_magnitude_rule(rule) for rule in grammar(pack, "magnitudes", MagnitudeRule)),
        words={role: Phrases((_words(row), row.unit) for row in rows if row.role == role) for role in get_args(Role)},
        singles=frozenset(row.phrase for row in rows if row.role == "single"),
    )


def _words(row: UnitWord) -> tuple[str, ...]:
    return tokenise(row.phrase).lowers


def compile_magnitude_rule(rule: MagnitudeRule) -> _Rule:
    """The elements of a rule on each side of its number.

    Raises:
        PackError: there is not one number, or the unit is taken from none of them.

    """
    elements = tuple(element.strip("<>") for element in rule.pattern.split())
    if elements.count(NUMBER) != 1 or rule.unit not in elements:
        raise PackError(f"rule {rule.id}: expected one <number> and <{rule.unit}> in {rule.pattern!r}")
    middle = elements.index(NUMBER)
    return _Rule(rule, elements[:middle][::-1], elements[middle + 1 :])
