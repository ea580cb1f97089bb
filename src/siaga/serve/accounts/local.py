"""Who works at this machine."""

from __future__ import annotations

from getpass import getuser

from siaga.store.workspace import Workspace

__all__ = ["local_name"]


def local_name(workspace: Workspace) -> str | None:
    """Who works here: by the settings, else whoever is logged in; null if nobody is known."""
    try:
        return workspace.config.analyst.name or getuser()
    except (KeyError, OSError):
        return None
