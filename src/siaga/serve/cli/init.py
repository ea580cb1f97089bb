"""`siaga init`: a folder becomes a workspace."""

from __future__ import annotations

import os
from pathlib import Path

import click

__all__ = ["command"]


@click.command("init")
@click.argument("folder", default=".", metavar="[FOLDER]")
def command(folder: str) -> None:
    """Make a workspace: a folder in which what is read is kept.

    FOLDER is made if it isn't there; by default it is this one. In it lie siaga.toml (settings), siaga.db (all that
    was read), segments/ (events for fast counting) and overlay/ (your own knowledge). Running it again changes
    nothing but a database of an earlier version, which is brought up to date.

    A team keeps what was read in PostgreSQL instead: with store.url in siaga.toml, or SIAGA_STORE_URL, the tables are
    made there.

    \b
    Examples:
      siaga init
      siaga init watch/
      SIAGA_STORE_URL=postgresql://ani@db/watch siaga init watch/
    """  # noqa: D301 - click reads \b
    from siaga.store.database import writing_to  # noqa: PLC0415 - `siaga --help` must not load the store
    from siaga.store.workspace import lay_out  # noqa: PLC0415

    workspace = lay_out(Path(folder), os.environ)
    with writing_to(workspace):
        click.echo(f"{workspace.folder.resolve()}")
