"""A process in which all is loaded, and which forks for each command: so that a kill costs no new start.

As `python -m tests.unit.serve.nursery` it reads an order a line, and answers each with the exit code of its fork,
negative for the signal that ended it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

__all__ = ["Nursery", "nursery"]

ROOT = Path(__file__).parents[3]


class Order(msgspec.Struct):
    """What a fork is to do: a command of siaga, or, after `-c`, Python."""

    words: tuple[str, ...]
    environment: dict[str, str]
    output: str
    """File that takes what it says."""


class Nursery:
    """The process, as its orders are given."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path) -> None:
        self._process = process
        self._output = folder / "said.txt"

    def run(self, *words: str, **environment: str) -> int:
        """The exit code of a command under these variables of the environment."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        order = Order(words=words, environment=environment, output=str(self._output))
        self._process.stdin.write(msgspec.json.encode(order) + b"\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    @property
    def said(self) -> str:
        """What the last command said, on standard output and standard error."""
        return self._output.read_text("utf-8", "replace")


@contextmanager
def nursery(folder: Path) -> Iterator[Nursery]:
    """The process, warm; it ends with this block."""
    command = [sys.executable, "-m", "tests.unit.serve.nursery"]
    one_thread = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # a fork has no thread but its own
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=os.environ | one_thread
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"warm\n"
        yield Nursery(process, folder)
        assert process.stdin is not None
        process.stdin.close()


def _warmed() -> None:
    """Load what reading, linking and warning need, once for all forks."""
    from siaga.flow import rehearse  # noqa: PLC0415 - only in the process that is told to
    from siaga.link.vectors import encode  # noqa: PLC0415
    from siaga.serve import daily  # noqa: F401, PLC0415
    from siaga.serve.cli import COMMANDS  # noqa: PLC0415

    for module in COMMANDS.values():
        __import__(module)
    rehearse()
    encode(["Riga."])


def _done(order: Order) -> int:
    """What the order asks for, in a fork; its exit code."""
    child = os.fork()
    if child == 0:
        _redirect(order.output)
        os.environ |= order.environment
        os._exit(_obeyed(order.words))
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _obeyed(words: tuple[str, ...]) -> int:
    from siaga.serve.cli import main  # noqa: PLC0415

    try:
        if words[0] == "-c":
            exec(words[1], {})  # noqa: S102 - of a test
        else:
            main(list(words))
    except SystemExit as end:
        sys.stdout.flush()
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - as the interpreter does
        sys.excepthook(*sys.exc_info())
        return 1
    sys.stdout.flush()
    return 0


def _redirect(output: str) -> None:
    handle = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(handle, 1)
    os.dup2(handle, 2)


if __name__ == "__main__":
    _warmed()
    os.write(1, b"warm\n")
    for line in sys.stdin.buffer:
        os.write(1, b"%d\n" % _done(msgspec.json.decode(line, type=Order)))
