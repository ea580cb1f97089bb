"""Syntax read with known names exchanged for a plain one, so that who is named never sways how a sentence is read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby

from siaga.base.document import Document, Layer, Mention, Name, Sentence, Syntax, Tokens
from siaga.base.pack import pack_of
from siaga.extract.syntax.annotate import ParseSyntax

__all__ = ["ParseMasked"]

NAMED = frozenset({"country", "organisation", "group"})
"""Kinds of mentions that are names through and through; of a person's, the office before the name stays."""
INNER_LABEL, INNER_UPOS, INNER_FEATS = "flat", "PROPN", "_"
"""How the further words of a name hang on its first one."""

Run = tuple[int, int]


class ParseMasked:
    """Gives the syntax of the text as if each country and organisation, and each person, had one name of one word."""

    needs: frozenset[Layer] = frozenset({"language", "tokens", "sentences", "mentions"})
    gives: frozenset[Layer] = frozenset({"syntax", "names"})

    def __init__(self) -> None:
        self._parse = ParseSyntax()

    def __call__(self, document: Document, /) -> Document:
        pack = pack_of(document)
        if pack is None or pack.plain_name is None or pack.plain_person is None:
            return self._parse(document)
        plain: dict[Run, str] = {}
        for mention in document.mentions:
            name = pack.plain_person if mention.kind == "person" else pack.plain_name
            plain |= dict.fromkeys(_named(document.tokens, mention), name)
        kept = _kept(len(document.tokens.forms), plain)
        masked = document.replace(
            tokens=_masked(document.tokens, plain, kept),
            sentences=tuple(_moved(sentence, kept) for sentence in document.sentences),
        )
        parsed = self._parse(masked)
        return document.replace(
            syntax=_spread(parsed.syntax, kept, document.tokens),
            names=tuple(_spread_name(name, kept, document.tokens) for name in parsed.names),
        )


def _named(tokens: Tokens, mention: Mention) -> Iterator[Run]:
    """The stretches of a mention that are a name: a country, an organisation, a group, or a person at its end."""
    if mention.kind in NAMED:
        yield from _capital_runs(tokens, mention.first, mention.last)
    elif mention.kind == "person":
        words, first = frozenset(mention.name.lower().split()), mention.last
        while first > mention.first and tokens.lowers[first - 1] in words:
            first -= 1
        if first < mention.last:
            yield first, mention.last


def _capital_runs(tokens: Tokens, first: int, last: int) -> Iterator[Run]:
    """The stretches of words that begin with a capital."""
    for capital, run in groupby(range(first, last), key=lambda position: tokens.forms[position][0].isupper()):
        positions = list(run)
        if capital:
            yield positions[0], positions[-1] + 1


def _kept(count: int, runs: Iterable[Run]) -> list[int]:
    """The tokens that are read: all but the further words of a name."""
    inner = {position for first, last in runs for position in range(first + 1, last)}
    return [position for position in range(count) if position not in inner]


def _masked(tokens: Tokens, plain: Mapping[Run, str], kept: Sequence[int]) -> Tokens:
    """The tokens that are read, names exchanged for plain ones."""
    names = {first: name for (first, _), name in plain.items()}
    forms = tuple(names.get(position, tokens.forms[position]) for position in kept)
    lowers = tuple(names[position].lower() if position in names else tokens.lowers[position] for position in kept)
    starts, ends = (tuple(places[position] for position in kept) for places in (tokens.starts, tokens.ends))
    return Tokens(starts=starts, ends=ends, forms=forms, lowers=lowers)


def _moved(sentence: Sentence, kept: Sequence[int]) -> Sentence:
    return sentence.replace(first=bisect_left(kept, sentence.first), last=bisect_left(kept, sentence.last))


def _spread(syntax: Syntax, kept: Sequence[int], tokens: Tokens) -> Syntax:
    """The syntax of every token: the further words of a name hang on its first."""
    count, read = len(tokens.forms), frozenset(kept)
    owner = list(accumulate((position if position in read else -1 for position in range(count)), max))
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
