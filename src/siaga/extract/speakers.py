"""Who a speaker is: name at its fullest, office, organisation, code; or a source without a name."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from siaga.base.document import Document, Mention
from siaga.base.pack import Pack, lexicon
from siaga.base.record import Record
from siaga.extract.phrases import Phrases
from siaga.extract.tokens import tokenise

__all__ = ["AnonymousForm", "Form", "Speaker", "Speakers", "phrases_of"]

_NAMES = re.compile(r"U(?:-?U)*")
_LONGEST_NAME = 5  # words of a personal name


class Form(Record):
    """A form of a list that says no more."""

    form: str


class AnonymousForm(Record):
    """A word or expression that shows a source without a name."""

    form: str
    kind: str


class Speaker(NamedTuple):
    """Somebody who speaks, as the article names them."""

    name: str | None
    text: str | None
    office: str | None = None
    organisation: str | None = None
    code: str | None = None
    anonymous: bool = False
    person: bool = False


class Speakers:
    """Knows the people and bodies of one document, by its mentions and by its capitalised words."""

    def __init__(self, document: Document, shape: str, pack: Pack) -> None:
        self._document = document
        self._shape = shape
        self._pack = pack
        self._mentions = [mention for mention in document.mentions if mention.kind != "generic" or mention.code]
        self._by_word = _names_by_word(document, shape, _titles(pack))

    def of(self, first: int, last: int, sentence: tuple[int, int]) -> Speaker:
        """The speaker described by these tokens of this sentence."""
        text = self._text(first, last)
        mention = self._mention(first, last)
        if mention is not None and mention.kind == "person":
            return Speaker(
                mention.name, text, mention.office, mention.organisation, mention.code, anonymous=False, person=True
            )
        name = self._person(first, last)
        if name is not None and mention is None:
            return Speaker(name, text, anonymous=False, person=True)
        anonymous = self._is_anonymous(first, last, sentence)
        return Speaker(self._trimmed(first, last), text, code=mention and mention.code, anonymous=anonymous)

    def person_at_start(self, first: int, last: int) -> Speaker | None:
        """The person with whom a sentence begins, whom a pronoun after it means."""
        for mention in self._mentions:
            if mention.kind == "person" and first <= mention.first < min(last, first + _LONGEST_NAME):
                return self.of(mention.first, mention.last, (first, last))
        return None

    def subject(self, first: int, last: int) -> Speaker | None:
        """The first person or body named within these tokens."""
        inside = [mention for mention in self._mentions if first <= mention.first and mention.last <= last]
        if inside:
            mention = next((mention for mention in inside if mention.kind == "person"), inside[0])
            return self.of(mention.first, mention.last, (first, last))
        names = _NAMES.search(self._shape, first, last)
        return self.of(names.start(), names.end(), (first, last)) if names else None

    def _text(self, first: int, last: int) -> str:
        tokens = self._document.tokens
        return self._document.article.text[tokens.starts[first] : tokens.ends[last - 1]]

    def _mention(self, first: int, last: int) -> Mention | None:
        inside = [mention for mention in self._mentions if mention.first < last and first < mention.last]
        return next((mention for mention in inside if mention.kind == "person"), inside[0] if inside else None)

    def _person(self, first: int, last: int) -> str | None:
        """The fullest name for the last capitalised words of a description, if the article gives one."""
        runs = list(_NAMES.finditer(self._shape, first, last))
        if not runs:
            return None
        start, end = _without_titles(self._document, runs[-1].start(), runs[-1].end(), _titles(self._pack))
        if start == end:
            return None
        words = self._document.tokens.forms[start:end]
        fuller = self._by_word.get(words[-1] if len(words) > 1 else words[0], ())
        best = next((name for name in fuller if set(words) <= set(name)), None)
        return " ".join(best or words)

    def _trimmed(self, first: int, last: int) -> str:
        while first < last - 1 and self._shape[first] in "D,-":
            first += 1
        while last > first + 1 and self._shape[last - 1] in "z,-":
            last -= 1
        return self._text(first, last)

    def _is_anonymous(self, first: int, last: int, sentence: tuple[int, int]) -> bool:
        heads, expressions = _anonymous(self._pack)
        lowers = self._document.tokens.lowers
        if not heads.isdisjoint(lowers[first:last]):
            return True
        return next(expressions.find(lowers, *sentence), None) is not None


def _names_by_word(document: Document, shape: str, titles: frozenset[str]) -> dict[str, list[tuple[str, ...]]]:
    """Names of two words and more under each of their words; the most frequent first, of equals the longest."""
    counts: dict[tuple[str, ...], int] = defaultdict(int)
    for run in _NAMES.finditer(shape):
        start, end = _without_titles(document, run.start(), run.end(), titles)
        if 1 < end - start <= _LONGEST_NAME:
            counts[document.tokens.forms[start:end]] += 1
    by_word: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for name in sorted(counts, key=lambda name: (-counts[name], -len(name))):
        by_word[name[0]].append(name)
        by_word[name[-1]].append(name)
    return by_word


def _without_titles(document: Document, start: int, end: int, titles: frozenset[str]) -> tuple[int, int]:
    lowers = document.tokens.lowers
    for position in range(end - 1, start - 1, -1):
        if lowers[position] in titles:
            return position + 1, end
    return start, end


@cache
def _titles(pack: Pack) -> frozenset[str]:
    return frozenset(row.form for row in lexicon(pack, "titles", Form))


@cache
def _anonymous(pack: Pack) -> tuple[frozenset[str], Phrases[bool]]:
    rows = lexicon(pack, "anonymous", AnonymousForm)
    heads = frozenset(row.form for row in rows if row.kind == "head")
    return heads, Phrases((tokenise(row.form).lowers, True) for row in rows if row.kind == "phrase")


@cache
def phrases_of(pack: Pack, name: str) -> Phrases[str]:
    """The forms of a list as phrases, each with the form as written in the list."""
    return Phrases((tokenise(row.form).lowers, row.form) for row in lexicon(pack, name, Form))
