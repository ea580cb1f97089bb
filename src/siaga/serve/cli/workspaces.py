"""The workspace that a command works in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from siaga.store.workspace import Workspace

__all__ = ["read_with_overlay", "stand_on_overlay", "the_workspace", "workspace_option"]

workspace_option = click.option(
    "--workspace", "-w", "workspace", metavar="FOLDER", default=None, is_eager=True,
    help="Workspace; by default SIAGA_WORKSPACE, else the folder with siaga.toml from here upwards.",
)  # fmt: skip


def the_workspace(asked: str | None) -> Workspace:
    """The workspace that is asked for, or that we are in."""
    from siaga.store.workspace import find_workspace  # noqa: PLC0415 - `siaga --help` must not load records

    return find_workspace(asked, os.environ, Path.cwd())


def stand_on_overlay(workspace: Workspace) -> None:
    """Read, from now on, with the user's own knowledge over ours.

    Raises:
        OverlayError: something in it can't be right; says what and where.

    """
    from siaga.base.ground import overlay_in_use, use_overlay  # noqa: PLC0415
    from siaga.base.overlay import load_overlay  # noqa: PLC0415
    from siaga.base.pack import languages  # noqa: PLC0415

    overlay = load_overlay(workspace.overlay, languages())
    if overlay == overlay_in_use():
        return
    if overlay.fingerprint:
        from siaga.extract.checks.own import require_sound  # noqa: PLC0415 - only where there is something to check

        use_overlay(overlay)
        require_sound(overlay)


def read_with_overlay(workspace: Workspace) -> None:
    """As `stand_on_overlay`, for commands that read articles: all of it is loaded before the first one.

    Raises:
        OverlayError: something in it can't be right; says what and where.
        PackError: something of ours no longer holds together with it.

    """
    from siaga.base.ground import ground_label  # noqa: PLC0415

    stand_on_overlay(workspace)
    if ground_label():
        from siaga.flow import rehearse  # noqa: PLC0415

        rehearse()
