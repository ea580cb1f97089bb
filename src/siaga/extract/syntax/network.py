"""The network's forward pass in numpy: forms -> states of every word. `tools/train/model.py` trains it.

The part that looks at a form alone is computed once a form and kept; news repeats itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate
from threading import Lock

import numpy as np

from siaga.extract.syntax.features import ngram_rows, normal, shape_row
from siaga.extract.syntax.packing import Numbers, Packing, pack, scan
from siaga.extract.syntax.products import Part, Products
from siaga.extract.syntax.weights import Arrays, Floats, Weights, load_weights

__all__ = ["STATES_REACH", "Encoder", "FormVectors", "Layer", "load_encoder"]

KEPT_FORMS = 40_000
"""Forms whose vectors are kept (26 MB); then all are forgotten and learnt again."""
KEPT_ENTRIES = 8_192
"""Forms of which is kept what they add to the first layer (84 MB), likewise: nine words of ten in running news."""


REACH = 6.0
"""How far from 0 values that enter a layer are told apart, both networks'; of 120 million of the training news two in
100,000 lie beyond and count as this."""
STATES_REACH = 2.25
"""The same of states and of vectors of forms, of which one in 8 million lies beyond."""


class Encoder:
    """Gives the states of every word of some sentences."""

    def __init__(self, weights: Weights) -> None:
        self._forms = FormVectors(weights)
        self._entry = Entry(self._forms, weights)
        self._layers = tuple(Layer(weights, deep) for deep in range(1, int(weights.matrix("depth")[0])))

    def __call__(self, forms: Sequence[str], lengths: Sequence[int]) -> Floats:
        """States `[words, width]` in running order, of sentences of these lengths that follow each other."""
        packing = pack(lengths)
        past = self._entry(forms, packing)
        for layer in self._layers:
            past = layer(past, packing)
        return past[packing.order]

    def with_forms(self, forms: Sequence[str], states: Floats) -> Floats:
        """States with the vector of each form alone before them, `[words, form + width]`."""
        return np.concatenate((self._forms(forms), states), axis=1)


class Entry:
    """The first layer, which sees of each word its form and those before and after it.

    What a form adds to the gates of its own word and of both neighbours is computed once and kept, as is what goes past
    the layer: half of the network's time.
    """

    def __init__(self, forms: FormVectors, weights: Arrays) -> None:
        self._forms = forms
        gates, self._biases = (_parted(weights.matrix(f"layers.0.{name}")) for name in ("gates", "bias"))
        parts = (*(part for gate in gates for part in np.split(gate, 3)), weights.matrix("layers.0.skip"))
        self._widths = [part.shape[1] for part in parts]
        self._products = Products([Part(part, np.zeros(part.shape[1], np.float32)) for part in parts], STATES_REACH)
        self._lock = Lock()
        self._rows: dict[str, int] = {}
        self._kept = self._tables(KEPT_ENTRIES)

    def __call__(self, forms: Sequence[str], packing: Packing) -> Floats:
        """The states of these words, side by side."""
        with self._lock:
            *gates, past = self._known(forms)
            here = np.empty(len(forms), np.intp)
            here[packing.order] = [self._rows[form] for form in forms]
            edged = np.append(here, 0)
            rows = edged[packing.before], here, edged[packing.after]
            summed = [_summed(gates[part : part + 3], rows) for part in range(0, len(gates), 3)]
            past = past.take(here, 0)
        return _states(self._opened(summed), past, packing)

    def _opened(self, sums: Iterable[Floats]) -> list[Floats]:
        """How far the gates are open: a sigmoid is a tanh of half as much, made half as high and lifted."""
        gates = [np.tanh(np.add(one, bias, out=one), out=one) for one, bias in zip(sums, self._biases, strict=True)]
        for sigmoid in gates[2:]:
            np.multiply(sigmoid, 0.5, out=sigmoid)
            np.add(sigmoid, 0.5, out=sigmoid)
        return gates

    def _known(self, forms: Sequence[str]) -> tuple[Floats, ...]:
        """What is kept of all forms, these among them, one table a part; row 0, of no form, adds nothing.

        Of each gate: what a form adds to that of the word after it, of its own and of the word before it. Last what
        goes past.
        """
        new = [form for form in dict.fromkeys(forms) if form not in self._rows]
        if len(self._rows) + len(new) >= len(self._kept[0]):
            self._rows.clear()
            new = list(dict.fromkeys(forms))
        if len(new) >= len(self._kept[0]):
            self._kept = self._tables(len(new) + 1)
        if new:
            first = len(self._rows) + 1
            for table, rows in zip(self._kept, self._products(self._forms(new)), strict=True):
                table[first : first + len(new)] = rows
            self._rows.update(zip(new, range(first, first + len(new)), strict=True))
        return self._kept

    def _tables(self, rows: int) -> tuple[Floats, ...]:
        return tuple(np.zeros((rows, width), np.float32) for width in self._widths)


def _summed(tables: Sequence[Floats], rows: Sequence[Numbers]) -> Floats:
    """The sums of a row of each table."""
    total, *others = (table.take(numbers, 0) for table, numbers in zip(tables, rows, strict=True))
    for other in others:
        total += other
    return total


class Layer:
    """One layer of gated linear recurrence in both directions, with a highway past it."""

    def __init__(self, weights: Arrays, deep: int) -> None:
        gates, biases = (_fifths(weights.matrix(f"layers.{deep}.{name}")) for name in ("gates", "bias"))
        parts = [Part(*one) for one in zip(gates, biases, _BENDS, strict=True)]
        skip = weights.matrix(f"layers.{deep}.skip")
        if skip.size:  # the layer is wider than what enters it
            parts.append(Part(skip, np.zeros(skip.shape[1], np.float32)))
        self._products = Products(parts, REACH)

    def __call__(self, past: Floats, packing: Packing) -> Floats:
        products = self._products(past)
        gates, skipped = products[: len(_BENDS)], products[len(_BENDS) :]
        return _states(gates, skipped[0] if skipped else past, packing)


_BENDS = ("Tanh", "Tanh", "Sigmoid", "Sigmoid", "Sigmoid")
"""Of the gates: what is new forwards and backwards, what is kept forwards and backwards, and what comes out."""


def _states(gates: Sequence[Floats], past: Floats, packing: Packing) -> Floats:
    """The states where the gates are this far open; they are written over.

    Each gate is a block of memory of its own, through which arithmetic runs a tenth faster than through parts of one.
    """
    ahead, back, keep_ahead, keep_back, out = gates
    ahead -= keep_ahead * ahead
    back -= keep_back * back
    scan((keep_ahead, keep_back), (ahead, back), packing.steps)
    states = np.concatenate((ahead, back), axis=1)
    states -= past
    states *= out
    states += past
    return states


def _fifths(gates: Floats) -> tuple[Floats, ...]:
    """The columns of each gate."""
    new, keep, out = np.split(gates, 3, axis=-1)
    return *np.split(new, 2, axis=-1), *np.split(keep, 2, axis=-1), out


def _parted(gates: Floats) -> tuple[Floats, ...]:
    """The columns of each gate, those of sigmoids halved."""
    ahead, back, *sigmoids = _fifths(gates)
    return tuple(np.ascontiguousarray(one) for one in (ahead, back, *(0.5 * one for one in sigmoids)))


class FormVectors:
    """The vector of a form, wherever it stands; kept once computed."""

    def __init__(self, weights: Weights) -> None:
        self._numbers, self._words, self._grams = weights.words, weights.table("words"), weights.table("grams")
        self._shapes, self._lock = weights.matrix("shapes"), Lock()
        self._steps = tuple(
            (weights.matrix(f"{name}.weight").astype(np.float64), weights.matrix(f"{name}.bias"))
            for name in ("form", "token")
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
        """In double precision: in single the last bits, kept for good, would depend on which forms are new together.

        So two processes would tell an article otherwise, once in some thousands, after what each had read before.
        """
        (wide, wide_bias), (narrow, narrow_bias) = self._steps
        values = np.maximum(features @ wide + wide_bias, 0) @ narrow + narrow_bias
        values -= values.mean(1, keepdims=True)
        values /= np.sqrt((values * values).mean(1, keepdims=True) + 1e-5)
        scale, shift = self._norm
        centred: Floats = (values * scale + shift).astype(np.float32)
        return centred


@cache
def load_encoder(language: str) -> Encoder:
    """The encoder of a language, made once a process."""
    return Encoder(load_weights(language))
