"""Arithmetic as small graphs that ONNX Runtime runs, on one thread each.

A graph is written here, in the few messages of `onnx.proto` (protocol buffers) that ours need: the package `onnx`,
which writes them all, would bring 30 MB to every reader. Field numbers are those of ONNX IR version 9.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

__all__ = ["Array", "Run", "constant", "node"]

Array = NDArray[Any]
Value = int | Array | list[int] | list[str]
"""What an attribute of a step may be; a list holds something."""
_NUMBER, _BYTES = 0, 2
"""How a field is written: a number as long as it needs to be, or bytes with their length before them."""
_KINDS = {"float32": 1, "uint8": 2, "int8": 3, "int64": 7, "float64": 11}
"""Types of elements (`TensorProto.DataType`)."""
_OPERATIONS = {"": 17, "ai.onnx.ml": 3, "com.microsoft": 1}
"""Sets of operations and their versions."""
_IR_VERSION = 9


class Run:
    """A graph of one input, ready to be run."""

    def __init__(
        self, nodes: Iterable[bytes], constants: Iterable[bytes], kind: DTypeLike, outputs: Sequence[str]
    ) -> None:
        import onnxruntime  # noqa: PLC0415 - only who reads needs it

        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        graph = (
            *(_field(1, one) for one in nodes), _field(2, b"graph"), *(_field(5, one) for one in constants),
            _field(11, _told("rows", kind)), *(_field(12, _told(name, np.float32)) for name in outputs),
        )  # fmt: skip
        model = (
            _field(1, _IR_VERSION), _field(7, b"".join(graph)),
            *(_field(8, _field(1, domain) + _field(2, version)) for domain, version in _OPERATIONS.items()),
        )  # fmt: skip
        self._session = onnxruntime.InferenceSession(b"".join(model), options, providers=["CPUExecutionProvider"])

    def __call__(self, rows: Array) -> list[Array]:
        """The outputs, in their order, for these rows."""
        found: list[Array] = self._session.run(None, {"rows": rows})
        return found


def node(operation: str, inputs: Iterable[str], outputs: Iterable[str], domain: str = "", **attributes: Value) -> bytes:
    """A step of a graph; an input that is left out is ""."""
    return b"".join((
        *(_field(1, name) for name in inputs), *(_field(2, name) for name in outputs), _field(4, operation),
        *(_field(5, _attribute(name, value)) for name, value in attributes.items()), _field(7, domain),
    ))  # fmt: skip


def constant(name: str, values: Array) -> bytes:
    """An array that a graph knows by a name."""
    return _tensor(values) + _field(8, name)


def _tensor(values: Array) -> bytes:
    sizes = b"".join(_field(1, size) for size in values.shape)
    return sizes + _field(2, _KINDS[values.dtype.name]) + _field(9, np.ascontiguousarray(values).tobytes())


def _told(name: str, kind: DTypeLike) -> bytes:
    """The name and kind of what goes in or comes out; how many rows, is open."""
    return _field(1, name) + _field(2, _field(1, _field(1, _KINDS[np.dtype(kind).name])))


def _attribute(name: str, value: Value) -> bytes:
    if isinstance(value, int):
        return _field(1, name) + _field(3, value) + _field(20, 2)
    if isinstance(value, np.ndarray):
        return _field(1, name) + _field(5, _tensor(value)) + _field(20, 4)
    field, kind = (9, 8) if isinstance(value[0], str) else (8, 7)
    return _field(1, name) + b"".join(_field(field, one) for one in value) + _field(20, kind)


def _field(number: int, value: int | str | bytes) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3 | _NUMBER) + _varint(value)
    held = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | _BYTES) + _varint(len(held)) + held


def _varint(value: int) -> bytes:
    """Seven bits a byte, the lowest first; the eighth says that more follow."""
    held = bytearray()
    while value > 0x7F:  # noqa: PLR2004 - seven bits
        held.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*held, value))
