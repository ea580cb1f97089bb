"""What happens, a line of JSON each on standard error: for services whose logs a machine reads.

    {"time": "2026-11-28T17:40:02.123Z", "level": "info", "event": "article.saved", "article": "…", "source": "…"}

Whatever else is written to standard error meanwhile becomes such a line too (`"event": "said"`), a traceback one line.
Passwords, keys and what stands before @ in an address are cut out of every line.
"""

from __future__ import annotations

import io
import logging
import re
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

import msgspec

from siaga.base.config import SECRETS

if TYPE_CHECKING:
    from siaga.store.workspace import Workspace

__all__ = ["logged", "note", "secrets_of", "timed"]

LOG = logging.getLogger("siaga.told")
FIELDS = "siaga_fields"
HIDDEN = "…"
LEAST_SECRET = 4
"""Signs of a password below which cutting it out would cut out everything."""
_IN_ADDRESS = re.compile(r"(?<=://)[^/\s@\"\\]{1,200}@")
_BEARER = re.compile(r"(?i)(?<=\bbearer )[\w.~+/=-]{8,}")


def note(event: str, level: int = logging.INFO, /, **fields: object) -> None:
    """Say what happened; nothing is written but where logs are wanted as JSON.

    Args:
        event: what, e.g. `article.saved`: one of docs/operations.md.
        level: how grave it is.
        fields: more of it, as JSON has it.

    """
    LOG.log(level, event, extra={FIELDS: fields})


@contextmanager
def timed(step: str) -> Iterator[None]:
    """Say how long a step of something took, when it is done."""
    begun = time.monotonic()
    yield
    note("step", step=step, seconds=round(time.monotonic() - begun, 3))


@contextmanager
def logged(form: str, secrets: Iterable[str] = ()) -> Iterator[None]:
    """Logs in this form from now on: `text` leaves them as they are, `json` makes lines of JSON of them."""
    if form != "json":
        yield
        return
    stream, hook, root, ours = sys.stderr, sys.excepthook, logging.getLogger(), logging.getLogger("siaga")
    handler = _Handler(stream, tuple(one for one in secrets if len(one) >= LEAST_SECRET))
    before, level = root.handlers[:], ours.level
    root.handlers, sys.stderr, sys.excepthook = [handler], _Lines(), _told
    ours.setLevel(logging.INFO)  # other packages tell us their troubles alone
    try:
        yield
    finally:
        sys.stderr.flush()
        root.handlers, sys.stderr, sys.excepthook = before, stream, hook
        ours.setLevel(level)


def secrets_of(workspace: Workspace, environment: Mapping[str, str]) -> Iterator[str]:
    """The passwords and keys that a workspace can use, from the environment and its folder."""
    yield from (value for name, value in environment.items() if name.startswith(SECRETS))
    for path in sorted((workspace.folder / "secrets").glob("*")):
        try:
            yield path.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            continue


class _Handler(logging.Handler):
    """Writes lines; a stream that can't be written to stops nothing."""

    def __init__(self, stream: TextIO, secrets: tuple[str, ...]) -> None:
        super().__init__()
        self._stream, self._secrets = stream, secrets

    def emit(self, record: logging.LogRecord) -> None:
        line = _without(msgspec.json.encode(_said(record)).decode(), self._secrets)
        try:
            self._stream.write(f"{line}\n")
            self._stream.flush()
        except (OSError, ValueError):
            return


class _Lines(io.TextIOBase):
    """Stands where standard error was: each line that is written becomes an event."""

    def __init__(self) -> None:
        self._rest = threading.local()

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def write(self, text: str, /) -> int:
        *lines, self._rest.text = (getattr(self._rest, "text", "") + text).split("\n")
        for line in filter(str.strip, lines):
            note("said", logging.WARNING, message=line.strip())
        return len(text)

    def flush(self) -> None:
        """A beginning of a line waits for its end."""


def _said(record: logging.LogRecord) -> dict[str, object]:
    moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    told: dict[str, object] = {"time": moment, "level": record.levelname.lower()}
    fields: dict[str, object] | None = getattr(record, FIELDS, None)
    if fields is not None:
        return told | {"event": record.msg} | fields
    told |= {"event": "logged", "logger": record.name, "message": record.getMessage()}
    if record.exc_info and record.exc_info[0]:
        told["traceback"] = logging.Formatter().formatException(record.exc_info)
    return told


def _without(line: str, secrets: tuple[str, ...]) -> str:
    """A line of JSON without secrets; they are looked for as JSON writes them."""
    for one in secrets:
        line = line.replace(msgspec.json.encode(one).decode()[1:-1], HIDDEN)
    return _BEARER.sub(HIDDEN, _IN_ADDRESS.sub(f"{HIDDEN}@", line))


def _told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A mistake of ours that ends the process, as one event."""
    LOG.error("the process ends", exc_info=(kind, error, trace))
