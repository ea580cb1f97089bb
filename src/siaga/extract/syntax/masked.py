"""Syntax read with known names exchanged for a plain one, so that who is named never sways how a sentence is read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby

from siaga.base.document import Document, Layer, Mention, Name, Sentence, Syntax, Tokens
from siaga.base.pack import pack_of
from siaga.extract.syntax.annotate import ParseSyntax

__all__ = ["ParseMasked"]

NAMED = frozenset({"country", "organisation", "group"})
"""Kinds of mentions that are names through and through; in a person's the office tells much of the grammar."""
INNER_LABEL, INNER_UPOS, INNER_FEATS = "flat", "PROPN", "_"
"""How the further words of a name hang on its first one."""

Run = tuple[int, int]


class ParseMasked:
    """Gives the syntax of the text as if every country and organisation in it had the same name of one word."""

    needs: frozenset[Layer] = frozenset({"language", "tokens", "sentences", "mentions"})
    gives: frozenset[Layer] = frozenset({"syntax", "names"})

    def __init__(self) -> None:
        self._parse = ParseSyntax()

    def __call__(self, document: Document, /) -> Document:
        pack = pack_of(document)
        if pack is None or pack.plain_name is None:
            return self._parse(document)
        runs = sorted({run for mention in document.mentions for run in _capital_runs(document.tokens, mention)})
        kept = _kept(len(document.tokens.forms), runs)
        masked = document.replace(
            tokens=_masked(document.tokens, runs, kept, pack.plain_name),
            sentences=tuple(_moved(sentence, kept) for sentence in document.sentences),
        )
        parsed = self._parse(masked)
        return document.replace(
            syntax=_spread(parsed.syntax, kept, document.tokens),
            names=tuple(_spread_name(name, kept, document.tokens) for name in parsed.names),
        )


def _capital_runs(tokens: Tokens, mention: Mention) -> Iterator[Run]:
    """The stretches of words of a name that begin with a capital."""
    if mention.kind not in NAMED:
        return
    inside = range(mention.first, mention.last)
    for capital, run in groupby(inside, key=lambda position: tokens.forms[position][0].isupper()):
        positions = list(run)
        if capital:
            yield positions[0], positions[-1] + 1


def _kept(count: int, runs: Sequence[Run]) -> list[int]:
    """The tokens that are read: all but the further words of a name."""
    inner = {position for first, last in runs for position in range(first + 1, last)}
    return [position for position in range(count) if position not in inner]


def _masked(tokens: Tokens, runs: Sequence[Run], kept: Sequence[int], name: str) -> Tokens:
    """The tokens that are read, names exchanged for a plain one."""
    masks = {first for first, _ in runs}
    forms = tuple(name if position in masks else tokens.forms[position] for position in kept)
    lowers = tuple(name.lower() if position in masks else tokens.lowers[position] for position in kept)
    starts, ends = (tuple(places[position] for position in kept) for places in (tokens.starts, tokens.ends))
    return Tokens(starts=starts, ends=ends, forms=forms, lowers=lowers)


def _moved(sentence: Sentence, kept: Sequence[int]) -> Sentence:
    return sentence.replace(first=bisect_left(kept, sentence.first), last=bisect_left(kept, sentence.last))


def _spread(syntax: Syntax, kept: Sequence[int], tokens: Tokens) -> Syntax:
    """The syntax of every token: the further words of a name hang on its first."""
    count = len(tokens.forms)
    owner = list(range(count))
    for position, following in zip(kept, (*kept[1:], count), strict=True):
        owner[position:following] = [position] * (following - position)
    heads, labels, upos = list(owner), [INNER_LABEL] * count, [INNER_UPOS] * count
    lemmas, feats = list(tokens.lowers), [INNER_FEATS] * count
    for place, position in enumerate(kept):
        head = syntax.heads[place]
        heads[position] = kept[head] if head >= 0 else -1
        labels[position], upos[position] = syntax.labels[place], syntax.upos[place]
        lemmas[position], feats[position] = syntax.lemmas[place], syntax.feats[place]
    return Syntax(
        heads=tuple(heads), labels=tuple(labels), upos=tuple(upos), lemmas=tuple(lemmas), feats=tuple(feats)
    )  # fmt: skip


def _spread_name(name: Name, kept: Sequence[int], tokens: Tokens) -> Name:
    """A name at its place among all tokens, with all its words."""
    first = kept[name.first]
    last = kept[name.last] if name.last < len(kept) else len(tokens.forms)
    return name.replace(start=tokens.starts[first], end=tokens.ends[last - 1], first=first, last=last)
