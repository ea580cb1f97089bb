"""The annotators: tokens and sentences -> syntax, and -> names of persons, organisations and places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from siaga.base.document import Document, Layer, Name, Sentence, States, Syntax, Tokens
from siaga.base.pack import pack_of
from siaga.extract.syntax.heads import Parsed, load_parser, load_tagger
from siaga.extract.syntax.network import load_encoder
from siaga.extract.syntax.threads import one_thread
from siaga.extract.syntax.weights import Floats

__all__ = ["Choose", "FindNames", "ParseSyntax", "Words", "name_spans", "parsed_sentences", "parsed_words"]

_LONGEST = 200
"""Tokens of a sentence read at once; what goes on longer is no sentence, and is read in pieces (each with a root)."""
_AT_ONCE = 2048
"""Tokens whose states are held at once (a few MB), so that a long article needs no more memory than a short one."""

Choose = Callable[[Document], Sequence[Sentence]]
"""Says which sentences of a document are worth reading."""


class Words(NamedTuple):
    """The words that are read, sentence after sentence."""

    positions: list[int]
    """The token of each."""
    forms: list[str]
    lengths: list[int]
    """Words of each sentence."""


class ParseSyntax:
    """Gives heads, labels, parts of speech and lemmas of the words of every sentence.

    A document in a language without a pack stays as it is.
    The states of the network are kept for who reads on from there.
    Where speed matters, `choose` says which sentences are worth reading; the others stay blank.
    """

    needs: frozenset[Layer] = frozenset({"language", "tokens", "sentences"})
    gives: frozenset[Layer] = frozenset({"syntax", "states"})

    def __init__(self, choose: Choose = attrgetter("sentences")) -> None:
        self._choose = choose

    def __call__(self, document: Document, /) -> Document:
        if (pack := pack_of(document)) is None:
            return document
        words = _words(document.tokens, self._choose(document))
        syntax, states = parsed_words(pack.code, words, document.tokens)
        return document.replace(syntax=syntax, states=states)


class FindNames:
    """Gives the proper names, of which the line-up has no need: it knows names by its tables."""

    needs: frozenset[Layer] = frozenset({"language", "tokens", "sentences"})
    gives: frozenset[Layer] = frozenset({"names"})

    def __call__(self, document: Document, /) -> Document:
        if (pack := pack_of(document)) is None:
            return document
        encoder, tagger = load_encoder(pack.code), load_tagger(pack.code)
        words, names, first = _words(document.tokens, document.sentences), list[Name](), 0
        with one_thread():
            for forms, lengths in _portions(words):
                spans = tagger(encoder(forms, lengths), lengths)
                names += _located(spans, words.positions[first : first + len(forms)], document.tokens)
                first += len(forms)
        return document.replace(names=tuple(names))


def parsed_words(language: str, words: Words, tokens: Tokens) -> tuple[Syntax, States | None]:
    """Syntax of the whole text, blank where nothing is read, and the states of what is; null where that is nothing."""
    encoder, parser = load_encoder(language), load_parser(language)
    parsed: list[Parsed] = []
    rows: list[Floats] = []
    with one_thread():
        for forms, lengths in _portions(words):
            states = encoder(forms, lengths)
            parsed.append(parser(states, forms, lengths))
            rows.append(encoder.with_forms(forms, states))
    places = np.array(words.positions, np.intp)
    row_of = _spread(np.full(len(tokens.forms), -1), places, range(len(places)))
    return _syntax(parsed, places, tokens), States(np.concatenate(rows), row_of) if rows else None


def parsed_sentences(language: str, sentences: Sequence[Sequence[str]]) -> list[tuple[Parsed, list[str]]]:
    """Parses of sentences already cut into words (treebanks), with the features of the words.

    Heads are numbered from the first word of each.
    """
    encoder, parser = load_encoder(language), load_parser(language)
    with one_thread():
        states = [encoder(forms, [len(forms)]) for forms in sentences]
        return [
            (parser(one, forms, [len(forms)]), parser.feats(one)) for forms, one in zip(sentences, states, strict=True)
        ]


def name_spans(language: str, sentences: Sequence[Sequence[str]]) -> list[list[tuple[int, int, str]]]:
    """Names in sentences already cut into words: `[first, last)` and kind."""
    encoder, tagger = load_encoder(language), load_tagger(language)
    with one_thread():
        return [tagger(encoder(forms, [len(forms)]), [len(forms)]) for forms in sentences]


def _words(tokens: Tokens, sentences: Sequence[Sentence]) -> Words:
    """All words of these sentences."""
    return Words(
        [position for one in sentences for position in range(one.first, one.last)],
        [form for one in sentences for form in tokens.forms[one.first : one.last]],
        [one.last - one.first for one in sentences],
    )


def _portions(words: Words) -> Iterator[tuple[list[str], list[int]]]:
    """Forms and lengths of sentences, in pieces that are not too long, as many at a time as memory should hold."""
    lengths: list[int] = []
    first = last = 0
    for length in _pieces(words.lengths):
        if lengths and last + length - first > _AT_ONCE:
            yield words.forms[first:last], lengths
            lengths, first = [], last
        lengths.append(length)
        last += length
    if lengths:
        yield words.forms[first:last], lengths


def _pieces(lengths: Sequence[int]) -> Iterator[int]:
    for length in lengths:
        for first in range(0, length, _LONGEST):
            yield min(_LONGEST, length - first)


def _syntax(parsed: Sequence[Parsed], places: NDArray[np.intp], tokens: Tokens) -> Syntax:
    """The syntax of the whole text, from that of the words that were read; these stand at such tokens."""
    blank = np.full(len(tokens.forms), "", object)
    heads, first = np.full(len(tokens.forms), -1), 0
    for part in parsed:
        above = np.array(part.heads, np.intp)
        last = first + len(above)
        heads[places[first:last]] = np.where(above >= 0, places[first:last][above], -1)
        first = last
    return Syntax(
        heads=tuple(heads.tolist()),
        labels=_spread(blank, places, [label for part in parsed for label in part.labels]),
        upos=_spread(blank, places, [tag for part in parsed for tag in part.upos]),
        lemmas=_spread(np.array(tokens.lowers, object), places, [lemma for part in parsed for lemma in part.lemmas]),
    )


def _spread(blank: NDArray[Any], places: NDArray[np.intp], values: Sequence[Any]) -> tuple[Any, ...]:
    """The values at their places, the rest as it was."""
    column = blank.copy()
    column[places] = values
    return tuple(column.tolist())


def _located(spans: Sequence[tuple[int, int, str]], positions: Sequence[int], tokens: Tokens) -> Iterator[Name]:
    """Names at their places in the text."""
    for begin, end, kind in spans:
        first, last = positions[begin], positions[end - 1]
        yield Name(start=tokens.starts[first], end=tokens.ends[last], first=first, last=last + 1, kind=kind)
