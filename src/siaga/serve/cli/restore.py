"""`siaga restore`: a backup becomes a workspace again."""

from __future__ import annotations

import os
from pathlib import Path

import click

from siaga.serve.cli.languages import language_option, preferred_language

__all__ = ["command"]


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", required=False, default=None, type=click.Path(path_type=Path), metavar="[FOLDER]")
@click.option("--check", "checked", is_flag=True, help="Only read every byte of FILE and tell whether it is whole.")
@click.option("--replace", is_flag=True, help="FOLDER is not empty: move what is there aside first.")
@click.option(
    "--sha256", "digest", metavar="HEX", default=None, help="What siaga backup told; another file is refused."
)
@language_option("what is said")
def command(  # noqa: PLR0913 - one parameter an option
    file: Path, folder: Path | None, digest: str | None, language: str | None, *, checked: bool, replace: bool
) -> None:
    """Lay out a backup as a workspace, in a FOLDER that is not there or empty.

    Everything is checked before anything is put in place: digests, names, and the database itself. Where it is not
    what was written, nothing is changed. The digests in a backup find damage; that it is yours, only --sha256 tells.
    Passwords and keys (secrets/) are not in it. A database of an earlier version is brought up to date by siaga init.

    \b
    Examples:
      siaga restore watch-monday.tar.gz watch/
      siaga restore watch-monday.tar.gz --check
      siaga restore watch-monday.tar.gz watch/ --replace --sha256 9f86d081…

    Exit code: 0; 65 if it is no whole backup; 2 if the folder is not empty; 74 if it can't be written.
    """  # noqa: D301 - click reads \b
    from siaga.report.catalogue import catalogue  # noqa: PLC0415 - `siaga --help` must not load the store
    from siaga.store.backup import restore, verify  # noqa: PLC0415
    from siaga.store.database import now  # noqa: PLC0415
    from siaga.store.files import digest_of  # noqa: PLC0415

    words = catalogue(language or preferred_language(os.environ))
    if digest is not None and digest_of(file) != digest.lower():
        raise click.UsageError(words.say("backup.other_file", file=file))
    if checked or folder is None:
        if not checked:
            raise click.UsageError(words.say("backup.no_folder"))
        made = verify(file)
        click.echo(words.say("backup.whole", file=file, files=words.number(len(made.files)), moment=made.moment))
        return
    made, before = restore(file, folder, now(), replace=replace)
    told = {"folder": folder.absolute(), "files": words.number(len(made.files)), "moment": made.moment}
    click.echo(words.say("backup.restored", **told))
    if before is not None:
        click.echo(words.say("backup.before", folder=before), err=True)
