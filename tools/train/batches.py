"""Samples -> padded batches of numbers."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import torch

from siaga.extract.syntax.features import ngram_rows, normal, shape_row
from siaga.extract.syntax.lemmas import script_of
from tools.train.conllu import Sample
from tools.train.model import Batch

__all__ = ["Classes", "batches", "collate"]

Classes = Mapping[str, Mapping[str, int]]
"""For each head, the number of each of its classes; `words` and `corpora` too."""

grams_of = cache(ngram_rows)
shape_of = cache(shape_row)
norm_of = cache(normal)
cached_script = cache(script_of)


def batches(samples: Sequence[Sample], tokens: int, dice: random.Random) -> Iterator[list[Sample]]:
    """The samples in groups of similar length with at most so many padded tokens, in random order."""
    ordered = sorted(samples, key=lambda sample: (len(sample.forms), dice.random()))
    groups: list[list[Sample]] = [[]]
    for sample in ordered:
        if groups[-1] and len(sample.forms) * (len(groups[-1]) + 1) > tokens:
            groups.append([])
        groups[-1].append(sample)
    dice.shuffle(groups)
    yield from groups


def collate(
    samples: Sequence[Sample], classes: Classes, dice: random.Random, hide: tuple[float, float] = (0.0, 0.0)
) -> Batch:
    """A batch; `hide` says what share of words loses its word vector, and what share is hidden altogether."""
    longest, words = max(len(sample.forms) for sample in samples), classes["words"]
    forms: dict[tuple[str, bool], int] = {}
    kinds = torch.zeros(longest, len(samples), dtype=torch.long)
    targets = {name: torch.full_like(kinds, -1) for name in (*TARGETS, "heads", "guess")}
    mask, hidden = torch.zeros(kinds.shape), torch.zeros(kinds.shape, dtype=torch.bool)
    for column, sample in enumerate(samples):
        size = len(sample.forms)
        mask[:size, column] = 1
        keys = [(form, dice.random() < hide[0]) for form in sample.forms]
        kinds[:size, column] = torch.tensor([forms.setdefault(key, len(forms)) for key in keys])
        for name, numbers in _targets(sample, classes):
            targets[name][:size, column] = torch.tensor(numbers)
        if hide[1]:
            guesses = [words.get(norm_of(form), 0) if dice.random() < hide[1] else 0 for form in sample.forms]
            targets["guess"][:size, column] = torch.tensor(guesses)
            hidden[:size, column] = torch.tensor([guess > 0 for guess in guesses])
    grams = [grams_of(norm_of(form)) for form, _ in forms]
    return Batch(
        kinds=kinds, mask=mask, targets=targets, hidden=hidden,
        words=torch.tensor([0 if gone else words.get(norm_of(form), 0) for form, gone in forms]),
        grams=torch.tensor([row for rows in grams for row in rows]),
        gram_offsets=torch.tensor([0, *_running(len(rows) for rows in grams[:-1])]),
        shapes=torch.tensor([shape_of(form) for form, _ in forms]),
        corpora=torch.tensor([classes["corpora"][sample.corpus] for sample in samples]).expand(longest, -1),
    )  # fmt: skip


TARGETS = ("upos", "feats", "lemmas", "labels", "names", "extra")


def _targets(sample: Sample, classes: Classes) -> Iterator[tuple[str, list[int]]]:
    for name in TARGETS:
        values = getattr(sample, name)
        if values and name == "lemmas":
            values = [cached_script(form, lemma) for form, lemma in zip(sample.forms, values, strict=True)]
        if values:
            yield name, [classes[name].get(value, -1) for value in values]
    if sample.heads:
        yield "heads", sample.heads


def _running(sizes: Iterable[int]) -> Iterator[int]:
    total = 0
    for size in sizes:
        total += size
        yield total
