"""`siaga import`: events of other projects, or your own, into a workspace."""

from __future__ import annotations

import os
from pathlib import Path

import click

from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.workspaces import the_workspace, workspace_option

__all__ = ["command"]


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@language_option("what is said")
@workspace_option
def command(workspace: str | None, files: tuple[Path, ...], language: str | None) -> None:
    """Bring events from files: GDELT 1 and 2, ICEWS, POLECAT, ACLED, UCDP GED, or a plain CSV.

    A plain CSV has the columns date,actor,recipient,type,count, the type one of PLOVER or a CAMEO code. The format is
    recognised by headings or the number of columns; .gz, .zip and .parquet are unpacked. CAMEO becomes PLOVER. What
    can't be used is rejected with its line and reason. The same file twice changes nothing.

    \b
    Examples:
      siaga import 20211130.export.CSV.zip
      siaga import icews.tab acled.csv
      siaga import my-events.csv && siaga episodes UKR
    """  # noqa: D301 - click reads \b
    from siaga.report.catalogue import catalogue  # noqa: PLC0415 - `siaga --help` must not load the store
    from siaga.store.database import now, writing_to  # noqa: PLC0415
    from siaga.store.imports import import_file  # noqa: PLC0415

    words, where = catalogue(language or preferred_language(os.environ)), the_workspace(workspace)
    with writing_to(where) as connection:
        for file in files:
            made, new = import_file(where, connection, file, now())
            told = {"name": file.name, "events": words.number(made.events), "rejected": words.number(made.rejected)}
            if not new:
                click.echo(words.say("episodes.known", **told))
                continue
            days = {"first": made.first or "?", "last": made.last or "?"}
            click.echo(words.say("episodes.imported", format=made.format, **days, **told))
            click.echo(words.say("episodes.quality", note=words.say(f"quality.{made.format}")), err=True)
