"""The shipped models: `model/syntax.npz` of a language pack, as `tools/train/export.py` writes it.

Tables of embeddings are rows of int8 with a scale each; matrices are float16, widened when loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from siaga.base.errors import PackError
from siaga.base.pack import asset

__all__ = ["Arrays", "Floats", "Table", "Weights", "load_weights"]

Floats = NDArray[np.float32]
FORMAT = 1
"""Version of the file's layout; another one is refused."""


class Table:
    """Rows of embeddings, kept as int8 until asked for."""

    def __init__(self, rows: NDArray[np.int8], scales: NDArray[np.float16]) -> None:
        self._rows = rows
        self._scales = scales.astype(np.float32)[:, None]

    def __getitem__(self, numbers: NDArray[np.intp]) -> Floats:
        return self._rows[numbers] * self._scales[numbers]


class Arrays:
    """The arrays of a network by name."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._arrays = arrays

    @property
    def by_name(self) -> Mapping[str, NDArray[Any]]:
        """All of them, as they are written."""
        return self._arrays

    def classes(self, name: str) -> tuple[str, ...]:
        """The classes of a head in the order of its scores."""
        return self._lines(f"classes/{name}")

    def _lines(self, name: str) -> tuple[str, ...]:
        return tuple(self._arrays[name].tobytes().decode("utf-8").split("\n"))

    def matrix(self, name: str) -> Floats:
        """A matrix, or a row of biases."""
        return np.ascontiguousarray(self._arrays[name], dtype=np.float32)

    def table(self, name: str) -> Table:
        """A table of embeddings."""
        return Table(self._arrays[f"{name}/rows"], self._arrays[f"{name}/scales"])


class Weights(Arrays):
    """Everything one language's network of syntax knows."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        super().__init__(arrays)
        self.words = {word: number for number, word in enumerate(self.classes("words"))}

    def lexicon(self) -> dict[str, str]:
        """Words in small letters whose lemma is known, with or without their part of speech, and its edit script."""
        return dict(zip(self._lines("lexicon/words"), self._lines("lexicon/scripts"), strict=True))


@cache
def load_weights(language: str) -> Weights:
    """The models of a language, read once.

    Raises:
        PackError: the pack has no models, or of another format.

    """
    path = asset("lang", language, "model", "syntax.npz")
    if not path.is_file():
        raise PackError(f"{language}/model/syntax.npz: no such file; `python -m tools.train.syntax --lang {language}`")
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        found = {name: arrays[name] for name in arrays.files}
    if (met := int(found["format"])) != FORMAT:
        raise PackError(f"{language}/model/syntax.npz: met format {met}, expected {FORMAT}")
    return Weights(found)
