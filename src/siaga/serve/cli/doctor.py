"""`siaga doctor`: what may be wrong, and what to do."""

from __future__ import annotations

import os
import sys

import click

from siaga.serve.cli.gathered import plain
from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.workspaces import the_workspace, workspace_option

__all__ = ["command"]

EXIT_FAULTS = 1
SIGNS = {"well": "✓", "doubt": "!", "fault": "✗"}
COLOURS = {"well": "green", "doubt": "yellow", "fault": "red"}


@click.command("doctor")
@language_option("what is told")
@workspace_option
def command(workspace: str | None, language: str | None) -> None:
    """Look a workspace over: disk, certificates, settings, database, segments, clock, sources. Nothing is changed.

    A line that begins with ! or ✗ says what to do. Exit code: 1 if anything is broken (✗).

    \b
    Examples:
      siaga doctor
      siaga doctor -w /srv/watch
    """  # noqa: D301 - click reads \b
    from siaga.report.catalogue import catalogue  # noqa: PLC0415 - `siaga --help` must not load the store
    from siaga.serve.doctor import findings  # noqa: PLC0415

    where, words = the_workspace(workspace), catalogue(language or preferred_language(os.environ))
    faults = 0
    for one in findings(where):
        faults += one.level == "fault"
        values = {name: plain(str(value)) for name, value in one.values.items()}
        sign = click.style(SIGNS[one.level], fg=COLOURS[one.level])
        click.echo(f"{sign} {words.say(f'gather.doctor_{one.key}', **values)}")
    if faults:
        sys.exit(EXIT_FAULTS)
