"""Passwords and keys: from the environment (`SIAGA_SECRET_MAIL`) or a file (`secrets/mail`), never from settings."""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping

from siaga.base.config import SECRETS
from siaga.base.errors import ConfigError
from siaga.store.workspace import Workspace

__all__ = ["secret"]

OTHERS = stat.S_IRWXG | stat.S_IRWXO
_NOT_NAME = re.compile(r"[^A-Z0-9]")


def secret(workspace: Workspace, name: str, environment: Mapping[str, str]) -> str | None:
    """The secret of this name; null if there is none.

    Args:
        workspace: in whose folder secrets/ it may be a file.
        name: e.g. `webhook`.
        environment: that of the process, which goes first.

    Raises:
        ConfigError: others than its owner may read the file.

    """
    if given := environment.get(SECRETS + _NOT_NAME.sub("_", name.upper())):
        return given
    path = workspace.folder / "secrets" / name
    if not path.is_file():
        return None
    if path.stat().st_mode & OTHERS:
        raise ConfigError(f"{path}: others may read it. Keep it to yourself: chmod 600 {path}")
    return path.read_text("utf-8").strip() or None
