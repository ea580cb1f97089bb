"""States of words -> heads, labels, tags and names: the last layers of the network and their decoding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from siaga.extract.syntax.lemmas import apply_script
from siaga.extract.syntax.network import STATES_REACH
from siaga.extract.syntax.products import Part, Products
from siaga.extract.syntax.trees import NEVER, Numbers, forest
from siaga.extract.syntax.weights import Floats, Weights, load_weights

__all__ = ["NameTagger", "Parsed", "Parser", "load_parser", "load_tagger"]


class Parsed(NamedTuple):
    """What is read of some sentences' words, in running order."""

    heads: list[int]
    """Running number of each word's head; -1 for a root."""
    labels: list[str]
    upos: list[str]
    lemmas: list[str]


_NAMES = frozenset({"PROPN", "X"})
"""Parts of speech whose lemma depends on more than the word."""
KEPT_LEMMAS = 65_536
"""Words of which the lemma is kept; then all are forgotten and looked up again."""


class Parser:
    """Gives tags, lemmas, heads and labels from the encoder's states."""

    def __init__(self, weights: Weights) -> None:
        cuts = weights.matrix("heads.cuts").astype(int).tolist()
        parts = np.split(weights.matrix("heads.weight"), cuts, axis=1), np.split(weights.matrix("heads.bias"), cuts)
        self._wide = Products([Part(*one, "Relu") for one in zip(*parts, strict=True)], STATES_REACH)
        self._root, self._label_root = weights.matrix("arc.root"), weights.matrix("label.root")
        self._arc, self._arc_bias = weights.matrix("arc.weight"), weights.matrix("arc.bias")
        self._label_parts, self._label_bias = np.split(weights.matrix("label.weight"), 3), weights.matrix("label.bias")
        self._classes = {
            name: np.array(weights.classes(name), dtype=object) for name in ("labels", "upos", "feats", "lemmas")
        }
        self._tags = self._tag_heads(weights)
        self._lexicon = weights.lexicon()
        self._lemmas: dict[tuple[str, str], str] = {}

    def __call__(self, states: Floats, forms: Sequence[str], lengths: Sequence[int]) -> Parsed:
        """Read the words of sentences of these lengths, which follow each other in `forms`."""
        arc_word, arc_head, label_word, label_head, tag = self._wide(states)
        heads = self._heads(arc_word, arc_head, lengths)
        upos = self._tagged("upos", tag)
        labels = self._labels(label_word, label_head, heads)
        return Parsed(heads.tolist(), labels, upos, self._lemmatised(forms, upos, tag))

    def feats(self, states: Floats) -> list[str]:
        """The features of the words, which nobody asks for at run time."""
        return self._tagged("feats", self._wide(states)[-1])

    def _tag_heads(self, weights: Weights) -> dict[str, tuple[Floats, Floats]]:
        """Weights and biases of what is told of a word by its own state alone, by name."""
        names = ("upos", "feats", "lemmas")
        cuts = np.cumsum([len(self._classes[name]) for name in names])[:-1]
        parts = np.split(weights.matrix("tags.weight"), cuts, axis=1), np.split(weights.matrix("tags.bias"), cuts)
        return {name: (np.ascontiguousarray(part), bias) for name, part, bias in zip(names, *parts, strict=True)}

    def _tagged(self, name: str, tag: Floats) -> list[str]:
        weight, bias = self._tags[name]
        return _named(self._classes[name], tag @ weight + bias)

    def _lemmatised(self, forms: Sequence[str], upos: Sequence[str], tag: Floats) -> list[str]:
        """Known lemmas of words that are no names; those that the network thinks of for the rest."""
        words = list(zip(forms, upos, strict=True))
        found = [self._lemmas.get(word) or self._looked_up(word) for word in words]
        if rest := [place for place, lemma in enumerate(found) if not lemma]:
            for place, script in zip(rest, self._tagged("lemmas", tag[rest]), strict=True):
                found[place] = apply_script(forms[place], script)
        return found

    def _looked_up(self, word: tuple[str, str]) -> str:
        """The lemma that the lexicon knows of a form with this part of speech, kept from now on; "" if none."""
        form, tag = word
        small = form.lower()
        script = None if tag in _NAMES else self._lexicon.get(f"{small} {tag}") or self._lexicon.get(small)
        if script is None:
            return ""
        if len(self._lemmas) >= KEPT_LEMMAS:
            self._lemmas.clear()
        lemma = self._lemmas[word] = apply_script(form, script)
        return lemma

    def _heads(self, words: Floats, heads: Floats, lengths: Sequence[int]) -> Numbers:
        asked = words @ self._arc
        asked += self._arc_bias
        ends = np.cumsum(lengths)
        scores = np.full((len(words), max(lengths) + 1), NEVER, np.float32)
        scores[:, 0] = asked @ self._root
        for first, last in zip((ends - lengths).tolist(), ends.tolist(), strict=True):
            np.matmul(asked[first:last], heads[first:last].T, out=scores[first:last, 1 : last - first + 1])
        return forest(scores, lengths)

    def _labels(self, words: Floats, heads: Floats, above: Numbers) -> list[str]:
        chosen = heads[above]
        chosen[above < 0] = self._label_root
        both, word, head = self._label_parts
        scores = (words * chosen) @ both + words @ word + chosen @ head + self._label_bias
        return _named(self._classes["labels"], scores)


