"""Who a speaker is: name at its fullest, office, organisation, code; or a source without a name."""

from __future__ import annotations

import re
from bisect import bisect_left
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
_LOOK_BACK = 3000  # tokens before a description in which the name it stood with is looked for
_DESCRIBING = re.compile("[Uwn]")
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
        self._people = [
            mention for mention in self._mentions if mention.kind == "person" and not mention.name.islower()
        ]
        self._holders = self._named_holders()
        self._names = _Names(document, shape, _titles(pack))

    def of(self, first: int, last: int, sentence: tuple[int, int]) -> Speaker:
        """The speaker described by these tokens of this sentence."""
        first, last = self._without_place(first, last)
        text, mention = self._text(first, last), self._mention(first, last)
        if mention is not None and (self._is_nameless(mention) or mention.kind != "person"):
            mention = self._in_office(mention, first, last) or mention
        if (name := self._name(mention, first, last)) is not None:
            office = (mention.office, mention.organisation, mention.code) if mention else (None, None, None)
            return Speaker(name, text, *office, person=True)
        anonymous = self._is_anonymous(first, last, sentence)
        first, last = self._trimmed(first, last)
        name = self._names.spelt_out(first, last) or self._text(first, last)
        return Speaker(name, text, code=mention.code if mention else None, anonymous=anonymous)

    def _name(self, mention: Mention | None, first: int, last: int) -> str | None:
        """The fullest name of the person described; null if it is no person, or one without a name."""
        if mention is None:
            return self._names.of(first, last)
        ending = self._names.at_end(first, last, mention.last)
        if mention.kind != "person":
            return ending
        name = self._names.full(mention.name)
        return name if ending is None or self._document.tokens.forms[last - 1] in name.split() else ending

    def _without_place(self, first: int, last: int) -> tuple[int, int]:
        """The description without marks before it, and without what follows a name: "Budi di Amman, Yordania"."""
        while first < last - 1 and self._shape[first] in "s,~-":
            first += 1
        place = self._shape.find("i", first + 1, last)
        if place < 0 or self._document.tokens.lowers[first] in _titles(self._pack):
            return first, last
        return first, place

    def is_empty(self, first: int, last: int) -> bool:
        """Whether a description has no word that describes: "its", "the 39"."""
        return not _DESCRIBING.search(self._shape, first, last)

    def points_back(self, first: int, last: int) -> bool:
        """Whether a description without a name means somebody named before: "the source", "menteri tersebut"."""
        definite = self._shape[last - 1] == "z" or self._document.tokens.lowers[first] in _definite(self._pack)
        mention = self._mention(first, last)
        lowers = self._document.tokens.lowers[first : first + 2]
        if self._shape[last - 1] == "z" and not _titles(self._pack).isdisjoint(lowers):
            return mention is None or mention.kind != "person" or self._is_nameless(mention)
        saying = self._shape[first:last].strip("Dzs") == "n"
        return saying or (definite and mention is None and "U" not in self._shape[first:last])

    def is_person(self, first: int, last: int) -> bool:
        """Whether a description without a name means a person: by office, age or as a source."""
        lowers = self._document.tokens.lowers[first:last]
        known = _titles(self._pack) | _anonymous(self._pack)[0]
        return self._shape[last - 1] == "z" or not known.isdisjoint(lowers) or "d" in self._shape[first:last]

    def content_words(self, first: int, last: int) -> frozenset[str]:
        """Words of a description without articles and pointers, in lower case."""
        first, last = self._trimmed(first, last)
        return frozenset(self._document.tokens.lowers[first:last])

    def described_as(self, first: int, last: int) -> Speaker | None:
        """The person whose name follows the same description elsewhere in the article, before these tokens."""
        start, end = self._trimmed(first, last)
        words = self._document.tokens.lowers[start:end]
        for place in range(first - 1, max(-1, first - _LOOK_BACK), -1):
            after = place + len(words)
            if self._document.tokens.lowers[place:after] == words and _NAMES.match(self._shape, after):
                return self.of(*self._name_at(after), (place, after))
        return None

    def _name_at(self, first: int) -> tuple[int, int]:
        match = _NAMES.match(self._shape, first)
        return (first, match.end() if match else first + 1)

    def person_at_start(self, first: int, last: int) -> Speaker | None:
        """The person with whom a sentence begins, whom a pronoun after it means."""
        person = self._inside(self._people, first, min(last, first + _LONGEST_NAME))
        return self.of(person.first, person.last, (first, last)) if person else None

    def named_at_start(self, first: int, last: int) -> Speaker | None:
        """The bearer of two capitalised words and more with which a sentence begins."""
        match = _NAMES.match(self._shape, first, last)
        if match is None or match.end() == first + 1 or self._text(first, match.end()).isupper():
            return None
        return self.of(first, match.end(), (first, last))

    def subject(self, first: int, last: int) -> Speaker | None:
        """The first person named within these tokens, else what their first description names."""
        if person := self._inside(self._people, first, last):
            return self.of(person.first, person.last, (first, last))
        names = _NAMES.search(self._shape, first, last)
        return self.of(names.start(), names.end(), (first, last)) if names else None

    def papers(self, first: int, last: int) -> list[str]:
        """Words within these tokens for what can be issued and quoted: "statement", "surat"."""
        return [self._document.tokens.lowers[place] for place in range(first, last) if self._shape[place] == "n"]

    def _text(self, first: int, last: int) -> str:
        tokens = self._document.tokens
        return self._document.article.text[tokens.starts[first] : tokens.ends[last - 1]]

    def _mention(self, first: int, last: int) -> Mention | None:
        return self._inside(self._people, first, last) or self._inside(self._mentions, first, last)

    def _inside(self, mentions: list[Mention], first: int, last: int) -> Mention | None:
        """The first mention that begins within these tokens."""
        place = bisect_left(mentions, first, key=_first_token)
        return mentions[place] if place < len(mentions) and mentions[place].first < last else None

    def _is_nameless(self, mention: Mention) -> bool:
        """Whether the name of a person is an office only: "US president"."""
        return mention.name.split()[-1].lower() in _titles(self._pack)

    def _in_office(self, mention: Mention, first: int, last: int) -> Mention | None:
        """The person of this article whose office the description names ("the US president")."""
        words = self._document.tokens.lowers[first:last]
        named = self._holders.get(mention.code or "", ())
        same = mention.office if mention.kind == "person" else None
        return next((one for one in named if one.office == same or _heads(words, one.office or "")), None)

    def _named_holders(self) -> dict[str, list[Mention]]:
        """Persons with a name and an office, one mention each, under their code."""
        found: dict[str, dict[str, Mention]] = defaultdict(dict)
        for one in self._people:
            if one.code and one.office and not self._is_nameless(one):
                found[one.code].setdefault(one.name, one)
        return {code: list(holders.values()) for code, holders in found.items()}

    def _trimmed(self, first: int, last: int) -> tuple[int, int]:
        while first < last - 1 and self._shape[first] in "D,-":
            first += 1
        while last > first + 1 and self._shape[last - 1] in "z,-s":
            last -= 1
        return first, last

    def _is_anonymous(self, first: int, last: int, sentence: tuple[int, int]) -> bool:
        heads, expressions = _anonymous(self._pack)
        lowers = self._document.tokens.lowers
        if not heads.isdisjoint(lowers[first:last]):
            return True
        return next(expressions.find(lowers, *sentence), None) is not None


