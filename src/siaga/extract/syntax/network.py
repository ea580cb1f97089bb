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
KEPT_ENTRIES = 8_192
"""Forms of which is kept what they add to the first layer (84 MB), likewise: nine words of ten in running news."""


class Encoder:
    """Gives the states of every word of some sentences."""

    def __init__(self, weights: Weights) -> None:
        self._forms = FormVectors(weights)
        first, *self._layers = (Layer(weights, deep) for deep in range(int(weights.matrix("depth")[0])))
        self._entry = Entry(self._forms, first)

    def __call__(self, forms: Sequence[str], lengths: Sequence[int]) -> Floats:
        """States `[words, width]` in running order, of sentences of these lengths that follow each other."""
        packing = pack(lengths)
        past = self._entry(forms, packing)
        for layer in self._layers:
            past = layer(past, past, packing)
        return past[packing.order]

    def with_forms(self, forms: Sequence[str], states: Floats) -> Floats:
        """States with the vector of each form alone before them, `[words, form + width]`."""
        return np.concatenate((self._forms(forms), states), axis=1)


class Entry:
    """The first layer, which sees of each word its form and those before and after it.

    What a form adds to the gates of its own word and of both neighbours is computed once and kept, as is what goes past
    the layer: half of the network's time.
    """

    def __init__(self, forms: FormVectors, layer: Layer) -> None:
        self._forms, self._layer = forms, layer
        self._parts = np.concatenate((*np.split(layer.gates, 3), layer.skip), axis=1)
        self._lock = Lock()
        self._rows: dict[str, int] = {}
        self._kept = np.zeros((KEPT_ENTRIES, self._parts.shape[1]), np.float32)

    def __call__(self, forms: Sequence[str], packing: Packing) -> Floats:
        """The states of these words, side by side."""
        with self._lock:
            here, kept = np.empty(len(forms), np.intp), self._known(forms)
            here[packing.order] = [self._rows[form] for form in forms]
            edged, width = np.append(here, 0), self._layer.gates.shape[1]
            gates = kept[:, :width][edged[packing.before]]
            gates += kept[:, width : 2 * width][here]
            gates += kept[:, 2 * width : 3 * width][edged[packing.after]]
            past = kept[:, 3 * width :][here]
        return self._layer.gated(gates, past, packing)

    def _known(self, forms: Sequence[str]) -> Floats:
        """The rows of all forms that are kept, these among them; row 0, of no form, adds nothing."""
        new = [form for form in dict.fromkeys(forms) if form not in self._rows]
        if len(self._rows) + len(new) >= len(self._kept):
            self._rows.clear()
            new = list(dict.fromkeys(forms))
        if len(new) >= len(self._kept):
            self._kept = np.zeros((len(new) + 1, self._parts.shape[1]), np.float32)
        if new:
            first = len(self._rows) + 1
            self._kept[first : first + len(new)] = self._forms(new) @ self._parts
            self._rows.update(zip(new, range(first, first + len(new)), strict=True))
        return self._kept


class Layer:
    """One layer of gated linear recurrence in both directions, with a highway past it."""

    def __init__(self, weights: Arrays, deep: int) -> None:
        self.gates, self._bias = weights.matrix(f"layers.{deep}.gates"), weights.matrix(f"layers.{deep}.bias")
        self.skip = weights.matrix(f"layers.{deep}.skip")
        """What goes past a layer that is wider than what enters it; else empty."""
        third = self.gates.shape[1] // 3
        self.gates[:, third:] *= 0.5  # so that one tanh serves the sigmoids too
        self._bias[third:] *= 0.5

    def __call__(self, inputs: Floats, past: Floats, packing: Packing) -> Floats:
        return self.gated(inputs @ self.gates, past @ self.skip if self.skip.size else past, packing)

    def gated(self, gates: Floats, past: Floats, packing: Packing) -> Floats:
        """The states where the gates are this far open; `gates` is written over."""
        gates += self._bias
        np.tanh(gates, out=gates)
        third = gates.shape[1] // 3
        gates[:, third:] *= 0.5
        gates[:, third:] += 0.5
        states, keep, out = gates[:, :third], gates[:, third : 2 * third], gates[:, 2 * third :]
        states -= keep * states
        scan(keep, states, packing.steps)
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
