"""Text -> sentences: candidates by punctuation for every language, exceptions by the rules of the pack.

A newline always ends a sentence. A full stop, question or exclamation mark (with the closing quotes
and brackets after it) ends one before a capital, a digit or an opening mark, also where the blank was
lost ("added.The"), unless the word before is an initial, a list number, or a rule of
`grammar/sentences.toml` says otherwise. An ellipsis does not end a sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from siaga.base.document import Aside, Document, Layer, Sentence, Tokens
from siaga.base.errors import PackError
from siaga.base.nearest import did_you_mean, nearest
from siaga.base.pack import Pack, grammar, lexicon, pack_of
from siaga.base.pattern import compile_pattern
from siaga.base.record import Record
from siaga.extract.asides import TEASER

__all__ = [
    "Abbreviation",
    "FunctionWord",
    "JoinRule",
    "Sentences",
    "compile_join_rule",
    "join_rules",
    "split_sentences",
]

_CANDIDATE = re.compile(
    r"""
    (?P<line>[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+)
  | (?P<mark>[.!?]+|[。！？।؟۔])
    (?P<closers>["”’'»)\]]*)
    (?P<blank>[^\S\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]*)
    (?=(?P<opener>["'“‘«„(\[]*)(?P<next>.)?)
    """,
    re.VERBOSE,
)
_NEVER_CAPITAL = "。！？।؟۔"
_PIECE = re.compile(r'[^\s"(\[“‘«„]*\Z')  # the unbroken piece of text before a place
_INITIAL = re.compile(r"(?:.*[^\w’'])?[^\W\d_a-zà-ÿ]")
_LIST_NUMBER = re.compile(r"(?P<number>\d{1,2}|[a-z])")
_WHOLE_WORD = re.compile(r".*(?:[^\W\d_]{2}|[\d)\]%”\"’'»])")
_LONGEST_PIECE = 32  # code points looked at before a mark: the longest abbreviation and a bit


class Abbreviation(Record):
    """A form written with a full stop, which is left out here."""

    form: str
    kind: str
    """`title`: never ends a sentence; `plain`: may end one; `domain`: last part of a site's name."""


class FunctionWord(Record):
    """A word that shows the language and may begin a sentence."""

    form: str
    weight: int = 1


class JoinRule(Record):
    """When a mark does not end a sentence: patterns of what stands before and after it."""

    id: str
    before: str
    after: str
    hits: tuple[str, ...]
    misses: tuple[str, ...]


class _Speech(Record):
    form: str
    kind: str
    strength: str = "strong"


class _Join(NamedTuple):
    before: re.Pattern[str]
    after: re.Pattern[str]


class _Knowledge(NamedTuple):
    """What a pack says of marks inside sentences; nothing, where there is no pack."""

    joins: tuple[_Join, ...] = ()
    domains: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()


class Sentences:
    """Gives the sentences: every character that is not blank lies in exactly one, or in an aside."""

    needs: frozenset[Layer] = frozenset({"tokens"})
    gives: frozenset[Layer] = frozenset({"sentences"})

    def __call__(self, document: Document, /) -> Document:
        text, pack = document.article.text, pack_of(document)
        return document.replace(sentences=split_sentences(text, document.tokens, pack, document.asides))


def split_sentences(
    text: str, tokens: Tokens, pack: Pack | None, asides: tuple[Aside, ...] = ()
) -> tuple[Sentence, ...]:
    """The sentences of a text, with the token numbers they cover; without a pack by punctuation alone."""
    gaps = [aside for aside in asides if aside.reason != TEASER]
    begins, ends = {gap.start for gap in gaps}, {gap.end for gap in gaps}
    bounds = sorted({0, *_ends(text, pack, gaps), *begins, *ends, len(text)})
    pieces = (_stripped(text, start, end) for start, end in pairwise(bounds) if start not in begins)
    teasers = [aside for aside in asides if aside.reason == TEASER]
    found = (_sentence(tokens, start, end) for start, end in pieces if start < end)
    return tuple(one.replace(foreign=True) if _lies_in(teasers, one.start) else one for one in found)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _sentence(tokens: Tokens, start: int, end: int) -> Sentence:
    first = bisect_left(tokens.starts, start)
    return Sentence(start=start, end=end, first=first, last=bisect_left(tokens.starts, end, lo=first))


def _ends(text: str, pack: Pack | None, gaps: Sequence[Aside]) -> Iterator[int]:
    """Places outside of gaps at which one sentence ends and the next begins."""
    knowledge = _knowledge(pack) if pack else _Knowledge()
    for match in _CANDIDATE.finditer(text):
        end = _end_at(text, match, knowledge)
        if end is not None and not _lies_in(gaps, end):
            yield end


def _lies_in(asides: Sequence[Aside], place: int) -> bool:
    """Whether a place is in one of the asides, which are in order."""
    number = bisect_right(asides, place, key=_start_of)
    return number > 0 and place < asides[number - 1].end


def _start_of(aside: Aside) -> int:
    return aside.start


def _end_at(text: str, match: re.Match[str], knowledge: _Knowledge) -> int | None:
    if match["line"] or match["mark"] in _NEVER_CAPITAL:
        return match.end()
    if not match["blank"]:
        return _glued_end(text, match, knowledge)
    return match.end() if _ends_before_blank(text, match, knowledge) else None


def _ends_before_blank(text: str, match: re.Match[str], knowledge: _Knowledge) -> bool:
    following = match["next"] or ""
    if following.islower() or not (following.isalnum() or match["opener"]) or _is_ellipsis(match):
        return False
    piece = _piece_before(text, match.start("mark"))
    bare = match["mark"] == "." and not match["closers"] and piece not in knowledge.plain
    if bare and _is_label(piece, text, match.start("mark")):
        return False
    return not _joined(text, piece + match["mark"] + match["closers"], match.end(), knowledge.joins)


def _glued_end(text: str, match: re.Match[str], knowledge: _Knowledge) -> int | None:
    """Where a sentence ends at a mark after which the blank was lost, if one does.

    A straight quote there may close the one sentence or open the next: its parity in the line says which.
    """
    end = match.end()
    if not (match["next"] or "").isupper() or _is_ellipsis(match):
        return None
    if match["closers"].endswith('"') and _opens(text, end - 1):
        end -= 1
    if text[match.end() + 1 : match.end() + 2] == "." or _word_at(text, match.end("opener")) in knowledge.domains:
        return None
    piece = _piece_before(text, match.start("mark"))
    if match["closers"] or match["mark"] != "." or _WHOLE_WORD.fullmatch(piece):
        return None if _joined(text, piece + match["mark"], match.end(), knowledge.joins) else end
    return None


def _is_ellipsis(match: re.Match[str]) -> bool:
    return match["mark"].startswith("..")


def _opens(text: str, position: int) -> bool:
    line = text.rfind("\n", 0, position) + 1
    return text.count('"', line, position) % 2 == 0


def _word_at(text: str, position: int) -> str:
    match = re.compile(r"\w+").match(text, position)
    return match[0] if match else ""


def _piece_before(text: str, position: int) -> str:
    match = _PIECE.search(text, max(0, position - _LONGEST_PIECE), position)
    return match[0] if match else ""


def _is_label(piece: str, text: str, position: int) -> bool:
    """Whether the word before a full stop is an initial ("J. Biden"), or a number that heads a line ("1. ")."""
    if _INITIAL.fullmatch(piece):
        return True
    start = position - len(piece)
    return bool(_LIST_NUMBER.fullmatch(piece)) and (start == 0 or text[start - 1] == "\n")


def _joined(text: str, piece: str, following: int, joins: tuple[_Join, ...]) -> bool:
    return any(join.before.fullmatch(piece) and join.after.match(text, following) for join in joins)


def join_rules(pack: Pack) -> tuple[JoinRule, ...]:
    """The rules of `grammar/sentences.toml`."""
    return grammar(pack, "sentences", JoinRule)


@cache
def _knowledge(pack: Pack) -> _Knowledge:
    forms, lists = _abbreviations(pack), _lists(pack)
    joins = tuple(_join(rule, lists) for rule in join_rules(pack))
    return _Knowledge(joins, forms["domain"], forms["plain"])


def compile_join_rule(rule: JoinRule, pack: Pack) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The expressions of one rule.

    Raises:
        PackError: one names a list that there is none of, or is no expression.

    """
    return _join(rule, _lists(pack))


def _join(rule: JoinRule, lists: dict[str, str]) -> _Join:
    return _Join(_filled(rule.before, rule.id, lists), _filled(rule.after, rule.id, lists))


def _lists(pack: Pack) -> dict[str, str]:
    """What the braces in patterns stand for."""
    lists = {kind: _alternatives(forms) for kind, forms in _abbreviations(pack).items()}
    lists["word"] = _alternatives({row.form.capitalize() for row in lexicon(pack, "function_words", FunctionWord)})
    lists["speech"] = _alternatives({form for row in lexicon(pack, "reporting", _Speech) for form in _cases(row.form)})
    return lists


def _cases(form: str) -> tuple[str, str]:
    return form, form.capitalize()


def _filled(pattern: str, rule: str, lists: dict[str, str]) -> re.Pattern[str]:
    return compile_pattern(re.sub(r"\{(?P<list>[a-z]+)\}", lambda match: _listed(match["list"], lists), pattern), rule)


def _listed(name: str, lists: dict[str, str]) -> str:
    if name not in lists:
        raise PackError(f"no list {{{name}}}.{did_you_mean(nearest(name, lists))} There are {', '.join(lists)}")
    return lists[name]


def _alternatives(forms: frozenset[str] | set[str]) -> str:
    return "(?:" + "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form))) + ")"


def _abbreviations(pack: Pack) -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = defaultdict(set)
    for row in lexicon(pack, "abbreviations", Abbreviation):
        kinds[row.kind].add(row.form)
    return {kind: frozenset(forms) for kind, forms in kinds.items()}
