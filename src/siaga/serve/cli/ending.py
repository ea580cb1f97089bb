"""How a command ends when it is cut short: in a line or in silence, with an exit code that says why."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import NoReturn

import click

from siaga.base.errors import (
    BusyError,
    ConfigError,
    GivenError,
    NotSavedError,
    PackError,
    PanelError,
    SearchError,
    SiagaError,
    StoreError,
    WorkspaceError,
)

__all__ = ["ends_tidily"]

EXIT_USAGE = 2
"""As click has it: the command, its options or settings are not what was expected."""
EXIT_UNREADABLE = 65
"""EX_DATAERR: what is stored is damaged, or made by another version."""
EXIT_NOT_WRITTEN = 74
"""EX_IOERR of sysexits.h."""
EXIT_BUSY = 75
"""EX_TEMPFAIL: another process is writing; later it will go."""
EXIT_INTERRUPTED = 130
"""128 + SIGINT, as shells report it."""
EXIT_NO_READER = 141
"""128 + SIGPIPE: whoever read the output has seen enough."""
EXITS = (
    (ConfigError, EXIT_USAGE),
    (WorkspaceError, EXIT_USAGE),
    (SearchError, EXIT_USAGE),
    (GivenError, EXIT_USAGE),
    (PackError, EXIT_USAGE),
    (PanelError, EXIT_UNREADABLE),
    (BusyError, EXIT_BUSY),
    (NotSavedError, EXIT_NOT_WRITTEN),
    (StoreError, EXIT_UNREADABLE),
)
"""Errors with something to do about them, told in their own words; any other is our mistake and shown whole."""
UNWRITABLE = frozenset({errno.ENOSPC, errno.EFBIG, errno.EIO, errno.EBADF, getattr(errno, "EDQUOT", errno.ENOSPC)})
"""What the system says when standard output can't take more: disk full, file too large, quota, device gone."""


@contextmanager
def ends_tidily() -> Iterator[None]:
    """What happens within writes what it can and never ends in a traceback for reasons that lie outside of it."""
    if sys.stdout is None:
        _not_written("standard output is closed")
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without a sign for it shows a question mark
    try:
        yield from _flushed()
    except KeyboardInterrupt:
        _end(EXIT_INTERRUPTED)
    except BrokenPipeError:
        _end(EXIT_NO_READER)
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # met by rich or click, which end with 1
            _end(EXIT_NO_READER)
        raise
    except SiagaError as error:
        _told(error)
        raise
    except OSError as error:
        if error.errno not in UNWRITABLE or error.filename is not None:
            raise
        _not_written(str(error.strerror))


def _flushed() -> Iterator[None]:
    """All is written before we end, so that a full disk is told of, not noticed by the interpreter after us."""
    try:
        yield
    finally:
        sys.stdout.flush()


def _told(error: SiagaError) -> None:
    """Tell an error that a user can answer, and end."""
    for kind, code in EXITS:
        if isinstance(error, kind):
            with suppress(OSError):
                click.echo(str(error), err=True)
            _end(code)


def _not_written(why: str) -> NoReturn:
    with suppress(OSError):  # standard error may be on the same full disk
        click.echo(f"could not write: {why}", err=True)
    _end(EXIT_NOT_WRITTEN)


def _end(code: int) -> NoReturn:
    """End; what is left in the buffer goes nowhere, else the interpreter would try to write it once more."""
    if isinstance(sys.stdout, TextIOWrapper) and sys.stdout is sys.__stdout__:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    sys.exit(code)