def _named(names: NDArray[np.object_], scores: Floats) -> list[str]:
    found: list[str] = names[scores.argmax(1)].tolist()
    return found


class NameTagger:
    """Gives spans of names from the encoder's states: the best tags (Viterbi) of words that are not surely none."""

    def __init__(self, weights: Weights) -> None:
        self._wide, self._wide_bias = weights.matrix("name.weight"), weights.matrix("name.bias")
        self._out, self._out_bias = weights.matrix("names.weight"), weights.matrix("names.bias")
        self._steps, self._tags = weights.matrix("names.steps"), weights.classes("names")
        self._none = self._tags.index("O")

    def __call__(self, states: Floats, lengths: Sequence[int]) -> list[tuple[int, int, str]]:
        """Names as `[first, last)` in running order, and their kinds."""
        scores = np.maximum(states @ self._wide + self._wide_bias, 0) @ self._out + self._out_bias
        odds = np.delete(scores, self._none, axis=1).max(1) - scores[:, self._none]
        found: list[tuple[int, int, str]] = []
        for first, last in _stretches(odds > -_SURE, np.cumsum(lengths)):
            path = _best_path(scores[first:last], self._steps, self._none)
            found += _spans([self._tags[tag] for tag in path], first)
        return found


_SURE = 3.0
"""A word whose best name tag is this far below none (in log odds) is none: no name of the development set is lost."""


def _stretches(near: NDArray[np.bool_], ends: Numbers) -> Iterator[tuple[int, int]]:
    """Runs of words that may be names, none of them across the end of a sentence."""
    opens = near.copy()
    opens[1:] &= ~near[:-1]
    opens[ends[:-1]] = near[ends[:-1]]
    closes = near.copy()
    closes[:-1] &= ~near[1:]
    closes[ends - 1] = near[ends - 1]
    yield from zip(np.flatnonzero(opens).tolist(), (np.flatnonzero(closes) + 1).tolist(), strict=True)


def _best_path(scores: Floats, steps: Floats, none: int) -> list[int]:
    """The best tags of words that stand between words that are none."""
    total, back = scores[0] + steps[none], []
    for now in scores[1:]:
        onward = total[:, None] + steps
        back.append(onward.argmax(0))
        total = onward.max(0) + now
    path = [int((total + steps[:, none]).argmax())]
    for which in reversed(back):
        path.append(int(which[path[-1]]))
    return path[::-1]


def _spans(tags: Sequence[str], first: int) -> list[tuple[int, int, str]]:
    """Spans of B- and I- tags; an I- that follows nothing of its kind begins a name."""
    found: list[tuple[int, int, str]] = []
    for place, tag in enumerate(tags, first):
        mark, _, kind = tag.partition("-")
        if mark == "I" and found and found[-1][1] == place and found[-1][2] == kind:
            found[-1] = (found[-1][0], place + 1, kind)
        elif kind:
            found.append((place, place + 1, kind))
    return found


@cache
def load_parser(language: str) -> Parser:
    """The parser of a language, made once a process."""
    return Parser(load_weights(language))


@cache
def load_tagger(language: str) -> NameTagger:
    """The name tagger of a language, made once a process."""
    return NameTagger(load_weights(language))
