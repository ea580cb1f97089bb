"""From lemmas to the forms that stand in text, by the rewrite rules of a pack."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from siaga.base.errors import PackError
from siaga.base.pack import grammar, lexicon, load_pack
from siaga.base.pattern import compile_pattern
from siaga.base.record import Record

__all__ = [
    "Form",
    "Inflection",
    "Irregular",
    "Paradigm",
    "compile_inflection",
    "forms_of",
    "inflect",
    "known_inflections",
    "known_paradigms",
]


class Inflection(Record):
    """A way to build a form: the first pattern that fits the stem counts."""

    id: str
    voice: str
    rewrites: tuple[tuple[str, str], ...]
    hits: tuple[tuple[str, str], ...]
    misses: tuple[tuple[str, str], ...]
    base: str | None = None
    """Another inflection that is applied to the stem first."""
    last: bool = False
    """Inflects the last word of a phrase instead of the first."""


class Paradigm(Record):
    """A name for several inflections, with the clitics that may hang on and whether the form can be doubled."""

    paradigm: str
    inflections: str
    clitics: str = ""
    doubled: str = ""


class Irregular(Record):
    """A form that no rule makes."""

    lemma: str
    inflection: str
    form: str


class Form(NamedTuple):
    """Words as they stand in text (lower case), and what the form is in a sentence."""

    words: str
    voice: str


def forms_of(language: str, lemma: str, paradigms: str) -> Iterator[Form]:
    """All forms of a lemma (one word or several) in these paradigms (names with spaces between).

    Raises:
        PackError: there is no such paradigm.

    """
    table = known_paradigms(language)
    for name in paradigms.split():
        if name not in table:
            raise PackError(f"{language}/lexicon: {lemma!r} has paradigm {name!r}; there are {', '.join(table)}")
        yield from _forms_in(language, lemma, table[name])


def inflect(language: str, lemma: str, inflection: str) -> str:
    """One form of one word.

    >>> inflect("id", "serang", "meN")
    'menyerang'
    """
    irregular = _irregulars(language).get((lemma, inflection))
    if irregular is not None:
        return irregular
    rule = known_inflections(language)[inflection]
    stem = inflect(language, lemma, rule.base) if rule.base else lemma
    for pattern, replacement in rule.rewrites:
        if re.match(pattern, stem):
            return re.sub(pattern, replacement, stem, count=1)
    raise PackError(f"{language}/grammar/morphology.toml: no pattern of {inflection!r} fits {stem!r}")


def compile_inflection(rule: Inflection, language: str) -> tuple[re.Pattern[str], ...]:
    """The expressions of an inflection.

    Raises:
        PackError: a pattern is no expression, or the inflection that it starts from is not there.

    """
    if rule.base is not None and rule.base not in known_inflections(language):
        known = ", ".join(known_inflections(language))
        raise PackError(f"rule {rule.id!r}: no inflection {rule.base!r}; there are {known}")
    return tuple(compile_pattern(pattern, rule.id) for pattern, _ in rule.rewrites)


def _forms_in(language: str, lemma: str, paradigm: Paradigm) -> Iterator[Form]:
    for name in paradigm.inflections.split():
        voice = known_inflections(language)[name].voice
        form = _inflect_phrase(language, lemma, name)
        yield Form(form, voice)
        for clitic in paradigm.clitics.split():
            yield Form(form + clitic, voice)
        if paradigm.doubled and " " not in form:
            yield Form(f"{form}-{form}", voice)


def _inflect_phrase(language: str, lemma: str, inflection: str) -> str:
    words = lemma.lower().split()
    position = -1 if known_inflections(language)[inflection].last else 0
    words[position] = inflect(language, words[position], inflection)
    return " ".join(words)


@cache
def known_inflections(language: str) -> dict[str, Inflection]:
    """The inflections of a language by id."""
    return {rule.id: rule for rule in grammar(load_pack(language), "morphology", Inflection)}


@cache
def known_paradigms(language: str) -> dict[str, Paradigm]:
    """The paradigms of a language by name."""
    return {row.paradigm: row for row in lexicon(load_pack(language), "paradigms", Paradigm)}


@cache
def _irregulars(language: str) -> dict[tuple[str, str], str]:
    rows = lexicon(load_pack(language), "irregular", Irregular)
    return {(row.lemma, row.inflection): row.form for row in rows}
