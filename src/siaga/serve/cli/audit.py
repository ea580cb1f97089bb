"""`siaga audit`: who did what."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from siaga.serve.cli.accounting import desk
from siaga.serve.cli.languages import language_option
from siaga.serve.cli.selecting import DAY, day
from siaga.serve.cli.workspaces import workspace_option

__all__ = ["command"]

TABLE_ROWS = 50
"""Lines, unless more are asked for; data for programs is whole."""


@click.command("audit")
@click.option("--who", metavar="NAME", default=None, help="What this account did.")
@click.option("--deed", metavar="NAME", default=None, help="account, login, token …, or one of them: account.role.")
@click.option("--since", metavar="YYYY-MM-DD", type=DAY, default=None, help="First day, inclusive (UTC).")
@click.option("--limit", type=click.IntRange(1), default=None, help="Lines at the most; a table has 50 by default.")
@click.option(
    "--format", "-f", "format_", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
    help="table for people, jsonl for programs.",
)  # fmt: skip
@language_option("the table")
@workspace_option
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    workspace: str | None,
    who: str | None,
    deed: str | None,
    since: datetime | None,
    limit: int | None,
    format_: str,
    language: str | None,
) -> None:
    """Show the audit trail, newest first: who logged in, changed accounts and tokens, corrected and signed.

    It is only added to; the database refuses to change or delete a line of it.

    \b
    Examples:
      siaga audit
      siaga audit --who ani --since 2026-11-01
      siaga audit --deed login.fail --format jsonl > failed.jsonl
    """  # noqa: D301 - click reads \b
    from siaga.store.audit import Lines, list_audit  # noqa: PLC0415 - `siaga --help` must not load the store
    from siaga.store.database import reading_from  # noqa: PLC0415

    at, most = desk(workspace, language), limit or (TABLE_ROWS if format_ == "table" else None)
    with reading_from(at.workspace) as connection:
        found = tuple(list_audit(connection, Lines(who=who, deed=deed, since=day(since), most=most)))
    if format_ == "jsonl":
        sys.stdout.buffer.writelines(one.to_json() + b"\n" for one in found)
        return
    for one in found:
        done = " · ".join(filter(None, (one.deed.name, one.deed.object, one.deed.note)))
        means = at.words.say(f"account.means.{one.means}")
        click.echo(f"{one.moment}  {one.who or '?'} ({means})  {done}")
    if not found:
        click.echo(at.words.say("account.no_audit"), err=True)
