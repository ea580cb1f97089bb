"""Products of rows with matrices in whole numbers of 8 bits: three and a half times as fast as in single precision.

Columns of a matrix are whole numbers of -63 to 63, each times a scale of the column; what goes in is cut into 255 steps
of one height. So no sum of two products leaves 16 bits, and every processor comes to the same sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from siaga.extract.graphs import Run, constant, node
from siaga.extract.syntax.weights import Floats

__all__ = ["Part", "Products"]

HIGHEST, STEPS, MIDDLE = 63, 127, 128
"""The largest whole number of a matrix; steps of what goes in on each side of 0, which is this whole number."""


class Part(NamedTuple):
    """A matrix `[in, out]`, what is added to its products, and the ONNX operation that bends them; "" for none."""

    weight: Floats
    bias: Floats
    bend: str = ""


class Products:
    """Products of the same rows with several matrices.

    Values of rows beyond `reach` on either side of 0 count as `reach`.
    """

    def __init__(self, parts: Sequence[Part], reach: float) -> None:
        self.reach, numbered = reach, list(enumerate(parts))
        entry = node("QuantizeLinear", ("rows", "step", "middle"), ("whole",))
        constants = [
            constant("step", np.array(reach / STEPS, np.float32)), constant("middle", np.array(MIDDLE, np.uint8)),
            *(one for number, part in numbered for one in _constants(number, part)),
        ]  # fmt: skip
        steps = [one for number, part in numbered for one in _steps(number, part)]
        self._run = Run((entry, *steps), constants, np.float32, [f"out{number}" for number, _ in numbered])

    def __call__(self, rows: Floats) -> list[Floats]:
        """Of each part its products `[row, out]`."""
        return self._run(rows)


def _constants(number: int, part: Part) -> Iterator[bytes]:
    scale = np.abs(part.weight).max(axis=0) / HIGHEST
    scale[scale == 0] = 1
    yield constant(f"weight{number}", np.rint(part.weight / scale).astype(np.int8))
    yield constant(f"scale{number}", scale.astype(np.float32))
    yield constant(f"bias{number}", part.bias.astype(np.float32))


def _steps(number: int, part: Part) -> Iterable[bytes]:
    inputs = ("whole", f"weight{number}", "step", f"scale{number}", "middle", "", f"bias{number}")
    straight = f"straight{number}" if part.bend else f"out{number}"
    yield node("MatMulIntegerToFloat", inputs, (straight,), "com.microsoft")
    if part.bend:
        yield node(part.bend, (straight,), (f"out{number}",))
