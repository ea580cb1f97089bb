"""The date grammar of a language: rules of the pack compiled to regular expressions, found by their first word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal, NamedTuple

from siaga.base.document import Tokens
from siaga.base.errors import PackError
from siaga.base.pack import grammar, lexicon, load_pack
from siaga.base.pattern import compile_pattern
from siaga.base.record import Record
from siaga.extract.days import Direction, Unit
from siaga.extract.numbers import number_words
from siaga.extract.phrases import Phrases

__all__ = [
    "Bound",
    "DateExpression",
    "DateHit",
    "DateLanguage",
    "DateModifier",
    "DateRule",
    "Found",
    "Period",
    "date_language",
]

Bound = Literal["from", "after", "until", "before", "early", "middle", "late", "earlier", "later", "between"]
Kind = Literal[
    "day", "days", "month", "quarter", "year", "weekday", "shift", "weekend", "year-end", "ago", "window", "night",
    "open", "never",
]  # fmt: skip
Role = Literal["cue", "filler", "future", "past", "range", "both", "not"]
NOTHING = r"(?!)"
"""Matches nowhere: a slot for which a language has no words."""
DIGIT = "#"
"""Stands for any figure among the first words of a rule."""


class DateHit(Record):
    """A text, the date found in it, and its days: executed by `tests/packs`."""

    text: str
    found: str
    earliest: str | None = None
    latest: str | None = None
    published: str | None = "2021-11-30"


class DateRule(Record):
    """A rule of `grammar/dates.toml`."""

    id: str
    kind: Kind
    pattern: str
    hits: tuple[DateHit, ...]
    misses: tuple[str, ...]
    unit: Unit | None = None
    shift: int | None = None
    direction: Direction | None = None
    needs_cue: bool = False
    """Whether it counts only after a modifier or a cue ("in", "pada")."""


class DateModifier(Record):
    """A row of `lexicon/date_modifiers.csv`."""

    phrase: str
    bound: Bound
    direction: Direction | None = None


class DateContext(Record):
    """A row of `lexicon/date_context.csv`."""

    phrase: str
    role: Role


class Month(Record):
    """A row of `lexicon/months.csv`."""

    word: str
    month: int
    short: bool = False


class Weekday(Record):
    """A row of `lexicon/weekdays.csv`: Monday is 1."""

    word: str
    weekday: int
    short: bool = False


class Period(Record):
    """A row of `lexicon/periods.csv`."""

    word: str
    unit: Unit
    factor: int
    fused: bool = False
    plural: bool = False


class Ordinal(Record):
    """A row of `lexicon/ordinals.csv`."""

    word: str
    value: int


class Found(NamedTuple):
    """A rule matched at a token: end in code points, and what stands in its slots."""

    rule: DateRule
    end: int
    slots: dict[str, str]


class DateExpression(NamedTuple):
    """A date as written, not yet resolved: `[first, last)` in tokens with its modifiers."""

    first: int
    last: int
    found: Found
    modifiers: tuple[DateModifier, ...]
    direction: Direction | None
    until: Found | None = None
    """The second date of a range."""


class DateLanguage(NamedTuple):
    """All that is known of dates in a language."""

    code: str
    rules: dict[str, tuple[tuple[DateRule, re.Pattern[str]], ...]]
    """By the first word, in lower case, or `DIGIT`."""
    likely: dict[str, re.Pattern[str]]
    """By the same, what any of its rules matches: mostly none does."""
    modifiers: Phrases[DateModifier]
    never: Phrases[None]
    words: dict[Role, frozenset[str]]
    ranges: Phrases[None]
    months: dict[str, int]
    weekdays: dict[str, int]
    periods: dict[str, Period]
    ordinals: dict[str, int]
    heads: frozenset[str]
    """Every word, in lower case, that a date with its modifiers can start with."""

    def find(self, text: str, tokens: Tokens, position: int) -> Found | None:
        """The longest rule that matches at this token; of equally long ones the first."""
        lower, start = tokens.lowers[position], tokens.starts[position]
        head = DIGIT if lower[0].isdigit() else lower
        if (likely := self.likely.get(head)) is None or not likely.match(text, start):
            return None
        best: Found | None = None
        for rule, pattern in self.rules[head]:
            match = pattern.match(text, start)
            if match and (best is None or match.end() > best.end):
                end = match.start() + len(match[0].rstrip(" ,.\n"))
                best = Found(rule, end, {name: slot for name, slot in match.groupdict().items() if slot})
        return best


@cache
def date_language(code: str) -> DateLanguage:
    """The compiled date grammar of a language."""
    pack = load_pack(code)
    months, weekdays = lexicon(pack, "months", Month), lexicon(pack, "weekdays", Weekday)
    periods, ordinals = lexicon(pack, "periods", Period), lexicon(pack, "ordinals", Ordinal)
    rules = _by_head(grammar(pack, "dates", DateRule), _slots_of(code))
    modifiers = lexicon(pack, "date_modifiers", DateModifier)
    context = lexicon(pack, "date_context", DateContext)
    never = Phrases((row.phrase.split(), None) for row in context if row.role == "not")
    return DateLanguage(
        code=code,
        rules=rules,
        likely={head: _any_of(pattern for _, pattern in of_head) for head, of_head in rules.items()},
        modifiers=Phrases((row.phrase.split(), row) for row in modifiers),
        never=never,
        words={role: frozenset(row.phrase for row in context if row.role == role) for role in _roles(context)},
        ranges=Phrases((row.phrase.split(), None) for row in context if row.role in ("range", "both")),
        months={row.word.lower(): row.month for row in months},
        weekdays={row.word.lower(): row.weekday for row in weekdays},
        periods={row.word: row for row in periods},
        ordinals={row.word.lower(): row.value for row in ordinals},
        heads=frozenset(rules)
        | {row.phrase.split()[0] for row in modifiers}
        | {row.phrase.split()[0] for row in context if row.role == "not"},
    )


class _Slot(NamedTuple):
    pattern: str
    heads: frozenset[str]


def _roles(context: Iterable[DateContext]) -> frozenset[Role]:
    return frozenset(row.role for row in context)


def _slots_of(code: str) -> dict[str, _Slot]:
    """The slots of a language."""
    pack = load_pack(code)
    months, weekdays = lexicon(pack, "months", Month), lexicon(pack, "weekdays", Weekday)
    return _slots(code, months, weekdays, lexicon(pack, "periods", Period), lexicon(pack, "ordinals", Ordinal))


def _slots(
    code: str, months: tuple[Month, ...], weekdays: tuple[Weekday, ...], periods: tuple[Period, ...],
    ordinals: tuple[Ordinal, ...],
) -> dict[str, _Slot]:  # fmt: skip
    digits = frozenset({DIGIT})
    number = _any(number_words(code))
    return {
        "day": _Slot(r"(?<![\d.,/])(?P<day>\d{1,2})(?![\d]|[.,:]\d)", digits),
        "day2": _Slot(r"(?P<day2>\d{1,2})(?![\d]|[.,:]\d)", digits),
        "mon": _Slot(r"(?P<mon>\d{1,2})(?!\d)", digits),
        "year": _Slot(r"(?<![\d.,])(?P<year>(?:19|20)\d\d)(?![^\W_]|[.,:/]\d)", digits),
        "yr": _Slot(r"(?P<yr>\d\d)(?!\d)", digits),
        "code": _Slot(r"\d[\w./-]*", digits),
        "month": _names("month", (row.word for row in months if not row.short)),
        "month_any": _names("month", (row.word for row in months)),
        "weekday": _names("weekday", (row.word for row in weekdays if not row.short)),
        "weekday_any": _names("weekday", (row.word for row in weekdays)),
        "unit": _period(row.word for row in periods),
        "single": _period(row.word for row in periods if not row.plural and not row.fused),
        "fused": _period(row.word for row in periods if row.fused),
        "ordinal": _Slot(
            _word(_any(row.word for row in ordinals), "ordinal"), frozenset(row.word.lower() for row in ordinals)
        ),
        "number": _Slot(
            rf"(?P<number>\d{{1,4}}(?![\d]|[.,:]\d)|(?i:(?:{number})(?:[\s-](?:{number})){{0,2}}))(?![^\W\d_])",
            digits | number_words(code),
        ),
    }


def _period(words: Iterable[str]) -> _Slot:
    known = frozenset(words)
    return _Slot(_word(_any(known) or NOTHING, "unit"), known)


def _names(slot: str, words: Iterable[str]) -> _Slot:
    """Names as written: "May" and "MAY" are months, "may" is none."""
    names = sorted(words)
    forms = {*names, *(name.upper() for name in names)}
    pattern = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return _Slot(
        rf"(?<![^\W\d_])(?P<{slot}>{pattern})(?![^\W\d_])",
        frozenset(re.split(r"['’]", n.lower())[0] for n in names) | {n.lower() for n in names},
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _word(alternatives: str, slot: str | None = None) -> str:
    name = f"?P<{slot}>" if slot else "?:"
    return rf"(?<![^\W\d_])({name}(?i:{alternatives}))(?![^\W\d_])"


def _by_head(
    rules: tuple[DateRule, ...], slots: dict[str, _Slot]
) -> dict[str, tuple[tuple[DateRule, re.Pattern[str]], ...]]:
    by_head: dict[str, list[tuple[DateRule, re.Pattern[str]]]] = defaultdict(list)
    for rule in rules:
        elements = tuple(_elements(rule, slots))
        pattern = compile_pattern("".join(pattern for pattern, _, _ in elements), rule.id)
        for head in _heads(elements):
            by_head[head].append((rule, pattern))
    return {head: tuple(rules) for head, rules in by_head.items()}


def _any_of(patterns: Iterable[re.Pattern[str]]) -> re.Pattern[str]:
    """What matches where one of these does, without their slots."""
    return re.compile("|".join(re.sub(r"\(\?P<\w+>", "(?:", pattern.pattern) for pattern in patterns))


def compile_date_rule(rule: DateRule, code: str) -> tuple[re.Pattern[str], ...]:
    """The expression of one rule of a language.

    Raises:
        PackError: it names a slot that there is none of, or is no pattern.

    """
    return tuple({pattern for rules in _by_head((rule,), _slots_of(code)).values() for _, pattern in rules})


def _elements(rule: DateRule, slots: dict[str, _Slot]) -> Iterator[tuple[str, frozenset[str], bool]]:
    """Pattern, first words and optionality of each element."""
    for number, element in enumerate(rule.pattern.split()):
        optional = element.endswith("?") and len(element) > 1
        slot = _slot(element.removesuffix("?") if optional else element, slots, rule)
        before = r"\s*" if number else ""
        yield (f"(?:{before}{slot.pattern})?" if optional else before + slot.pattern), slot.heads, optional


def _slot(element: str, slots: dict[str, _Slot], rule: DateRule) -> _Slot:
    if element.startswith("<"):
        if element[1:-1] not in slots:
            raise PackError(f"rule {rule.id}: no slot {element}; there are {', '.join(sorted(slots))}")
        return slots[element[1:-1]]
    words = [word.replace("_", " ") for word in element.split("|")]
    if all(word[0].isalpha() for word in words):
        return _Slot(_word(_any(words).replace(r"\ ", r"\s+")), frozenset(word.split()[0].lower() for word in words))
    return _Slot(f"(?:{_any(words)})", frozenset(word.lower() for word in words))


def _heads(elements: tuple[tuple[str, frozenset[str], bool], ...]) -> frozenset[str]:
    """First words of a pattern: those of its optional elements up to and with the first that must stand."""
    heads: frozenset[str] = frozenset()
    for _, words, optional in elements:
        heads |= words
        if not optional:
            break
    return heads
