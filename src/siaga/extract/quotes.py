"""Document -> quotes: who said what to whom, word for word or in the article's words.

Direct quotes are quoted stretches (`quotation`) that a frame of speaker and verb (`attribution`) or the
speaker before answers for; marks around names and words at arm's length are not quotes. Indirect quotes are
the content of the frames that are left. A language without a pack has no quotes: nobody can be named for them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from siaga.base.document import Aside, Document, Layer, Sentence
from siaga.base.event import Quote
from siaga.base.pack import Pack, pack_of
from siaga.extract.asides import TEASER
from siaga.extract.attribution import Frame, find_frames, shape_of
from siaga.extract.quotation import Stretch, find_stretches
from siaga.extract.speakers import Speaker, Speakers, phrases_of

__all__ = ["Quotes"]

_NEAR = 3  # tokens between a quotation's end and the frame that answers for it: comma, "demikian", "juga"
_LEAST_ALONE = 4  # words of a stretch that may stand as a quotation without a frame
_LEAST_CONTENT = 3  # words of the content of an indirect quote
_ADJUNCT = re.compile(r"[,:~-]*(?:i?e+d*(?![^a-zA-Z]),?)?[,:~-]*")  # between verb and content: ", on Friday"
_RECENT = 50  # speakers among whom a description without a name is looked for
_MEMORY = 3  # sentences for which a speaker is remembered


class _Quoted(NamedTuple):
    """A stretch with its tokens (marks included) and the sentences in which it begins and ends."""

    stretch: Stretch
    first: int
    last: int
    opens_in: int
    closes_in: int


class Quotes:
    """Gives the quotes, direct and indirect, in order of start."""

    needs: frozenset[Layer] = frozenset({"tokens", "sentences", "mentions"})
    gives: frozenset[Layer] = frozenset({"quotes"})

    def __call__(self, document: Document, /) -> Document:
        pack = pack_of(document)
        if pack is None or not document.sentences:
            return document
        quotes = sorted(_Reader(document, pack).read(), key=lambda quote: (quote.start, quote.end))
        return document.replace(quotes=tuple(quotes))


class _Reader:
    """Reads one document from its first sentence to its last and remembers who spoke."""

    def __init__(self, document: Document, pack: Pack) -> None:
        self._document = document
        self._pack = pack
        self._quoted = _quoted_stretches(document)
        self._shape = shape_of(document, [(quoted.first, quoted.last) for quoted in self._quoted], pack)
        self._speakers = Speakers(document, self._shape, pack)
        self._frames = [find_frames(self._shape, sentence, pack) for sentence in document.sentences]
        self._speaking: dict[Frame, Speaker | None] = {}
        self._answered: set[Frame] = set()  # frames right after the words they answer for
        self._heard_names: set[str | None] = set()
        self._recent: deque[Speaker] = deque(maxlen=_RECENT)
        self._papers: dict[str, Speaker] = {}  # who issued the statement, the letter
        self._last: Speaker | None = None
        self._heard = -_MEMORY  # number of the sentence in which somebody spoke last

    def read(self) -> Iterator[Quote]:
        ending = _by_end(self._quoted)
        for number, sentence in enumerate(self._document.sentences):
            self._listen(number, sentence)
            for quoted in ending.get(number, ()):
                yield from self._direct(quoted, number)
            yield from self._indirect(number, sentence)

    def _listen(self, number: int, sentence: Sentence) -> None:
        """Find the speaker of each frame of a sentence, and who pronouns after it will mean."""
        for frame in self._frames[number]:
            speaker = self._speaker(frame, number, sentence)
            self._speaking[frame] = speaker
            if speaker is not None:
                self._heard_names.add(speaker.name)
                self._recent.appendleft(speaker)
            if frame.strength == "strong" and speaker is not None:
                self._last, self._heard = speaker, number
                self._papers.update(dict.fromkeys(self._speakers.papers(sentence.first, sentence.last), speaker))
        if self._frames[number] or self._shape[sentence.first] in 'q"':
            return
        if person := self._person_at_start(sentence):
            self._last, self._heard = person, number

    def _person_at_start(self, sentence: Sentence) -> Speaker | None:
        """Whom a pronoun after this sentence means; a name that no table knows counts if it spoke, or nobody did."""
        if (person := self._speakers.person_at_start(sentence.first, sentence.last)) is not None:
            return person
        named = self._speakers.named_at_start(sentence.first, sentence.last)
        return named if named is not None and (self._last is None or named.name in self._heard_names) else None

    def _speaker(self, frame: Frame, number: int, sentence: Sentence) -> Speaker | None:
        if frame.speaker is not None and not self._speakers.is_empty(*frame.speaker):
            return self._described(*frame.speaker, (sentence.first, sentence.last))
        if frame.pronoun or frame.words == "before":
            return self._last
        before = [self._speaking[one] for one in self._frames[number] if one.verb < frame.verb]
        return (before[-1] if before else None) or self._speakers.subject(sentence.first, frame.verb) or self._last

    def _described(self, first: int, last: int, sentence: tuple[int, int]) -> Speaker | None:
        if not self._speakers.points_back(first, last):
            return self._speakers.of(first, last, sentence)
        papers = (self._papers.get(paper) for paper in self._speakers.papers(first, last))
        found = next(filter(None, papers), None) or self._speakers.described_as(first, last)
        found = found or self._heard_as(self._speakers.content_words(first, last))
        if found is None and (self._speakers.is_person(first, last) or self._speakers.papers(first, last)):
            found = self._last
        return found or self._speakers.of(first, last, sentence)

    def _heard_as(self, words: frozenset[str]) -> Speaker | None:
        """The last speaker in whose description all these words stand."""
        described = ((speaker, set((speaker.text or "").lower().split())) for speaker in self._recent)
        return next((speaker for speaker, text in described if words <= text), None)

    def _direct(self, quoted: _Quoted, number: int) -> Iterator[Quote]:
        frame = self._answering(quoted, number)
        if frame is None and not self._stands_alone(quoted, number):
            return
        speaker = self._speaking[frame] if frame else self._last
        if speaker is None:
            return
        self._last, self._heard = speaker, number
        stretch = quoted.stretch
        words = self._document.article.text[stretch.start : stretch.end]
        medium = self._medium(self._document.sentences[number]) if frame else None
        yield _quote(speaker, medium, words, stretch.start, stretch.end)

    def _answering(self, quoted: _Quoted, number: int) -> Frame | None:
        """The frame that answers for a stretch: the one right after it, else the nearest before, else after."""
        before = [frame for frame in self._frames[quoted.opens_in] if frame.verb < quoted.first]
        after = [frame for frame in self._frames[number] if frame.first >= quoted.last]
        if after and self._is_right_after(quoted, after[0]) and not (before and after[0].words == "around"):
            self._answered.add(after[0])
            return after[0]
        if self._is_name(quoted):
            return None
        if before and self._is_open(before[-1].last, quoted.first):
            return before[-1]
        before = [frame for frame in before if frame.strength != "near"]
        after = [frame for frame in after if frame.strength == "strong"]
        if before and not (after and before[-1].strength == "weak"):
            return before[-1]
        return after[0] if after else None

    def _is_right_after(self, quoted: _Quoted, frame: Frame) -> bool:
        """Whether a frame follows a stretch at once; "X said" does so only after a mark, else it is another clause."""
        between = self._shape[quoted.last : frame.first]
        ends_in_mark = "," in between or self._document.article.text[quoted.stretch.end - 1] in ",.!?…-—"
        close = len(between) < _NEAR and self._is_open(quoted.last, frame.first)
        return close and (ends_in_mark or frame.words == "before")

    def _is_open(self, first: int, last: int) -> bool:
        return all(letter in ",:acT~-" for letter in self._shape[first:last])

    def _is_name(self, quoted: _Quoted) -> bool:
        """Whether the marks stand around a name or title: capitalised in mid-sentence, and no mark at its end."""
        words = self._document.tokens.forms[quoted.first + 1 : quoted.last - 1]
        text = self._document.article.text
        if not words or not words[0][0].isupper() or text[quoted.stretch.end - 1] in ".,!?…":
            return False
        sentence = self._document.sentences[quoted.opens_in]
        previous = self._shape[quoted.first - 1] if quoted.first > sentence.first else "."
        return previous not in ":,VvGgT.o" or all(word[0].isupper() for word in words)

    def _stands_alone(self, quoted: _Quoted, number: int) -> bool:
        """Whether a stretch without a frame is a whole sentence right after somebody spoke."""
        if quoted.last - quoted.first - 2 < _LEAST_ALONE or number - self._heard > _MEMORY + (number - quoted.opens_in):
            return False
        opening, closing = self._document.sentences[quoted.opens_in], self._document.sentences[quoted.closes_in]
        return self._is_bare(opening.first, quoted.first) and self._is_bare(quoted.last, closing.last)

    def _is_bare(self, first: int, last: int) -> bool:
        return all(letter in ".,c~*-" for letter in self._shape[first:last])

    def _medium(self, sentence: Sentence) -> str | None:
        """The medium that the words were spoken to, as written, if the sentence says so."""
        lowers = self._document.tokens.lowers
        media = phrases_of(self._pack, "media")
        for marker in phrases_of(self._pack, "medium_markers").find(lowers, sentence.first, sentence.last):
            if marker.last < sentence.last and (match := media.at(lowers, marker.last, sentence.last)):
                starts, ends = self._document.tokens.starts, self._document.tokens.ends
                return self._document.article.text[starts[match.first] : ends[match.last - 1]]
        return None

    def _indirect(self, number: int, sentence: Sentence) -> Iterator[Quote]:
        starts, ends = self._document.tokens.starts, self._document.tokens.ends
        for frame in self._frames[number]:
            speaker = self._speaking[frame]
            content = self._content(frame, sentence) if self._tells(frame, sentence) else None
            if speaker is not None and content is not None and not self._is_quoted(*content):
                yield _quote(speaker, self._medium(sentence), None, starts[content[0]], ends[content[1] - 1])

    def _tells(self, frame: Frame, sentence: Sentence) -> bool:
        """Whether a frame introduces speech without quotation marks.

        Weak verbs do so only before "that" or a pronoun; passive ones only at the head of a sentence: elsewhere
        they say of a thing that it was said. A frame that answers for quoted words has had its say.
        """
        following = self._shape[frame.last : frame.last + 1]
        if frame in self._answered or frame.strength == "near":
            return False
        if self._shape[frame.verb] in "Sx":
            return frame.first == sentence.first and following in {"T", ","}
        return frame.strength == "strong" or (frame.words == "after" and following in {"T", "P", ",", ":"})

    def _content(self, frame: Frame, sentence: Sentence) -> tuple[int, int] | None:
        """Tokens of what is said, in the article's words."""
        before, after = (sentence.first, self._back(frame.first, sentence.first)), self._after(frame, sentence)
        around = (sentence.first, after[1])
        if frame.words == "after":
            order = [after, before]
        elif before[1] - before[0] < _LEAST_CONTENT:
            order = [after, around] if before[1] > before[0] else [after]
        else:
            goes_on = frame.words == "around" and self._shape[frame.last : frame.last + 1] == ","
            order = [around] if goes_on and after[1] - after[0] > 1 else [before]
        return next((span for span in order if span[1] - span[0] >= _LEAST_CONTENT), None)

    def _back(self, last: int, first: int) -> int:
        while last > first and self._shape[last - 1] in ",~:-":
            last -= 1
        return last

    def _after(self, frame: Frame, sentence: Sentence) -> tuple[int, int]:
        last = sentence.last
        while last > frame.last and self._shape[last - 1] == ".":
            last -= 1
        first = frame.last
        that = self._shape.find("T", first, min(first + 12, last))
        if that >= 0:
            first = that + 1
        adjunct = _ADJUNCT.match(self._shape, first, last)
        return (adjunct.end() if adjunct else first), last

    def _is_quoted(self, first: int, last: int) -> bool:
        """Whether most of these words stand in quotation marks: then they are a direct quote already."""
        return self._shape.count("q", first, last) * 2 > last - first


