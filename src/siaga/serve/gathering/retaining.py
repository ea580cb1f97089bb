"""What is older than it is to be kept, removed: never anything that `[retention]` of the settings doesn't name."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from siaga.store.connection import Connection
from siaga.store.forget import archive_files, expire
from siaga.store.workspace import Workspace

__all__ = ["Expired", "retain"]


class Expired(NamedTuple):
    """How much was removed."""

    texts: int = 0
    versions: int = 0
    files: int = 0
    """Of the archive."""


def retain(workspace: Workspace, connection: Connection, moment: datetime) -> Expired:
    """Remove what is too old at a moment; nothing where the settings name no days.

    Args:
        workspace: says how long what is kept.
        connection: of the writer.
        moment: now, aware.

    """
    keeps = workspace.config.retention
    texts, versions = expire(connection, _before(keeps.text_days, moment), _before(keeps.version_days, moment))
    oldest = (moment - timedelta(days=keeps.archive_days)).timestamp()
    files = archive_files(workspace.archive, oldest) if keeps.archive_days else ()
    for path in files:
        path.unlink()
    return Expired(texts, versions, len(files))


def _before(days: int, moment: datetime) -> str:
    """The moment before which things are too old; empty if nothing ever is."""
    oldest = moment - timedelta(days=days)
    return oldest.isoformat(timespec="seconds").replace("+00:00", "Z") if days else ""
