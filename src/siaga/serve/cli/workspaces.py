"""The workspace that a command works in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from siaga.store.workspace import Workspace

__all__ = ["the_workspace", "workspace_option"]

workspace_option = click.option(
    "--workspace", "-w", "workspace", metavar="FOLDER", default=None,
    help="Workspace; by default SIAGA_WORKSPACE, else the folder with siaga.toml from here upwards.",
)  # fmt: skip


def the_workspace(asked: str | None) -> Workspace:
    """The workspace that is asked for, or that we are in."""
    from siaga.store.workspace import find_workspace  # noqa: PLC0415 - `siaga --help` must not load records

    return find_workspace(asked, os.environ, Path.cwd())