def _quote(speaker: Speaker, medium: str | None, words: str | None, start: int, end: int) -> Quote:
    return Quote(
        speaker=speaker.name,
        speaker_text=speaker.text,
        office=speaker.office,
        organisation=speaker.organisation,
        code=speaker.code,
        anonymous=speaker.anonymous,
        medium=medium,
        direct=words is not None,
        words=words,
        start=start,
        end=end,
    )


def _quoted_stretches(document: Document) -> list[_Quoted]:
    tokens, sentences = document.tokens, document.sentences
    starts = [sentence.start for sentence in sentences]
    return [
        _Quoted(
            stretch=stretch,
            first=bisect_left(tokens.starts, stretch.outer_start),
            last=bisect_left(tokens.starts, stretch.outer_end),
            opens_in=max(0, bisect_right(starts, stretch.outer_start) - 1),
            closes_in=max(0, bisect_right(starts, stretch.outer_end - 1) - 1),
        )
        for stretch in find_stretches(document.article.text)
        if not _is_aside(stretch, document.asides)
    ]


def _is_aside(stretch: Stretch, asides: Sequence[Aside]) -> bool:
    return any(aside.start <= stretch.outer_start < aside.end for aside in asides if aside.reason != TEASER)


def _by_end(quoted: Sequence[_Quoted]) -> dict[int, list[_Quoted]]:
    ending: dict[int, list[_Quoted]] = {}
    for one in quoted:
        ending.setdefault(one.closes_in, []).append(one)
    return ending
