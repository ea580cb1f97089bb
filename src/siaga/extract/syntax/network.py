"""The network's forward pass in numpy: forms -> states of every word. `tools/train/model.py` trains it.

The part that looks at a form alone is computed once a form and kept; news repeats itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from threading import Lock

import numpy as np

from siaga.extract.syntax.features import ngram_rows, normal, shape_row
from siaga.extract.syntax.packing import Packing, pack, scan
from siaga.extract.syntax.weights import Arrays, Floats, Weights, load_weights

__all__ = ["Encoder", "Layer", "load_encoder"]

KEPT_FORMS = 40_000
"""Forms whose vectors are kept (26 MB); then all are forgotten and learnt again."""


class Encoder:
    """Gives the states of every word of some sentences."""

    def __init__(self, weights: Weights) -> None:
        self._forms = FormVectors(weights)
        self._layers = tuple(Layer(weights, deep) for deep in range(int(weights.matrix("depth")[0])))

    def __call__(self, forms: Sequence[str], lengths: Sequence[int]) -> Floats:
        """States `[words, width]` in running order, of sentences of these lengths that follow each other."""
        packing = pack(lengths)
        past = np.empty((len(forms), self._forms.width), np.float32)
        past[packing.order] = self._forms(forms)
        inputs = _windows(past, packing)
        for layer in self._layers:
            inputs = past = layer(inputs, past, packing)
        return past[packing.order]

    def with_forms(self, forms: Sequence[str], states: Floats) -> Floats:
        """States with the vector of each form alone before them, `[words, form + width]`."""
        return np.concatenate((self._forms(forms), states), axis=1)


def _windows(words: Floats, packing: Packing) -> Floats:
    """Each word with the one before and after it, side by side."""
    edged = np.concatenate((words, np.zeros((1, words.shape[1]), np.float32)))
    return np.concatenate((edged[packing.before], words, edged[packing.after]), axis=1)


class Layer:
    """One layer of gated linear recurrence in both directions, with a highway past it."""

    def __init__(self, weights: Arrays, deep: int) -> None:
        self._gates, self._bias = weights.matrix(f"layers.{deep}.gates"), weights.matrix(f"layers.{deep}.bias")
        skip = weights.matrix(f"layers.{deep}.skip")
        self._skip = skip if skip.size else None
        third = self._gates.shape[1] // 3
        self._gates[:, third:] *= 0.5  # so that one tanh serves the sigmoids too
        self._bias[third:] *= 0.5

    def __call__(self, inputs: Floats, past: Floats, packing: Packing) -> Floats:
        gates = inputs @ self._gates
        gates += self._bias
        np.tanh(gates, out=gates)
        third = gates.shape[1] // 3
        gates[:, third:] *= 0.5
        gates[:, third:] += 0.5
        states, keep, out = gates[:, :third], gates[:, third : 2 * third], gates[:, 2 * third :]
        states -= keep * states
        scan(keep, states, packing.steps)
        past = past if self._skip is None else past @ self._skip
        states -= past
        states *= out
        states += past
        return np.ascontiguousarray(states)


class FormVectors:
    """The vector of a form, wherever it stands; kept once computed."""

    def __init__(self, weights: Weights) -> None:
        self._numbers, self._words, self._grams = weights.words, weights.table("words"), weights.table("grams")
        self._shapes, self._lock = weights.matrix("shapes"), Lock()
        self._steps = tuple(
            (weights.matrix(f"{name}.weight"), weights.matrix(f"{name}.bias")) for name in ("form", "token")
        )
        self._norm = weights.matrix("norm.weight"), weights.matrix("norm.bias") + weights.matrix("corpus")
        self.width = len(self._norm[0])
        self._rows: dict[str, int] = {}
        self._kept = np.empty((1024, self.width), np.float32)

    def __call__(self, forms: Sequence[str]) -> Floats:
        with self._lock:
            if new := [form for form in dict.fromkeys(forms) if form not in self._rows]:
                self._learn(new, forms)
            return self._kept[[self._rows[form] for form in forms]]

    def _learn(self, new: list[str], forms: Sequence[str]) -> None:
        """Compute and keep new forms; when there are too many, forget all but those asked for."""
        if len(self._rows) + len(new) > KEPT_FORMS:
            self._rows.clear()
            new = list(dict.fromkeys(forms))
        first, last = len(self._rows), len(self._rows) + len(new)
        if last > len(self._kept):
            larger = np.empty((max(last, 2 * len(self._kept)), self.width), np.float32)
            larger[:first] = self._kept[:first]
            self._kept = larger
        self._kept[first:last] = self._vectors(new)
        self._rows.update(zip(new, range(first, last), strict=True))

    def _vectors(self, forms: list[str]) -> Floats:
        norms = [normal(form) for form in forms]
        grams = [ngram_rows(norm) for norm in norms]
        starts = [0, *accumulate(map(len, grams))][:-1]
        sums = np.add.reduceat(self._grams[np.array([row for rows in grams for row in rows], np.intp)], starts)
        means = sums / np.array([[len(rows)] for rows in grams], np.float32)
        words = self._words[np.array([self._numbers.get(norm, 0) for norm in norms], np.intp)]
        shapes = self._shapes[[shape_row(form) for form in forms]]
        return self._perceive(np.concatenate((words, means, shapes), axis=1))

    def _perceive(self, features: Floats) -> Floats:
        (wide, wide_bias), (narrow, narrow_bias) = self._steps
        values = np.maximum(features @ wide + wide_bias, 0) @ narrow + narrow_bias
        values -= values.mean(1, keepdims=True)
        values /= np.sqrt((values * values).mean(1, keepdims=True) + 1e-5)
        scale, shift = self._norm
        centred: Floats = values * scale + shift
        return centred


@cache
def load_encoder(language: str) -> Encoder:
    """The encoder of a language, made once a process."""
    return Encoder(load_weights(language))
