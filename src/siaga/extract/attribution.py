"""Who says what is said: frames of a speaker and a reporting verb, found by the shape of a sentence.

A shape is a string with one letter a token: the role of the word in reported speech, from the pack's
`lexicon/reporting.csv` and `lexicon/quote_roles.csv`. The patterns of `grammar/quotes.toml` are regular
expressions over shapes, so that a match's group is a stretch of tokens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from siaga.base.document import Document, Sentence
from siaga.base.errors import PackError
from siaga.base.nearest import did_you_mean, nearest
from siaga.base.pack import Pack, grammar, lexicon
from siaga.base.pattern import compile_pattern
from siaga.base.record import Record

__all__ = [
    "Frame",
    "Hit",
    "QuoteRule",
    "Reporting",
    "Role",
    "compile_quote_rule",
    "find_frames",
    "quote_rules",
    "shape_of",
]

_QUOTED, _QUOTE, _NAME, _WORD, _NUMBER, _OTHER = "q", '"', "U", "w", "d", "*"
_MARKS = {
    ",": ",", ":": ":", "(": "(", ")": ")", "[": "(", "]": ")", ".": ".", "!": ".", "?": ".", ";": ";", "...": ".",
    "-": "-", "–": "~", "—": "~", "&": _WORD, "/": _WORD, "'s": "s", "’s": "s", "'": "s", "’": "s",
}  # fmt: skip
_NEUTRAL = {
    "quoted": _QUOTED, "quote": _QUOTE, "name": _NAME, "word": _WORD, "number": _NUMBER,
    "comma": ",", "colon": ":", "stop": "[.]", "open": "[(]", "close": "[)]", "dash": "~",
}  # fmt: skip
_KINDS = {
    "bare": "Kk3", "nya": "Nm4", "clause": "Vv1", "passive": "Sx5", "according": "Aj7", "participle": "Gg2",
    "thus": "Hh6",
}  # fmt: skip
_STRENGTHS = ("strong", "weak", "near")
_ROLES = {
    "that": "T", "pronoun": "P", "to": "o", "prep": "i", "by": "y", "rel": "r", "adv": "a", "conj": "c", "det": "D",
    "back": "z", "noun": "n", "date": "e", "of": "f", "be": "u", "not": "!",
    "purpose": "p",
}  # fmt: skip
_ASIDE = r"[^,~\"qTVvcPKNGA]"
_COMPOSED = {
    "np": r"(?:[DUwnszfd-]|[(][^()q\"]{1,10}[)])",
    "start": r"(?:^|(?<=[\",:.;caeTi*)~-]))",
    "aside": (
        rf"(?:(?:,{_ASIDE}{{1,30}}){{1,2}},|~{_ASIDE}{{1,30}}~|[ir]{_ASIDE}{{1,12}}?|,?e{_ASIDE}{{0,8}}?,?"
        r"|[ie]{0,2},?[(][^()]{1,12}[)]){0,2}?"
    ),
}
_MOST_FRAMES = 12
"""In one sentence; more are a list without full stops, and cost the square of their number."""


class Reporting(Record):
    """A form that introduces speech."""

    form: str
    kind: Literal["bare", "nya", "clause", "passive", "according", "participle", "thus"]
    strength: Literal["strong", "weak", "near"]
    """`strong` introduces indirect speech too; `weak` only quoted words; `near` only quoted words right beside it."""


class Role(Record):
    """What another word is in the neighbourhood of speech."""

    form: str
    role: str


class Hit(Record):
    """A text that a rule must read, with its speaker and the direct words, if there are any."""

    text: str
    speaker: str
    words: str | None = None


class QuoteRule(Record):
    """A shape of sentence in which somebody speaks."""

    id: str
    words: Literal["before", "after", "around"]
    """Where the words stand, seen from the verb."""
    pattern: str
    hits: tuple[Hit, ...]
    misses: tuple[str, ...]


class Frame(NamedTuple):
    """A speaker with a reporting verb, `[first, last)` in tokens."""

    first: int
    last: int
    verb: int
    speaker: tuple[int, int] | None
    """Tokens; null where the speaker is the one named last or the subject of the sentence."""
    pronoun: bool
    strength: Literal["strong", "weak", "near"]
    words: Literal["before", "after", "around"]
    rule: str


class _Shape(NamedTuple):
    pattern: re.Pattern[str]
    rule: QuoteRule


def quote_rules(pack: Pack) -> tuple[QuoteRule, ...]:
    """The rules of `grammar/quotes.toml`."""
    return grammar(pack, "quotes", QuoteRule)


def shape_of(document: Document, stretches: Sequence[tuple[int, int]], pack: Pack) -> str:
    """One letter a token of the document; tokens within the quoted stretches count as quoted words.

    In mid-sentence a capitalised word is a name, whatever it means in lower case, except for days and months; at
    the head of a sentence it is none if the article writes it small elsewhere.
    """
    letters = _letters(pack)
    forms, lowers = document.tokens.forms, document.tokens.lowers
    shape = [letters.get(lower) or _letter(form) for form, lower in zip(forms, lowers, strict=True)]
    heads = {sentence.first for sentence in document.sentences}
    heads.update(last for _, last in stretches)
    known = set(forms)
    for place in _spaced_hyphens(document):
        shape[place] = "~"
    for place, form in enumerate(forms):
        if not form[0].isupper() or shape[place] == "e":
            continue
        if place not in heads or (form.isupper() and len(form) > 1):
            shape[place] = _NAME
        elif shape[place] == _NAME and lowers[place] in known:
            shape[place] = _WORD
    for first, last in stretches:
        shape[first:last] = _QUOTE + _QUOTED * (last - first - 2) + _QUOTE if last - first > 1 else _QUOTE
    return "".join(shape)


def _spaced_hyphens(document: Document) -> Iterator[int]:
    """Hyphens that stand for dashes: "LONDON - Rencana itu"."""
    starts, ends, forms = document.tokens.starts, document.tokens.ends, document.tokens.forms
    for place in range(1, len(forms) - 1):
        if forms[place] == "-" and (ends[place - 1] < starts[place] or ends[place] < starts[place + 1]):
            yield place


def _letter(form: str) -> str:
    first = form[0]
    if first.isalpha():
        return _WORD if first.islower() else _NAME
    return _NUMBER if first.isdigit() else _OTHER


def find_frames(shape: str, sentence: Sentence, pack: Pack) -> list[Frame]:
    """The frames of a sentence in order of their verbs; of two on one verb the earlier rule counts."""
    piece = shape[sentence.first : sentence.last]
    if not _verb_letters().search(piece):
        return []
    frames: dict[int, Frame] = {}
    for pattern, rule in _shapes(pack):
        for match in pattern.finditer(piece):
            frames.setdefault(match.start("verb"), _frame(match, rule, sentence.first))
    verbs = sorted(frames)[:_MOST_FRAMES]
    return [frames[verb] for verb in verbs if verb == verbs[0] or piece[verb] != ":"]


def _frame(match: re.Match[str], rule: QuoteRule, offset: int) -> Frame:
    named = match.groupdict().get("speaker")
    first, last = match.span("speaker") if named else (0, 0)
    verb = match.start("verb")
    return Frame(
        first=offset + (min(first, verb) if named else verb),
        last=offset + max(last, match.end("verb")),
        verb=offset + verb,
        speaker=(offset + first, offset + last) if named and named != _ROLES["pronoun"] else None,
        pronoun=named == _ROLES["pronoun"],
        strength=_strength(match["verb"][0]),
        words=rule.words,
        rule=rule.id,
    )


def _strength(letter: str) -> Literal["strong", "weak", "near"]:
    if letter.isdigit():
        return "near"
    return "weak" if letter.islower() else "strong"


@cache
def _verb_letters() -> re.Pattern[str]:
    return re.compile("[:" + "".join(_KINDS.values()) + "]")


@cache
def _letters(pack: Pack) -> dict[str, str]:
    letters = dict(_MARKS)
    for role in lexicon(pack, "quote_roles", Role):
        letters.setdefault(role.form, _ROLES[role.role])
    for row in lexicon(pack, "reporting", Reporting):
        letters[row.form] = _KINDS[row.kind][_STRENGTHS.index(row.strength)]
    return letters


@cache
def _shapes(pack: Pack) -> tuple[_Shape, ...]:
    return tuple(_Shape(compile_quote_rule(rule), rule) for rule in quote_rules(pack))


def compile_quote_rule(rule: QuoteRule) -> re.Pattern[str]:
    """The expression of one rule, over the letters of a shape.

    Raises:
        PackError: it names a class that there is none of, has no group `verb`, or is no expression.

    """
    pattern = compile_pattern(_expanded(rule.pattern), rule.id)
    if "verb" not in pattern.groupindex:
        raise PackError(f"rule {rule.id!r}: expected a group (?P<verb>…), met {rule.pattern!r}")
    return pattern


def _expanded(pattern: str) -> str:
    return re.sub(r"\{(?P<name>[a-z]+)\}", lambda match: _class_of(match["name"]), pattern)


def _class_of(name: str) -> str:
    if name in _KINDS:
        return f"[{_KINDS[name]}]"
    if letters := _COMPOSED.get(name) or _NEUTRAL.get(name) or _ROLES.get(name):
        return letters
    known = (*_KINDS, *_COMPOSED, *_NEUTRAL, *_ROLES)
    raise PackError(f"no class {{{name}}}.{did_you_mean(nearest(name, known))} There are {', '.join(known)}")
