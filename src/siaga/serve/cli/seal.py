"""`siaga seal`: events into segments, by hand."""

from __future__ import annotations

import sys

import click

from siaga.serve.cli.workspaces import the_workspace, workspace_option

__all__ = ["command"]

EXIT_DAMAGED = 65


@click.command("seal")
@click.option("--rebuild", is_flag=True, help="Make all segments again from the database, as few large ones.")
@click.option("--check", "checked", is_flag=True, help="Only read every segment and tell what is wrong.")
@workspace_option
def command(workspace: str | None, *, rebuild: bool, checked: bool) -> None:
    """Seal events into segments, which are counted faster than the database.

    It happens by itself when events have gathered (setting store.seal_after). Segments hold nothing that is not in
    the database too: a damaged or missing one is made again with --rebuild.

    \b
    Examples:
      siaga seal
      siaga seal --check
      siaga seal --rebuild
    """  # noqa: D301 - click reads \b
    from siaga.store import segments  # noqa: PLC0415 - `siaga --help` must not load the store
    from siaga.store.database import now, reading_from, writing_to  # noqa: PLC0415

    where = the_workspace(workspace)
    if checked:
        with reading_from(where) as connection:
            faults = segments.check(where, connection)
        click.echo("\n".join(faults), nl=bool(faults))
        sys.exit(EXIT_DAMAGED if faults else 0)
    with writing_to(where) as connection:
        work = segments.rebuild if rebuild else segments.seal
        made = work(where, connection, now())
    for segment in made if isinstance(made, tuple) else filter(None, (made,)):
        click.echo(f"{where.segments / segment.name}: {segment.events} events, {segment.bytes} bytes")