def _first_token(mention: Mention) -> int:
    return mention.first


def _heads(words: tuple[str, ...], office: str) -> bool:
    """Whether a description is headed by an office: first in one language, last in another."""
    named = set(office.lower().split())
    return named <= set(words) and (words[-1] in named or any(word in named for word in words[:2]))


class _Names:
    """Runs of capitalised words in a document: fuller forms of short names, and what acronyms stand for."""

    def __init__(self, document: Document, shape: str, titles: frozenset[str]) -> None:
        self._forms = document.tokens.forms
        self._lowers = document.tokens.lowers
        self._shape = shape
        self._titles = titles
        counts = self._counted()
        self._by_word: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for name in sorted(counts, key=lambda name: (-counts[name], -len(name))):
            self._by_word[name[0]].append(name)
            self._by_word[name[-1]].append(name)
        self._by_initials = {
            "".join(word[0] for word in part): name for name in counts for part in (name[1:], name) if len(part) > 1
        }

    def of(self, first: int, last: int) -> str | None:
        """The fullest name for the last capitalised words of a description; null if it has none but titles."""
        runs = list(_NAMES.finditer(self._shape, first, last))
        if not runs:
            return None
        start, end = self._without_titles(runs[-1].start(), runs[-1].end())
        words = self._forms[start:end]
        if not words:
            return None
        if len(words) == 1 and words[0] in self._by_initials:
            return " ".join(self._by_initials[words[0]])
        fuller = self._by_word.get(words[-1] if len(words) > 1 else words[0], ())
        return " ".join(next((name for name in fuller if set(words) <= set(name)), words))

    def at_end(self, first: int, last: int, known: int) -> str | None:
        """The name of two words and more with which an office ends: "Kepala Bidang Haji, Budi Santoso".

        `known` is the token at which the name that the tables know ends: "Putin ally Dmitry Medvedev".
        """
        runs = list(_NAMES.finditer(self._shape, first, last))
        if not runs or runs[-1].end() != last:
            return None
        start, end = self._without_titles(runs[-1].start(), last)
        apart = self._shape[start - 1] == "," and self._lowers[first] in self._titles
        if self._shape[start - 1] == "," and not apart:
            return None
        return " ".join(self._forms[start:end]) if (end - start > 1 or apart) and start >= known else None

    def full(self, name: str) -> str:
        """The longer form of a person's name of one word, also where it is an acronym; others as they are."""
        if name in self._by_initials:
            return " ".join(self._by_initials[name])
        fuller = () if name.isupper() else self._by_word.get(name, ())
        return " ".join(next(iter(fuller), (name,)))

    def spelt_out(self, first: int, last: int) -> str | None:
        """What an acronym stands for, with the acronym as written."""
        name = self._by_initials.get(self._forms[first]) if last - first == 1 else None
        return f"{' '.join(name)} ({self._forms[first]})" if name else None

    def _counted(self) -> dict[tuple[str, ...], int]:
        counts: dict[tuple[str, ...], int] = defaultdict(int)
        for run in _NAMES.finditer(self._shape):
            start, end = self._without_titles(run.start(), run.end())
            if 1 < end - start <= _LONGEST_NAME:
                counts[self._forms[start:end]] += 1
        return counts

    def _without_titles(self, start: int, end: int) -> tuple[int, int]:
        for position in range(end - 1, start - 1, -1):
            if self._lowers[position] in self._titles:
                return position + 1, end
        return start, end


@cache
def _titles(pack: Pack) -> frozenset[str]:
    return frozenset(row.form for row in lexicon(pack, "speaker_titles", Form))


@cache
def _definite(pack: Pack) -> frozenset[str]:
    return frozenset(row.form for row in lexicon(pack, "definite", Form))


@cache
def _anonymous(pack: Pack) -> tuple[frozenset[str], Phrases[bool]]:
    rows = lexicon(pack, "anonymous", AnonymousForm)
    heads = frozenset(row.form for row in rows if row.kind == "head")
    return heads, Phrases((tokenise(row.form).lowers, True) for row in rows if row.kind == "phrase")


@cache
def phrases_of(pack: Pack, name: str) -> Phrases[str]:
    """The forms of a list as phrases, each with the form as written in the list."""
    return Phrases((tokenise(row.form).lowers, row.form) for row in lexicon(pack, name, Form))
