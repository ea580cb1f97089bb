"""The state of the workspace: what may be wrong and what to do, versions, how much is stored."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import Literal

import duckdb

from siaga import __version__
from siaga.base.record import Record
from siaga.flow import readers
from siaga.report.catalogue import Catalogue
from siaga.serve.doctor import Finding, findings
from siaga.serve.web.asking import Asking, Page
from siaga.serve.web.view import Rows, View
from siaga.store.counts import StoreCounts, count_store
from siaga.store.database import now, reading_from
from siaga.store.ground import Ground, ground_of
from siaga.store.workspace import Workspace

__all__ = ["ROUTES"]


class Told(Record):
    """What was looked at, and how it is."""

    level: Literal["well", "doubt", "fault"]
    said: str


class StatusPage(Record):
    """What the page shows."""

    findings: tuple[Told, ...]
    """The gravest first."""
    counts: StoreCounts
    versions: tuple[tuple[str, str], ...]
    """Of what runs, by the key of its name."""
    bytes: int
    """Of all files in the folder of the workspace that the store keeps."""


GRAVE: tuple[Literal["fault", "doubt", "well"], ...] = ("fault", "doubt", "well")


def show(asking: Asking) -> View:
    """The state of the workspace at this minute."""
    words, workspace = asking.words, asking.workspace
    with reading_from(workspace) as connection:
        ground = ground_of(workspace, connection)
    found = asking.kept.get(workspace, ("doctor", now()[:16]), lambda: tuple(findings(workspace)))
    page = StatusPage(
        findings=tuple(sorted((_told(one, words) for one in found), key=lambda one: GRAVE.index(one.level))),
        counts=asking.kept.get(workspace, "counts", lambda: _counts(workspace)),
        versions=_versions(ground),
        bytes=ground.bytes + _bytes(workspace),
    )
    lines = tuple((one.level, one.said) for one in page.findings)
    return View(
        title=words.say("web_status.title"), template="status.html", shown=page,
        rows=Rows(columns=("level", "finding"), lines=lines),
    )  # fmt: skip


def _told(one: Finding, words: Catalogue) -> Told:
    return Told(level=one.level, said=words.say(f"gather.doctor_{one.key}", **one.values))


def _counts(workspace: Workspace) -> StoreCounts:
    with reading_from(workspace) as connection:
        return count_store(connection)


def _versions(ground: Ground) -> tuple[tuple[str, str], ...]:
    return (
        ("siaga", __version__),
        *((f"reader_{language}", reader) for language, reader in readers().items() if language),
        ("python", platform.python_version()),
        (ground.kind, ground.version),
        ("duckdb", duckdb.__version__),
        ("schema", str(ground.schema)),
    )


def _bytes(workspace: Workspace) -> int:
    return sum(_size(path) for path in (*_files(workspace.segments), *_files(workspace.imports)))


def _files(folder: Path) -> tuple[Path, ...]:
    return tuple(folder.glob("*.parquet"))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # put together with others meanwhile
        return 0


ROUTES = (Page(path="/status", show=show, role="analyst", nav="web_status.nav"),)
