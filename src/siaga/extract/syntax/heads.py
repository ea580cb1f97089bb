"""States of words -> heads, labels, tags and names: the last layers of the network and their decoding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from siaga.extract.syntax.lemmas import apply_script
from siaga.extract.syntax.trees import Numbers, best_heads
from siaga.extract.syntax.weights import Floats, Weights, load_weights

__all__ = ["NameTagger", "Parsed", "Parser", "load_parser", "load_tagger"]


class Parsed(NamedTuple):
    """What is read of some sentences' words, in running order."""

    heads: list[int]
    """Running number of each word's head; -1 for a root."""
    labels: list[str]
    upos: list[str]
    lemmas: list[str]
    feats: list[str]


_NAMES = frozenset({"PROPN", "X"})
"""Parts of speech whose lemma depends on more than the word."""


class Parser:
    """Gives tags, lemmas, heads and labels from the encoder's states."""

    def __init__(self, weights: Weights) -> None:
        self._wide, self._wide_bias = weights.matrix("heads.weight"), weights.matrix("heads.bias")
        self._cuts = weights.matrix("heads.cuts").astype(int).tolist()
        self._root, self._label_root = weights.matrix("arc.root"), weights.matrix("label.root")
        self._arc, self._arc_bias = weights.matrix("arc.weight"), weights.matrix("arc.bias")
        self._label_parts, self._label_bias = np.split(weights.matrix("label.weight"), 3), weights.matrix("label.bias")
        self._tags, self._tags_bias = weights.matrix("tags.weight"), weights.matrix("tags.bias")
        self._lexicon = weights.lexicon()
        self._names = {
            name: np.array(weights.classes(name), dtype=object) for name in ("labels", "upos", "feats", "lemmas")
        }

    def __call__(self, states: Floats, forms: Sequence[str], lengths: Sequence[int]) -> Parsed:
        """Read the words of sentences of these lengths, which follow each other in `forms`."""
        wide = states @ self._wide
        wide += self._wide_bias
        np.maximum(wide, 0, out=wide)
        arc_word, arc_head, label_word, label_head, tag = np.split(wide, self._cuts, axis=1)
        heads = self._heads(arc_word, arc_head, lengths)
        upos, feats, scripts = self._tagged(tag)
        labels = self._labels(label_word, label_head, heads)
        return Parsed(heads.tolist(), labels, upos, self._lemmas(forms, upos, scripts), feats)

    def _lemmas(self, forms: Sequence[str], upos: Sequence[str], scripts: Sequence[str]) -> list[str]:
        """Known lemmas of words that are no names; those that the network thinks of for the rest."""
        return [
            apply_script(form, script if tag in _NAMES else self._script(form.lower(), tag, script))
            for form, tag, script in zip(forms, upos, scripts, strict=True)
        ]

    def _script(self, word: str, tag: str, otherwise: str) -> str:
        known = self._lexicon
        return known.get(f"{word} {tag}") or known.get(word, otherwise)

    def _heads(self, words: Floats, heads: Floats, lengths: Sequence[int]) -> Numbers:
        asked = words @ self._arc
        from_root = asked @ self._root + self._root @ self._arc_bias
        bias = heads @ self._arc_bias
        out = np.empty(len(words), np.intp)
        first = 0
        for length in lengths:
            last = first + length
            scores = np.empty((length, length + 1), np.float32)
            scores[:, 0] = from_root[first:last]
            np.matmul(asked[first:last], heads[first:last].T, out=scores[:, 1:])
            scores[:, 1:] += bias[first:last]
            found = best_heads(scores)
            out[first:last] = np.where(found > 0, found - 1 + first, -1)
            first = last
        return out

    def _labels(self, words: Floats, heads: Floats, above: Numbers) -> list[str]:
        chosen = heads[above]
        chosen[above < 0] = self._label_root
        both, word, head = self._label_parts
        scores = (words * chosen) @ both + words @ word + chosen @ head + self._label_bias
        return _named(self._names["labels"], scores)

    def _tagged(self, tag: Floats) -> tuple[list[str], list[str], list[str]]:
        scores = tag @ self._tags
        scores += self._tags_bias
        upos, feats = len(self._names["upos"]), len(self._names["feats"])
        return (
            _named(self._names["upos"], scores[:, :upos]),
            _named(self._names["feats"], scores[:, upos : upos + feats]),
            _named(self._names["lemmas"], scores[:, upos + feats :]),
        )


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
