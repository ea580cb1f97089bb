"""A sentence and what stands in it, ready for the questions that features ask."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from functools import cache, cached_property
from typing import NamedTuple

from siaga.base.document import DateMention, Document, Mention, PlaceMention, Sentence
from siaga.base.event import Quote
from siaga.base.pack import lexicon, load_pack
from siaga.base.record import Record
from siaga.extract.coder.cues import CueRow, find_cues
from siaga.extract.coder.triggers import Candidate, candidates
from siaga.extract.morphology import forms_of
from siaga.extract.numbers import number_words
from siaga.extract.phrases import Match, Phrases
from siaga.extract.tokens import tokenise

__all__ = ["Named", "Side", "View", "marker_roles", "views"]


MASKS = frozenset({"@", "%", "#"})
"""What stands for names, dates and figures in features."""
LIGHT_REACH = 4
"""Tokens between a verb that carries a noun and that noun ("melakukan serangkaian serangan")."""


class Side(NamedTuple):
    """Somebody who may be a party to an event: a mention in the sentence, or somebody the context offers."""

    code: str | None
    mention: Mention | None = None
    """Where the sentence names it; null for what only the context offers."""


class Named(NamedTuple):
    """A mention in the sentence and the codes it may stand for: its own, or those whose "troops" these may be."""

    mention: Mention
    codes: tuple[str, ...]


class MarkerRow(Record):
    word: str
    role: str


class LightRow(Record):
    lemma: str
    forms: str


@cache
def _light_verbs(language: str) -> Phrases[str]:
    rows = lexicon(load_pack(language), "lightverbs", LightRow)
    forms = ((form, row.lemma) for row in rows for form in forms_of(language, row.lemma, row.forms))
    return Phrases((tokenise(form.words).lowers, lemma) for form, lemma in forms)


@cache
def marker_roles(language: str) -> dict[str, str]:
    """Small word -> what it shows (agent, against, to, clause …)."""
    return {row.word: row.role for row in lexicon(load_pack(language), "markers", MarkerRow)}


class View:
    """A sentence of a document. Everything is computed once, on first use."""

    def __init__(
        self, document: Document, number: int, language: str, by_code: Mapping[str, tuple[Mention, ...]]
    ) -> None:
        self.document = document
        self.number = number
        self.language = language
        self.by_code = by_code
        """The mentions of each code that the article names, of the one it names most first."""

    @cached_property
    def main(self) -> tuple[str, ...]:
        """The codes that the article names, the one it names most first."""
        return tuple(self.by_code)

    @cached_property
    def sentence(self) -> Sentence:
        return self.document.sentences[self.number]

    @property
    def lowers(self) -> tuple[str, ...]:
        return self.document.tokens.lowers

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """Role of each token of the sentence, "" for most."""
        get = marker_roles(self.language).get
        return tuple(get(word, "") for word in self.lowers[self.sentence.first : self.sentence.last])

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """Triggers that are no part of a name ("Pakta Pertahanan Atlantik Utara" is no agreement)."""
        if self.sentence.foreign:
            return ()
        found = candidates(self.language, self.lowers, self.sentence.first, self.sentence.last)
        names = [mention for mention in self.mentions if mention.kind != "generic"]
        return tuple(
            one
            for one in found
            if one.trigger.rule.within_names
            or not any(name.first <= one.first and one.last <= name.last for name in names)
        )

    @cached_property
    def cues(self) -> tuple[Match[tuple[CueRow, ...]], ...]:
        """Words of the sentence that tell the status of an act."""
        return find_cues(self.language, self.lowers, self.sentence.first, self.sentence.last)

    @cached_property
    def cues_before(self) -> list[tuple[int, int, CueRow]]:
        """The cues that tell of what follows, each with the token after it and the words before that token."""
        return [(cue.last, self.step(cue.last), row) for cue in self.cues for row in cue.value if row.scope != "after"]

    @cached_property
    def cues_after(self) -> list[tuple[int, int, CueRow]]:
        """The cues that tell of what stands before them, each with its first token and the words before it."""
        return [
            (cue.first, self.step(cue.first), row) for cue in self.cues for row in cue.value if row.scope == "after"
        ]

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The mentions of actors in this sentence."""
        every = self.document.mentions
        low = bisect_left(every, self.sentence.first, key=_first)
        high = bisect_left(every, self.sentence.last, key=_first)
        return every[low:high]

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        """The date expressions in this sentence."""
        every = self.document.dates
        low = bisect_left(every, self.sentence.first, key=_first)
        return every[low : bisect_left(every, self.sentence.last, key=_first)]

    @cached_property
    def places(self) -> tuple[PlaceMention, ...]:
        """The places named in this sentence."""
        every = self.document.places
        low = bisect_left(every, self.sentence.first, key=_first)
        return every[low : bisect_left(every, self.sentence.last, key=_first)]

    @cached_property
    def named(self) -> tuple[Named, ...]:
        """Everybody whom the sentence names."""
        return tuple(
            Named(mention, (mention.code,) if mention.code else self.owners(mention)) for mention in self.mentions
        )

    def owners(self, mention: Mention) -> tuple[str, ...]:
        """Whose a nameless somebody may be: of the setting, of whom his like was last of, or mostly of, before."""
        like = self._owners_before(mention)
        last = like[-1:]
        most = sorted(set(like), key=lambda code: (-like.count(code), code))[:1]
        setting = [self.document.setting] if self.document.setting else []
        return tuple(dict.fromkeys((*setting, *last, *most)))

    def _owners_before(self, mention: Mention) -> list[str]:
        """The codes of all earlier mentions of the same kind of people, in order."""
        if mention.sector is None:
            return []
        earlier = self.document.mentions[: bisect_left(self.document.mentions, mention.first, key=_first)]
        return [one.code for one in earlier if one.code and one.sector == mention.sector]

    @cached_property
    def foreign(self) -> bool:
        """Whether the article plays abroad, as seen from where the language is at home."""
        return self.document.setting is None or self.document.setting != load_pack(self.language).home

    @cached_property
    def named_codes(self) -> frozenset[str]:
        return frozenset(one.codes[0] for one in self.named if one.codes)

    @cached_property
    def offers(self) -> tuple[str, ...]:
        """Codes that the context offers: the setting, those named just before, those named most."""
        setting = (self.document.setting,) if self.document.setting else ()
        return tuple(dict.fromkeys((*setting, *self.previous_codes, *self.main[:4])))

    @cached_property
    def previous_codes(self) -> tuple[str, ...]:
        """Codes named in the sentence before, each once."""
        if self.number == 0:
            return ()
        before = View(self.document, self.number - 1, self.language, self.by_code).mentions
        return tuple(dict.fromkeys(mention.code for mention in before if mention.code))[:3]

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """Quotes that touch this sentence."""
        start, end = self.sentence.start, self.sentence.end
        return tuple(quote for quote in self.document.quotes if quote.start < end and quote.end > start)

    def quote_at(self, token: int) -> Quote | None:
        """The quote whose words hold this token, direct ones first."""
        if not self.quotes:
            return None
        start = self.document.tokens.starts[token]
        holding = [quote for quote in self.quotes if quote.start <= start < quote.end]
        return next((quote for quote in holding if quote.direct), holding[0] if holding else None)

    def word(self, token: int) -> str:
        """The word at a token of this sentence, "^" before it and "$" after it, names and dates masked."""
        if token < self.sentence.first:
            return "^"
        return self._masked[token - self.sentence.first] if token < self.sentence.last else "$"

    @property
    def masked(self) -> list[str]:
        """The words of the sentence as `word` gives them."""
        return self._masked

    @cached_property
    def _masked(self) -> list[str]:
        """The words of the sentence with "@" for names of actors and places, "%" for dates and "#" for figures.

        Who acts, where and when must not sway whether and what is coded.
        """
        sentence = self.sentence
        numbers = number_words(self.language)
        words = [
            "#" if word[0].isdigit() or word in numbers else word
            for word in self.lowers[sentence.first : sentence.last]
        ]
        for name in self._names:
            _mask(words, name.first - sentence.first, name.last - sentence.first, "@")
        for date in self.dates:
            _mask(words, date.first - sentence.first, date.last - sentence.first, "%")
        return words

    def step(self, token: int) -> int:
        """How many words of the sentence stand before this token of it, a name or a date counting as one."""
        return self._steps[token - self.sentence.first]

    def steps(self, low: int, high: int) -> int:
        """How many words lie in `[low, high)` of this sentence, a name or a date counting as one."""
        numbers, start, end = self._steps, self.sentence.first, self.sentence.last
        return numbers[min(max(high, start), end) - start] - numbers[min(max(low, start), end) - start]

    def near(self, low: int, high: int, reach: int) -> dict[str, None]:
        """The words at most so many steps before `low` or after `high`, each once, in one order: sets change theirs.

        "^" and "$" where the sentence ends sooner.
        """
        numbers, words, start, end = self._steps, self._masked, self._place(low), self._place(high)
        found = dict.fromkeys(words[bisect_left(numbers, numbers[start] - reach) : start])
        found.update(dict.fromkeys(words[end : bisect_left(numbers, numbers[end] + reach)]))
        if numbers[start] < reach:
            found["^"] = None
        if numbers[-1] - numbers[end] < reach:
            found["$"] = None
        return found

    def _place(self, token: int) -> int:
        """Where a token stands in the sentence; one outside at its nearer end."""
        return min(max(token - self.sentence.first, 0), self.sentence.last - self.sentence.first)

    @cached_property
    def _steps(self) -> list[int]:
        """Words before each token of the sentence and before its end; the tokens of one name share a number."""
        sentence = self.sentence
        inner = {token for span in (*self._names, *self.dates) for token in range(span.first + 1, span.last)}
        numbers, count = [0], 0
        for token in range(sentence.first, sentence.last):
            count += token + 1 not in inner
            numbers.append(count)
        return numbers

    @cached_property
    def _names(self) -> tuple[Mention | PlaceMention, ...]:
        """Named actors and places of the sentence."""
        return (*(mention for mention in self.mentions if mention.kind != "generic"), *self.places)

    def role(self, token: int) -> str:
        position = token - self.sentence.first
        return self.roles[position] if 0 <= position < len(self.roles) else ""

    def clause_between(self, first: int, last: int) -> bool:
        """Whether a clause begins within these tokens."""
        return any(first <= token < last for token in self._clauses)

    @cached_property
    def _clauses(self) -> list[int]:
        """The tokens that begin a clause."""
        return [token for token, role in enumerate(self.roles, self.sentence.first) if role == "clause"]

    def mentions_between(self, first: int, last: int) -> int:
        """How many mentions start within these tokens."""
        starts = self._mention_starts
        return bisect_left(starts, last) - bisect_left(starts, first)

    def mentions_from(self, token: int) -> int:
        """How many mentions start before this token: the number of the first one from here on."""
        return bisect_left(self._mention_starts, token)

    @cached_property
    def codes(self) -> int:
        """How many different codes the sentence names."""
        return len({mention.code for mention in self.mentions if mention.code})

    @cached_property
    def whereabouts(self) -> tuple[int, int, int, str]:
        """Classes of its place in the article, its length and how many the article names; its last word."""
        named = len(self.document.mentions) * 40 // (len(self.lowers) + 40)
        return min(self.number, 12) // 3, min(self._steps[-1] // 10, 5), named, self.word(self.sentence.last - 1)

    def children(self, token: int) -> tuple[int, ...]:
        """The tokens of this sentence that hang on this one."""
        return self._children.get(token, ())

    def above(self, token: int) -> str:
        """Lemma of the word that a token hangs on; "^" for the root."""
        syntax = self.document.syntax
        head = syntax.heads[token]
        return syntax.lemmas[head] if head >= 0 and self.word(head) not in MASKS else "^"

    def carried(self, token: int) -> bool:
        """Whether a verb that only carries a noun stands shortly before this token, with nobody between."""
        near = [light for light in self._lights if light <= token and token - light <= LIGHT_REACH]
        return bool(near) and not self.mentions_between(near[-1], token)

    @cached_property
    def _lights(self) -> tuple[int, ...]:
        """Ends of the verbs that carry a noun ("launched an attack")."""
        found = _light_verbs(self.language).find(self.lowers, self.sentence.first, self.sentence.last)
        return tuple(match.last for match in found)

    @cached_property
    def _children(self) -> dict[int, tuple[int, ...]]:
        heads = self.document.syntax.heads
        below: dict[int, tuple[int, ...]] = {}
        for token in range(self.sentence.first, self.sentence.last):
            below[heads[token]] = (*below.get(heads[token], ()), token)
        return below

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [mention.first for mention in self.mentions]


def views(document: Document, language: str) -> list[View]:
    """A view of each sentence."""
    by_code = _by_code(document)
    return [View(document, number, language, by_code) for number in range(len(document.sentences))]


def _by_code(document: Document) -> dict[str, tuple[Mention, ...]]:
    found: dict[str, list[Mention]] = {}
    for mention in document.mentions:
        if mention.code:
            found.setdefault(mention.code, []).append(mention)
    return {code: tuple(found[code]) for code in sorted(found, key=lambda code: -len(found[code]))}


def _first(mention: Mention | DateMention | PlaceMention) -> int:
    return mention.first


def _mask(words: list[str], first: int, last: int, mark: str) -> None:
    for position in range(max(first, 0), min(last, len(words))):
        words[position] = mark
