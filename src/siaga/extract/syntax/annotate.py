"""The annotators: tokens and sentences -> syntax, and -> names of persons, organisations and places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter

import numpy as np

from siaga.base.document import Document, Layer, Name, Sentence, States, Syntax, Tokens
from siaga.base.pack import pack_of
from siaga.extract.syntax.heads import Parsed, load_parser, load_tagger
from siaga.extract.syntax.network import load_encoder
from siaga.extract.syntax.threads import one_thread
from siaga.extract.syntax.weights import Floats

__all__ = ["FindNames", "ParseSyntax", "name_spans", "parsed_sentences"]

_LONGEST = 200
"""Tokens of a sentence read at once; what goes on longer is no sentence, and is read in pieces (each with a root)."""
_AT_ONCE = 2048
"""Tokens whose states are held at once (a few MB), so that a long article needs no more memory than a short one."""

Stretch = tuple[int, int]


class ParseSyntax:
    """Gives heads, labels, parts of speech, lemmas and features of the words of every sentence, and their names.

    Names come from the same pass, for a fraction of its time. A document in a language without a pack stays as it is.
    The states of the network are kept for who reads on from there.
    Where speed matters, `choose` says which sentences are worth reading; the others stay blank and nameless.
    """

    needs: frozenset[Layer] = frozenset({"language", "tokens", "sentences"})
    gives: frozenset[Layer] = frozenset({"syntax", "states", "names"})

    def __init__(self, choose: Callable[[Document], Sequence[Sentence]] = attrgetter("sentences")) -> None:
        self._choose = choose

    def __call__(self, document: Document, /) -> Document:
        if (pack := pack_of(document)) is None:
            return document
        encoder, parser, tagger = load_encoder(pack.code), load_parser(pack.code), load_tagger(pack.code)
        syntax = _blank(document.tokens)
        names: list[Name] = []
        read: list[Stretch] = []
        kept: list[Floats] = []
        with one_thread():
            for stretches in _portions(self._choose(document)):
                forms, lengths = _words(document.tokens, stretches)
                states = encoder(forms, lengths)
                _write(syntax, parser(states, forms, lengths), stretches)
                names += _located(tagger(states, lengths), stretches, document.tokens)
                kept.append(encoder.with_forms(forms, states))
                read += stretches
        states_ = _states(kept, read, len(document.tokens.forms))
        return document.replace(syntax=_frozen(syntax), states=states_, names=tuple(names))


class FindNames:
    """Gives the names alone, for documents whose syntax nobody asks for."""

    needs: frozenset[Layer] = frozenset({"language", "tokens", "sentences"})
    gives: frozenset[Layer] = frozenset({"names"})

    def __call__(self, document: Document, /) -> Document:
        if (pack := pack_of(document)) is None:
            return document
        encoder, tagger = load_encoder(pack.code), load_tagger(pack.code)
        names: list[Name] = []
        with one_thread():
            for stretches in _portions(document.sentences):
                forms, lengths = _words(document.tokens, stretches)
                names += _located(tagger(encoder(forms, lengths), lengths), stretches, document.tokens)
        return document.replace(names=tuple(names))


def parsed_sentences(language: str, sentences: Sequence[Sequence[str]]) -> list[Parsed]:
    """Parses of sentences already cut into words (treebanks), each with heads numbered from its own first word."""
    encoder, parser = load_encoder(language), load_parser(language)
    with one_thread():
        return [parser(encoder(forms, [len(forms)]), forms, [len(forms)]) for forms in sentences]


def name_spans(language: str, sentences: Sequence[Sequence[str]]) -> list[list[tuple[int, int, str]]]:
    """Names in sentences already cut into words: `[first, last)` and kind."""
    encoder, tagger = load_encoder(language), load_tagger(language)
    with one_thread():
        return [tagger(encoder(forms, [len(forms)]), [len(forms)]) for forms in sentences]


def _portions(sentences: Sequence[Sentence]) -> Iterator[list[Stretch]]:
    """The sentences, in pieces that are not too long, as many at a time as memory should hold."""
    portion: list[Stretch] = []
    size = 0
    for first, last in _pieces(sentences):
        if portion and size + last - first > _AT_ONCE:
            yield portion
            portion, size = [], 0
        portion.append((first, last))
        size += last - first
    if portion:
        yield portion


def _pieces(sentences: Sequence[Sentence]) -> Iterator[Stretch]:
    for sentence in sentences:
        for first in range(sentence.first, sentence.last, _LONGEST):
            yield first, min(first + _LONGEST, sentence.last)


def _words(tokens: Tokens, stretches: Sequence[Stretch]) -> tuple[list[str], list[int]]:
    forms: list[str] = []
    for first, last in stretches:
        forms += tokens.forms[first:last]
    return forms, [last - first for first, last in stretches]


def _blank(tokens: Tokens) -> Parsed:
    """What stands for tokens outside of every sentence."""
    count = len(tokens.forms)
    return Parsed([-1] * count, [""] * count, [""] * count, list(tokens.lowers), [""] * count)


def _write(syntax: Parsed, parsed: Parsed, stretches: Sequence[Stretch]) -> None:
    """Put what was read of some stretches in its place in the whole text."""
    place = 0
    for first, last in stretches:
        end, shift = place + last - first, first - place
        syntax.heads[first:last] = [head + shift if head >= 0 else -1 for head in parsed.heads[place:end]]
        syntax.labels[first:last] = parsed.labels[place:end]
        syntax.upos[first:last] = parsed.upos[place:end]
        syntax.lemmas[first:last] = parsed.lemmas[place:end]
        syntax.feats[first:last] = parsed.feats[place:end]
        place = end


def _states(kept: Sequence[Floats], read: Sequence[Stretch], count: int) -> States | None:
    """The states of all portions with the row of each token; null where nothing was read."""
    if not kept:
        return None
    row_of, row = [-1] * count, 0
    for first, last in read:
        row_of[first:last] = range(row, row + last - first)
        row += last - first
    return States(np.concatenate(kept), tuple(row_of))


def _located(spans: Sequence[tuple[int, int, str]], stretches: Sequence[Stretch], tokens: Tokens) -> Iterator[Name]:
    """Names at their places in the text."""
    place, pieces = 0, iter(stretches)
    first, last = next(pieces)
    for begin, end, kind in spans:
        while begin >= place + last - first:
            place += last - first
            first, last = next(pieces)
        start, stop = begin - place + first, end - place + first
        yield Name(start=tokens.starts[start], end=tokens.ends[stop - 1], first=start, last=stop, kind=kind)


def _frozen(syntax: Parsed) -> Syntax:
    return Syntax(
        heads=tuple(syntax.heads), labels=tuple(syntax.labels), upos=tuple(syntax.upos),
        lemmas=tuple(syntax.lemmas), feats=tuple(syntax.feats),
    )  # fmt: skip
