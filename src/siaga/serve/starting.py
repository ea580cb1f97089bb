"""First steps in a workspace, each a command of this program in a process of its own: the server stays small.

What is typed reaches a command as one argument or on its standard input, never a shell.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import as_file
from pathlib import Path

import msgspec

from siaga.base.ids import content_id
from siaga.base.pack import asset
from siaga.base.record import Record
from siaga.collect.sources import load_sources
from siaga.store.database import reading_from
from siaga.store.published import newest_day
from siaga.store.workspace import Workspace

__all__ = ["Done", "Given", "add_source", "is_new", "read_demo", "read_text"]

LONGEST = 600.0
"""Seconds that a step may take."""
MOST_LINES = 12
"""Of what a step says, the last."""


class Done(Record):
    """What a step said."""

    well: bool
    lines: tuple[str, ...]


class Given(Record):
    """An article as somebody pastes it."""

    text: str
    title: str | None = None
    source: str | None = None
    date: str | None = None
    url: str | None = None

    @property
    def line(self) -> bytes:
        """The same as input of `siaga read`."""
        id_ = content_id("pasted", self.source, self.date, self.title, self.text)
        return msgspec.json.encode(
            {"id": id_, **{name: one for name, one in msgspec.structs.asdict(self).items() if one}}
        )


def is_new(workspace: Workspace) -> bool:
    """Whether there is neither an article nor a source in it.

    Raises:
        StoreError: it can't be read.
        ConfigError: the file of a source can't be one.

    """
    with reading_from(workspace) as connection:
        return newest_day(connection) is None and not load_sources(workspace.sources)


def read_demo(workspace: Workspace, language: str) -> Done:
    """Read the archive that comes with the program, link it, and look through it for claims; half a minute."""
    with as_file(asset("demo", "pages")) as pages:
        steps = (
            ("read", str(pages), "--save", "--format", "none", "--lang", language),
            ("link", "--lang", language),
            ("claims", "resolve", "--lang", language),
        )
        return _all(workspace, steps)


def add_source(workspace: Workspace, url: str, language: str) -> Done:
    """Find the feeds, sitemaps and sections at an address, and keep them as a source."""
    return _run(workspace, ("sources", "add", "--lang", language, "--", url))


def read_text(workspace: Workspace, given: Given, language: str) -> Done:
    """Read one article that somebody pastes, and keep it."""
    return _run(workspace, ("read", "-", "--save", "--format", "none", "--lang", language), given.line)


def _all(workspace: Workspace, steps: tuple[tuple[str, ...], ...]) -> Done:
    """One after the other, until one fails."""
    lines: tuple[str, ...] = ()
    for step in steps:
        done = _run(workspace, step)
        lines += done.lines[-1:]  # what was counted; before it all is listed
        if not done.well:
            return Done(well=False, lines=lines)
    return Done(well=True, lines=lines)


def _run(workspace: Workspace, arguments: tuple[str, ...], given: bytes = b"") -> Done:
    command = [sys.executable, "-m", "siaga", *_placed(workspace.folder, arguments)]
    try:
        ended = subprocess.run(command, input=given, capture_output=True, timeout=LONGEST, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return Done(well=False, lines=())
    said = (ended.stdout + ended.stderr).decode("utf-8", "replace").splitlines()
    return Done(well=ended.returncode == 0, lines=tuple(line for line in said if line.strip())[-MOST_LINES:])


def _placed(folder: Path, arguments: tuple[str, ...]) -> tuple[str, ...]:
    """With the workspace, before what may not be taken for an option."""
    at = arguments.index("--") if "--" in arguments else len(arguments)
    return (*arguments[:at], "--workspace", str(folder.resolve()), *arguments[at:])
