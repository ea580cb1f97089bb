"""`siaga token`: what programs show to use the API."""

from __future__ import annotations

import sys

import click

from siaga.serve.cli.accounting import at_desk, desk
from siaga.serve.cli.languages import language_option
from siaga.serve.cli.workspaces import workspace_option

__all__ = ["command"]

SCOPES = ("read", "write", "admin")
"""Those of `base.account`, which `siaga --help` must not load; a test compares."""


@click.group("token")
def command() -> None:
    """Tokens with which programs use the API: add, list, revoke.

    A token may do what its scope says and never more than the account it belongs to. It is shown once, when it is
    made; only a hash of it is kept.

    \b
    Examples:
      siaga token add ani --label "monthly tables"
      siaga token list
      siaga token revoke 1f0c9a3b
    """  # noqa: D301 - click reads \b


@command.command("add")
@click.argument("account")
@click.option("--label", default="", metavar="TEXT", help="What it is for.")
@click.option(
    "--scope", type=click.Choice(SCOPES), default="read", show_default=True,
    help="read; write for articles and corrections, too; admin for everything.",
)  # fmt: skip
@click.option("--days", type=click.INT, default=90, show_default=True, help="After which it is over; 366 at most.")
@language_option("what the command says")
@workspace_option
def add(  # noqa: PLR0913, PLR0917 - one parameter an option
    workspace: str | None, account: str, label: str, scope: str, days: int, language: str | None
) -> None:
    """Make a token for an account: it goes to standard output, and what is said of it to standard error.

    \b
    Examples:
      siaga token add ani --label "monthly tables" > token
      siaga token add budi --scope write --days 7
    """  # noqa: D301 - click reads \b
    from siaga.serve.accounts.tokens import Wanted, make_token  # noqa: PLC0415 - `siaga --help` must not load records

    with at_desk(workspace, language) as at:
        wanted = Wanted(account=account, label=label, scope=scope, days=days)  # type: ignore[arg-type]  # a choice
        issued = make_token(at.workspace, at.by, wanted)
    click.echo(issued.secret)
    day = at.words.day(issued.token.ends)
    click.echo(at.words.say("account.token_made", id=issued.token.id, name=issued.token.account, day=day), err=True)


@command.command("list")
@click.argument("account", required=False)
@click.option(
    "--format", "-f", "format_", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
    help="table for people, jsonl for programs.",
)  # fmt: skip
@language_option("the list")
@workspace_option
def list_(workspace: str | None, account: str | None, format_: str, language: str | None) -> None:
    """List tokens, the newest first, of an account or of all.

    \b
    Example:
      siaga token list ani
    """  # noqa: D301 - click reads \b
    from siaga.serve.accounts.tokens import tokens  # noqa: PLC0415

    at = desk(workspace, language)
    found = tokens(at.workspace, account)
    if format_ == "jsonl":
        sys.stdout.buffer.writelines(one.to_json() + b"\n" for one in found)
        return
    for one in found:
        used = at.words.day(one.used) if one.used else at.words.say("account.never")
        values = {"id": one.id, "name": one.account, "scope": at.words.say(f"account.scope.{one.scope}")}
        line = at.words.say("account.token", **values, day=at.words.day(one.ends), used=used, label=one.label)
        click.echo(line.rstrip(" ·"))
    if not found:
        click.echo(at.words.say("account.no_tokens"), err=True)


@command.command("revoke")
@click.argument("token")
@language_option("what the command says")
@workspace_option
def revoke(workspace: str | None, token: str, language: str | None) -> None:
    """Let a token be good for nothing from now on, by its id.

    \b
    Example:
      siaga token revoke 1f0c9a3b
    """  # noqa: D301 - click reads \b
    from siaga.serve.accounts.tokens import revoke_token  # noqa: PLC0415

    with at_desk(workspace, language) as at:
        revoke_token(at.workspace, at.by, token)
        click.echo(at.words.say("account.token_revoked", id=token))
