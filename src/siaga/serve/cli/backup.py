"""`siaga backup`: a workspace as one file."""

from __future__ import annotations

import os
from pathlib import Path

import click

from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.workspaces import the_workspace, workspace_option

__all__ = ["command"]

SUFFIX = ".tar.gz"


@click.command("backup")
@click.argument("file", required=False, default=None, type=click.Path(dir_okay=False, path_type=Path), metavar="[FILE]")
@language_option("what is said")
@workspace_option
def command(workspace: str | None, file: Path | None, language: str | None) -> None:
    """Write a workspace into one file, FILE.tar.gz, while others go on writing and reading.

    In it is all that was saved when it began: the database, segments, imports, archive, overlay, sources, rules and
    settings, each with its SHA-256. Not in it: passwords and keys (secrets/) and what can be reckoned again (cache/).
    It is read once more before it is called done; keep the digest that is told elsewhere. A store in PostgreSQL is
    refused: back that up with pg_dump.

    \b
    Examples:
      siaga backup
      siaga backup /mnt/backups/watch-monday.tar.gz -w /srv/watch
      siaga restore watch-monday.tar.gz watch/

    Exit code: 0; 74 if the disk is full or may not be written to; 65 if a file of the workspace is missing.
    """  # noqa: D301 - click reads \b
    from siaga.report.catalogue import catalogue  # noqa: PLC0415 - `siaga --help` must not load the store
    from siaga.store.backup import back_up, verify  # noqa: PLC0415
    from siaga.store.database import now  # noqa: PLC0415
    from siaga.store.files import digest_of  # noqa: PLC0415

    words, where, moment = catalogue(language or preferred_language(os.environ)), the_workspace(workspace), now()
    target = (file or Path(_name(where.folder, moment))).absolute()
    if not target.name.endswith(SUFFIX):
        raise click.UsageError(words.say("backup.suffix", file=file))
    made = back_up(where, target, moment)
    verify(target)
    counts = {"files": words.number(len(made.files)), "bytes": words.number(target.stat().st_size)}
    click.echo(words.say("backup.made", file=target, digest=digest_of(target), **counts))
    if (where.folder / "secrets").is_dir():
        click.echo(words.say("backup.secrets", folder=where.folder / "secrets"), err=True)


def _name(folder: Path, moment: str) -> str:
    return f"{folder.resolve().name}-{''.join(sign for sign in moment if sign.isalnum())}{SUFFIX}"
